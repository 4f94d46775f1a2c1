/* The payment-cap frontier: the optimum as a function of the bound B in |x| <= B.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Concave, nondecreasing and piecewise linear in B. Its breakpoints are found exactly: two
 * supporting lines (value and slope from the duals of the bounds) meet at a B where the program is
 * solved again, until the meeting point lies on the curve.
 */
#ifndef SIDEBET_PAYMENT_CAP_H
#define SIDEBET_PAYMENT_CAP_H

#include "sidebet/design.h"

typedef struct sb_cap_point {
    fmpq bound;     /* B */
    fmpq objective; /* optimum under |x| <= B */
} sb_cap_point;

typedef struct sb_cap {
    bool feasible_at_zero;
    size_t count; /* the end points and every breakpoint between, by B, ascending */
    sb_cap_point
        *points;   /* beyond the last the optimum is constant (payments free) where `complete` */
    bool complete; /* the last bound is the smallest largest payment of the free optimum */
    sb_proof proof;
    size_t programs; /* solved */
} sb_cap;
void sb_cap_init(sb_cap *cap);
void sb_cap_clear(sb_cap *cap);

typedef struct sb_cap_options {
    size_t most_points; /* 0: no limit; met: the frontier is exact at the points given, and
                           SB_ERROR_LIMIT is returned with them */
    sb_lp_options lp;
    bool (*progress)(void *context, const sb_cap *so_far); /* false stops; may be NULL */
    void *context;
} sb_cap_options;
#define SB_CAP_OPTIONS_DEFAULT ((sb_cap_options){.lp = {.exact = true}})

/* The whole frontier from B = 0 (or the smallest feasible B) to where it becomes flat. The
 * environment's own payments rule is ignored. Usage error where the free program is not optimal. */
sb_status sb_cap_run(const sb_environment *environment, const sb_cap_options *options, sb_cap *cap,
                     sb_error *error);
/* Read the frontier at a bound (between points: linear). False below the first point. */
bool sb_cap_at(fmpq_t objective, const sb_cap *cap, const fmpq_t bound);

#endif
