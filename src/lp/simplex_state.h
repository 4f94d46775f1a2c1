/* What the exact primal and the exact dual simplex methods share: a basic solution in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Minimise cost . z over [A -I] z = 0 within bounds. Nonbasic variables are at a bound (at 0 where
 * there is none), basic ones follow exactly; every value is kept up to date.
 */
#ifndef SB_LP_SIMPLEX_STATE_H
#define SB_LP_SIMPLEX_STATE_H

#include "lp/exact_basis.h"
#include "lp/variable_status.h"

/* Pivots in a row that move nothing before Bland's rule takes over, which cannot cycle. */
#define SB_PATIENCE_WITH_DEGENERACY 40

typedef struct sb_simplex {
    const sb_lp_integers *program;
    const sb_patience *patience;
    size_t variables;
    sb_variable_status *statuses; /* owned by the caller */
    sb_exact_basis basis;
    fmpq *values;           /* one a variable */
    double *column_weights; /* per variable: log2 of its column's length, for pricing */
    sb_exact_vector y;      /* multipliers of the rows */
    sb_exact_vector alpha;  /* B^-1 a of the entering variable */
    sb_exact_vector rho;    /* a row of B^-1 (dual method) */
    fmpz *side;             /* right sides; one a row, all zero between uses */
    size_t *removed;
    size_t pivots;
    size_t degenerate_run;
} sb_simplex;

/* Start from the given statuses, made consistent and nonsingular where they are not. */
sb_status sb_simplex_init(sb_simplex *simplex, const sb_lp_integers *program,
                          sb_variable_status *statuses, const sb_patience *patience,
                          sb_error *error);
void sb_simplex_clear(sb_simplex *simplex);

/* -1 below its lower bound, 1 above its upper, else 0. */
int sb_simplex_violation_sign(const sb_simplex *simplex, size_t variable);
bool sb_simplex_is_feasible(const sb_simplex *simplex);

/* y from the cost (infeasible: from the sum of infeasibilities instead). */
sb_status sb_simplex_multipliers(sb_simplex *simplex, bool infeasible, sb_error *error);
/* The reduced cost of a nonbasic variable times the denominator of y. */
void sb_simplex_price(fmpz_t price, const sb_simplex *simplex, size_t variable, bool infeasible);
/* 1 where raising the nonbasic variable lowers the cost, -1 where lowering it does, 0 neither. */
int sb_simplex_improving(const sb_simplex *simplex, size_t variable, const fmpz_t price);
/* Whether no nonbasic variable improves the cost. */
sb_status sb_simplex_is_dual_feasible(sb_simplex *simplex, bool *feasible, sb_error *error);

/* alpha of a variable. */
sb_status sb_simplex_column(sb_simplex *simplex, size_t variable, sb_error *error);
/* Move the nonbasic variable by step, and the basic ones with it. */
void sb_simplex_move(sb_simplex *simplex, size_t variable, const fmpq_t step);
/* The entering variable takes the position of the leaving one, which stays where it is. */
sb_status sb_simplex_pivot(sb_simplex *simplex, size_t position, size_t entering,
                           sb_variable_status leaving_status, sb_error *error);

/* log2 of an absolute value; -infinity for 0. */
double sb_log2(const fmpz *value);

#endif
