/* A blocked Cholesky factorisation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Block columns from left to right. What a block owes to those before it is a product of rows with
 * rows, both stored along the sum; tiles of TALL by WIDE of them are summed in registers, LANES
 * terms at a time. Compiled twice where that helps: for any processor of the family, and for those
 * with wide fused instructions, which are asked for when the program runs.
 */
#include "analysis/robust_guess_parts.h"

#include <math.h>
#include <string.h>

#define BLOCK 48 /* columns at a time */
#define DEPTH 96 /* of a sum at a time, so that a block's rows stay in the nearest cache */
#define TALL  4
#define WIDE  2
#define LANES 4
/* In place of a pivot that vanishes: its variable then does not move. */
#define FIXED 1e128

#define ALWAYS_INLINE static inline __attribute__((always_inline))

typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));

/* tile[i][j] -= sum_k left[i][k] right[j][k] for a full tile. */
ALWAYS_INLINE void subtract_tile(double *target, const double *left, const double *right,
                                 size_t stride, size_t depth)
{
    lanes sum00 = {0};
    lanes sum01 = {0};
    lanes sum10 = {0};
    lanes sum11 = {0};
    lanes sum20 = {0};
    lanes sum21 = {0};
    lanes sum30 = {0};
    lanes sum31 = {0};
    size_t k = 0;
    for (; k + LANES <= depth; k += LANES) {
        lanes right0;
        lanes right1;
        lanes value;
        memcpy(&right0, right + k, sizeof right0);
        memcpy(&right1, right + stride + k, sizeof right1);
        memcpy(&value, left + k, sizeof value);
        sum00 += value * right0;
        sum01 += value * right1;
        memcpy(&value, left + stride + k, sizeof value);
        sum10 += value * right0;
        sum11 += value * right1;
        memcpy(&value, left + 2 * stride + k, sizeof value);
        sum20 += value * right0;
        sum21 += value * right1;
        memcpy(&value, left + 3 * stride + k, sizeof value);
        sum30 += value * right0;
        sum31 += value * right1;
    }
    double sums[TALL][WIDE] = {
        {sum00[0] + sum00[1] + (sum00[2] + sum00[3]), sum01[0] + sum01[1] + (sum01[2] + sum01[3])},
        {sum10[0] + sum10[1] + (sum10[2] + sum10[3]), sum11[0] + sum11[1] + (sum11[2] + sum11[3])},
        {sum20[0] + sum20[1] + (sum20[2] + sum20[3]), sum21[0] + sum21[1] + (sum21[2] + sum21[3])},
        {sum30[0] + sum30[1] + (sum30[2] + sum30[3]), sum31[0] + sum31[1] + (sum31[2] + sum31[3])}};
    for (size_t i = 0; i < TALL; i++) {
        for (size_t j = 0; j < WIDE; j++) {
            for (size_t rest = k; rest < depth; rest++) {
                sums[i][j] += left[i * stride + rest] * right[j * stride + rest];
            }
            target[i * stride + j] -= sums[i][j];
        }
    }
}

ALWAYS_INLINE void subtract_entry(double *target, const double *left, const double *right,
                                  size_t depth)
{
    double sum = 0;
    for (size_t k = 0; k < depth; k++) {
        sum += left[k] * right[k];
    }
    *target -= sum;
}

/* vector -= factor * other */
ALWAYS_INLINE void subtract_multiple(double *vector, double factor, const double *other,
                                     size_t count)
{
    size_t k = 0;
    for (; k + LANES <= count; k += LANES) {
        lanes value;
        lanes from;
        memcpy(&value, vector + k, sizeof value);
        memcpy(&from, other + k, sizeof from);
        value -= factor * from;
        memcpy(vector + k, &value, sizeof value);
    }
    for (; k < count; k++) {
        vector[k] -= factor * other[k];
    }
}

/* Rows from `row` on of the block column [column, column + columns), less the products over
 * [from, from + depth). */
ALWAYS_INLINE void subtract_rows(double *matrix, size_t size, size_t column, size_t columns,
                                 size_t from, size_t depth)
{
    size_t rows = size - column;
    size_t full = rows - rows % TALL;
    size_t across = columns - columns % WIDE;
    double *block = matrix + column * size;
    for (size_t i = 0; i < full; i += TALL) {
        for (size_t j = 0; j < across; j += WIDE) {
            subtract_tile(block + i * size + column + j, block + i * size + from,
                          block + j * size + from, size, depth);
        }
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = i < full ? across : 0; j < columns; j++) {
            subtract_entry(block + i * size + column + j, block + i * size + from,
                           block + j * size + from, depth);
        }
    }
}

/* The block column itself, once what it owes to those before is paid. */
ALWAYS_INLINE void factor_block(double *matrix, size_t size, size_t column, size_t columns)
{
    double transposed[BLOCK][BLOCK];
    for (size_t j = 0; j < size - column; j++) {
        double *row = matrix + (column + j) * size + column;
        size_t end = j < columns ? j : columns;
        for (size_t k = 0; k < end; k++) {
            row[k] /= transposed[k][k];
            subtract_multiple(row + k + 1, row[k], transposed[k] + k + 1, end - k - 1);
            if (j < columns) {
                row[j] -= row[k] * row[k];
            }
        }
        if (j < columns) {
            row[j] = row[j] > 0 && row[j] < FIXED ? sqrt(row[j]) : FIXED;
            for (size_t k = 0; k <= j; k++) {
                transposed[k][j] = row[k];
            }
        }
    }
}

ALWAYS_INLINE void factor_all(double *matrix, size_t size)
{
    for (size_t column = 0; column < size; column += BLOCK) {
        size_t columns = size - column < BLOCK ? size - column : BLOCK;
        for (size_t from = 0; from < column; from += DEPTH) {
            size_t depth = column - from < DEPTH ? column - from : DEPTH;
            subtract_rows(matrix, size, column, columns, from, depth);
        }
        factor_block(matrix, size, column, columns);
    }
}

#ifdef __x86_64__
__attribute__((target("avx2,fma"))) static void factor_wide(double *matrix, size_t size)
{
    factor_all(matrix, size);
}
#endif

void sb_guess_factor(double *matrix, size_t size)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        factor_wide(matrix, size);
        return;
    }
#endif
    factor_all(matrix, size);
}

void sb_guess_factor_solve(const double *matrix, size_t size, double *vector)
{
    for (size_t i = 0; i < size; i++) {
        double value = vector[i];
        subtract_entry(&value, matrix + i * size, vector, i);
        vector[i] = value / matrix[i * size + i];
    }
    for (size_t i = size; i-- > 0;) {
        vector[i] /= matrix[i * size + i];
        subtract_multiple(vector, vector[i], matrix + i * size, i);
    }
}

void sb_guess_add_multiple(double *vector, double factor, const double *other, size_t count)
{
    subtract_multiple(vector, -factor, other, count);
}
