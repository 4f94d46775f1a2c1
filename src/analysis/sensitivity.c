/* One-sided derivatives of the optimum, cell by cell.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Towards a side the program is solved exactly a tiny step h away, and then at 0 from the basis
 * found there. Where that basis is optimal at 0 as well (no pivot), its x and y there give the
 * derivative; it is confirmed when the basis is optimal at 1000 h too. Where it is not, the optima
 * at h, 1000 h and 0 tell a jump, whose size does not shrink with the step, from a slope. All data
 * of the program are linear in the probabilities, so their derivatives are exact differences.
 */
#include "sidebet/sensitivity.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct walk {
    const sb_environment *environment;
    const sb_lp_options *options;
    sb_lp_solver *solver;
    size_t count;
    fmpq *probabilities;
    fmpq *direction;
    fmpq *weights;   /* workspace */
    sb_design *here; /* the program at 0 */
    sb_error *error;
} walk;

/* ---- setting up ---- */

static void walk_clear(walk *along)
{
    sb_lp_solver_free(along->solver);
    sb_design_free(along->here);
    sb_rationals_free(along->probabilities, along->count);
    sb_rationals_free(along->direction, along->count);
    sb_rationals_free(along->weights, along->count);
}

/* The program at probabilities + t direction. */
static sb_status design_at(walk *along, const fmpq_t t, sb_design **design)
{
    for (size_t cell = 0; cell < along->count; cell++) {
        fmpq_mul(&along->weights[cell], t, &along->direction[cell]);
        fmpq_add(&along->weights[cell], &along->weights[cell], &along->probabilities[cell]);
    }
    sb_environment *moved = sb_environment_copy(along->environment);
    if (moved == NULL) {
        return sb_out_of_memory(along->error);
    }
    sb_status status = sb_environment_set_weights(moved, along->weights, along->error);
    if (status == SB_OK) {
        status = sb_design_new(moved, design, along->error);
    }
    sb_environment_free(moved);
    return status;
}

static sb_status walk_begin(walk *along, const sb_environment *environment,
                            const sb_lp_options *options, sb_error *error)
{
    *along = (walk){.environment = environment,
                    .options = options,
                    .solver = sb_lp_solver_new(),
                    .count = sb_environment_profile_count(environment),
                    .error = error};
    along->probabilities = sb_rationals_new(along->count);
    along->direction = sb_rationals_new(along->count);
    along->weights = sb_rationals_new(along->count);
    if (along->solver == NULL || along->probabilities == NULL || along->direction == NULL ||
        along->weights == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; cell < along->count; cell++) {
        sb_environment_probability(&along->probabilities[cell], environment, cell);
    }
    fmpq_t zero;
    fmpq_init(zero);
    sb_status status = design_at(along, zero, &along->here);
    fmpq_clear(zero);
    return status;
}

static sb_status solve(walk *along, const sb_design *design, sb_lp_result *result)
{
    return sb_lp_solve(sb_design_program(design), along->solver, along->options, result,
                       along->error);
}

static bool is_exact_optimum(const sb_lp_result *result)
{
    return result->status == SB_LP_OPTIMAL && result->proof == SB_PROOF_EXACT;
}

/* Whether the solver ended at the basis it started from. */
static bool stayed(const sb_lp_result *result)
{
    return result->floating_iterations == 0 && result->exact_pivots == 0;
}

/* ---- the derivative from one basis ---- */

static bool same_shape(const sb_lp *left, const sb_lp *right)
{
    return sb_lp_row_count(left) == sb_lp_row_count(right) &&
           sb_lp_column_count(left) == sb_lp_column_count(right);
}

/* What a row asks for, where its dual is not zero: an equation's or an inequality's one bound. */
static const fmpq *bound_of(const sb_lp_row_view *row)
{
    return row->lower != NULL ? row->lower : row->upper;
}

/* Add factor * (row's bound - row * x). */
static void add_shortfall(fmpq_t sum, const sb_lp_row_view *row, const fmpq *x, const fmpq_t factor)
{
    fmpq_t shortfall;
    fmpq_init(shortfall);
    if (bound_of(row) != NULL) {
        fmpq_set(shortfall, bound_of(row));
    }
    for (size_t k = 0; k < row->count; k++) {
        fmpq_submul(shortfall, &row->coefficients[k], &x[row->columns[k]]);
    }
    fmpq_addmul(sum, factor, shortfall);
    fmpq_clear(shortfall);
}

