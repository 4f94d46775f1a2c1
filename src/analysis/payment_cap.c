/* The payment-cap frontier by supporting lines.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Optimal duals at B stay feasible at every other bound, for a bounded column's reduced cost may
 * have either sign; so their value, objective + slope (B' - B) with slope the sum of the payments'
 * |reduced costs|, is never below the optimum at B'. The free optimum is one more line, of slope 0.
 *
 * Points found so far are kept by B. Between neighbours the frontier lies between their chord and
 * their two lines; beyond the last point, below its line and the free optimum.
 */
#include "sidebet/payment_cap.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/payment_cap_program.h"
#include "base/memory.h"

typedef struct touching_line {
    fmpq slope;
    bool settled; /* nothing is unknown between this point and the next */
    double gap;   /* how much is unknown there */
} touching_line;

typedef struct cap_search {
    const sb_cap_options *options;
    sb_lp_options lp_options;
    sb_lp *program;
    sb_lp_solver *solver;
    size_t *payments;
    size_t payment_count;
    fmpq_t free_optimum;
    sb_cap *cap;
    size_t point_capacity;
    touching_line *lines; /* one a point */
    size_t line_count, line_capacity;
    sb_error *error;
} cap_search;

/* ---- one bound ---- */

static sb_status say_not_proved(cap_search *search)
{
    sb_error_set(search->error, SB_ERROR_LIMIT,
                 "a program of the frontier could not be proved in time");
    sb_error_set_hint(search->error, "allow more time");
    return SB_ERROR_LIMIT;
}

static sb_status solve_program(cap_search *search, const sb_lp *program, sb_lp_solver *solver,
                               sb_lp_result *result)
{
    sb_status status = sb_lp_solve(program, solver, &search->lp_options, result, search->error);
    search->cap->programs++;
    if (status == SB_OK && result->proof != SB_PROOF_EXACT) {
        status = say_not_proved(search);
    }
    return status;
}

static void sum_of_sizes(fmpq_t sum, const cap_search *search, const sb_lp_result *result)
{
    fmpq_t size;
    fmpq_init(size);
    fmpq_zero(sum);
    for (size_t k = 0; k < search->payment_count; k++) {
        fmpq_abs(size, result->reduced_costs + search->payments[k]);
        fmpq_add(sum, sum, size);
    }
    fmpq_clear(size);
}

/* Solve under |x| <= bound. *feasible false: no more is known. */
static sb_status solve_at(cap_search *search, const fmpq_t bound, bool *feasible, fmpq_t objective,
                          fmpq_t slope)
{
    *feasible = false;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = sb_program_bound_columns(search->program, search->payments,
                                                search->payment_count, bound, search->error);
    if (status == SB_OK) {
        status = solve_program(search, search->program, search->solver, &result);
    }
    if (status == SB_OK && result.status == SB_LP_OPTIMAL) {
        *feasible = true;
        fmpq_set(objective, &result.objective);
        sum_of_sizes(slope, search, &result);
    }
    sb_lp_result_clear(&result);
    return status;
}

/* ---- points ---- */

static sb_status insert_point(cap_search *search, size_t at, const fmpq_t bound,
                              const fmpq_t objective, const fmpq_t slope)
{
    sb_cap *cap = search->cap;
    if (!sb_grow(&cap->points, &search->point_capacity, cap->count + 1, sizeof *cap->points) ||
        !sb_grow(&search->lines, &search->line_capacity, search->line_count + 1,
                 sizeof *search->lines)) {
        return sb_out_of_memory(search->error);
    }
    memmove(cap->points + at + 1, cap->points + at, (cap->count - at) * sizeof *cap->points);
    memmove(search->lines + at + 1, search->lines + at,
            (search->line_count - at) * sizeof *search->lines);
    fmpq_init(&cap->points[at].bound);
    fmpq_init(&cap->points[at].objective);
    fmpq_init(&search->lines[at].slope);
    fmpq_set(&cap->points[at].bound, bound);
    fmpq_set(&cap->points[at].objective, objective);
    fmpq_set(&search->lines[at].slope, slope);
    search->lines[at].settled = false;
    cap->count++;
    search->line_count++;
    cap->proof = SB_PROOF_EXACT;
    if (search->options->progress != NULL &&
        !search->options->progress(search->options->context, cap)) {
        return sb_error_set(search->error, SB_ERROR_CANCELLED, "the frontier was cancelled");
    }
    return SB_OK;
}

/* The line that touches at point k, read at a bound. */
static void line_at(fmpq_t value, const cap_search *search, size_t k, const fmpq_t bound)
{
    const sb_cap_point *point = &search->cap->points[k];
    fmpq_sub(value, bound, &point->bound);
    fmpq_mul(value, value, &search->lines[k].slope);
    fmpq_add(value, value, &point->objective);
}

