/* The robust program in doubles, group by group.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_guess_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* A box whose widths cannot matter (below this, or no freedom left) is taken as one belief. */
#define NO_WIDTH 1e-13

void sb_guess_program_clear(sb_guess_program *program)
{
    free(program->cost);
    free(program->least);
    free(program->most);
    free(program->box_lower);
    free(program->box_width);
    free(program->box_rest);
    free(program->zeros);
    free(program->ones);
    free(program->groups);
    *program = (sb_guess_program){0};
}

/* What the rules ask that this engine cannot do; NULL: nothing. */
static const char *refusal(const sb_environment *environment, const sb_consistent_set *set)
{
    const int *choice = environment->rules.choice;
    if (environment->agent_count != 1 || !environment->has_signal) {
        return "not one bidder and a signal";
    }
    if (environment->outcome_count != 2) {
        return "not two outcomes";
    }
    if (choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_FREE &&
        choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_BOUNDED) {
        return "no payments, or payments of one sign";
    }
    int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0);
    if (participation != SB_IR_EX_INTERIM && participation != SB_IR_EX_POST) {
        return "no participation rule that bounds the payments";
    }
    return set->constraint_count > 0 ? "sets that are no boxes" : NULL;
}

static bool allocate(sb_guess_program *program)
{
    size_t cells = program->types * program->signals;
    program->cost = sb_allocate(program->variables, sizeof(double));
    program->least = sb_allocate(program->variables, sizeof(double));
    program->most = sb_allocate(program->variables, sizeof(double));
    program->box_lower = sb_allocate(cells, sizeof(double));
    program->box_width = sb_allocate(cells, sizeof(double));
    program->box_rest = sb_allocate(program->types, sizeof(double));
    program->zeros = sb_allocate(program->signals, sizeof(double));
    program->ones = sb_allocate(program->signals, sizeof(double));
    program->groups = sb_allocate(program->types * (program->types + 1), sizeof(sb_guess_group));
    return program->cost != NULL && program->least != NULL && program->most != NULL &&
           program->box_lower != NULL && program->box_width != NULL && program->box_rest != NULL &&
           program->zeros != NULL && program->ones != NULL && program->groups != NULL;
}

/* What the first outcome is worth to a type above the second. */
static double advantage(const sb_environment *environment, size_t type)
{
    const fmpq *utilities = environment->agents[0].utilities + 2 * type;
    return sb_rational_to_double(&utilities[0]) - sb_rational_to_double(&utilities[1]);
}

static void set_boxes(sb_guess_program *program, const sb_consistent_set *set)
{
    size_t signals = program->signals;
    for (size_t type = 0; type < program->types; type++) {
        double *lower = program->box_lower + type * signals;
        double *width = program->box_width + type * signals;
        double rest = 1;
        double room = 0;
        for (size_t signal = 0; signal < signals && set->has_set[type]; signal++) {
            lower[signal] = sb_rational_to_double(&set->lower[type * signals + signal]);
            width[signal] =
                sb_rational_to_double(&set->upper[type * signals + signal]) - lower[signal];
            width[signal] = width[signal] < NO_WIDTH ? 0 : width[signal];
            rest -= lower[signal];
            room += width[signal];
        }
        for (size_t signal = 0; signal < signals && (rest < NO_WIDTH || room - rest < NO_WIDTH);
             signal++) {
            lower[signal] += rest < NO_WIDTH ? 0 : width[signal];
            width[signal] = 0;
        }
        program->box_rest[type] = rest < NO_WIDTH || room - rest < NO_WIDTH ? 0 : rest;
    }
}

static void add_group(sb_guess_program *program, sb_guess_group group)
{
    if (group.ex_post) {
        group.lower = program->zeros;
        group.width = program->ones;
        group.rest = 1;
    } else {
        group.lower = program->box_lower + group.type * program->signals;
        group.width = program->box_width + group.type * program->signals;
        group.rest = program->box_rest[group.type];
    }
    program->groups[program->group_count++] = group;
}

