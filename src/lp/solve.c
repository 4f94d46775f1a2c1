/* Solving a linear program: floating first, then the proof.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lp/exact_simplex.h"
#include "lp/floating.h"
#include "lp/solver.h"

sb_lp_solver *sb_lp_solver_new(void)
{
    return sb_allocate(1, sizeof(sb_lp_solver));
}

void sb_lp_solver_free(sb_lp_solver *solver)
{
    if (solver != NULL) {
        sb_lp_solver_forget(solver);
        free(solver);
    }
}

void sb_lp_solver_forget(sb_lp_solver *solver)
{
    free(solver->statuses);
    *solver = (sb_lp_solver){0};
}

bool sb_lp_solver_remembers(const sb_lp_solver *solver, const sb_lp *lp)
{
    return solver->statuses != NULL && solver->columns == sb_lp_column_count(lp) &&
           solver->rows <= sb_lp_row_count(lp);
}

/* upper_columns NULL: none. */
static sb_status start_at(sb_lp_solver *solver, const sb_lp *lp, const bool *basic_columns,
                          const bool *basic_rows, const bool *upper_columns, sb_error *error)
{
    size_t columns = sb_lp_column_count(lp);
    size_t rows = sb_lp_row_count(lp);
    size_t basic = 0;
    sb_variable_status *statuses = sb_allocate(columns + rows, sizeof *statuses);
    if (statuses == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t variable = 0; variable < columns + rows; variable++) {
        bool is_basic =
            variable < columns ? basic_columns[variable] : basic_rows[variable - columns];
        bool is_upper = variable < columns && upper_columns != NULL && upper_columns[variable];
        statuses[variable] = is_basic ? SB_BASIC : is_upper ? SB_AT_UPPER : SB_AT_LOWER;
        basic += is_basic;
    }
    if (basic != rows) {
        free(statuses);
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "a starting basis has %zu variables for the %zu rows of a program",
                            basic, rows);
    }
    free(solver->statuses);
    *solver = (sb_lp_solver){.statuses = statuses, .columns = columns, .rows = rows};
    return SB_OK;
}

sb_status sb_lp_solver_start(sb_lp_solver *solver, const sb_lp *lp, const bool *basic_columns,
                             const bool *basic_rows, sb_error *error)
{
    return start_at(solver, lp, basic_columns, basic_rows, NULL, error);
}

sb_status sb_lp_solver_trust(sb_lp_solver *solver, const sb_lp *lp, const bool *basic_columns,
                             const bool *basic_rows, const bool *upper_columns, sb_error *error)
{
    sb_status status = start_at(solver, lp, basic_columns, basic_rows, upper_columns, error);
    solver->trusted = status == SB_OK;
    return status;
}

/* Make room for the program's statuses. *warm: what was remembered fits it; rows added since start
 * with basic activities. */
static sb_status recall_basis(sb_lp_solver *solver, const sb_lp *lp, bool *warm, sb_error *error)
{
    size_t columns = sb_lp_column_count(lp);
    size_t rows = sb_lp_row_count(lp);
    *warm = sb_lp_solver_remembers(solver, lp);
    if (*warm && solver->rows == rows) {
        return SB_OK;
    }
    sb_variable_status *statuses = sb_allocate(columns + rows, sizeof *statuses);
    if (statuses == NULL) {
        return sb_out_of_memory(error);
    }
    if (*warm) {
        memcpy(statuses, solver->statuses, (columns + solver->rows) * sizeof *statuses);
        for (size_t row = solver->rows; row < rows; row++) {
            statuses[columns + row] = SB_BASIC;
        }
    }
    free(solver->statuses);
    *solver = (sb_lp_solver){.statuses = statuses, .columns = columns, .rows = rows};
    return SB_OK;
}

void sb_lp_solver_trust_kept(sb_lp_solver *solver)
{
    solver->trusted = solver->statuses != NULL;
}

bool sb_lp_solver_row_is_basic(const sb_lp_solver *solver, size_t row)
{
    return solver->statuses == NULL || row >= solver->rows ||
           solver->statuses[solver->columns + row] == SB_BASIC;
}

