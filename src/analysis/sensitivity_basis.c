/* The program at one point of a line of priors, and whether a basis is optimal there.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/sensitivity_parts.h"
#include "base/memory.h"
#include "lp/exact_simplex.h"
#include "lp/solver.h"

struct sb_sensitivity_point {
    sb_design *design;
    const sb_lp *program;
    sb_lp_integers integers;
};

void sb_known_basis_clear(sb_known_basis *basis)
{
    free(basis->statuses);
    *basis = (sb_known_basis){0};
}

sb_status sb_known_basis_copy(sb_known_basis *to, const sb_known_basis *from, sb_error *error)
{
    size_t count = from->columns + from->rows;
    sb_variable_status *statuses = sb_allocate(count, sizeof *statuses);
    if (statuses == NULL) {
        return sb_out_of_memory(error);
    }
    memcpy(statuses, from->statuses, count * sizeof *statuses);
    sb_known_basis_clear(to);
    *to = (sb_known_basis){statuses, from->columns, from->rows};
    return SB_OK;
}

sb_status sb_sensitivity_point_new(sb_sensitivity_work *work, const fmpq_t t,
                                   sb_sensitivity_point **point, sb_error *error)
{
    *point = NULL;
    size_t profiles = sb_environment_profile_count(work->environment);
    fmpq *weights = sb_rationals_copy(work->environment->weights, profiles);
    sb_sensitivity_point *made = sb_allocate(1, sizeof *made);
    if (weights == NULL || made == NULL) {
        sb_rationals_free(weights, profiles);
        free(made);
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; !fmpq_is_zero(t) && cell < profiles; cell++) {
        fmpq_addmul(weights + cell, t, work->direction + cell);
    }
    sb_status status = sb_environment_set_weights(work->moved, weights, error);
    if (status == SB_OK) {
        status = sb_design_new(work->moved, &made->design, error);
    }
    if (status == SB_OK) {
        made->program = sb_design_program(made->design);
        status = sb_lp_integers_init(&made->integers, made->program, error);
        if (status != SB_OK) {
            sb_design_free(made->design);
        }
    }
    sb_rationals_free(weights, profiles);
    if (status != SB_OK) {
        free(made);
        return status;
    }
    *point = made;
    return SB_OK;
}

void sb_sensitivity_point_free(sb_sensitivity_point *point)
{
    if (point != NULL) {
        sb_lp_integers_clear(&point->integers);
        sb_design_free(point->design);
        free(point);
    }
}

size_t sb_sensitivity_point_columns(const sb_sensitivity_point *point)
{
    return point->integers.columns;
}

size_t sb_sensitivity_point_rows(const sb_sensitivity_point *point)
{
    return point->integers.rows;
}

static bool fits(const sb_sensitivity_point *point, const sb_known_basis *basis)
{
    return basis->statuses != NULL && basis->columns == point->integers.columns &&
           basis->rows == point->integers.rows;
}

/* What a basis that was found optimal says, in the units of the program as given. */
static void read_answer(const sb_sensitivity_point *point, const sb_simplex *simplex,
                        fmpq_t optimum, fmpq *columns, fmpq *duals)
{
    const sb_lp_integers *integers = &point->integers;
    fmpq_zero(optimum);
    for (size_t column = 0; column < integers->columns; column++) {
        fmpq_addmul(optimum, sb_lp_column(point->program, column).cost, simplex->values + column);
        if (columns != NULL) {
            fmpq_set(columns + column, simplex->values + column);
        }
    }
    for (size_t row = 0; duals != NULL && row < integers->rows; row++) {
        sb_exact_vector_get(duals + row, &simplex->y, row);
        fmpq_mul(duals + row, duals + row, integers->row_scales + row);
        fmpq_div(duals + row, duals + row, &integers->cost_scale);
    }
}

sb_status sb_sensitivity_is_optimal(sb_sensitivity_point *point, const sb_known_basis *basis,
                                    const sb_patience *patience, bool *optimal, fmpq_t optimum,
                                    fmpq *columns, fmpq *duals, sb_error *error)
{
    *optimal = false;
    if (!fits(point, basis)) {
        return SB_OK;
    }
    size_t count = basis->columns + basis->rows;
    sb_variable_status *tried = sb_allocate(count, sizeof *tried);
    if (tried == NULL) {
        return sb_out_of_memory(error);
    }
    memcpy(tried, basis->statuses, count * sizeof *tried);
    sb_simplex simplex;
    sb_status status = sb_simplex_init(&simplex, &point->integers, tried, patience, error);
    if (status == SB_OK) {
        /* A singular basis would have been mended. */
        bool regular = memcmp(tried, basis->statuses, count * sizeof *tried) == 0;
        if (regular && sb_simplex_is_feasible(&simplex)) {
            status = sb_simplex_is_dual_feasible(&simplex, optimal, error);
        }
        if (status == SB_OK && *optimal) {
            read_answer(point, &simplex, optimum, columns, duals);
        }
        sb_simplex_clear(&simplex);
    }
    free(tried);
    return status;
}

sb_status sb_sensitivity_pivot(sb_sensitivity_point *point, sb_known_basis *basis,
                               const sb_patience *patience, bool *optimal, sb_error *error)
{
    *optimal = false;
    if (!fits(point, basis)) {
        return SB_OK;
    }
    sb_exact_outcome outcome;
    sb_status status =
        sb_exact_simplex(&point->integers, basis->statuses, patience, &outcome, error);
    *optimal = status == SB_OK && outcome.status == SB_LP_OPTIMAL;
    sb_exact_outcome_clear(&outcome, &point->integers);
    return status;
}

sb_status sb_sensitivity_solve(sb_sensitivity_point *point, sb_known_basis *basis,
                               const sb_patience *patience, bool *optimal, sb_error *error)
{
    *optimal = false;
    sb_lp_options options = {.exact = true, .time_limit = 0, .cancel = patience->cancel};
    if (patience->deadline > 0) {
        options.time_limit = patience->deadline - sb_seconds();
        if (options.time_limit <= 0) {
            return sb_patience_check(patience, error);
        }
    }
    sb_lp_solver solver = {0};
    if (fits(point, basis)) {
        solver = (sb_lp_solver){
            .statuses = basis->statuses, .columns = basis->columns, .rows = basis->rows};
        *basis = (sb_known_basis){0};
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = sb_lp_solve(point->program, &solver, &options, &result, error);
    *optimal = status == SB_OK && result.status == SB_LP_OPTIMAL && result.proof == SB_PROOF_EXACT;
    sb_lp_result_clear(&result);
    sb_known_basis_clear(basis);
    *basis = (sb_known_basis){solver.statuses, solver.columns, solver.rows};
    return status;
}

void sb_sensitivity_lagrangian(fmpq_t value, const sb_sensitivity_point *point, const fmpq *columns,
                               const fmpq *duals)
{
    fmpq_t slack;
    fmpq_init(slack);
    fmpq_zero(value);
    for (size_t column = 0; column < point->integers.columns; column++) {
        fmpq_addmul(value, sb_lp_column(point->program, column).cost, columns + column);
    }
    for (size_t row = 0; row < point->integers.rows; row++) {
        if (fmpq_is_zero(duals + row)) {
            continue;
        }
        /* Every row has a lower bound, alone or as an equation. */
        sb_lp_row_view view = sb_lp_row(point->program, row);
        fmpq_neg(slack, view.lower);
        for (size_t k = 0; k < view.count; k++) {
            fmpq_addmul(slack, view.coefficients + k, columns + view.columns[k]);
        }
        fmpq_submul(value, duals + row, slack);
    }
    fmpq_clear(slack);
}
