/* The price of robustness: the robust optimum as the box grows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nonincreasing in the radius; at 0 it is the Bayesian optimum, and from some radius on, where
 * every box holds every belief that matters, the ex-post one.
 */
#ifndef SIDEBET_ROBUST_PRICE_H
#define SIDEBET_ROBUST_PRICE_H

#include "sidebet/robust.h"
#include "sidebet/surplus.h"

typedef struct sb_price_point {
    fmpq radius;
    sb_lp_status status;
    sb_proof proof;
    fmpq objective, worst_case, max_payment; /* optimal only */
    size_t rounds;
    double seconds;
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

/* Radii for a curve: 0, then `count` - 1 short rationals evenly spaced in the logarithm from 1e-4
 * to 1, those beyond the first at which every box is the whole simplex left out. Freed with
 * sb_rationals_free(*radii, *found). */
sb_status sb_robust_price_radii(const sb_environment *environment, size_t count, fmpq **radii,
                                size_t *found, sb_error *error);
/* Boxes of these radii (in any order; constraints of the description, if not NULL, are kept). */
sb_status sb_robust_price_run(const sb_environment *environment,
                              const sb_set_description *description, const fmpq *radii,
                              size_t count, const sb_robust_price_options *options,
                              sb_robust_price *price, sb_error *error);

#endif