/* c'x + y (b' - A'x), ' being the difference between the programs at t and at 0, over t. */
static void derivative_of(fmpq_t derivative, const sb_lp *there, const sb_lp *here,
                          const sb_lp_result *at_zero, const fmpq_t t)
{
    fmpq_t minus;
    fmpq_init(minus);
    fmpq_zero(derivative);
    for (size_t column = 0; column < sb_lp_column_count(here); column++) {
        fmpq_sub(minus, sb_lp_column(there, column).cost, sb_lp_column(here, column).cost);
        fmpq_addmul(derivative, minus, &at_zero->columns[column]);
    }
    for (size_t row = 0; row < sb_lp_row_count(here); row++) {
        const fmpq *dual = &at_zero->duals[row];
        if (fmpq_is_zero(dual)) {
            continue;
        }
        sb_lp_row_view at_t = sb_lp_row(there, row);
        sb_lp_row_view at_0 = sb_lp_row(here, row);
        add_shortfall(derivative, &at_t, at_zero->columns, dual);
        fmpq_neg(minus, dual);
        add_shortfall(derivative, &at_0, at_zero->columns, minus);
    }
    fmpq_div(derivative, derivative, t);
    fmpq_clear(minus);
}

/* ---- a jump, or a slope, from optima alone ---- */

/* The simplest rational within a thousandth of |width| of value: what an extrapolation means where
 * the true number is short. */
static void simplest_near(fmpq_t value, const fmpq_t width)
{
    fmpq_t low;
    fmpq_t high;
    fmpq_t margin;
    fmpq_init(low);
    fmpq_init(high);
    fmpq_init(margin);
    fmpq_abs(margin, width);
    fmpq_div_2exp(margin, margin, 10);
    if (!fmpq_is_zero(margin)) {
        fmpq_sub(low, value, margin);
        fmpq_add(high, value, margin);
        fmpq_simplest_between(value, low, high);
    }
    fmpq_clear(low);
    fmpq_clear(high);
    fmpq_clear(margin);
}

/* near and far: the optimum at h and at 1000 h less the optimum at 0. */
static void judge(sb_sensitivity_side *side, const fmpq_t near, const fmpq_t far, const fmpq_t h)
{
    fmpq_t limit;
    fmpq_t change;
    fmpq_t thousand;
    fmpq_init(limit);
    fmpq_init(change);
    fmpq_init(thousand);
    fmpq_set_si(thousand, 1000, 1);
    fmpq_mul(limit, near, thousand);
    fmpq_sub(limit, limit, far); /* 999 times the limit, but for second order */
    fmpq_set_si(thousand, 999, 1);
    fmpq_div(limit, limit, thousand);
    fmpq_sub(change, far, near);
    fmpq_t size;
    fmpq_init(size);
    fmpq_abs(size, change);
    fmpq_abs(thousand, limit);
    side->jump = fmpq_cmp(thousand, size) > 0;
    if (side->jump) {
        fmpq_set(&side->jump_size, limit);
        simplest_near(&side->jump_size, change);
        fmpq_sub(change, near, &side->jump_size);
    } else {
        fmpq_set(change, near);
    }
    fmpq_div(&side->derivative, change, h);
    fmpq_clear(size);
    fmpq_clear(limit);
    fmpq_clear(change);
    fmpq_clear(thousand);
}

/* ---- one side of one cell ---- */

/* How far the cell can move towards a side before a probability is zero. */
static bool find_room(const walk *along, int sign, fmpq_t room)
{
    fmpq_t step;
    fmpq_init(step);
    bool found = false;
    for (size_t cell = 0; cell < along->count; cell++) {
        if (fmpq_sgn(&along->direction[cell]) * sign >= 0) {
            continue;
        }
        fmpq_div(step, &along->probabilities[cell], &along->direction[cell]);
        fmpq_abs(step, step);
        if (!found || fmpq_cmp(step, room) < 0) {
            fmpq_set(room, step);
        }
        found = true;
    }
    fmpq_clear(step);
    return found && !fmpq_is_zero(room);
}

typedef struct steps {
    sb_design *near, *far; /* the programs at h and 1000 h */
    sb_lp_result at_near, at_zero, at_far;
    fmpq_t h, far_step;
} steps;

static void steps_init(steps *at)
{
    *at = (steps){.near = NULL};
    sb_lp_result_init(&at->at_near);
    sb_lp_result_init(&at->at_zero);
    sb_lp_result_init(&at->at_far);
    fmpq_init(at->h);
    fmpq_init(at->far_step);
}

static void steps_clear(steps *at)
{
    sb_design_free(at->near);
    sb_design_free(at->far);
    sb_lp_result_clear(&at->at_near);
    sb_lp_result_clear(&at->at_zero);
    sb_lp_result_clear(&at->at_far);
    fmpq_clear(at->h);
    fmpq_clear(at->far_step);
}

