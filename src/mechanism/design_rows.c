/* The rows of the design program, rule by rule.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each choice of participation is one function in a table: a new choice is a new function and a new
 * line. Incentive rules are named one by one first, so that rows can be made when they are needed.
 * Interim rows are written in weights, not probabilities: no division, and the row does not depend
 * on how the weights are scaled.
 */
#include "mechanism/design_rows.h"

#include <stdlib.h>

#include "base/memory.h"

typedef sb_status (*rows_function)(sb_design *design, size_t agent, sb_error *error);

/* ---- one row at a time ---- */

static sb_status add_term(sb_design *design, size_t column, const fmpq_t factor,
                          const fmpq_t coefficient, bool negative, sb_error *error)
{
    if (fmpq_is_zero(factor) || fmpq_is_zero(coefficient)) {
        return SB_OK;
    }
    size_t needed = design->term_count + 1;
    /* A zeroed fmpq is not a valid number: its denominator must be 1. */
    size_t before = design->coefficient_capacity;
    if (!sb_grow(&design->columns, &design->term_capacity, needed, sizeof *design->columns) ||
        !sb_grow(&design->coefficients, &design->coefficient_capacity, needed,
                 sizeof *design->coefficients)) {
        return sb_out_of_memory(error);
    }
    for (size_t k = before; k < design->coefficient_capacity; k++) {
        fmpq_init(design->coefficients + k);
    }
    design->columns[design->term_count] = column;
    fmpq *value = design->coefficients + design->term_count;
    fmpq_mul(value, factor, coefficient);
    if (negative) {
        fmpq_neg(value, value);
    }
    design->term_count = needed;
    return SB_OK;
}

/* Add factor times what `type` gets at a profile, or take it away. */
static sb_status add_utility(sb_design *design, size_t agent, size_t type, size_t profile,
                             const fmpq_t factor, bool negative, sb_error *error)
{
    const fmpq *utilities =
        design->environment->agents[agent].utilities + type * design->outcome_count;
    sb_status status = SB_OK;
    for (size_t outcome = 0; status == SB_OK && outcome < design->outcome_count; outcome++) {
        status = add_term(design, sb_design_allocation_column(design, profile, outcome), factor,
                          utilities + outcome, negative, error);
    }
    if (status == SB_OK && design->has_payments) {
        fmpq_t one;
        fmpq_init(one);
        fmpq_one(one);
        status = add_term(design, sb_design_payment_column(design, profile, agent), factor, one,
                          !negative, error);
        fmpq_clear(one);
    }
    return status;
}

/* Add or take away what `type` expects to pay when it reports `report`. */
static sb_status add_interim_payment(sb_design *design, size_t agent, size_t type, size_t report,
                                     bool negative, sb_error *error)
{
    const sb_interim_agent *interim = &design->interim->agents[agent];
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < interim->rank; k++) {
        status = add_term(design, sb_interim_column(design->interim, agent, k, report), one,
                          interim->combinations + type * interim->rank + k, negative, error);
    }
    fmpq_clear(one);
    return status;
}

/* The payments of a whole row: all its rules are interim. */
static sb_status add_interim_payments(sb_design *design, const sb_constraint *constraint,
                                      sb_error *error)
{
    size_t agent = constraint->agent;
    if (design->interim == NULL || constraint->kind == SB_CONSTRAINT_PROBABILITY) {
        return SB_OK;
    }
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < design->interim->agents[agent].type_count;
         type++) {
        if (constraint->type == type || constraint->type == SB_NOWHERE) {
            status = add_interim_payment(design, agent, type, type, true, error);
        }
    }
    if (status == SB_OK && constraint->kind == SB_CONSTRAINT_INCENTIVE) {
        status =
            add_interim_payment(design, agent, constraint->type, constraint->report, false, error);
    }
    return status;
}

/* Turn the collected terms into a row and remember which rule it is. upper NULL: unbounded. */
static sb_status finish_row(sb_design *design, const sb_constraint *constraint, const fmpq *lower,
                            const fmpq *upper, sb_error *error)
{
    if (!sb_grow(&design->constraints, &design->constraint_capacity, design->constraint_count + 1,
                 sizeof *design->constraints)) {
        return sb_out_of_memory(error);
    }
    sb_status status = add_interim_payments(design, constraint, error);
    if (status != SB_OK) {
        return status;
    }
    char *name = NULL;
    if (!design->nameless) {
        name = sb_design_row_name(design->environment, constraint, error);
        if (name == NULL) {
            return SB_ERROR_MEMORY;
        }
    }
    status = sb_lp_add_row(design->program, name, lower, upper, design->term_count, design->columns,
                           design->coefficients, NULL, error);
    free(name);
    design->term_count = 0;
    if (status == SB_OK) {
        design->constraints[design->constraint_count++] = *constraint;
    }
    return status;
}

