/* A row of the design program, or its objective, in probabilities.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rows.h"
#include "sidebet/design_text.h"

void sb_design_sum_init(sb_design_sum *sum)
{
    *sum = (sb_design_sum){0};
    fmpq_init(&sum->bound);
}

static void forget(sb_design_sum *sum)
{
    for (size_t k = 0; k < sum->group_count; k++) {
        fmpq_clear(&sum->groups[k].factor);
    }
    for (size_t k = 0; k < sum->term_count; k++) {
        fmpq_clear(&sum->terms[k].coefficient);
    }
    sum->group_count = 0;
    sum->term_count = 0;
    sum->left_out = 0;
}

void sb_design_sum_clear(sb_design_sum *sum)
{
    forget(sum);
    free(sum->groups);
    free(sum->terms);
    fmpq_clear(&sum->bound);
}

/* ---- collecting ---- */

typedef struct collector {
    const sb_environment *environment;
    sb_design_sum *sum;
    size_t most; /* groups */
    bool full;   /* what comes next is left out */
    bool has_payments;
    bool failed;
} collector;

static void begin_group(collector *into, const fmpq_t factor)
{
    sb_design_sum *sum = into->sum;
    into->full = into->most > 0 && sum->group_count >= into->most;
    if (into->full) {
        sum->left_out++;
        return;
    }
    if (into->failed ||
        !sb_grow(&sum->groups, &sum->group_capacity, sum->group_count + 1, sizeof *sum->groups)) {
        into->failed = true;
        return;
    }
    sb_design_group *group = &sum->groups[sum->group_count++];
    group->first = sum->term_count;
    group->count = 0;
    fmpq_init(&group->factor);
    fmpq_set(&group->factor, factor);
}

static void add_term(collector *into, bool payment, size_t profile, size_t index,
                     const fmpq_t coefficient, bool negative)
{
    sb_design_sum *sum = into->sum;
    if (into->full || into->failed || fmpq_is_zero(coefficient)) {
        return;
    }
    if (!sb_grow(&sum->terms, &sum->term_capacity, sum->term_count + 1, sizeof *sum->terms)) {
        into->failed = true;
        return;
    }
    sb_design_term *term = &sum->terms[sum->term_count++];
    term->payment = payment;
    term->profile = profile;
    term->index = index;
    fmpq_init(&term->coefficient);
    fmpq_set(&term->coefficient, coefficient);
    if (negative) {
        fmpq_neg(&term->coefficient, &term->coefficient);
    }
    sum->groups[sum->group_count - 1].count++;
}

/* A group that turned out empty is none. */
static void end_group(collector *into)
{
    sb_design_sum *sum = into->sum;
    if (!into->full && !into->failed && sum->groups[sum->group_count - 1].count == 0) {
        fmpq_clear(&sum->groups[--sum->group_count].factor);
    }
}

/* What a type gets at a profile, or less that. */
static void add_utility(collector *into, size_t agent, size_t type, size_t profile, bool negative)
{
    const sb_environment *environment = into->environment;
    const fmpq *utilities =
        environment->agents[agent].utilities + type * environment->outcome_count;
    for (size_t outcome = 0; !into->full && outcome < environment->outcome_count; outcome++) {
        add_term(into, false, profile, outcome, utilities + outcome, negative);
    }
    if (into->has_payments) {
        fmpq_t one;
        fmpq_init(one);
        fmpq_one(one);
        add_term(into, true, profile, agent, one, !negative);
        fmpq_clear(one);
    }
}

/* What stands at one profile of the others. */
static void add_place(collector *into, const sb_constraint *constraint, size_t type, size_t others,
                      const fmpq_t factor)
{
    const sb_environment *environment = into->environment;
    begin_group(into, factor);
    size_t agent = constraint->agent;
    add_utility(into, agent, type, sb_environment_profile_of(environment, agent, type, others),
                false);
    if (constraint->kind == SB_CONSTRAINT_INCENTIVE) {
        size_t lie = sb_environment_profile_of(environment, agent, constraint->report, others);
        add_utility(into, agent, type, lie, true);
    }
    end_group(into);
}

/* The interim rules of one type. */
static void add_type(collector *into, const sb_constraint *constraint, size_t type)
{
    const sb_environment *environment = into->environment;
    size_t agent = constraint->agent;
    size_t count = sb_environment_others_count(environment, agent);
    fmpq_t probability, outside;
    fmpq_init(probability);
    fmpq_init(outside);
    for (size_t others = 0; others < count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        if (!fmpq_is_zero(environment->weights + profile)) {
            sb_environment_probability(probability, environment, profile);
            add_place(into, constraint, type, others, probability);
            fmpq_add(outside, outside, probability);
        }
    }
    if (constraint->kind == SB_CONSTRAINT_PARTICIPATION) {
        fmpq_addmul(&into->sum->bound, outside, environment->agents[agent].outside + type);
    }
    fmpq_clear(probability);
    fmpq_clear(outside);
}

