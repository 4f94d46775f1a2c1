/* What the two methods of robust design share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_SOLVE_H
#define SB_ANALYSIS_ROBUST_SOLVE_H

#include "analysis/robust_relaxation.h"

/* Every robust rule by its dual, at the end of the program. */
sb_status sb_robust_program_add_compact(sb_robust_program *program, sb_error *error);

/* Solve by cuts: rows are added to the program until the oracle is content. result is that of the
 * last relaxation; counts and times go into solution. */
sb_status sb_robust_cut(sb_robust_relaxation *relaxation, const sb_robust_options *options,
                        sb_robust_solution *solution, sb_lp_result *result, sb_error *error);

/* Add what a solve took. */
void sb_robust_solution_count(sb_robust_solution *solution, const sb_lp_result *result);

#endif
