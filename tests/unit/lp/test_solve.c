/* Linear programs solved by hand, of every status.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "build_lp.h"
#include "certificate.h"

/* Solve, check the certificate and the objective ("" for none), free. */
static void expect(sb_lp *lp, sb_lp_status status, const char *objective)
{
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve_exactly(lp, &result, NULL), SB_OK);
    assert_string_equal(sb_lp_status_name(result.status), sb_lp_status_name(status));
    const char *wrong = check_certificate(lp, &result);
    assert_string_equal(wrong != NULL ? wrong : "", "");
    if (status == SB_LP_OPTIMAL) {
        assert_number(&result.objective, objective);
    }
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void optimum_of_a_small_production_plan(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "3");
    column(lp, "0", "-", "5");
    row(lp, "-", "1 0", "4");
    row(lp, "-", "0 2", "12");
    row(lp, "-", "3 2", "18");
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve(lp, NULL, NULL, &result, NULL), SB_OK);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    assert_number(&result.objective, "36");
    assert_number(&result.columns[0], "2");
    assert_number(&result.columns[1], "6");
    /* One more unit of the third bound is worth 1, of the second 3/2, of the first nothing. */
    assert_number(&result.duals[0], "0");
    assert_number(&result.duals[1], "3/2");
    assert_number(&result.duals[2], "1");
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void duals_are_in_the_units_of_the_rows_as_given(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "0", "-", "1/3");
    row(lp, "5/7", "2/9", "-");
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve(lp, NULL, NULL, &result, NULL), SB_OK);
    assert_number(&result.duals[0], "3/2");
    assert_number(&result.objective, "15/14");
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void infeasible_by_two_rows(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "-", "-", "1");
    column(lp, "-", "-", "0");
    row(lp, "-", "1 1", "1/3");
    row(lp, "1/2", "1 1", "-");
    expect(lp, SB_LP_INFEASIBLE, "");
}

static void infeasible_by_less_than_doubles_see(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "0", "-", "1");
    row(lp, "1.0000000000000000000001", "1", "-");
    row(lp, "-", "1", "1");
    expect(lp, SB_LP_INFEASIBLE, "");
}

static void infeasible_by_crossed_bounds(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "2", "1", "1");
    row(lp, "0", "1", "5");
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve(lp, NULL, NULL, &result, NULL), SB_OK);
    assert_int_equal(result.status, SB_LP_INFEASIBLE);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    assert_non_null(strstr(result.reason, "column 0"));
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void unbounded_along_a_ray(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "1");
    column(lp, "0", "-", "1");
    row(lp, "-", "1 -2", "3");
    row(lp, "-", "-2 1", "3");
    expect(lp, SB_LP_UNBOUNDED, "");
}

static void unbounded_by_a_free_column_without_rows(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "-", "-", "1/1000000");
    expect(lp, SB_LP_UNBOUNDED, "");
}

static void free_columns_and_equations(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "-", "-", "1");
    column(lp, "-", "-", "2");
    column(lp, "-", "3", "-1");
    row(lp, "7/3", "1 1 0", "7/3");
    row(lp, "-2", "1 -1 1", "-2");
    expect(lp, SB_LP_OPTIMAL, "3");
}

static void empty_rows_and_columns(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "5/2", "2");
    column(lp, "-1", "-", "-1");
    column(lp, "4", "4", "1");
    row(lp, "-1", "", "1");
    row(lp, "-", "", "-");
    row(lp, "0", "0 0 1", "9");
    expect(lp, SB_LP_OPTIMAL, "10");
    lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "1", "2");
    row(lp, "1", "", "1");
    expect(lp, SB_LP_INFEASIBLE, "");
}

static void nothing_at_all(void **state)
{
    (void)state;
    expect(sb_lp_new(SB_MAXIMISE), SB_LP_OPTIMAL, "0");
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    row(lp, "0", "", "-");
    expect(lp, SB_LP_OPTIMAL, "0");
    lp = sb_lp_new(SB_MAXIMISE);
    row(lp, "1/9", "", "-");
    expect(lp, SB_LP_INFEASIBLE, "");
}

