/* Rank and singular values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One-sided Jacobi rotations in doubles: the most accurate method for small singular values, and
 * one that stops after a fixed number of sweeps whatever the data (GSL's own calls its error
 * handler there, which ends the program unless a global setting is changed). Where the smallest
 * value is too small beside the largest for doubles to tell it from rounding, it is taken from the
 * exact inverse of the Gram matrix, whose largest eigenvalue it is the inverse square root of.
 */
#include "analysis/singular_values.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>

#include "base/memory.h"

#define MAX_SWEEPS 60

/* Below this share of the largest, ask the exact inverse (if the matrix is not larger than that).
 */
#define TRUSTED_RATIO     1e-6
#define LARGEST_TO_INVERT 32

size_t sb_rank(const fmpq *matrix, size_t row_count, size_t column_count)
{
    fmpq_mat_t rational;
    fmpz_mat_t integer;
    fmpq_mat_init(rational, (slong)row_count, (slong)column_count);
    fmpz_mat_init(integer, (slong)row_count, (slong)column_count);
    for (size_t k = 0; k < row_count * column_count; k++) {
        fmpq_set(fmpq_mat_entry(rational, (slong)(k / column_count), (slong)(k % column_count)),
                 matrix + k);
    }
    fmpq_mat_get_fmpz_mat_rowwise(integer, NULL, rational);
    size_t rank = (size_t)fmpz_mat_rank(integer);
    fmpq_mat_clear(rational);
    fmpz_mat_clear(integer);
    return rank;
}

static double dot(const double *left, const double *right, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++) {
        sum += left[k] * right[k];
    }
    return sum;
}

/* Rotate two vectors so that they become orthogonal; false if they were so already. */
static bool rotate(double *first, double *second, size_t length)
{
    double alpha = dot(first, first, length), beta = dot(second, second, length);
    double gamma = dot(first, second, length);
    if (fabs(gamma) <= DBL_EPSILON * sqrt(alpha) * sqrt(beta)) {
        return false;
    }
    double zeta = (beta - alpha) / (2 * gamma);
    double tangent = copysign(1, zeta) / (fabs(zeta) + hypot(1, zeta));
    double cosine = 1 / hypot(1, tangent), sine = cosine * tangent;
    for (size_t k = 0; k < length; k++) {
        double was = first[k];
        first[k] = cosine * was - sine * second[k];
        second[k] = sine * was + cosine * second[k];
    }
    return true;
}

/* The smallest and largest singular value of count vectors of a length >= count; destroys them. */
static void extreme_singular_values(double *vectors, size_t count, size_t length, double *smallest,
                                    double *largest)
{
    bool rotated = true;
    for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++) {
        rotated = false;
        for (size_t i = 0; i < count; i++) {
            for (size_t j = i + 1; j < count; j++) {
                rotated = rotate(vectors + i * length, vectors + j * length, length) || rotated;
            }
        }
    }
    *smallest = INFINITY;
    *largest = 0;
    for (size_t i = 0; i < count; i++) {
        double norm = sqrt(dot(vectors + i * length, vectors + i * length, length));
        *smallest = fmin(*smallest, norm);
        *largest = fmax(*largest, norm);
    }
}

/* 1 / sqrt of the largest eigenvalue of (A A^T)^-1, A the count x length vectors; 0 if too large.
 */
static sb_status smallest_by_inverse(double *smallest, const fmpq *vectors, size_t count,
                                     size_t length, sb_error *error)
{
    double *inverse = sb_allocate(count * count, sizeof *inverse);
    if (inverse == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_mat_t gram;
    fmpq_mat_init(gram, (slong)count, (slong)count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            sb_rationals_dot(fmpq_mat_entry(gram, (slong)i, (slong)j), vectors + i * length,
                             vectors + j * length, length);
        }
    }
    *smallest = 0;
    if (fmpq_mat_inv(gram, gram) != 0) {
        for (size_t k = 0; k < count * count; k++) {
            inverse[k] =
                sb_rational_to_double(fmpq_mat_entry(gram, (slong)(k / count), (slong)(k % count)));
        }
        double least = 0, largest = 0;
        extreme_singular_values(inverse, count, count, &least, &largest);
        if (isfinite(largest) && largest > 0) {
            *smallest = 1 / sqrt(largest);
        }
    }
    fmpq_mat_clear(gram);
    free(inverse);
    return SB_OK;
}

sb_status sb_smallest_singular_value(double *smallest, const fmpq *matrix, size_t row_count,
                                     size_t column_count, sb_error *error)
{
    *smallest = 0;
    size_t count = row_count < column_count ? row_count : column_count;
    size_t length = row_count < column_count ? column_count : row_count;
    if (count == 0 || sb_rank(matrix, row_count, column_count) < count) {
        return SB_OK;
    }
    fmpq *vectors = sb_rationals_new(count * length);
    double *rounded = sb_allocate(count * length, sizeof *rounded);
    sb_status status = SB_OK;
    if (vectors == NULL || rounded == NULL) {
        status = sb_out_of_memory(error);
    } else {
        for (size_t k = 0; k < count * length; k++) {
            size_t at = row_count < column_count
                            ? k
                            : k % length * column_count + k / length; /* transposed */
            fmpq_set(vectors + k, matrix + at);
            rounded[k] = sb_rational_to_double(matrix + at);
        }
        double largest = 0;
        extreme_singular_values(rounded, count, length, smallest, &largest);
        if (*smallest < TRUSTED_RATIO * largest && count <= LARGEST_TO_INVERT) {
            double refined = 0;
            status = smallest_by_inverse(&refined, vectors, count, length, error);
            *smallest = refined > 0 ? refined : *smallest;
        }
    }
    sb_rationals_free(vectors, count * length);
    free(rounded);
    return status;
}
