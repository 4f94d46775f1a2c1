/* A mechanism designed for one prior meets another: replies and what the seller gets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reply is against truthful others, so agents are looked at one by one.
 */
#include "sidebet/misbelief.h"

#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/misbelief_compare.h"
#include "sidebet/design.h"

const char *sb_action_name(sb_action action)
{
    static const char *const names[] = {
        [SB_ACTION_TRUTH] = "truth",
        [SB_ACTION_MISREPORT] = "misreport",
        [SB_ACTION_EXIT] = "exit",
    };
    return names[action];
}

/* ---- storage ---- */

void sb_misbelief_init(sb_misbelief *misbelief)
{
    fmpq_init(&misbelief->designed_revenue);
    fmpq_init(&misbelief->revenue);
    fmpq_init(&misbelief->joint_revenue);
    misbelief->agents = NULL;
    misbelief->agent_count = 0;
    misbelief->all_truthful = false;
}

static void clear_agent(sb_misbelief_agent *agent)
{
    for (size_t type = 0; agent->replies != NULL && type < agent->type_count; type++) {
        sb_reply *reply = &agent->replies[type];
        fmpq_clear(&reply->utility);
        fmpq_clear(&reply->truth_utility);
        fmpq_clear(&reply->outside);
        sb_rationals_free(reply->report_utilities, agent->type_count);
    }
    free(agent->replies);
}

void sb_misbelief_clear(sb_misbelief *misbelief)
{
    for (size_t agent = 0; agent < misbelief->agent_count; agent++) {
        clear_agent(&misbelief->agents[agent]);
    }
    free(misbelief->agents);
    fmpq_clear(&misbelief->designed_revenue);
    fmpq_clear(&misbelief->revenue);
    fmpq_clear(&misbelief->joint_revenue);
    sb_misbelief_init(misbelief);
}

static sb_status allocate_replies(sb_misbelief *misbelief, const sb_environment *truth,
                                  sb_error *error)
{
    misbelief->agents = sb_allocate(truth->agent_count, sizeof *misbelief->agents);
    if (misbelief->agents == NULL) {
        return sb_out_of_memory(error);
    }
    misbelief->agent_count = truth->agent_count;
    for (size_t i = 0; i < truth->agent_count; i++) {
        sb_misbelief_agent *agent = &misbelief->agents[i];
        agent->type_count = truth->agents[i].type_count;
        agent->replies = sb_allocate(agent->type_count, sizeof *agent->replies);
        if (agent->replies == NULL) {
            return sb_out_of_memory(error);
        }
        for (size_t type = 0; type < agent->type_count; type++) {
            sb_reply *reply = &agent->replies[type];
            fmpq_init(&reply->utility);
            fmpq_init(&reply->truth_utility);
            fmpq_init(&reply->outside);
        }
        for (size_t type = 0; type < agent->type_count; type++) {
            agent->replies[type].report_utilities = sb_rationals_new(agent->type_count);
            if (agent->replies[type].report_utilities == NULL) {
                return sb_out_of_memory(error);
            }
        }
    }
    return SB_OK;
}

/* ---- replies ---- */

typedef struct replying {
    const sb_environment *truth;
    const sb_mechanism *mechanism;
    const sb_rules *rules;
    const fmpq *tolerance; /* gains up to this move nobody; NULL: 0 */
} replying;

/* Whether `gain` is worth changing one's mind for. */
static bool matters(const replying *work, const fmpq_t gain)
{
    return work->tolerance == NULL ? fmpq_sgn(gain) > 0 : fmpq_cmp(gain, work->tolerance) > 0;
}

/* The best way of taking part: the truth where nothing that the type may report is better. */
static void choose_report(sb_reply *reply, const replying *work, size_t agent, size_t type)
{
    size_t best = type;
    size_t type_count = work->truth->agents[agent].type_count;
    bool may_misreport = sb_rules_of(work->rules, SB_RULE_INCENTIVES, agent) != SB_IC_NONE;
    for (size_t report = 0; may_misreport && report < type_count; report++) {
        if (sb_environment_may_report(work->truth, agent, type, report) &&
            fmpq_cmp(reply->report_utilities + report, reply->report_utilities + best) > 0) {
            best = report;
        }
    }
    fmpq_t gain;
    fmpq_init(gain);
    fmpq_sub(gain, reply->report_utilities + best, reply->report_utilities + type);
    best = matters(work, gain) ? best : type;
    fmpq_clear(gain);
    reply->report = best;
    reply->action = best == type ? SB_ACTION_TRUTH : SB_ACTION_MISREPORT;
    fmpq_set(&reply->utility, reply->report_utilities + best);
}

static void stay_away(sb_reply *reply)
{
    reply->action = SB_ACTION_EXIT;
    reply->report = SB_NOWHERE;
    fmpq_set(&reply->utility, &reply->outside);
}

