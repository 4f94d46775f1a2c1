/* Integer systems for side bets, made again only where something has changed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_independent_side_bets.h"

#include <stdlib.h>
#include <string.h>

#include <flint/nmod_mat.h>

#include "base/memory.h"
#include "lp/integer_array.h"

/* ---- making ---- */

static bool allocate(sb_side_bets *bets)
{
    size_t types = bets->types, others = bets->others, outcomes = bets->outcomes;
    bets->profiles = sb_allocate(types * others, sizeof *bets->profiles);
    bets->weights = sb_rationals_new(types * others);
    bets->rows = sb_integer_array_new(types * others);
    bets->row_sums = sb_integer_array_new(types);
    bets->changed = sb_allocate(types, sizeof *bets->changed);
    bets->utilities = sb_rationals_new(types * (outcomes + 1));
    bets->values = sb_integer_array_new(types * (outcomes + 1));
    bets->pivots = sb_allocate(types, sizeof *bets->pivots);
    bets->side_of = sb_allocate(types, sizeof *bets->side_of);
    bets->report_of = sb_allocate(types, sizeof *bets->report_of);
    bets->sides = sb_integer_array_new(types * types);
    bets->numerators = sb_integer_array_new(types * types);
    bets->system = sb_integer_system_new(types);
    return bets->profiles != NULL && bets->weights != NULL && bets->rows != NULL &&
           bets->row_sums != NULL && bets->changed != NULL && bets->utilities != NULL &&
           bets->values != NULL && bets->pivots != NULL && bets->side_of != NULL &&
           bets->report_of != NULL && bets->sides != NULL && bets->numerators != NULL &&
           bets->system != NULL;
}

sb_status sb_side_bets_init(sb_side_bets *bets, const sb_environment *environment, size_t agent,
                            sb_error *error)
{
    *bets = (sb_side_bets){.agent = agent,
                           .types = environment->agents[agent].type_count,
                           .others = sb_environment_others_count(environment, agent),
                           .outcomes = environment->outcome_count};
    fmpz_init(bets->value_scale);
    fmpz_init(bets->determinant);
    if (!allocate(bets)) {
        sb_side_bets_clear(bets);
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < bets->types * bets->others; k++) {
        bets->profiles[k] =
            sb_environment_profile_of(environment, agent, k / bets->others, k % bets->others);
    }
    for (size_t k = 0; k < bets->types; k++) {
        bets->pivots[k] = k;
    }
    return SB_OK;
}

void sb_side_bets_clear(sb_side_bets *bets)
{
    size_t types = bets->types, cells = types * bets->others;
    size_t values = types * (bets->outcomes + 1);
    free(bets->profiles);
    sb_rationals_free(bets->weights, cells);
    sb_integer_array_free(bets->rows, cells);
    sb_integer_array_free(bets->row_sums, types);
    free(bets->changed);
    sb_rationals_free(bets->utilities, values);
    sb_integer_array_free(bets->values, values);
    free(bets->pivots);
    free(bets->side_of);
    free(bets->report_of);
    sb_integer_array_free(bets->sides, types * types);
    sb_integer_array_free(bets->numerators, types * types);
    sb_integer_system_free(bets->system);
    fmpz_clear(bets->value_scale);
    fmpz_clear(bets->determinant);
    *bets = (sb_side_bets){0};
}

/* ---- what is given ---- */

bool sb_side_bets_take(fmpq *to, const fmpq *from)
{
    bool other = !fmpq_equal(to, from);
    if (other) {
        fmpq_set(to, from);
    }
    return other;
}

static void make_row(sb_side_bets *bets, size_t type)
{
    size_t others = bets->others;
    fmpz *row = bets->rows + type * others;
    fmpz_t scale;
    fmpz_init_set_ui(scale, 1);
    sb_integer_array_scale(row, bets->weights + type * others, others, scale);
    fmpz_clear(scale);
    fmpz_zero(bets->row_sums + type);
    for (size_t k = 0; k < others; k++) {
        fmpz_add(bets->row_sums + type, bets->row_sums + type, row + k);
    }
}

