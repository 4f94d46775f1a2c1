/* The concave envelope of points at a belief, as a linear program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     maximise  sum of weight_k height_k   over weights >= 0 with  sum of weight_k point_k = belief
 *
 * Points and belief sum to the same, so that the weights need no row of their own.
 */
#include <stdlib.h>

#include "analysis/geometry.h"
#include "base/memory.h"

typedef struct envelope_program {
    const fmpq *points, *heights;
    const bool *has;
    size_t count, length;
    size_t *columns;
    fmpq *coefficients;
} envelope_program;

static sb_status build(const envelope_program *program, const fmpq *belief, sb_lp *lp,
                       sb_error *error)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_status status = SB_OK;
    size_t columns = 0;
    for (size_t k = 0; status == SB_OK && k < program->count; k++) {
        if (program->has == NULL || program->has[k]) {
            program->columns[columns] = columns;
            columns++;
            status = sb_lp_add_column(lp, NULL, zero, NULL, program->heights + k, NULL, error);
        }
    }
    fmpq_clear(zero);
    for (size_t row = 0; status == SB_OK && row < program->length; row++) {
        size_t column = 0;
        for (size_t k = 0; k < program->count; k++) {
            if (program->has == NULL || program->has[k]) {
                fmpq_set(program->coefficients + column++,
                         program->points + k * program->length + row);
            }
        }
        status = sb_lp_add_row(lp, NULL, belief + row, belief + row, columns, program->columns,
                               program->coefficients, NULL, error);
    }
    return status;
}

static void read_weights(const envelope_program *program, const sb_lp_result *result, fmpq *weights)
{
    size_t column = 0;
    for (size_t k = 0; k < program->count; k++) {
        if (program->has == NULL || program->has[k]) {
            fmpq_set(weights + k, result->columns + column++);
        } else {
            fmpq_zero(weights + k);
        }
    }
}

sb_status sb_concave_envelope_at(const fmpq *points, const fmpq *heights, const bool *has,
                                 size_t count, size_t length, const fmpq *belief,
                                 const sb_lp_options *options, bool *inside, fmpq_t value,
                                 fmpq *weights, sb_error *error)
{
    envelope_program program = {points, heights, has, count, length, NULL, NULL};
    program.columns = sb_allocate(count, sizeof *program.columns);
    program.coefficients = sb_rationals_new(count);
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = SB_OK;
    *inside = false;
    if (program.columns == NULL || program.coefficients == NULL || lp == NULL) {
        status = sb_out_of_memory(error);
    } else {
        status = build(&program, belief, lp, error);
    }
    if (status == SB_OK) {
        status = sb_lp_solve(lp, NULL, options, &result, error);
    }
    if (status == SB_OK && result.proof != SB_PROOF_EXACT) {
        status = sb_error_set(error, SB_ERROR_LIMIT, "the concave envelope was not proved: %s",
                              result.reason);
    } else if (status == SB_OK && result.status == SB_LP_OPTIMAL) {
        *inside = true;
        fmpq_set(value, &result.objective);
        if (weights != NULL) {
            read_weights(&program, &result, weights);
        }
    } else if (status == SB_OK && result.status != SB_LP_INFEASIBLE) {
        status = sb_error_set(error, SB_ERROR_INTERNAL, "the concave envelope is %s",
                              sb_lp_status_name(result.status));
    }
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
    sb_rationals_free(program.coefficients, count);
    free(program.columns);
    return status;
}
