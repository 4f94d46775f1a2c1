/* Arrays of integers of any size.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_INTEGER_ARRAY_H
#define SB_LP_INTEGER_ARRAY_H

#include <stddef.h>

#include <flint/fmpq.h>
#include <flint/fmpz.h>

/* count zeros; NULL when memory runs out, never NULL for count 0. */
fmpz *sb_integer_array_new(size_t count);
void sb_integer_array_free(fmpz *values, size_t count); /* values may be NULL */
void sb_integer_array_zero(fmpz *values, size_t count);
/* values[k] = scale numbers[k], when scale has been raised to its least multiple that makes all of
 * them integers. */
void sb_integer_array_scale(fmpz *values, const fmpq *numbers, size_t count, fmpz_t scale);

#endif
