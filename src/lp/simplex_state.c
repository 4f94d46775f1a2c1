/* A basic solution in rationals: starting, pricing, moving, pivoting.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/simplex_state.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lp/integer_array.h"

double sb_log2(const fmpz *value)
{
    if (fmpz_is_zero(value)) {
        return -INFINITY;
    }
    slong exponent;
    double mantissa = fmpz_get_d_2exp(&exponent, value);
    return log2(fabs(mantissa)) + (double)exponent;
}

/* Nonbasic at the bound asked for where there is one, else at the other, else at zero. */
static sb_variable_status nonbasic_status(const sb_lp_bounds *bounds, sb_variable_status wanted)
{
    if (wanted == SB_AT_UPPER && bounds->has_upper) {
        return SB_AT_UPPER;
    }
    if (bounds->has_lower) {
        return SB_AT_LOWER;
    }
    return bounds->has_upper ? SB_AT_UPPER : SB_AT_ZERO;
}

/* Exactly as many basic variables as rows, and nonbasic ones at bounds they have. */
static void make_consistent(sb_simplex *simplex)
{
    const sb_lp_integers *program = simplex->program;
    size_t basic = 0;
    for (size_t variable = 0; variable < simplex->variables; variable++) {
        sb_variable_status *status = &simplex->statuses[variable];
        if (*status == SB_BASIC && basic < program->rows) {
            basic++;
        } else {
            *status = nonbasic_status(&program->bounds[variable], *status);
        }
    }
    for (size_t variable = program->columns; basic < program->rows; variable++) {
        if (simplex->statuses[variable] != SB_BASIC) {
            simplex->statuses[variable] = SB_BASIC;
            basic++;
        }
    }
}

static sb_status factor(sb_simplex *simplex, sb_error *error)
{
    size_t removed = 0;
    sb_status status = sb_exact_basis_factor(&simplex->basis, simplex->removed, &removed, error);
    for (size_t k = 0; k < removed; k++) {
        size_t variable = simplex->removed[k];
        simplex->statuses[variable] =
            nonbasic_status(&simplex->program->bounds[variable], SB_AT_LOWER);
    }
    for (size_t position = 0; position < simplex->basis.size; position++) {
        simplex->statuses[simplex->basis.head[position]] = SB_BASIC;
    }
    return status;
}

static void place_nonbasic(sb_simplex *simplex, size_t variable)
{
    const sb_lp_bounds *bounds = &simplex->program->bounds[variable];
    switch (simplex->statuses[variable]) {
    case SB_AT_LOWER:
        fmpq_set(&simplex->values[variable], &bounds->lower);
        break;
    case SB_AT_UPPER:
        fmpq_set(&simplex->values[variable], &bounds->upper);
        break;
    case SB_AT_ZERO:
    case SB_BASIC:
        fmpq_zero(&simplex->values[variable]);
        break;
    }
}

/* All values from the statuses: B z_B = - sum of nonbasic columns times their values. */
static sb_status compute_values(sb_simplex *simplex, sb_error *error)
{
    const sb_lp_integers *program = simplex->program;
    fmpz_t denominator;
    fmpz_t scale;
    fmpz_init_set_ui(denominator, 1);
    fmpz_init(scale);
    for (size_t variable = 0; variable < simplex->variables; variable++) {
        place_nonbasic(simplex, variable);
        fmpz_lcm(denominator, denominator, fmpq_denref(&simplex->values[variable]));
    }
    for (size_t variable = 0; variable < simplex->variables; variable++) {
        const fmpq *value = &simplex->values[variable];
        if (!fmpq_is_zero(value)) {
            fmpz_divexact(scale, denominator, fmpq_denref(value));
            fmpz_mul(scale, scale, fmpq_numref(value));
            fmpz_neg(scale, scale);
            sb_exact_column_add(simplex->side, program, variable, scale);
        }
    }
    sb_status status = sb_exact_basis_solve(&simplex->basis, simplex->side, &simplex->alpha,
                                            simplex->patience, error);
    if (status == SB_OK) {
        fmpz_mul(simplex->alpha.denominator, simplex->alpha.denominator, denominator);
        for (size_t position = 0; position < simplex->basis.size; position++) {
            sb_exact_vector_get(&simplex->values[simplex->basis.head[position]], &simplex->alpha,
                                position);
        }
    }
    sb_integer_array_zero(simplex->side, program->rows);
    fmpz_clear(denominator);
    fmpz_clear(scale);
    return status;
}