/* Under ex-ante individual rationality an agent weighs all its types at once. */
static void decide_before_the_type(sb_misbelief_agent *agent, const replying *work, size_t i)
{
    fmpq_t gain, probability, difference;
    fmpq_init(gain); /* of staying away */
    fmpq_init(probability);
    fmpq_init(difference);
    for (size_t type = 0; type < agent->type_count; type++) {
        sb_environment_marginal(probability, work->truth, i, type);
        fmpq_sub(difference, &agent->replies[type].outside, &agent->replies[type].utility);
        fmpq_addmul(gain, probability, difference);
    }
    bool all_leave = matters(work, gain);
    for (size_t type = 0; all_leave && type < agent->type_count; type++) {
        if (agent->replies[type].has_belief) {
            stay_away(&agent->replies[type]);
        }
    }
    fmpq_clear(gain);
    fmpq_clear(probability);
    fmpq_clear(difference);
}

/* Under the other rules each type weighs for itself. */
static void decide_by_type(sb_reply *reply, const replying *work, size_t agent)
{
    int participation = sb_rules_of(work->rules, SB_RULE_PARTICIPATION, agent);
    if (participation != SB_IR_EX_INTERIM && participation != SB_IR_EX_POST) {
        return;
    }
    fmpq_t gain;
    fmpq_init(gain);
    fmpq_sub(gain, &reply->outside, &reply->utility);
    if (matters(work, gain)) {
        stay_away(reply);
    }
    fmpq_clear(gain);
}

static void reply_of_type(sb_reply *reply, const replying *work, size_t agent, size_t type)
{
    const sb_environment *truth = work->truth;
    size_t type_count = truth->agents[agent].type_count;
    fmpq_set(&reply->outside, truth->agents[agent].outside + type);
    reply->report = type;
    reply->action = SB_ACTION_TRUTH;
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_marginal(probability, truth, agent, type);
    reply->has_belief = !fmpq_is_zero(probability);
    if (reply->has_belief) {
        for (size_t report = 0; report < type_count; report++) {
            fmpq *utility = reply->report_utilities + report;
            sb_mechanism_interim_utility(utility, truth, work->mechanism, agent, type, report);
            fmpq_div(utility, utility, probability);
        }
        fmpq_set(&reply->truth_utility, reply->report_utilities + type);
        choose_report(reply, work, agent, type);
        decide_by_type(reply, work, agent);
    }
    fmpq_clear(probability);
}

static void find_replies(sb_misbelief *misbelief, const replying *work)
{
    misbelief->all_truthful = true;
    for (size_t i = 0; i < misbelief->agent_count; i++) {
        sb_misbelief_agent *agent = &misbelief->agents[i];
        for (size_t type = 0; type < agent->type_count; type++) {
            reply_of_type(&agent->replies[type], work, i, type);
        }
        if (sb_rules_of(work->rules, SB_RULE_PARTICIPATION, i) == SB_IR_EX_ANTE) {
            decide_before_the_type(agent, work, i);
        }
        for (size_t type = 0; type < agent->type_count; type++) {
            if (agent->replies[type].action != SB_ACTION_TRUTH) {
                misbelief->all_truthful = false;
            }
        }
    }
}

/* ---- the seller ---- */

typedef struct selling {
    const sb_misbelief *misbelief;
    const sb_environment *truth;
    const sb_mechanism *mechanism;
    size_t *types; /* the true profile, of all players */
    size_t *sent;  /* what is reported */
    bool *away;    /* one an agent */
    fmpq_t value;  /* scratch */
} selling;

static void everybody_truthful(selling *work)
{
    for (size_t player = 0; player < sb_environment_player_count(work->truth); player++) {
        work->sent[player] = work->types[player];
    }
    for (size_t agent = 0; agent < work->truth->agent_count; agent++) {
        work->away[agent] = false;
    }
}

static void send_reply(selling *work, size_t agent)
{
    const sb_reply *reply = &work->misbelief->agents[agent].replies[work->types[agent]];
    work->away[agent] = reply->action == SB_ACTION_EXIT;
    if (!work->away[agent]) {
        work->sent[agent] = reply->report;
    }
}

/* The seller's own value of what happens now: what an absent bidder would get is kept. */
static void own_value(fmpq_t value, const selling *work)
{
    const sb_environment *truth = work->truth;
    size_t outcomes = truth->outcome_count;
    const fmpq *allocation =
        work->mechanism->allocation + sb_environment_profile_join(truth, work->sent) * outcomes;
    fmpq_zero(value);
    for (size_t o = 0; o < outcomes; o++) {
        if (!fmpq_is_zero(allocation + o)) {
            size_t left = sb_environment_outcome_without(truth, o, work->away);
            fmpq_addmul(value, allocation + o, truth->designer + left);
        }
    }
}

