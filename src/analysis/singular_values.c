/* Rank and singular values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GSL's one-sided Jacobi decomposition: the most accurate method for small singular values. Where
 * the smallest value is too small beside the largest for doubles to tell it from rounding, it is
 * taken from the exact inverse of the Gram matrix, whose largest eigenvalue it is the inverse
 * square root of.
 */
#include "analysis/singular_values.h"

#include <math.h>
#include <stdlib.h>

#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "base/memory.h"

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

/* The smallest and largest singular value of count vectors of a length >= count. */
static sb_status extreme_singular_values(const double *vectors, size_t count, size_t length,
                                         double *smallest, double *largest, sb_error *error)
{
    sb_status status = SB_OK;
    /* GSL's own handler would end the program; here its return values are read. */
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_matrix *left = gsl_matrix_alloc(length, count); /* the vectors are its columns */
    gsl_matrix *right = gsl_matrix_alloc(count, count);
    gsl_vector *values = gsl_vector_alloc(count);
    if (left == NULL || right == NULL || values == NULL) {
        status = sb_out_of_memory(error);
    } else {
        for (size_t k = 0; k < count * length; k++) {
            gsl_matrix_set(left, k % length, k / length, vectors[k]);
        }
        if (gsl_linalg_SV_decomp_jacobi(left, right, values) != GSL_SUCCESS) {
            status = sb_error_set(error, SB_ERROR_INTERNAL,
                                  "the singular value decomposition did not converge");
        } else {
            gsl_vector_minmax(values, smallest, largest);
        }
    }
    gsl_matrix_free(left);
    gsl_matrix_free(right);
    gsl_vector_free(values);
    gsl_set_error_handler(handler);
    return status;
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
    sb_status status = SB_OK;
    *smallest = 0;
    if (fmpq_mat_inv(gram, gram) != 0) {
        for (size_t k = 0; k < count * count; k++) {
            inverse[k] =
                sb_rational_to_double(fmpq_mat_entry(gram, (slong)(k / count), (slong)(k % count)));
        }
        double least = 0, largest = 0;
        status = extreme_singular_values(inverse, count, count, &least, &largest, error);
        if (status == SB_OK && isfinite(largest) && largest > 0) {
            *smallest = 1 / sqrt(largest);
        }
    }
    fmpq_mat_clear(gram);
    free(inverse);
    return status;
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
        status = extreme_singular_values(rounded, count, length, smallest, &largest, error);
        if (status == SB_OK && *smallest < TRUSTED_RATIO * largest && count <= LARGEST_TO_INVERT) {
            double refined = 0;
            status = smallest_by_inverse(&refined, vectors, count, length, error);
            *smallest = refined > 0 ? refined : *smallest;
        }
    }
    sb_rationals_free(vectors, count * length);
    free(rounded);
    return status;
}