static void weigh_columns(sb_simplex *simplex)
{
    const sb_lp_integers *program = simplex->program;
    for (size_t variable = 0; variable < program->columns; variable++) {
        double largest = 0;
        size_t count = program->starts[variable + 1] - program->starts[variable];
        for (size_t k = program->starts[variable]; k < program->starts[variable + 1]; k++) {
            largest = fmax(largest, sb_log2(&program->entries[k]));
        }
        simplex->column_weights[variable] = largest + 0.5 * log2((double)count + 1);
    }
}

sb_status sb_simplex_init(sb_simplex *simplex, const sb_lp_integers *program,
                          sb_variable_status *statuses, const sb_patience *patience,
                          sb_error *error)
{
    *simplex = (sb_simplex){.program = program,
                            .patience = patience,
                            .variables = program->columns + program->rows,
                            .statuses = statuses};
    bool allocated = sb_exact_vector_init(&simplex->y, program->rows);
    allocated = sb_exact_vector_init(&simplex->alpha, program->rows) && allocated;
    allocated = sb_exact_vector_init(&simplex->rho, program->rows) && allocated;
    simplex->values = sb_rationals_new(simplex->variables);
    simplex->side = sb_integer_array_new(program->rows);
    simplex->removed = sb_allocate(program->rows, sizeof *simplex->removed);
    simplex->column_weights = sb_allocate(simplex->variables, sizeof *simplex->column_weights);
    if (!allocated || simplex->values == NULL || simplex->side == NULL ||
        simplex->removed == NULL || simplex->column_weights == NULL) {
        sb_simplex_clear(simplex);
        return sb_out_of_memory(error);
    }
    weigh_columns(simplex);
    sb_status status = sb_exact_basis_init(&simplex->basis, program, error);
    if (status == SB_OK) {
        make_consistent(simplex);
        size_t position = 0;
        for (size_t variable = 0; variable < simplex->variables; variable++) {
            if (statuses[variable] == SB_BASIC) {
                simplex->basis.head[position++] = variable;
            }
        }
        status = factor(simplex, error);
    }
    if (status == SB_OK) {
        status = compute_values(simplex, error);
    }
    if (status != SB_OK) {
        sb_simplex_clear(simplex);
    }
    return status;
}

void sb_simplex_clear(sb_simplex *simplex)
{
    sb_exact_basis_clear(&simplex->basis);
    sb_exact_vector_clear(&simplex->y);
    sb_exact_vector_clear(&simplex->alpha);
    sb_exact_vector_clear(&simplex->rho);
    sb_rationals_free(simplex->values, simplex->variables);
    if (simplex->program != NULL) {
        sb_integer_array_free(simplex->side, simplex->program->rows);
    }
    free(simplex->removed);
    free(simplex->column_weights);
    *simplex = (sb_simplex){0};
}

int sb_simplex_violation_sign(const sb_simplex *simplex, size_t variable)
{
    const sb_lp_bounds *bounds = &simplex->program->bounds[variable];
    if (bounds->has_lower && fmpq_cmp(&simplex->values[variable], &bounds->lower) < 0) {
        return -1;
    }
    return bounds->has_upper && fmpq_cmp(&simplex->values[variable], &bounds->upper) > 0;
}

bool sb_simplex_is_feasible(const sb_simplex *simplex)
{
    for (size_t position = 0; position < simplex->basis.size; position++) {
        if (sb_simplex_violation_sign(simplex, simplex->basis.head[position]) != 0) {
            return false;
        }
    }
    return true;
}

sb_status sb_simplex_multipliers(sb_simplex *simplex, bool infeasible, sb_error *error)
{
    const sb_lp_integers *program = simplex->program;
    for (size_t position = 0; position < simplex->basis.size; position++) {
        size_t variable = simplex->basis.head[position];
        if (infeasible) {
            fmpz_set_si(&simplex->side[position], sb_simplex_violation_sign(simplex, variable));
        } else if (variable < program->columns) {
            fmpz_set(&simplex->side[position], &program->cost[variable]);
        }
    }
    sb_status status = sb_exact_basis_solve_transposed(&simplex->basis, simplex->side, &simplex->y,
                                                       simplex->patience, error);
    sb_integer_array_zero(simplex->side, program->rows);
    return status;
}

