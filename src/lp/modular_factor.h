/* A sparse square matrix factored modulo a prime of one machine word.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gaussian elimination with Markowitz's choice of pivots: the sparsest first. Row and column
 * singletons are therefore peeled off without any arithmetic, and only the nucleus left between
 * them fills in. Modulo a prime nothing is rounded, so a pivot need only be nonzero.
 *
 * A matrix that is nonsingular modulo a prime is nonsingular. (The converse fails for the few
 * primes that divide the determinant.)
 *
 * Replacing a column afterwards appends an eta: B' = B E, E the identity but for one column
 * alpha = B^-1 a (the product form of the inverse).
 */
#ifndef SB_LP_MODULAR_FACTOR_H
#define SB_LP_MODULAR_FACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include <flint/ulong_extras.h>

#include "sidebet/error.h"

/* Primes stay below 2^60, so that 128 products fit a double word with room to spare. */
#define SB_MODULAR_PRIME_LIMIT ((ulong)1 << 60)

/* A residue with the quotient that makes multiplying by it cheap (Shoup). */
typedef struct sb_modular_entry {
    size_t index;
    ulong value, quotient;
} sb_modular_entry;

/* Sparse vectors one after the other. */
typedef struct sb_modular_vectors {
    size_t count; /* of vectors; vector k is entries[starts[k]] .. entries[starts[k + 1]] */
    size_t *starts;
    size_t starts_capacity;
    sb_modular_entry *entries;
    size_t entries_capacity;
} sb_modular_vectors;

typedef struct sb_modular_factor {
    size_t size;
    ulong prime, prime_inverse; /* FLINT's precomputed inverse */
    size_t *pivot_rows;         /* the pivots in the order of elimination */
    size_t *pivot_columns;
    ulong *pivot_inverses;
    sb_modular_vectors lower; /* per pivot: multipliers of the rows it was subtracted from */
    sb_modular_vectors upper; /* per pivot: its row right of the pivot, by column */
    sb_modular_vectors etas;
    size_t *eta_columns;
    ulong *eta_inverses;
    size_t eta_columns_capacity, eta_inverses_capacity;
    ulong *scratch;
} sb_modular_factor;

/* The matrix: column k has entries starts[k] .. starts[k + 1]; values reduced, zeros allowed. */
typedef struct sb_modular_matrix {
    size_t size;
    const size_t *starts;
    const size_t *rows;
    const ulong *values;
} sb_modular_matrix;

void sb_modular_factor_init(sb_modular_factor *factor);
void sb_modular_factor_clear(sb_modular_factor *factor);

/* Factor anew. Where the matrix is singular, each column without a pivot is replaced by minus the
 * unit vector of a row without one: deficient_columns[k] by row deficient_rows[k], k < *deficiency
 * (both arrays hold size entries). */
sb_status sb_modular_factor_compute(sb_modular_factor *factor, const sb_modular_matrix *matrix,
                                    ulong prime, size_t *deficient_rows, size_t *deficient_columns,
                                    size_t *deficiency, sb_error *error);

/* In place: B x = b (from rows to columns) and B^T y = c (from columns to rows), reduced. */
void sb_modular_factor_solve(sb_modular_factor *factor, ulong *vector);
void sb_modular_factor_solve_transposed(sb_modular_factor *factor, ulong *vector);

/* Replace a column by one with B^-1 a = alpha. alpha[column] must not be zero. */
sb_status sb_modular_factor_replace(sb_modular_factor *factor, size_t column, const ulong *alpha,
                                    sb_error *error);

#endif