sb_status sb_lp_solver_enter(sb_lp_solver *solver, const sb_lp *lp, size_t row, size_t column,
                             sb_error *error)
{
    bool warm = false;
    if (!sb_lp_solver_remembers(solver, lp)) {
        return SB_OK;
    }
    sb_status status = recall_basis(solver, lp, &warm, error);
    if (status != SB_OK) {
        return status;
    }
    sb_variable_status *activity = &solver->statuses[solver->columns + row];
    if (*activity == SB_BASIC && solver->statuses[column] != SB_BASIC) {
        *activity = SB_AT_LOWER;
        solver->statuses[column] = SB_BASIC;
    }
    return SB_OK;
}

/* Whether a pair of bounds excludes every number: then there is nothing to solve. */
static bool has_empty_bounds(const sb_lp_integers *integers, const sb_lp *lp, sb_lp_result *result)
{
    for (size_t variable = 0; variable < integers->columns + integers->rows; variable++) {
        if (!sb_lp_bounds_empty(&integers->bounds[variable])) {
            continue;
        }
        bool is_column = variable < integers->columns;
        size_t index = is_column ? variable : variable - integers->columns;
        (void)snprintf(result->reason, sizeof result->reason,
                       "the bounds of %s %zu %.100s exclude each other",
                       is_column ? "column" : "row", index,
                       is_column ? sb_lp_column_name(lp, index) : sb_lp_row_name(lp, index));
        return true;
    }
    return false;
}

/* The value of the objective at result->columns. */
static void set_objective(sb_lp_result *result, const sb_lp *lp)
{
    fmpq_t sum;
    fmpq_init(sum);
    for (size_t column = 0; column < result->column_count; column++) {
        fmpq_addmul(sum, sb_lp_column(lp, column).cost, &result->columns[column]);
    }
    fmpq_swap(&result->objective, sum);
    fmpq_clear(sum);
}

/* d_j = c_j - y a_j from result->duals, with the program as given. */
static sb_status set_reduced_costs(sb_lp_result *result, const sb_lp *lp, sb_error *error)
{
    result->reduced_costs = sb_rationals_new(result->column_count);
    if (result->reduced_costs == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t column = 0; column < result->column_count; column++) {
        fmpq_set(&result->reduced_costs[column], sb_lp_column(lp, column).cost);
    }
    for (size_t row = 0; row < result->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        for (size_t k = 0; !fmpq_is_zero(&result->duals[row]) && k < view.count; k++) {
            fmpq_submul(&result->reduced_costs[view.columns[k]], &result->duals[row],
                        &view.coefficients[k]);
        }
    }
    return SB_OK;
}

/* Multipliers of the scaled rows in the units of the rows as given. Duals also undo the scale of
 * the cost; Farkas multipliers know no cost. */
static void unscale_multipliers(sb_lp_result *result, const sb_lp_integers *integers,
                                bool with_cost)
{
    for (size_t row = 0; row < result->row_count; row++) {
        fmpq *dual = &result->duals[row];
        if (fmpq_is_zero(dual)) {
            continue;
        }
        fmpq_mul(dual, dual, &integers->row_scales[row]);
        if (with_cost) {
            fmpq_div(dual, dual, &integers->cost_scale);
        }
    }
}

/* The first count of the values, moved; NULL when memory runs out. */
static fmpq *take_columns(fmpq *values, size_t count)
{
    fmpq *columns = sb_rationals_new(count);
    for (size_t column = 0; columns != NULL && column < count; column++) {
        fmpq_swap(&columns[column], &values[column]);
    }
    return columns;
}

