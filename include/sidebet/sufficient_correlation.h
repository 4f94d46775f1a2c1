/* Sufficient correlation: one mechanism that is nearly optimal for every prior nearby.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One bidder and a signal, a single item, a prior with full surplus extraction. Side bets z_theta
 * with z_theta . pi_theta = v(theta) and z_theta' . pi_theta >= v(theta) + gamma for theta' !=
 * theta, |z| <= M. Charging z - M delta keeps every incentive and participation rule for all
 * conditionals within delta of pi in the 1-norm when gamma >= 2 M delta, and earns at least
 * E[v] - 2 M delta there. So the guarantee k asks for delta <= k / (2 M) and delta <= gamma / (2
 * M); the largest ball is found by choosing M.
 *
 * That ball is a guarantee; the largest ball on which the mechanism at hand really keeps OPT - k is
 * larger: sb_keeps_optimum looks for it row by row, exactly.
 */
#ifndef SIDEBET_SUFFICIENT_CORRELATION_H
#define SIDEBET_SUFFICIENT_CORRELATION_H

#include "sidebet/design.h"

typedef struct sb_correlation_ball {
    bool found;   /* false: the prior has no full surplus extraction, or gamma is 0 for every M */
    fmpq loss;    /* k */
    fmpq radius;  /* delta, 1-norm */
    fmpq margin;  /* gamma */
    fmpq largest; /* M */
    fmpq guaranteed;         /* E[v] - 2 M delta */
    sb_mechanism *mechanism; /* serves every type and charges z - M delta; NULL unless found */
    sb_proof proof;
    char reason[160]; /* not found: why */
} sb_correlation_ball;
void sb_correlation_ball_init(sb_correlation_ball *ball);
void sb_correlation_ball_clear(sb_correlation_ball *ball);

/* loss k > 0 (usage error else). */
sb_status sb_correlation_ball_find(const sb_environment *environment, const fmpq_t loss,
                                   const sb_lp_options *options, sb_correlation_ball *ball,
                                   sb_error *error);

/* The largest delta such that the mechanism keeps its rules for all conditionals within delta of
 * the environment's in the 1-norm, and its worst revenue there is at least `least`. Exact: a row is
 * linear in the belief, so its minimum over the ball moves the heaviest delta/2 of mass from the
 * best to the worst signals. *limited false: every belief. */
sb_status sb_keeps_optimum(const sb_environment *environment, const sb_mechanism *mechanism,
                           const fmpq_t least, fmpq_t radius, bool *limited, sb_error *error);

#endif
