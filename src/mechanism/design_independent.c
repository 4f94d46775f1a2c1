/* The known optimum of independent types: outcomes, side bets, the objective.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_independent.h"

#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_independent_side_bets.h"
#include "mechanism/design_interim.h"

struct sb_independent {
    size_t agent_count, outcome_count, profile_count; /* no agents: nothing is kept */
    sb_side_bets *agents;
    fmpq *designer;
    fmpq weights[3];  /* of the objective: payments, agents, designer */
    size_t *outcomes; /* the best, per profile */
    fmpq *gains;      /* by it */
    bool chosen;      /* the outcomes are made */
};

sb_independent *sb_independent_new(void)
{
    return sb_allocate(1, sizeof(sb_independent));
}

static void forget(sb_independent *memory)
{
    if (memory->agent_count == 0) {
        return;
    }
    for (size_t agent = 0; memory->agents != NULL && agent < memory->agent_count; agent++) {
        sb_side_bets_clear(&memory->agents[agent]);
    }
    free(memory->agents);
    sb_rationals_free(memory->designer, memory->outcome_count);
    free(memory->outcomes);
    sb_rationals_free(memory->gains, memory->profile_count);
    for (size_t part = 0; part < 3; part++) {
        fmpq_clear(memory->weights + part);
    }
    *memory = (sb_independent){0};
}

void sb_independent_free(sb_independent *memory)
{
    if (memory != NULL) {
        forget(memory);
        free(memory);
    }
}

bool sb_independent_applies(const sb_environment *environment, const sb_rules *rules)
{
    if (!sb_interim_applies(environment, rules)) {
        return false;
    }
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (sb_rules_of(rules, SB_RULE_PARTICIPATION, agent) != SB_IR_EX_INTERIM ||
            environment->agents[agent].type_count >
                sb_environment_others_count(environment, agent)) {
            return false;
        }
    }
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, rules);
    bool applies = fmpq_sgn(&weights.payments) >= 0;
    sb_objective_weights_clear(&weights);
    return applies;
}

/* ---- what is kept ---- */

static bool has_shape(const sb_independent *memory, const sb_environment *environment)
{
    bool same = memory->agent_count == environment->agent_count &&
                memory->outcome_count == environment->outcome_count &&
                memory->profile_count == sb_environment_profile_count(environment);
    for (size_t agent = 0; same && agent < environment->agent_count; agent++) {
        same = memory->agents[agent].types == environment->agents[agent].type_count;
    }
    return same;
}

static sb_status take_shape(sb_independent *memory, const sb_environment *environment,
                            sb_error *error)
{
    if (has_shape(memory, environment)) {
        return SB_OK;
    }
    forget(memory);
    memory->agent_count = environment->agent_count;
    memory->outcome_count = environment->outcome_count;
    memory->profile_count = sb_environment_profile_count(environment);
    for (size_t part = 0; part < 3; part++) {
        fmpq_init(memory->weights + part);
    }
    memory->agents = sb_allocate(memory->agent_count, sizeof *memory->agents);
    memory->designer = sb_rationals_new(memory->outcome_count);
    memory->outcomes = sb_allocate(memory->profile_count, sizeof *memory->outcomes);
    memory->gains = sb_rationals_new(memory->profile_count);
    bool made = memory->agents != NULL && memory->designer != NULL && memory->outcomes != NULL &&
                memory->gains != NULL;
    sb_status status = made ? SB_OK : sb_out_of_memory(error);
    for (size_t agent = 0; status == SB_OK && agent < memory->agent_count; agent++) {
        status = sb_side_bets_init(&memory->agents[agent], environment, agent, error);
    }
    if (status != SB_OK) {
        forget(memory);
    }
    return status;
}

/* ---- outcomes ---- */

