/* The price of robustness: the robust optimum as the box grows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nonincreasing in the radius; at 0 it is the Bayesian optimum, and from some radius on, where
 * every box holds every belief that matters, the ex-post one (objective `estimate`; what is certain
 * in the worst case may fall below it). A type of probability zero has no box, but ex-post rules
 * hold for it: where there is one, the curve may stay above the ex-post optimum. The robust optima
 * and both limits are under the same reporting sets and the agent's own rules.
 */
#ifndef SIDEBET_ROBUST_PRICE_H
#define SIDEBET_ROBUST_PRICE_H

#include "sidebet/declarations.h"
#include "sidebet/robust.h"
#include "sidebet/surplus.h"

SB_DECLARATIONS_BEGIN

/* What the robust optimum lies between. bayesian: no doubt, the environment's own rules; ex_post:
 * any belief, its interim rules at every signal instead. Rules of incentive compatibility or
 * individual rationality that are `none` stay so: with both interim, ex_post is the optimum under
 * ex-post IC and IR. Both initialised; options NULL: the default. */
sb_status sb_robust_limits(const sb_environment *environment, const sb_lp_options *options,
                           sb_baseline *bayesian, sb_baseline *ex_post, sb_error *error);

typedef struct sb_price_point {
    fmpq radius;
    sb_lp_status status;
    sb_proof proof;
    fmpq objective, worst_case, max_payment; /* optimal only */
    size_t rounds;
    double seconds;
    char reason[160]; /* failed, or why the proof is not exact */
} sb_price_point;

typedef struct sb_robust_price {
    sb_baseline bayesian, ex_post; /* the two limits */
    fmpq full_surplus;
    size_t count;
    sb_price_point *points; /* by radius, ascending */
} sb_robust_price;
void sb_robust_price_init(sb_robust_price *price);
void sb_robust_price_clear(sb_robust_price *price);

typedef struct sb_robust_price_options {
    sb_robust_options robust;
    /* Called after each point; false stops (SB_ERROR_CANCELLED, the points so far are kept). May be
     * NULL. */
    bool (*progress)(void *context, const sb_robust_price *so_far, size_t planned);
    void *context;
} sb_robust_price_options;
#define SB_ROBUST_PRICE_OPTIONS_DEFAULT                                                            \
    ((sb_robust_price_options){                                                                    \
        .robust = SB_ROBUST_OPTIONS_DEFAULT, .progress = NULL, .context = NULL})

#define SB_ROBUST_PRICE_MAX_POINTS 1000

/* Radii for a curve: 0, then `count` - 1 short rationals evenly spaced in the logarithm from 1e-4
 * to 1 (13 of them: 1, 2 and 5 of each decade), those beyond the first at which every box is the
 * whole simplex left out. Usage error unless 2 <= count <= SB_ROBUST_PRICE_MAX_POINTS, or where the
 * environment is not one of one agent and a signal. Freed with sb_rationals_free(*radii, *found).
 */
sb_status sb_robust_price_radii(const sb_environment *environment, size_t count, fmpq **radii,
                                size_t *found, sb_error *error);
/* Boxes of these radii, each at least 0, in any order; the constraints of the description, if it is
 * not NULL, are kept. options NULL: the default. */
sb_status sb_robust_price_run(const sb_environment *environment,
                              const sb_set_description *description, const fmpq *radii,
                              size_t count, const sb_robust_price_options *options,
                              sb_robust_price *price, sb_error *error);

SB_DECLARATIONS_END

#endif
