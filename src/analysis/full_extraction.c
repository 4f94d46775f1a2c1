/* Full surplus extraction: each agent's conditions, and the decision.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A side bet may use any mixture of tied efficient outcomes, so that each is necessary by itself:
 * one that fails decides the question. That all hold decides it where the mixtures cannot get in
 * each other's way: one agent, or no ties; or where no mixture can fail: full row rank. Else the
 * optimal revenue is compared with the surplus. Reporting sets take incentive rows away and change
 * none of this: what suffices without them suffices with them, and each bet asks only of the types
 * that may report its type (side_bets.c, payment_schedules.c).
 */
#include "sidebet/full_extraction.h"

#include <stdlib.h>

#include "analysis/extraction.h"
#include "analysis/singular_values.h"
#include "base/memory.h"
#include "sidebet/surplus.h"

/* What is known while deciding. */
typedef struct extraction_work {
    const sb_environment *environment;
    sb_lp_options options;
    sb_efficiency efficiency;
    sb_beliefs *beliefs;    /* one an agent */
    sb_decision *side_bets; /* one an agent: all of its side bets together */
    sb_decision *linear;    /* one an agent */
    sb_extraction *extraction;
    sb_error *error;
} extraction_work;

/* ---- life ---- */

void sb_extraction_init(sb_extraction *extraction)
{
    *extraction =
        (sb_extraction){.bayesian = SB_ANSWER_NOT_CONFIRMED, .ex_post_ic = SB_ANSWER_NOT_CONFIRMED};
    fmpq_init(&extraction->full_surplus);
    sb_notes_init(&extraction->reasons);
}

static void clear_agent(sb_agent_extraction *agent)
{
    for (size_t t = 0; agent->side_bets != NULL && t < agent->type_count; t++) {
        sb_side_bet *bet = &agent->side_bets[t];
        sb_rationals_free(bet->lottery, agent->others_count);
        sb_rationals_free(bet->mixture, agent->type_count);
        sb_rationals_free(bet->values, agent->type_count);
        fmpq_clear(&bet->mixture_value);
        fmpq_clear(&bet->own_value);
    }
    free(agent->side_bets);
    free(agent->belief_block);
    sb_rationals_free(agent->linear_payments, agent->others_count);
    sb_rationals_free(agent->schedules, agent->type_count * agent->others_count);
}

void sb_extraction_clear(sb_extraction *extraction)
{
    for (size_t i = 0; extraction->agents != NULL && i < extraction->agent_count; i++) {
        clear_agent(&extraction->agents[i]);
    }
    free(extraction->agents);
    fmpq_clear(&extraction->full_surplus);
    sb_notes_clear(&extraction->reasons);
    sb_extraction_init(extraction);
}

/* ---- one agent ---- */

static sb_status find_side_bets(extraction_work *work, size_t i)
{
    sb_agent_extraction *agent = &work->extraction->agents[i];
    agent->side_bets = sb_allocate(agent->type_count, sizeof *agent->side_bets);
    if (agent->side_bets == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t t = 0; t < agent->type_count; t++) {
        fmpq_init(&agent->side_bets[t].mixture_value);
        fmpq_init(&agent->side_bets[t].own_value);
    }
    agent->failing_type = SB_NOWHERE;
    work->side_bets[i] = SB_DECISION_YES;
    for (size_t t = 0; t < agent->type_count; t++) {
        if (!work->beliefs[i].has_belief[t]) {
            continue;
        }
        sb_decision decision = SB_DECISION_OPEN;
        sb_status status =
            sb_side_bet_find(&agent->side_bets[t], &decision, work->environment, &work->beliefs[i],
                             &work->efficiency, t, &work->options, work->error);
        if (status != SB_OK) {
            return status;
        }
        if (decision == SB_DECISION_NO && agent->failing_type == SB_NOWHERE) {
            agent->failing_type = t;
        }
        if (decision == SB_DECISION_NO || work->side_bets[i] == SB_DECISION_YES) {
            work->side_bets[i] = decision;
        }
    }
    agent->concave = work->side_bets[i] == SB_DECISION_YES;
    return SB_OK;
}

static bool one_bidder(const sb_environment *environment)
{
    return environment->agent_count == 1 && environment->form == SB_FORM_ITEM;
}