static void add_agents_rule(collector *into, const sb_constraint *constraint)
{
    const sb_agent *agent = &into->environment->agents[constraint->agent];
    if (constraint->others != SB_NOWHERE) {
        fmpq_t one;
        fmpq_init(one);
        fmpq_one(one);
        add_place(into, constraint, constraint->type, constraint->others, one);
        fmpq_clear(one);
        if (constraint->kind == SB_CONSTRAINT_PARTICIPATION) {
            fmpq_set(&into->sum->bound, agent->outside + constraint->type);
        }
        return;
    }
    for (size_t type = 0; type < agent->type_count; type++) {
        if (constraint->type == SB_NOWHERE || constraint->type == type) {
            add_type(into, constraint, type);
        }
    }
}

static void add_profiles_rule(collector *into, const sb_constraint *constraint)
{
    const sb_environment *environment = into->environment;
    bool budget = constraint->kind == SB_CONSTRAINT_BUDGET;
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    begin_group(into, one);
    size_t count = budget ? environment->agent_count : environment->outcome_count;
    for (size_t k = 0; k < count; k++) {
        add_term(into, budget, constraint->profile, k, one, false);
    }
    into->sum->equation =
        !budget || environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BALANCED;
    if (!budget) {
        fmpq_one(&into->sum->bound);
    }
    fmpq_clear(one);
}

static void add_objective(collector *into)
{
    const sb_environment *environment = into->environment;
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &environment->rules);
    fmpq_t number;
    fmpq_init(number);
    size_t profiles = sb_environment_profile_count(environment);
    for (size_t profile = 0; profile < profiles; profile++) {
        if (fmpq_is_zero(environment->weights + profile)) {
            continue;
        }
        sb_environment_probability(number, environment, profile);
        begin_group(into, number);
        for (size_t o = 0; !into->full && o < environment->outcome_count; o++) {
            sb_design_outcome_value(number, environment, &weights, profile, o);
            add_term(into, false, profile, o, number, false);
        }
        for (size_t agent = 0; into->has_payments && agent < environment->agent_count; agent++) {
            add_term(into, true, profile, agent, &weights.payments, false);
        }
        end_group(into);
    }
    fmpq_clear(number);
    sb_objective_weights_clear(&weights);
}

sb_status sb_design_sum_of(const sb_design_listing *listing, size_t row, size_t most,
                           sb_design_sum *sum, sb_error *error)
{
    const sb_environment *environment = listing->environment;
    collector into = {.environment = environment, .sum = sum, .most = most};
    into.has_payments = environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    forget(sum);
    fmpq_zero(&sum->bound);
    sum->equation = false;
    if (row >= listing->row_count) {
        add_objective(&into);
    } else {
        sb_constraint constraint = sb_design_listing_constraint(listing, row);
        if (constraint.agent == SB_NOWHERE) {
            add_profiles_rule(&into, &constraint);
        } else {
            add_agents_rule(&into, &constraint);
        }
    }
    return into.failed ? sb_out_of_memory(error) : SB_OK;
}

/* ---- at a mechanism ---- */

/* What a type gets over staying away, or over a lie, in expectation. */
static void add_interim_slack(fmpq_t slack, const sb_environment *environment,
                              const sb_mechanism *mechanism, const sb_constraint *constraint,
                              size_t type)
{
    fmpq_t part;
    fmpq_init(part);
    sb_mechanism_interim_utility(part, environment, mechanism, constraint->agent, type, type);
    fmpq_add(slack, slack, part);
    if (constraint->kind == SB_CONSTRAINT_INCENTIVE) {
        sb_mechanism_interim_utility(part, environment, mechanism, constraint->agent, type,
                                     constraint->report);
        fmpq_sub(slack, slack, part);
    } else {
        sb_environment_marginal(part, environment, constraint->agent, type);
        fmpq_submul(slack, part, environment->agents[constraint->agent].outside + type);
    }
    fmpq_clear(part);
}

static void ex_post_slack(fmpq_t slack, const sb_environment *environment,
                          const sb_mechanism *mechanism, const sb_constraint *constraint)
{
    fmpq_t part;
    fmpq_init(part);
    sb_mechanism_utility(slack, environment, mechanism, constraint->agent, constraint->type,
                         constraint->type, constraint->others);
    if (constraint->kind == SB_CONSTRAINT_INCENTIVE) {
        sb_mechanism_utility(part, environment, mechanism, constraint->agent, constraint->type,
                             constraint->report, constraint->others);
    } else {
        fmpq_set(part, environment->agents[constraint->agent].outside + constraint->type);
    }
    fmpq_sub(slack, slack, part);
    fmpq_clear(part);
}

