/* A relaxation that grows by cuts and sheds those that have long been slack.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_RELAXATION_H
#define SB_ANALYSIS_ROBUST_RELAXATION_H

#include "analysis/robust_program.h"

typedef struct sb_robust_relaxation {
    sb_robust_program program;
    sb_lp_solver *solver;
    size_t first_cut; /* the first row that is a cut */
    sb_cut *cuts;     /* one a row from there, owned */
    size_t *idle;     /* for how many solutions running each had no multiplier */
    size_t count, cuts_capacity, idle_capacity;
} sb_robust_relaxation;

/* Columns and fixed rows. Clear it also after a failure. */
sb_status sb_robust_relaxation_init(sb_robust_relaxation *relaxation,
                                    const sb_environment *environment, const sb_consistent_set *set,
                                    sb_robust_objective objective, sb_error *error);
void sb_robust_relaxation_clear(sb_robust_relaxation *relaxation);
/* The rows of the estimate, which are no cuts and stay; before any cut. */
sb_status sb_robust_relaxation_begin(sb_robust_relaxation *relaxation, bool worths_alone,
                                     sb_error *error);
bool sb_robust_relaxation_has(const sb_robust_relaxation *relaxation, const sb_cut *cut);
/* A cut that is not there yet becomes a row; the cut is copied. */
sb_status sb_robust_relaxation_add(sb_robust_relaxation *relaxation, const sb_cut *cut,
                                   sb_error *error);
/* sb_lp_solve, but what is unproved and not an optimum is tried in rationals for a while and then
 * called failed. */
sb_status sb_robust_solve_program(const sb_lp *lp, sb_lp_solver *solver,
                                  const sb_lp_options *options, sb_lp_result *result,
                                  sb_error *error);
/* Solve; where the program is unbounded, exactly, since only so there is a ray. Counts idle rows.
 */
sb_status sb_robust_relaxation_solve(sb_robust_relaxation *relaxation, const sb_lp_options *options,
                                     sb_lp_result *result, sb_error *error);
/* Leave out the cuts that were idle in at least so many solutions running. */
sb_status sb_robust_relaxation_drop(sb_robust_relaxation *relaxation, size_t most_idle,
                                    size_t *dropped, sb_error *error);

#endif
