/* Exact solutions of square systems with dense integer matrices that change row by row.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By Cramer's rule det(A) x is a vector of integers, no larger than Hadamard's bound for A with a
 * column replaced by the right side. It is computed modulo so many primes that only one vector
 * within the bound has these residues: that is the solution, and nothing is left to verify.
 * (Dixon's lifting needs twice as many digits, and pays for one right side at a time.)
 *
 * A system that is kept remembers the factors and the solutions modulo all primes. After one row of
 * the matrix and the same entries of the right sides have changed, a new solution costs one solve
 * with the old factor, and one inner product a right side.
 */
#ifndef SB_LP_INTEGER_SYSTEM_H
#define SB_LP_INTEGER_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

#include <flint/fmpz.h>

#include "sidebet/error.h"

typedef struct sb_integer_system sb_integer_system;

/* All entries zero. NULL when memory runs out. */
sb_integer_system *sb_integer_system_new(size_t size);
void sb_integer_system_free(sb_integer_system *system); /* NULL allowed */

/* Set one entry of the matrix. */
void sb_integer_system_set(sb_integer_system *system, size_t row, size_t column,
                           const fmpz_t entry);

/* A x = b for side_count right sides: entry row of side s is sides[s * size + row]. The solutions
 * are numerators[s * size + column] / determinant. *solved false: the matrix is singular (almost
 * surely: that is not proved), or its determinant is longer than some ten thousand binary digits.
 */
sb_status sb_integer_system_solve(sb_integer_system *system, size_t side_count, const fmpz *sides,
                                  fmpz *numerators, fmpz_t determinant, bool *solved,
                                  sb_error *error);

/* The k-th of the primes in use: 2^60 less a little. 0: there are no more. */
unsigned long sb_integer_system_prime(size_t k);

#endif
