/* Consistent sets: the beliefs a robust mechanism must hold for.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One bidder and a signal. For each type theta a polytope of beliefs over the signal,
 *
 *     P_theta = { q : lower(theta, .) <= q <= upper(theta, .), sum q = 1, q >= 0, constraints },
 *
 * which holds the estimate pi^(. | theta). The smallest of a linear function over the box alone is
 * a fractional knapsack (sort the signals by coefficient and fill the cheap ones first); with
 * constraints it is a small linear program. Both are exact.
 *
 * A type of probability zero has no conditional, so no box around it: it has a set only where
 * tables say so, else none of its rows are asked for. Ex-post rules are asked of it all the same;
 * so where there is such a type, the robust optimum over every belief may exceed the ex-post one.
 */
#ifndef SIDEBET_CONSISTENT_SET_H
#define SIDEBET_CONSISTENT_SET_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"
#include "sidebet/linear_program.h"
#include "sidebet/set_description.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_consistent_set {
    size_t type_count, signal_count;
    bool *has_set;       /* one a type */
    bool *has_estimate;  /* one a type: positive probability */
    fmpq *estimate;      /* pi^(omega | theta) at [theta * signal_count + omega] */
    fmpq *marginal;      /* pi^(theta) */
    fmpq *lower, *upper; /* within [0, 1], shaped like estimate */
    size_t constraint_count;
    sb_belief_constraint *constraints; /* owned copies */
} sb_consistent_set;

void sb_consistent_set_init(sb_consistent_set *set);
void sb_consistent_set_clear(sb_consistent_set *set);
sb_status sb_consistent_set_copy(sb_consistent_set *to, const sb_consistent_set *from,
                                 sb_error *error);

/* Each fills an initialised set from an environment with one agent and a signal (usage error
 * otherwise, with the remedy), and checks it as sb_consistent_set_check does. */
/* lower = upper = estimate: the robust optimum is the Bayesian one. */
sb_status sb_consistent_set_point(sb_consistent_set *set, const sb_environment *environment,
                                  sb_error *error);
/* Every belief: the robust optimum is that under ex-post IC and IR, unless a type has probability
 * zero (see above). */
sb_status sb_consistent_set_simplex(sb_consistent_set *set, const sb_environment *environment,
                                    sb_error *error);
/* lower = max(0, estimate - radius), upper = min(1, estimate + radius); radius >= 0. */
sb_status sb_consistent_set_box(sb_consistent_set *set, const sb_environment *environment,
                                const fmpq_t radius, sb_error *error);
/* Tables of type_count * signal_count bounds, clipped to [0, 1]. */
sb_status sb_consistent_set_tables(sb_consistent_set *set, const sb_environment *environment,
                                   const fmpq *lower, const fmpq *upper, sb_error *error);
/* What a description says (SB_SET_NONE: the point), with its constraints. */
sb_status sb_consistent_set_described(sb_consistent_set *set, const sb_environment *environment,
                                      const sb_set_description *description, sb_error *error);
/* Add constraints to a set (intersection), and check again. */
sb_status sb_consistent_set_constrain(sb_consistent_set *set, const sb_environment *environment,
                                      size_t count, const sb_belief_constraint *constraints,
                                      sb_error *error);

/* Input error that says which type and why: the set is empty, or it does not hold the estimate (the
 * signal or the constraint that excludes it, with both numbers). */
sb_status sb_consistent_set_check(const sb_consistent_set *set, const sb_environment *environment,
                                  sb_error *error);
/* Whether a belief (signal_count numbers) lies in the set of a type. */
bool sb_consistent_set_contains(const sb_consistent_set *set, size_t type, const fmpq *belief);
/* Whether constraints apply to a type, so that its set is no mere box. */
bool sb_consistent_set_is_box(const sb_consistent_set *set, size_t type);

/* The separation oracle's question: a belief q in P_type that minimises sum_omega coefficients q,
 * and the minimum. A vertex of the polytope; ties go to the lower signal number. belief (may be
 * NULL) has signal_count numbers. The type must have a set. */
sb_status sb_consistent_set_worst(const sb_consistent_set *set, size_t type,
                                  const fmpq *coefficients, fmpq *belief, fmpq_t minimum,
                                  sb_error *error);

SB_DECLARATIONS_END

#endif