/* Where something other than the weights has changed no side bets are settled. */
static void take_values(sb_independent *memory, const sb_environment *environment,
                        const sb_rules *rules)
{
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, rules);
    const fmpq *parts[3] = {&weights.payments, &weights.agents, &weights.designer};
    bool anew = !memory->chosen;
    for (size_t part = 0; part < 3; part++) {
        anew |= sb_side_bets_take(memory->weights + part, parts[part]);
    }
    for (size_t o = 0; o < memory->outcome_count; o++) {
        anew |= sb_side_bets_take(memory->designer + o, environment->designer + o);
    }
    for (size_t agent = 0; agent < memory->agent_count; agent++) {
        int incentives = sb_rules_of(rules, SB_RULE_INCENTIVES, agent);
        anew |= sb_side_bets_take_values(&memory->agents[agent], environment, incentives);
    }
    if (anew) {
        for (size_t profile = 0; profile < memory->profile_count; profile++) {
            memory->outcomes[profile] =
                sb_interim_best_outcome(environment, &weights, profile, memory->gains + profile);
        }
        for (size_t agent = 0; agent < memory->agent_count; agent++) {
            memory->agents[agent].settled = false;
        }
    }
    memory->chosen = true;
    sb_objective_weights_clear(&weights);
}

/* What all gain, less what the agents would have outside where payments count. */
static void find_objective(fmpq_t objective, const sb_independent *memory,
                           const sb_environment *environment)
{
    fmpq_t outside, probability;
    fmpq_init(outside);
    fmpq_init(probability);
    for (size_t agent = 0; agent < memory->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            const fmpq *own = environment->agents[agent].outside + type;
            if (!fmpq_is_zero(own)) {
                sb_environment_marginal(probability, environment, agent, type);
                fmpq_addmul(outside, probability, own);
            }
        }
    }
    sb_rationals_dot(objective, environment->weights, memory->gains, memory->profile_count);
    fmpq_div(objective, objective, &environment->weight_sum);
    fmpq_submul(objective, outside, memory->weights);
    fmpq_clear(outside);
    fmpq_clear(probability);
}

/* ---- the answer ---- */

/* surely: also where the systems would tell dependent types later. */
static bool take_weights(sb_independent *memory, const sb_environment *environment, bool surely)
{
    bool independent = true;
    for (size_t agent = 0; independent && agent < memory->agent_count; agent++) {
        independent = sb_side_bets_take_weights(&memory->agents[agent], environment, surely);
    }
    return independent;
}

sb_status sb_independent_value(const sb_environment *environment, const sb_rules *rules,
                               sb_independent *memory, bool *known, fmpq_t objective,
                               sb_error *error)
{
    *known = false;
    sb_status status = take_shape(memory, environment, error);
    if (status == SB_OK && take_weights(memory, environment, true)) {
        take_values(memory, environment, rules);
        find_objective(objective, memory, environment);
        *known = true;
    }
    return status;
}

static sb_status fill_mechanism(const sb_independent *memory, const sb_environment *environment,
                                sb_mechanism **filled, sb_error *error)
{
    sb_mechanism *mechanism = *filled = sb_mechanism_new(environment);
    if (mechanism == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t profile = 0; profile < memory->profile_count; profile++) {
        fmpq_one(mechanism->allocation + profile * memory->outcome_count +
                 memory->outcomes[profile]);
    }
    for (size_t agent = 0; agent < memory->agent_count; agent++) {
        sb_side_bets_pay(&memory->agents[agent], mechanism);
    }
    return SB_OK;
}

sb_status sb_independent_solve(const sb_environment *environment, const sb_rules *rules,
                               sb_independent *memory, sb_mechanism **mechanism, fmpq_t objective,
                               sb_error *error)
{
    *mechanism = NULL;
    sb_status status = take_shape(memory, environment, error);
    if (status != SB_OK || !take_weights(memory, environment, false)) {
        return status;
    }
    bool solved = true;
    take_values(memory, environment, rules);
    for (size_t agent = 0; status == SB_OK && solved && agent < memory->agent_count; agent++) {
        status = sb_side_bets_solve(&memory->agents[agent], environment, memory->outcomes, &solved,
                                    error);
    }
    if (status != SB_OK || !solved) {
        return status;
    }
    find_objective(objective, memory, environment);
    return fill_mechanism(memory, environment, mechanism, error);
}

const fmpq *sb_independent_gain(const sb_independent *memory, size_t profile)
{
    return memory->gains + profile;
}

const fmpq *sb_independent_payment_weight(const sb_independent *memory)
{
    return memory->weights;
}
