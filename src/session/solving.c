/* The stages of answering one environment: mechanism, conditions, baselines.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/solving.h"

#include "base/memory.h"
#include "session/parts.h"

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) * 1e-9;
}

/* Results so far become results with one more part, or with the sentence of what failed. */
static sb_status advance(const sb_solving *work, sb_results **results, sb_part *part,
                         sb_status status, const sb_error *cause, bool last, sb_error *error)
{
    sb_results *next = sb_results_with(*results, status == SB_OK ? part : NULL);
    if (status != SB_OK) {
        sb_part_release(part);
    }
    if (next == NULL) {
        return sb_out_of_memory(error);
    }
    if (status != SB_OK) {
        char sentence[1024];
        sb_error_format(cause, sentence, sizeof sentence);
        sb_results_set_failure(next, sentence);
    }
    sb_results_set_seconds(next, seconds_since(&work->requested));
    if (last) {
        sb_results_set_complete(next);
    }
    sb_results_release(*results);
    *results = next;
    work->publish(work->context, sb_results_keep(next));
    return SB_OK;
}

bool sb_solvers_init(sb_solvers *solvers)
{
    solvers->main = sb_design_solver_new();
    solvers->ex_post = sb_design_solver_new();
    solvers->without_correlation = sb_design_solver_new();
    return solvers->main != NULL && solvers->ex_post != NULL &&
           solvers->without_correlation != NULL;
}

void sb_solvers_clear(sb_solvers *solvers)
{
    sb_design_solver_free(solvers->main);
    sb_design_solver_free(solvers->ex_post);
    sb_design_solver_free(solvers->without_correlation);
    *solvers = (sb_solvers){NULL, NULL, NULL};
}

static sb_status run_stage(const sb_solving *work, sb_part *part, sb_part_kind kind,
                           const sb_lp_options *options, sb_error *error)
{
    const sb_environment *environment = sb_snapshot_environment(work->snapshot);
    switch (kind) {
    case SB_PART_SOLUTION:
        return sb_design_solve(environment, work->solvers->main, options, sb_part_solution(part),
                               error);
    case SB_PART_EXTRACTION:
        return sb_full_extraction(environment, options, sb_part_extraction(part), error);
    case SB_PART_EX_POST:
        return sb_baseline_ex_post(environment, work->solvers->ex_post, options,
                                   sb_part_baseline(part), error);
    case SB_PART_WITHOUT_CORRELATION:
        return sb_baseline_without_correlation(environment, work->solvers->without_correlation,
                                               options, sb_part_baseline(part), error);
    case SB_PART_COUNT:
        break;
    }
    return sb_error_set(error, SB_ERROR_INTERNAL, "stage %d of solving is unknown", (int)kind);
}

static sb_status stage(const sb_solving *work, sb_results **results, sb_part_kind kind,
                       double time_limit, bool *proved, sb_error *error)
{
    sb_part *part = sb_part_new(kind);
    if (part == NULL) {
        return sb_out_of_memory(error);
    }
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.time_limit = time_limit;
    options.cancel = work->cancel;
    sb_error cause;
    sb_error_clear(&cause);
    sb_status status = run_stage(work, part, kind, &options, &cause);
    if (status == SB_ERROR_CANCELLED || status == SB_ERROR_MEMORY) {
        sb_part_release(part);
        return sb_error_set(error, status, "%s", cause.message);
    }
    if (kind == SB_PART_SOLUTION && time_limit > 0) {
        const sb_solution *solution = sb_part_solution(part);
        *proved = status != SB_OK || solution->proof == SB_PROOF_EXACT;
        if (!*proved && solution->proof != SB_PROOF_FLOATING) {
            sb_part_release(part); /* nothing to show yet */
            return SB_OK;
        }
    }
    return advance(work, results, part, status, &cause, kind == SB_PART_WITHOUT_CORRELATION, error);
}

sb_status sb_solving_run(const sb_solving *work, sb_error *error)
{
    sb_results *results = sb_results_new(work->snapshot);
    if (results == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    bool proved = false;
    if (work->floating_first) {
        status =
            stage(work, &results, SB_PART_SOLUTION, SB_SOLVING_PATIENCE_SECONDS, &proved, error);
    }
    for (int kind = SB_PART_SOLUTION; kind < SB_PART_COUNT && status == SB_OK; kind++) {
        if (kind != SB_PART_SOLUTION || !proved) {
            status = stage(work, &results, (sb_part_kind)kind, 0, &proved, error);
        }
    }
    sb_results_release(results);
    return status;
}
