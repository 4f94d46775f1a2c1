/* Rules to a linear program: its columns and objective.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns are the allocations of all profiles, then the payments of all profiles (if any). What a
 * choice of objective or of payments means is a line in a table. The objective is in probabilities.
 */
#include "mechanism/design_program.h"

#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rows.h"

/* ---- objective ---- */

void sb_design_outcome_value(fmpq_t value, const sb_environment *environment,
                             const sb_objective_weights *weights, size_t profile, size_t outcome)
{
    fmpq_zero(value);
    bool counted = !fmpq_is_zero(&weights->agents);
    for (size_t agent = 0; counted && agent < environment->agent_count; agent++) {
        size_t type = sb_environment_type_at(environment, profile, agent);
        fmpq_add(value, value,
                 environment->agents[agent].utilities + type * environment->outcome_count +
                     outcome);
    }
    fmpq_mul(value, value, &weights->agents);
    fmpq_addmul(value, &weights->designer, environment->designer + outcome);
}

/* ---- payments ---- */

typedef enum payment_range { PAYMENTS_ANY, PAYMENTS_WITHIN_BOUND, PAYMENTS_POSITIVE } payment_range;

typedef struct payment_columns {
    bool present;
    payment_range range;
} payment_columns;

static const payment_columns payments[] = {
    [SB_PAYMENTS_FREE] = {true, PAYMENTS_ANY},
    [SB_PAYMENTS_NONE] = {false, PAYMENTS_ANY},
    [SB_PAYMENTS_BOUNDED] = {true, PAYMENTS_WITHIN_BOUND},
    [SB_PAYMENTS_NO_SUBSIDIES] = {true, PAYMENTS_POSITIVE},
    [SB_PAYMENTS_NO_DEFICIT] = {true, PAYMENTS_ANY},
    [SB_PAYMENTS_BALANCED] = {true, PAYMENTS_ANY},
};

/* ---- columns ---- */

static sb_status add_named_column(sb_design *design, const char *kind, const char *what,
                                  size_t profile, const fmpq *lower, const fmpq *upper,
                                  const fmpq *cost, sb_error *error)
{
    char *name = NULL;
    if (!design->nameless) {
        name = sb_design_column_name(design->environment, kind, what, profile, error);
        if (name == NULL) {
            return SB_ERROR_MEMORY;
        }
    }
    sb_status status = sb_lp_add_column(design->program, name, lower, upper, cost, NULL, error);
    free(name);
    return status;
}

static sb_status add_allocation_columns(sb_design *design, sb_error *error)
{
    const sb_objective_weights *weights = &design->objective;
    fmpq_t zero, probability, cost;
    fmpq_init(zero);
    fmpq_init(probability);
    fmpq_init(cost);
    sb_status status = SB_OK;
    for (size_t profile = 0; status == SB_OK && profile < design->profile_count; profile++) {
        sb_environment_probability(probability, design->environment, profile);
        for (size_t o = 0; status == SB_OK && o < design->outcome_count; o++) {
            sb_design_outcome_value(cost, design->environment, weights, profile, o);
            fmpq_mul(cost, cost, probability);
            status = add_named_column(design, "p", design->environment->outcomes[o], profile, zero,
                                      NULL, cost, error);
        }
    }
    fmpq_clear(zero);
    fmpq_clear(probability);
    fmpq_clear(cost);
    return status;
}

/* Where the objective counts payments it counts y(r, r) over the sum of weights. */
static sb_status add_interim_columns(sb_design *design, sb_error *error)
{
    fmpq_t cost;
    fmpq_init(cost);
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < design->agent_count; agent++) {
        const sb_interim_agent *interim = &design->interim->agents[agent];
        size_t columns = interim->rank * interim->type_count;
        for (size_t column = 0; status == SB_OK && column < columns; column++) {
            size_t k = column / interim->type_count, report = column % interim->type_count;
            fmpq_div(cost, interim->combinations + report * interim->rank + k,
                     &design->environment->weight_sum);
            fmpq_mul(cost, cost, &design->objective.payments);
            status = sb_lp_add_column(design->program, NULL, NULL, NULL, cost, NULL, error);
        }
    }
    fmpq_clear(cost);
    return status;
}

static sb_status add_payment_columns(sb_design *design, sb_error *error)
{
    const payment_columns *choice = &payments[design->rules->choice[SB_RULE_PAYMENTS]];
    if (design->interim != NULL) {
        return add_interim_columns(design, error);
    }
    if (!choice->present) {
        return SB_OK;
    }
    bool bounded = choice->range == PAYMENTS_WITHIN_BOUND;
    const fmpq *upper = bounded ? &design->rules->payment_bound : NULL;
    fmpq_t lower, cost;
    fmpq_init(lower);
    fmpq_init(cost);
    if (bounded) {
        fmpq_neg(lower, &design->rules->payment_bound);
    }
    sb_status status = SB_OK;
    for (size_t profile = 0; status == SB_OK && profile < design->profile_count; profile++) {
        sb_environment_probability(cost, design->environment, profile);
        fmpq_mul(cost, cost, &design->objective.payments);
        for (size_t agent = 0; status == SB_OK && agent < design->agent_count; agent++) {
            status = add_named_column(
                design, "x", sb_environment_player_name(design->environment, agent), profile,
                choice->range == PAYMENTS_ANY ? NULL : lower, upper, cost, error);
        }
    }
    fmpq_clear(lower);
    fmpq_clear(cost);
    return status;
}

