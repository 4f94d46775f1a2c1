/* Random linear programs: every answer carries a certificate, checked on its own.
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
#include "lp/exact_simplex.h"
#include "lp/floating.h"
#include "lp/solver.h"

static uint64_t seed = 0x9e3779b97f4a7c15U;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static slong between(slong low, slong high)
{
    return low + (slong)(next_random() % (uint64_t)(high - low + 1));
}

/* Bounds of all kinds around small numbers; most programs are feasible. */
static void random_bounds(fmpq *lower, fmpq *upper, bool *has_lower, bool *has_upper)
{
    slong first = between(-6, 4);
    fmpq_set_si(lower, first, (ulong)between(1, 3));
    fmpq_set_si(upper, between(0, 8), (ulong)between(1, 3));
    fmpq_add(upper, lower, upper);
    slong kind = between(0, 9);
    *has_lower = kind != 0 && kind < 7;
    *has_upper = kind > 3;
    if (kind == 4) {
        fmpq_set(upper, lower);
    }
}

static sb_lp *random_program(size_t columns, size_t rows, int density)
{
    sb_lp *lp = sb_lp_new(between(0, 1) == 0 ? SB_MAXIMISE : SB_MINIMISE);
    fmpq lower;
    fmpq upper;
    fmpq cost;
    bool has_lower;
    bool has_upper;
    fmpq_init(&lower);
    fmpq_init(&upper);
    fmpq_init(&cost);
    fmpq *coefficients = sb_rationals_new(columns);
    size_t *indices = calloc(columns + 1, sizeof *indices);
    for (size_t j = 0; j < columns; j++) {
        random_bounds(&lower, &upper, &has_lower, &has_upper);
        fmpq_set_si(&cost, between(-5, 5), (ulong)between(1, 2));
        assert_int_equal(sb_lp_add_column(lp, NULL, has_lower ? &lower : NULL,
                                          has_upper ? &upper : NULL, &cost, NULL, NULL),
                         SB_OK);
    }
    for (size_t i = 0; i < rows; i++) {
        size_t count = 0;
        for (size_t j = 0; j < columns; j++) {
            if (between(0, 99) < density) {
                indices[count] = j;
                fmpq_set_si(&coefficients[count++], between(-4, 4), (ulong)between(1, 4));
            }
        }
        random_bounds(&lower, &upper, &has_lower, &has_upper);
        assert_int_equal(sb_lp_add_row(lp, NULL, has_lower ? &lower : NULL,
                                       has_upper ? &upper : NULL, count, indices, coefficients,
                                       NULL, NULL),
                         SB_OK);
    }
    free(indices);
    sb_rationals_free(coefficients, columns);
    fmpq_clear(&lower);
    fmpq_clear(&upper);
    fmpq_clear(&cost);
    return lp;
}

static void assert_certified(const sb_lp *lp, const sb_lp_result *result)
{
    const char *wrong = check_certificate(lp, result);
    assert_string_equal(wrong != NULL ? wrong : "", "");
}

static void every_answer_is_certified(void **state)
{
    (void)state;
    size_t seen[4] = {0};
    sb_lp_result result;
    sb_lp_result_init(&result);
    for (int trial = 0; trial < 600; trial++) {
        sb_lp *lp =
            random_program((size_t)between(1, 9), (size_t)between(0, 9), (int)between(20, 100));
        assert_int_equal(sb_lp_solve_exactly(lp, &result, NULL), SB_OK);
        assert_certified(lp, &result);
        seen[result.status]++;
        sb_lp_free(lp);
    }
    sb_lp_result_clear(&result);
    assert_true(seen[SB_LP_OPTIMAL] > 100);
    assert_true(seen[SB_LP_INFEASIBLE] > 20);
    assert_true(seen[SB_LP_UNBOUNDED] > 20);
}

