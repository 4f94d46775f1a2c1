/* A dense square matrix modulo a prime of one machine word, whose rows may be replaced.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * P A = L U with U of unit diagonal, by inner products alone: a sum of products is reduced once. A
 * row replaced afterwards is A + e_i d^T, whose inverse is known from z = A^-1 e_i (Sherman and
 * Morrison): x -> x - (d.x) / (1 + d.z) z, and whose determinant is (1 + d.z) times the old one.
 */
#ifndef SB_LP_MODULAR_SQUARE_H
#define SB_LP_MODULAR_SQUARE_H

#include <stdbool.h>
#include <stddef.h>

#include <flint/nmod_vec.h>

/* Rows that may be replaced before the matrix must be factored anew. */
#define SB_MODULAR_SQUARE_UPDATES 16

typedef struct sb_modular_square {
    size_t size;
    nmod_t modulus;
    ulong determinant;
    ulong *entries;      /* all that follows is in here */
    ulong *lower, *rows; /* of L, with its diagonal; of U, without */
    ulong *columns;      /* of U */
    ulong *inverses;     /* of the diagonal of L */
    size_t *order;       /* row order[k] of the matrix is the k-th of L */
    size_t update_count;
    ulong *differences, *directions;          /* d and z, one after the other */
    ulong factors[SB_MODULAR_SQUARE_UPDATES]; /* 1 / (1 + d.z) */
    ulong *scratch;
} sb_modular_square;

/* The prime must be below 2^60. False when memory runs out. */
bool sb_modular_square_init(sb_modular_square *square, size_t size, ulong prime);
void sb_modular_square_clear(sb_modular_square *square); /* zeroed: allowed */

/* Factor the matrix with these entries, row by row and reduced; false where it is singular. */
bool sb_modular_square_factor(sb_modular_square *square, const ulong *matrix);
/* Add `difference` to a row. direction: set to the solution of A x = e_row before that, and
 * *factor to 1 / (1 + difference . direction). False, and nothing changed, where the matrix becomes
 * singular or was changed too often: it is to be factored. */
bool sb_modular_square_add_to_row(sb_modular_square *square, size_t row, const ulong *difference,
                                  ulong *direction, ulong *factor);
/* A x = b in place. */
void sb_modular_square_solve(const sb_modular_square *square, ulong *vector);

/* The inner product of two reduced vectors. */
ulong sb_modular_dot(const ulong *left, const ulong *right, size_t count, nmod_t modulus);
/* vector += factor * other */
void sb_modular_add(ulong *vector, const ulong *other, ulong factor, size_t count, nmod_t modulus);

#endif
