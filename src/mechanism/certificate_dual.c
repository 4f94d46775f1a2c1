/* Checking the multipliers of a certificate: no mechanism does better, or there is none.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Let lambda >= 0 be the multipliers of the incentive and participation rules and mu those of the
 * probabilities. At every mechanism that obeys the rules, the objective is at most
 *
 *     L = objective + sum lambda (left side - right side) + sum_psi mu_psi (1 - sum_o p(o | psi)).
 *
 * L is linear: what it says of one profile psi is collected here from the definitions. Reporting
 * psi_i while the others are psi_-i gives type s of agent i the utility
 * sum_o p(o | psi) u_i(s, o) - x_i(psi), and L counts it with the weight
 *
 *     A_i(s; psi) = - pi(s, psi_-i) lambda_i(s, psi_i)                  where s would be lying,
 *                   pi(psi) [sum_r lambda_i(s, r) + rho_i(s)]           where s is psi_i
 *
 * (ex-post rules: multipliers of their own for every psi_-i, and no probability). So in L
 *
 *     p(o | psi) has the coefficient  objective's + sum_i sum_s A_i(s; psi) u_i(s, o) - mu_psi,
 *     x_i(psi)   has the coefficient  objective's - sum_s A_i(s; psi).
 *
 * Budget rows add their profile's multiplier to the second, for every agent. The first must not be
 * positive. The second must be zero where payments are free, not positive where they cannot be
 * negative; where they are bounded by B it adds B times its size to the largest L. Then the largest
 * L is that and the constants: the bound that this file computes.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/certificate_parts.h"

typedef struct dual_check {
    const sb_certificate *certificate;
    const sb_environment *environment;
    sb_verdict *verdict;
    bool with_objective; /* infeasible: the objective counts nothing */
    sb_objective_weights objective;
    fmpq_t bound;
    fmpq_t weight, sum, term;     /* scratch */
    fmpq *weights;                /* A_i(s; psi) at one profile: agents in order, then types */
    size_t first[SB_MAX_PLAYERS]; /* where an agent's begin */
} dual_check;

/* ---- multipliers by rule ---- */

/* The multiplier of a rule; NULL: zero. */
static const fmpq *find_multiplier(const dual_check *check, const sb_constraint *rule)
{
    const sb_certificate *certificate = check->certificate;
    size_t low = 0;
    size_t high = certificate->multiplier_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = sb_constraint_compare(&certificate->multipliers[middle].constraint, rule);
        if (order == 0) {
            return &certificate->multipliers[middle].value;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static int incentives_of(const sb_environment *environment, size_t agent)
{
    return sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent);
}

static int participation_of(const sb_environment *environment, size_t agent)
{
    return sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent);
}

static bool is_possible(dual_check *check, size_t agent, size_t type)
{
    sb_environment_marginal(check->term, check->environment, agent, type);
    return !fmpq_is_zero(check->term);
}

static bool incentive_exists(dual_check *check, const sb_constraint *rule)
{
    const sb_environment *environment = check->environment;
    bool post = rule->others != SB_NOWHERE;
    if (rule->type == SB_NOWHERE || rule->report == SB_NOWHERE || rule->report == rule->type ||
        !sb_environment_may_report(environment, rule->agent, rule->type, rule->report)) {
        return false;
    }
    int choice = incentives_of(environment, rule->agent);
    return choice == SB_IC_BAYES_NASH ? !post && is_possible(check, rule->agent, rule->type)
                                      : choice == SB_IC_EX_POST && post;
}

static bool participation_exists(dual_check *check, const sb_constraint *rule)
{
    bool typed = rule->type != SB_NOWHERE;
    bool post = rule->others != SB_NOWHERE;
    switch (participation_of(check->environment, rule->agent)) {
    case SB_IR_EX_ANTE:
        return !typed && !post;
    case SB_IR_EX_INTERIM:
        return typed && !post && is_possible(check, rule->agent, rule->type);
    case SB_IR_EX_POST:
        return typed && post;
    default:
        return false;
    }
}