/* Where payments are made: the first profiles of the others that tell all types apart, modulo a
 * prime. */
static bool find_pivots(sb_side_bets *bets)
{
    nmod_mat_t echelon;
    nmod_mat_init(echelon, (slong)bets->types, (slong)bets->others, sb_integer_system_prime(0));
    for (size_t k = 0; k < bets->types * bets->others; k++) {
        nmod_mat_entry(echelon, k / bets->others, k % bets->others) =
            fmpz_get_nmod(bets->rows + k, echelon->mod);
    }
    size_t rank = (size_t)nmod_mat_rref(echelon), column = 0;
    for (size_t row = 0; row < rank; row++) {
        while (nmod_mat_entry(echelon, row, column) == 0) {
            column++;
        }
        bets->pivots[row] = column++;
    }
    nmod_mat_clear(echelon);
    return rank == bets->types;
}

bool sb_side_bets_take_weights(sb_side_bets *bets, const sb_environment *environment, bool surely)
{
    size_t others = bets->others;
    bool any = false;
    for (size_t type = 0; type < bets->types; type++) {
        bool changed = false;
        for (size_t k = type * others; k < (type + 1) * others; k++) {
            changed |=
                sb_side_bets_take(bets->weights + k, environment->weights + bets->profiles[k]);
        }
        if (changed) {
            make_row(bets, type);
        }
        bets->changed[type] = bets->changed[type] || changed;
        any = any || changed;
    }
    bets->known = bets->known && !any;
    if (!bets->known && (surely || bets->types != others)) {
        bets->independent = find_pivots(bets);
        bets->known = true;
    }
    return !bets->known || bets->independent;
}

bool sb_side_bets_take_values(sb_side_bets *bets, const sb_environment *environment, int incentives)
{
    const sb_agent *agent = &environment->agents[bets->agent];
    size_t utilities = bets->types * bets->outcomes;
    bool sets = sb_environment_has_reporting_sets(environment, bets->agent);
    bool changed = !bets->settled || bets->incentives != incentives || sets || bets->sets;
    bets->incentives = incentives;
    bets->sets = sets;
    for (size_t k = 0; k < utilities; k++) {
        changed |= sb_side_bets_take(bets->utilities + k, agent->utilities + k);
    }
    for (size_t type = 0; type < bets->types; type++) {
        changed |= sb_side_bets_take(bets->utilities + utilities + type, agent->outside + type);
    }
    if (changed) {
        fmpz_one(bets->value_scale);
        sb_integer_array_scale(bets->values, bets->utilities, utilities + bets->types,
                               bets->value_scale);
    }
    return changed;
}

/* ---- right sides ---- */

static bool same_outcomes(const sb_side_bets *bets, const size_t *outcomes, size_t left,
                          size_t right)
{
    const size_t *one = bets->profiles + left * bets->others;
    const size_t *other = bets->profiles + right * bets->others;
    bool same = true;
    for (size_t k = 0; same && k < bets->others; k++) {
        same = outcomes[one[k]] == outcomes[other[k]];
    }
    return same;
}

/* Reports at which the same happens ask for the same payments, where every lie is forbidden. */
static void find_sides(sb_side_bets *bets, const sb_environment *environment,
                       const size_t *outcomes)
{
    bool alike = bets->incentives == SB_IC_BAYES_NASH &&
                 !sb_environment_has_reporting_sets(environment, bets->agent);
    bets->side_count = 0;
    for (size_t report = 0; report < bets->types; report++) {
        size_t side = alike ? 0 : bets->side_count;
        while (side < bets->side_count &&
               !same_outcomes(bets, outcomes, report, bets->report_of[side])) {
            side++;
        }
        bets->side_of[report] = side;
        if (side == bets->side_count) {
            bets->report_of[bets->side_count++] = report;
        }
    }
}

