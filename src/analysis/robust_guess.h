/* A quick guess at a robust optimum, in floating point, to be proved in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An interior point method on the robust program itself (every inner minimum by its dual, whose
 * variables are eliminated by hand), then a walk to a vertex at which the program is optimal. What
 * comes out is a list of cuts, as many as the vertex needs and independent, at vertices of the
 * consistent sets in exact numbers, and a basis: a linear program of these rows started from that
 * basis needs hardly a pivot, and its optimum is the robust one. Proof and oracle have the last
 * word; a wrong guess costs rounds, never a wrong answer: beliefs are exact and lie in the set, so
 * that every row is one of the robust program. How to use it:
 *
 *     sb_robust_guess_init(&guess);
 *     sb_robust_guess_find(&guess, environment, set, objective, cancel, error);
 *     if (guess.found) {
 *         add guess.cuts to the program, in order and nothing else, after its fixed rows;
 *         sb_robust_guess_start(&guess, program, solver, error);
 *         solve exactly (the floating rounds can be left out), ask the oracle, go on as usual;
 *     } else { begin with the rows of the estimate; guess.reason says why }
 *     sb_robust_guess_clear(&guess);
 *
 * Without the estimate's rows a relaxation that left the guess behind might be unbounded; the
 * rounds deal with that as they do at any beginning.
 */
#ifndef SB_ANALYSIS_ROBUST_GUESS_H
#define SB_ANALYSIS_ROBUST_GUESS_H

#include "analysis/robust_program.h"

/* Where a column stands in the basis. */
typedef enum sb_guess_stand {
    SB_GUESS_BASIC,
    SB_GUESS_AT_LEAST, /* at its lower bound */
    SB_GUESS_AT_MOST   /* at its upper bound */
} sb_guess_stand;

typedef struct sb_robust_guess {
    bool found;         /* the interior method converged and the vertex has a basis */
    const char *reason; /* why not; static */
    size_t type_count, signal_count;
    double *allocation; /* probability of the first outcome at [type * signal_count + signal] */
    double *payments;   /* likewise */
    double *worths;     /* worst case: what is expected of each type; else zeros */
    double objective;   /* as sb_robust_solution's */
    double violation;   /* the largest, of any robust row, in doubles */
    double smallest_multiplier; /* of the rows; below about -1e-9: pivots will follow */
    size_t cut_count;
    sb_cut *cuts;        /* `added` is true, `violation` 0 */
    double *multipliers; /* one a cut */
    sb_guess_stand *allocation_stand, *payment_stand, *worth_stand; /* the last: one a type */
    size_t post_count; /* rows of ex-post rules that bind: */
    size_t *post_rows; /* their number among the fixed rows of a sb_robust_program */
    size_t iterations, pushes;
    double seconds;
} sb_robust_guess;

void sb_robust_guess_init(sb_robust_guess *guess);
void sb_robust_guess_clear(sb_robust_guess *guess);
/* SB_OK whether found or not; SB_ERROR_CANCELLED or SB_ERROR_MEMORY otherwise. */
sb_status sb_robust_guess_find(sb_robust_guess *guess, const sb_environment *environment,
                               const sb_consistent_set *set, sb_robust_objective objective,
                               const atomic_bool *cancel, sb_error *error);
/* Start a solver of a program whose rows are its fixed rows and then the guess's cuts. */
sb_status sb_robust_guess_start(const sb_robust_guess *guess, const sb_robust_program *program,
                                sb_lp_solver *solver, sb_error *error);
/* The guess as the floating answer to such a program: columns, objective, largest violation; no
 * duals. */
sb_status sb_robust_guess_result(const sb_robust_guess *guess, const sb_robust_program *program,
                                 sb_lp_result *result, sb_error *error);

#endif