static sb_status solve_steps(walk *along, steps *at, bool *from_here)
{
    sb_status status = design_at(along, at->h, &at->near);
    if (status == SB_OK) {
        status = design_at(along, at->far_step, &at->far);
    }
    if (status == SB_OK) {
        status = solve(along, at->near, &at->at_near);
    }
    if (status == SB_OK) {
        status = solve(along, along->here, &at->at_zero);
    }
    *from_here = status == SB_OK && stayed(&at->at_zero);
    if (status == SB_OK) {
        status = solve(along, at->far, &at->at_far);
    }
    return status;
}

static sb_status find_side(walk *along, int sign, sb_sensitivity_side *side)
{
    steps at;
    steps_init(&at);
    if (!find_room(along, sign, at.far_step)) {
        steps_clear(&at);
        return SB_OK;
    }
    side->exists = true;
    fmpq_t scale;
    fmpq_init(scale);
    fmpq_set_si(scale, sign, 1000000);
    fmpq_mul(at.far_step, at.far_step, scale);
    fmpq_set_si(scale, 1, 1000);
    fmpq_mul(at.h, at.far_step, scale);
    bool from_here = false;
    sb_status status = solve_steps(along, &at, &from_here);
    bool optimal = status == SB_OK && is_exact_optimum(&at.at_near) &&
                   is_exact_optimum(&at.at_zero) && is_exact_optimum(&at.at_far);
    if (optimal && from_here &&
        same_shape(sb_design_program(at.near), sb_design_program(along->here))) {
        derivative_of(&side->derivative, sb_design_program(at.near), sb_design_program(along->here),
                      &at.at_zero, at.h);
        side->confirmed = stayed(&at.at_far);
    } else if (optimal) {
        fmpq_t near;
        fmpq_init(near);
        fmpq_sub(near, &at.at_near.objective, &at.at_zero.objective);
        fmpq_sub(scale, &at.at_far.objective, &at.at_zero.objective);
        judge(side, near, scale, at.h);
        fmpq_clear(near);
    } else if (status == SB_OK) {
        status =
            sb_error_set(along->error, SB_ERROR_LIMIT, "an optimum beside the table is not proved");
    }
    fmpq_clear(scale);
    steps_clear(&at);
    return status;
}

/* ---- cells ---- */

static void side_init(sb_sensitivity_side *side)
{
    *side = (sb_sensitivity_side){.exists = false};
    fmpq_init(&side->jump_size);
    fmpq_init(&side->derivative);
}

static void cell_init(sb_sensitivity_cell *cell)
{
    cell->kind = SB_SENSITIVITY_UNKNOWN;
    side_init(&cell->down);
    side_init(&cell->up);
}

static void cell_clear(sb_sensitivity_cell *cell)
{
    fmpq_clear(&cell->down.jump_size);
    fmpq_clear(&cell->down.derivative);
    fmpq_clear(&cell->up.jump_size);
    fmpq_clear(&cell->up.derivative);
}

static sb_sensitivity_kind kind_of(const sb_sensitivity_cell *cell)
{
    if (cell->down.jump || cell->up.jump) {
        return SB_SENSITIVITY_JUMP;
    }
    if (cell->down.exists && cell->up.exists) {
        return fmpq_equal(&cell->down.derivative, &cell->up.derivative) ? SB_SENSITIVITY_SMOOTH
                                                                        : SB_SENSITIVITY_KINK;
    }
    return cell->down.exists || cell->up.exists ? SB_SENSITIVITY_EDGE : SB_SENSITIVITY_FIXED;
}

static sb_status find_cell(walk *along, size_t profile, sb_mass_mode mode,
                           sb_sensitivity_cell *cell)
{
    if (!sb_sensitivity_direction(along->direction, along->environment, profile, mode)) {
        cell->kind = SB_SENSITIVITY_FIXED;
        return SB_OK;
    }
    sb_status status = find_side(along, -1, &cell->down);
    if (status == SB_OK) {
        status = find_side(along, 1, &cell->up);
    }
    if (status == SB_OK) {
        cell->kind = kind_of(cell);
    } else if (status == SB_ERROR_LIMIT) {
        sb_error_clear(along->error);
        status = SB_OK; /* stays unknown */
    }
    return status;
}

void sb_sensitivity_init(sb_sensitivity *sensitivity)
{
    *sensitivity = (sb_sensitivity){.mode = SB_MASS_FREE};
    sb_notes_init(&sensitivity->remarks);
}

