/* Rows that say only that two columns are complements: found, folded away, and put back.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "build_lp.h"
#include "lp/fold.h"
#include "property.h"

static void which_rows(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    for (int k = 0; k < 4; k++) {
        column(lp, "0", NULL, "1");
        column(lp, "0", k == 3 ? "1" : NULL, "2");
    }
    row(lp, "3", "2 2", "3");             /* a bound: x1 goes */
    row(lp, "1", "0 0 1 1", "1");         /* not one: both are in the last row */
    row(lp, "1", "0 0 0 0 1 2", "1");     /* nor this: the factors differ */
    row(lp, "1", "0 0 0 0 0 0 1 1", "1"); /* nor this: an upper bound of its own */
    row(lp, NULL, "1 0 1 1 1 0 1 0", "2");
    sb_lp_integers integers;
    sb_lp_fold fold;
    assert_int_equal(sb_lp_integers_init(&integers, lp, NULL), SB_OK);
    assert_true(sb_lp_fold_init(&fold, &integers, true));
    assert_int_equal(fold.rows, 4);
    assert_int_equal(fold.columns, 7);
    assert_int_equal(fold.row_numbers[0], 0);
    assert_int_equal(fold.row_numbers[4], 4);
    assert_int_equal(fold.column_numbers[1], 0);
    assert_int_equal(fold.column_numbers[7], 7);
    assert_int_equal(fold.complements[0], 1);
    assert_int_equal(fold.bounds[0], 0);
    assert_true(fold.complements[2] == SB_NOT_FOLDED);
    sb_lp_fold_clear(&fold);
    assert_true(sb_lp_fold_init(&fold, &integers, false));
    assert_int_equal(fold.rows, 5);
    assert_int_equal(fold.columns, 8);
    sb_lp_fold_clear(&fold);
    sb_lp_integers_clear(&integers);
    sb_lp_free(lp);
}

/* Pairs that sum to 1, 3/2 or 2, and some rows about one of each. */
static sb_lp *random_program(property_stream *stream, size_t pairs, size_t rows)
{
    sb_lp *lp = sb_lp_new(property_between(stream, 0, 1) ? SB_MAXIMISE : SB_MINIMISE);
    fmpq_t zero, number;
    fmpq_init(zero);
    fmpq_init(number);
    fmpq *terms = sb_rationals_new(pairs);
    size_t *columns = calloc(pairs, sizeof *columns);
    assert_non_null(columns);
    for (size_t k = 0; k < 2 * pairs; k++) {
        fmpq_set_si(number, property_between(stream, -9, 9), 3);
        assert_int_equal(sb_lp_add_column(lp, NULL, zero, NULL, number, NULL, NULL), SB_OK);
    }
    for (size_t k = 0; k < pairs; k++) {
        size_t two[] = {2 * k + k % 2, 2 * k + 1 - k % 2};
        columns[k] = two[0];
        fmpq_set_si(terms, property_between(stream, 1, 3), 2);
        fmpq_set(terms + 1, terms);
        fmpq_set_si(number, property_between(stream, 2, 4), 2);
        assert_int_equal(sb_lp_add_row(lp, NULL, number, number, 2, two, terms, NULL, NULL), SB_OK);
    }
    for (size_t row = 0; row < rows; row++) {
        for (size_t k = 0; k < pairs; k++) {
            bool there = property_between(stream, 0, 3) == 0;
            fmpq_set_si(terms + k, there ? property_between(stream, -5, 9) : 0, 1);
        }
        fmpq_set_si(number, property_between(stream, 0, 60), 1);
        assert_int_equal(sb_lp_add_row(lp, NULL, NULL, number, pairs, columns, terms, NULL, NULL),
                         SB_OK);
    }
    free(columns);
    sb_rationals_free(terms, pairs);
    fmpq_clear(zero);
    fmpq_clear(number);
    return lp;
}

/* The duals alone give the objective, and no column at its bound would improve it. */
static void assert_duals(const sb_lp *lp, const sb_lp_result *result)
{
    double sum = 0, sign = sb_lp_direction(lp) == SB_MAXIMISE ? 1 : -1;
    for (size_t row = 0; row < result->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        double dual = sb_rational_to_double(result->duals + row);
        assert_true(view.lower != NULL || sign * dual > -1e-9);
        sum += dual * sb_rational_to_double(view.upper);
    }
    double objective = sb_rational_to_double(&result->objective);
    assert_true(fabs(sum - objective) < 1e-7 * (1 + fabs(objective)));
    for (size_t column = 0; column < result->column_count; column++) {
        assert_true(sign * sb_rational_to_double(result->reduced_costs + column) < 1e-7);
    }
}

static void folded_programs_have_the_same_answers(void **state)
{
    (void)state;
    property_stream stream = {91};
    int cases = property_cases(60);
    size_t optimal = 0, pivots = 0;
    for (int k = 0; k < cases; k++) {
        sb_lp *lp = random_program(&stream, 110, (size_t)property_between(&stream, 1, 25));
        sb_lp_solver *solver = sb_lp_solver_new();
        sb_lp_result floating, exact;
        sb_lp_result_init(&floating);
        sb_lp_result_init(&exact);
        sb_lp_options options = {.exact = false, .dual = k % 2 == 0};
        assert_int_equal(sb_lp_solve(lp, solver, &options, &floating, NULL), SB_OK);
        assert_int_equal(floating.status, SB_LP_OPTIMAL);
        assert_true(floating.largest_violation < 1e-7);
        assert_duals(lp, &floating);
        /* the basis that was put back is one, and starts the next solve at its end */
        assert_int_equal(sb_lp_solve(lp, solver, NULL, &exact, NULL), SB_OK);
        assert_int_equal(exact.proof, SB_PROOF_EXACT);
        assert_int_equal(exact.floating_iterations, 0);
        assert_true(fabs(sb_rational_to_double(&exact.objective) -
                         sb_rational_to_double(&floating.objective)) < 1e-7);
        pivots += exact.exact_pivots;
        optimal += exact.status == SB_LP_OPTIMAL;
        sb_lp_result_clear(&floating);
        sb_lp_result_clear(&exact);
        sb_lp_solver_free(solver);
        sb_lp_free(lp);
    }
    assert_int_equal(optimal, cases);
    assert_int_equal(pivots, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_rows),
        cmocka_unit_test(folded_programs_have_the_same_answers),
    };
    int failed = cmocka_run_group_tests_name("lp/fold", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
