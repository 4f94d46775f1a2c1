/* The best guarantee over several priors that the bidder knows and the seller does not.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairs of type and prior are the types of one environment, whose prior mixes the given ones
 * evenly: pair (t, i) is number i * |Theta| + t. It may report any pair (r, j) whose type r may be
 * reported by t: nothing verifies what it says of the prior. Its design program has the rules of
 * all pairs; the objective is replaced by the smallest of the priors' own revenues.
 */
#include <stdlib.h>

#include "analysis/payment_cap_program.h"
#include "analysis/reporting.h"
#include "base/memory.h"
#include "sidebet/indistinguishable.h"

typedef struct guarantee_work {
    const sb_environment *const *environments;
    size_t count, type_count;
    sb_environment *pairs;
    sb_design *design;
    sb_error *error;
} guarantee_work;

/* ---- the environment of pairs ---- */

static sb_status name_pairs(const guarantee_work *work, char **labels)
{
    for (size_t pair = 0; pair < work->count * work->type_count; pair++) {
        labels[pair] =
            sb_format_text("%zu of %zu", pair % work->type_count + 1, pair / work->type_count + 1);
        if (labels[pair] == NULL) {
            return sb_out_of_memory(work->error);
        }
    }
    return SB_OK;
}

static sb_status new_pairs(guarantee_work *work)
{
    const sb_environment *first = work->environments[0];
    size_t pair_count = work->count * work->type_count;
    char **labels = sb_allocate(pair_count, sizeof(char *));
    if (labels == NULL) {
        sb_out_of_memory(work->error);
        return SB_ERROR_MEMORY;
    }
    sb_status status = name_pairs(work, labels);
    if (status == SB_OK) {
        sb_agent_description agent = {first->agents[0].name, pair_count,
                                      (const char *const *)labels};
        status = sb_environment_new_general(
            &agent, 1, (const char *const *)first->outcomes, first->outcome_count,
            first->signal_name, first->signal_count, (const char *const *)first->signals,
            &work->pairs, work->error);
    }
    for (size_t pair = 0; pair < pair_count; pair++) {
        free(labels[pair]);
    }
    free(labels);
    return status;
}

static void copy_utilities(const guarantee_work *work)
{
    const sb_environment *first = work->environments[0];
    size_t outcomes = first->outcome_count;
    sb_agent *agent = &work->pairs->agents[0];
    for (size_t pair = 0; pair < agent->type_count; pair++) {
        size_t type = pair % work->type_count;
        fmpq_set(agent->outside + pair, first->agents[0].outside + type);
        for (size_t o = 0; o < outcomes; o++) {
            fmpq_set(agent->utilities + pair * outcomes + o,
                     first->agents[0].utilities + type * outcomes + o);
        }
    }
    for (size_t o = 0; o < outcomes; o++) {
        fmpq_set(work->pairs->designer + o, first->designer + o);
    }
    sb_rules_copy(&work->pairs->rules, &first->rules);
}

/* A pair may report what its type may, with any prior. */
static sb_status copy_reports(const guarantee_work *work)
{
    const sb_environment *first = work->environments[0];
    size_t pair_count = work->count * work->type_count;
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < pair_count * pair_count; k++) {
        size_t pair = k / pair_count, report = k % pair_count;
        if (!sb_environment_may_report(first, 0, pair % work->type_count,
                                       report % work->type_count)) {
            status = sb_environment_set_report(work->pairs, 0, pair, report, false, work->error);
        }
    }
    return status;
}

/* Each prior's own probabilities, one after another. */
static sb_status mix_priors(const guarantee_work *work)
{
    size_t each = sb_environment_profile_count(work->environments[0]);
    fmpq *weights = sb_rationals_new(each * work->count);
    if (weights == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t i = 0; i < work->count; i++) {
        for (size_t profile = 0; profile < each; profile++) {
            sb_environment_probability(weights + i * each + profile, work->environments[i],
                                       profile);
        }
    }
    sb_status status = sb_environment_set_weights(work->pairs, weights, work->error);
    sb_rationals_free(weights, each * work->count);
    return status;
}

/* ---- the program ---- */

