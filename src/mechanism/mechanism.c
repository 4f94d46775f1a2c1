/* Direct mechanisms: storage, interim utilities, revenue and welfare.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums run over weights and are divided by the sum of weights once at the end. Everything is
 * rational, so revenue as the sum of payments loses nothing where payments are large and cancel.
 */
#include "sidebet/mechanism.h"

#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/interim_utilities.h"

static sb_mechanism *mechanism_of_shape(size_t agents, size_t outcomes, size_t profiles)
{
    sb_mechanism *mechanism = sb_allocate(1, sizeof *mechanism);
    if (mechanism == NULL) {
        return NULL;
    }
    mechanism->agent_count = agents;
    mechanism->outcome_count = outcomes;
    mechanism->profile_count = profiles;
    mechanism->allocation = sb_rationals_new(profiles * outcomes);
    mechanism->payments = sb_rationals_new(profiles * agents);
    if (mechanism->allocation == NULL || mechanism->payments == NULL) {
        sb_mechanism_free(mechanism);
        return NULL;
    }
    return mechanism;
}

sb_mechanism *sb_mechanism_new(const sb_environment *environment)
{
    return mechanism_of_shape(environment->agent_count, environment->outcome_count,
                              sb_environment_profile_count(environment));
}

sb_mechanism *sb_mechanism_copy(const sb_mechanism *mechanism)
{
    sb_mechanism *copy = mechanism_of_shape(mechanism->agent_count, mechanism->outcome_count,
                                            mechanism->profile_count);
    if (copy == NULL) {
        return NULL;
    }
    for (size_t k = 0; k < mechanism->profile_count * mechanism->outcome_count; k++) {
        fmpq_set(copy->allocation + k, mechanism->allocation + k);
    }
    for (size_t k = 0; k < mechanism->profile_count * mechanism->agent_count; k++) {
        fmpq_set(copy->payments + k, mechanism->payments + k);
    }
    return copy;
}

void sb_mechanism_free(sb_mechanism *mechanism)
{
    if (mechanism == NULL) {
        return;
    }
    sb_rationals_free(mechanism->allocation, mechanism->profile_count * mechanism->outcome_count);
    sb_rationals_free(mechanism->payments, mechanism->profile_count * mechanism->agent_count);
    free(mechanism);
}

void sb_mechanism_max_payment(fmpq_t largest, const sb_mechanism *mechanism)
{
    fmpq_t size;
    fmpq_init(size);
    fmpq_zero(largest);
    for (size_t k = 0; k < mechanism->profile_count * mechanism->agent_count; k++) {
        fmpq_abs(size, mechanism->payments + k);
        if (fmpq_cmp(size, largest) > 0) {
            fmpq_set(largest, size);
        }
    }
    fmpq_clear(size);
}

/* What `type` gets when the profile reached is `profile`. */
static void utility_at(fmpq_t utility, const sb_environment *environment,
                       const sb_mechanism *mechanism, size_t agent, size_t type, size_t profile)
{
    size_t outcomes = mechanism->outcome_count;
    sb_rationals_dot(utility, mechanism->allocation + profile * outcomes,
                     environment->agents[agent].utilities + type * outcomes, outcomes);
    fmpq_sub(utility, utility, mechanism->payments + profile * mechanism->agent_count + agent);
}

void sb_mechanism_utility(fmpq_t utility, const sb_environment *environment,
                          const sb_mechanism *mechanism, size_t agent, size_t type, size_t report,
                          size_t others)
{
    utility_at(utility, environment, mechanism, agent, type,
               sb_environment_profile_of(environment, agent, report, others));
}

void sb_mechanism_interim_utility(fmpq_t utility, const sb_environment *environment,
                                  const sb_mechanism *mechanism, size_t agent, size_t type,
                                  size_t report)
{
    fmpq_t sum, term;
    fmpq_init(sum);
    fmpq_init(term);
    size_t others_count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < others_count; others++) {
        const fmpq *weight =
            environment->weights + sb_environment_profile_of(environment, agent, type, others);
        if (!fmpq_is_zero(weight)) {
            sb_mechanism_utility(term, environment, mechanism, agent, type, report, others);
            fmpq_addmul(sum, weight, term);
        }
    }
    fmpq_div(utility, sum, &environment->weight_sum);
    fmpq_clear(sum);
    fmpq_clear(term);
}

