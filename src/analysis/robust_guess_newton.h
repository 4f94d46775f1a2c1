/* The state of the interior point method and its Newton equations.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_GUESS_NEWTON_H
#define SB_ANALYSIS_ROBUST_GUESS_NEWTON_H

#include "analysis/robust_guess_parts.h"

/* One group's own variables, slacks and multipliers (they point into the pairs), and what is
 * derived from them each time. Names as in robust_guess_newton.c. */
typedef struct sb_guess_inner {
    double s, change_s;
    double *sigma, *lambda, *change_sigma, *change_lambda, *target_lambda; /* one number each */
    double *b, *eta, *change_b, *change_eta, *target_eta;                  /* one a signal */
    double *gamma, *zeta, *change_gamma, *change_zeta, *target_zeta;       /* likewise */
    double *excess, *omega, *rho, *belief;                                 /* E, omega, rho, a */
    double *difference_residual, *multiplier_residual, *shift;
    double row_residual, s_residual;
    double omega_sum, slope, tau; /* S; rest - sum rho */
    double kappa;
} sb_guess_inner;

typedef struct sb_guess_newton {
    const sb_guess_program *program;
    sb_guess_inner *inner; /* one a group */
    double *vectors;       /* of all inner */
    /* A pair is a slack and its multiplier; their product is to vanish. Where there is nothing (no
     * bound, no width) both are zero. */
    size_t pair_count;
    double *slack, *dual, *slack_change, *dual_change;
    double *target, *kept; /* what the product is to change by, to first order */
    double *z, *change;    /* the variables */
    double *gradient;      /* what the multipliers leave of the objective */
    double *rhs;
    double *matrix, *scratch, *block;
    size_t complementarities; /* pairs that are something */
    double mu, residual, objective;
} sb_guess_newton;

sb_status sb_guess_newton_init(sb_guess_newton *m, const sb_guess_program *program,
                               sb_error *error);
void sb_guess_newton_clear(sb_guess_newton *m);
/* How far from feasible and complementary the point is. */
void sb_guess_newton_residuals(sb_guess_newton *m);
/* The matrix at the point, factored. */
void sb_guess_newton_factor(sb_guess_newton *m);
/* The direction for the targets. */
void sb_guess_newton_direction(sb_guess_newton *m);

#endif