/* Whether the rules of the environment have this rule. */
static bool rule_exists(dual_check *check, const sb_constraint *rule)
{
    int payments = check->environment->rules.choice[SB_RULE_PAYMENTS];
    switch (rule->kind) {
    case SB_CONSTRAINT_PROBABILITY:
        return true;
    case SB_CONSTRAINT_BUDGET:
        return payments == SB_PAYMENTS_NO_DEFICIT || payments == SB_PAYMENTS_BALANCED;
    case SB_CONSTRAINT_INCENTIVE:
        return incentive_exists(check, rule);
    default:
        return participation_exists(check, rule);
    }
}

/* Multipliers of equations may have either sign. */
static bool is_equation(const sb_environment *environment, const sb_constraint *rule)
{
    return rule->kind == SB_CONSTRAINT_PROBABILITY ||
           (rule->kind == SB_CONSTRAINT_BUDGET &&
            environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BALANCED);
}

static void check_signs(dual_check *check)
{
    const sb_certificate *certificate = check->certificate;
    for (size_t k = 0; k < certificate->multiplier_count; k++) {
        const sb_certified_multiplier *multiplier = &certificate->multipliers[k];
        const sb_constraint *rule = &multiplier->constraint;
        check->verdict->checks++;
        if (!rule_exists(check, rule)) {
            sb_verdict_complain(check->verdict,
                                "the rules of the environment have no rule like that of the "
                                "multiplier on line %d",
                                multiplier->line);
        } else if (!is_equation(check->environment, rule) && fmpq_sgn(&multiplier->value) < 0) {
            sb_verdict_complain(check->verdict, "the multiplier on line %d is negative",
                                multiplier->line);
        }
    }
}

/* ---- what the bound counts whatever the mechanism is ---- */

static void add_constants(dual_check *check)
{
    const sb_certificate *certificate = check->certificate;
    const sb_environment *environment = check->environment;
    for (size_t k = 0; k < certificate->multiplier_count; k++) {
        const sb_certified_multiplier *multiplier = &certificate->multipliers[k];
        const sb_constraint *rule = &multiplier->constraint;
        if (rule->kind == SB_CONSTRAINT_PROBABILITY) {
            fmpq_add(check->bound, check->bound, &multiplier->value);
        }
        if (rule->kind != SB_CONSTRAINT_PARTICIPATION) {
            continue;
        }
        const sb_agent *agent = &environment->agents[rule->agent];
        fmpq_zero(check->sum); /* the right side of the rule */
        for (size_t type = 0; type < agent->type_count; type++) {
            if (rule->others != SB_NOWHERE && type == rule->type) {
                fmpq_set(check->sum, agent->outside + type);
            } else if (rule->others == SB_NOWHERE &&
                       (rule->type == SB_NOWHERE || rule->type == type)) {
                sb_environment_marginal(check->term, environment, rule->agent, type);
                fmpq_addmul(check->sum, check->term, agent->outside + type);
            }
        }
        fmpq_submul(check->bound, &multiplier->value, check->sum);
    }
}

/* ---- the weights of utilities ---- */

/* check->weight: what L counts where s is the type reported at the profile. */
static void weigh_truth(dual_check *check, size_t agent, size_t profile)
{
    const sb_environment *environment = check->environment;
    size_t type = sb_environment_type_at(environment, profile, agent);
    size_t others = sb_environment_others_at(environment, agent, profile);
    int participation = participation_of(environment, agent);
    bool interim = incentives_of(environment, agent) == SB_IC_BAYES_NASH;
    sb_constraint rule = {SB_CONSTRAINT_INCENTIVE,      SB_NOWHERE, agent, type, SB_NOWHERE,
                          interim ? SB_NOWHERE : others};
    sb_environment_probability(check->term, environment, profile);
    fmpq_zero(check->weight);
    for (size_t report = 0; report < environment->agents[agent].type_count; report++) {
        rule.report = report;
        const fmpq *multiplier = report == type ? NULL : find_multiplier(check, &rule);
        if (multiplier != NULL) {
            fmpq_add(check->weight, check->weight, multiplier);
        }
    }
    if (interim) {
        fmpq_mul(check->weight, check->weight, check->term);
    }
    rule = (sb_constraint){SB_CONSTRAINT_PARTICIPATION,
                           SB_NOWHERE,
                           agent,
                           participation == SB_IR_EX_ANTE ? SB_NOWHERE : type,
                           SB_NOWHERE,
                           participation == SB_IR_EX_POST ? others : SB_NOWHERE};
    const fmpq *multiplier = find_multiplier(check, &rule);
    if (multiplier != NULL && participation == SB_IR_EX_POST) {
        fmpq_add(check->weight, check->weight, multiplier);
    } else if (multiplier != NULL) {
        fmpq_addmul(check->weight, check->term, multiplier);
    }
}

