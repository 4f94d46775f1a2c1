/* In which direction the prior moves when one probability does.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/sensitivity_parts.h"

/* 1 at the profile; the other cells of first..first + count - 1 give way in proportion. */
static bool move_in_proportion(fmpq *direction, const sb_environment *environment, size_t first,
                               size_t count, size_t profile)
{
    fmpq_t rest;
    fmpq_init(rest);
    sb_rationals_sum(rest, environment->weights + first, count);
    fmpq_sub(rest, rest, environment->weights + profile);
    bool possible = !fmpq_is_zero(rest);
    for (size_t cell = first; possible && cell < first + count; cell++) {
        fmpq_div(direction + cell, environment->weights + cell, rest);
        fmpq_neg(direction + cell, direction + cell);
    }
    fmpq_one(direction + profile);
    fmpq_clear(rest);
    return possible;
}

/* The product over the players of 1 at the cell's type and -m(t) / (1 - m) at the others. It keeps
 * a player's marginal where some other player's factors sum to 0. */
static bool keep_marginals(fmpq *direction, const sb_environment *environment, size_t profile)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t moving = 0;
    fmpq_t rest;
    fmpq_t factor;
    fmpq_init(rest);
    fmpq_init(factor);
    for (size_t cell = 0; cell < profiles; cell++) {
        fmpq_one(direction + cell);
    }
    for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
        size_t type = sb_environment_type_at(environment, profile, player);
        sb_environment_marginal(rest, environment, player, type);
        fmpq_sub_si(rest, rest, 1);
        moving += !fmpq_is_zero(rest);
        for (size_t cell = 0; cell < profiles; cell++) {
            size_t other = sb_environment_type_at(environment, cell, player);
            if (other == type) {
                continue;
            }
            sb_environment_marginal(factor, environment, player, other);
            if (!fmpq_is_zero(rest)) {
                fmpq_div(factor, factor, rest);
            }
            fmpq_mul(direction + cell, direction + cell, factor);
        }
    }
    fmpq_clear(rest);
    fmpq_clear(factor);
    return moving >= 2;
}

bool sb_sensitivity_direction(fmpq *direction, const sb_environment *environment, size_t profile,
                              sb_mass_mode mode)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t players = sb_environment_player_count(environment);
    for (size_t cell = 0; cell < profiles; cell++) {
        fmpq_zero(direction + cell);
    }
    if (mode == SB_MASS_MARGINALS) {
        return keep_marginals(direction, environment, profile);
    }
    if (mode == SB_MASS_ROW) {
        size_t width = sb_environment_player_size(environment, players - 1);
        return move_in_proportion(direction, environment, profile / width * width, width, profile);
    }
    if (!move_in_proportion(direction, environment, 0, profiles, profile)) {
        return false;
    }
    if (mode == SB_MASS_FREE) {
        /* The same line, at 1 - pi of the speed. */
        fmpq_t speed;
        fmpq_init(speed);
        sb_environment_probability(speed, environment, profile);
        fmpq_sub_si(speed, speed, 1);
        fmpq_neg(speed, speed);
        for (size_t cell = 0; cell < profiles; cell++) {
            fmpq_mul(direction + cell, direction + cell, speed);
        }
        fmpq_clear(speed);
    }
    return true;
}
