/* Integer programs against enumeration.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "property.h"
#include "sidebet/integer_program.h"

enum { BINARY = 6, CONTINUOUS = 2, COLUMNS = BINARY + CONTINUOUS };
static const bool binary[COLUMNS] = {true, true, true, true, true, true, false, false};

/* Random rows over binary and free columns; the free ones bounded or not. */
static sb_lp *random_program(property_stream *stream, bool bounded)
{
    sb_lp *lp = sb_lp_new(property_between(stream, 0, 1) == 0 ? SB_MAXIMISE : SB_MINIMISE);
    fmpq *numbers = sb_rationals_new(COLUMNS);
    size_t columns[COLUMNS];
    fmpq_t lower, upper, cost;
    fmpq_init(lower);
    fmpq_init(upper);
    fmpq_init(cost);
    for (size_t column = 0; column < COLUMNS; column++) {
        columns[column] = column;
        bool free_column = column >= BINARY;
        fmpq_set_si(lower, free_column ? -3 : 0, 1);
        fmpq_set_si(upper, free_column ? 4 : 1, 1);
        fmpq_set_si(cost, property_between(stream, -9, 9), 2);
        bool limits = !free_column || bounded;
        assert_int_equal(sb_lp_add_column(lp, NULL, limits ? lower : NULL, limits ? upper : NULL,
                                          cost, NULL, NULL),
                         SB_OK);
    }
    for (int row = 0; row < 3; row++) {
        for (size_t column = 0; column < COLUMNS; column++) {
            fmpq_set_si(numbers + column, property_between(stream, -5, 5),
                        (ulong)property_between(stream, 1, 3));
        }
        fmpq_set_si(upper, property_between(stream, -4, 8), 1);
        assert_int_equal(
            sb_lp_add_row(lp, NULL, NULL, upper, COLUMNS, columns, numbers, NULL, NULL), SB_OK);
    }
    fmpq_clear(lower);
    fmpq_clear(upper);
    fmpq_clear(cost);
    sb_rationals_free(numbers, COLUMNS);
    return lp;
}

/* The best over all ways to fix the binary columns, each solved exactly. */
static sb_lp_status enumerate(const sb_lp *lp, fmpq_t best)
{
    sb_lp_status answer = SB_LP_INFEASIBLE;
    sb_lp *copy = NULL;
    assert_int_equal(sb_lp_copy(lp, &copy, NULL), SB_OK);
    fmpq_t value;
    fmpq_init(value);
    for (unsigned chosen = 0; chosen < 1U << BINARY; chosen++) {
        for (size_t column = 0; column < BINARY; column++) {
            fmpq_set_si(value, chosen >> column & 1U, 1);
            assert_int_equal(sb_lp_set_column_bounds(copy, column, value, value, NULL), SB_OK);
        }
        sb_lp_result result;
        sb_lp_result_init(&result);
        assert_int_equal(sb_lp_solve_exactly(copy, &result, NULL), SB_OK);
        if (result.status == SB_LP_UNBOUNDED) {
            answer = SB_LP_UNBOUNDED;
        } else if (result.status == SB_LP_OPTIMAL && answer != SB_LP_UNBOUNDED) {
            int order = fmpq_cmp(&result.objective, best);
            bool better = sb_lp_direction(lp) == SB_MAXIMISE ? order > 0 : order < 0;
            if (answer == SB_LP_INFEASIBLE || better) {
                fmpq_set(best, &result.objective);
            }
            answer = SB_LP_OPTIMAL;
        }
        sb_lp_result_clear(&result);
    }
    fmpq_clear(value);
    sb_lp_free(copy);
    return answer;
}

/* The solution obeys bounds and rows, and is worth what is said. */
static void assert_solution(const sb_lp *lp, const sb_integer_result *result)
{
    fmpq_t sum;
    fmpq_init(sum);
    for (size_t column = 0; column < COLUMNS; column++) {
        fmpq_addmul(sum, sb_lp_column(lp, column).cost, result->columns + column);
        if (binary[column]) {
            assert_true(fmpq_is_zero(result->columns + column) ||
                        fmpq_is_one(result->columns + column));
        }
    }
    assert_true(fmpq_equal(sum, &result->objective));
    for (size_t row = 0; row < sb_lp_row_count(lp); row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        fmpq_zero(sum);
        for (size_t k = 0; k < view.count; k++) {
            fmpq_addmul(sum, view.coefficients + k, result->columns + view.columns[k]);
        }
        assert_true(fmpq_cmp(sum, view.upper) <= 0);
    }
    fmpq_clear(sum);
}

