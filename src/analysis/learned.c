/* Mechanisms designed from an estimate, and what they earn under the truth.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every contender is a belief (an environment with its rules), a mechanism that is best for it, and
 * the truth it meets.
 */
#include "sidebet/learned.h"

#include <math.h>

#include "base/clock.h"
#include "base/memory.h"
#include "sidebet/smallest_payments.h"
#include "sidebet/surplus.h"

static const struct {
    const char *name, *explanation;
} contenders[] = {
    [SB_CONTENDER_KNOWN_PRIOR] = {"known-prior", "The best mechanism of a seller who knows the "
                                                 "truth."},
    [SB_CONTENDER_EX_POST] = {"ex-post", "The best mechanism under ex-post rules at the estimate: "
                                         "no belief of the bidder can upset it."},
    [SB_CONTENDER_BAYESIAN] = {"bayesian", "The best mechanism at the estimate, as if that were "
                                           "the truth."},
    [SB_CONTENDER_ROBUST] = {"robust", "The best mechanism at the estimate whose incentives hold "
                                       "for every belief in the consistent set."},
};

const char *sb_contender_name(sb_contender contender)
{
    return contenders[contender].name;
}

const char *sb_contender_explain(sb_contender contender)
{
    return contenders[contender].explanation;
}

/* What to design and for whom, and what comes out. */
typedef struct designing {
    const sb_environment *truth;
    const sb_consistent_set *set;
    sb_lp_options lp;
    sb_environment *belief;  /* the contender's own, with its rules */
    sb_mechanism *mechanism; /* NULL where there is no best one */
    sb_contender_outcome *outcome;
} designing;

/* ---- designs ---- */

static void keep(designing *work, sb_lp_status status, sb_proof proof, const fmpq_t objective,
                 const fmpq_t max_payment, const sb_mechanism *mechanism)
{
    sb_contender_outcome *outcome = work->outcome;
    outcome->status = status;
    outcome->proof = proof;
    if (status == SB_LP_OPTIMAL) {
        outcome->designed = sb_rational_to_double(objective);
        outcome->max_payment = sb_rational_to_double(max_payment);
        work->mechanism = sb_mechanism_copy(mechanism);
    }
}

/* The vertex makes way for the smallest payments where those are found. The solver is this design's
 * own: blocks of one shape start from one another, and nothing depends on the designs before. */
static sb_status want_smallest(designing *work, const sb_solution *solution, sb_error *error)
{
    sb_lp_options options = work->lp;
    options.time_limit = SB_LEARNED_PATIENCE;
    sb_smallest_payments smallest;
    sb_smallest_payments_init(&smallest);
    sb_lp_solver *solver = sb_lp_solver_new();
    sb_status status = solver == NULL ? sb_out_of_memory(error)
                                      : sb_smallest_payments_find(work->belief, solution, solver,
                                                                  &options, &smallest, error);
    if (status == SB_OK && smallest.status == SB_LP_OPTIMAL) {
        sb_mechanism_free(work->mechanism);
        work->mechanism = sb_mechanism_copy(smallest.mechanism);
        work->outcome->max_payment = sb_rational_to_double(&smallest.largest);
        work->outcome->smallest_payments = true;
    }
    sb_lp_solver_free(solver);
    sb_smallest_payments_clear(&smallest);
    return status;
}

static sb_status design_optimum(designing *work, sb_error *error)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_status status = sb_design_solve(work->belief, NULL, &work->lp, &solution, error);
    if (status == SB_OK) {
        keep(work, solution.status, solution.proof, &solution.objective, &solution.max_payment,
             solution.mechanism);
    }
    /* A search leaves the choice among optimal allocations to chance. */
    if (status == SB_OK && solution.status == SB_LP_OPTIMAL && solution.proof == SB_PROOF_EXACT &&
        !solution.searched) {
        status = want_smallest(work, &solution, error);
    }
    sb_solution_clear(&solution);
    return status;
}

static sb_status design_robust(designing *work, sb_error *error)
{
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.lp = work->lp;
    sb_status status = sb_robust_solve(work->belief, work->set, &options, &solution, error);
    if (status == SB_OK) {
        keep(work, solution.status, solution.proof, &solution.objective, &solution.max_payment,
             solution.mechanism);
    }
    sb_robust_solution_clear(&solution);
    return status;
}

static sb_status design(designing *work, sb_contender contender, sb_error *error)
{
    double start = sb_seconds();
    sb_status status =
        contender == SB_CONTENDER_ROBUST ? design_robust(work, error) : design_optimum(work, error);
    work->outcome->seconds = sb_seconds() - start;
    if (status == SB_OK && work->outcome->status == SB_LP_OPTIMAL && work->mechanism == NULL) {
        status = sb_out_of_memory(error);
    }
    return status;
}

/* ---- under the truth ---- */