/* A single item: payments that leave an agent no rent under ex-post IC. */
static sb_status find_prices(const extraction_work *work, size_t i, sb_agent_extraction *keep,
                             sb_decision *decision)
{
    const sb_environment *environment = work->environment;
    const sb_beliefs *beliefs = &work->beliefs[i];
    return sb_environment_has_reporting_sets(environment, i)
               ? sb_payment_schedules_find(keep == NULL ? NULL : &keep->schedules, decision,
                                           environment, beliefs, &work->options, work->error)
               : sb_posted_prices_find(keep == NULL ? NULL : &keep->linear_payments, decision,
                                       environment, beliefs, &work->options, work->error);
}

static sb_status find_linear(extraction_work *work, size_t i)
{
    sb_agent_extraction *agent = &work->extraction->agents[i];
    sb_status status =
        one_bidder(work->environment)
            ? find_prices(work, i, agent, &work->linear[i])
            : sb_pivot_fee_find(&agent->linear_payments, &work->linear[i], work->environment,
                                &work->beliefs[i], &work->options, work->error);
    agent->linear = work->linear[i] == SB_DECISION_YES;
    return status;
}

static sb_status look_at_agent(extraction_work *work, size_t i)
{
    sb_agent_extraction *agent = &work->extraction->agents[i];
    sb_status status = sb_beliefs_find(&work->beliefs[i], work->environment, i, work->error);
    if (status == SB_OK) {
        status = sb_beliefs_describe(&work->beliefs[i], agent, work->error);
    }
    if (status == SB_OK) {
        status = find_side_bets(work, i);
    }
    return status == SB_OK ? find_linear(work, i) : status;
}

/* ---- the environment as a whole ---- */

/* Of the table of joint probabilities, impossible types of the first player left out. */
static sb_status measure_prior(extraction_work *work)
{
    const sb_environment *environment = work->environment;
    const sb_beliefs *first = &work->beliefs[0];
    size_t rows = work->extraction->agents[0].types_with_belief, columns = 0, filled = 0;
    for (size_t k = 0; k < first->others_count; k++) {
        columns += sb_beliefs_expect(first, k);
    }
    fmpq *table = sb_rationals_new(rows * columns);
    if (table == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t type = 0; type < first->type_count; type++) {
        for (size_t k = 0; first->has_belief[type] && k < first->others_count; k++) {
            if (sb_beliefs_expect(first, k)) {
                sb_environment_probability(table + filled++, environment,
                                           sb_environment_profile_of(environment, 0, type, k));
            }
        }
    }
    sb_status status = sb_smallest_singular_value(&work->extraction->prior_smallest_singular_value,
                                                  table, rows, columns, work->error);
    sb_rationals_free(table, rows * columns);
    return status;
}

static bool some_types_not_served(const extraction_work *work)
{
    const sb_environment *environment = work->environment;
    for (size_t i = 0; environment->form == SB_FORM_ITEM && i < environment->agent_count; i++) {
        for (size_t t = 0; t < environment->agents[i].type_count; t++) {
            if (work->beliefs[i].has_belief[t] &&
                fmpq_cmp(environment->agents[i].values + t, &environment->reserve) <= 0) {
                return true;
            }
        }
    }
    return false;
}

static sb_decision all_agents(const sb_decision *decisions, size_t count)
{
    sb_decision all = SB_DECISION_YES;
    for (size_t i = 0; i < count; i++) {
        if (decisions[i] == SB_DECISION_NO) {
            return SB_DECISION_NO;
        }
        all = decisions[i] == SB_DECISION_OPEN ? SB_DECISION_OPEN : all;
    }
    return all;
}