/* t <= the revenue of prior i; costs are those of the mixture, a count-th of the prior's own. */
static sb_status add_prior_row(const guarantee_work *work, sb_lp *program, size_t i, size_t t,
                               size_t *columns, fmpq *coefficients)
{
    size_t each = sb_environment_profile_count(work->environments[0]), count = 0;
    size_t outcomes = work->pairs->outcome_count;
    const sb_lp *costs = sb_design_program(work->design);
    for (size_t profile = i * each; profile < (i + 1) * each; profile++) {
        for (size_t o = 0; o < outcomes; o++) {
            columns[count++] = sb_design_allocation_column(work->design, profile, o);
        }
        size_t payment = sb_design_payment_column(work->design, profile, 0);
        if (payment != SB_NOWHERE) {
            columns[count++] = payment;
        }
    }
    for (size_t k = 0; k < count; k++) {
        const fmpq *cost = sb_lp_column(costs, columns[k]).cost;
        fmpq_zero(coefficients + k);
        if (cost != NULL) {
            fmpq_mul_ui(coefficients + k, cost, work->count);
        }
    }
    columns[count] = t;
    fmpq_set_si(coefficients + count, -1, 1);
    fmpq_t zero;
    fmpq_init(zero);
    sb_status status = sb_lp_add_row(program, NULL, zero, NULL, count + 1, columns, coefficients,
                                     NULL, work->error);
    fmpq_clear(zero);
    return status;
}

static sb_status add_prior_rows(const guarantee_work *work, sb_lp *program, size_t t)
{
    size_t room =
        sb_environment_profile_count(work->environments[0]) * (work->pairs->outcome_count + 1) + 1;
    size_t *columns = sb_allocate(room, sizeof *columns);
    fmpq *coefficients = sb_rationals_new(room);
    sb_status status =
        columns == NULL || coefficients == NULL ? sb_out_of_memory(work->error) : SB_OK;
    for (size_t i = 0; status == SB_OK && i < work->count; i++) {
        status = add_prior_row(work, program, i, t, columns, coefficients);
    }
    free(columns);
    sb_rationals_free(coefficients, room);
    return status;
}

static sb_status build_program(const guarantee_work *work, sb_lp **program)
{
    sb_status status =
        sb_program_copy(program, sb_design_program(work->design), NULL, NULL, work->error);
    if (status != SB_OK) {
        return status;
    }
    fmpq_t number;
    fmpq_init(number);
    for (size_t column = 0; column < sb_lp_column_count(*program); column++) {
        sb_lp_set_cost(*program, column, number);
    }
    size_t t = 0;
    fmpq_one(number);
    status = sb_lp_add_column(*program, NULL, NULL, NULL, number, &t, work->error);
    fmpq_clear(number);
    return status == SB_OK ? add_prior_rows(work, *program, t) : status;
}

static sb_status solve(const guarantee_work *work, const sb_lp_options *options,
                       sb_lp_status *answer, sb_proof *proof, fmpq_t guarantee)
{
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = build_program(work, &program);
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, options, &result, work->error);
    }
    if (status == SB_OK) {
        *answer = result.status;
        *proof = result.proof;
        fmpq_set(guarantee, &result.objective);
    }
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    return status;
}

sb_status sb_guarantee_find(const sb_environment *const *environments, size_t count,
                            const sb_lp_options *options, sb_lp_status *status, sb_proof *proof,
                            fmpq_t guarantee, sb_error *error)
{
    guarantee_work work = {.environments = environments, .count = count, .error = error};
    *status = SB_LP_FAILED;
    *proof = SB_PROOF_NONE;
    if (count == 0 || environments[0]->agent_count != 1 || !environments[0]->has_signal) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "a guarantee over priors is for one agent and a signal");
    }
    work.type_count = environments[0]->agents[0].type_count;
    sb_status outcome = sb_want_nested_reports(environments[0], "a guarantee over priors", error);
    if (outcome == SB_OK) {
        outcome = new_pairs(&work);
    }
    if (outcome == SB_OK) {
        copy_utilities(&work);
        outcome = copy_reports(&work);
    }
    if (outcome == SB_OK) {
        outcome = mix_priors(&work);
    }
    if (outcome == SB_OK) {
        outcome = sb_design_new(work.pairs, &work.design, error);
    }
    if (outcome == SB_OK) {
        outcome = solve(&work, options, status, proof, guarantee);
    }
    sb_design_free(work.design);
    sb_environment_free(work.pairs);
    return outcome;
}