/* What a type would gain by a report over staying away, before it pays; scratch: one an outcome. */
static void find_gain(fmpz_t gain, const sb_side_bets *bets, const size_t *outcomes, size_t type,
                      size_t report, fmpz *scratch)
{
    const fmpz *row = bets->rows + type * bets->others;
    const fmpz *values = bets->values + type * bets->outcomes;
    const fmpz *outside = bets->values + bets->types * bets->outcomes + type;
    const size_t *profiles = bets->profiles + report * bets->others;
    sb_integer_array_zero(scratch, bets->outcomes);
    for (size_t k = 0; k < bets->others; k++) {
        fmpz *sum = scratch + outcomes[profiles[k]];
        fmpz_add(sum, sum, row + k);
    }
    fmpz_zero(gain);
    for (size_t o = 0; o < bets->outcomes; o++) {
        fmpz_addmul(gain, values + o, scratch + o);
    }
    fmpz_submul(gain, outside, bets->row_sums + type);
}

static sb_status fill_sides(sb_side_bets *bets, const sb_environment *environment,
                            const size_t *outcomes, bool anew, sb_error *error)
{
    fmpz *scratch = sb_integer_array_new(bets->outcomes);
    if (scratch == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t type = 0; type < bets->types; type++) {
        for (size_t side = 0; (anew || bets->changed[type]) && side < bets->side_count; side++) {
            size_t report = bets->report_of[side];
            bool bound = report == type ||
                         (bets->incentives == SB_IC_BAYES_NASH &&
                          sb_environment_may_report(environment, bets->agent, type, report));
            fmpz *entry = bets->sides + side * bets->types + type;
            fmpz_zero(entry);
            if (bound) {
                find_gain(entry, bets, outcomes, type, report, scratch);
            }
        }
    }
    sb_integer_array_free(scratch, bets->outcomes);
    return SB_OK;
}

/* ---- the solution ---- */

sb_status sb_side_bets_solve(sb_side_bets *bets, const sb_environment *environment,
                             const size_t *outcomes, bool *solved, sb_error *error)
{
    *solved = false;
    bool anew = !bets->settled;
    bets->settled = false;
    if (anew) {
        find_sides(bets, environment, outcomes);
    }
    sb_status status = fill_sides(bets, environment, outcomes, anew, error);
    if (status != SB_OK) {
        return status;
    }
    for (size_t k = 0; k < bets->types * bets->types; k++) {
        size_t type = k / bets->types, column = k % bets->types;
        sb_integer_system_set(bets->system, type, column,
                              bets->rows + type * bets->others + bets->pivots[column]);
    }
    status = sb_integer_system_solve(bets->system, bets->side_count, bets->sides, bets->numerators,
                                     bets->determinant, solved, error);
    if (status == SB_OK && *solved) {
        memset(bets->changed, 0, bets->types * sizeof *bets->changed);
        bets->settled = true;
    }
    return status;
}

void sb_side_bets_pay(const sb_side_bets *bets, sb_mechanism *mechanism)
{
    fmpz_t denominator;
    fmpz_init(denominator);
    fmpz_mul(denominator, bets->determinant, bets->value_scale);
    for (size_t report = 0; report < bets->types; report++) {
        size_t side = bets->side_of[report], first = bets->report_of[side];
        for (size_t k = 0; k < bets->types; k++) {
            size_t others = bets->pivots[k];
            fmpq *payment =
                mechanism->payments +
                bets->profiles[report * bets->others + others] * mechanism->agent_count +
                bets->agent;
            if (first == report) {
                fmpq_set_fmpz_frac(payment, bets->numerators + side * bets->types + k, denominator);
            } else {
                fmpq_set(payment, mechanism->payments +
                                      bets->profiles[first * bets->others + others] *
                                          mechanism->agent_count +
                                      bets->agent);
            }
        }
    }
    fmpz_clear(denominator);
}
