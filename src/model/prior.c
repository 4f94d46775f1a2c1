/* The prior: probabilities out of the weights, and changes of the weights.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "model/environment_parts.h"

void sb_environment_probability(fmpq_t probability, const sb_environment *environment,
                                size_t profile)
{
    fmpq_div(probability, environment->weights + profile, &environment->weight_sum);
}

/* The weights of all profiles at which the player has this type. */
static void type_weight(fmpq_t weight, const sb_environment *environment, size_t player,
                        size_t type)
{
    fmpq_zero(weight);
    size_t count = sb_environment_others_count(environment, player);
    for (size_t others = 0; others < count; others++) {
        size_t profile = sb_environment_profile_of(environment, player, type, others);
        fmpq_add(weight, weight, environment->weights + profile);
    }
}

void sb_environment_marginal(fmpq_t probability, const sb_environment *environment, size_t player,
                             size_t type)
{
    fmpq_t weight;
    fmpq_init(weight);
    type_weight(weight, environment, player, type);
    fmpq_div(probability, weight, &environment->weight_sum);
    fmpq_clear(weight);
}

bool sb_environment_conditional(fmpq *conditional, const sb_environment *environment, size_t agent,
                                size_t type)
{
    fmpq_t weight;
    fmpq_init(weight);
    type_weight(weight, environment, agent, type);
    bool possible = !fmpq_is_zero(weight);
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        if (possible) {
            fmpq_div(conditional + others, environment->weights + profile, weight);
        } else {
            fmpq_zero(conditional + others);
        }
    }
    fmpq_clear(weight);
    return possible;
}

/* ---- changes ---- */

static sb_status refuse_negative(const sb_environment *environment, size_t profile, sb_error *error)
{
    char *label = sb_environment_profile_label(environment, profile);
    (void)sb_error_set(error, SB_ERROR_INPUT, "the weight of %s must not be negative",
                       label == NULL ? "a profile" : label);
    free(label);
    return SB_ERROR_INPUT;
}

static sb_status refuse_nothing_left(sb_error *error)
{
    (void)sb_error_set(error, SB_ERROR_INPUT,
                       "the weights must not all be zero: some profile must be possible");
    sb_error_set_hint(error, "make one of them positive");
    return SB_ERROR_INPUT;
}

sb_status sb_environment_set_weight(sb_environment *environment, size_t profile,
                                    const fmpq_t weight, sb_error *error)
{
    size_t count = sb_environment_profile_count(environment);
    if (profile >= count) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "there is no profile number %zu: they end at %zu", profile + 1, count);
    }
    if (fmpq_sgn(weight) < 0) {
        return refuse_negative(environment, profile, error);
    }
    fmpq_t sum;
    fmpq_init(sum);
    fmpq_sub(sum, &environment->weight_sum, environment->weights + profile);
    fmpq_add(sum, sum, weight);
    sb_status status = SB_OK;
    if (fmpq_is_zero(sum)) {
        status = refuse_nothing_left(error);
    } else {
        fmpq_set(environment->weights + profile, weight);
        fmpq_swap(&environment->weight_sum, sum);
        sb_prior_source_become_table(environment);
    }
    fmpq_clear(sum);
    return status;
}

sb_status sb_environment_set_weights(sb_environment *environment, const fmpq *weights,
                                     sb_error *error)
{
    size_t count = sb_environment_profile_count(environment);
    fmpq_t sum;
    fmpq_init(sum);
    sb_status status = SB_OK;
    for (size_t i = 0; i < count && status == SB_OK; i++) {
        if (fmpq_sgn(weights + i) < 0) {
            status = refuse_negative(environment, i, error);
        }
        fmpq_add(sum, sum, weights + i);
    }
    if (status == SB_OK && fmpq_is_zero(sum)) {
        status = refuse_nothing_left(error);
    }
    if (status == SB_OK) {
        for (size_t i = 0; i < count; i++) {
            fmpq_set(environment->weights + i, weights + i);
        }
        fmpq_swap(&environment->weight_sum, sum);
        sb_prior_source_become_table(environment);
    }
    fmpq_clear(sum);
    return status;
}

/* products[profile] = the product of the players' entries; marginals are the lists one after
 * another. */
static void multiply_out(fmpq *products, const sb_environment *environment, const fmpq *marginals)
{
    size_t count = sb_environment_profile_count(environment);
    size_t players = sb_environment_player_count(environment);
    for (size_t profile = 0; profile < count; profile++) {
        size_t types[SB_MAX_PLAYERS];
        sb_environment_profile_split(environment, profile, types);
        const fmpq *list = marginals;
        fmpq_set(products + profile, list + types[0]);
        for (size_t p = 1; p < players; p++) {
            list += sb_environment_player_size(environment, p - 1);
            fmpq_mul(products + profile, products + profile, list + types[p]);
        }
    }
}

static sb_status check_marginals(const sb_environment *environment, const fmpq *marginals,
                                 sb_error *error)
{
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        bool possible = false;
        size_t size = sb_environment_player_size(environment, p);
        for (size_t type = 0; type < size; type++) {
            if (fmpq_sgn(marginals + type) < 0) {
                return sb_error_set(error, SB_ERROR_INPUT,
                                    "the weight of %s's %s must not be negative",
                                    sb_environment_player_name(environment, p),
                                    sb_environment_label(environment, p, type));
            }
            possible = possible || fmpq_sgn(marginals + type) > 0;
        }
        if (!possible) {
            (void)sb_error_set(error, SB_ERROR_INPUT, "the weights of %s must not all be zero",
                               sb_environment_player_name(environment, p));
            sb_error_set_hint(error, "make the weight of one of its types positive");
            return SB_ERROR_INPUT;
        }
        marginals += size;
    }
    return SB_OK;
}

sb_status sb_environment_set_independent(sb_environment *environment, const fmpq *marginals,
                                         sb_error *error)
{
    sb_status status = check_marginals(environment, marginals, error);
    if (status != SB_OK) {
        return status;
    }
    size_t count = sb_environment_profile_count(environment);
    size_t length = sb_environment_marginal_count(environment);
    fmpq *weights = sb_rationals_new(count);
    fmpq *kept = sb_rationals_copy(marginals, length);
    if (weights == NULL || kept == NULL) {
        sb_rationals_free(weights, count);
        sb_rationals_free(kept, length);
        return sb_out_of_memory(error);
    }
    multiply_out(weights, environment, kept);
    sb_prior_source_become_table(environment);
    sb_rationals_free(environment->weights, count);
    environment->weights = weights;
    sb_rationals_sum(&environment->weight_sum, weights, count);
    environment->source.kind = SB_PRIOR_INDEPENDENT;
    environment->source.marginals = kept;
    return SB_OK;
}

sb_environment *sb_environment_without_correlation(const sb_environment *environment)
{
    sb_environment *copy = sb_environment_copy(environment);
    size_t length = sb_environment_marginal_count(environment);
    fmpq *marginals = sb_rationals_new(length);
    bool done = copy != NULL && marginals != NULL;
    if (done) {
        fmpq *entry = marginals;
        for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
            for (size_t t = 0; t < sb_environment_player_size(environment, p); t++) {
                sb_environment_marginal(entry++, environment, p, t);
            }
        }
        done = sb_environment_set_independent(copy, marginals, NULL) == SB_OK;
    }
    sb_rationals_free(marginals, length);
    if (!done) {
        sb_environment_free(copy);
        copy = NULL;
    }
    return copy;
}
