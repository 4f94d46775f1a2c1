/* Single item under ex-post IC and reporting sets: payments, one schedule a report, that leave one
 * agent no rent.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where any type may report any, those that get the item when the others are k all pay the same,
 * for each of them may report the others; that is the menu of posted_prices.c. A type that may not
 * report another need not be offered what that one is. Let p_t(k) be the chance that report t gets
 * the item and x_t(k) what it pays. The agent keeps no rent and the item goes where it is worth
 * most if and only if there are p and x with
 *
 *     pi(.|t) . (v(t) p_t - x_t) = outside(t)              for every type t of positive
 * probability, v(t) p_t(k) - x_t(k) >= v(t) p_r(k) - x_r(k)         for all t, all r that t may
 * report, all k, p_t(k) = 1 or 0 where v(t) is above or below a(k) and (t, k) has positive
 * probability, 0 <= p_t(k) <= 1 elsewhere,
 *
 * a(k) the largest of the others' values and the reserve. Proof. The second line is ex-post IC by
 * its definition, which asks every type at every k, of probability zero or not. The surplus is what
 * the rents and the revenue sum to; an efficient outcome at every profile of positive probability
 * makes it the full one, so that the revenue is full if and only if that holds (the last two lines)
 * and no rent is left (the first, as every type takes part). At a k that no type expects, nothing
 * for every report will do.
 *
 * Where every type is served for certain at every k the second line is x_t <= x_r for all r that t
 * may report: schedules that rise along the reports, in place of one for all; types that may report
 * each other, be it over third ones, share theirs. With one agent the condition decides. With
 * several each agent's is necessary; together they suffice where p is fixed at every profile, that
 * is, where efficient outcomes are unique and no profile has probability zero.
 */
#include <stdlib.h>

#include "analysis/extraction.h"
#include "base/memory.h"

typedef struct schedule_search {
    const sb_environment *environment;
    const sb_beliefs *beliefs;
    fmpq *alternatives; /* a(k) */
    sb_lp *program;
    size_t *columns; /* of a row, like the coefficients: scratch */
    fmpq *coefficients;
    fmpq_t zero, one;
    sb_error *error;
} schedule_search;

static const fmpq *value_of(const schedule_search *search, size_t type)
{
    return search->environment->agents[search->beliefs->agent].values + type;
}

/* Payments and chances alternate; the largest payment comes last. */
static size_t payment_column(const schedule_search *search, size_t type, size_t others)
{
    return 2 * (type * search->beliefs->others_count + others);
}

static size_t chance_column(const schedule_search *search, size_t type, size_t others)
{
    return payment_column(search, type, others) + 1;
}

static size_t largest_column(const schedule_search *search)
{
    return 2 * search->beliefs->type_count * search->beliefs->others_count;
}

/* ---- columns ---- */

static sb_status add_cell(schedule_search *search, size_t type, size_t others)
{
    int order = fmpq_cmp(value_of(search, type), search->alternatives + others);
    bool free = order == 0 || fmpq_is_zero(sb_belief_of(search->beliefs, type) + others);
    sb_status status =
        sb_lp_add_column(search->program, NULL, NULL, NULL, NULL, NULL, search->error);
    if (status != SB_OK) {
        return status;
    }
    return sb_lp_add_column(search->program, NULL, free || order < 0 ? search->zero : search->one,
                            free || order > 0 ? search->one : search->zero, NULL, NULL,
                            search->error);
}

static sb_status add_columns(schedule_search *search)
{
    sb_status status = SB_OK;
    size_t others_count = search->beliefs->others_count;
    for (size_t cell = 0; status == SB_OK && cell < search->beliefs->type_count * others_count;
         cell++) {
        status = add_cell(search, cell / others_count, cell % others_count);
    }
    return status != SB_OK ? status
                           : sb_lp_add_column(search->program, NULL, search->zero, NULL,
                                              search->one, NULL, search->error);
}

/* ---- rows ---- */

/* What a type expects of the truth is its outside option. */
static sb_status add_rent_row(schedule_search *search, size_t type)
{
    size_t count = search->beliefs->others_count;
    const fmpq *belief = sb_belief_of(search->beliefs, type);
    const fmpq *outside = search->environment->agents[search->beliefs->agent].outside + type;
    for (size_t k = 0; k < count; k++) {
        search->columns[2 * k] = payment_column(search, type, k);
        search->columns[2 * k + 1] = chance_column(search, type, k);
        fmpq_neg(search->coefficients + 2 * k, belief + k);
        fmpq_mul(search->coefficients + 2 * k + 1, belief + k, value_of(search, type));
    }
    return sb_lp_add_row(search->program, NULL, outside, outside, 2 * count, search->columns,
                         search->coefficients, NULL, search->error);
}