static sb_constraint constraint_of(sb_constraint_kind kind, size_t agent, size_t type,
                                   size_t report, size_t others)
{
    return (sb_constraint){.kind = kind,
                           .profile = SB_NOWHERE,
                           .agent = agent,
                           .type = type,
                           .report = report,
                           .others = others};
}

static const fmpq *weight_of(const sb_environment *environment, size_t agent, size_t type,
                             size_t others)
{
    return environment->weights + sb_environment_profile_of(environment, agent, type, others);
}

static bool type_has_weight(const sb_environment *environment, size_t agent, size_t type)
{
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < count; others++) {
        if (!fmpq_is_zero(weight_of(environment, agent, type, others))) {
            return true;
        }
    }
    return false;
}

/* ---- incentive compatibility ---- */

/* Truth less lie for one others' profile, times factor. */
static sb_status add_truth_less_lie(sb_design *design, const sb_constraint *constraint,
                                    size_t others, const fmpq_t factor, sb_error *error)
{
    size_t truth =
        sb_environment_profile_of(design->environment, constraint->agent, constraint->type, others);
    size_t lie = sb_environment_profile_of(design->environment, constraint->agent,
                                           constraint->report, others);
    sb_status status =
        add_utility(design, constraint->agent, constraint->type, truth, factor, false, error);
    if (status == SB_OK) {
        status = add_utility(design, constraint->agent, constraint->type, lie, factor, true, error);
    }
    return status;
}

static sb_status add_incentive_row(void *context, const sb_constraint *constraint, sb_error *error)
{
    sb_design *design = context;
    size_t others_count = sb_environment_others_count(design->environment, constraint->agent);
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    if (constraint->others != SB_NOWHERE) {
        status = add_truth_less_lie(design, constraint, constraint->others, one, error);
    } else {
        for (size_t others = 0; status == SB_OK && others < others_count; others++) {
            status = add_truth_less_lie(
                design, constraint, others,
                weight_of(design->environment, constraint->agent, constraint->type, others), error);
        }
    }
    if (status == SB_OK) {
        status = finish_row(design, constraint, zero, NULL, error);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    return status;
}

sb_status sb_design_add_incentive_row(sb_design *design, const sb_constraint *constraint,
                                      sb_error *error)
{
    return add_incentive_row(design, constraint, error);
}

sb_status sb_design_visit_incentives(const sb_environment *environment, const sb_rules *rules,
                                     size_t agent, sb_constraint_visitor visit, void *context,
                                     sb_error *error)
{
    int choice = sb_rules_of(rules, SB_RULE_INCENTIVES, agent);
    size_t type_count = environment->agents[agent].type_count;
    size_t others_count = sb_environment_others_count(environment, agent);
    size_t rows_a_lie = choice == SB_IC_EX_POST ? others_count : choice == SB_IC_BAYES_NASH;
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < type_count; type++) {
        if (choice == SB_IC_BAYES_NASH && !type_has_weight(environment, agent, type)) {
            continue;
        }
        for (size_t k = 0; status == SB_OK && k < type_count * rows_a_lie; k++) {
            size_t report = k / rows_a_lie;
            size_t others = choice == SB_IC_EX_POST ? k % rows_a_lie : SB_NOWHERE;
            if (report != type && sb_environment_may_report(environment, agent, type, report)) {
                sb_constraint constraint =
                    constraint_of(SB_CONSTRAINT_INCENTIVE, agent, type, report, others);
                status = visit(context, &constraint, error);
            }
        }
    }
    return status;
}

static sb_status no_rows(sb_design *design, size_t agent, sb_error *error)
{
    (void)design;
    (void)agent;
    (void)error;
    return SB_OK;
}

/* ---- individual rationality ---- */

/* Collect the utility of one truthful type over all others, in weights, and its outside option. */
static sb_status add_interim_utility(sb_design *design, size_t agent, size_t type, fmpq_t outside,
                                     sb_error *error)
{
    const sb_environment *environment = design->environment;
    size_t others_count = sb_environment_others_count(environment, agent);
    sb_status status = SB_OK;
    for (size_t others = 0; status == SB_OK && others < others_count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        const fmpq *weight = environment->weights + profile;
        status = add_utility(design, agent, type, profile, weight, false, error);
        fmpq_addmul(outside, weight, environment->agents[agent].outside + type);
    }
    return status;
}

