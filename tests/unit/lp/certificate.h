/* Is an answer right? Checked with rational arithmetic from the program and the result alone.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each function returns NULL when the certificate holds, else what is wrong with it.
 */
#ifndef TESTS_UNIT_LP_CERTIFICATE_H
#define TESTS_UNIT_LP_CERTIFICATE_H

#include "sidebet/linear_program.h"

static inline bool inside(const fmpq *value, const fmpq *lower, const fmpq *upper)
{
    return (lower == NULL || fmpq_cmp(value, lower) >= 0) &&
           (upper == NULL || fmpq_cmp(value, upper) <= 0);
}

static inline void row_activity(fmpq_t activity, const sb_lp *lp, size_t row, const fmpq *x)
{
    sb_lp_row_view view = sb_lp_row(lp, row);
    fmpq_zero(activity);
    for (size_t k = 0; k < view.count; k++) {
        fmpq_addmul(activity, &view.coefficients[k], &x[view.columns[k]]);
    }
}

/* target += sum of y over the rows times the rows. */
static inline void add_combination(fmpq *target, const sb_lp *lp, const fmpq *y, int sign)
{
    for (size_t row = 0; row < sb_lp_row_count(lp); row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        for (size_t k = 0; k < view.count; k++) {
            if (sign > 0) {
                fmpq_addmul(&target[view.columns[k]], &y[row], &view.coefficients[k]);
            } else {
                fmpq_submul(&target[view.columns[k]], &y[row], &view.coefficients[k]);
            }
        }
    }
}

/* A multiplier of a variable bounded by lower and upper: the bound it speaks of, by its sign. In a
 * maximisation a positive one speaks of the upper bound, in a minimisation of the lower. False when
 * that bound does not exist. total += multiplier * bound. */
static inline bool add_bound(fmpq_t total, const fmpq *multiplier, const fmpq *lower,
                             const fmpq *upper, bool positive_means_upper)
{
    if (fmpq_is_zero(multiplier)) {
        return true;
    }
    const fmpq *bound = (fmpq_sgn(multiplier) > 0) == positive_means_upper ? upper : lower;
    if (bound == NULL) {
        return false;
    }
    fmpq_addmul(total, multiplier, bound);
    return true;
}

static inline const char *check_optimal(const sb_lp *lp, const sb_lp_result *result)
{
    const char *wrong = NULL;
    size_t columns = sb_lp_column_count(lp);
    fmpq_t sum;
    fmpq_t bound_sum;
    fmpq_init(sum);
    fmpq_init(bound_sum);
    fmpq *d = sb_rationals_new(columns);
    for (size_t j = 0; j < columns; j++) {
        sb_lp_column_view view = sb_lp_column(lp, j);
        if (!inside(&result->columns[j], view.lower, view.upper)) {
            wrong = "a column is outside its bounds";
        }
        fmpq_addmul(sum, view.cost, &result->columns[j]);
        fmpq_set(&d[j], view.cost);
    }
    if (!fmpq_equal(sum, &result->objective)) {
        wrong = "the objective is not that of the point";
    }
    add_combination(d, lp, result->duals, -1);
    bool maximise = sb_lp_direction(lp) == SB_MAXIMISE;
    for (size_t j = 0; j < columns; j++) {
        sb_lp_column_view view = sb_lp_column(lp, j);
        if (!fmpq_equal(&d[j], &result->reduced_costs[j])) {
            wrong = "a reduced cost is not c - yA";
        }
        if (!add_bound(bound_sum, &d[j], view.lower, view.upper, maximise)) {
            wrong = "a reduced cost has the wrong sign";
        }
    }
    for (size_t i = 0; i < sb_lp_row_count(lp); i++) {
        sb_lp_row_view view = sb_lp_row(lp, i);
        row_activity(sum, lp, i, result->columns);
        if (!inside(sum, view.lower, view.upper)) {
            wrong = "a row is outside its bounds";
        }
        if (!add_bound(bound_sum, &result->duals[i], view.lower, view.upper, maximise)) {
            wrong = "a dual has the wrong sign";
        }
    }
    if (wrong == NULL && !fmpq_equal(bound_sum, &result->objective)) {
        wrong = "the dual objective differs";
    }
    sb_rationals_free(d, columns);
    fmpq_clear(sum);
    fmpq_clear(bound_sum);
    return wrong;
}

