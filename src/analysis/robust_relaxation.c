/* A relaxation that grows by cuts and sheds those that have long been slack.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is one linear program that grows at its end; its solver starts from its last basis. A row
 * whose multiplier is zero at the optimum can go without the optimum's changing, and as its
 * activity is basic the basis stays one of what is left.
 */
#include "analysis/robust_relaxation.h"

#include <stdlib.h>

#include "base/memory.h"
#include "lp/claim.h"

sb_status sb_robust_relaxation_init(sb_robust_relaxation *relaxation,
                                    const sb_environment *environment, const sb_consistent_set *set,
                                    sb_robust_objective objective, sb_error *error)
{
    *relaxation = (sb_robust_relaxation){0};
    sb_status status =
        sb_robust_program_init(&relaxation->program, environment, set, objective, error);
    relaxation->solver = sb_lp_solver_new();
    if (status == SB_OK && relaxation->solver == NULL) {
        status = sb_out_of_memory(error);
    }
    relaxation->first_cut = relaxation->program.fixed_rows;
    return status;
}

void sb_robust_relaxation_clear(sb_robust_relaxation *relaxation)
{
    sb_cuts_free(relaxation->cuts, relaxation->count, relaxation->program.signals);
    free(relaxation->idle);
    sb_lp_solver_free(relaxation->solver);
    sb_robust_program_clear(&relaxation->program);
    *relaxation = (sb_robust_relaxation){0};
}

sb_status sb_robust_relaxation_begin(sb_robust_relaxation *relaxation, bool worths_alone,
                                     sb_error *error)
{
    size_t count = 0;
    sb_status status =
        sb_robust_program_add_estimate(&relaxation->program, worths_alone, &count, error);
    relaxation->first_cut = sb_lp_row_count(relaxation->program.lp);
    return status;
}

static bool same_row(const sb_cut *one, const sb_cut *other, size_t signal_count)
{
    bool same =
        one->kind == other->kind && one->type == other->type && one->report == other->report;
    for (size_t signal = 0; same && signal < signal_count; signal++) {
        same = fmpq_equal(one->belief + signal, other->belief + signal) != 0;
    }
    return same;
}

bool sb_robust_relaxation_has(const sb_robust_relaxation *relaxation, const sb_cut *cut)
{
    for (size_t k = 0; k < relaxation->count; k++) {
        if (same_row(&relaxation->cuts[k], cut, relaxation->program.signals)) {
            return true;
        }
    }
    return false;
}

sb_status sb_robust_relaxation_add(sb_robust_relaxation *relaxation, const sb_cut *cut,
                                   sb_error *error)
{
    /* A row at a belief outside of the set would ask for too much, and the optimum with it would be
     * too low without anybody noticing. */
    if (!sb_consistent_set_contains(relaxation->program.set, cut->type, cut->belief)) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "a cut is about a belief outside of the consistent set");
    }
    size_t count = relaxation->count;
    if (!sb_grow(&relaxation->cuts, &relaxation->cuts_capacity, count + 1,
                 sizeof *relaxation->cuts) ||
        !sb_grow(&relaxation->idle, &relaxation->idle_capacity, count + 1,
                 sizeof *relaxation->idle)) {
        return sb_out_of_memory(error);
    }
    sb_cut_init(&relaxation->cuts[count]);
    sb_status status =
        sb_cut_copy(&relaxation->cuts[count], cut, relaxation->program.signals, error);
    if (status == SB_OK) {
        status = sb_robust_program_add_cut(&relaxation->program, cut, error);
    }
    if (status != SB_OK) {
        sb_cut_clear(&relaxation->cuts[count], relaxation->program.signals);
        return status;
    }
    relaxation->idle[count] = 0;
    relaxation->count++;
    return SB_OK;
}

static void count_idle(sb_robust_relaxation *relaxation, const sb_lp_result *result)
{
    for (size_t k = 0; result->duals != NULL && k < relaxation->count; k++) {
        bool idle = fmpq_is_zero(result->duals + relaxation->first_cut + k) != 0;
        relaxation->idle[k] = idle ? relaxation->idle[k] + 1 : 0;
    }
}

sb_status sb_robust_solve_program(const sb_lp *lp, sb_lp_solver *solver,
                                  const sb_lp_options *options, sb_lp_result *result,
                                  sb_error *error)
{
    sb_status status = sb_lp_solve(lp, solver, options, result, error);
    if (status == SB_OK && sb_lp_is_mere_claim(result)) {
        sb_lp_options exactly = sb_lp_options_for_claim(options);
        status = sb_lp_solve(lp, solver, &exactly, result, error);
    }
    if (status == SB_OK && sb_lp_is_mere_claim(result)) {
        sb_lp_withdraw_claim(result, "the floating solver says ", ", which is not proved");
    }
    return status;
}

sb_status sb_robust_relaxation_solve(sb_robust_relaxation *relaxation, const sb_lp_options *options,
                                     sb_lp_result *result, sb_error *error)
{
    const sb_lp *lp = relaxation->program.lp;
    sb_lp_options bare = *options;
    bare.bare = true;
    sb_status status = sb_robust_solve_program(lp, relaxation->solver, &bare, result, error);
    if (status == SB_OK && result->status == SB_LP_OPTIMAL) {
        count_idle(relaxation, result);
    }
    return status;
}

sb_status sb_robust_relaxation_drop(sb_robust_relaxation *relaxation, size_t most_idle,
                                    size_t *dropped, sb_error *error)
{
    size_t rows = sb_lp_row_count(relaxation->program.lp);
    *dropped = 0;
    bool *marks = sb_allocate(rows, sizeof *marks);
    if (marks == NULL) {
        return sb_out_of_memory(error);
    }
    size_t kept = 0;
    for (size_t k = 0; k < relaxation->count; k++) {
        if (relaxation->idle[k] >= most_idle) {
            marks[relaxation->first_cut + k] = true;
            sb_cut_clear(&relaxation->cuts[k], relaxation->program.signals);
        } else {
            relaxation->cuts[kept] = relaxation->cuts[k];
            relaxation->idle[kept++] = relaxation->idle[k];
        }
    }
    *dropped = relaxation->count - kept;
    relaxation->count = kept;
    if (*dropped > 0) {
        sb_lp_drop_rows(relaxation->program.lp, relaxation->solver, marks);
    }
    free(marks);
    return SB_OK;
}
