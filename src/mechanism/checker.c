/* The independent checker: every slack from the mechanism, the utilities and the prior alone.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No row, column or index of the design program is used here. Slacks come agent by agent, incentive
 * rules of all agents first, then participation.
 */
#include "sidebet/checker.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/interim_utilities.h"

typedef struct interim_table {
    fmpq *utilities; /* type by report; NULL: not needed so far */
} interim_table;

typedef struct checking {
    const sb_environment *environment;
    const sb_mechanism *mechanism;
    const fmpq *tolerance;
    sb_check *check;
    size_t capacity;
    interim_table *interim;   /* per agent */
    fmpq_t truth, lie, slack; /* scratch */
    sb_error *error;
} checking;

void sb_check_init(sb_check *check)
{
    *check = (sb_check){.accepted = false};
    fmpq_init(&check->revenue);
    fmpq_init(&check->welfare);
    fmpq_init(&check->objective);
    fmpq_init(&check->largest_violation);
}

void sb_check_clear(sb_check *check)
{
    for (size_t k = 0; k < check->slack_count; k++) {
        fmpq_clear(&check->slacks[k].slack);
    }
    free(check->slacks);
    fmpq_clear(&check->revenue);
    fmpq_clear(&check->welfare);
    fmpq_clear(&check->objective);
    fmpq_clear(&check->largest_violation);
    sb_check_init(check);
}

/* Is this the worst violation so far? Then the caller writes the complaint. */
static bool is_worst(checking *work, const fmpq_t violation)
{
    if (fmpq_cmp(violation, &work->check->largest_violation) <= 0) {
        return false;
    }
    fmpq_set(&work->check->largest_violation, violation);
    if (fmpq_cmp(violation, work->tolerance) <= 0) {
        return false;
    }
    work->check->accepted = false;
    return true;
}

static void complain_of_rule(checking *work, const sb_constraint *constraint,
                             const fmpq_t violation)
{
    char *rule = sb_constraint_describe(work->environment, constraint);
    char *amount = sb_rational_approximate(violation, 6);
    if (rule != NULL && amount != NULL) {
        snprintf(work->check->complaint, sizeof work->check->complaint,
                 "it is not so that %.180s: short by %s", rule, amount);
    }
    free(rule);
    free(amount);
}

/* Append the slack in work->slack. */
static sb_status add_slack(checking *work, const sb_constraint *constraint)
{
    sb_check *check = work->check;
    if (!sb_grow(&check->slacks, &work->capacity, check->slack_count + 1, sizeof *check->slacks)) {
        return sb_out_of_memory(work->error);
    }
    sb_slack *added = &check->slacks[check->slack_count++];
    added->constraint = *constraint;
    fmpq_init(&added->slack);
    fmpq_set(&added->slack, work->slack);
    fmpq_neg(work->slack, work->slack);
    if (is_worst(work, work->slack)) {
        complain_of_rule(work, constraint, work->slack);
    }
    return SB_OK;
}

static sb_constraint rule_at(sb_constraint_kind kind, size_t agent, size_t type)
{
    return (sb_constraint){kind, SB_NOWHERE, agent, type, SB_NOWHERE, SB_NOWHERE};
}

static bool type_is_possible(const checking *work, size_t agent, size_t type)
{
    const sb_environment *environment = work->environment;
    size_t count = sb_environment_others_count(environment, agent);
    bool possible = false;
    for (size_t others = 0; !possible && others < count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        possible = !fmpq_is_zero(environment->weights + profile);
    }
    return possible;
}

/* The utilities of all types and reports of an agent. */
static sb_status find_interim_utilities(checking *work, size_t agent)
{
    if (work->interim[agent].utilities != NULL) {
        return SB_OK;
    }
    size_t types = work->environment->agents[agent].type_count;
    fmpq *utilities = work->interim[agent].utilities = sb_rationals_new(types * types);
    if (utilities == NULL) {
        return sb_out_of_memory(work->error);
    }
    return sb_interim_utilities(utilities, work->environment, work->mechanism, agent)
               ? SB_OK
               : sb_out_of_memory(work->error);
}

static const fmpq *interim_utility(const checking *work, const sb_constraint *rule, size_t report)
{
    size_t types = work->environment->agents[rule->agent].type_count;
    return work->interim[rule->agent].utilities + rule->type * types + report;
}

static void forget_interim_utilities(checking *work)
{
    for (size_t agent = 0; work->interim != NULL && agent < work->environment->agent_count;
         agent++) {
        size_t types = work->environment->agents[agent].type_count;
        sb_rationals_free(work->interim[agent].utilities, types * types);
    }
    free(work->interim);
}