static void fixed_columns_and_ranges(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "1/3", "1/3", "1");
    column(lp, "0", "2", "1");
    column(lp, "0", "2", "3");
    row(lp, "1", "1 1 1", "7/2");
    row(lp, "-1/4", "0 1 -1", "1/4");
    expect(lp, SB_LP_OPTIMAL, "83/12");
}

static void repeated_columns_are_summed_and_zeros_dropped(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "1");
    column(lp, "0", "1", "0");
    fmpq values[4];
    for (int k = 0; k < 4; k++) {
        fmpq_init(&values[k]);
    }
    fmpq_set_si(&values[0], 1, 3);
    fmpq_set_si(&values[1], 2, 1);
    fmpq_set_si(&values[2], 2, 3);
    fmpq_set_si(&values[3], -2, 1);
    const size_t columns[4] = {0, 1, 0, 1};
    assert_int_equal(sb_lp_add_row(lp, "sum", NULL, &values[1], 4, columns, values, NULL, NULL),
                     SB_OK);
    assert_int_equal(sb_lp_nonzero_count(lp), 1);
    assert_string_equal(sb_lp_row_name(lp, 0), "sum");
    const size_t outside[1] = {2};
    sb_error error;
    assert_int_equal(sb_lp_add_row(lp, NULL, NULL, NULL, 1, outside, values, NULL, &error),
                     SB_ERROR_INTERNAL);
    assert_int_equal(sb_lp_row_count(lp), 1);
    for (int k = 0; k < 4; k++) {
        fmpq_clear(&values[k]);
    }
    expect(lp, SB_LP_OPTIMAL, "2");
}

/* Cycles for ever under the textbook rule without safeguard. */
static void beale_does_not_cycle(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "0", "-", "-3/4");
    column(lp, "0", "-", "150");
    column(lp, "0", "-", "-1/50");
    column(lp, "0", "-", "6");
    row(lp, "-", "1/4 -60 -1/25 9", "0");
    row(lp, "-", "1/2 -90 -1/50 3", "0");
    row(lp, "-", "0 0 1 0", "1");
    expect(lp, SB_LP_OPTIMAL, "-1/20");
}

static void kuhn_does_not_cycle(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "0", "-", "-2");
    column(lp, "0", "-", "-3");
    column(lp, "0", "-", "1");
    column(lp, "0", "-", "12");
    row(lp, "-", "-2 -9 1 9", "0");
    row(lp, "-", "1/3 1 -1/3 -2", "0");
    row(lp, "-", "2 3 -1 -12", "2");
    expect(lp, SB_LP_OPTIMAL, "-2");
}

static void klee_minty_of_six(void **state)
{
    (void)state;
    enum { SIZE = 6 };
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    fmpq values[SIZE];
    size_t columns[SIZE];
    fmpq_t bound;
    fmpq_t zero;
    fmpq_init(bound);
    fmpq_init(zero);
    for (size_t j = 0; j < SIZE; j++) {
        fmpq_init(&values[j]);
        columns[j] = j;
        fmpq_set_si(bound, 1L << (SIZE - 1 - j), 1);
        assert_int_equal(sb_lp_add_column(lp, NULL, zero, NULL, bound, NULL, NULL), SB_OK);
    }
    fmpq_one(bound);
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j < i; j++) {
            fmpq_set_si(&values[j], 1L << (i - j + 1), 1);
        }
        fmpq_one(&values[i]);
        fmpq_mul_si(bound, bound, 5);
        assert_int_equal(sb_lp_add_row(lp, NULL, NULL, bound, i + 1, columns, values, NULL, NULL),
                         SB_OK);
    }
    for (size_t j = 0; j < SIZE; j++) {
        fmpq_clear(&values[j]);
    }
    fmpq_clear(bound);
    fmpq_clear(zero);
    expect(lp, SB_LP_OPTIMAL, "15625");
}