/* ---- the whole ---- */

static sb_status fill_program(sb_design *design, bool incentives, sb_error *error)
{
    sb_status status = add_allocation_columns(design, error);
    if (status == SB_OK) {
        status = add_payment_columns(design, error);
    }
    if (status == SB_OK) {
        status = sb_design_add_probability_rows(design, error);
    }
    for (size_t agent = 0; incentives && status == SB_OK && agent < design->agent_count; agent++) {
        status = sb_design_add_incentive_rows(design, agent, error);
    }
    for (size_t agent = 0; status == SB_OK && agent < design->agent_count; agent++) {
        status = sb_design_add_participation_rows(design, agent, error);
    }
    if (status == SB_OK) {
        status = sb_design_add_budget_rows(design, error);
    }
    return status;
}

typedef struct design_form {
    bool interim;    /* in interim payments */
    bool nameless;   /* to be solved, not to be read */
    bool incentives; /* with all incentive rows */
} design_form;

static sb_status new_design(const sb_environment *environment, const sb_rules *rules,
                            design_form form, sb_design **design, sb_error *error)
{
    *design = NULL;
    sb_design *made = sb_allocate(1, sizeof *made);
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    made->environment = environment;
    made->rules = rules;
    made->agent_count = environment->agent_count;
    made->outcome_count = environment->outcome_count;
    made->profile_count = sb_environment_profile_count(environment);
    made->nameless = form.nameless;
    made->has_payments = !form.interim && payments[rules->choice[SB_RULE_PAYMENTS]].present;
    made->program = sb_lp_new(SB_MAXIMISE);
    if (form.interim) {
        made->interim = sb_interim_new(environment, made->profile_count * made->outcome_count);
    }
    bool allocated = made->program != NULL && (!form.interim || made->interim != NULL);
    sb_objective_weights_init(&made->objective, rules);
    sb_status status =
        allocated ? fill_program(made, form.incentives, error) : sb_out_of_memory(error);
    if (status != SB_OK) {
        sb_design_free(made);
        return status;
    }
    if (form.incentives) {
        made->environment = NULL;
        made->rules = NULL;
    }
    *design = made;
    return SB_OK;
}

sb_status sb_design_new_plain(const sb_environment *environment, const sb_rules *rules,
                              double memory_limit, sb_design **design, sb_error *error)
{
    *design = NULL;
    sb_status status = sb_design_check_size(environment, rules, memory_limit, error);
    design_form form = {.incentives = true};
    return status != SB_OK ? status : new_design(environment, rules, form, design, error);
}

sb_status sb_design_new(const sb_environment *environment, sb_design **design, sb_error *error)
{
    return sb_design_new_plain(environment, &environment->rules, 0, design, error);
}

sb_status sb_design_new_to_solve(const sb_environment *environment, const sb_rules *rules,
                                 double memory_limit, bool incentives, sb_design **design,
                                 sb_error *error)
{
    *design = NULL;
    sb_status status = incentives
                           ? sb_design_check_size(environment, rules, memory_limit, error)
                           : sb_design_check_size_to_solve(environment, rules, memory_limit, error);
    design_form form = {.interim = sb_interim_applies(environment, rules),
                        .nameless = true,
                        .incentives = incentives};
    return status != SB_OK ? status : new_design(environment, rules, form, design, error);
}

void sb_design_free(sb_design *design)
{
    if (design == NULL) {
        return;
    }
    sb_lp_free(design->program);
    sb_interim_free(design->interim);
    sb_objective_weights_clear(&design->objective);
    free(design->constraints);
    free(design->columns);
    if (design->coefficients != NULL) {
        for (size_t k = 0; k < design->coefficient_capacity; k++) {
            fmpq_clear(design->coefficients + k);
        }
        free(design->coefficients);
    }
    free(design);
}

const sb_lp *sb_design_program(const sb_design *design)
{
    return design->program;
}

const sb_constraint *sb_design_constraint(const sb_design *design, size_t row)
{
    return &design->constraints[row];
}

size_t sb_design_allocation_column(const sb_design *design, size_t profile, size_t outcome)
{
    return profile * design->outcome_count + outcome;
}

size_t sb_design_payment_column(const sb_design *design, size_t profile, size_t agent)
{
    return design->has_payments ? design->profile_count * design->outcome_count +
                                      profile * design->agent_count + agent
                                : SB_NOWHERE;
}
