/* Changing one probability: what the other cells do.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every mode but free moves the prior along a line: cell c becomes pi(c) + d * direction(c), where
 * d is the change of the chosen cell and direction is 1 there and sums to 0 over the table. What is
 * possible is the interval of d on which nothing is negative.
 */
#include "sidebet/prior_edit.h"

#include <stdlib.h>

#include "base/memory.h"

static const sb_mass_mode_description descriptions[SB_MASS_COUNT] = {
    [SB_MASS_FREE] = {"free", "free weights",
                      "The number is a weight, shown normalised; no other weight moves."},
    [SB_MASS_SCALE] = {"scale", "scale the rest",
                       "All other cells shrink or grow in proportion, so that the sum stays 1."},
    [SB_MASS_ROW] = {"row", "keep the row",
                     "The rest of the row gives way in proportion; the row's probability stays."},
    [SB_MASS_MARGINALS] = {"marginals", "keep both marginals",
                           "Every player's marginal stays; only the correlation moves."},
};

const sb_mass_mode_description *sb_mass_mode_describe(sb_mass_mode mode)
{
    return (unsigned)mode < SB_MASS_COUNT ? &descriptions[mode] : NULL;
}

void sb_prior_cell(fmpq_t number, const sb_environment *environment, size_t profile,
                   sb_mass_mode mode)
{
    if (mode == SB_MASS_FREE) {
        fmpq_set(number, &environment->weights[profile]);
    } else {
        sb_environment_probability(number, environment, profile);
    }
}

/* What is kept, for messages. */
static const char *kept_by(const sb_environment *environment, sb_mass_mode mode)
{
    if (mode == SB_MASS_MARGINALS) {
        return sb_environment_player_count(environment) == 2 ? "while both marginals are kept"
                                                             : "while all marginals are kept";
    }
    return mode == SB_MASS_ROW ? "while the row is kept" : "while the rest is scaled";
}

/* direction within the cells first..first + count - 1: the others in proportion to themselves.
 * False where the others have nothing to give or take. */
static bool proportional_direction(fmpq *direction, const fmpq *probabilities, size_t first,
                                   size_t count, size_t profile)
{
    fmpq_t others;
    fmpq_init(others);
    sb_rationals_sum(others, probabilities + first, count);
    fmpq_sub(others, others, &probabilities[profile]);
    bool possible = !fmpq_is_zero(others);
    for (size_t cell = first; possible && cell < first + count; cell++) {
        fmpq_div(&direction[cell], &probabilities[cell], others);
        fmpq_neg(&direction[cell], &direction[cell]);
    }
    fmpq_one(&direction[profile]);
    fmpq_clear(others);
    return possible;
}

/* factors[t] = e_p(t) for one player; false where the player's type has probability one, so that
 * the factor is 1 there and 0 elsewhere. */
static bool marginal_factors(fmpq *factors, const sb_environment *environment, size_t player,
                             size_t type)
{
    size_t size = sb_environment_player_size(environment, player);
    fmpq_t rest;
    fmpq_init(rest);
    sb_environment_marginal(rest, environment, player, type);
    fmpq_neg(rest, rest);
    fmpq_add_si(rest, rest, 1);
    bool moves = !fmpq_is_zero(rest);
    for (size_t other = 0; moves && other < size; other++) {
        sb_environment_marginal(&factors[other], environment, player, other);
        fmpq_div(&factors[other], &factors[other], rest);
        fmpq_neg(&factors[other], &factors[other]);
    }
    fmpq_one(&factors[type]);
    fmpq_clear(rest);
    return moves;
}

/* The product of the players' factors. It keeps a player's marginal where the factors of some other
 * player sum to 0, so at least two players must be able to move; *possible tells. */
static sb_status marginal_direction(fmpq *direction, const sb_environment *environment,
                                    size_t profile, bool *possible, sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t players = sb_environment_player_count(environment);
    size_t moving = 0;
    size_t block = profiles;
    for (size_t cell = 0; cell < profiles; cell++) {
        fmpq_one(&direction[cell]);
    }
    for (size_t player = 0; player < players; player++) {
        size_t size = sb_environment_player_size(environment, player);
        fmpq *factors = sb_rationals_new(size);
        if (factors == NULL) {
            return sb_out_of_memory(error);
        }
        size_t type = sb_environment_type_at(environment, profile, player);
        moving += marginal_factors(factors, environment, player, type);
        block /= size;
        for (size_t cell = 0; cell < profiles; cell++) {
            fmpq_mul(&direction[cell], &direction[cell], &factors[cell / block % size]);
        }
        sb_rationals_free(factors, size);
    }
    *possible = moving >= 2;
    return SB_OK;
}

