/* Both systems of an optimal basis, B x = b and B^T y = c, solved exactly in three ways.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By sidebet's sparse lifting, by FLINT's Dixon solver on the dense matrix, and by fraction-free
 * elimination there.
 */
#ifndef SB_TESTS_BASIS_SYSTEM_H
#define SB_TESTS_BASIS_SYSTEM_H

#include <stdio.h>
#include <stdlib.h>

#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>

#include "clock.h"
#include "lp/exact_basis.h"
#include "lp/integer_array.h"
#include "lp/solver.h"

static inline void basis_fails(const char *why)
{
    fprintf(stderr, "a basis: %s\n", why);
    exit(3);
}

typedef struct basis_system {
    sb_lp_integers program;
    sb_exact_basis basis;
    sb_exact_vector x, y;
    fmpz *right, *cost;
} basis_system;

/* The right side: minus the nonbasic columns times their bounds, made integral. */
static inline void set_right_side(basis_system *system, const sb_lp_solver *solver)
{
    const sb_lp_integers *program = &system->program;
    fmpz_t scale, factor;
    fmpz_init_set_ui(scale, 1);
    fmpz_init(factor);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t variable = 0; variable < program->columns + program->rows; variable++) {
            const sb_lp_bounds *bounds = &program->bounds[variable];
            sb_variable_status status = solver->statuses[variable];
            if (status != SB_AT_LOWER && status != SB_AT_UPPER) {
                continue;
            }
            const fmpq *bound = status == SB_AT_LOWER ? &bounds->lower : &bounds->upper;
            if (pass == 0) {
                fmpz_lcm(scale, scale, fmpq_denref(bound));
            } else if (!fmpq_is_zero(bound)) {
                fmpz_divexact(factor, scale, fmpq_denref(bound));
                fmpz_mul(factor, factor, fmpq_numref(bound));
                fmpz_neg(factor, factor);
                sb_exact_column_add(system->right, program, variable, factor);
            }
        }
    }
    fmpz_clear(scale);
    fmpz_clear(factor);
}

static inline void system_init(basis_system *system, const sb_lp *lp, const sb_lp_solver *solver)
{
    if (sb_lp_integers_init(&system->program, lp, NULL) != SB_OK ||
        sb_exact_basis_init(&system->basis, &system->program, NULL) != SB_OK) {
        basis_fails("out of memory");
    }
    size_t rows = system->program.rows, position = 0;
    system->right = sb_integer_array_new(rows);
    system->cost = sb_integer_array_new(rows);
    sb_exact_vector_init(&system->x, rows);
    sb_exact_vector_init(&system->y, rows);
    for (size_t variable = 0; variable < system->program.columns + rows; variable++) {
        if (solver->statuses[variable] == SB_BASIC && position < rows) {
            if (variable < system->program.columns) {
                fmpz_set(system->cost + position, system->program.cost + variable);
            }
            system->basis.head[position++] = variable;
        }
    }
    set_right_side(system, solver);
}

static inline void system_clear(basis_system *system)
{
    sb_integer_array_free(system->right, system->program.rows);
    sb_integer_array_free(system->cost, system->program.rows);
    sb_exact_vector_clear(&system->x);
    sb_exact_vector_clear(&system->y);
    sb_exact_basis_clear(&system->basis);
    sb_lp_integers_clear(&system->program);
}

/* Fast things are done up to five times and the best is taken: other programs run too. */
static inline bool once_more(int turn, double best)
{
    return turn == 0 || (turn < 5 && best < 0.05);
}

static inline double smaller(int turn, double best, double seconds)
{
    return turn == 0 || seconds < best ? seconds : best;
}

static inline double lift_once(basis_system *system)
{
    double start = wall_seconds();
    size_t *removed = malloc((system->program.rows + 1) * sizeof *removed);
    size_t removed_count = 0;
    if (!removed || sb_exact_basis_factor(&system->basis, removed, &removed_count, NULL) != SB_OK ||
        sb_exact_basis_solve(&system->basis, system->right, &system->x, NULL, NULL) != SB_OK ||
        sb_exact_basis_solve_transposed(&system->basis, system->cost, &system->y, NULL, NULL) !=
            SB_OK) {
        basis_fails("lifting failed");
    }
    free(removed);
    return wall_seconds() - start;
}

static inline double lift(basis_system *system)
{
    double best = 0;
    for (int turn = 0; once_more(turn, best); turn++) {
        best = smaller(turn, best, lift_once(system));
    }
    return best;
}

static inline void basis_dense(fmpz_mat_t matrix, const basis_system *system)
{
    const sb_lp_integers *program = &system->program;
    for (size_t position = 0; position < program->rows; position++) {
        size_t variable = system->basis.head[position];
        if (variable >= program->columns) {
            fmpz_set_si(
                fmpz_mat_entry(matrix, (slong)(variable - program->columns), (slong)position), -1);
            continue;
        }
        for (size_t k = program->starts[variable]; k < program->starts[variable + 1]; k++) {
            fmpz_set(fmpz_mat_entry(matrix, (slong)program->entry_rows[k], (slong)position),
                     program->entries + k);
        }
    }
}

static inline bool basis_same(const fmpq_mat_t solution, const sb_exact_vector *vector)
{
    fmpq_t value;
    fmpq_init(value);
    bool equal = true;
    for (size_t k = 0; equal && k < vector->size; k++) {
        sb_exact_vector_get(value, vector, k);
        equal = fmpq_equal(value, fmpq_mat_entry(solution, (slong)k, 0)) != 0;
    }
    fmpq_clear(value);
    return equal;
}

/* Both systems on the dense matrix; < 0 where an answer differs. */
static inline double solve_dense_once(const basis_system *system, bool eliminate)
{
    slong size = (slong)system->program.rows;
    fmpz_mat_t matrix, side;
    fmpq_mat_t solution;
    fmpz_mat_init(matrix, size, size);
    fmpz_mat_init(side, size, 1);
    fmpq_mat_init(solution, size, 1);
    basis_dense(matrix, system);
    bool right = true;
    double start = wall_seconds();
    for (int transposed = 0; transposed < 2; transposed++) {
        const fmpz *numbers = transposed ? system->cost : system->right;
        for (slong k = 0; k < size; k++) {
            fmpz_set(fmpz_mat_entry(side, k, 0), numbers + k);
        }
        if (transposed) {
            fmpz_mat_transpose(matrix, matrix);
        }
        if (eliminate) {
            fmpq_mat_solve_fmpz_mat_fraction_free(solution, matrix, side);
        } else {
            fmpq_mat_solve_fmpz_mat_dixon(solution, matrix, side);
        }
        right = right && basis_same(solution, transposed ? &system->y : &system->x);
    }
    double elapsed = wall_seconds() - start;
    fmpz_mat_clear(matrix);
    fmpz_mat_clear(side);
    fmpq_mat_clear(solution);
    return right ? elapsed : -1;
}

static inline double solve_dense(const basis_system *system, bool eliminate)
{
    double best = 0;
    for (int turn = 0; once_more(turn, best); turn++) {
        best = smaller(turn, best, solve_dense_once(system, eliminate));
    }
    return best;
}

#endif