/* Hand the exact outcome over to the result. */
static sb_status take_exact(sb_lp_result *result, const sb_lp *lp, const sb_lp_integers *integers,
                            sb_exact_outcome *outcome, bool bare, sb_error *error)
{
    result->status = outcome->status;
    result->proof = SB_PROOF_EXACT;
    if (outcome->status != SB_LP_UNBOUNDED) {
        result->duals = outcome->multipliers;
        outcome->multipliers = NULL;
        unscale_multipliers(result, integers, outcome->status == SB_LP_OPTIMAL);
    }
    if (outcome->status == SB_LP_INFEASIBLE) {
        return SB_OK;
    }
    result->columns = take_columns(outcome->values, result->column_count);
    if (result->columns == NULL) {
        return sb_out_of_memory(error);
    }
    if (outcome->status == SB_LP_UNBOUNDED) {
        result->point = take_columns(outcome->point, result->column_count);
        return result->point != NULL ? SB_OK : sb_out_of_memory(error);
    }
    set_objective(result, lp);
    return bare ? SB_OK : set_reduced_costs(result, lp, error);
}

/* Raise *largest to how far value lies outside the bounds. */
static void raise_violation(fmpq_t largest, const fmpq_t value, const fmpq *lower,
                            const fmpq *upper)
{
    fmpq_t distance;
    fmpq_init(distance);
    if (lower != NULL) {
        fmpq_sub(distance, lower, value);
        if (fmpq_cmp(distance, largest) > 0) {
            fmpq_set(largest, distance);
        }
    }
    if (upper != NULL) {
        fmpq_sub(distance, value, upper);
        if (fmpq_cmp(distance, largest) > 0) {
            fmpq_set(largest, distance);
        }
    }
    fmpq_clear(distance);
}

static double largest_violation(const sb_lp *lp, const fmpq *x)
{
    fmpq_t largest;
    fmpq_t activity;
    fmpq_init(largest);
    fmpq_init(activity);
    for (size_t column = 0; column < sb_lp_column_count(lp); column++) {
        sb_lp_column_view view = sb_lp_column(lp, column);
        raise_violation(largest, &x[column], view.lower, view.upper);
    }
    for (size_t row = 0; row < sb_lp_row_count(lp); row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        fmpq_zero(activity);
        for (size_t k = 0; k < view.count; k++) {
            fmpq_addmul(activity, &view.coefficients[k], &x[view.columns[k]]);
        }
        raise_violation(largest, activity, view.lower, view.upper);
    }
    double violation = sb_rational_to_double(largest);
    fmpq_clear(largest);
    fmpq_clear(activity);
    return violation;
}

/* Hand the floating outcome over to the result. */
static sb_status take_floating(sb_lp_result *result, const sb_lp *lp,
                               const sb_lp_integers *integers, const sb_floating_outcome *outcome,
                               bool bare, sb_error *error)
{
    result->status = outcome->status;
    if (outcome->status == SB_LP_FAILED) {
        result->proof = SB_PROOF_NONE;
        if (result->reason[0] == '\0') {
            (void)snprintf(result->reason, sizeof result->reason, "%s", outcome->reason);
        }
        return SB_OK;
    }
    result->proof = SB_PROOF_FLOATING;
    if (outcome->status != SB_LP_OPTIMAL) {
        return SB_OK;
    }
    result->columns = sb_rationals_new(result->column_count);
    result->duals = sb_rationals_new(result->row_count);
    if (result->columns == NULL || result->duals == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t column = 0; column < result->column_count; column++) {
        sb_rational_from_double(&result->columns[column], outcome->values[column]);
    }
    for (size_t row = 0; row < result->row_count; row++) {
        sb_rational_from_double(&result->duals[row], outcome->multipliers[row]);
    }
    unscale_multipliers(result, integers, true);
    set_objective(result, lp);
    if (bare) {
        return SB_OK;
    }
    result->largest_violation = largest_violation(lp, result->columns);
    return set_reduced_costs(result, lp, error);
}

