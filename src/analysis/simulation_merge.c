/* Putting outcomes of simulations together.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "analysis/simulation_parts.h"

/* ---- parts of one simulation ---- */

static bool same_number(double left, double right)
{
    return left == right || (isnan(left) && isnan(right));
}

static bool same_outcome(const sb_contender_outcome *left, const sb_contender_outcome *right)
{
    return left->status == right->status && left->proof == right->proof &&
           same_number(left->designed, right->designed) &&
           same_number(left->revenue, right->revenue) &&
           same_number(left->max_payment, right->max_payment) &&
           left->smallest_payments == right->smallest_payments &&
           left->truthful == right->truthful && left->lying == right->lying &&
           left->absent == right->absent;
}

static bool same_learned(const sb_learned *left, const sb_learned *right, const bool *wanted)
{
    bool same = same_number(left->full_surplus, right->full_surplus) &&
                left->set_holds_truth == right->set_holds_truth;
    for (int k = 0; same && k < SB_CONTENDER_COUNT; k++) {
        same = !wanted[k] || same_outcome(&left->outcomes[k], &right->outcomes[k]);
    }
    return same;
}

/* Nothing is taken over where anything disagrees. */
static sb_status check_agreement(const sb_simulation *into, const sb_simulation *from,
                                 sb_error *error)
{
    if (!sb_simulation_plan_equal(&into->plan, &from->plan)) {
        sb_error_set(error, SB_ERROR_INPUT, "the two results are of different simulations");
        sb_error_set_hint(error, "only parts of one simulation can be put together: the same "
                                 "sweep, repetitions, seed and mechanisms");
        return SB_ERROR_INPUT;
    }
    for (size_t k = 0; k < into->cell_count; k++) {
        const sb_simulation_cell *ours = &into->cells[k];
        const sb_simulation_cell *theirs = &from->cells[k];
        for (size_t r = 0; r < into->plan.repetitions; r++) {
            if (ours->has[r] && theirs->has[r] &&
                !same_learned(&ours->outcomes[r], &theirs->outcomes[r], into->plan.wanted)) {
                sb_error_set(error, SB_ERROR_INPUT,
                             "the two results disagree in repetition %zu of cell %zu", r + 1,
                             k + 1);
                sb_error_set_hint(error, "they come from different programs, or one was changed");
                return SB_ERROR_INPUT;
            }
        }
    }
    return SB_OK;
}

sb_status sb_simulation_merge(sb_simulation *into, const sb_simulation *from, sb_error *error)
{
    sb_status status = check_agreement(into, from, error);
    for (size_t k = 0; status == SB_OK && k < into->cell_count; k++) {
        for (size_t r = 0; r < into->plan.repetitions; r++) {
            if (from->cells[k].has[r] && !into->cells[k].has[r]) {
                sb_simulation_put(&into->cells[k], r, &from->cells[k].outcomes[r]);
            }
        }
    }
    return status;
}

/* ---- another sweep ---- */

/* Whether a repetition of a cell comes out the same under both plans. */
static bool same_repetitions(const sb_simulation_plan *into, const sb_simulation_plan *from)
{
    bool both_files = into->environment != NULL && from->environment != NULL;
    bool same_truth = both_files ? strcmp(into->environment, from->environment) == 0
                                 : into->environment == from->environment;
    bool known = true;
    for (int k = 0; k < SB_CONTENDER_COUNT; k++) {
        known = known && (!into->wanted[k] || from->wanted[k]);
    }
    return same_truth && known && into->seed == from->seed && into->exact == from->exact &&
           sb_simulation_estimates_equal(&into->estimate, &from->estimate);
}

static bool same_cell(const sb_simulation_cell *left, const sb_simulation_cell *right)
{
    return left->sample_count == right->sample_count && left->type_count == right->type_count &&
           left->signal_count == right->signal_count && left->epsilon == right->epsilon &&
           fmpq_equal(&left->correlation, &right->correlation);
}

size_t sb_simulation_adopt(sb_simulation *into, const sb_simulation *from)
{
    size_t adopted = 0;
    if (!same_repetitions(&into->plan, &from->plan)) {
        return 0;
    }
    size_t repetitions = into->plan.repetitions < from->plan.repetitions ? into->plan.repetitions
                                                                         : from->plan.repetitions;
    for (size_t k = 0; k < into->cell_count; k++) {
        sb_simulation_cell *cell = &into->cells[k];
        size_t other = 0;
        while (other < from->cell_count && !same_cell(cell, &from->cells[other])) {
            other++;
        }
        for (size_t r = 0; other < from->cell_count && r < repetitions; r++) {
            if (from->cells[other].has[r] && !cell->has[r]) {
                sb_simulation_put(cell, r, &from->cells[other].outcomes[r]);
                adopted++;
            }
        }
    }
    return adopted;
}
