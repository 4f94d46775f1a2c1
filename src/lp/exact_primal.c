/* The exact bounded primal simplex method in two phases.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phase one minimises the sum of infeasibilities of the basic variables; a violated bound is passed
 * from outside only once, at which the variable leaves. Entering is the variable of the largest
 * reduced cost per length of its column, leaving the one of the largest pivot among equal ratios.
 * After a run of pivots that move nothing both follow Bland's rule, so that no basis comes back:
 * while nothing moves, neither phase's cost changes.
 */
#include <math.h>

#include "lp/exact_simplex.h"

typedef struct entering_choice {
    bool found;
    size_t variable;
    int sense;
    double score;
} entering_choice;

static bool use_bland(const sb_simplex *simplex)
{
    return simplex->degenerate_run >= SB_PATIENCE_WITH_DEGENERACY;
}

static entering_choice choose_entering(const sb_simplex *simplex, bool infeasible)
{
    entering_choice best = {.found = false};
    fmpz_t price;
    fmpz_init(price);
    for (size_t variable = 0; variable < simplex->variables; variable++) {
        if (simplex->statuses[variable] == SB_BASIC) {
            continue;
        }
        sb_simplex_price(price, simplex, variable, infeasible);
        int sense = sb_simplex_improving(simplex, variable, price);
        if (sense == 0) {
            continue;
        }
        double score = sb_log2(price) - simplex->column_weights[variable];
        if (!best.found || score > best.score) {
            best = (entering_choice){true, variable, sense, score};
        }
        if (use_bland(simplex)) {
            break;
        }
    }
    fmpz_clear(price);
    return best;
}

/* What stops the entering variable first. */
typedef struct blocking {
    bool found;
    size_t position;
    sb_variable_status status; /* of the leaving variable */
    fmpq_t distance;           /* how far the leaving variable moves, divided by |numerator| */
} blocking;

/* The bound at which a basic variable moving by `sense` must stop; SB_BASIC when none. */
static sb_variable_status stopping_bound(const sb_simplex *simplex, size_t variable, int sense)
{
    const sb_lp_bounds *bounds = &simplex->program->bounds[variable];
    int violation = sb_simplex_violation_sign(simplex, variable);
    if (violation != 0) {
        if (violation == sense) {
            return SB_BASIC;
        }
        return violation < 0 ? SB_AT_LOWER : SB_AT_UPPER;
    }
    if (sense < 0) {
        return bounds->has_lower ? SB_AT_LOWER : SB_BASIC;
    }
    return bounds->has_upper ? SB_AT_UPPER : SB_BASIC;
}

/* Whether the candidate at the same distance is preferred to the best so far. */
static bool wins_tie(const sb_simplex *simplex, size_t position, size_t best)
{
    if (use_bland(simplex)) {
        return simplex->basis.head[position] < simplex->basis.head[best];
    }
    return fmpz_cmpabs(&simplex->alpha.numerators[position], &simplex->alpha.numerators[best]) > 0;
}

/* The ratio test: distances are compared up to the common factor alpha.denominator. */
static void find_blocking(const sb_simplex *simplex, int sense, blocking *best)
{
    fmpq_t distance;
    fmpz_t rate;
    fmpq_init(distance);
    fmpz_init(rate);
    best->found = false;
    for (size_t position = 0; position < simplex->basis.size; position++) {
        const fmpz *numerator = &simplex->alpha.numerators[position];
        if (fmpz_is_zero(numerator)) {
            continue;
        }
        size_t variable = simplex->basis.head[position];
        int movement = -sense * fmpz_sgn(numerator);
        sb_variable_status stop = stopping_bound(simplex, variable, movement);
        if (stop == SB_BASIC) {
            continue;
        }
        const sb_lp_bounds *bounds = &simplex->program->bounds[variable];
        fmpq_sub(distance, stop == SB_AT_LOWER ? &bounds->lower : &bounds->upper,
                 &simplex->values[variable]);
        fmpz_abs(rate, numerator);
        if (!fmpq_is_zero(distance)) {
            fmpq_abs(distance, distance);
            fmpq_div_fmpz(distance, distance, rate);
        }
        int order = best->found ? fmpq_cmp(distance, best->distance) : -1;
        if (order < 0 || (order == 0 && wins_tie(simplex, position, best->position))) {
            best->found = true;
            best->position = position;
            best->status = stop;
            fmpq_swap(best->distance, distance);
        }
    }
    fmpq_clear(distance);
    fmpz_clear(rate);
}

/* Move the entering variable until something stops it. *unbounded when nothing does. */
static sb_status advance(sb_simplex *simplex, const entering_choice *entering, bool *unbounded,
                         sb_error *error)
{
    const sb_lp_bounds *bounds = &simplex->program->bounds[entering->variable];
    bool boxed = bounds->has_lower && bounds->has_upper;
    blocking block;
    fmpq_t step;
    fmpq_t width;
    fmpq_init(block.distance);
    fmpq_init(step);
    fmpq_init(width);
    find_blocking(simplex, entering->sense, &block);
    fmpq_mul_fmpz(step, block.distance, simplex->alpha.denominator);
    fmpq_sub(width, &bounds->upper, &bounds->lower);
    bool flip = boxed && (!block.found || fmpq_cmp(width, step) <= 0);
    if (flip) {
        fmpq_set(step, width);
    }
    if (entering->sense < 0) {
        fmpq_neg(step, step);
    }
    sb_status status = SB_OK;
    *unbounded = !flip && !block.found;
    if (!*unbounded) {
        sb_simplex_move(simplex, entering->variable, step);
    }
    if (flip) {
        simplex->statuses[entering->variable] = entering->sense > 0 ? SB_AT_UPPER : SB_AT_LOWER;
        simplex->pivots++;
    } else if (block.found) {
        status = sb_simplex_pivot(simplex, block.position, entering->variable, block.status, error);
    }
    fmpq_clear(block.distance);
    fmpq_clear(step);
    fmpq_clear(width);
    return status;
}

sb_status sb_exact_primal(sb_simplex *simplex, sb_simplex_end *end, sb_error *error)
{
    bool infeasible = true;
    for (;;) {
        infeasible = infeasible && !sb_simplex_is_feasible(simplex);
        sb_status status = sb_simplex_multipliers(simplex, infeasible, error);
        if (status != SB_OK) {
            return status;
        }
        entering_choice entering = choose_entering(simplex, infeasible);
        if (!entering.found) {
            end->status = infeasible ? SB_LP_INFEASIBLE : SB_LP_OPTIMAL;
            return SB_OK;
        }
        bool unbounded = false;
        status = sb_simplex_column(simplex, entering.variable, error);
        if (status == SB_OK) {
            status = advance(simplex, &entering, &unbounded, error);
        }
        if (status == SB_OK) {
            status = sb_patience_check(simplex->patience, error);
        }
        if (status != SB_OK) {
            return status;
        }
        if (unbounded) {
            *end = (sb_simplex_end){SB_LP_UNBOUNDED, entering.variable, entering.sense};
            return SB_OK;
        }
    }
}
