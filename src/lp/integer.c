/* Integer programs: a proposal in double precision, then the search in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An unbounded relaxation: binary columns are bounded, so its ray leaves them alone, and from any
 * solution it leads to better ones for ever. So the integer program is then unbounded or
 * infeasible, which a search with all costs zero decides.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lp/integer_search.h"

#define SECONDS_BETWEEN_REPORTS 0.1
#define SECONDS_FOR_PROPOSAL    5

void sb_integer_result_init(sb_integer_result *result)
{
    *result = (sb_integer_result){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&result->objective);
    fmpq_init(&result->relaxation);
}

void sb_integer_result_clear(sb_integer_result *result)
{
    sb_rationals_free(result->columns, result->column_count);
    fmpq_clear(&result->objective);
    fmpq_clear(&result->relaxation);
    sb_integer_result_init(result);
}

/* ---- shared by the searches ---- */

void sb_integer_report(sb_integer_search *search, bool proving, double bound, size_t nodes,
                       bool now)
{
    double seconds = sb_seconds();
    if (search->options->progress == NULL ||
        (!now && seconds - search->reported < SECONDS_BETWEEN_REPORTS)) {
        return;
    }
    search->reported = seconds;
    const sb_integer_result *result = search->result;
    bool exact = result->columns != NULL;
    sb_integer_progress progress = {.proving = proving,
                                    .has_solution = exact || search->has_proposal,
                                    .objective = exact ? sb_rational_to_double(&result->objective)
                                                       : search->proposal,
                                    .bound = bound,
                                    .nodes = nodes,
                                    .seconds = seconds - search->began};
    search->options->progress(search->options->context, &progress);
}

bool sb_integer_improves(const sb_integer_search *search, const fmpq_t objective)
{
    if (search->result->columns == NULL) {
        return true;
    }
    int order = fmpq_cmp(objective, &search->result->objective);
    return sb_lp_direction(search->lp) == SB_MAXIMISE ? order > 0 : order < 0;
}

