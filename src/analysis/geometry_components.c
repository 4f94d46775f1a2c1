/* Principal components of the beliefs: the directions in which they differ most.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The conditionals less their mean, every type counting the same, are decomposed by GSL's one-sided
 * Jacobi method. A component's sign is chosen so that later types tend to have larger scores: a
 * table that changes a little does not turn the picture over.
 */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "analysis/geometry.h"
#include "base/memory.h"

/* A component that shows less than this beside the first is rounding. */
static const double least_ratio = 1e-12;

typedef struct decomposition {
    gsl_matrix *left, *right; /* the longer side of the centred table; the shorter one */
    gsl_vector *values;
    size_t rows, signals; /* types with a belief */
    bool turned;          /* types are the columns of what is decomposed */
    double *centred;      /* rows * signals */
    const bool *has_belief;
} decomposition;

/* Conditionals less their mean over the types; false without memory. */
static bool centre(decomposition *work, const sb_beliefs *beliefs)
{
    work->signals = beliefs->others_count;
    work->has_belief = beliefs->has_belief;
    for (size_t type = 0; type < beliefs->type_count; type++) {
        work->rows += beliefs->has_belief[type];
    }
    work->centred = sb_allocate(work->rows * work->signals, sizeof *work->centred);
    if (work->centred == NULL) {
        return false;
    }
    fmpq_t mean;
    fmpq_t less;
    fmpq_init(mean);
    fmpq_init(less);
    for (size_t k = 0; k < work->signals; k++) {
        fmpq_zero(mean);
        for (size_t type = 0; type < beliefs->type_count; type++) {
            fmpq_add(mean, mean, sb_belief_of(beliefs, type) + k);
        }
        fmpq_set_si(less, 1, work->rows > 0 ? work->rows : 1);
        fmpq_mul(mean, mean, less);
        size_t row = 0;
        for (size_t type = 0; type < beliefs->type_count; type++) {
            if (beliefs->has_belief[type]) {
                fmpq_sub(less, sb_belief_of(beliefs, type) + k, mean);
                work->centred[row++ * work->signals + k] = sb_rational_to_double(less);
            }
        }
    }
    fmpq_clear(mean);
    fmpq_clear(less);
    return true;
}

static sb_status decompose(decomposition *work, sb_error *error)
{
    work->turned = work->rows < work->signals;
    size_t high = work->turned ? work->signals : work->rows;
    size_t wide = work->turned ? work->rows : work->signals;
    sb_status status = SB_OK;
    /* GSL's own handler would end the program; here its return values are read. */
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    work->left = gsl_matrix_alloc(high, wide);
    work->right = gsl_matrix_alloc(wide, wide);
    work->values = gsl_vector_alloc(wide);
    if (work->left == NULL || work->right == NULL || work->values == NULL) {
        status = sb_out_of_memory(error);
    } else {
        for (size_t k = 0; k < work->rows * work->signals; k++) {
            size_t row = k / work->signals;
            size_t signal = k % work->signals;
            gsl_matrix_set(work->left, work->turned ? signal : row, work->turned ? row : signal,
                           work->centred[k]);
        }
        if (gsl_linalg_SV_decomp_jacobi(work->left, work->right, work->values) != GSL_SUCCESS) {
            status = sb_error_set(error, SB_ERROR_INTERNAL,
                                  "the singular value decomposition did not converge");
        }
    }
    gsl_set_error_handler(handler);
    return status;
}

static double value_of(const decomposition *work, size_t component)
{
    return component < work->values->size ? gsl_vector_get(work->values, component) : 0;
}

static double score_of(const decomposition *work, size_t row, size_t component)
{
    const gsl_matrix *types = work->turned ? work->right : work->left;
    return component < work->values->size
               ? gsl_matrix_get(types, row, component) * value_of(work, component)
               : 0;
}

static double loading_of(const decomposition *work, size_t signal, size_t component)
{
    const gsl_matrix *signals = work->turned ? work->left : work->right;
    return component < work->values->size ? gsl_matrix_get(signals, signal, component) : 0;
}

/* -1 where later types would tend to have smaller scores. */
static double sign_of(const decomposition *work, size_t component)
{
    double tendency = 0;
    for (size_t row = 0; row < work->rows; row++) {
        tendency += (double)row * score_of(work, row, component);
    }
    return tendency < 0 ? -1 : 1;
}

static void read_components(sb_geometry *geometry, const decomposition *work)
{
    double all = 0;
    for (size_t k = 0; k < work->values->size; k++) {
        all += value_of(work, k) * value_of(work, k);
    }
    for (size_t k = 0; k < geometry->dimensions; k++) {
        double sign = sign_of(work, k);
        geometry->shares[k] = all > 0 ? value_of(work, k) * value_of(work, k) / all : 1;
        for (size_t signal = 0; signal < work->signals; signal++) {
            geometry->loadings[k * work->signals + signal] = sign * loading_of(work, signal, k);
        }
        size_t row = 0;
        for (size_t type = 0; type < geometry->type_count; type++) {
            if (work->has_belief[type]) {
                geometry->types[type].placed = true;
                sb_rational_from_double(geometry->places + type * geometry->dimensions + k,
                                        sign * score_of(work, row++, k));
            }
        }
    }
}

sb_status sb_geometry_components(sb_geometry *geometry, const sb_beliefs *beliefs, sb_error *error)
{
    decomposition work = {.rows = 0};
    geometry->projection = SB_PROJECTION_COMPONENTS;
    sb_status status = centre(&work, beliefs) ? decompose(&work, error) : sb_out_of_memory(error);
    if (status == SB_OK && work.values != NULL) {
        bool plane = value_of(&work, 1) > least_ratio * value_of(&work, 0);
        geometry->dimensions = plane ? 2 : 1;
        geometry->places = sb_rationals_new(geometry->type_count * geometry->dimensions);
        geometry->loadings =
            sb_allocate(geometry->dimensions * work.signals, sizeof *geometry->loadings);
        if (geometry->places == NULL || geometry->loadings == NULL) {
            status = sb_out_of_memory(error);
        } else {
            read_components(geometry, &work);
        }
    }
    gsl_matrix_free(work.left);
    gsl_matrix_free(work.right);
    gsl_vector_free(work.values);
    free(work.centred);
    return status;
}
