/* Interim-payment coordinates: which numbers are free, and back to payments.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_interim.h"

#include <stdlib.h>

#include <flint/fmpq_mat.h>

#include "base/memory.h"

/* Up to this many payments the program is solved as it stands: a vertex of it is what the simplex
 * method is known to show for small tables, and exact pivots are cheap there. */
#define SMALL_PROGRAM 32
/* Beyond this many types the elimination itself would take long. */
#define MOST_TYPES                   128
#define MOST_TYPES_WITHOUT_FRACTIONS 70

bool sb_interim_applies(const sb_environment *environment, const sb_rules *rules)
{
    size_t agents = environment->agent_count;
    if (rules->choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_FREE ||
        sb_rules_any(rules, SB_RULE_INCENTIVES, agents, SB_IC_EX_POST) ||
        sb_rules_any(rules, SB_RULE_PARTICIPATION, agents, SB_IR_EX_POST)) {
        return false;
    }
    for (size_t agent = 0; agent < agents; agent++) {
        if (environment->agents[agent].type_count > MOST_TYPES) {
            return false;
        }
    }
    return sb_environment_profile_count(environment) * agents > SMALL_PROGRAM;
}

/* ---- making ---- */

void sb_interim_free(sb_interim *interim)
{
    if (interim == NULL) {
        return;
    }
    for (size_t agent = 0; interim->agents != NULL && agent < interim->agent_count; agent++) {
        sb_interim_agent *made = &interim->agents[agent];
        free(made->pivot_types);
        free(made->pivot_others);
        sb_rationals_free(made->combinations, made->type_count * made->rank);
        if (made->weights->r > 0) {
            fmpz_mat_clear(made->weights);
        }
    }
    free(interim->agents);
    fmpz_clear(interim->weight_scale);
    free(interim);
}

static void set_integer(fmpz_t integer, const fmpq *weight, const fmpz_t scale)
{
    fmpz_divexact(integer, scale, fmpq_denref(weight));
    fmpz_mul(integer, integer, fmpq_numref(weight));
}

/* The column of the first nonzero entry of each of the first `rank` rows of an echelon form. */
static void find_pivots(size_t *pivots, const fmpz_mat_t echelon, slong rank)
{
    slong column = 0;
    for (slong row = 0; row < rank; row++) {
        while (fmpz_is_zero(fmpz_mat_entry(echelon, row, column))) {
            column++;
        }
        pivots[row] = (size_t)column++;
    }
}

/* Independent types, and the others as combinations of them. */
static bool find_independent_types(sb_interim_agent *agent, const fmpz_mat_t by_types)
{
    slong types = fmpz_mat_nrows(by_types), others = fmpz_mat_ncols(by_types);
    fmpz_mat_t columns;
    fmpz_t denominator;
    fmpz_mat_init(columns, others, types);
    fmpz_init(denominator);
    fmpz_mat_transpose(columns, by_types);
    agent->rank = (size_t)fmpz_mat_rref(columns, denominator, columns);
    agent->pivot_types = sb_allocate(agent->rank, sizeof *agent->pivot_types);
    agent->combinations = sb_rationals_new(agent->type_count * agent->rank);
    bool made = agent->pivot_types != NULL && agent->combinations != NULL;
    if (made) {
        find_pivots(agent->pivot_types, columns, (slong)agent->rank);
        for (size_t type = 0; type < agent->type_count; type++) {
            for (size_t k = 0; k < agent->rank; k++) {
                fmpq_set_fmpz_frac(agent->combinations + type * agent->rank + k,
                                   fmpz_mat_entry(columns, (slong)k, (slong)type), denominator);
            }
        }
    }
    fmpz_mat_clear(columns);
    fmpz_clear(denominator);
    return made;
}

/* As many of the others' profiles, at which the pivots' weights are nonsingular. */
static bool find_paying_others(sb_interim_agent *agent, const fmpz_mat_t by_types)
{
    slong rank = (slong)agent->rank, others = fmpz_mat_ncols(by_types);
    agent->pivot_others = sb_allocate(agent->rank, sizeof *agent->pivot_others);
    if (agent->pivot_others == NULL) {
        return false;
    }
    fmpz_mat_t rows, echelon;
    fmpz_t denominator;
    fmpz_mat_init(rows, rank, others);
    fmpz_mat_init(echelon, rank, others);
    fmpz_init(denominator);
    for (slong row = 0; row < rank; row++) {
        for (slong column = 0; column < others; column++) {
            fmpz_set(fmpz_mat_entry(rows, row, column),
                     fmpz_mat_entry(by_types, (slong)agent->pivot_types[row], column));
        }
    }
    fmpz_mat_rref(echelon, denominator, rows);
    find_pivots(agent->pivot_others, echelon, rank);
    fmpz_mat_init(agent->weights, rank, rank);
    for (slong row = 0; row < rank; row++) {
        for (slong column = 0; column < rank; column++) {
            fmpz_set(fmpz_mat_entry(agent->weights, row, column),
                     fmpz_mat_entry(rows, row, (slong)agent->pivot_others[column]));
        }
    }
    fmpz_mat_clear(rows);
    fmpz_mat_clear(echelon);
    fmpz_clear(denominator);
    return true;
}

