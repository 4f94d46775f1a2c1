/* Questions about the optimum and what it is compared with.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "session/expect.h"

static const sb_solution *solution_of(sb_call *call)
{
    const sb_results *results = sb_session_complete_results(call->session, call->error);
    const sb_solution *solution = results == NULL ? NULL : sb_results_solution(results);
    if (results != NULL && solution == NULL) {
        sb_expect_missing(call, results);
    }
    return solution;
}

sb_status sb_expect_of_solution(sb_call *call)
{
    static const char *const statuses[] = {"optimal",   "incumbent", "infeasible",
                                           "unbounded", "failed",    NULL};
    static const char *const proofs[] = {"exact", "floating", "none", NULL};
    const char *what = call->arguments[0];
    const sb_solution *solution = solution_of(call);
    if (solution == NULL) {
        return call->error->status;
    }
    const char *proof = sb_proof_name(solution->proof);
    if (strcmp(what, "status") == 0) {
        return sb_expect_word(call, what, statuses, sb_solution_status_name(solution));
    }
    if (strcmp(what, "proof") == 0) {
        return sb_expect_word(call, what, proofs, proof);
    }
    if (solution->status != SB_LP_OPTIMAL) {
        return sb_expect_not_optimal(call, what, solution->status);
    }
    const fmpq *number = strcmp(what, "revenue") == 0     ? &solution->revenue
                         : strcmp(what, "welfare") == 0   ? &solution->welfare
                         : strcmp(what, "objective") == 0 ? &solution->objective
                                                          : &solution->max_payment;
    return sb_expect_number(call, what, number, proof);
}

sb_status sb_expect_full_surplus(sb_call *call)
{
    const sb_results *results = sb_session_complete_results(call->session, call->error);
    return results == NULL ? call->error->status
                           : sb_expect_number(call, call->arguments[0],
                                              sb_results_full_surplus(results), "exact");
}

sb_status sb_expect_baseline(sb_call *call)
{
    const char *what = call->arguments[0];
    const sb_results *results = sb_session_complete_results(call->session, call->error);
    if (results == NULL) {
        return call->error->status;
    }
    const sb_baseline *baseline = strcmp(what, "ex-post-optimum") == 0
                                      ? sb_results_ex_post(results)
                                      : sb_results_without_correlation(results);
    if (baseline == NULL) {
        return sb_expect_missing(call, results);
    }
    return baseline->status == SB_LP_OPTIMAL
               ? sb_expect_number(call, what, &baseline->objective, sb_proof_name(baseline->proof))
               : sb_expect_not_optimal(call, what, baseline->status);
}

sb_status sb_expect_fse(sb_call *call)
{
    static const char *const kinds[] = {"bayesian", "ex-post", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    size_t kind = 0;
    sb_status status =
        call->count == 3 ? sb_call_choice(call, 1, kinds, &kind) : sb_call_wrong(call);
    const sb_results *results =
        status == SB_OK ? sb_session_complete_results(call->session, call->error) : NULL;
    if (results == NULL) {
        return status == SB_OK ? call->error->status : status;
    }
    const sb_extraction *extraction = sb_results_extraction(results);
    if (extraction == NULL) {
        return sb_expect_missing(call, results);
    }
    sb_answer answer = kind == 0 ? extraction->bayesian : extraction->ex_post_ic;
    const char *found = answer == SB_ANSWER_YES  ? "yes"
                        : answer == SB_ANSWER_NO ? "no"
                                                 : "not confirmed";
    return sb_expect_word(call, kind == 0 ? "fse bayesian" : "fse ex-post", answers, found);
}