static void larger_programs_are_certified(void **state)
{
    (void)state;
    sb_lp_result result;
    sb_lp_result_init(&result);
    for (int trial = 0; trial < 20; trial++) {
        sb_lp *lp = random_program(60, (size_t)between(20, 50), 15);
        assert_int_equal(sb_lp_solve_exactly(lp, &result, NULL), SB_OK);
        assert_certified(lp, &result);
        sb_lp_free(lp);
    }
    sb_lp_result_clear(&result);
}

/* Statuses without rhyme or reason: too few or too many basic, bounds that do not exist, singular.
 */
static void any_basis_leads_to_the_same_answer(void **state)
{
    (void)state;
    size_t pivots = 0;
    for (int trial = 0; trial < 400; trial++) {
        sb_lp *lp = random_program((size_t)between(1, 9), (size_t)between(1, 9), 60);
        sb_lp_result result;
        sb_lp_result_init(&result);
        assert_int_equal(sb_lp_solve_exactly(lp, &result, NULL), SB_OK);
        sb_lp_integers integers;
        assert_int_equal(sb_lp_integers_init(&integers, lp, NULL), SB_OK);
        size_t variables = integers.columns + integers.rows;
        sb_variable_status *statuses = calloc(variables, sizeof *statuses);
        for (size_t k = 0; k < variables; k++) {
            statuses[k] = (sb_variable_status)between(SB_BASIC, SB_AT_ZERO);
        }
        sb_exact_outcome outcome;
        assert_int_equal(sb_exact_simplex(&integers, statuses, NULL, &outcome, NULL), SB_OK);
        assert_int_equal(outcome.status, result.status);
        pivots += outcome.pivots;
        if (outcome.status == SB_LP_OPTIMAL) {
            fmpq_t objective;
            fmpq_init(objective);
            for (size_t j = 0; j < integers.columns; j++) {
                fmpq_addmul(objective, sb_lp_column(lp, j).cost, &outcome.values[j]);
            }
            assert_true(fmpq_equal(objective, &result.objective));
            fmpq_clear(objective);
        }
        sb_exact_outcome_clear(&outcome, &integers);
        /* The basis it ended in is optimal: no pivot is left to do. */
        assert_int_equal(sb_exact_simplex(&integers, statuses, NULL, &outcome, NULL), SB_OK);
        assert_true(outcome.pivots == 0 || outcome.status == SB_LP_INFEASIBLE);
        assert_int_equal(outcome.status, result.status);
        sb_exact_outcome_clear(&outcome, &integers);
        sb_lp_integers_clear(&integers);
        free(statuses);
        sb_lp_result_clear(&result);
        sb_lp_free(lp);
    }
    assert_true(pivots > 400);
}