/* Coefficients that no double and no machine word holds. */
static void huge_and_tiny_numbers(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "1");
    column(lp, "0", "-", "1");
    row(lp, "-", "123456789012345678901234567891 1", "123456789012345678901234567892");
    row(lp, "-", "1 1e-400", "1");
    expect(lp, SB_LP_OPTIMAL, "123456789012345678901234567892");
    lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "1e400", "1e-400");
    row(lp, "-", "1e350 ", "3e350");
    expect(lp, SB_LP_OPTIMAL,
           "3/1000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
           "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
           "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
           "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
           "0000000000000000000000000000000000000000000000000000000");
}

static void bounds_and_costs_can_change(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "1", "1");
    column(lp, "0", "1", "1");
    fmpq_t value;
    fmpq_init(value);
    fmpq_set_si(value, 7, 2);
    assert_int_equal(sb_lp_set_column_bounds(lp, 0, NULL, value, NULL), SB_OK);
    assert_int_equal(sb_lp_set_column_bounds(lp, 9, NULL, value, NULL), SB_ERROR_INTERNAL);
    sb_lp_set_cost(lp, 1, value);
    fmpq_clear(value);
    assert_null(sb_lp_column(lp, 0).lower);
    expect(lp, SB_LP_OPTIMAL, "7");
}

static void floating_answers_say_how_far_they_are_off(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "1");
    row(lp, "-", "3", "1");
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = false;
    assert_int_equal(sb_lp_solve(lp, NULL, &options, &result, NULL), SB_OK);
    assert_int_equal(result.status, SB_LP_OPTIMAL);
    assert_int_equal(result.proof, SB_PROOF_FLOATING);
    assert_int_equal(result.exact_pivots, 0);
    /* No double is a third. */
    fmpq_t third;
    fmpq_init(third);
    fmpq_set_si(third, 1, 3);
    assert_false(fmpq_equal(third, &result.columns[0]));
    assert_true(fmpq_equal(&result.objective, &result.columns[0]));
    assert_true(result.largest_violation >= 0 && result.largest_violation < 1e-15);
    fmpq_sub(third, third, &result.columns[0]);
    assert_true(fmpq_sgn(third) > 0 || result.largest_violation > 0);
    fmpq_clear(third);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void words_for_status_and_proof(void **state)
{
    (void)state;
    assert_string_equal(sb_lp_status_name(SB_LP_OPTIMAL), "optimal");
    assert_string_equal(sb_lp_status_name(SB_LP_INFEASIBLE), "infeasible");
    assert_string_equal(sb_lp_status_name(SB_LP_UNBOUNDED), "unbounded");
    assert_string_equal(sb_lp_status_name(SB_LP_FAILED), "failed");
    assert_string_equal(sb_proof_name(SB_PROOF_EXACT), "exact");
    assert_string_equal(sb_proof_name(SB_PROOF_FLOATING), "floating");
    assert_string_equal(sb_proof_name(SB_PROOF_NONE), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(optimum_of_a_small_production_plan),
        cmocka_unit_test(duals_are_in_the_units_of_the_rows_as_given),
        cmocka_unit_test(infeasible_by_two_rows),
        cmocka_unit_test(infeasible_by_less_than_doubles_see),
        cmocka_unit_test(infeasible_by_crossed_bounds),
        cmocka_unit_test(unbounded_along_a_ray),
        cmocka_unit_test(unbounded_by_a_free_column_without_rows),
        cmocka_unit_test(free_columns_and_equations),
        cmocka_unit_test(empty_rows_and_columns),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(fixed_columns_and_ranges),
        cmocka_unit_test(repeated_columns_are_summed_and_zeros_dropped),
        cmocka_unit_test(beale_does_not_cycle),
        cmocka_unit_test(kuhn_does_not_cycle),
        cmocka_unit_test(klee_minty_of_six),
        cmocka_unit_test(huge_and_tiny_numbers),
        cmocka_unit_test(bounds_and_costs_can_change),
        cmocka_unit_test(floating_answers_say_how_far_they_are_off),
        cmocka_unit_test(words_for_status_and_proof),
    };
    int failed = cmocka_run_group_tests_name("lp/solve", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
