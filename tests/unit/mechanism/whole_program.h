/* A design solved with few rows or cuts, held against the whole program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_MECHANISM_WHOLE_PROGRAM_H
#define SB_TESTS_MECHANISM_WHOLE_PROGRAM_H

#include "unit/mechanism/environments.h"

#include "mechanism/design_lazy.h"
#include "mechanism/design_program.h"

typedef struct answer {
    sb_design *design;
    sb_lazy_counts counts;
    sb_lp_result result;
    bool solved;
} answer;

static inline void solve_lazily(const sb_environment *environment, sb_lazy_memory *memory,
                                sb_lp_solver *solver, const sb_lp_options *options, answer *found)
{
    sb_error error;
    sb_error_clear(&error);
    sb_lp_result_init(&found->result);
    assert_int_equal(
        sb_design_new_to_solve(environment, &environment->rules, 0, false, &found->design, NULL),
        SB_OK);
    if (sb_lazy_solve(found->design, memory, solver, options, &found->solved, &found->result,
                      &found->counts, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

static inline void clear_answer(answer *found)
{
    sb_lp_result_clear(&found->result);
    sb_design_free(found->design);
}

/* The columns obey every row and bound; duals have the signs of a proof, and where they are not
 * zero the row holds with equality. */
static inline void assert_rows(const sb_lp *program, const sb_lp_result *result)
{
    fmpq_t activity;
    fmpq_init(activity);
    for (size_t row = 0; row < sb_lp_row_count(program); row++) {
        sb_lp_row_view view = sb_lp_row(program, row);
        fmpq_zero(activity);
        for (size_t k = 0; k < view.count; k++) {
            fmpq_addmul(activity, view.coefficients + k, result->columns + view.columns[k]);
        }
        assert_true(view.lower == NULL || fmpq_cmp(activity, view.lower) >= 0);
        assert_true(view.upper == NULL || fmpq_cmp(activity, view.upper) <= 0);
        int sign = fmpq_sgn(result->duals + row);
        assert_true(sign == 0 || fmpq_equal(activity, sign > 0 ? view.upper : view.lower));
    }
    fmpq_clear(activity);
}

static inline void assert_columns(const sb_lp *program, const sb_lp_result *result)
{
    size_t columns = sb_lp_column_count(program);
    fmpq *costs = sb_rationals_new(columns);
    for (size_t column = 0; column < columns; column++) {
        fmpq_set(costs + column, sb_lp_column(program, column).cost);
    }
    for (size_t row = 0; row < sb_lp_row_count(program); row++) {
        sb_lp_row_view view = sb_lp_row(program, row);
        for (size_t k = 0; k < view.count; k++) {
            fmpq_submul(costs + view.columns[k], result->duals + row, view.coefficients + k);
        }
    }
    for (size_t column = 0; column < columns; column++) {
        sb_lp_column_view view = sb_lp_column(program, column);
        const fmpq *x = result->columns + column;
        assert_true(view.lower == NULL || fmpq_cmp(x, view.lower) >= 0);
        assert_true(view.upper == NULL || fmpq_cmp(x, view.upper) <= 0);
        int sign = fmpq_sgn(costs + column);
        const fmpq *bound = sign > 0 ? view.upper : view.lower;
        assert_true(sign == 0 || (bound != NULL && fmpq_equal(x, bound)));
    }
    sb_rationals_free(costs, columns);
}

static inline void assert_same_constraints(const sb_design *left, const sb_design *right,
                                           size_t count)
{
    for (size_t row = 0; row < count; row++) {
        assert_same_constraint(sb_design_constraint(left, row), sb_design_constraint(right, row));
    }
}

/* Returns the status, which is that of the whole program in payments. */
static inline sb_lp_status assert_answers_the_whole(const sb_environment *environment,
                                                    const answer *found)
{
    sb_design *whole = NULL, *in_payments = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(
        sb_design_new_to_solve(environment, &environment->rules, 0, true, &whole, NULL), SB_OK);
    assert_int_equal(sb_design_new(environment, &in_payments, NULL), SB_OK);
    assert_int_equal(sb_lp_solve(sb_design_program(in_payments), NULL, NULL, &result, NULL), SB_OK);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    assert_true(found->solved || result.status == SB_LP_UNBOUNDED);
    if (found->solved) {
        assert_int_equal(found->result.proof, SB_PROOF_EXACT);
        assert_string_equal(sb_lp_status_name(found->result.status),
                            sb_lp_status_name(result.status));
        size_t rows = sb_lp_row_count(sb_design_program(whole));
        assert_int_equal(found->result.row_count, rows);
        assert_same_constraints(found->design, whole, rows);
    }
    if (found->solved && result.status == SB_LP_OPTIMAL) {
        assert_true(fmpq_equal(&found->result.objective, &result.objective));
        assert_rows(sb_design_program(whole), &found->result);
        assert_columns(sb_design_program(whole), &found->result);
    }
    sb_lp_status status = result.status;
    sb_lp_result_clear(&result);
    sb_design_free(whole);
    sb_design_free(in_payments);
    return status;
}

#endif