void sb_constraint_slack(fmpq_t slack, const sb_environment *environment,
                         const sb_mechanism *mechanism, const sb_constraint *constraint)
{
    fmpq_zero(slack);
    size_t profile = constraint->profile;
    if (constraint->kind == SB_CONSTRAINT_PROBABILITY) {
        sb_rationals_sum(slack, mechanism->allocation + profile * mechanism->outcome_count,
                         mechanism->outcome_count);
        fmpq_sub_si(slack, slack, 1);
    } else if (constraint->kind == SB_CONSTRAINT_BUDGET) {
        sb_rationals_sum(slack, mechanism->payments + profile * mechanism->agent_count,
                         mechanism->agent_count);
    } else if (constraint->others != SB_NOWHERE) {
        ex_post_slack(slack, environment, mechanism, constraint);
    } else {
        for (size_t type = 0; type < environment->agents[constraint->agent].type_count; type++) {
            if (constraint->type == SB_NOWHERE || constraint->type == type) {
                add_interim_slack(slack, environment, mechanism, constraint, type);
            }
        }
    }
}

/* ---- what a solution tells ---- */

static int compare_numbers(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

/* The order of the rows. */
static int compare(const sb_constraint *left, const sb_constraint *right)
{
    const size_t pairs[][2] = {{(size_t)left->kind, (size_t)right->kind},
                               {left->agent, right->agent},
                               {left->profile, right->profile},
                               {left->type, right->type},
                               {left->report, right->report},
                               {left->others, right->others}};
    int order = 0;
    for (size_t k = 0; order == 0 && k < sizeof pairs / sizeof pairs[0]; k++) {
        order = compare_numbers(pairs[k][0], pairs[k][1]);
    }
    return order;
}

static int compare_with_binding(const void *constraint, const void *binding)
{
    return compare(constraint, &((const sb_binding *)binding)->constraint);
}

static int compare_with_multiplier(const void *constraint, const void *multiplier)
{
    return compare(constraint, &((const sb_multiplier *)multiplier)->constraint);
}

const sb_binding *sb_solution_binding(const sb_solution *solution, const sb_constraint *constraint)
{
    return solution->binding_count == 0
               ? NULL
               : bsearch(constraint, solution->bindings, solution->binding_count,
                         sizeof *solution->bindings, compare_with_binding);
}

bool sb_constraint_is_equation(const sb_environment *environment, const sb_constraint *constraint)
{
    return constraint->kind == SB_CONSTRAINT_PROBABILITY ||
           (constraint->kind == SB_CONSTRAINT_BUDGET &&
            environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BALANCED);
}

bool sb_solution_binds(const sb_environment *environment, const sb_solution *solution,
                       const sb_constraint *constraint)
{
    if (constraint->agent != SB_NOWHERE) {
        return sb_solution_binding(solution, constraint) != NULL;
    }
    if (solution->mechanism == NULL || sb_constraint_is_equation(environment, constraint)) {
        return false;
    }
    fmpq_t slack;
    fmpq_init(slack);
    sb_constraint_slack(slack, environment, solution->mechanism, constraint);
    bool binds = solution->proof == SB_PROOF_EXACT ? fmpq_is_zero(slack)
                                                   : sb_rational_to_double(slack) <= 1e-9;
    fmpq_clear(slack);
    return binds;
}

bool sb_solution_dual(fmpq_t dual, const sb_environment *environment, const sb_solution *solution,
                      const sb_constraint *constraint)
{
    fmpq_zero(dual);
    if (solution->status != SB_LP_OPTIMAL || solution->searched) {
        return false;
    }
    if (constraint->agent != SB_NOWHERE) {
        const sb_binding *binding = sb_solution_binding(solution, constraint);
        if (binding != NULL) {
            fmpq_set(dual, &binding->dual);
        }
        return true;
    }
    if (solution->proof != SB_PROOF_EXACT) {
        return false;
    }
    const sb_multiplier *found =
        solution->multiplier_count == 0
            ? NULL
            : bsearch(constraint, solution->multipliers, solution->multiplier_count, sizeof *found,
                      compare_with_multiplier);
    if (found != NULL) {
        fmpq_set(dual, &found->value);
    }
    /* The multiplier of a balance is that of a surplus, what a deficit would add. */
    if (constraint->kind == SB_CONSTRAINT_BUDGET &&
        sb_constraint_is_equation(environment, constraint)) {
        fmpq_neg(dual, dual);
    }
    return true;
}
