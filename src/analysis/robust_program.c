/* The relaxation of a robust program: columns, objective, fixed rows and the rows of cuts.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_program.h"

#include <stdlib.h>

#include "base/memory.h"

/* ---- columns ---- */

static size_t allocation_column(const sb_robust_program *program, size_t type, size_t signal,
                                size_t outcome)
{
    return (type * program->signals + signal) * program->outcomes + outcome;
}

static size_t payment_column(const sb_robust_program *program, size_t type, size_t signal)
{
    return program->first_payment + type * program->signals + signal;
}

/* What an outcome gives a type more than the last one does. */
static void relative_utility(fmpq_t value, const sb_robust_program *program, size_t type,
                             size_t outcome)
{
    const fmpq *utilities =
        program->environment->agents[0].utilities + type * (program->outcomes + 1);
    fmpq_sub(value, utilities + outcome, utilities + program->outcomes);
}

/* What the objective counts of an outcome (not of payments). */
static void add_worth_of(fmpq_t value, const sb_robust_program *program, size_t type,
                         size_t outcome, const fmpq_t factor)
{
    const fmpq *utilities =
        program->environment->agents[0].utilities + type * (program->outcomes + 1);
    fmpq_t term;
    fmpq_init(term);
    fmpq_mul(term, &program->weights.agents, utilities + outcome);
    fmpq_addmul(term, &program->weights.designer, program->environment->designer + outcome);
    fmpq_addmul(value, term, factor);
    fmpq_clear(term);
}

void sb_robust_program_worth(fmpq_t worth, const sb_robust_program *program, size_t type,
                             size_t outcome)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    fmpq_zero(worth);
    add_worth_of(worth, program, type, outcome, one);
    fmpq_neg(one, one);
    add_worth_of(worth, program, type, program->outcomes, one);
    fmpq_clear(one);
}

/* What the objective counts if the last outcome is always chosen. */
static void set_constant(sb_robust_program *program)
{
    for (size_t type = 0; type < program->types; type++) {
        add_worth_of(&program->constant, program, type, program->outcomes,
                     program->set->marginal + type);
    }
}

