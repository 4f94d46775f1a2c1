/* How wrong may the belief be? The safe radius, and what more of it costs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a type the box of radius delta around its belief holds all q with sum 1, q >= 0 and
 * |q(psi_-i) - pi(psi_-i | theta_i)| <= delta. A row of Bayes-Nash IC or ex-interim IR, per type
 * (not multiplied by its probability), is q . c >= 0. Its radius is the largest delta at which the
 * minimum over the box is still >= 0, exact: a fractional knapsack whose value is convex and
 * piecewise linear in delta. The safe radius of a mechanism is the smallest over all rows. Ex-post
 * rules hold at every belief. Rows are those that the rules of each agent, its own where it has
 * some, ask for: a misreport that reporting sets rule out is none. The one row of ex-ante IR, no
 * single type's, is not looked at.
 *
 * An optimal mechanism has binding rows, so its radius is often 0. Asking for slack s >= 0 in every
 * such row costs revenue and buys radius.
 */
#ifndef SIDEBET_SAFE_RADIUS_H
#define SIDEBET_SAFE_RADIUS_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_safe_radius {
    bool unlimited; /* no belief at all breaks a row */
    fmpq radius;
    sb_constraint constraint; /* the first row to break */
    fmpq *belief; /* a belief at the edge of the radius, at which it holds with equality:
                     others_count numbers of the constraint's agent; NULL when
                     unlimited */
    size_t others_count;
} sb_safe_radius;
void sb_safe_radius_init(sb_safe_radius *radius);
void sb_safe_radius_clear(sb_safe_radius *radius);

/* Of a mechanism at the environment's prior, for its interim rules. Input error where the mechanism
 * breaks such a row already, usage error where it was made for another shape. */
sb_status sb_safe_radius_of(const sb_environment *environment, const sb_mechanism *mechanism,
                            sb_safe_radius *radius, sb_error *error);

/* The best mechanism that gives up slack s in every interim row (per type, not multiplied by its
 * probability), the smallest payments among those, and its radius. */
typedef struct sb_slack_point {
    fmpq slack;
    sb_lp_status status; /* infeasible where no mechanism has so much slack; the numbers below are
                            set where it is optimal */
    sb_proof proof;      /* the weakest of all; unless exact there is no mechanism and no radius */
    fmpq objective;      /* with the slack */
    fmpq cost;           /* the optimum without slack, less that */
    fmpq largest_payment;
    sb_mechanism *mechanism; /* NULL unless optimal and exact */
    sb_safe_radius radius;
} sb_slack_point;
void sb_slack_point_init(sb_slack_point *point);
void sb_slack_point_clear(sb_slack_point *point);
/* slack >= 0 (usage error else). options NULL: the default. */
sb_status sb_safe_radius_with_slack(const sb_environment *environment, const fmpq_t slack,
                                    const sb_lp_options *options, sb_slack_point *point,
                                    sb_error *error);

SB_DECLARATIONS_END

#endif