void sb_sensitivity_clear(sb_sensitivity *sensitivity)
{
    for (size_t cell = 0; sensitivity->cells != NULL && cell < sensitivity->profile_count; cell++) {
        cell_clear(&sensitivity->cells[cell]);
    }
    free(sensitivity->cells);
    sb_notes_clear(&sensitivity->remarks);
    sb_sensitivity_init(sensitivity);
}

/* Whether an agent believes the same whatever its type. */
static bool beliefs_agree(const sb_environment *environment, size_t agent)
{
    size_t others = sb_environment_others_count(environment, agent);
    size_t types = environment->agents[agent].type_count;
    fmpq *first = sb_rationals_new(others);
    fmpq *belief = sb_rationals_new(others);
    size_t held = 0;
    bool agree = first != NULL && belief != NULL;
    for (size_t type = 0; agree && type < types; type++) {
        if (!sb_environment_conditional(held == 0 ? first : belief, environment, agent, type)) {
            continue;
        }
        held++;
        for (size_t k = 0; held > 1 && agree && k < others; k++) {
            agree = fmpq_equal(&first[k], &belief[k]);
        }
    }
    sb_rationals_free(first, others);
    sb_rationals_free(belief, others);
    return agree && held > 1;
}

/* The jump in words, once. */
static void remark(sb_sensitivity *sensitivity, const sb_environment *environment)
{
    for (size_t profile = 0; profile < sensitivity->profile_count; profile++) {
        const sb_sensitivity_cell *cell = &sensitivity->cells[profile];
        const sb_sensitivity_side *side = cell->up.jump ? &cell->up : &cell->down;
        if (!side->jump) {
            continue;
        }
        char *label = sb_environment_profile_label(environment, profile);
        char *size = sb_rational_display(&side->jump_size, 12, NULL);
        sb_notes_add(&sensitivity->remarks,
                     "the optimum jumps by %s as soon as %s moves, however little%s",
                     size == NULL ? "?" : size, label == NULL ? "a cell" : label,
                     sensitivity->at_independence
                         ? ": here no type's belief differs from another's, beside here each does"
                         : "");
        free(label);
        free(size);
        return;
    }
}

static sb_status begin(walk *along, const sb_environment *environment, const sb_lp_options *options,
                       sb_error *error)
{
    sb_status status = walk_begin(along, environment, options, error);
    if (status != SB_OK) {
        return status;
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    status = solve(along, along->here, &result);
    if (status == SB_OK && !is_exact_optimum(&result)) {
        status = sb_error_set(error, SB_ERROR_USAGE, "the program is %s, so it has no derivative",
                              sb_lp_status_name(result.status));
    }
    sb_lp_result_clear(&result);
    return status;
}

sb_status sb_sensitivity_run(const sb_environment *environment, sb_mass_mode mode,
                             const sb_lp_options *options, sb_sensitivity *sensitivity,
                             sb_error *error)
{
    sb_error own;
    sb_error_clear(&own);
    sb_sensitivity_clear(sensitivity);
    sensitivity->mode = mode;
    sb_lp_options exact = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options;
    exact.exact = true;
    walk along;
    sb_status status = begin(&along, environment, &exact, error == NULL ? &own : error);
    if (status == SB_OK) {
        sensitivity->cells = sb_allocate(along.count, sizeof *sensitivity->cells);
        status = sensitivity->cells == NULL ? sb_out_of_memory(along.error) : SB_OK;
    }
    for (size_t cell = 0; status == SB_OK && cell < along.count; cell++) {
        cell_init(&sensitivity->cells[cell]);
        sensitivity->profile_count++;
    }
    for (size_t cell = 0; status == SB_OK && cell < along.count; cell++) {
        status = find_cell(&along, cell, mode, &sensitivity->cells[cell]);
    }
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        sensitivity->at_independence =
            sensitivity->at_independence || beliefs_agree(environment, agent);
    }
    if (status == SB_OK) {
        remark(sensitivity, environment);
    }
    walk_clear(&along);
    return status;
}

sb_status sb_sensitivity_of_cell(const sb_environment *environment, size_t profile,
                                 sb_mass_mode mode, const sb_lp_options *options,
                                 sb_sensitivity_cell *cell, sb_error *error)
{
    sb_error own;
    sb_error_clear(&own);
    sb_lp_options exact = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options;
    exact.exact = true;
    cell_init(cell);
    walk along;
    sb_status status = begin(&along, environment, &exact, error == NULL ? &own : error);
    if (status == SB_OK) {
        status = find_cell(&along, profile, mode, cell);
    }
    walk_clear(&along);
    return status;
}

void sb_sensitivity_cell_clear(sb_sensitivity_cell *cell)
{
    cell_clear(cell);
}