/* Is the frontier known from point k to the next (from the last: to where it is flat)? */
static bool is_settled(const cap_search *search, size_t k)
{
    const sb_cap *cap = search->cap;
    if (k + 1 == cap->count) {
        return fmpq_equal(&cap->points[k].objective, search->free_optimum);
    }
    fmpq_t value;
    fmpq_init(value);
    line_at(value, search, k, &cap->points[k + 1].bound);
    bool straight = fmpq_equal(value, &cap->points[k + 1].objective);
    if (!straight) {
        line_at(value, search, k + 1, &cap->points[k].bound);
        straight = fmpq_equal(value, &cap->points[k].objective);
    }
    fmpq_clear(value);
    return straight;
}

/* Where the line at point k meets the next one (the last: the free optimum), and its height. */
static void meeting_point(fmpq_t bound, fmpq_t height, const cap_search *search, size_t k)
{
    const sb_cap_point *left = &search->cap->points[k];
    fmpq_t slope;
    fmpq_init(slope);
    /* left.objective + slope (B - left.bound) = height of the other line at B */
    if (k + 1 == search->cap->count) {
        fmpq_sub(bound, search->free_optimum, &left->objective);
        fmpq_set(slope, &search->lines[k].slope);
    } else {
        line_at(bound, search, k + 1, &left->bound);
        fmpq_sub(bound, bound, &left->objective);
        fmpq_sub(slope, &search->lines[k].slope, &search->lines[k + 1].slope);
    }
    fmpq_div(bound, bound, slope);
    fmpq_add(bound, bound, &left->bound);
    line_at(height, search, k, bound);
    fmpq_clear(slope);
}

/* How much is unknown after point k: the meeting point's height over the chord. */
static void gap_after(fmpq_t gap, const cap_search *search, size_t k)
{
    const sb_cap_point *left = &search->cap->points[k];
    if (k + 1 == search->cap->count) {
        fmpq_sub(gap, search->free_optimum, &left->objective);
        return;
    }
    const sb_cap_point *right = left + 1;
    fmpq_t bound, height, chord;
    fmpq_init(bound);
    fmpq_init(height);
    fmpq_init(chord);
    meeting_point(bound, height, search, k);
    fmpq_sub(chord, &right->objective, &left->objective);
    fmpq_sub(gap, &right->bound, &left->bound);
    fmpq_div(chord, chord, gap);
    fmpq_sub(bound, bound, &left->bound);
    fmpq_mul(chord, chord, bound);
    fmpq_sub(gap, height, &left->objective);
    fmpq_sub(gap, gap, chord);
    fmpq_clear(bound);
    fmpq_clear(height);
    fmpq_clear(chord);
}

/* Find out what is unknown after point k. */
static void look_after(cap_search *search, size_t k)
{
    search->lines[k].settled = is_settled(search, k);
    if (!search->lines[k].settled) {
        fmpq_t gap;
        fmpq_init(gap);
        gap_after(gap, search, k);
        search->lines[k].gap = sb_rational_to_double(gap);
        fmpq_clear(gap);
    }
}

/* The point after which most is unknown; SB_NOWHERE where nothing is. */
static size_t widest_gap(const cap_search *search)
{
    size_t widest = SB_NOWHERE;
    for (size_t k = 0; k < search->cap->count; k++) {
        if (!search->lines[k].settled &&
            (widest == SB_NOWHERE || search->lines[k].gap > search->lines[widest].gap)) {
            widest = k;
        }
    }
    return widest;
}

/* Solve where two lines meet. */
static sb_status close_gap(cap_search *search, size_t k)
{
    fmpq_t bound, height, objective, slope;
    fmpq_init(bound);
    fmpq_init(height);
    fmpq_init(objective);
    fmpq_init(slope);
    meeting_point(bound, height, search, k);
    bool feasible = false;
    sb_status status = solve_at(search, bound, &feasible, objective, slope);
    if (status == SB_OK && (!feasible || fmpq_cmp(objective, height) > 0)) {
        status = sb_error_set(search->error, SB_ERROR_INTERNAL,
                              "a point of the frontier lies above its supporting line");
    }
    if (status == SB_OK) {
        bool last = k + 1 == search->cap->count;
        bool on_the_lines = fmpq_equal(objective, height);
        if (on_the_lines && last) {
            fmpq_zero(slope);
        }
        status = insert_point(search, k + 1, bound, objective, slope);
        if (status == SB_OK && on_the_lines) {
            search->lines[k].settled = search->lines[k + 1].settled = true;
        } else if (status == SB_OK) {
            look_after(search, k);
            look_after(search, k + 1);
        }
    }
    fmpq_clear(bound);
    fmpq_clear(height);
    fmpq_clear(objective);
    fmpq_clear(slope);
    return status;
}

/* ---- the ends ---- */