static sb_status check_incentive(checking *work, sb_constraint rule)
{
    const sb_environment *environment = work->environment;
    if (sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, rule.agent) == SB_IC_BAYES_NASH) {
        fmpq_sub(work->slack, interim_utility(work, &rule, rule.type),
                 interim_utility(work, &rule, rule.report));
        return add_slack(work, &rule);
    }
    sb_status status = SB_OK;
    size_t count = sb_environment_others_count(environment, rule.agent);
    for (size_t others = 0; status == SB_OK && others < count; others++) {
        rule.others = others;
        sb_mechanism_utility(work->truth, environment, work->mechanism, rule.agent, rule.type,
                             rule.type, others);
        sb_mechanism_utility(work->lie, environment, work->mechanism, rule.agent, rule.type,
                             rule.report, others);
        fmpq_sub(work->slack, work->truth, work->lie);
        status = add_slack(work, &rule);
    }
    return status;
}

static sb_status check_incentives(checking *work, size_t agent)
{
    const sb_environment *environment = work->environment;
    int choice = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent);
    if (choice == SB_IC_NONE) {
        return SB_OK;
    }
    sb_status status = choice == SB_IC_BAYES_NASH ? find_interim_utilities(work, agent) : SB_OK;
    size_t type_count = environment->agents[agent].type_count;
    for (size_t type = 0; status == SB_OK && type < type_count; type++) {
        if (choice == SB_IC_BAYES_NASH && !type_is_possible(work, agent, type)) {
            continue;
        }
        for (size_t report = 0; status == SB_OK && report < type_count; report++) {
            if (report != type && sb_environment_may_report(environment, agent, type, report)) {
                sb_constraint rule = rule_at(SB_CONSTRAINT_INCENTIVE, agent, type);
                rule.report = report;
                status = check_incentive(work, rule);
            }
        }
    }
    return status;
}

static sb_status check_ex_ante(checking *work, size_t agent)
{
    const sb_environment *environment = work->environment;
    fmpq_t total;
    fmpq_init(total);
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        sb_mechanism_interim_utility(work->truth, environment, work->mechanism, agent, type, type);
        fmpq_add(total, total, work->truth);
        sb_environment_marginal(work->lie, environment, agent, type);
        fmpq_submul(total, work->lie, environment->agents[agent].outside + type);
    }
    fmpq_set(work->slack, total);
    fmpq_clear(total);
    sb_constraint rule = rule_at(SB_CONSTRAINT_PARTICIPATION, agent, SB_NOWHERE);
    return add_slack(work, &rule);
}

static sb_status check_ex_interim(checking *work, size_t agent)
{
    const sb_environment *environment = work->environment;
    sb_status status = find_interim_utilities(work, agent);
    for (size_t type = 0; status == SB_OK && type < environment->agents[agent].type_count; type++) {
        if (!type_is_possible(work, agent, type)) {
            continue;
        }
        const fmpq *outside = environment->agents[agent].outside + type;
        sb_constraint rule = rule_at(SB_CONSTRAINT_PARTICIPATION, agent, type);
        fmpq_set(work->slack, interim_utility(work, &rule, type));
        if (!fmpq_is_zero(outside)) {
            sb_environment_marginal(work->lie, environment, agent, type);
            fmpq_submul(work->slack, work->lie, outside);
        }
        status = add_slack(work, &rule);
    }
    return status;
}

static sb_status check_ex_post(checking *work, size_t agent)
{
    const sb_environment *environment = work->environment;
    size_t others_count = sb_environment_others_count(environment, agent);
    sb_status status = SB_OK;
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        for (size_t others = 0; status == SB_OK && others < others_count; others++) {
            sb_mechanism_utility(work->truth, environment, work->mechanism, agent, type, type,
                                 others);
            fmpq_sub(work->slack, work->truth, environment->agents[agent].outside + type);
            sb_constraint rule = rule_at(SB_CONSTRAINT_PARTICIPATION, agent, type);
            rule.others = others;
            status = add_slack(work, &rule);
        }
    }
    return status;
}

static sb_status check_participation(checking *work, size_t agent)
{
    switch (sb_rules_of(&work->environment->rules, SB_RULE_PARTICIPATION, agent)) {
    case SB_IR_EX_ANTE:
        return check_ex_ante(work, agent);
    case SB_IR_EX_INTERIM:
        return check_ex_interim(work, agent);
    case SB_IR_EX_POST:
        return check_ex_post(work, agent);
    default:
        return SB_OK;
    }
}

static void complain_of_profile(checking *work, const char *what, size_t profile)
{
    char *label = sb_environment_profile_label(work->environment, profile);
    if (label != NULL) {
        snprintf(work->check->complaint, sizeof work->check->complaint, "%s at %.150s", what,
                 label);
    }
    free(label);
}

