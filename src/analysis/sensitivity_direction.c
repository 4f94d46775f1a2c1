/* Which way the prior moves when one cell does.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sensitivity.h"

#include "base/memory.h"

/* Cells that give way in proportion to their probability: all others, or those of the same row. */
static bool proportional(fmpq *direction, const sb_environment *environment, size_t profile,
                         bool within_row)
{
    size_t count = sb_environment_profile_count(environment);
    size_t last = sb_environment_player_count(environment) - 1;
    size_t row = within_row ? sb_environment_player_size(environment, last) : count;
    size_t start = profile / row * row;
    fmpq_t rest;
    fmpq_t probability;
    fmpq_init(rest);
    fmpq_init(probability);
    for (size_t cell = start; cell < start + row; cell++) {
        if (cell != profile) {
            sb_environment_probability(probability, environment, cell);
            fmpq_add(rest, rest, probability);
        }
    }
    bool moves = !fmpq_is_zero(rest);
    for (size_t cell = start; moves && cell < start + row; cell++) {
        sb_environment_probability(probability, environment, cell);
        fmpq_div(&direction[cell], probability, rest);
        fmpq_neg(&direction[cell], &direction[cell]);
    }
    if (moves) {
        fmpq_one(&direction[profile]);
    }
    fmpq_clear(rest);
    fmpq_clear(probability);
    return moves;
}

/* The product over players of 1 at the cell's type and -m(t) / (1 - m(type)) at the others. */
static bool keeping_marginals(fmpq *direction, const sb_environment *environment, size_t profile)
{
    size_t players = sb_environment_player_count(environment);
    size_t count = sb_environment_profile_count(environment);
    bool moves = players >= 2;
    fmpq_t here;
    fmpq_t factor;
    fmpq_init(here);
    fmpq_init(factor);
    for (size_t cell = 0; cell < count; cell++) {
        fmpq_one(&direction[cell]);
    }
    for (size_t player = 0; player < players && moves; player++) {
        size_t type = sb_environment_type_at(environment, profile, player);
        sb_environment_marginal(here, environment, player, type);
        moves = !fmpq_is_one(here) && sb_environment_player_size(environment, player) > 1;
        fmpq_sub_si(here, here, 1); /* -(1 - m) */
        for (size_t cell = 0; cell < count && moves; cell++) {
            size_t other = sb_environment_type_at(environment, cell, player);
            if (other != type) {
                sb_environment_marginal(factor, environment, player, other);
                fmpq_div(factor, factor, here);
                fmpq_mul(&direction[cell], &direction[cell], factor);
            }
        }
    }
    fmpq_clear(here);
    fmpq_clear(factor);
    return moves;
}

/* Per unit of weight over the sum: what `scale` does, times 1 - pi. */
static bool free_weight(fmpq *direction, const sb_environment *environment, size_t profile)
{
    if (!proportional(direction, environment, profile, false)) {
        return false;
    }
    fmpq_t rest;
    fmpq_init(rest);
    sb_environment_probability(rest, environment, profile);
    fmpq_sub_si(rest, rest, 1);
    fmpq_neg(rest, rest);
    for (size_t cell = 0; cell < sb_environment_profile_count(environment); cell++) {
        fmpq_mul(&direction[cell], &direction[cell], rest);
    }
    fmpq_clear(rest);
    return true;
}

bool sb_sensitivity_direction(fmpq *direction, const sb_environment *environment, size_t profile,
                              sb_mass_mode mode)
{
    size_t count = sb_environment_profile_count(environment);
    for (size_t cell = 0; cell < count; cell++) {
        fmpq_zero(&direction[cell]);
    }
    switch (mode) {
    case SB_MASS_FREE:
        return free_weight(direction, environment, profile);
    case SB_MASS_SCALE:
        return proportional(direction, environment, profile, false);
    case SB_MASS_ROW:
        return proportional(direction, environment, profile, true);
    case SB_MASS_MARGINALS:
        return keeping_marginals(direction, environment, profile);
    case SB_MASS_COUNT:
        break;
    }
    return false;
}