/* check->weight: what L counts where type s reaches the profile by a lie. */
static void weigh_lie(dual_check *check, size_t agent, size_t type, size_t profile)
{
    const sb_environment *environment = check->environment;
    size_t report = sb_environment_type_at(environment, profile, agent);
    size_t others = sb_environment_others_at(environment, agent, profile);
    bool interim = incentives_of(environment, agent) == SB_IC_BAYES_NASH;
    sb_constraint rule = {SB_CONSTRAINT_INCENTIVE,      SB_NOWHERE, agent, type, report,
                          interim ? SB_NOWHERE : others};
    const fmpq *multiplier = find_multiplier(check, &rule);
    fmpq_zero(check->weight);
    if (multiplier == NULL) {
        return;
    }
    fmpq_neg(check->weight, multiplier);
    if (interim) {
        size_t truth = sb_environment_profile_of(environment, agent, type, others);
        sb_environment_probability(check->term, environment, truth);
        fmpq_mul(check->weight, check->weight, check->term);
    }
}

static void weigh_profile(dual_check *check, size_t profile)
{
    for (size_t agent = 0; agent < check->environment->agent_count; agent++) {
        size_t reported = sb_environment_type_at(check->environment, profile, agent);
        for (size_t type = 0; type < check->environment->agents[agent].type_count; type++) {
            if (type == reported) {
                weigh_truth(check, agent, profile);
            } else {
                weigh_lie(check, agent, type, profile);
            }
            fmpq_set(check->weights + check->first[agent] + type, check->weight);
        }
    }
}

/* ---- the columns of one profile ---- */

/* check->sum: the coefficient of p(o | psi) in the objective. */
static void objective_of_outcome(dual_check *check, size_t profile, size_t outcome)
{
    const sb_environment *environment = check->environment;
    fmpq_zero(check->sum);
    if (!check->with_objective) {
        return;
    }
    fmpq_mul(check->sum, environment->designer + outcome, &check->objective.designer);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        size_t type = sb_environment_type_at(environment, profile, agent);
        fmpq_addmul(check->sum, &check->objective.agents,
                    environment->agents[agent].utilities + type * environment->outcome_count +
                        outcome);
    }
    sb_environment_probability(check->term, environment, profile);
    fmpq_mul(check->sum, check->sum, check->term);
}

static void complain_of_column(dual_check *check, const char *what, const char *name,
                               size_t profile)
{
    char *label = sb_environment_profile_label(check->environment, profile);
    if (label != NULL) {
        sb_verdict_complain(check->verdict,
                            "the multipliers do not rule out more %s %.80s at %.150s", what, name,
                            label);
    }
    free(label);
}

static void check_outcome(dual_check *check, size_t profile, size_t outcome, const fmpq *price)
{
    const sb_environment *environment = check->environment;
    objective_of_outcome(check, profile, outcome);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            fmpq_addmul(check->sum, check->weights + check->first[agent] + type,
                        environment->agents[agent].utilities + type * environment->outcome_count +
                            outcome);
        }
    }
    if (price != NULL) {
        fmpq_sub(check->sum, check->sum, price);
    }
    check->verdict->checks++;
    if (fmpq_sgn(check->sum) > 0) {
        complain_of_column(check, "probability of", environment->outcomes[outcome], profile);
    }
}

