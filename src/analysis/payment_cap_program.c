/* Programs derived from a design's: payments bounded by one number.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/payment_cap_program.h"

#include <stdlib.h>

#include "base/memory.h"

static sb_status copy_columns(sb_lp *copy, const sb_lp *program, const sb_lp_result *face,
                              sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t column = 0; status == SB_OK && column < sb_lp_column_count(program); column++) {
        sb_lp_column_view view = sb_lp_column(program, column);
        bool fixed = face != NULL && !fmpq_is_zero(face->reduced_costs + column);
        const fmpq *at = fixed ? face->columns + column : NULL;
        status = sb_lp_add_column(copy, sb_lp_column_name(program, column), fixed ? at : view.lower,
                                  fixed ? at : view.upper, view.cost, NULL, error);
    }
    return status;
}

sb_status sb_program_copy(sb_lp **copy, const sb_lp *program, const fmpq *lowers,
                          const sb_lp_result *face, sb_error *error)
{
    *copy = NULL;
    sb_lp *made = sb_lp_new(sb_lp_direction(program));
    sb_status status =
        made == NULL ? sb_out_of_memory(error) : copy_columns(made, program, face, error);
    for (size_t row = 0; status == SB_OK && row < sb_lp_row_count(program); row++) {
        sb_lp_row_view view = sb_lp_row(program, row);
        const fmpq *lower = view.lower != NULL && lowers != NULL ? lowers + row : view.lower;
        /* An upper bound in a design's program is that of an equation. */
        bool binds = view.upper != NULL || (face != NULL && !fmpq_is_zero(face->duals + row));
        status = sb_lp_add_row(made, sb_lp_row_name(program, row), lower, binds ? lower : NULL,
                               view.count, view.columns, view.coefficients, NULL, error);
    }
    if (status != SB_OK) {
        sb_lp_free(made);
        return status;
    }
    *copy = made;
    return SB_OK;
}

sb_status sb_payment_columns_find(size_t **columns, size_t *count,
                                  const sb_environment *environment, const sb_design *design,
                                  sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    *count = 0;
    *columns = sb_allocate(profiles * environment->agent_count, sizeof **columns);
    if (*columns == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t profile = 0; profile < profiles; profile++) {
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            size_t column = sb_design_payment_column(design, profile, agent);
            if (column != SB_NOWHERE) {
                (*columns)[(*count)++] = column;
            }
        }
    }
    return SB_OK;
}

sb_status sb_program_minimise_largest(sb_lp *program, const size_t *columns, size_t count,
                                      sb_error *error)
{
    fmpq *coefficients = sb_rationals_new(2);
    if (coefficients == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t zero, minus_one;
    fmpq_init(zero);
    fmpq_init(minus_one);
    fmpq_set_si(minus_one, -1, 1);
    for (size_t column = 0; column < sb_lp_column_count(program); column++) {
        sb_lp_set_cost(program, column, zero);
    }
    size_t largest = 0;
    sb_status status = sb_lp_add_column(program, NULL, zero, NULL, minus_one, &largest, error);
    for (size_t k = 0; status == SB_OK && k < 2 * count; k++) {
        fmpq_one(coefficients);
        fmpq_set_si(coefficients + 1, k % 2 == 0 ? 1 : -1, 1);
        status =
            sb_lp_add_row(program, NULL, zero, NULL, 2, (const size_t[]){largest, columns[k / 2]},
                          coefficients, NULL, error);
    }
    sb_rationals_free(coefficients, 2);
    fmpq_clear(zero);
    fmpq_clear(minus_one);
    return status;
}

sb_status sb_program_bound_columns(sb_lp *program, const size_t *columns, size_t count,
                                   const fmpq_t bound, sb_error *error)
{
    fmpq_t lower;
    fmpq_init(lower);
    fmpq_neg(lower, bound);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        status = sb_lp_set_column_bounds(program, columns[k], lower, bound, error);
    }
    fmpq_clear(lower);
    return status;
}