/* Is the optimal revenue all there is to extract? */
static sb_status compare_revenue(extraction_work *work, sb_incentives incentives, const char *name,
                                 sb_answer *answer)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_rules_choose(&rules, SB_RULE_INCENTIVES, (int)incentives);
    sb_rules_choose(&rules, SB_RULE_PARTICIPATION, SB_IR_EX_INTERIM);
    rules.choice[SB_RULE_OBJECTIVE] = SB_OBJECTIVE_REVENUE;
    rules.choice[SB_RULE_PAYMENTS] = SB_PAYMENTS_FREE;
    fmpq_t revenue;
    fmpq_init(revenue);
    sb_lp_status program = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    sb_status status = sb_design_value(work->environment, &rules, NULL, &work->options, &program,
                                       &proof, revenue, work->error);
    sb_rules_clear(&rules);
    if (status == SB_OK && (program != SB_LP_OPTIMAL || proof != SB_PROOF_EXACT)) {
        *answer = SB_ANSWER_NOT_CONFIRMED;
        sb_notes_add(&work->extraction->reasons,
                     "%s: not confirmed, as the optimal revenue was not proved", name);
    } else if (status == SB_OK) {
        bool all = fmpq_equal(revenue, &work->extraction->full_surplus);
        *answer = all ? SB_ANSWER_YES : SB_ANSWER_NO;
        bool ties = incentives == SB_IC_BAYES_NASH && sb_extraction_ties_conflict(work->extraction);
        sb_notes_add(&work->extraction->reasons, "%s: %s, as the optimal revenue %s%s", name,
                     all ? "yes" : "no",
                     all ? "is the full surplus" : "falls short of the full surplus",
                     ties ? ": each type alone has a side bet, but they need ties between outcomes "
                            "broken in different ways"
                          : "");
    }
    fmpq_clear(revenue);
    return status;
}

static void name_failing_type(extraction_work *work)
{
    for (size_t i = 0; i < work->extraction->agent_count; i++) {
        size_t type = work->extraction->agents[i].failing_type;
        if (type != SB_NOWHERE) {
            sb_notes_add(&work->extraction->reasons,
                         "Bayesian: no, as no side bet holds %s of type %s to its value: a "
                         "mixture of %s believes the same and is worth more",
                         sb_environment_player_name(work->environment, i),
                         sb_environment_label(work->environment, i, type),
                         sb_environment_has_reporting_sets(work->environment, i)
                             ? "types that may report it"
                             : "other types");
            return;
        }
    }
}

bool sb_extraction_ties_conflict(const sb_extraction *extraction)
{
    bool bets = extraction->bayesian == SB_ANSWER_NO && extraction->agent_count > 1;
    for (size_t i = 0; bets && i < extraction->agent_count; i++) {
        bets = extraction->agents[i].concave;
    }
    return bets;
}

static bool full_rank(const sb_extraction *extraction)
{
    for (size_t i = 0; i < extraction->agent_count; i++) {
        if (!extraction->agents[i].full_rank) {
            return false;
        }
    }
    return true;
}

static sb_status decide_bayesian(extraction_work *work)
{
    sb_extraction *extraction = work->extraction;
    sb_decision bets = all_agents(work->side_bets, extraction->agent_count);
    bool decisive = extraction->agent_count == 1 || work->efficiency.unique;
    if (bets == SB_DECISION_NO) {
        extraction->bayesian = SB_ANSWER_NO;
        name_failing_type(work);
    } else if (full_rank(extraction)) {
        extraction->bayesian = SB_ANSWER_YES;
        sb_notes_add(&extraction->reasons,
                     "Bayesian: yes, as the beliefs of every agent have full rank");
    } else if (bets == SB_DECISION_YES && decisive) {
        extraction->bayesian = SB_ANSWER_YES;
        sb_notes_add(&extraction->reasons, "Bayesian: yes, as every type has a side bet%s",
                     extraction->some_types_not_served
                         ? " (types not worth serving may be left without the item)"
                         : "");
    } else {
        return compare_revenue(work, SB_IC_BAYES_NASH, "Bayesian", &extraction->bayesian);
    }
    return SB_OK;
}

/* Prices for each agent alone: necessary, and enough where no agent's menu touches another's. */
static sb_status decide_by_prices(extraction_work *work, bool *decided)
{
    *decided = false;
    const sb_environment *environment = work->environment;
    sb_decision all = SB_DECISION_YES;
    for (size_t i = 0; environment->form == SB_FORM_ITEM && i < environment->agent_count; i++) {
        sb_decision decision = SB_DECISION_OPEN;
        sb_status status = find_prices(work, i, NULL, &decision);
        if (status != SB_OK) {
            return status;
        }
        if (decision == SB_DECISION_NO) {
            *decided = true;
            work->extraction->ex_post_ic = SB_ANSWER_NO;
            sb_notes_add(&work->extraction->reasons,
                         "ex-post IC: no, as no %s take all of %s's rent",
                         sb_environment_has_reporting_sets(environment, i)
                             ? "payments, whatever they are for each report,"
                             : "prices that depend on the others alone",
                         sb_environment_player_name(environment, i));
            return SB_OK;
        }
        all = decision == SB_DECISION_OPEN ? SB_DECISION_OPEN : all;
    }
    if (environment->form == SB_FORM_ITEM && all == SB_DECISION_YES && work->efficiency.unique &&
        work->efficiency.full_support) {
        *decided = true;
        work->extraction->ex_post_ic = SB_ANSWER_YES;
        sb_notes_add(&work->extraction->reasons, "ex-post IC: yes, as %s take all rents",
                     sb_environment_has_reporting_sets(environment, (size_t)-1)
                         ? "payments, a schedule for each report,"
                         : "prices that depend on the others alone");
    }
    return SB_OK;
}