void sb_mechanism_revenue(fmpq_t revenue, const sb_environment *environment,
                          const sb_mechanism *mechanism)
{
    fmpq_t sum, profit;
    fmpq_init(sum);
    fmpq_init(profit);
    size_t outcomes = mechanism->outcome_count;
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        if (fmpq_is_zero(environment->weights + profile)) {
            continue;
        }
        sb_rationals_dot(profit, mechanism->allocation + profile * outcomes, environment->designer,
                         outcomes);
        if (!fmpq_is_zero(profit)) {
            fmpq_addmul(sum, environment->weights + profile, profit);
        }
    }
    for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            sb_interim_payment(profit, environment, mechanism, agent, type);
            fmpq_add(sum, sum, profit);
        }
    }
    fmpq_div(revenue, sum, &environment->weight_sum);
    fmpq_clear(sum);
    fmpq_clear(profit);
}

void sb_mechanism_welfare(fmpq_t welfare, const sb_environment *environment,
                          const sb_mechanism *mechanism)
{
    fmpq_t sum, value, term;
    fmpq_init(sum);
    fmpq_init(value);
    fmpq_init(term);
    size_t outcomes = mechanism->outcome_count;
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        if (fmpq_is_zero(environment->weights + profile)) {
            continue;
        }
        const fmpq *allocation = mechanism->allocation + profile * outcomes;
        sb_rationals_dot(value, allocation, environment->designer, outcomes);
        for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
            size_t type = sb_environment_type_at(environment, profile, agent);
            sb_rationals_dot(term, allocation,
                             environment->agents[agent].utilities + type * outcomes, outcomes);
            fmpq_add(value, value, term);
        }
        fmpq_addmul(sum, environment->weights + profile, value);
    }
    fmpq_div(welfare, sum, &environment->weight_sum);
    fmpq_clear(sum);
    fmpq_clear(value);
    fmpq_clear(term);
}

void sb_mechanism_objective(fmpq_t objective, const sb_environment *environment,
                            const sb_mechanism *mechanism)
{
    fmpq_t revenue, welfare;
    fmpq_init(revenue);
    fmpq_init(welfare);
    sb_mechanism_revenue(revenue, environment, mechanism);
    sb_mechanism_welfare(welfare, environment, mechanism);
    sb_mechanism_objective_of(objective, environment, mechanism, revenue, welfare);
    fmpq_clear(revenue);
    fmpq_clear(welfare);
}

void sb_mechanism_objective_of(fmpq_t objective, const sb_environment *environment,
                               const sb_mechanism *mechanism, const fmpq_t revenue,
                               const fmpq_t welfare)
{
    /* Revenue is payments + own, welfare utilities + own: the two and the third give all parts. */
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &environment->rules);
    fmpq_t own, part, sum;
    fmpq_init(own);
    fmpq_init(part);
    fmpq_init(sum);
    size_t outcomes = mechanism->outcome_count;
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        sb_rationals_dot(part, mechanism->allocation + profile * outcomes, environment->designer,
                         outcomes);
        if (!fmpq_is_zero(part)) {
            fmpq_addmul(own, environment->weights + profile, part);
        }
    }
    fmpq_div(own, own, &environment->weight_sum);
    fmpq_mul(sum, own, &weights.designer);
    fmpq_sub(part, revenue, own);
    fmpq_addmul(sum, part, &weights.payments);
    fmpq_sub(part, welfare, own);
    fmpq_addmul(sum, part, &weights.agents);
    fmpq_set(objective, sum);
    fmpq_clear(own);
    fmpq_clear(part);
    fmpq_clear(sum);
    sb_objective_weights_clear(&weights);
}