static sb_status add_truth_row(schedule_search *search, size_t type, size_t report, size_t others)
{
    const fmpq *value = value_of(search, type);
    search->columns[0] = payment_column(search, type, others);
    search->columns[1] = chance_column(search, type, others);
    search->columns[2] = payment_column(search, report, others);
    search->columns[3] = chance_column(search, report, others);
    fmpq_set_si(search->coefficients, -1, 1);
    fmpq_set(search->coefficients + 1, value);
    fmpq_set_si(search->coefficients + 2, 1, 1);
    fmpq_neg(search->coefficients + 3, value);
    return sb_lp_add_row(search->program, NULL, search->zero, NULL, 4, search->columns,
                         search->coefficients, NULL, search->error);
}

static sb_status add_truth_rows(schedule_search *search, size_t type, size_t report)
{
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < search->beliefs->others_count; k++) {
        if (sb_beliefs_expect(search->beliefs, k)) {
            status = add_truth_row(search, type, report, k);
        }
    }
    return status;
}

/* |x_t(k)| <= M, to be minimised. */
static sb_status add_size_rows(schedule_search *search)
{
    size_t others_count = search->beliefs->others_count;
    size_t cells = search->beliefs->type_count * others_count;
    sb_status status = SB_OK;
    for (size_t row = 0; status == SB_OK && row < 2 * cells; row++) {
        search->columns[0] = largest_column(search);
        search->columns[1] = payment_column(search, row / 2 / others_count, row / 2 % others_count);
        fmpq_one(search->coefficients);
        fmpq_set_si(search->coefficients + 1, row % 2 == 0 ? 1 : -1, 1);
        status = sb_lp_add_row(search->program, NULL, search->zero, NULL, 2, search->columns,
                               search->coefficients, NULL, search->error);
    }
    return status;
}

static sb_status add_rows(schedule_search *search, bool smallest)
{
    const sb_beliefs *beliefs = search->beliefs;
    size_t types = beliefs->type_count;
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < types; type++) {
        if (beliefs->has_belief[type]) {
            status = add_rent_row(search, type);
        }
    }
    for (size_t pair = 0; status == SB_OK && pair < types * types; pair++) {
        size_t type = pair / types, report = pair % types;
        if (type != report &&
            sb_environment_may_report(search->environment, beliefs->agent, type, report)) {
            status = add_truth_rows(search, type, report);
        }
    }
    return status == SB_OK && smallest ? add_size_rows(search) : status;
}

/* ---- all ---- */

static sb_status build_program(schedule_search *search, bool smallest)
{
    size_t room = 2 * search->beliefs->others_count + 4;
    search->program = sb_lp_new(SB_MINIMISE);
    search->alternatives = sb_rationals_new(search->beliefs->others_count);
    search->columns = sb_allocate(room, sizeof *search->columns);
    search->coefficients = sb_rationals_new(room);
    if (search->program == NULL || search->alternatives == NULL || search->columns == NULL ||
        search->coefficients == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_item_alternatives(search->alternatives, search->environment, search->beliefs);
    sb_status status = add_columns(search);
    return status == SB_OK ? add_rows(search, smallest) : status;
}

static sb_status read_schedules(const schedule_search *search, const sb_lp_result *result,
                                fmpq **schedules)
{
    size_t others_count = search->beliefs->others_count;
    size_t cells = search->beliefs->type_count * others_count;
    *schedules = sb_rationals_new(cells);
    if (*schedules == NULL) {
        return sb_out_of_memory(search->error);
    }
    for (size_t cell = 0; cell < cells; cell++) {
        fmpq_set(*schedules + cell, result->columns + payment_column(search, cell / others_count,
                                                                     cell % others_count));
    }
    return SB_OK;
}

sb_status sb_payment_schedules_find(fmpq **schedules, sb_decision *decision,
                                    const sb_environment *environment, const sb_beliefs *beliefs,
                                    const sb_lp_options *options, sb_error *error)
{
    *decision = SB_DECISION_OPEN;
    schedule_search search = {.environment = environment, .beliefs = beliefs, .error = error};
    fmpq_init(search.zero);
    fmpq_init(search.one);
    fmpq_one(search.one);
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = build_program(&search, schedules != NULL);
    if (status == SB_OK) {
        status = sb_lp_solve(search.program, NULL, options, &result, error);
    }
    if (status == SB_OK && result.proof == SB_PROOF_EXACT) {
        if (result.status == SB_LP_INFEASIBLE) {
            *decision = SB_DECISION_NO;
        } else if (result.status == SB_LP_OPTIMAL) {
            *decision = SB_DECISION_YES;
            status = schedules == NULL ? SB_OK : read_schedules(&search, &result, schedules);
        }
    }
    sb_lp_result_clear(&result);
    sb_lp_free(search.program);
    sb_rationals_free(search.alternatives, beliefs->others_count);
    sb_rationals_free(search.coefficients, 2 * beliefs->others_count + 4);
    free(search.columns);
    fmpq_clear(search.zero);
    fmpq_clear(search.one);
    return status;
}