sb_status sb_integer_offer(sb_integer_search *search, const fmpq *columns, const fmpq_t objective)
{
    if (!sb_integer_improves(search, objective)) {
        return SB_OK;
    }
    fmpq *kept = sb_rationals_copy(columns, search->columns);
    if (kept == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_rationals_free(search->result->columns, search->columns);
    search->result->columns = kept;
    fmpq_set(&search->result->objective, objective);
    search->result->status = SB_LP_OPTIMAL;
    return SB_OK;
}

sb_status sb_integer_fix(sb_integer_search *search, size_t column, int value)
{
    fmpq_t bound;
    fmpq_init(bound);
    fmpq_set_si(bound, value, 1);
    sb_status status = sb_lp_set_column_bounds(search->lp, column, bound, bound, search->error);
    fmpq_clear(bound);
    return status;
}

sb_status sb_integer_release(sb_integer_search *search, const sb_lp *original, size_t column)
{
    sb_lp_column_view view = sb_lp_column(original, column);
    return sb_lp_set_column_bounds(search->lp, column, view.lower, view.upper, search->error);
}

/* ---- the stages ---- */

/* Solve the rest in rationals where the binary columns are as proposed. */
static sb_status take_proposal(sb_integer_search *search, const sb_lp *original, const bool *ones)
{
    sb_status status = SB_OK;
    for (size_t column = 0; status == SB_OK && column < search->columns; column++) {
        if (search->binary[column]) {
            status = sb_integer_fix(search, column, ones[column]);
        }
    }
    sb_lp_result rest;
    sb_lp_result_init(&rest);
    if (status == SB_OK) {
        /* Also after a cancellation: the best solution so far is to be kept. */
        sb_lp_options exactly = {.exact = true, .time_limit = SECONDS_FOR_PROPOSAL};
        status = sb_lp_solve(search->lp, NULL, &exactly, &rest, search->error);
    }
    if (status == SB_OK && rest.status == SB_LP_OPTIMAL && rest.proof == SB_PROOF_EXACT) {
        status = sb_integer_offer(search, rest.columns, &rest.objective);
    }
    sb_lp_result_clear(&rest);
    for (size_t column = 0; column < search->columns; column++) {
        if (search->binary[column]) {
            sb_status released = sb_integer_release(search, original, column);
            status = status == SB_OK ? released : status;
        }
    }
    return status;
}

/* The searches over the copy, whose costs may be zeroed. */
static sb_status run_searches(sb_integer_search *search, const sb_lp *original)
{
    sb_integer_result *result = search->result;
    bool *ones = NULL;
    bool complete = false;
    double began = sb_seconds();
    sb_status status = sb_integer_propose(search, &ones, &complete);
    if (ones != NULL) {
        sb_status taken = take_proposal(search, original, ones);
        status = status == SB_OK ? taken : status;
    }
    free(ones);
    result->floating_seconds = sb_seconds() - began;
    result->proof = result->columns != NULL || complete ? SB_PROOF_FLOATING : SB_PROOF_NONE;
    if (status != SB_OK) {
        return status;
    }
    result->complete = complete;
    if (result->columns == NULL && complete) {
        result->status = SB_LP_INFEASIBLE;
    }
    if (!search->options->exact) {
        return SB_OK;
    }
    began = sb_seconds();
    bool proved = false;
    status = sb_integer_prove(search, original, &proved);
    result->exact_seconds = sb_seconds() - began;
    if (status == SB_OK && proved) {
        result->status = result->columns != NULL ? SB_LP_OPTIMAL : SB_LP_INFEASIBLE;
        result->proof = SB_PROOF_EXACT;
        result->complete = true;
        result->reason[0] = '\0';
        result->bound = sb_rational_to_double(&result->objective);
    }
    return status;
}

/* Is there any solution? Then the ray of the relaxation is the answer. */
static sb_status follow_ray(sb_integer_search *search, const sb_lp *original, const fmpq *ray)
{
    fmpq_t zero;
    fmpq_init(zero);
    for (size_t column = 0; column < search->columns; column++) {
        sb_lp_set_cost(search->lp, column, zero);
    }
    fmpq_clear(zero);
    sb_status status = run_searches(search, original);
    sb_integer_result *result = search->result;
    if (status == SB_OK && result->columns != NULL) {
        fmpq *kept = sb_rationals_copy(ray, search->columns);
        if (kept == NULL) {
            return sb_out_of_memory(search->error);
        }
        sb_rationals_free(result->columns, search->columns);
        result->columns = kept;
        result->status = SB_LP_UNBOUNDED;
        result->proof = SB_PROOF_EXACT;
        result->complete = true;
        result->reason[0] = '\0';
    }
    return status;
}

static sb_status search_all(sb_integer_search *search, const sb_lp *original)
{
    sb_integer_result *result = search->result;
    sb_lp_result relaxed;
    sb_lp_result_init(&relaxed);
    sb_lp_options exactly = {.exact = true, .cancel = search->options->cancel};
    sb_status status = sb_lp_solve(search->lp, search->solver, &exactly, &relaxed, search->error);
    bool exact = status == SB_OK && relaxed.proof == SB_PROOF_EXACT;
    if (exact && relaxed.status == SB_LP_INFEASIBLE) {
        result->status = SB_LP_INFEASIBLE;
        result->proof = SB_PROOF_EXACT;
        result->complete = true;
    } else if (exact && relaxed.status == SB_LP_UNBOUNDED) {
        status = follow_ray(search, original, relaxed.columns);
    } else if (status == SB_OK) {
        result->has_relaxation = exact;
        fmpq_set(&result->relaxation, &relaxed.objective);
        result->bound = sb_rational_to_double(&relaxed.objective);
        status = run_searches(search, original);
    }
    sb_lp_result_clear(&relaxed);
    return status;
}

sb_status sb_integer_solve(const sb_lp *lp, const bool *binary, const sb_integer_options *options,
                           sb_integer_result *result, sb_error *error)
{
    const sb_integer_options standard = SB_INTEGER_OPTIONS_DEFAULT;
    sb_integer_result_clear(result);
    result->column_count = sb_lp_column_count(lp);
    result->bound = sb_lp_direction(lp) == SB_MAXIMISE ? INFINITY : -INFINITY;
    sb_integer_search search = {.binary = binary,
                                .columns = result->column_count,
                                .options = options != NULL ? options : &standard,
                                .result = result,
                                .began = sb_seconds(),
                                .error = error};
    search.solver = sb_lp_solver_new();
    sb_status status =
        search.solver == NULL ? sb_out_of_memory(error) : sb_lp_copy(lp, &search.lp, error);
    if (status == SB_OK) {
        status = search_all(&search, lp);
    }
    if (status == SB_OK && !result->complete && result->reason[0] == '\0') {
        (void)snprintf(result->reason, sizeof result->reason, "the search met its time limit");
    }
    sb_lp_free(search.lp);
    sb_lp_solver_free(search.solver);
    if (status != SB_OK && status != SB_ERROR_CANCELLED) {
        sb_integer_result_clear(result);
    }
    return status;
}
