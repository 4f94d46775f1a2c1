/* A basis of [A -I] z = 0 and exact solutions of systems with its matrix.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The basis matrix B has one column for each basic variable: a column of A, or minus a unit vector
 * for a row activity. It is factored once modulo a prime; exact solutions are lifted from that
 * (Dixon): digit by digit in base p, each digit costs one modular solution and one product with the
 * sparse B, until numerators and a common denominator can be read off. B x = b modulo p^k together
 * with numbers too small to wrap around proves the solution; no digit is ever guessed.
 */
#ifndef SB_LP_EXACT_BASIS_H
#define SB_LP_EXACT_BASIS_H

#include <stdint.h>

#include "lp/integers.h"
#include "lp/modular_factor.h"
#include "lp/patience.h"

typedef struct sb_exact_basis {
    const sb_lp_integers *program;
    size_t size;                 /* the number of rows */
    size_t *head;                /* the basic variable at each position */
    sb_modular_factor factor;    /* of B, positions for columns */
    uint64_t prime_word_inverse; /* of the prime modulo 2^64 */
    size_t solutions, digits;    /* counted, for measuring */
    fmpz *residual;              /* workspace, as all below */
    ulong *small_residual;
    ulong *residues;
    slong *digit_table;
    size_t digit_capacity;
    size_t suspect; /* the entry that last resisted reconstruction: tried first */
} sb_exact_basis;

/* A rational vector with a common denominator > 0. */
typedef struct sb_exact_vector {
    size_t size;
    fmpz *numerators;
    fmpz_t denominator;
} sb_exact_vector;

bool sb_exact_vector_init(sb_exact_vector *vector, size_t size);
void sb_exact_vector_clear(sb_exact_vector *vector);
void sb_exact_vector_get(fmpq_t value, const sb_exact_vector *vector, size_t index);

/* head is left to be filled in by the caller. */
sb_status sb_exact_basis_init(sb_exact_basis *basis, const sb_lp_integers *program,
                              sb_error *error);
void sb_exact_basis_clear(sb_exact_basis *basis);

/* Factor the basis in head. Where it is singular, dependent columns are replaced by row activities:
 * head changes and removed[k], k < *removed_count, says which variables left (size entries). */
sb_status sb_exact_basis_factor(sb_exact_basis *basis, size_t *removed, size_t *removed_count,
                                sb_error *error);

/* B x = b, x over positions. */
sb_status sb_exact_basis_solve(sb_exact_basis *basis, const fmpz *right_side, sb_exact_vector *x,
                               const sb_patience *patience, sb_error *error);
/* B^T y = c, y over rows. */
sb_status sb_exact_basis_solve_transposed(sb_exact_basis *basis, const fmpz *right_side,
                                          sb_exact_vector *y, const sb_patience *patience,
                                          sb_error *error);

/* The entering variable takes a position. *replaced is false, and nothing changed but head, where
 * the factor must be computed anew (the pivot vanishes modulo the prime, or the etas have grown).
 */
sb_status sb_exact_basis_replace(sb_exact_basis *basis, size_t position, size_t entering,
                                 bool *replaced, sb_error *error);

/* vector . column of the variable in [A -I]. */
void sb_exact_column_dot(fmpz_t product, const sb_lp_integers *program, const fmpz *vector,
                         size_t variable);
/* vector += scale * column of the variable. */
void sb_exact_column_add(fmpz *vector, const sb_lp_integers *program, size_t variable,
                         const fmpz_t scale);

#endif