static void agrees_with_enumeration(void **state)
{
    (void)state;
    property_stream stream = {77};
    size_t seen[3] = {0};
    fmpq_t best;
    fmpq_init(best);
    for (int k = 0; k < property_cases(120); k++) {
        sb_lp *lp = random_program(&stream, k % 4 != 0);
        sb_lp_status status = enumerate(lp, best);
        for (int exact = 0; exact < 2; exact++) {
            sb_integer_options options = {.exact = exact == 1};
            sb_integer_result result;
            sb_integer_result_init(&result);
            assert_int_equal(sb_integer_solve(lp, binary, &options, &result, NULL), SB_OK);
            assert_int_equal(result.status, status);
            assert_true(result.complete);
            if (exact == 1) {
                assert_int_equal(result.proof, SB_PROOF_EXACT);
            }
            if (status == SB_LP_OPTIMAL) {
                assert_true(fmpq_equal(&result.objective, best));
                assert_solution(lp, &result);
                assert_true(fabs(result.bound - sb_rational_to_double(best)) < 1e-6);
            }
            sb_integer_result_clear(&result);
        }
        seen[status]++;
        sb_lp_free(lp);
    }
    fmpq_clear(best);
    /* Slow tools run too few cases to see each. */
    assert_true(
        property_cases(100) < 100 ||
        (seen[SB_LP_OPTIMAL] > 0 && seen[SB_LP_INFEASIBLE] > 0 && seen[SB_LP_UNBOUNDED] > 0));
}

/* sum 2 x = 2 n - 1 has no solution in integers, but its relaxation has: both searches must look at
 * very many nodes before they know. */
static sb_lp *parity(size_t columns)
{
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    fmpq *numbers = sb_rationals_new(columns);
    size_t *names = calloc(columns, sizeof *names);
    fmpq_t zero, one, bound;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_init(bound);
    fmpq_one(one);
    fmpq_set_si(bound, 2 * (slong)(columns / 2) - 1, 1);
    for (size_t column = 0; column < columns; column++) {
        names[column] = column;
        fmpq_set_si(numbers + column, 2, 1);
        assert_int_equal(sb_lp_add_column(lp, NULL, zero, one, one, NULL, NULL), SB_OK);
    }
    assert_int_equal(sb_lp_add_row(lp, NULL, bound, bound, columns, names, numbers, NULL, NULL),
                     SB_OK);
    fmpq_clear(zero);
    fmpq_clear(one);
    fmpq_clear(bound);
    sb_rationals_free(numbers, columns);
    free(names);
    return lp;
}

static void a_time_limit_is_said(void **state)
{
    (void)state;
    enum { MANY = 40 };
    bool all[MANY];
    memset(all, true, sizeof all);
    sb_lp *lp = parity(MANY);
    sb_integer_options options = {.exact = true, .time_limit = 0.05};
    sb_integer_result result;
    sb_integer_result_init(&result);
    assert_int_equal(sb_integer_solve(lp, all, &options, &result, NULL), SB_OK);
    assert_false(result.complete);
    assert_int_equal(result.status, SB_LP_FAILED);
    assert_non_null(strstr(result.reason, "time limit"));
    assert_true(result.exact_nodes > 0);
    sb_integer_result_clear(&result);
    sb_lp_free(lp);
}

static void raise_flag(void *context, const sb_integer_progress *progress)
{
    assert_false(progress->has_solution);
    assert_true(progress->bound >= 19.4 && progress->bound <= 19.6);
    atomic_store((atomic_bool *)context, true);
}

static void a_raised_flag_cancels(void **state)
{
    (void)state;
    enum { MANY = 40 };
    bool all[MANY];
    memset(all, true, sizeof all);
    sb_lp *lp = parity(MANY);
    atomic_bool cancel = false;
    sb_integer_options options = {
        .exact = true, .cancel = &cancel, .progress = raise_flag, .context = &cancel};
    sb_integer_result result;
    sb_integer_result_init(&result);
    sb_error error;
    assert_int_equal(sb_integer_solve(lp, all, &options, &result, &error), SB_ERROR_CANCELLED);
    assert_int_equal(error.status, SB_ERROR_CANCELLED);
    assert_true(atomic_load(&cancel));
    sb_integer_result_clear(&result);
    sb_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_enumeration),
        cmocka_unit_test(a_time_limit_is_said),
        cmocka_unit_test(a_raised_flag_cancels),
    };
    int failed = cmocka_run_group_tests_name("integer programs", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
