/* Linear programs with rational data, solved in floating point and proved in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     maximise or minimise  c x   subject to  rowlower <= A x <= rowupper,  lower <= x <= upper
 *
 * Every number is rational. For the floating solver each row is scaled to integers (by the least
 * common denominator over the greatest common divisor), so that it starts from exact data. Its
 * final basis then starts an exact revised simplex: where the basis is optimal that takes no pivot
 * and is the proof (primal feasible, dual feasible, hence equal objectives); where it is not, exact
 * pivots go on until it is. Infeasible and unbounded answers are proved the same way.
 *
 * Duals and reduced costs are in the given direction: duals[i] is the change of the optimum per
 * unit of row i's bound, reduced_costs[j] = c_j - y a_j that per unit of column j's bound. So in a
 * maximisation a positive one belongs to an upper bound, in a minimisation to a lower bound.
 *
 * Farkas multipliers y of an infeasible program: the smallest y r over all r within the row bounds
 * is larger than the largest (yA) x over all x within the column bounds, so no x satisfies the
 * rows. (All zero where a pair of bounds already excludes every number; reason names it.)
 *
 * Nothing here knows what the program means; nothing outside this layer includes glpk.h.
 */
#ifndef SIDEBET_LINEAR_PROGRAM_H
#define SIDEBET_LINEAR_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/cancel_flag.h"
#include "sidebet/declarations.h"
#include "sidebet/error.h"
#include "sidebet/rational.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_direction { SB_MAXIMISE, SB_MINIMISE } sb_direction;

typedef struct sb_lp sb_lp; /* a program: owned data, no solver state */

sb_lp *sb_lp_new(sb_direction direction); /* NULL when memory runs out */
void sb_lp_free(sb_lp *lp);               /* NULL allowed */
/* A copy without the names. */
sb_status sb_lp_copy(const sb_lp *lp, sb_lp **copy, sb_error *error);

/* Append a column; lower or upper NULL: unbounded on that side. name is copied and may be NULL.
 * cost NULL: 0. Returns its index in *index (may be NULL). */
sb_status sb_lp_add_column(sb_lp *lp, const char *name, const fmpq *lower, const fmpq *upper,
                           const fmpq *cost, size_t *index, sb_error *error);

/* Append a row sum_k coefficients[k] * x[columns[k]] between lower and upper (NULL: unbounded on
 * that side; the same number twice: an equation). A column named twice is summed; zeros are
 * dropped. */
sb_status sb_lp_add_row(sb_lp *lp, const char *name, const fmpq *lower, const fmpq *upper,
                        size_t count, const size_t *columns, const fmpq *coefficients,
                        size_t *index, sb_error *error);

/* Change bounds or cost of a column afterwards; NULL bounds as above. */
sb_status sb_lp_set_column_bounds(sb_lp *lp, size_t column, const fmpq *lower, const fmpq *upper,
                                  sb_error *error);
void sb_lp_set_cost(sb_lp *lp, size_t column, const fmpq_t cost);

size_t sb_lp_column_count(const sb_lp *lp);
size_t sb_lp_row_count(const sb_lp *lp);
size_t sb_lp_nonzero_count(const sb_lp *lp);
const char *sb_lp_column_name(const sb_lp *lp, size_t column); /* "" when none */
const char *sb_lp_row_name(const sb_lp *lp, size_t row);
sb_direction sb_lp_direction(const sb_lp *lp);
/* Read a row: pointers into the program, valid until it changes. lower/upper NULL when unbounded.
 */
typedef struct sb_lp_row_view {
    size_t count;
    const size_t *columns;
    const fmpq *coefficients;
    const fmpq *lower, *upper;
} sb_lp_row_view;
sb_lp_row_view sb_lp_row(const sb_lp *lp, size_t row);
typedef struct sb_lp_column_view {
    const fmpq *lower, *upper, *cost;
} sb_lp_column_view;
sb_lp_column_view sb_lp_column(const sb_lp *lp, size_t column);

/* ---- solving ---- */

typedef enum sb_lp_status {
    SB_LP_OPTIMAL,
    SB_LP_INFEASIBLE,
    SB_LP_UNBOUNDED,
    SB_LP_FAILED /* the solver gave up: limits, numerical trouble; see the result's reason */
} sb_lp_status;

typedef enum sb_proof {
    SB_PROOF_EXACT,    /* the status and the numbers are proved in rationals */
    SB_PROOF_FLOATING, /* a double-precision answer; the largest violation is given */
    SB_PROOF_NONE      /* no answer */
} sb_proof;

const char *sb_lp_status_name(sb_lp_status status); /* "optimal", ... */
const char *sb_proof_name(sb_proof proof);          /* "exact", "floating", "none" */