/* From an optimal basis, move the right sides: dual feasible and no longer primal feasible. */
static void the_dual_method_agrees(void **state)
{
    (void)state;
    size_t dual_starts = 0;
    for (int trial = 0; trial < 500; trial++) {
        sb_lp *lp = random_program((size_t)between(2, 9), (size_t)between(2, 9), 60);
        sb_lp_integers integers;
        assert_int_equal(sb_lp_integers_init(&integers, lp, NULL), SB_OK);
        size_t variables = integers.columns + integers.rows;
        sb_variable_status *statuses = calloc(variables, sizeof *statuses);
        sb_slack_basis(&integers, statuses);
        sb_exact_outcome outcome;
        assert_int_equal(sb_exact_simplex(&integers, statuses, NULL, &outcome, NULL), SB_OK);
        bool optimal = outcome.status == SB_LP_OPTIMAL;
        sb_exact_outcome_clear(&outcome, &integers);
        fmpq_t shift;
        fmpq_init(shift);
        for (size_t k = 0; k < variables; k++) {
            fmpq_set_si(shift, between(-3, 3), 1);
            fmpq_add(&integers.bounds[k].lower, &integers.bounds[k].lower, shift);
            fmpq_add(&integers.bounds[k].upper, &integers.bounds[k].upper, shift);
        }
        fmpq_clear(shift);
        sb_simplex dual;
        assert_int_equal(sb_simplex_init(&dual, &integers, statuses, NULL, NULL), SB_OK);
        sb_simplex_end end = {SB_LP_FAILED, 0, 0};
        if (optimal) {
            bool feasible = false;
            assert_int_equal(sb_simplex_is_dual_feasible(&dual, &feasible, NULL), SB_OK);
            assert_true(feasible);
            dual_starts += sb_simplex_is_feasible(&dual) ? 0 : 1;
            assert_int_equal(sb_exact_dual(&dual, &end, NULL), SB_OK);
            sb_slack_basis(&integers, statuses);
            sb_simplex primal;
            assert_int_equal(sb_simplex_init(&primal, &integers, statuses, NULL, NULL), SB_OK);
            sb_simplex_end primal_end = {SB_LP_FAILED, 0, 0};
            assert_int_equal(sb_exact_primal(&primal, &primal_end, NULL), SB_OK);
            assert_int_equal(end.status, primal_end.status);
            fmpq_t difference;
            fmpq_t cost;
            fmpq_init(difference);
            fmpq_init(cost);
            for (size_t j = 0; end.status == SB_LP_OPTIMAL && j < integers.columns; j++) {
                fmpq_set_fmpz(cost, &integers.cost[j]);
                fmpq_addmul(difference, cost, &primal.values[j]);
                fmpq_submul(difference, cost, &dual.values[j]);
            }
            assert_true(fmpq_is_zero(difference));
            fmpq_clear(difference);
            fmpq_clear(cost);
            sb_simplex_clear(&primal);
        }
        sb_simplex_clear(&dual);
        free(statuses);
        sb_lp_integers_clear(&integers);
        sb_lp_free(lp);
    }
    assert_true(dual_starts > 30);
}

/* Change numbers and add rows under a warm solver: same optimum as cold. */
static void warm_starts_agree_with_cold_ones(void **state)
{
    (void)state;
    for (int trial = 0; trial < 150; trial++) {
        sb_lp *lp = random_program((size_t)between(2, 9), (size_t)between(2, 9), 60);
        sb_lp_solver *solver = sb_lp_solver_new();
        sb_lp_result warm;
        sb_lp_result cold;
        sb_lp_result_init(&warm);
        sb_lp_result_init(&cold);
        for (int change = 0; change < 6; change++) {
            fmpq_t value;
            fmpq_init(value);
            fmpq_set_si(value, between(-5, 5), 1);
            size_t column_index = (size_t)between(0, (slong)sb_lp_column_count(lp) - 1);
            if (change % 3 == 2) {
                fmpq_t one;
                fmpq_init(one);
                fmpq_one(one);
                assert_int_equal(
                    sb_lp_add_row(lp, NULL, value, NULL, 1, &column_index, one, NULL, NULL), SB_OK);
                fmpq_clear(one);
            } else {
                sb_lp_set_cost(lp, column_index, value);
            }
            fmpq_clear(value);
            assert_int_equal(sb_lp_solve(lp, solver, NULL, &warm, NULL), SB_OK);
            assert_int_equal(sb_lp_solve(lp, NULL, NULL, &cold, NULL), SB_OK);
            assert_certified(lp, &warm);
            assert_int_equal(warm.status, cold.status);
            assert_true(fmpq_equal(&warm.objective, &cold.objective));
        }
        sb_lp_result_clear(&warm);
        sb_lp_result_clear(&cold);
        sb_lp_solver_free(solver);
        sb_lp_free(lp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_is_certified),
        cmocka_unit_test(larger_programs_are_certified),
        cmocka_unit_test(any_basis_leads_to_the_same_answer),
        cmocka_unit_test(the_dual_method_agrees),
        cmocka_unit_test(warm_starts_agree_with_cold_ones),
    };
    int failed = cmocka_run_group_tests_name("lp/random", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