static void add_groups_of(sb_guess_program *program, const sb_environment *environment,
                          const sb_consistent_set *set, size_t type)
{
    const sb_agent *agent = &environment->agents[0];
    int incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, 0);
    int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0);
    bool post_incentives = incentives == SB_IC_EX_POST;
    bool post_participation = participation == SB_IR_EX_POST;
    double worth = advantage(environment, type) / program->unit;
    if (post_participation || set->has_set[type]) {
        double base = (sb_rational_to_double(&agent->utilities[2 * type + 1]) -
                       sb_rational_to_double(&agent->outside[type])) /
                      program->unit;
        add_group(program, (sb_guess_group){.kind = SB_CUT_PARTICIPATION,
                                            .type = type,
                                            .report = SB_NOWHERE,
                                            .ex_post = post_participation,
                                            .allocation_coefficient = worth,
                                            .payment_coefficient = -1,
                                            .constant = base});
    }
    for (size_t report = 0; report < program->types; report++) {
        if (incentives == SB_IC_NONE || report == type ||
            !sb_environment_may_report(environment, 0, type, report) ||
            !(post_incentives || set->has_set[type])) {
            continue;
        }
        add_group(program, (sb_guess_group){.kind = SB_CUT_INCENTIVE,
                                            .type = type,
                                            .report = report,
                                            .ex_post = post_incentives,
                                            .allocation_coefficient = worth,
                                            .payment_coefficient = -1});
    }
}

/* The objective's coefficients of one type: allocation, payment, constant. */
static void objective_of(const sb_guess_program *program, const sb_environment *environment,
                         const sb_objective_weights *weights, size_t type, double *allocation,
                         double *payment, double *constant)
{
    double agents = sb_rational_to_double(&weights->agents);
    double designer = sb_rational_to_double(&weights->designer);
    double first = sb_rational_to_double(&environment->designer[0]);
    double second = sb_rational_to_double(&environment->designer[1]);
    double last = sb_rational_to_double(&environment->agents[0].utilities[2 * type + 1]);
    *payment = sb_rational_to_double(&weights->payments);
    *allocation =
        (designer * (first - second) + agents * advantage(environment, type)) / program->unit;
    *constant = (designer * second + agents * last) / program->unit;
}

static void set_objective(sb_guess_program *program, const sb_environment *environment,
                          const sb_consistent_set *set)
{
    size_t signals = program->signals;
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &environment->rules);
    for (size_t type = 0; type < program->types; type++) {
        double allocation;
        double payment;
        double constant;
        double marginal = sb_rational_to_double(&set->marginal[type]);
        objective_of(program, environment, &weights, type, &allocation, &payment, &constant);
        if (program->worst_case) {
            if (marginal > 0 && set->has_set[type]) {
                program->cost[sb_guess_expected(program, type)] = marginal;
                program->most[sb_guess_expected(program, type)] = INFINITY;
                program->least[sb_guess_expected(program, type)] = -INFINITY;
                add_group(program, (sb_guess_group){.kind = SB_CUT_OBJECTIVE,
                                                    .type = type,
                                                    .report = SB_NOWHERE,
                                                    .allocation_coefficient = allocation,
                                                    .payment_coefficient = payment,
                                                    .constant = constant});
            }
            continue;
        }
        for (size_t signal = 0; signal < signals; signal++) {
            double probability =
                marginal * sb_rational_to_double(&set->estimate[type * signals + signal]);
            program->cost[sb_guess_allocation(program, type) + signal] = probability * allocation;
            program->cost[sb_guess_payment(program, type) + signal] = probability * payment;
            program->cost_constant += probability * constant;
        }
    }
    sb_objective_weights_clear(&weights);
}

/* What is expected of a type is held at zero here, and let go where it is asked for. */
static void set_bounds(sb_guess_program *program, const sb_environment *environment)
{
    bool bounded = environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BOUNDED;
    double bound = bounded
                       ? sb_rational_to_double(&environment->rules.payment_bound) / program->unit
                       : INFINITY;
    for (size_t variable = 0; variable < program->variables; variable++) {
        bool mechanism = variable < 2 * program->signals * program->types;
        bool allocation = mechanism && variable % (2 * program->signals) < program->signals;
        program->most[variable] = allocation ? 1 : mechanism ? bound : 0;
        program->least[variable] = allocation ? 0 : -program->most[variable];
    }
}

