/* Two bidders, one item: the program this layer is for, near independence and at it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On .25+d .25 / .25 .25-d the optimum is 1.75 - d for every d > 0 and 3/2 at d = 0: doubles cannot
 * tell the two apart from about d = 1e-4 on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "certificate.h"
#include "two_bidders.h"

static void set_lecture_prior(fmpq *prior, const fmpq_t d)
{
    for (int k = 0; k < 4; k++) {
        fmpq_set_si(&prior[k], 1, 4);
    }
    fmpq_add(&prior[0], &prior[0], d);
    fmpq_sub(&prior[3], &prior[3], d);
}

static void expect_optimum(const fmpq *prior, size_t types, const fmpq_t expected,
                           sb_lp_solver *solver)
{
    sb_lp *lp = two_bidders_program(types, prior);
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve(lp, solver, NULL, &result, NULL), SB_OK);
    const char *wrong = check_certificate(lp, &result);
    assert_string_equal(wrong != NULL ? wrong : "", "");
    assert_int_equal(result.status, SB_LP_OPTIMAL);
    assert_true(fmpq_equal(&result.objective, expected));
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void lecture_example_at_every_distance(void **state)
{
    (void)state;
    fmpq *prior = sb_rationals_new(4);
    fmpq_t d;
    fmpq_t expected;
    fmpq_init(d);
    fmpq_init(expected);
    fmpq_set_si(d, 1, 10);
    for (int exponent = 1; exponent <= 40; exponent++) {
        set_lecture_prior(prior, d);
        fmpq_set_si(expected, 7, 4);
        fmpq_sub(expected, expected, d);
        expect_optimum(prior, 2, expected, NULL);
        fmpq_set_si(expected, 1, 10);
        fmpq_mul(d, d, expected);
    }
    fmpq_clear(d);
    fmpq_clear(expected);
    sb_rationals_free(prior, 4);
}

static void lecture_example_at_independence(void **state)
{
    (void)state;
    fmpq *prior = sb_rationals_new(4);
    fmpq_t number;
    fmpq_init(number);
    set_lecture_prior(prior, number);
    fmpq_set_si(number, 3, 2);
    expect_optimum(prior, 2, number, NULL);
    /* The independent prior of the marginals .501 and .499. */
    fmpq_set_si(&prior[0], 251001, 1000000);
    fmpq_set_si(&prior[1], 249999, 1000000);
    fmpq_set_si(&prior[2], 249999, 1000000);
    fmpq_set_si(&prior[3], 249001, 1000000);
    fmpq_set_si(number, 1499, 1000);
    expect_optimum(prior, 2, number, NULL);
    fmpq_clear(number);
    sb_rationals_free(prior, 4);
}

/* One solver across the whole walk from correlation to independence and back. */
static void warm_solver_walks_to_independence_and_back(void **state)
{
    (void)state;
    const slong denominators[] = {10, 1000, 100000000, 0, 1000000000000, 1000, 0, 10};
    fmpq *prior = sb_rationals_new(4);
    sb_lp_solver *solver = sb_lp_solver_new();
    fmpq_t d;
    fmpq_t expected;
    fmpq_init(d);
    fmpq_init(expected);
    for (size_t k = 0; k < sizeof denominators / sizeof *denominators; k++) {
        fmpq_zero(d);
        fmpq_set_si(expected, 3, 2);
        if (denominators[k] != 0) {
            fmpq_set_si(d, 1, (ulong)denominators[k]);
            fmpq_set_si(expected, 7, 4);
            fmpq_sub(expected, expected, d);
        }
        set_lecture_prior(prior, d);
        expect_optimum(prior, 2, expected, solver);
    }
    fmpq_clear(d);
    fmpq_clear(expected);
    sb_lp_solver_free(solver);
    sb_rationals_free(prior, 4);
}

/* A full-rank prior extracts the full surplus, however little it differs from a product. */
static void full_surplus_at_five_types(void **state)
{
    (void)state;
    const size_t types = 5;
    const slong denominators[] = {10, 1000, 1000000};
    fmpq *prior = sb_rationals_new(types * types);
    fmpq_t expected;
    fmpq_t change;
    fmpq_init(expected);
    fmpq_init(change);
    for (size_t k = 0; k < sizeof denominators / sizeof *denominators; k++) {
        fmpq_zero(expected);
        for (size_t a = 0; a < types; a++) {
            for (size_t b = 0; b < types; b++) {
                fmpq *cell = &prior[a * types + b];
                fmpq_set_ui(cell, 1, types * types);
                /* A perturbation of full rank that sums to zero. */
                fmpq_set_si(change, a == b ? 4 : -1, (ulong)denominators[k] * 100U);
                fmpq_add(cell, cell, change);
                fmpq_mul_si(change, cell, (slong)(a > b ? a : b) + 1);
                fmpq_add(expected, expected, change);
            }
        }
        expect_optimum(prior, types, expected, NULL);
    }
    fmpq_clear(expected);
    fmpq_clear(change);
    sb_rationals_free(prior, types * types);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lecture_example_at_every_distance),
        cmocka_unit_test(lecture_example_at_independence),
        cmocka_unit_test(warm_solver_walks_to_independence_and_back),
        cmocka_unit_test(full_surplus_at_five_types),
    };
    int failed = cmocka_run_group_tests_name("lp/two_bidders", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
