/* Arrays of integers of any size.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/integer_array.h"

#include <stdlib.h>

#include "base/memory.h"

fmpz *sb_integer_array_new(size_t count)
{
    return sb_allocate(count, sizeof(fmpz)); /* a zero word is FLINT's zero */
}

void sb_integer_array_free(fmpz *values, size_t count)
{
    if (values == NULL) {
        return;
    }
    for (size_t k = 0; k < count; k++) {
        fmpz_clear(&values[k]);
    }
    free(values);
}

void sb_integer_array_zero(fmpz *values, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        fmpz_zero(&values[k]);
    }
}

void sb_integer_array_scale(fmpz *values, const fmpq *numbers, size_t count, fmpz_t scale)
{
    for (size_t k = 0; k < count; k++) {
        if (!fmpz_divisible(scale, fmpq_denref(numbers + k))) {
            fmpz_lcm(scale, scale, fmpq_denref(numbers + k));
        }
    }
    for (size_t k = 0; k < count; k++) {
        fmpz_divexact(values + k, scale, fmpq_denref(numbers + k));
        fmpz_mul(values + k, values + k, fmpq_numref(numbers + k));
    }
}
