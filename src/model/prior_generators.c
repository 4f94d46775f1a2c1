/* Priors made by a rule: a discretised normal, random weights.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The exponential function is computed in fixed point: a number x is an integer close to x *
 * 2^bits. With far more bits than digits asked for, every entry is rounded from a value whose error
 * is beyond what the rounding can see.
 */
#include "model/prior_generators.h"

#include <stdint.h>

#include <flint/fmpz.h>

#include "base/splitmix.h"

/* result = exp(-x) in fixed point, for x >= 0 in fixed point: halve x until the series is short,
 * then square back. */
static void exponential(fmpz_t result, const fmpz_t x, ulong bits)
{
    fmpz_t small;
    fmpz_t term;
    fmpz_init(small);
    fmpz_init(term);
    ulong halvings = 8;
    ulong size = fmpz_bits(x);
    halvings += size > bits ? size - bits : 0;
    ulong precise = bits + 2 * halvings + 16; /* every squaring may lose a bit */
    fmpz_mul_2exp(small, x, precise - bits - halvings);
    fmpz_one(term);
    fmpz_mul_2exp(term, term, precise);
    fmpz_set(result, term);
    for (ulong order = 1; !fmpz_is_zero(term); order++) {
        fmpz_mul(term, term, small);
        fmpz_fdiv_q_2exp(term, term, precise);
        fmpz_fdiv_q_ui(term, term, order);
        if (order % 2 == 1) {
            fmpz_sub(result, result, term);
        } else {
            fmpz_add(result, result, term);
        }
    }
    for (ulong step = 0; step < halvings; step++) {
        fmpz_mul(result, result, result);
        fmpz_fdiv_q_2exp(result, result, precise);
    }
    fmpz_fdiv_q_2exp(result, result, precise - bits);
    fmpz_clear(small);
    fmpz_clear(term);
}

/* count equally spaced points with both ends. */
static void spaced_points(fmpq *points, size_t count, const fmpq_t from, const fmpq_t to)
{
    fmpq_t step;
    fmpq_init(step);
    fmpq_sub(step, to, from);
    if (count == 1) {
        fmpq_div_2exp(step, step, 1);
        fmpq_add(&points[0], from, step);
    } else {
        fmpz_t gaps;
        fmpz_init_set_ui(gaps, (ulong)count - 1);
        fmpq_div_fmpz(step, step, gaps);
        fmpq_set(&points[0], from);
        for (size_t index = 1; index < count; index++) {
            fmpq_add(&points[index], &points[index - 1], step);
        }
        fmpz_clear(gaps);
    }
    fmpq_clear(step);
}

/* exponents[a, b] = (a^2 - 2 rho a b + b^2) / (2 (1 - rho^2)), less their minimum, so that the
 * largest density is 1 whatever the grid. */
static void normal_exponents(fmpq *exponents, const fmpq *row_points, size_t rows,
                             const fmpq *column_points, size_t columns, const fmpq_t correlation)
{
    fmpq_t half_precision; /* 1 / (2 (1 - rho^2)) */
    fmpq_t part;
    fmpq_t smallest;
    fmpq_init(half_precision);
    fmpq_init(part);
    fmpq_init(smallest);
    fmpq_mul(part, correlation, correlation);
    fmpq_one(half_precision);
    fmpq_sub(half_precision, half_precision, part);
    fmpq_mul_2exp(half_precision, half_precision, 1);
    fmpq_inv(half_precision, half_precision);
    for (size_t cell = 0; cell < rows * columns; cell++) {
        const fmpq *a = &row_points[cell / columns];
        const fmpq *b = &column_points[cell % columns];
        fmpq *exponent = &exponents[cell];
        fmpq_mul(part, correlation, a); /* a (a - 2 rho b) + b^2 */
        fmpq_mul_2exp(part, part, 1);
        fmpq_sub(part, b, part);
        fmpq_mul(exponent, part, b);
        fmpq_addmul(exponent, a, a);
        fmpq_mul(exponent, exponent, half_precision);
        if (cell == 0 || fmpq_cmp(exponent, smallest) < 0) {
            fmpq_set(smallest, exponent);
        }
    }
    for (size_t cell = 0; cell < rows * columns; cell++) {
        fmpq_sub(&exponents[cell], &exponents[cell], smallest);
    }
    fmpq_clear(half_precision);
    fmpq_clear(part);
    fmpq_clear(smallest);
}

/* Densities in fixed point out of exponents, in place; their sum. */
static void densities(fmpq *cells, size_t count, int digits, fmpz_t sum)
{
    ulong bits = (ulong)digits * 4 + 96;
    ulong cutoff = (ulong)digits * 3 + 24; /* exp(-cutoff) of the largest rounds to 0 surely */
    fmpz_t fixed;
    fmpz_init(fixed);
    fmpz_zero(sum);
    for (size_t cell = 0; cell < count; cell++) {
        fmpq *number = &cells[cell];
        if (fmpq_cmp_ui(number, cutoff) > 0) {
            fmpq_zero(number);
            continue;
        }
        fmpz_mul_2exp(fixed, fmpq_numref(number), bits);
        fmpz_fdiv_q(fixed, fixed, fmpq_denref(number));
        fmpq_zero(number);
        exponential(fmpq_numref(number), fixed, bits);
        fmpz_add(sum, sum, fmpq_numref(number));
    }
    fmpz_clear(fixed);
}

void sb_prior_bivariate_normal(fmpq *weights, size_t rows, size_t columns, const fmpq_t correlation,
                               const fmpq_t from, const fmpq_t to, int digits)
{
    fmpq *points = _fmpq_vec_init((slong)(rows + columns));
    fmpz_t sum;
    fmpz_t scale;
    fmpz_init(sum);
    fmpz_init(scale);
    spaced_points(points, rows, from, to);
    spaced_points(points + rows, columns, from, to);
    normal_exponents(weights, points, rows, points + rows, columns, correlation);
    densities(weights, rows * columns, digits, sum);
    fmpz_set_ui(scale, 10);
    fmpz_pow_ui(scale, scale, (ulong)digits);
    for (size_t cell = 0; cell < rows * columns; cell++) {
        fmpz *upper = fmpq_numref(&weights[cell]);
        fmpz_mul(upper, upper, scale); /* floor(density 10^digits / sum + 1/2) / 10^digits */
        fmpz_mul_2exp(upper, upper, 1);
        fmpz_add(upper, upper, sum);
        fmpz_fdiv_q(upper, upper, sum);
        fmpz_fdiv_q_2exp(upper, upper, 1);
        fmpz_set(fmpq_denref(&weights[cell]), scale);
        fmpq_canonicalise(&weights[cell]);
    }
    fmpz_clear(sum);
    fmpz_clear(scale);
    _fmpq_vec_clear(points, (slong)(rows + columns));
}

void sb_prior_random(fmpq *weights, size_t count, unsigned long long seed, int digits)
{
    uint64_t range = 1;
    for (int digit = 0; digit < digits; digit++) {
        range *= 10;
    }
    uint64_t state = seed;
    uint64_t fair = UINT64_MAX - UINT64_MAX % range; /* beyond it the remainder would be biased */
    for (size_t index = 0; index < count; index++) {
        uint64_t draw = sb_splitmix64(&state);
        while (draw >= fair) {
            draw = sb_splitmix64(&state);
        }
        fmpq_set_ui(&weights[index], draw % range + 1, range);
    }
}
