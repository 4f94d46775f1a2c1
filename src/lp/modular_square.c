/* Factoring a dense matrix modulo a prime, solving with it, replacing its rows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/modular_square.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* So many products of residues below 2^60 fit two words. */
#define MOST_PRODUCTS 128

ulong sb_modular_dot(const ulong *left, const ulong *right, size_t count, nmod_t modulus)
{
    ulong result = 0;
    while (count > 0) {
        size_t part = count < MOST_PRODUCTS ? count : MOST_PRODUCTS;
        ulong high = 0, low = result;
        for (size_t k = 0; k < part; k++) {
            ulong product_high, product_low;
            umul_ppmm(product_high, product_low, left[k], right[k]);
            add_ssaaaa(high, low, high, low, product_high, product_low);
        }
        NMOD2_RED2(result, high, low, modulus);
        left += part;
        right += part;
        count -= part;
    }
    return result;
}

void sb_modular_add(ulong *vector, const ulong *other, ulong factor, size_t count, nmod_t modulus)
{
    if (factor != 0) {
        _nmod_vec_scalar_addmul_nmod(vector, other, (slong)count, factor, modulus);
    }
}

bool sb_modular_square_init(sb_modular_square *square, size_t size, ulong prime)
{
    *square = (sb_modular_square){.size = size};
    nmod_init(&square->modulus, prime);
    size_t updates = (size_t)2 * SB_MODULAR_SQUARE_UPDATES * size;
    square->entries = sb_allocate(3 * size * size + updates + 2 * size, sizeof *square->entries);
    square->order = sb_allocate(size, sizeof *square->order);
    if (square->entries == NULL || square->order == NULL) {
        sb_modular_square_clear(square);
        return false;
    }
    square->lower = square->entries;
    square->rows = square->lower + size * size;
    square->columns = square->rows + size * size;
    square->differences = square->columns + size * size;
    square->directions = square->differences + SB_MODULAR_SQUARE_UPDATES * size;
    square->inverses = square->directions + SB_MODULAR_SQUARE_UPDATES * size;
    square->scratch = square->inverses + size;
    return true;
}

void sb_modular_square_clear(sb_modular_square *square)
{
    free(square->entries);
    free(square->order);
    *square = (sb_modular_square){0};
}

/* ---- factoring ---- */

static void swap_rows(sb_modular_square *square, size_t first, size_t second)
{
    size_t size = square->size, place = square->order[first];
    square->order[first] = square->order[second];
    square->order[second] = place;
    for (size_t k = 0; k < size; k++) {
        ulong entry = square->lower[first * size + k];
        square->lower[first * size + k] = square->lower[second * size + k];
        square->lower[second * size + k] = entry;
    }
    square->determinant = nmod_neg(square->determinant, square->modulus);
}

/* Column k of L, which is left of U's part of the same array; false: no pivot in it. */
static bool find_pivot(sb_modular_square *square, size_t k)
{
    size_t size = square->size, pivot = size;
    ulong *lower = square->lower;
    for (size_t row = k; row < size; row++) {
        ulong sum =
            sb_modular_dot(lower + row * size, square->columns + k * size, k, square->modulus);
        ulong *entry = lower + row * size + k;
        *entry = nmod_sub(*entry, sum, square->modulus);
        pivot = pivot == size && *entry != 0 ? row : pivot;
    }
    if (pivot == size) {
        return false;
    }
    if (pivot != k) {
        swap_rows(square, k, pivot);
    }
    ulong diagonal = lower[k * size + k];
    square->determinant = nmod_mul(square->determinant, diagonal, square->modulus);
    square->inverses[k] = nmod_inv(diagonal, square->modulus);
    return true;
}

static void find_upper_row(sb_modular_square *square, size_t k)
{
    size_t size = square->size;
    const ulong *lower = square->lower + k * size;
    for (size_t column = k + 1; column < size; column++) {
        ulong *above = square->columns + column * size;
        ulong sum = sb_modular_dot(lower, above, k, square->modulus);
        ulong entry = nmod_sub(lower[column], sum, square->modulus);
        entry = nmod_mul(entry, square->inverses[k], square->modulus);
        above[k] = entry;
        square->rows[k * size + column] = entry;
    }
}

bool sb_modular_square_factor(sb_modular_square *square, const ulong *matrix)
{
    size_t size = square->size;
    memcpy(square->lower, matrix, size * size * sizeof *matrix);
    square->determinant = 1;
    square->update_count = 0;
    for (size_t k = 0; k < size; k++) {
        square->order[k] = k;
    }
    bool regular = true;
    for (size_t k = 0; regular && k < size; k++) {
        regular = find_pivot(square, k);
        if (regular) {
            find_upper_row(square, k);
        }
    }
    square->determinant = regular ? square->determinant : 0;
    return regular;
}

/* ---- solving ---- */

void sb_modular_square_solve(const sb_modular_square *square, ulong *vector)
{
    size_t size = square->size;
    nmod_t modulus = square->modulus;
    ulong *solution = square->scratch;
    for (size_t k = 0; k < size; k++) {
        ulong sum = sb_modular_dot(square->lower + k * size, solution, k, modulus);
        ulong rest = nmod_sub(vector[square->order[k]], sum, modulus);
        solution[k] = nmod_mul(rest, square->inverses[k], modulus);
    }
    for (size_t k = size; k-- > 0;) {
        const ulong *row = square->rows + k * size;
        ulong sum = sb_modular_dot(row + k + 1, solution + k + 1, size - k - 1, modulus);
        solution[k] = nmod_sub(solution[k], sum, modulus);
    }
    memcpy(vector, solution, size * sizeof *vector);
    for (size_t k = 0; k < square->update_count; k++) {
        ulong along = sb_modular_dot(square->differences + k * size, vector, size, modulus);
        along = nmod_mul(along, square->factors[k], modulus);
        sb_modular_add(vector, square->directions + k * size, nmod_neg(along, modulus), size,
                       modulus);
    }
}

bool sb_modular_square_add_to_row(sb_modular_square *square, size_t row, const ulong *difference,
                                  ulong *direction, ulong *factor)
{
    size_t size = square->size, count = square->update_count;
    if (count == SB_MODULAR_SQUARE_UPDATES) {
        return false;
    }
    memset(direction, 0, size * sizeof *direction);
    direction[row] = 1;
    sb_modular_square_solve(square, direction);
    ulong growth = sb_modular_dot(difference, direction, size, square->modulus);
    growth = nmod_add(growth, 1, square->modulus);
    if (growth == 0) {
        return false;
    }
    *factor = nmod_inv(growth, square->modulus);
    memcpy(square->differences + count * size, difference, size * sizeof *difference);
    memcpy(square->directions + count * size, direction, size * sizeof *direction);
    square->factors[count] = *factor;
    square->determinant = nmod_mul(square->determinant, growth, square->modulus);
    square->update_count++;
    return true;
}
