/* Among all optimal mechanisms, one whose payments are smallest.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An optimum has one value and many mechanisms; the payments at a vertex are an accident of the
 * simplex method. The smallest largest payment, min max |x_i(psi)| over the optimal face, is a fact
 * about the prior: near independence it grows without limit.
 */
#ifndef SIDEBET_SMALLEST_PAYMENTS_H
#define SIDEBET_SMALLEST_PAYMENTS_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_smallest_payments {
    sb_lp_status status; /* optimal; failed where the proof did not come to an end */
    sb_proof proof;      /* exact: the mechanism is optimal and no optimal one pays less at most */
    fmpq largest;        /* min over optimal mechanisms of max |x_i(psi)|; deterministic: over those
                            with the allocation of the solution */
    sb_mechanism *mechanism; /* one that attains it; NULL unless optimal */
    double seconds;
    char reason[160];
} sb_smallest_payments;

void sb_smallest_payments_init(sb_smallest_payments *smallest);
void sb_smallest_payments_clear(sb_smallest_payments *smallest);

/* The second-stage program: on the optimal face of `solution` (which must be optimal and exact, of
 * this environment; usage error otherwise; one that was searched need not be exact) minimise t
 * subject to -t <= x_i(psi) <= t. The face falls apart into blocks, often one a report; each pays
 * as little as it can, also where another block decides the largest. Of a deterministic mechanism,
 * which a search found, the allocation is kept: the smallest payments are those among mechanisms
 * with this allocation that are worth as much, and another optimal allocation may need less. solver
 * NULL: cold; one that is kept starts each block where the last one of its shape ended. Returns as
 * sb_design_solve. */
sb_status sb_smallest_payments_find(const sb_environment *environment, const sb_solution *solution,
                                    sb_lp_solver *solver, const sb_lp_options *options,
                                    sb_smallest_payments *smallest, sb_error *error);

SB_DECLARATIONS_END

#endif