/* inf { y r : r within the rows' bounds } > sup { (yA) x : x within the columns' bounds }. */
static inline const char *check_infeasible(const sb_lp *lp, const sb_lp_result *result)
{
    const char *wrong = NULL;
    size_t columns = sb_lp_column_count(lp);
    fmpq_t left;
    fmpq_t right;
    fmpq_init(left);
    fmpq_init(right);
    fmpq *combination = sb_rationals_new(columns);
    add_combination(combination, lp, result->duals, 1);
    for (size_t i = 0; i < sb_lp_row_count(lp); i++) {
        sb_lp_row_view view = sb_lp_row(lp, i);
        if (!add_bound(left, &result->duals[i], view.lower, view.upper, false)) {
            wrong = "a Farkas multiplier speaks of a bound that does not exist";
        }
    }
    for (size_t j = 0; j < columns; j++) {
        sb_lp_column_view view = sb_lp_column(lp, j);
        if (!add_bound(right, &combination[j], view.lower, view.upper, true)) {
            wrong = "the combined row is unbounded over the columns";
        }
    }
    if (wrong == NULL && fmpq_cmp(left, right) <= 0) {
        wrong = "the combined row can be satisfied";
    }
    sb_rationals_free(combination, columns);
    fmpq_clear(left);
    fmpq_clear(right);
    return wrong;
}

/* The point is a solution; the ray keeps every bound and improves the objective. */
static inline const char *check_unbounded(const sb_lp *lp, const sb_lp_result *result)
{
    const char *wrong = NULL;
    fmpq_t sum;
    fmpq_t zero;
    fmpq_init(sum);
    fmpq_init(zero);
    for (size_t i = 0; i < sb_lp_row_count(lp); i++) {
        sb_lp_row_view view = sb_lp_row(lp, i);
        row_activity(sum, lp, i, result->columns);
        if (!inside(sum, view.lower != NULL ? zero : NULL, view.upper != NULL ? zero : NULL)) {
            wrong = "the ray leaves a row";
        }
        row_activity(sum, lp, i, result->point);
        if (!inside(sum, view.lower, view.upper)) {
            wrong = "the point is outside a row";
        }
    }
    fmpq_zero(sum);
    for (size_t j = 0; j < sb_lp_column_count(lp); j++) {
        sb_lp_column_view view = sb_lp_column(lp, j);
        if (!inside(&result->columns[j], view.lower != NULL ? zero : NULL,
                    view.upper != NULL ? zero : NULL)) {
            wrong = "the ray leaves a column's bounds";
        }
        if (!inside(&result->point[j], view.lower, view.upper)) {
            wrong = "the point is outside a column's bounds";
        }
        fmpq_addmul(sum, view.cost, &result->columns[j]);
    }
    int improving = sb_lp_direction(lp) == SB_MAXIMISE ? 1 : -1;
    if (fmpq_sgn(sum) != improving) {
        wrong = "the ray does not improve";
    }
    fmpq_clear(sum);
    fmpq_clear(zero);
    return wrong;
}

static inline const char *check_certificate(const sb_lp *lp, const sb_lp_result *result)
{
    if (result->proof != SB_PROOF_EXACT) {
        return "the answer is not proved";
    }
    switch (result->status) {
    case SB_LP_OPTIMAL:
        return check_optimal(lp, result);
    case SB_LP_INFEASIBLE:
        return check_infeasible(lp, result);
    case SB_LP_UNBOUNDED:
        return check_unbounded(lp, result);
    case SB_LP_FAILED:
        break;
    }
    return "the solver failed";
}

#endif