static bool fill_agent(sb_interim *interim, const sb_environment *environment, size_t index)
{
    sb_interim_agent *agent = &interim->agents[index];
    agent->type_count = environment->agents[index].type_count;
    size_t others_count = sb_environment_others_count(environment, index);
    fmpz_mat_t by_types;
    fmpz_mat_init(by_types, (slong)agent->type_count, (slong)others_count);
    for (size_t type = 0; type < agent->type_count; type++) {
        for (size_t others = 0; others < others_count; others++) {
            size_t profile = sb_environment_profile_of(environment, index, type, others);
            set_integer(fmpz_mat_entry(by_types, (slong)type, (slong)others),
                        environment->weights + profile, interim->weight_scale);
        }
    }
    bool made = find_independent_types(agent, by_types) && find_paying_others(agent, by_types);
    fmpz_mat_clear(by_types);
    return made;
}

sb_interim *sb_interim_new(const sb_environment *environment, size_t first_column)
{
    sb_interim *interim = sb_allocate(1, sizeof *interim);
    if (interim == NULL) {
        return NULL;
    }
    fmpz_init_set_ui(interim->weight_scale, 1);
    interim->agent_count = environment->agent_count;
    interim->agents = sb_allocate(environment->agent_count, sizeof *interim->agents);
    if (interim->agents == NULL) {
        sb_interim_free(interim);
        return NULL;
    }
    for (size_t profile = 0; profile < sb_environment_profile_count(environment); profile++) {
        fmpz_lcm(interim->weight_scale, interim->weight_scale,
                 fmpq_denref(environment->weights + profile));
    }
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (!fill_agent(interim, environment, agent)) {
            sb_interim_free(interim);
            return NULL;
        }
        interim->agents[agent].first_column = first_column + interim->column_count;
        interim->column_count += interim->agents[agent].rank * interim->agents[agent].type_count;
    }
    return interim;
}

bool sb_interim_has_full_rank(const sb_interim *interim)
{
    bool full = true;
    for (size_t agent = 0; agent < interim->agent_count; agent++) {
        full = full && interim->agents[agent].rank == interim->agents[agent].type_count;
    }
    return full;
}

size_t sb_interim_column(const sb_interim *interim, size_t agent, size_t k, size_t report)
{
    const sb_interim_agent *made = &interim->agents[agent];
    return made->first_column + k * made->type_count + report;
}

/* ---- back to payments ---- */

/* The right sides of all reports, each times a scale that makes it integral. */
static void fill_right_sides(fmpz_mat_t sides, fmpz *scales, const sb_interim_agent *agent,
                             const fmpq *columns, const fmpz_t weight_scale)
{
    for (size_t report = 0; report < agent->type_count; report++) {
        fmpz *scale = scales + report;
        fmpz_one(scale);
        for (size_t k = 0; k < agent->rank; k++) {
            fmpz_lcm(scale, scale,
                     fmpq_denref(columns + agent->first_column + k * agent->type_count + report));
        }
        for (size_t k = 0; k < agent->rank; k++) {
            fmpz *entry = fmpz_mat_entry(sides, (slong)k, (slong)report);
            set_integer(entry, columns + agent->first_column + k * agent->type_count + report,
                        scale);
            fmpz_mul(entry, entry, weight_scale);
        }
    }
}

/* Elimination without fractions is the quickest up to about seventy types. */
static bool solve_for_payments(fmpq_mat_t solution, const fmpz_mat_t weights,
                               const fmpz_mat_t sides)
{
    if (fmpz_mat_nrows(weights) > MOST_TYPES_WITHOUT_FRACTIONS) {
        return fmpq_mat_solve_fmpz_mat(solution, weights, sides) != 0;
    }
    fmpz_mat_t numerators;
    fmpz_t denominator;
    fmpz_mat_init(numerators, fmpz_mat_nrows(sides), fmpz_mat_ncols(sides));
    fmpz_init(denominator);
    bool solved = fmpz_mat_solve_fflu(numerators, denominator, weights, sides) != 0;
    if (solved) {
        fmpq_mat_set_fmpz_mat_div_fmpz(solution, numerators, denominator);
    }
    fmpz_mat_clear(numerators);
    fmpz_clear(denominator);
    return solved;
}

/* One elimination for all reports of an agent. */
static sb_status recover_agent(const sb_interim *interim, const sb_environment *environment,
                               size_t index, const fmpq *columns, fmpq *payments, sb_error *error)
{
    const sb_interim_agent *agent = &interim->agents[index];
    slong rank = (slong)agent->rank, reports = (slong)agent->type_count;
    fmpz_mat_t sides, scales;
    fmpq_mat_t solution;
    fmpz_mat_init(sides, rank, reports);
    fmpz_mat_init(scales, 1, reports);
    fmpq_mat_init(solution, rank, reports);
    fill_right_sides(sides, scales->entries, agent, columns, interim->weight_scale);
    bool solved = solve_for_payments(solution, agent->weights, sides);
    for (size_t k = 0; solved && k < agent->rank; k++) {
        for (size_t report = 0; report < agent->type_count; report++) {
            size_t profile =
                sb_environment_profile_of(environment, index, report, agent->pivot_others[k]);
            fmpq_div_fmpz(payments + profile * interim->agent_count + index,
                          fmpq_mat_entry(solution, (slong)k, (slong)report),
                          scales->entries + report);
        }
    }
    fmpz_mat_clear(sides);
    fmpz_mat_clear(scales);
    fmpq_mat_clear(solution);
    return solved ? SB_OK
                  : sb_error_set(error, SB_ERROR_INTERNAL,
                                 "the independent types of an agent are not independent");
}

sb_status sb_interim_recover(const sb_interim *interim, const sb_environment *environment,
                             const fmpq *columns, fmpq *payments, sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < interim->agent_count; agent++) {
        status = recover_agent(interim, environment, agent, columns, payments, error);
    }
    return status;
}