static sb_status add_allocation_columns(sb_robust_program *program, sb_error *error)
{
    fmpq_t zero, one, probability, cost;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_init(probability);
    fmpq_init(cost);
    fmpq_one(one);
    sb_status status = SB_OK;
    for (size_t profile = 0; status == SB_OK && profile < program->types * program->signals;
         profile++) {
        sb_environment_probability(probability, program->environment, profile);
        for (size_t o = 0; status == SB_OK && o < program->outcomes; o++) {
            sb_robust_program_worth(cost, program, profile / program->signals, o);
            fmpq_mul(cost, cost, probability);
            status = sb_lp_add_column(program->lp, NULL, zero, program->outcomes == 1 ? one : NULL,
                                      program->objective == SB_ROBUST_ESTIMATE ? cost : NULL, NULL,
                                      error);
        }
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    fmpq_clear(probability);
    fmpq_clear(cost);
    return status;
}

/* With one agent a sum of payments is that agent's: `no-deficit` is `no-subsidies`, and under
 * `balanced` nobody pays. */
typedef enum payment_range { NO_PAYMENTS, ANY_PAYMENTS, WITHIN_BOUND, AT_LEAST_ZERO } payment_range;

static const payment_range ranges[] = {
    [SB_PAYMENTS_FREE] = ANY_PAYMENTS,        [SB_PAYMENTS_NONE] = NO_PAYMENTS,
    [SB_PAYMENTS_BOUNDED] = WITHIN_BOUND,     [SB_PAYMENTS_NO_SUBSIDIES] = AT_LEAST_ZERO,
    [SB_PAYMENTS_NO_DEFICIT] = AT_LEAST_ZERO, [SB_PAYMENTS_BALANCED] = NO_PAYMENTS,
};

static sb_status add_payment_columns(sb_robust_program *program, sb_error *error)
{
    const sb_rules *rules = &program->environment->rules;
    payment_range range = ranges[rules->choice[SB_RULE_PAYMENTS]];
    fmpq_t lower, cost;
    fmpq_init(lower);
    fmpq_init(cost);
    if (range == WITHIN_BOUND) {
        fmpq_neg(lower, &rules->payment_bound);
    }
    sb_status status = SB_OK;
    program->has_payments = range != NO_PAYMENTS;
    program->first_payment = sb_lp_column_count(program->lp);
    for (size_t profile = 0;
         program->has_payments && status == SB_OK && profile < program->types * program->signals;
         profile++) {
        if (program->objective == SB_ROBUST_ESTIMATE) {
            sb_environment_probability(cost, program->environment, profile);
            fmpq_mul(cost, cost, &program->weights.payments);
        }
        status = sb_lp_add_column(program->lp, NULL, range == ANY_PAYMENTS ? NULL : lower,
                                  range == WITHIN_BOUND ? &rules->payment_bound : NULL, cost, NULL,
                                  error);
    }
    fmpq_clear(lower);
    fmpq_clear(cost);
    return status;
}

static sb_status add_worth_columns(sb_robust_program *program, sb_error *error)
{
    program->worths = sb_allocate(program->types, sizeof *program->worths);
    if (program->worths == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    program->first_worth = sb_lp_column_count(program->lp);
    for (size_t type = 0; status == SB_OK && type < program->types; type++) {
        program->worths[type] = SB_NOWHERE;
        if (program->objective == SB_ROBUST_WORST_CASE && program->set->has_estimate[type]) {
            status = sb_lp_add_column(program->lp, NULL, NULL, NULL, program->set->marginal + type,
                                      &program->worths[type], error);
        }
    }
    return status;
}

/* ---- rows ---- */

bool sb_robust_program_asks(const sb_robust_program *program, sb_cut_kind kind, size_t type,
                            size_t report)
{
    switch (kind) {
    case SB_CUT_INCENTIVE:
        return program->robust_incentives && program->set->has_set[type] && type != report &&
               sb_environment_may_report(program->environment, 0, type, report);
    case SB_CUT_PARTICIPATION:
        return program->robust_participation && program->set->has_set[type];
    case SB_CUT_OBJECTIVE:
        return program->worths[type] != SB_NOWHERE;
    }
    return false;
}

void sb_robust_program_begin_row(sb_robust_program *program)
{
    program->term_count = 0;
}

void sb_robust_program_add_term(sb_robust_program *program, size_t column, const fmpq_t coefficient,
                                bool negative)
{
    if (fmpq_is_zero(coefficient)) {
        return;
    }
    fmpq *term = program->coefficients + program->term_count;
    program->columns[program->term_count++] = column;
    if (negative) {
        fmpq_neg(term, coefficient);
    } else {
        fmpq_set(term, coefficient);
    }
}

/* weight times what `type` gets at a report and a signal. */
static void add_utility(sb_robust_program *program, size_t type, size_t report, size_t signal,
                        const fmpq_t weight, bool negative)
{
    fmpq_t value;
    fmpq_init(value);
    for (size_t o = 0; o < program->outcomes; o++) {
        relative_utility(value, program, type, o);
        fmpq_mul(value, value, weight);
        sb_robust_program_add_term(program, allocation_column(program, report, signal, o), value,
                                   negative);
    }
    fmpq_clear(value);
    if (program->has_payments) {
        sb_robust_program_add_term(program, payment_column(program, report, signal), weight,
                                   !negative);
    }
}

/* weight times what the objective counts of a type at a signal. */
static void add_objective(sb_robust_program *program, size_t type, size_t signal,
                          const fmpq_t weight)
{
    fmpq_t value;
    fmpq_init(value);
    for (size_t o = 0; o < program->outcomes; o++) {
        sb_robust_program_worth(value, program, type, o);
        fmpq_mul(value, value, weight);
        sb_robust_program_add_term(program, allocation_column(program, type, signal, o), value,
                                   false);
    }
    if (program->has_payments) {
        fmpq_mul(value, weight, &program->weights.payments);
        sb_robust_program_add_term(program, payment_column(program, type, signal), value, false);
    }
    fmpq_clear(value);
}

void sb_robust_program_add_rule(sb_robust_program *program, sb_cut_kind kind, size_t type,
                                size_t report, size_t signal, const fmpq_t weight)
{
    switch (kind) {
    case SB_CUT_INCENTIVE:
        add_utility(program, type, type, signal, weight, false);
        add_utility(program, type, report, signal, weight, true);
        break;
    case SB_CUT_PARTICIPATION:
        add_utility(program, type, type, signal, weight, false);
        break;
    case SB_CUT_OBJECTIVE:
        add_objective(program, type, signal, weight);
        break;
    }
}

void sb_robust_program_add_worth(sb_robust_program *program, sb_cut_kind kind, size_t type)
{
    if (kind == SB_CUT_OBJECTIVE) {
        fmpq_t one;
        fmpq_init(one);
        fmpq_one(one);
        sb_robust_program_add_term(program, program->worths[type], one, true);
        fmpq_clear(one);
    }
}

void sb_robust_program_least(fmpq_t least, const sb_robust_program *program, sb_cut_kind kind,
                             size_t type)
{
    fmpq_zero(least);
    if (kind == SB_CUT_PARTICIPATION) {
        const sb_agent *bidder = &program->environment->agents[0];
        fmpq_sub(least, bidder->outside + type,
                 bidder->utilities + type * (program->outcomes + 1) + program->outcomes);
    }
}

sb_status sb_robust_program_end_row(sb_robust_program *program, const fmpq_t least, sb_error *error)
{
    return sb_lp_add_row(program->lp, NULL, least, NULL, program->term_count, program->columns,
                         program->coefficients, NULL, error);
}

/* The row of a rule at one belief. */
static sb_status add_row_at(sb_robust_program *program, sb_cut_kind kind, size_t type,
                            size_t report, const fmpq *belief, sb_error *error)
{
    fmpq_t least;
    fmpq_init(least);
    sb_robust_program_begin_row(program);
    for (size_t signal = 0; signal < program->signals; signal++) {
        if (!fmpq_is_zero(belief + signal)) {
            sb_robust_program_add_rule(program, kind, type, report, signal, belief + signal);
        }
    }
    sb_robust_program_add_worth(program, kind, type);
    sb_robust_program_least(least, program, kind, type);
    sb_status status = sb_robust_program_end_row(program, least, error);
    fmpq_clear(least);
    return status;
}

sb_status sb_robust_program_add_cut(sb_robust_program *program, const sb_cut *cut, sb_error *error)
{
    return add_row_at(program, cut->kind, cut->type, cut->report, cut->belief, error);
}

sb_status sb_robust_program_add_estimate(sb_robust_program *program, bool worths_alone,
                                         size_t *count, sb_error *error)
{
    size_t before = sb_lp_row_count(program->lp);
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < program->types; type++) {
        if (!program->set->has_estimate[type]) {
            continue;
        }
        const fmpq *belief = program->set->estimate + type * program->signals;
        for (size_t report = 0; status == SB_OK && report < program->types; report++) {
            if (!worths_alone && sb_robust_program_asks(program, SB_CUT_INCENTIVE, type, report)) {
                status = add_row_at(program, SB_CUT_INCENTIVE, type, report, belief, error);
            }
        }
        if (status == SB_OK && !worths_alone &&
            sb_robust_program_asks(program, SB_CUT_PARTICIPATION, type, SB_NOWHERE)) {
            status = add_row_at(program, SB_CUT_PARTICIPATION, type, SB_NOWHERE, belief, error);
        }
        if (status == SB_OK &&
            sb_robust_program_asks(program, SB_CUT_OBJECTIVE, type, SB_NOWHERE)) {
            status = add_row_at(program, SB_CUT_OBJECTIVE, type, SB_NOWHERE, belief, error);
        }
    }
    *count = sb_lp_row_count(program->lp) - before;
    return status;
}

/* The probabilities of the outcomes but the last sum to at most 1. */
static sb_status add_probability_rows(sb_robust_program *program, sb_error *error)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    size_t profiles = program->outcomes > 1 ? program->types * program->signals : 0;
    for (size_t profile = 0; status == SB_OK && profile < profiles; profile++) {
        sb_robust_program_begin_row(program);
        for (size_t o = 0; o < program->outcomes; o++) {
            sb_robust_program_add_term(program, profile * program->outcomes + o, one, false);
        }
        status = sb_lp_add_row(program->lp, NULL, NULL, one, program->term_count, program->columns,
                               program->coefficients, NULL, error);
    }
    fmpq_clear(one);
    return status;
}

