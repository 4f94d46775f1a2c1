/* Linear programs in which some columns must be 0 or 1.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First GLPK's branch and bound (glp_intopt, started from the relaxation's basis) looks for good
 * solutions in double precision. Its best one is then taken as a mere proposal: with the binary
 * columns fixed at what it says, the rest is a linear program that is solved in rationals. From
 * there a branch and bound of our own, whose every node is solved and cut off in rationals, proves
 * that nothing is better, or finds it. Where its time is up the answer is "floating": a solution
 * that is exact in itself, with the bound that double precision gives.
 *
 * The best solution so far is kept when the work is cancelled.
 */
#ifndef SIDEBET_INTEGER_PROGRAM_H
#define SIDEBET_INTEGER_PROGRAM_H

#include "sidebet/cancel_flag.h"
#include "sidebet/declarations.h"
#include "sidebet/linear_program.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_integer_progress {
    bool proving; /* the search in rationals */
    bool has_solution;
    double objective; /* of the best solution so far */
    double bound;     /* no solution is better than this; an infinity before it is known */
    size_t nodes;     /* looked at by the searches so far */
    double seconds;
} sb_integer_progress;

typedef struct sb_integer_options {
    bool exact;          /* the search in rationals too */
    double time_limit;   /* seconds for each of the two searches; <= 0: none */
    double memory_limit; /* as in sb_lp_options, for design programs */
    const sb_cancel_flag *cancel;
    /* Called now and then from within the search; may be NULL. */
    void (*progress)(void *context, const sb_integer_progress *progress);
    void *context;
} sb_integer_options;
#define SB_INTEGER_OPTIONS_DEFAULT ((sb_integer_options){.exact = true})

typedef struct sb_integer_result {
    sb_lp_status status; /* failed: no solution was found in time, and none excluded */
    sb_proof proof;      /* exact: proved in rationals, the optimum or that there is none; floating:
                            the solution is exact, that nothing is better is GLPK's word or, where
                            the time was up, open */
    bool complete;       /* the search that the proof word speaks of came to its end */
    size_t column_count;
    fmpq
        *columns; /* optimal: the best solution found, exact; unbounded: a ray (exact); else NULL */
    fmpq objective;  /* of that solution, exact */
    double bound;    /* optimal: no solution is better than this (the objective where complete) */
    fmpq relaxation; /* the optimum without the binary conditions, where has_relaxation (exact) */
    bool has_relaxation;
    size_t floating_nodes, exact_nodes;
    double floating_seconds, exact_seconds;
    char reason[160]; /* not complete: why */
} sb_integer_result;
void sb_integer_result_init(sb_integer_result *result);
void sb_integer_result_clear(sb_integer_result *result);

/* binary holds one flag a column: it must be 0 or 1 (its bounds are within [0, 1]). options NULL:
 * the default. SB_OK whatever the answer; SB_ERROR_CANCELLED when the flag was raised (the result
 * then holds the best solution found, if any), SB_ERROR_MEMORY, SB_ERROR_INTERNAL. */
sb_status sb_integer_solve(const sb_lp *lp, const bool *binary, const sb_integer_options *options,
                           sb_integer_result *result, sb_error *error);

/* sb_lp_format_cplex with a section that names the binary columns. binary NULL: none. */
sb_status sb_integer_format_cplex(const sb_lp *lp, const bool *binary, char **text,
                                  sb_error *error);
/* The program in free MPS format, for other solvers: to be minimised, so that the objective of a
 * maximisation is negated (a comment says so); binary columns between markers of integers. Freed by
 * the caller. */
sb_status sb_integer_format_mps(const sb_lp *lp, const bool *binary, char **text, sb_error *error);

SB_DECLARATIONS_END

#endif