void sb_simplex_price(fmpz_t price, const sb_simplex *simplex, size_t variable, bool infeasible)
{
    sb_exact_column_dot(price, simplex->program, simplex->y.numerators, variable);
    fmpz_neg(price, price);
    if (!infeasible && variable < simplex->program->columns) {
        fmpz_addmul(price, simplex->y.denominator, &simplex->program->cost[variable]);
    }
}

int sb_simplex_improving(const sb_simplex *simplex, size_t variable, const fmpz_t price)
{
    int sign = fmpz_sgn(price);
    switch (simplex->statuses[variable]) {
    case SB_AT_LOWER:
        return sign < 0 && !sb_lp_bounds_fixed(&simplex->program->bounds[variable]);
    case SB_AT_UPPER:
        return sign > 0 && !sb_lp_bounds_fixed(&simplex->program->bounds[variable]) ? -1 : 0;
    case SB_AT_ZERO:
        return -sign;
    case SB_BASIC:
        break;
    }
    return 0;
}

sb_status sb_simplex_is_dual_feasible(sb_simplex *simplex, bool *feasible, sb_error *error)
{
    sb_status status = sb_simplex_multipliers(simplex, false, error);
    fmpz_t price;
    fmpz_init(price);
    *feasible = status == SB_OK;
    for (size_t variable = 0; *feasible && variable < simplex->variables; variable++) {
        if (simplex->statuses[variable] != SB_BASIC) {
            sb_simplex_price(price, simplex, variable, false);
            *feasible = sb_simplex_improving(simplex, variable, price) == 0;
        }
    }
    fmpz_clear(price);
    return status;
}

sb_status sb_simplex_column(sb_simplex *simplex, size_t variable, sb_error *error)
{
    fmpz_t one;
    fmpz_init_set_ui(one, 1);
    sb_exact_column_add(simplex->side, simplex->program, variable, one);
    sb_status status = sb_exact_basis_solve(&simplex->basis, simplex->side, &simplex->alpha,
                                            simplex->patience, error);
    sb_integer_array_zero(simplex->side, simplex->program->rows);
    fmpz_clear(one);
    return status;
}

void sb_simplex_move(sb_simplex *simplex, size_t variable, const fmpq_t step)
{
    if (fmpq_is_zero(step)) {
        simplex->degenerate_run++;
        return;
    }
    simplex->degenerate_run = 0;
    fmpq_add(&simplex->values[variable], &simplex->values[variable], step);
    fmpq_t per_unit;
    fmpq_t change;
    fmpq_init(per_unit);
    fmpq_init(change);
    fmpq_div_fmpz(per_unit, step, simplex->alpha.denominator);
    for (size_t position = 0; position < simplex->basis.size; position++) {
        if (!fmpz_is_zero(&simplex->alpha.numerators[position])) {
            fmpq *value = &simplex->values[simplex->basis.head[position]];
            fmpq_mul_fmpz(change, per_unit, &simplex->alpha.numerators[position]);
            fmpq_sub(value, value, change);
        }
    }
    fmpq_clear(per_unit);
    fmpq_clear(change);
}

sb_status sb_simplex_pivot(sb_simplex *simplex, size_t position, size_t entering,
                           sb_variable_status leaving_status, sb_error *error)
{
    size_t leaving = simplex->basis.head[position];
    const sb_lp_bounds *bounds = &simplex->program->bounds[leaving];
    simplex->statuses[leaving] = leaving_status;
    fmpq_set(&simplex->values[leaving],
             leaving_status == SB_AT_LOWER ? &bounds->lower : &bounds->upper);
    simplex->statuses[entering] = SB_BASIC;
    simplex->pivots++;
    bool replaced = false;
    sb_status status =
        sb_exact_basis_replace(&simplex->basis, position, entering, &replaced, error);
    if (status != SB_OK || replaced) {
        return status;
    }
    size_t removed = 0;
    status = sb_exact_basis_factor(&simplex->basis, simplex->removed, &removed, error);
    if (status == SB_OK && removed > 0) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "an exact pivot led to a singular basis of a linear program");
    }
    return status;
}