typedef struct sb_lp_options {
    bool exact;          /* prove in rationals, and pivot exactly where the proof fails */
    double time_limit;   /* seconds for the exact part; <= 0: none. Met: the floating answer */
    double memory_limit; /* bytes that a design program may need (design.h); <= 0: the default */
    const sb_cancel_flag *cancel; /* polled; raised: SB_ERROR_CANCELLED. NULL: never */
    bool bare; /* optimal answers without reduced_costs (NULL) and, floating, largest_violation (0),
                  which take as long as a warm solve */
    bool dual; /* without a basis to start from: by the dual simplex method */
} sb_lp_options;
#define SB_LP_OPTIONS_DEFAULT ((sb_lp_options){.exact = true, .time_limit = 0, .cancel = NULL})

/* Numbers are exact rationals when proof is exact; else the doubles' exact values. */
typedef struct sb_lp_result {
    sb_lp_status status;
    sb_proof proof;
    fmpq objective; /* optimal only */
    size_t column_count, row_count;
    fmpq *columns;       /* x; the improving ray when unbounded (proved); NULL otherwise */
    fmpq *reduced_costs; /* d_j = c_j - y a_j; NULL unless optimal */
    fmpq *duals;         /* y, one a row, in the units of the rows as given: the change of the
                            optimum per unit of the row's bound; the Farkas multipliers when
                            infeasible (proved); NULL otherwise */
    fmpq *point;         /* unbounded (proved): a solution from which the ray in `columns` leads
                            on and on; NULL otherwise */
    double largest_violation; /* floating: of any row or bound of the program as given; else 0 */
    size_t floating_iterations, exact_pivots;
    double floating_seconds, exact_seconds;
    char reason[160]; /* failed, or why the proof is not exact; "" otherwise */
} sb_lp_result;

void sb_lp_result_init(sb_lp_result *result);
void sb_lp_result_clear(sb_lp_result *result);

/* A solver keeps the last basis, so that a program of the same shape (rows and columns) with
 * changed numbers, or with rows added at the end, starts where the last one ended; any other shape
 * starts cold. One solver may be used by one thread at a time; solvers in different threads are
 * independent. A thread that solved calls flint_cleanup() before it ends. */
typedef struct sb_lp_solver sb_lp_solver;
sb_lp_solver *sb_lp_solver_new(void); /* NULL when memory runs out */
void sb_lp_solver_free(sb_lp_solver *solver);
void sb_lp_solver_forget(sb_lp_solver *solver); /* start the next solve cold */
/* Whether a basis is kept that this program would start from. */
bool sb_lp_solver_remembers(const sb_lp_solver *solver, const sb_lp *lp);
/* Drop the rows marked in `dropped` (one flag a row); the others keep their order. A solver that
 * remembers a basis of lp (NULL: none) keeps it unless a dropped row takes part in it, which no row
 * with slack does; then the next solve starts cold. */
void sb_lp_drop_rows(sb_lp *lp, sb_lp_solver *solver, const bool *dropped);
/* Start the next solve of this program from a basis that the caller knows: which columns and which
 * row activities are basic, as many as there are rows. The others are at their lower bound where
 * they have one, else at their upper, else at zero. */
sb_status sb_lp_solver_start(sb_lp_solver *solver, const sb_lp *lp, const bool *basic_columns,
                             const bool *basic_rows, sb_error *error);
/* The same for a basis that the caller takes to be optimal: the next solve, if exact, goes straight
 * to the proof, so that no rounding spoils the basis. The columns marked in upper_columns (NULL:
 * none) that are not basic are at their upper bound. */
sb_status sb_lp_solver_trust(sb_lp_solver *solver, const sb_lp *lp, const bool *basic_columns,
                             const bool *basic_rows, const bool *upper_columns, sb_error *error);

/* Take the basis that is kept to be optimal in the same way. Nothing where none is kept. */
void sb_lp_solver_trust_kept(sb_lp_solver *solver);
/* Whether the activity of a row is basic in the basis that is kept; true where none is kept. */
bool sb_lp_solver_row_is_basic(const sb_lp_solver *solver, size_t row);
/* A row that was added since the last solve begins with its own activity basic: let this column be
 * basic instead, if it is not already. Nothing where no basis of this program is kept. */
sb_status sb_lp_solver_enter(sb_lp_solver *solver, const sb_lp *lp, size_t row, size_t column,
                             sb_error *error);

/* Solve. result is initialised and owned by the caller. The return status is SB_OK whenever the
 * program was worked on, whatever the answer (also SB_LP_FAILED); SB_ERROR_CANCELLED,
 * SB_ERROR_MEMORY or SB_ERROR_INTERNAL otherwise. solver NULL: a temporary one. options NULL: the
 * default. */
sb_status sb_lp_solve(const sb_lp *lp, sb_lp_solver *solver, const sb_lp_options *options,
                      sb_lp_result *result, sb_error *error);

/* Solve a homogeneous or small feasibility question exactly: same as sb_lp_solve with the default
 * options and a temporary solver. */
sb_status sb_lp_solve_exactly(const sb_lp *lp, sb_lp_result *result, sb_error *error);

/* Write the program in CPLEX LP format (decimals where they terminate; else rows scaled to
 * integers) for other solvers. Freed by the caller. */
sb_status sb_lp_format_cplex(const sb_lp *lp, char **text, sb_error *error);

SB_DECLARATIONS_END

#endif
