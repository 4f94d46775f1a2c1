/* The dual bound of a solution's multipliers, from the environment and its rules alone.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No row of the design program is used: a multiplier with the wrong sign, unit or place gives a
 * bound that is not the optimum, or none at all.
 */
#ifndef SB_TESTS_MECHANISM_LAGRANGIAN_H
#define SB_TESTS_MECHANISM_LAGRANGIAN_H

#include "unit/mechanism/environments.h"

typedef struct lagrangian {
    const sb_environment *environment;
    fmpq *allocation, *payments; /* coefficients, as in sb_mechanism */
    fmpq_t constant;
} lagrangian;

/* += factor times what `type` gets at a profile. */
static inline void lagrangian_utility(lagrangian *sum, size_t agent, size_t type, size_t profile,
                                      const fmpq_t factor)
{
    size_t outcomes = sum->environment->outcome_count;
    for (size_t o = 0; o < outcomes; o++) {
        fmpq_addmul(sum->allocation + profile * outcomes + o, factor,
                    sum->environment->agents[agent].utilities + type * outcomes + o);
    }
    fmpq *payment = sum->payments + profile * sum->environment->agent_count + agent;
    fmpq_sub(payment, payment, factor);
}

/* += lambda [g - b] for one others' profile. */
static inline void lagrangian_rule_at(lagrangian *sum, const sb_constraint *rule, size_t type,
                                      size_t others, const fmpq_t lambda)
{
    const sb_environment *environment = sum->environment;
    fmpq_t factor;
    fmpq_init(factor);
    size_t truth = sb_environment_profile_of(environment, rule->agent, type, others);
    if (rule->others == SB_NOWHERE) {
        sb_environment_probability(factor, environment, truth);
        fmpq_mul(factor, factor, lambda);
    } else {
        fmpq_set(factor, lambda);
    }
    lagrangian_utility(sum, rule->agent, type, truth, factor);
    if (rule->kind == SB_CONSTRAINT_PARTICIPATION) {
        fmpq_submul(sum->constant, factor, environment->agents[rule->agent].outside + type);
    } else {
        fmpq_neg(factor, factor);
        lagrangian_utility(
            sum, rule->agent, type,
            sb_environment_profile_of(environment, rule->agent, rule->report, others), factor);
    }
    fmpq_clear(factor);
}

static inline void lagrangian_rule(lagrangian *sum, const sb_constraint *rule, const fmpq_t lambda)
{
    size_t types = sum->environment->agents[rule->agent].type_count;
    size_t count = sb_environment_others_count(sum->environment, rule->agent);
    for (size_t type = 0; type < types; type++) {
        if (rule->type != SB_NOWHERE && rule->type != type) {
            continue;
        }
        for (size_t others = 0; others < count; others++) {
            if (rule->others == SB_NOWHERE || rule->others == others) {
                lagrangian_rule_at(sum, rule, type, others, lambda);
            }
        }
    }
}

static inline void lagrangian_objective(lagrangian *sum)
{
    const sb_environment *environment = sum->environment;
    bool revenue = environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    size_t outcomes = environment->outcome_count;
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t profile = 0; profile < sb_environment_profile_count(environment); profile++) {
        sb_environment_probability(probability, environment, profile);
        for (size_t o = 0; o < outcomes; o++) {
            fmpq_addmul(sum->allocation + profile * outcomes + o, probability,
                        environment->designer + o);
        }
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            size_t type = sb_environment_type_at(environment, profile, agent);
            fmpq *payment = sum->payments + profile * environment->agent_count + agent;
            if (revenue) {
                fmpq_add(payment, payment, probability);
            }
            for (size_t o = 0; !revenue && o < outcomes; o++) {
                fmpq_addmul(sum->allocation + profile * outcomes + o, probability,
                            environment->agents[agent].utilities + type * outcomes + o);
            }
        }
    }
    fmpq_clear(probability);
}

/* The largest L over p >= 0 and all payments; false where it is infinite. */
static inline bool lagrangian_maximum(fmpq_t maximum, lagrangian *sum)
{
    const sb_environment *environment = sum->environment;
    const sb_rules *rules = &environment->rules;
    size_t profiles = sb_environment_profile_count(environment);
    bool finite = true;
    fmpq_set(maximum, sum->constant);
    for (size_t k = 0; k < profiles * environment->outcome_count; k++) {
        finite = finite && fmpq_sgn(sum->allocation + k) <= 0;
    }
    for (size_t k = 0; k < profiles * environment->agent_count; k++) {
        fmpq *payment = sum->payments + k;
        if (rules->choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_FREE) {
            finite = finite && fmpq_is_zero(payment);
        } else if (rules->choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BOUNDED) {
            fmpq_abs(payment, payment);
            fmpq_addmul(maximum, payment, &rules->payment_bound);
        }
    }
    return finite;
}

/* The bound that the multipliers of a solution prove; cost false: with the objective left out. */
static inline bool lagrangian_bound(fmpq_t bound, const sb_environment *environment,
                                    const sb_solution *solution, bool cost)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t outcomes = environment->outcome_count;
    lagrangian sum = {.environment = environment,
                      .allocation = sb_rationals_new(profiles * outcomes),
                      .payments = sb_rationals_new(profiles * environment->agent_count)};
    fmpq_init(sum.constant);
    if (cost) {
        lagrangian_objective(&sum);
    }
    bool signs = true;
    for (size_t k = 0; k < solution->multiplier_count; k++) {
        const sb_multiplier *multiplier = &solution->multipliers[k];
        if (multiplier->constraint.kind == SB_CONSTRAINT_PROBABILITY) {
            fmpq_add(sum.constant, sum.constant, &multiplier->value);
            for (size_t o = 0; o < outcomes; o++) {
                fmpq *entry = sum.allocation + multiplier->constraint.profile * outcomes + o;
                fmpq_sub(entry, entry, &multiplier->value);
            }
        } else {
            signs = signs && fmpq_sgn(&multiplier->value) > 0;
            lagrangian_rule(&sum, &multiplier->constraint, &multiplier->value);
        }
    }
    bool finite = lagrangian_maximum(bound, &sum);
    fmpq_clear(sum.constant);
    sb_rationals_free(sum.allocation, profiles * outcomes);
    sb_rationals_free(sum.payments, profiles * environment->agent_count);
    return signs && finite;
}

#endif