static void add_payment(fmpq_t sum, const selling *work, size_t agent)
{
    if (!work->away[agent]) {
        size_t reported = sb_environment_profile_join(work->truth, work->sent);
        fmpq_add(sum, sum,
                 work->mechanism->payments + reported * work->mechanism->agent_count + agent);
    }
}

/* At one true profile, each reply against truthful others. */
static void profit_one_by_one(fmpq_t profit, selling *work)
{
    size_t agents = work->truth->agent_count;
    everybody_truthful(work);
    own_value(work->value, work);
    fmpq_set_si(profit, 1 - (slong)agents, 1);
    fmpq_mul(profit, profit, work->value);
    for (size_t agent = 0; agent < agents; agent++) {
        everybody_truthful(work);
        send_reply(work, agent);
        own_value(work->value, work);
        fmpq_add(profit, profit, work->value);
        add_payment(profit, work, agent);
    }
}

/* At one true profile, all replies at once. */
static void profit_together(fmpq_t profit, selling *work)
{
    everybody_truthful(work);
    for (size_t agent = 0; agent < work->truth->agent_count; agent++) {
        send_reply(work, agent);
    }
    own_value(profit, work);
    for (size_t agent = 0; agent < work->truth->agent_count; agent++) {
        add_payment(profit, work, agent);
    }
}

static void add_up_revenue(sb_misbelief *misbelief, selling *work)
{
    const sb_environment *truth = work->truth;
    fmpq_t profit;
    fmpq_init(profit);
    for (size_t profile = 0; profile < work->mechanism->profile_count; profile++) {
        const fmpq *weight = truth->weights + profile;
        if (!fmpq_is_zero(weight)) {
            sb_environment_profile_split(truth, profile, work->types);
            profit_one_by_one(profit, work);
            fmpq_addmul(&misbelief->revenue, weight, profit);
            profit_together(profit, work);
            fmpq_addmul(&misbelief->joint_revenue, weight, profit);
        }
    }
    fmpq_div(&misbelief->revenue, &misbelief->revenue, &truth->weight_sum);
    fmpq_div(&misbelief->joint_revenue, &misbelief->joint_revenue, &truth->weight_sum);
    fmpq_clear(profit);
}

static sb_status find_revenue(sb_misbelief *misbelief, const sb_environment *truth,
                              const sb_mechanism *mechanism, sb_error *error)
{
    size_t players = sb_environment_player_count(truth);
    selling work = {.misbelief = misbelief,
                    .truth = truth,
                    .mechanism = mechanism,
                    .types = sb_allocate(players, sizeof *work.types),
                    .sent = sb_allocate(players, sizeof *work.sent),
                    .away = sb_allocate(truth->agent_count, sizeof *work.away)};
    fmpq_init(work.value);
    sb_status status = SB_OK;
    if (work.types == NULL || work.sent == NULL || work.away == NULL) {
        status = sb_out_of_memory(error);
    } else {
        add_up_revenue(misbelief, &work);
    }
    fmpq_clear(work.value);
    free(work.types);
    free(work.sent);
    free(work.away);
    return status;
}

sb_status sb_misbelief_evaluate(const sb_environment *belief, const sb_mechanism *mechanism,
                                const sb_environment *truth, sb_misbelief *misbelief,
                                sb_error *error)
{
    return sb_misbelief_evaluate_within(belief, mechanism, truth, NULL, misbelief, error);
}

sb_status sb_misbelief_evaluate_within(const sb_environment *belief, const sb_mechanism *mechanism,
                                       const sb_environment *truth, const fmpq *tolerance,
                                       sb_misbelief *misbelief, sb_error *error)
{
    sb_misbelief_clear(misbelief);
    sb_status status = sb_misbelief_compare_shapes(belief, truth, error);
    if (status == SB_OK) {
        status = sb_misbelief_compare_utilities(belief, truth, error);
    }
    if (status == SB_OK && (mechanism->agent_count != truth->agent_count ||
                            mechanism->outcome_count != truth->outcome_count ||
                            mechanism->profile_count != sb_environment_profile_count(truth))) {
        status = sb_error_set(error, SB_ERROR_USAGE,
                              "the mechanism was made for an environment of another shape");
    }
    if (status == SB_OK) {
        status = allocate_replies(misbelief, truth, error);
    }
    if (status == SB_OK) {
        find_replies(misbelief, &(replying){truth, mechanism, &belief->rules, tolerance});
        sb_mechanism_revenue(&misbelief->designed_revenue, belief, mechanism);
        status = find_revenue(misbelief, truth, mechanism, error);
    }
    if (status != SB_OK) {
        sb_misbelief_clear(misbelief);
    }
    return status;
}