/* Prove, or pivot until proved. Falls back on the floating outcome when the time limit is met. */
static sb_status prove(sb_lp_result *result, const sb_lp *lp, const sb_lp_integers *integers,
                       sb_lp_solver *solver, const sb_lp_options *options,
                       const sb_floating_outcome *floating, sb_error *error)
{
    double began = sb_seconds();
    sb_patience patience = {options->cancel,
                            options->time_limit > 0 ? began + options->time_limit : 0};
    sb_exact_outcome exact;
    sb_status status = sb_exact_simplex(integers, solver->statuses, &patience, &exact, error);
    result->exact_pivots = exact.pivots;
    result->exact_seconds = sb_seconds() - began;
    if (status == SB_OK) {
        status = take_exact(result, lp, integers, &exact, options->bare, error);
    } else if (status == SB_ERROR_LIMIT) {
        sb_error_clear(error);
        (void)snprintf(result->reason, sizeof result->reason,
                       "the exact part met its time limit of %g s", options->time_limit);
        status = take_floating(result, lp, integers, floating, options->bare, error);
    }
    sb_exact_outcome_clear(&exact, integers);
    return status;
}

/* The floating method from what is remembered. */
static sb_status solve_floating(const sb_lp_integers *integers, sb_lp_solver *solver, bool warm,
                                const sb_lp_options *options, sb_lp_result *result,
                                sb_floating_outcome *outcome, sb_error *error)
{
    double began = sb_seconds();
    sb_patience patience = {options->cancel, 0};
    sb_status status = sb_floating_solve(integers, solver->statuses, warm, options->dual, &patience,
                                         outcome, error);
    result->floating_seconds += sb_seconds() - began;
    result->floating_iterations += outcome->iterations;
    return status;
}

static sb_status solve_scaled(const sb_lp *lp, const sb_lp_integers *integers, sb_lp_solver *solver,
                              const sb_lp_options *options, sb_lp_result *result, sb_error *error)
{
    bool warm = false;
    sb_status status = recall_basis(solver, lp, &warm, error);
    bool trusted = solver->trusted && warm && options->exact;
    solver->trusted = false;
    if (status == SB_OK && trusted) {
        sb_floating_outcome none = {.status = SB_LP_FAILED};
        status = prove(result, lp, integers, solver, options, &none, error);
        if (status != SB_OK || result->status != SB_LP_FAILED) {
            return status;
        }
    }
    if (status != SB_OK) {
        return status;
    }
    sb_floating_outcome floating;
    status = solve_floating(integers, solver, warm, options, result, &floating, error);
    if (status != SB_OK) {
        return status;
    }
    status = options->exact && !trusted
                 ? prove(result, lp, integers, solver, options, &floating, error)
                 : take_floating(result, lp, integers, &floating, options->bare, error);
    sb_floating_outcome_clear(&floating);
    return status;
}

/* Forget the numbers of an earlier solve. */
static void begin_result(sb_lp_result *result, const sb_lp *lp)
{
    sb_lp_result_clear(result);
    result->column_count = sb_lp_column_count(lp);
    result->row_count = sb_lp_row_count(lp);
}

sb_status sb_lp_solve(const sb_lp *lp, sb_lp_solver *solver, const sb_lp_options *options,
                      sb_lp_result *result, sb_error *error)
{
    const sb_lp_options standard = SB_LP_OPTIONS_DEFAULT;
    sb_lp_solver temporary = {0};
    sb_lp_integers integers;
    begin_result(result, lp);
    sb_status status = sb_lp_integers_init(&integers, lp, error);
    if (status != SB_OK) {
        return status;
    }
    if (has_empty_bounds(&integers, lp, result)) {
        result->status = SB_LP_INFEASIBLE;
        result->proof = SB_PROOF_EXACT;
        result->duals = sb_rationals_new(result->row_count);
        status = result->duals != NULL ? SB_OK : sb_out_of_memory(error);
    } else {
        status = solve_scaled(lp, &integers, solver != NULL ? solver : &temporary,
                              options != NULL ? options : &standard, result, error);
    }
    sb_lp_integers_clear(&integers);
    sb_lp_solver_forget(&temporary);
    if (status != SB_OK) {
        sb_lp_result_clear(result);
    }
    return status;
}

sb_status sb_lp_solve_exactly(const sb_lp *lp, sb_lp_result *result, sb_error *error)
{
    return sb_lp_solve(lp, NULL, NULL, result, error);
}