sb_status sb_guess_program_build(sb_guess_program *program, const sb_environment *environment,
                                 const sb_consistent_set *set, sb_robust_objective objective,
                                 const char **reason, sb_error *error)
{
    *program = (sb_guess_program){0};
    *reason = refusal(environment, set);
    if (*reason != NULL) {
        return SB_OK;
    }
    program->types = environment->agents[0].type_count;
    program->signals = environment->signal_count;
    program->worst_case = objective == SB_ROBUST_WORST_CASE;
    program->variables =
        2 * program->types * program->signals + (program->worst_case ? program->types : 0);
    if (!allocate(program)) {
        sb_guess_program_clear(program);
        return sb_out_of_memory(error);
    }
    program->unit = 0;
    for (size_t type = 0; type < program->types; type++) {
        program->unit = fmax(program->unit, fabs(advantage(environment, type)));
    }
    program->unit = program->unit > 0 ? program->unit : 1;
    for (size_t signal = 0; signal < program->signals; signal++) {
        program->ones[signal] = 1;
    }
    set_bounds(program, environment);
    set_boxes(program, set);
    for (size_t type = 0; type < program->types; type++) {
        add_groups_of(program, environment, set, type);
    }
    set_objective(program, environment, set);
    return SB_OK;
}

void sb_guess_difference(const sb_guess_program *program, const sb_guess_group *group,
                         const double *point, bool linear, double *difference)
{
    size_t signals = program->signals;
    double expected =
        group->kind == SB_CUT_OBJECTIVE ? point[sb_guess_expected(program, group->type)] : 0;
    double constant = (linear ? 0 : group->constant) - expected;
    double a = group->allocation_coefficient;
    double b = group->payment_coefficient;
    const double *allocation = point + sb_guess_allocation(program, group->type);
    const double *payment = point + sb_guess_payment(program, group->type);
    for (size_t signal = 0; signal < signals; signal++) {
        difference[signal] = a * allocation[signal] + b * payment[signal] + constant;
    }
    if (group->report == SB_NOWHERE) {
        return;
    }
    allocation = point + sb_guess_allocation(program, group->report);
    payment = point + sb_guess_payment(program, group->report);
    for (size_t signal = 0; signal < signals; signal++) {
        difference[signal] -= a * allocation[signal] + b * payment[signal];
    }
}

double sb_guess_worst(const sb_guess_program *program, const sb_guess_group *group,
                      const double *difference, unsigned char *places, double *belief,
                      size_t *order)
{
    size_t signals = program->signals;
    double minimum = 0;
    for (size_t signal = 0; signal < signals; signal++) {
        /* Insertion: the signals are few, and nearly in order from one group to the next. */
        size_t at = signal;
        for (; at > 0 && difference[order[at - 1]] > difference[signal]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = signal;
        minimum += group->lower[signal] * difference[signal];
        if (places != NULL) {
            places[signal] = SB_GUESS_LOWER;
        }
        if (belief != NULL) {
            belief[signal] = group->lower[signal];
        }
    }
    double rest = group->rest;
    size_t last = SB_NOWHERE;
    for (size_t k = 0; k < signals && rest > 0; k++) {
        size_t signal = order[k];
        double taken = fmin(rest, group->width[signal]);
        if (taken <= 0) {
            continue;
        }
        rest -= taken;
        minimum += taken * difference[signal];
        last = signal;
        if (places != NULL) {
            places[signal] = SB_GUESS_UPPER;
        }
        if (belief != NULL) {
            belief[signal] += taken;
        }
    }
    if (places != NULL && last != SB_NOWHERE) {
        places[last] = SB_GUESS_REMAINDER;
    }
    return minimum;
}
