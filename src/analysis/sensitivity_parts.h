/* What the parts of sensitivity share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program along pi + t e is linear in t in all its numbers. On a short interval on one side of
 * t = 0 one basis is optimal throughout, and on it the optimum is a rational function of t.
 */
#ifndef SB_ANALYSIS_SENSITIVITY_PARTS_H
#define SB_ANALYSIS_SENSITIVITY_PARTS_H

#include "lp/patience.h"
#include "lp/variable_status.h"
#include "sidebet/sensitivity.h"

/* A basis, by the status of every column and every row of a program. */
typedef struct sb_known_basis {
    sb_variable_status *statuses; /* NULL: none */
    size_t columns, rows;
} sb_known_basis;

typedef struct sb_sensitivity_work {
    sb_environment *environment; /* the prior at t = 0, its weights sum to 1 */
    sb_environment *moved;       /* the prior at hand */
    sb_mass_mode mode;
    sb_patience patience;
    fmpq *direction;
    fmpq_t optimum; /* at t = 0, with a basis, its mechanism and its duals */
    sb_known_basis basis;
    fmpq *columns, *duals;
    ulong shrinks;         /* how small a step the basis at 0 is tried at */
    sb_known_basis latest; /* of the side before: often optimal on the next one too */
} sb_sensitivity_work;

/* The program at one t: sensitivity_basis.c. */
typedef struct sb_sensitivity_point sb_sensitivity_point;
sb_status sb_sensitivity_point_new(sb_sensitivity_work *work, const fmpq_t t,
                                   sb_sensitivity_point **point, sb_error *error);
void sb_sensitivity_point_free(sb_sensitivity_point *point);

/* Is the basis optimal here, exactly as it is, without a pivot? Then the optimum, and, unless NULL,
 * the solution and the duals (arrays in the program's own units). */
sb_status sb_sensitivity_is_optimal(sb_sensitivity_point *point, const sb_known_basis *basis,
                                    const sb_patience *patience, bool *optimal, fmpq_t optimum,
                                    fmpq *columns, fmpq *duals, sb_error *error);
/* Pivot exactly from a basis of this shape to an optimal one; *optimal: there is one. */
sb_status sb_sensitivity_pivot(sb_sensitivity_point *point, sb_known_basis *basis,
                               const sb_patience *patience, bool *optimal, sb_error *error);
/* Find an optimal basis here, by floating point first; starts from *basis where the shape is the
 * same. */
sb_status sb_sensitivity_solve(sb_sensitivity_point *point, sb_known_basis *basis,
                               const sb_patience *patience, bool *optimal, sb_error *error);
/* c x - sum_i y_i (A_i x - b_i) with the numbers of this point: linear in t for fixed x and y. */
void sb_sensitivity_lagrangian(fmpq_t value, const sb_sensitivity_point *point, const fmpq *columns,
                               const fmpq *duals);
size_t sb_sensitivity_point_columns(const sb_sensitivity_point *point);
size_t sb_sensitivity_point_rows(const sb_sensitivity_point *point);

void sb_known_basis_clear(sb_known_basis *basis);
sb_status sb_known_basis_copy(sb_known_basis *to, const sb_known_basis *from, sb_error *error);

/* One side of the direction in work; sign 1: up, -1: down. sensitivity_side.c. */
sb_status sb_sensitivity_find_side(sb_sensitivity_work *work, int sign, sb_sensitivity_side *side,
                                   sb_error *error);

#endif