/* The rows of an ex-post rule of a type: one a signal. */
static sb_status add_ex_post_rows(sb_robust_program *program, sb_cut_kind kind, size_t type,
                                  size_t report, sb_error *error)
{
    fmpq_t one, least;
    fmpq_init(one);
    fmpq_init(least);
    fmpq_one(one);
    sb_robust_program_least(least, program, kind, type);
    sb_status status = SB_OK;
    for (size_t signal = 0; status == SB_OK && signal < program->signals; signal++) {
        sb_robust_program_begin_row(program);
        sb_robust_program_add_rule(program, kind, type, report, signal, one);
        status = sb_robust_program_end_row(program, least, error);
    }
    fmpq_clear(one);
    fmpq_clear(least);
    return status;
}

static sb_status add_fixed_rows(sb_robust_program *program, sb_error *error)
{
    sb_status status = add_probability_rows(program, error);
    for (size_t type = 0; status == SB_OK && type < program->types; type++) {
        for (size_t report = 0;
             program->ex_post_incentives && status == SB_OK && report < program->types; report++) {
            if (report != type &&
                sb_environment_may_report(program->environment, 0, type, report)) {
                status = add_ex_post_rows(program, SB_CUT_INCENTIVE, type, report, error);
            }
        }
        if (status == SB_OK && program->ex_post_participation) {
            status = add_ex_post_rows(program, SB_CUT_PARTICIPATION, type, SB_NOWHERE, error);
        }
    }
    program->fixed_rows = sb_lp_row_count(program->lp);
    return status;
}

