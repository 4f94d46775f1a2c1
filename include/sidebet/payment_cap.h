/* The payment-cap frontier: the optimum as a function of the bound B in |x| <= B.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Concave, nondecreasing and piecewise linear in B. Its breakpoints are found exactly: the duals of
 * the bounds at one B give a line that lies on or above the whole frontier and touches it at B. Two
 * such lines meet at a B where the program is solved again, until the meeting point lies on the
 * frontier; the widest gap is closed first. Agents' own rules and what types may report are those
 * of the environment at every B.
 */
#ifndef SIDEBET_PAYMENT_CAP_H
#define SIDEBET_PAYMENT_CAP_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_cap_point {
    fmpq bound;     /* B */
    fmpq objective; /* optimum under |x| <= B */
} sb_cap_point;

typedef struct sb_cap {
    bool feasible_at_zero;
    size_t count; /* the end points and every breakpoint between, by B, ascending; while incomplete
                     also points that were tried and may lie within a piece */
    sb_cap_point *points;
    bool complete;   /* all breakpoints are there: the last bound is the smallest largest payment of
                        the free optimum, which is the optimum beyond it too */
    sb_proof proof;  /* exact unless there are no points */
    size_t programs; /* solved */
} sb_cap;
void sb_cap_init(sb_cap *cap);
void sb_cap_clear(sb_cap *cap);

typedef struct sb_cap_options {
    size_t most_points; /* 0: no limit; met: the frontier is exact at the points given, and
                           SB_ERROR_LIMIT is returned with them */
    sb_lp_options lp;   /* exact is taken as true; a time limit that is met before a program is
                           proved ends the work as most_points does */
    /* Called after each new point; false stops (SB_ERROR_CANCELLED, the points so far are kept).
     * May be NULL. */
    bool (*progress)(void *context, const sb_cap *so_far);
    void *context;
} sb_cap_options;
#define SB_CAP_OPTIONS_DEFAULT ((sb_cap_options){.lp = {.exact = true}})

/* The whole frontier from B = 0 (or the smallest feasible B) to where it becomes flat. The
 * environment's own payments rule is ignored. Usage error where the free program is not optimal.
 * Raising options->lp.cancel returns SB_ERROR_CANCELLED, with the points so far kept. */
sb_status sb_cap_run(const sb_environment *environment, const sb_cap_options *options, sb_cap *cap,
                     sb_error *error);
/* Read the frontier at a bound (between points: linear, which is too low where more breakpoints are
 * to come). False below the first point, and beyond the last of an incomplete one. */
bool sb_cap_at(fmpq_t objective, const sb_cap *cap, const fmpq_t bound);

SB_DECLARATIONS_END

#endif