static void check_probabilities(checking *work)
{
    size_t outcomes = work->mechanism->outcome_count;
    for (size_t profile = 0; profile < work->mechanism->profile_count; profile++) {
        const fmpq *allocation = work->mechanism->allocation + profile * outcomes;
        sb_rationals_sum(work->slack, allocation, outcomes);
        fmpq_sub_si(work->slack, work->slack, 1);
        fmpq_abs(work->slack, work->slack);
        if (is_worst(work, work->slack)) {
            complain_of_profile(work, "the probabilities of the outcomes do not sum to 1", profile);
        }
        for (size_t o = 0; o < outcomes; o++) {
            fmpq_neg(work->slack, allocation + o);
            if (is_worst(work, work->slack)) {
                complain_of_profile(work, "an outcome has a negative probability", profile);
            }
        }
    }
}

/* work->slack: by how much one payment is outside of what the rule allows each. */
static const char *single_payment(checking *work, const fmpq *payment)
{
    switch (work->environment->rules.choice[SB_RULE_PAYMENTS]) {
    case SB_PAYMENTS_NONE:
        fmpq_abs(work->slack, payment);
        return "there is a payment, and none is allowed";
    case SB_PAYMENTS_BOUNDED:
        fmpq_abs(work->slack, payment);
        fmpq_sub(work->slack, work->slack, &work->environment->rules.payment_bound);
        return "a payment exceeds the bound";
    case SB_PAYMENTS_NO_SUBSIDIES:
        fmpq_neg(work->slack, payment);
        return "an agent is paid, and no subsidies are allowed";
    default:
        fmpq_zero(work->slack);
        return "";
    }
}

/* work->slack: by how much the payments of one profile together are. */
static const char *payments_together(checking *work, const fmpq *payments)
{
    int choice = work->environment->rules.choice[SB_RULE_PAYMENTS];
    if (choice != SB_PAYMENTS_BALANCED && choice != SB_PAYMENTS_NO_DEFICIT) {
        fmpq_zero(work->slack);
        return "";
    }
    sb_rationals_sum(work->slack, payments, work->mechanism->agent_count);
    if (choice == SB_PAYMENTS_BALANCED) {
        fmpq_abs(work->slack, work->slack);
        return "the payments do not sum to zero";
    }
    fmpq_neg(work->slack, work->slack);
    return "the payments leave a deficit";
}

static void check_payments(checking *work)
{
    size_t agents = work->mechanism->agent_count;
    for (size_t profile = 0; profile < work->mechanism->profile_count; profile++) {
        const fmpq *payments = work->mechanism->payments + profile * agents;
        for (size_t agent = 0; agent < agents; agent++) {
            const char *complaint = single_payment(work, payments + agent);
            if (is_worst(work, work->slack)) {
                complain_of_profile(work, complaint, profile);
            }
        }
        const char *complaint = payments_together(work, payments);
        if (is_worst(work, work->slack)) {
            complain_of_profile(work, complaint, profile);
        }
    }
}

static bool fits(const sb_environment *environment, const sb_mechanism *mechanism)
{
    return mechanism->agent_count == environment->agent_count &&
           mechanism->outcome_count == environment->outcome_count &&
           mechanism->profile_count == sb_environment_profile_count(environment);
}

sb_status sb_check_mechanism(const sb_environment *environment, const sb_mechanism *mechanism,
                             const fmpq_t tolerance, sb_check *check, sb_error *error)
{
    sb_check_clear(check);
    if (!fits(environment, mechanism)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the mechanism was made for an environment of another shape");
    }
    checking work = {.environment = environment,
                     .mechanism = mechanism,
                     .tolerance = tolerance,
                     .check = check,
                     .error = error};
    fmpq_init(work.truth);
    fmpq_init(work.lie);
    fmpq_init(work.slack);
    check->accepted = true;
    work.interim = sb_allocate(environment->agent_count, sizeof *work.interim);
    sb_status status = work.interim == NULL ? sb_out_of_memory(error) : SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        status = check_incentives(&work, agent);
    }
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        status = check_participation(&work, agent);
    }
    if (status == SB_OK) {
        check_probabilities(&work);
        check_payments(&work);
        sb_mechanism_revenue(&check->revenue, environment, mechanism);
        sb_mechanism_welfare(&check->welfare, environment, mechanism);
        sb_mechanism_objective_of(&check->objective, environment, mechanism, &check->revenue,
                                  &check->welfare);
    } else {
        check->accepted = false;
    }
    forget_interim_utilities(&work);
    fmpq_clear(work.truth);
    fmpq_clear(work.lie);
    fmpq_clear(work.slack);
    return status;
}