static sb_status decide_ex_post(extraction_work *work)
{
    sb_extraction *extraction = work->extraction;
    sb_decision linear = all_agents(work->linear, extraction->agent_count);
    const char *serves = sb_environment_has_reporting_sets(work->environment, (size_t)-1)
                             ? "payments, a schedule for each report, leave no type a rent and "
                               "tempt none"
                             : "one payment schedule serves all reports";
    if (extraction->bayesian == SB_ANSWER_NO) {
        extraction->ex_post_ic = SB_ANSWER_NO;
        sb_notes_add(&extraction->reasons,
                     "ex-post IC: no, as not even a Bayes-Nash mechanism extracts the surplus");
        return SB_OK;
    }
    if (linear == SB_DECISION_YES) {
        extraction->ex_post_ic = SB_ANSWER_YES;
        sb_notes_add(&extraction->reasons, "ex-post IC: yes, as %s%s",
                     one_bidder(work->environment)
                         ? serves
                         : "a participation fee takes all rents of the pivot mechanism",
                     one_bidder(work->environment) && extraction->some_types_not_served
                         ? " (types not worth serving may be left without the item)"
                         : "");
        return SB_OK;
    }
    if (one_bidder(work->environment) && linear == SB_DECISION_NO) {
        extraction->ex_post_ic = SB_ANSWER_NO;
        sb_notes_add(&extraction->reasons, "ex-post IC: no, as no %s", serves);
        return SB_OK;
    }
    bool decided = false;
    sb_status status = decide_by_prices(work, &decided);
    return status == SB_OK && !decided
               ? compare_revenue(work, SB_IC_EX_POST, "ex-post IC", &extraction->ex_post_ic)
               : status;
}

/* ---- all of it ---- */

static sb_status extract(extraction_work *work)
{
    sb_extraction *extraction = work->extraction;
    size_t agents = work->environment->agent_count;
    extraction->agents = sb_allocate(agents, sizeof *extraction->agents);
    work->beliefs = sb_allocate(agents, sizeof *work->beliefs);
    work->side_bets = sb_allocate(agents, sizeof *work->side_bets);
    work->linear = sb_allocate(agents, sizeof *work->linear);
    if (extraction->agents == NULL || work->beliefs == NULL || work->side_bets == NULL ||
        work->linear == NULL) {
        return sb_out_of_memory(work->error);
    }
    extraction->agent_count = agents;
    sb_full_surplus(&extraction->full_surplus, work->environment);
    sb_status status = sb_efficiency_find(&work->efficiency, work->environment, work->error);
    for (size_t i = 0; status == SB_OK && i < agents; i++) {
        status = look_at_agent(work, i);
    }
    if (status != SB_OK) {
        return status;
    }
    extraction->efficient_outcome_unique = work->efficiency.unique;
    extraction->some_types_not_served = some_types_not_served(work);
    status = measure_prior(work);
    if (status == SB_OK) {
        status = decide_bayesian(work);
    }
    return status == SB_OK ? decide_ex_post(work) : status;
}

sb_status sb_full_extraction(const sb_environment *environment, const sb_lp_options *options,
                             sb_extraction *extraction, sb_error *error)
{
    sb_extraction_clear(extraction);
    extraction_work work = {.environment = environment,
                            .options = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options,
                            .extraction = extraction,
                            .error = error};
    work.options.exact = true;
    sb_status status = extract(&work);
    for (size_t i = 0; work.beliefs != NULL && i < environment->agent_count; i++) {
        sb_beliefs_clear(&work.beliefs[i]);
    }
    sb_efficiency_clear(&work.efficiency);
    free(work.beliefs);
    free(work.side_bets);
    free(work.linear);
    if (status != SB_OK) {
        sb_extraction_clear(extraction);
    }
    return status;
}