static void check_payment(dual_check *check, size_t profile, size_t agent, const fmpq *budget)
{
    const sb_environment *environment = check->environment;
    fmpq_zero(check->sum);
    if (check->with_objective) {
        sb_environment_probability(check->sum, environment, profile);
        fmpq_mul(check->sum, check->sum, &check->objective.payments);
    }
    if (budget != NULL) {
        fmpq_add(check->sum, check->sum, budget);
    }
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        fmpq_sub(check->sum, check->sum, check->weights + check->first[agent] + type);
    }
    check->verdict->checks++;
    int choice = environment->rules.choice[SB_RULE_PAYMENTS];
    bool payable = choice != SB_PAYMENTS_NO_SUBSIDIES || fmpq_sgn(check->sum) > 0;
    if (choice == SB_PAYMENTS_BOUNDED) {
        fmpq_abs(check->sum, check->sum);
        fmpq_addmul(check->bound, check->sum, &environment->rules.payment_bound);
    } else if (payable && !fmpq_is_zero(check->sum)) {
        complain_of_column(check, fmpq_sgn(check->sum) > 0 ? "payment of" : "payment to",
                           environment->agents[agent].name, profile);
    }
}

static void check_profile(dual_check *check, size_t profile)
{
    const sb_environment *environment = check->environment;
    sb_constraint rule = {
        SB_CONSTRAINT_PROBABILITY, profile, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
    const fmpq *price = find_multiplier(check, &rule);
    rule.kind = SB_CONSTRAINT_BUDGET;
    const fmpq *budget = find_multiplier(check, &rule);
    weigh_profile(check, profile);
    for (size_t o = 0; o < environment->outcome_count; o++) {
        check_outcome(check, profile, o, price);
    }
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE) {
            check_payment(check, profile, agent, budget);
        }
    }
}

/* ---- the whole ---- */

static void check_bound(dual_check *check)
{
    check->verdict->checks++;
    char *text = sb_rational_approximate(check->bound, 10);
    const char *bound = text == NULL ? "another" : text; /* no reason to refuse a proof */
    if (!check->with_objective && fmpq_sgn(check->bound) >= 0) {
        sb_verdict_complain(check->verdict,
                            "the multipliers do not contradict the rules: their bound is %s, and "
                            "it should be negative",
                            bound);
    } else if (check->with_objective && !fmpq_equal(check->bound, &check->certificate->objective)) {
        sb_verdict_complain(check->verdict,
                            "the multipliers show a bound of %s, which is not the objective",
                            bound);
    }
    free(text);
}

static sb_status check_all(dual_check *check, sb_error *error)
{
    size_t agents = check->environment->agent_count;
    size_t total = 0;
    for (size_t agent = 0; agent < agents; agent++) {
        check->first[agent] = total;
        total += check->environment->agents[agent].type_count;
    }
    check->weights = sb_rationals_new(total);
    if (check->weights == NULL) {
        return sb_out_of_memory(error);
    }
    check_signs(check);
    add_constants(check);
    size_t profiles = sb_environment_profile_count(check->environment);
    for (size_t profile = 0; profile < profiles; profile++) {
        check_profile(check, profile);
    }
    check_bound(check);
    sb_rationals_free(check->weights, total);
    return SB_OK;
}

sb_status sb_certificate_check_multipliers(const sb_certificate *certificate, sb_verdict *verdict,
                                           sb_error *error)
{
    dual_check check = {.certificate = certificate,
                        .environment = certificate->environment,
                        .verdict = verdict,
                        .with_objective = certificate->status == SB_LP_OPTIMAL};
    sb_objective_weights_init(&check.objective, &certificate->environment->rules);
    fmpq_init(check.bound);
    fmpq_init(check.weight);
    fmpq_init(check.sum);
    fmpq_init(check.term);
    sb_status status = check_all(&check, error);
    sb_objective_weights_clear(&check.objective);
    fmpq_clear(check.bound);
    fmpq_clear(check.weight);
    fmpq_clear(check.sum);
    fmpq_clear(check.term);
    return status;
}
