/* Solving along a line of priors: what the files of the sweep share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_SWEEP_H
#define SB_ANALYSIS_SWEEP_H

#include "sidebet/sweep.h"

/* One set a direction: each keeps the last basis of each kind of program. */
typedef struct sb_sweep_solvers {
    sb_design_solver *main, *ex_post;
    sb_lp_solver *payments;
} sb_sweep_solvers;
sb_status sb_sweep_solvers_init(sb_sweep_solvers *solvers, sb_error *error);
void sb_sweep_solvers_clear(sb_sweep_solvers *solvers);

void sb_sweep_point_init(sb_sweep_point *point);
void sb_sweep_point_clear(sb_sweep_point *point);
/* All numbers of the point at its lambda. */
sb_status sb_sweep_point_solve(sb_sweep_point *point, const sb_environment *environment,
                               const fmpq_t lambda, const sb_sweep_options *options,
                               sb_sweep_solvers *solvers, sb_error *error);

#endif
