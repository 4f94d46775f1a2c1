/* The numbers that revenue is compared with.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SIDEBET_SURPLUS_H
#define SIDEBET_SURPLUS_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

/* The largest welfare: sum over psi of pi(psi) max_o [sum_i u_i(theta_i, o) + u_0(o)]. */
void sb_largest_welfare(fmpq_t welfare, const sb_environment *environment);
/* The full surplus, what an all-knowing seller could extract: the largest welfare less what the
 * agents expect of their outside options, which they must be left with. */
void sb_full_surplus(fmpq_t surplus, const sb_environment *environment);
/* What an objective is to be compared with: the full surplus where it is revenue, else the largest
 * welfare. */
void sb_objective_limit(fmpq_t limit, const sb_environment *environment);
/* What that is called: "full surplus" or "largest welfare". */
const char *sb_objective_limit_noun(const sb_environment *environment);

/* An optimum under other rules or another prior, beside the main one. */
typedef struct sb_baseline {
    sb_lp_status status;
    sb_proof proof;
    fmpq objective; /* optimal only */
} sb_baseline;
void sb_baseline_init(sb_baseline *baseline);
void sb_baseline_clear(sb_baseline *baseline);

/* The optimum under ex-post IC and ex-post IR for every agent, whatever rules of its own it has;
 * objective, payments and what types may report as the environment says: what needs no knowledge of
 * the correlation. solver keeps what speeds up the next call of the
 * same baseline; NULL: cold. */
sb_status sb_baseline_ex_post(const sb_environment *environment, sb_design_solver *solver,
                              const sb_lp_options *options, sb_baseline *baseline, sb_error *error);
/* The optimum under the environment's rules at the product of the prior's marginals. */
sb_status sb_baseline_without_correlation(const sb_environment *environment,
                                          sb_design_solver *solver, const sb_lp_options *options,
                                          sb_baseline *baseline, sb_error *error);

SB_DECLARATIONS_END

#endif