static sb_status ex_ante_rows(sb_design *design, size_t agent, sb_error *error)
{
    fmpq_t outside;
    fmpq_init(outside);
    sb_status status = SB_OK;
    size_t type_count = design->environment->agents[agent].type_count;
    for (size_t type = 0; status == SB_OK && type < type_count; type++) {
        status = add_interim_utility(design, agent, type, outside, error);
    }
    if (status == SB_OK) {
        sb_constraint constraint =
            constraint_of(SB_CONSTRAINT_PARTICIPATION, agent, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE);
        status = finish_row(design, &constraint, outside, NULL, error);
    }
    fmpq_clear(outside);
    return status;
}

static sb_status ex_interim_rows(sb_design *design, size_t agent, sb_error *error)
{
    fmpq_t outside;
    fmpq_init(outside);
    sb_status status = SB_OK;
    size_t type_count = design->environment->agents[agent].type_count;
    for (size_t type = 0; status == SB_OK && type < type_count; type++) {
        if (!type_has_weight(design->environment, agent, type)) {
            continue;
        }
        fmpq_zero(outside);
        status = add_interim_utility(design, agent, type, outside, error);
        if (status == SB_OK) {
            sb_constraint constraint =
                constraint_of(SB_CONSTRAINT_PARTICIPATION, agent, type, SB_NOWHERE, SB_NOWHERE);
            status = finish_row(design, &constraint, outside, NULL, error);
        }
    }
    fmpq_clear(outside);
    return status;
}

static sb_status ex_post_participation_rows(sb_design *design, size_t agent, sb_error *error)
{
    const sb_environment *environment = design->environment;
    size_t others_count = sb_environment_others_count(environment, agent);
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    size_t count = environment->agents[agent].type_count * others_count;
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        size_t type = k / others_count;
        sb_constraint constraint =
            constraint_of(SB_CONSTRAINT_PARTICIPATION, agent, type, SB_NOWHERE, k % others_count);
        size_t profile = sb_environment_profile_of(environment, agent, type, constraint.others);
        status = add_utility(design, agent, type, profile, one, false, error);
        if (status == SB_OK) {
            status = finish_row(design, &constraint, environment->agents[agent].outside + type,
                                NULL, error);
        }
    }
    fmpq_clear(one);
    return status;
}

static const rows_function participation_rows[] = {
    [SB_IR_EX_ANTE] = ex_ante_rows,
    [SB_IR_EX_INTERIM] = ex_interim_rows,
    [SB_IR_EX_POST] = ex_post_participation_rows,
    [SB_IR_NONE] = no_rows,
};

/* ---- budgets ---- */

sb_status sb_design_add_budget_rows(sb_design *design, sb_error *error)
{
    int payments = design->rules->choice[SB_RULE_PAYMENTS];
    if (payments != SB_PAYMENTS_NO_DEFICIT && payments != SB_PAYMENTS_BALANCED) {
        return SB_OK;
    }
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    for (size_t profile = 0; status == SB_OK && profile < design->profile_count; profile++) {
        for (size_t agent = 0; status == SB_OK && agent < design->agent_count; agent++) {
            status = add_term(design, sb_design_payment_column(design, profile, agent), one, one,
                              false, error);
        }
        if (status == SB_OK) {
            sb_constraint constraint =
                constraint_of(SB_CONSTRAINT_BUDGET, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE);
            constraint.profile = profile;
            status = finish_row(design, &constraint, zero,
                                payments == SB_PAYMENTS_BALANCED ? zero : NULL, error);
        }
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    return status;
}

/* ---- what design_program.c calls ---- */

sb_status sb_design_add_probability_rows(sb_design *design, sb_error *error)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    for (size_t profile = 0; status == SB_OK && profile < design->profile_count; profile++) {
        for (size_t o = 0; status == SB_OK && o < design->outcome_count; o++) {
            status = add_term(design, sb_design_allocation_column(design, profile, o), one, one,
                              false, error);
        }
        if (status == SB_OK) {
            sb_constraint constraint = constraint_of(SB_CONSTRAINT_PROBABILITY, SB_NOWHERE,
                                                     SB_NOWHERE, SB_NOWHERE, SB_NOWHERE);
            constraint.profile = profile;
            status = finish_row(design, &constraint, one, one, error);
        }
    }
    fmpq_clear(one);
    return status;
}

sb_status sb_design_add_incentive_rows(sb_design *design, size_t agent, sb_error *error)
{
    return sb_design_visit_incentives(design->environment, design->rules, agent, add_incentive_row,
                                      design, error);
}

sb_status sb_design_add_participation_rows(sb_design *design, size_t agent, sb_error *error)
{
    return participation_rows[sb_rules_of(design->rules, SB_RULE_PARTICIPATION, agent)](
        design, agent, error);
}