/* The interval of the chosen cell's probability on which no cell is negative. */
static void possible_range(fmpq_t low, fmpq_t high, const fmpq *probabilities,
                           const fmpq *direction, size_t profiles, size_t profile)
{
    fmpq_t step;
    fmpq_init(step);
    bool bounded = false;
    fmpq_neg(low, &probabilities[profile]);
    for (size_t cell = 0; cell < profiles; cell++) {
        if (fmpq_is_zero(&direction[cell])) {
            continue;
        }
        fmpq_div(step, &probabilities[cell], &direction[cell]);
        fmpq_neg(step, step); /* the change at which this cell is zero */
        if (fmpq_sgn(&direction[cell]) > 0) {
            if (fmpq_cmp(step, low) > 0) {
                fmpq_set(low, step);
            }
        } else if (!bounded || fmpq_cmp(step, high) < 0) {
            fmpq_set(high, step);
            bounded = true;
        }
    }
    fmpq_add(low, low, &probabilities[profile]);
    fmpq_add(high, high, &probabilities[profile]);
    fmpq_clear(step);
}

static sb_status refuse(sb_error *error, const fmpq_t low, const fmpq_t high, const char *kept)
{
    bool low_exact = true;
    bool high_exact = true;
    char *low_text = sb_rational_display(low, 24, &low_exact);
    char *high_text = sb_rational_display(high, 24, &high_exact);
    sb_status status = SB_ERROR_INPUT;
    if (low_text == NULL || high_text == NULL) {
        status = sb_out_of_memory(error);
    } else if (fmpq_equal(low, high)) {
        sb_error_set(error, status, "the cell has to stay %s%s %s", low_exact ? "" : "about ",
                     low_text, kept);
    } else {
        sb_error_set(error, status, "the cell can be between %s%s and %s%s %s",
                     low_exact ? "" : "about ", low_text, high_exact ? "" : "about ", high_text,
                     kept);
    }
    free(low_text);
    free(high_text);
    return status;
}

/* Move the chosen cell to `number` along the direction, or refuse with the range. */
static sb_status move_along(sb_environment *environment, size_t profile, const fmpq_t number,
                            fmpq *probabilities, const fmpq *direction, bool possible,
                            sb_mass_mode mode, sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    fmpq_t low;
    fmpq_t high;
    fmpq_t change;
    fmpq_init(low);
    fmpq_init(high);
    fmpq_init(change);
    if (possible) {
        possible_range(low, high, probabilities, direction, profiles, profile);
    } else {
        fmpq_set(low, &probabilities[profile]);
        fmpq_set(high, low);
    }
    sb_status status = SB_OK;
    if (fmpq_cmp(number, low) < 0 || fmpq_cmp(number, high) > 0) {
        status = refuse(error, low, high, kept_by(environment, mode));
    } else {
        fmpq_sub(change, number, &probabilities[profile]);
        for (size_t cell = 0; cell < profiles && !fmpq_is_zero(change); cell++) {
            fmpq_addmul(&probabilities[cell], change, &direction[cell]);
        }
        status = sb_environment_set_weights(environment, probabilities, error);
    }
    fmpq_clear(low);
    fmpq_clear(high);
    fmpq_clear(change);
    return status;
}

sb_status sb_prior_set_cell(sb_environment *environment, size_t profile, const fmpq_t number,
                            sb_mass_mode mode, sb_error *error)
{
    if (mode == SB_MASS_FREE) {
        if (fmpq_sgn(number) < 0) {
            return sb_error_set(error, SB_ERROR_INPUT, "a weight can be 0 or more");
        }
        return sb_environment_set_weight(environment, profile, number, error);
    }
    size_t profiles = sb_environment_profile_count(environment);
    size_t last = sb_environment_player_count(environment) - 1;
    size_t row_size = sb_environment_player_size(environment, last);
    fmpq *probabilities = sb_rationals_new(profiles);
    fmpq *direction = sb_rationals_new(profiles);
    if (probabilities == NULL || direction == NULL) {
        sb_rationals_free(probabilities, profiles);
        sb_rationals_free(direction, profiles);
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; cell < profiles; cell++) {
        sb_environment_probability(&probabilities[cell], environment, cell);
    }
    sb_status status = SB_OK;
    bool possible = false;
    if (mode == SB_MASS_MARGINALS) {
        status = marginal_direction(direction, environment, profile, &possible, error);
    } else if (mode == SB_MASS_ROW) {
        possible = proportional_direction(direction, probabilities, profile / row_size * row_size,
                                          row_size, profile);
    } else {
        possible = proportional_direction(direction, probabilities, 0, profiles, profile);
    }
    if (status == SB_OK) {
        status = move_along(environment, profile, number, probabilities, direction, possible, mode,
                            error);
    }
    sb_rationals_free(probabilities, profiles);
    sb_rationals_free(direction, profiles);
    return status;
}
