/* The exact bounded dual simplex method, from a dual feasible basis.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The most violated basic variable leaves to the bound it violates; the row of B^-1 that belongs to
 * it tells which nonbasic variables can take its place, and the smallest ratio of reduced cost to
 * row entry keeps the basis dual feasible. No candidate: the row itself is the proof that the
 * program is infeasible. After a run of pivots that leave the cost as it is, Bland's rule chooses.
 */
#include <math.h>

#include "lp/exact_simplex.h"
#include "lp/integer_array.h"

static double violation_size(const sb_simplex *simplex, size_t variable, int sign)
{
    const sb_lp_bounds *bounds = &simplex->program->bounds[variable];
    fmpq_t distance;
    fmpq_init(distance);
    fmpq_sub(distance, sign < 0 ? &bounds->lower : &bounds->upper, &simplex->values[variable]);
    double size = sb_log2(fmpq_numref(distance)) - sb_log2(fmpq_denref(distance));
    fmpq_clear(distance);
    return size;
}

/* The position to leave, SIZE_MAX when all are within bounds; *sign: the side it violates. */
static size_t choose_leaving(const sb_simplex *simplex, bool bland, int *sign)
{
    size_t best = SIZE_MAX;
    double best_size = 0;
    for (size_t position = 0; position < simplex->basis.size; position++) {
        size_t variable = simplex->basis.head[position];
        int violation = sb_simplex_violation_sign(simplex, variable);
        if (violation == 0) {
            continue;
        }
        double size = violation_size(simplex, variable, violation);
        bool better =
            bland ? best != SIZE_MAX && variable < simplex->basis.head[best] : size > best_size;
        if (best == SIZE_MAX || better) {
            best = position;
            best_size = size;
            *sign = violation;
        }
    }
    return best;
}

static sb_status inverse_row(sb_simplex *simplex, size_t position, sb_error *error)
{
    fmpz_one(&simplex->side[position]);
    sb_status status = sb_exact_basis_solve_transposed(&simplex->basis, simplex->side,
                                                       &simplex->rho, simplex->patience, error);
    fmpz_zero(&simplex->side[position]);
    return status;
}

/* Whether the nonbasic variable can move so that the leaving one returns to its bound: it violates
 * on side `sign`, and moves by -entry for each unit. */
static bool can_enter(const sb_simplex *simplex, size_t variable, int entry_sign, int sign)
{
    if (entry_sign == 0 || sb_lp_bounds_fixed(&simplex->program->bounds[variable])) {
        return false;
    }
    switch (simplex->statuses[variable]) {
    case SB_AT_LOWER:
        return entry_sign == sign;
    case SB_AT_UPPER:
        return entry_sign == -sign;
    case SB_AT_ZERO:
        return true;
    case SB_BASIC:
        break;
    }
    return false;
}

typedef struct dual_choice {
    size_t variable; /* SIZE_MAX: none */
    bool degenerate; /* the reduced cost is zero */
} dual_choice;

static dual_choice choose_entering(const sb_simplex *simplex, int sign, bool bland)
{
    dual_choice best = {SIZE_MAX, false};
    fmpz_t entry;
    fmpz_t price;
    fmpz_t best_entry;
    fmpz_t best_price;
    fmpz_t left;
    fmpz_t right;
    fmpz_init(entry);
    fmpz_init(price);
    fmpz_init(best_entry);
    fmpz_init(best_price);
    fmpz_init(left);
    fmpz_init(right);
    for (size_t variable = 0; variable < simplex->variables; variable++) {
        if (simplex->statuses[variable] == SB_BASIC) {
            continue;
        }
        sb_exact_column_dot(entry, simplex->program, simplex->rho.numerators, variable);
        if (!can_enter(simplex, variable, fmpz_sgn(entry), sign)) {
            continue;
        }
        sb_simplex_price(price, simplex, variable, false);
        fmpz_abs(price, price);
        fmpz_abs(entry, entry);
        bool better = best.variable == SIZE_MAX;
        if (!better) {
            fmpz_mul(left, price, best_entry);
            fmpz_mul(right, best_price, entry);
            int order = fmpz_cmp(left, right);
            better = order < 0 || (order == 0 && !bland && fmpz_cmp(entry, best_entry) > 0);
        }
        if (better) {
            best = (dual_choice){variable, fmpz_is_zero(price) != 0};
            fmpz_swap(best_entry, entry);
            fmpz_swap(best_price, price);
        }
    }
    fmpz_clear(entry);
    fmpz_clear(price);
    fmpz_clear(best_entry);
    fmpz_clear(best_price);
    fmpz_clear(left);
    fmpz_clear(right);
    return best;
}

/* The leaving row as Farkas multipliers. */
static void row_as_multipliers(sb_simplex *simplex, int sign)
{
    for (size_t row = 0; row < simplex->basis.size; row++) {
        if (sign < 0) {
            fmpz_neg(&simplex->y.numerators[row], &simplex->rho.numerators[row]);
        } else {
            fmpz_set(&simplex->y.numerators[row], &simplex->rho.numerators[row]);
        }
    }
    fmpz_set(simplex->y.denominator, simplex->rho.denominator);
}

/* Exchange the two variables; the leaving one goes to the bound it violated. */
static sb_status exchange(sb_simplex *simplex, size_t position, size_t entering, int sign,
                          sb_error *error)
{
    sb_status status = sb_simplex_column(simplex, entering, error);
    if (status != SB_OK) {
        return status;
    }
    size_t leaving = simplex->basis.head[position];
    const sb_lp_bounds *bounds = &simplex->program->bounds[leaving];
    fmpq_t step;
    fmpq_init(step);
    fmpq_sub(step, &simplex->values[leaving], sign < 0 ? &bounds->lower : &bounds->upper);
    fmpq_mul_fmpz(step, step, simplex->alpha.denominator);
    fmpq_div_fmpz(step, step, &simplex->alpha.numerators[position]);
    sb_simplex_move(simplex, entering, step);
    fmpq_clear(step);
    return sb_simplex_pivot(simplex, position, entering, sign < 0 ? SB_AT_LOWER : SB_AT_UPPER,
                            error);
}

sb_status sb_exact_dual(sb_simplex *simplex, sb_simplex_end *end, sb_error *error)
{
    size_t degenerate_run = 0;
    for (;;) {
        sb_status status = sb_simplex_multipliers(simplex, false, error);
        if (status != SB_OK) {
            return status;
        }
        bool bland = degenerate_run >= SB_PATIENCE_WITH_DEGENERACY;
        int sign = 0;
        size_t position = choose_leaving(simplex, bland, &sign);
        if (position == SIZE_MAX) {
            end->status = SB_LP_OPTIMAL;
            return SB_OK;
        }
        status = inverse_row(simplex, position, error);
        if (status != SB_OK) {
            return status;
        }
        dual_choice entering = choose_entering(simplex, sign, bland);
        if (entering.variable == SIZE_MAX) {
            row_as_multipliers(simplex, sign);
            end->status = SB_LP_INFEASIBLE;
            return SB_OK;
        }
        degenerate_run = entering.degenerate ? degenerate_run + 1 : 0;
        status = exchange(simplex, position, entering.variable, sign, error);
        if (status == SB_OK) {
            status = sb_patience_check(simplex->patience, error);
        }
        if (status != SB_OK) {
            return status;
        }
    }
}