static void count_replies(sb_contender_outcome *outcome, const sb_misbelief *misbelief)
{
    for (size_t agent = 0; agent < misbelief->agent_count; agent++) {
        const sb_misbelief_agent *replies = &misbelief->agents[agent];
        for (size_t type = 0; type < replies->type_count; type++) {
            if (!replies->replies[type].has_belief) {
                continue;
            }
            sb_action action = replies->replies[type].action;
            outcome->truthful += action == SB_ACTION_TRUTH ? 1 : 0;
            outcome->lying += action == SB_ACTION_MISREPORT ? 1 : 0;
            outcome->absent += action == SB_ACTION_EXIT ? 1 : 0;
        }
    }
}

static sb_status score(designing *work, sb_error *error)
{
    sb_misbelief misbelief;
    sb_misbelief_init(&misbelief);
    fmpq_t tolerance;
    fmpq_init(tolerance);
    if (work->outcome->proof != SB_PROOF_EXACT) {
        fmpq_set_si(tolerance, 1, SB_LEARNED_TIES);
    }
    sb_status status = sb_misbelief_evaluate_within(work->belief, work->mechanism, work->truth,
                                                    tolerance, &misbelief, error);
    if (status == SB_OK) {
        work->outcome->revenue = sb_rational_to_double(&misbelief.revenue);
        count_replies(work->outcome, &misbelief);
    }
    fmpq_clear(tolerance);
    sb_misbelief_clear(&misbelief);
    return status;
}

static sb_environment *belief_of(sb_contender contender, const sb_environment *truth,
                                 const sb_environment *estimated)
{
    sb_environment *belief =
        sb_environment_copy(contender == SB_CONTENDER_KNOWN_PRIOR ? truth : estimated);
    if (belief != NULL && contender == SB_CONTENDER_EX_POST) {
        sb_rules_choose(&belief->rules, SB_RULE_INCENTIVES, SB_IC_EX_POST);
        sb_rules_choose(&belief->rules, SB_RULE_PARTICIPATION, SB_IR_EX_POST);
    }
    return belief;
}

static sb_status compare_one(designing *work, sb_contender contender,
                             const sb_environment *estimated, sb_error *error)
{
    *work->outcome = (sb_contender_outcome){.status = SB_LP_FAILED,
                                            .proof = SB_PROOF_NONE,
                                            .designed = (double)NAN,
                                            .revenue = (double)NAN,
                                            .max_payment = (double)NAN};
    work->mechanism = NULL;
    work->belief = belief_of(contender, work->truth, estimated);
    sb_status status =
        work->belief == NULL ? sb_out_of_memory(error) : design(work, contender, error);
    if (status == SB_OK && work->mechanism != NULL) {
        status = score(work, error);
    }
    sb_mechanism_free(work->mechanism);
    sb_environment_free(work->belief);
    return status;
}

/* ---- the set ---- */

static sb_status find_held(const sb_environment *truth, const sb_consistent_set *set, bool *held,
                           sb_error *error)
{
    fmpq *belief = sb_rationals_new(set->signal_count);
    if (belief == NULL) {
        return sb_out_of_memory(error);
    }
    *held = true;
    for (size_t type = 0; *held && type < set->type_count; type++) {
        if (sb_environment_conditional(belief, truth, 0, type)) {
            *held = set->has_set[type] && sb_consistent_set_contains(set, type, belief);
        }
    }
    sb_rationals_free(belief, set->signal_count);
    return SB_OK;
}

static sb_status check(const sb_environment *truth, const sb_consistent_set *set,
                       const sb_learned_options *options, sb_error *error)
{
    bool shaped = set == NULL || (truth->agent_count == 1 && truth->has_signal &&
                                  set->type_count == truth->agents[0].type_count &&
                                  set->signal_count == truth->signal_count);
    if (!shaped) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the consistent set was made for an environment of another shape");
    }
    if (set == NULL && options->wanted[SB_CONTENDER_ROBUST]) {
        return sb_error_set(error, SB_ERROR_USAGE, "a robust mechanism needs a consistent set");
    }
    return SB_OK;
}

sb_status sb_learned_compare(const sb_environment *truth, const sb_environment *estimated,
                             const sb_consistent_set *set, const sb_learned_options *options,
                             sb_learned *learned, sb_error *error)
{
    *learned = (sb_learned){.full_surplus = 0};
    sb_status status = check(truth, set, options, error);
    if (status == SB_OK && set != NULL) {
        status = find_held(truth, set, &learned->set_holds_truth, error);
    }
    designing work = {.truth = truth,
                      .set = set,
                      .lp = {.exact = options->exact, .time_limit = 0, .cancel = options->cancel}};
    for (int k = 0; status == SB_OK && k < SB_CONTENDER_COUNT; k++) {
        if (options->wanted[k]) {
            work.outcome = &learned->outcomes[k];
            status = compare_one(&work, (sb_contender)k, estimated, error);
        }
    }
    fmpq_t surplus;
    fmpq_init(surplus);
    sb_full_surplus(surplus, truth);
    learned->full_surplus = sb_rational_to_double(surplus);
    fmpq_clear(surplus);
    return status;
}