/* ---- the whole ---- */

static sb_status fill(sb_robust_program *program, sb_error *error)
{
    sb_status status = add_allocation_columns(program, error);
    if (status == SB_OK) {
        status = add_payment_columns(program, error);
    }
    if (status == SB_OK) {
        status = add_worth_columns(program, error);
    }
    if (status == SB_OK) {
        set_constant(program);
        status = add_fixed_rows(program, error);
    }
    return status;
}

sb_status sb_robust_program_init(sb_robust_program *program, const sb_environment *environment,
                                 const sb_consistent_set *set, sb_robust_objective objective,
                                 sb_error *error)
{
    *program = (sb_robust_program){.environment = environment, .set = set, .objective = objective};
    fmpq_init(&program->constant);
    sb_objective_weights_init(&program->weights, &environment->rules);
    sb_status status = sb_robust_check_form(environment, set, error);
    if (status != SB_OK) {
        return status;
    }
    int incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, 0);
    int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0);
    program->types = set->type_count;
    program->signals = set->signal_count;
    program->outcomes = environment->outcome_count - 1;
    program->robust_incentives = incentives == SB_IC_BAYES_NASH;
    program->ex_post_incentives = incentives == SB_IC_EX_POST;
    program->robust_participation = participation == SB_IR_EX_INTERIM;
    program->ex_post_participation = participation == SB_IR_EX_POST;
    /* A row names the columns of two reports at every signal, multipliers and a worth. */
    size_t constraints = set->constraint_count;
    program->term_capacity =
        2 * program->signals * (program->outcomes + 2) + 2 * constraints + program->outcomes + 3;
    program->columns = sb_allocate(program->term_capacity, sizeof *program->columns);
    program->coefficients = sb_rationals_new(program->term_capacity);
    program->lp = sb_lp_new(SB_MAXIMISE);
    if (program->columns == NULL || program->coefficients == NULL || program->lp == NULL) {
        return sb_out_of_memory(error);
    }
    return fill(program, error);
}

void sb_robust_program_clear(sb_robust_program *program)
{
    free(program->worths);
    free(program->columns);
    sb_rationals_free(program->coefficients, program->term_capacity);
    sb_lp_free(program->lp);
    fmpq_clear(&program->constant);
    sb_objective_weights_clear(&program->weights);
    *program = (sb_robust_program){0};
}

sb_robust_question sb_robust_program_question(const sb_robust_program *program)
{
    return (sb_robust_question){.environment = program->environment,
                                .set = program->set,
                                .weights = &program->weights,
                                .incentives = program->robust_incentives,
                                .participation = program->robust_participation};
}
