/* The exact simplex method: from any basis to a proof.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_EXACT_SIMPLEX_H
#define SB_LP_EXACT_SIMPLEX_H

#include "lp/simplex_state.h"

/* Everything is in the scaled integers' units and sense (minimise). */
typedef struct sb_exact_outcome {
    sb_lp_status status; /* never SB_LP_FAILED */
    fmpq *values;        /* one a variable: the optimum, or the ray when unbounded */
    fmpq *point;       /* unbounded: the solution the ray starts from, one a variable; else NULL */
    fmpq *multipliers; /* one a row: duals, or Farkas multipliers when infeasible */
    size_t pivots;
} sb_exact_outcome;

/* statuses: the basis to start from, and the last basis on return (of any status). On failure the
 * outcome holds nothing but the number of pivots. */
sb_status sb_exact_simplex(const sb_lp_integers *program, sb_variable_status *statuses,
                           const sb_patience *patience, sb_exact_outcome *outcome, sb_error *error);
void sb_exact_outcome_clear(sb_exact_outcome *outcome, const sb_lp_integers *program);

/* The two methods, each from a state it can start in: the primal one from any, the dual one from a
 * dual feasible basis. *status is the answer; then y holds the duals or Farkas multipliers, alpha
 * the column of the *entering variable along which the cost falls forever (*sense: up or down). */
typedef struct sb_simplex_end {
    sb_lp_status status;
    size_t entering;
    int sense;
} sb_simplex_end;
sb_status sb_exact_primal(sb_simplex *simplex, sb_simplex_end *end, sb_error *error);
sb_status sb_exact_dual(sb_simplex *simplex, sb_simplex_end *end, sb_error *error);

#endif
