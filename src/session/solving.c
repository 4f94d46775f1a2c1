/* The stages of answering one environment: mechanism, conditions, baselines.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/solving.h"

#include "base/clock.h"
#include "base/memory.h"
#include "session/parts.h"

/* How much longer each round of a search goes on than the one before. */
#define SEARCH_PATIENCE_GROWTH 4
/* For an optimum under other rules, once the search for the main one was stopped. */
#define SECONDS_AFTER_STOP 1

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
    sb_results_set_seconds(next, sb_seconds() - work->requested);
    sb_results_set_complete(next, last);
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
    solvers->smallest = sb_lp_solver_new();
    solvers->robust = sb_robust_memory_new();
    return solvers->main != NULL && solvers->ex_post != NULL &&
           solvers->without_correlation != NULL && solvers->smallest != NULL &&
           solvers->robust != NULL;
}

void sb_solvers_clear(sb_solvers *solvers)
{
    sb_design_solver_free(solvers->main);
    sb_design_solver_free(solvers->ex_post);
    sb_design_solver_free(solvers->without_correlation);
    sb_lp_solver_free(solvers->smallest);
    sb_robust_memory_free(solvers->robust);
    *solvers = (sb_solvers){NULL, NULL, NULL, NULL, NULL};
}

sb_status sb_solving_advance(const sb_solving *work, sb_results **results, sb_part *part, bool last,
                             sb_error *error)
{
    return advance(work, results, part, SB_OK, NULL, last, error);
}

sb_status sb_solving_publish(const sb_solving *work, sb_results **results, sb_part *part,
                             sb_status status, const sb_error *cause, sb_error *error)
{
    return advance(work, results, part, status, cause, false, error);
}

static sb_status run_stage(const sb_solving *work, sb_results **results, sb_part *part,
                           sb_part_kind kind, const sb_lp_options *options, sb_error *error)
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
    default:
        return sb_solving_wanted(work, results, kind, part, options, error);
    }
}

/* An optimum under other rules may be a long search too, which is given up when that is stopped. */
static bool may_search(const sb_solving *work, sb_part_kind kind)
{
    return work->stop_search != NULL && sb_solving_searches(work) &&
           (kind == SB_PART_EX_POST || kind == SB_PART_WITHOUT_CORRELATION);
}

static sb_status stage(const sb_solving *work, sb_results **results, sb_part_kind kind,
                       sb_part_kind last, double time_limit, bool *proved, sb_error *error)
{
    sb_part *part = sb_part_new(kind);
    if (part == NULL) {
        return sb_out_of_memory(error);
    }
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.time_limit = time_limit;
    bool stoppable = may_search(work, kind);
    options.cancel = stoppable ? work->stop_search : work->cancel;
    const sb_search *main_search = sb_results_search(*results);
    if (stoppable && main_search != NULL && main_search->stopped) {
        options.time_limit = SECONDS_AFTER_STOP;
    }
    sb_error cause;
    sb_error_clear(&cause);
    sb_status status = run_stage(work, results, part, kind, &options, &cause);
    status = stoppable ? sb_solving_stop(work, status) : status;
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
    return advance(work, results, part, status, &cause, kind == last, error);
}

/* Whether a part is asked for at all. */
static bool wanted(const sb_wants *wants, sb_part_kind kind)
{
    switch (kind) {
    case SB_PART_AUCTIONS:
        return wants->auctions;
    case SB_PART_SMALLEST:
        return wants->smallest;
    case SB_PART_SENSITIVITY:
        return wants->sensitivity;
    case SB_PART_SWEEP:
    case SB_PART_CAP:
        return wants->curve != NULL;
    case SB_PART_MISBELIEF:
    case SB_PART_BELIEF:
        return wants->belief != NULL;
    case SB_PART_ROBUST:
    case SB_PART_ROBUST_CHECK:
        return wants->robust;
    case SB_PART_GEOMETRY:
        return wants->geometry;
    case SB_PART_PRICE:
        return wants->price;
    case SB_PART_SEARCH:
        return false;
    default:
        return true;
    }
}

/* The parts still to compute, in order; returns how many. */
static size_t plan(const sb_solving *work, const sb_results *results, sb_part_kind *parts)
{
    size_t count = 0;
    for (int kind = SB_PART_SOLUTION; kind < SB_PART_COUNT; kind++) {
        if (wanted(work->wants, (sb_part_kind)kind) &&
            !sb_results_satisfy(results, (sb_part_kind)kind, work->wants)) {
            parts[count++] = (sb_part_kind)kind;
        }
    }
    return count;
}

/* What a person may look at while a search goes on: linear programs, or none. */
static bool comes_soon(sb_part_kind kind)
{
    return kind == SB_PART_EXTRACTION || kind == SB_PART_GEOMETRY || kind == SB_PART_AUCTIONS;
}

/* A search is shown as it goes on, each time with more patience; what comes soon waits for its
 * first round only. */
static sb_status search(const sb_solving *work, sb_results **results, const sb_part_kind *parts,
                        size_t count, sb_error *error)
{
    bool proved = false;
    sb_search_rounds rounds = {.patience = SB_SOLVING_PATIENCE_SECONDS};
    rounds.ended = parts[0] != SB_PART_SOLUTION; /* known, or stopped before */
    size_t others = rounds.ended ? 0 : 1;
    sb_status status = rounds.ended ? SB_OK : sb_solving_search(work, results, &rounds, error);
    for (size_t at = others; at < count && status == SB_OK; at++) {
        if (comes_soon(parts[at])) {
            status = stage(work, results, parts[at], SB_PART_COUNT, 0, &proved, error);
        }
    }
    while (status == SB_OK && !rounds.ended) {
        rounds.patience *= SEARCH_PATIENCE_GROWTH;
        status = sb_solving_search(work, results, &rounds, error);
    }
    for (size_t at = others; at < count && status == SB_OK; at++) {
        if (!comes_soon(parts[at])) {
            status = stage(work, results, parts[at], SB_PART_COUNT, 0, &proved, error);
        }
    }
    return status == SB_OK ? advance(work, results, NULL, SB_OK, NULL, true, error) : status;
}

sb_status sb_solving_run(const sb_solving *work, sb_error *error)
{
    sb_results *results = sb_results_going_on(work->snapshot, work->known, work->wants);
    if (results == NULL) {
        return sb_out_of_memory(error);
    }
    sb_part_kind parts[SB_PART_COUNT];
    size_t count = plan(work, results, parts);
    sb_status status = SB_OK;
    bool proved = false;
    bool solves = count > 0 && parts[0] == SB_PART_SOLUTION;
    bool searched = count > 0 && work->stop_search != NULL && sb_solving_searches(work);
    if (searched) {
        status = search(work, &results, parts, count, error);
    } else if (count == 0 && sb_results_complete(results)) {
        work->publish(work->context, sb_results_keep(results)); /* nothing to add */
    } else if (count == 0) {
        status = advance(work, &results, NULL, SB_OK, NULL, true, error);
    } else if (work->floating_first && solves) {
        status = stage(work, &results, SB_PART_SOLUTION, parts[count - 1],
                       SB_SOLVING_PATIENCE_SECONDS, &proved, error);
    }
    for (size_t at = 0; at < count && status == SB_OK && !searched; at++) {
        if (parts[at] != SB_PART_SOLUTION || !proved) {
            status = stage(work, &results, parts[at], parts[count - 1], 0, &proved, error);
        }
    }
    sb_results_release(results);
    return status;
}