/* The optimum without a bound, by the way that suits free payments best. */
static sb_status find_free_optimum(cap_search *search, const sb_environment *freed)
{
    sb_lp_status lp_status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    sb_status status = sb_design_value(freed, NULL, NULL, &search->lp_options, &lp_status, &proof,
                                       search->free_optimum, search->error);
    search->cap->programs++;
    if (status == SB_OK && proof != SB_PROOF_EXACT) {
        return say_not_proved(search);
    }
    if (status == SB_OK && lp_status != SB_LP_OPTIMAL) {
        status = sb_error_set(search->error, SB_ERROR_USAGE,
                              "there is no frontier: with payments free the program is %s",
                              sb_lp_status_name(lp_status));
    }
    return status;
}

/* The smallest bound under which any mechanism satisfies the rules. */
static sb_status find_smallest_bound(cap_search *search, const sb_design *design, fmpq_t bound)
{
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status =
        sb_program_copy(&program, sb_design_program(design), NULL, NULL, search->error);
    if (status == SB_OK) {
        status = sb_program_minimise_largest(program, search->payments, search->payment_count,
                                             search->error);
    }
    if (status == SB_OK) {
        status = solve_program(search, program, NULL, &result);
    }
    if (status == SB_OK) {
        fmpq_neg(bound, &result.objective);
    }
    sb_lp_free(program);
    sb_lp_result_clear(&result);
    return status;
}

static sb_status add_first_point(cap_search *search, const sb_design *design)
{
    fmpq_t bound, objective, slope;
    fmpq_init(bound);
    fmpq_init(objective);
    fmpq_init(slope);
    bool feasible = false;
    sb_status status = solve_at(search, bound, &feasible, objective, slope);
    search->cap->feasible_at_zero = feasible;
    if (status == SB_OK && !feasible) {
        status = find_smallest_bound(search, design, bound);
        if (status == SB_OK) {
            status = solve_at(search, bound, &feasible, objective, slope);
        }
        if (status == SB_OK && !feasible) {
            status = sb_error_set(search->error, SB_ERROR_INTERNAL,
                                  "the smallest bound on payments is said not to be enough");
        }
    }
    if (status == SB_OK) {
        status = insert_point(search, 0, bound, objective, slope);
    }
    if (status == SB_OK) {
        look_after(search, 0);
    }
    fmpq_clear(bound);
    fmpq_clear(objective);
    fmpq_clear(slope);
    return status;
}

static sb_status search_frontier(cap_search *search, const sb_environment *freed,
                                 const sb_design *design)
{
    sb_status status = find_free_optimum(search, freed);
    if (status == SB_OK) {
        status = add_first_point(search, design);
    }
    while (status == SB_OK) {
        size_t gap = widest_gap(search);
        if (gap == SB_NOWHERE) {
            sb_cap_drop_points_between(search->cap);
            search->cap->complete = true;
            break;
        }
        if (search->options->most_points > 0 &&
            search->cap->count >= search->options->most_points) {
            status = sb_error_set(search->error, SB_ERROR_LIMIT,
                                  "the frontier has more than the %zu points asked for",
                                  search->options->most_points);
            sb_error_set_hint(search->error, "ask for more points");
            break;
        }
        status = close_gap(search, gap);
    }
    return status;
}

sb_status sb_cap_run(const sb_environment *environment, const sb_cap_options *options, sb_cap *cap,
                     sb_error *error)
{
    sb_cap_clear(cap);
    sb_status possible = sb_design_want_randomised(environment, "the payment-cap frontier", error);
    if (possible != SB_OK) {
        return possible;
    }
    sb_cap_options chosen = options == NULL ? SB_CAP_OPTIONS_DEFAULT : *options;
    cap_search search = {.options = &chosen, .lp_options = chosen.lp, .cap = cap, .error = error};
    search.lp_options.exact = true;
    fmpq_init(search.free_optimum);
    sb_design *design = NULL;
    sb_environment *freed = sb_environment_copy(environment);
    sb_status status = SB_OK;
    if (freed == NULL) {
        status = sb_out_of_memory(error);
    } else {
        freed->rules.choice[SB_RULE_PAYMENTS] = SB_PAYMENTS_FREE;
        status = sb_design_new(freed, &design, error);
    }
    if (status == SB_OK) {
        status =
            sb_payment_columns_find(&search.payments, &search.payment_count, freed, design, error);
    }
    if (status == SB_OK) {
        status = sb_program_copy(&search.program, sb_design_program(design), NULL, NULL, error);
    }
    if (status == SB_OK) {
        search.solver = sb_lp_solver_new();
        status = search.solver == NULL ? sb_out_of_memory(error)
                                       : search_frontier(&search, freed, design);
    }
    for (size_t k = 0; k < search.line_count; k++) {
        fmpq_clear(&search.lines[k].slope);
    }
    free(search.lines);
    free(search.payments);
    fmpq_clear(search.free_optimum);
    sb_lp_solver_free(search.solver);
    sb_lp_free(search.program);
    sb_design_free(design);
    sb_environment_free(freed);
    return status;
}
