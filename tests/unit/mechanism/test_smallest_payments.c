/* The smallest payments among optimal mechanisms: published values, and what must hold of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/smallest_payments.h"

#include "sidebet/checker.h"
#include "unit/mechanism/environments.h"

static void solve(const sb_environment *environment, sb_solution *solution)
{
    sb_solution_init(solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, solution, NULL), SB_OK);
}

static void find(const sb_environment *environment, const sb_solution *solution,
                 sb_smallest_payments *smallest)
{
    sb_error error;
    sb_error_clear(&error);
    sb_smallest_payments_init(smallest);
    if (sb_smallest_payments_find(environment, solution, NULL, NULL, smallest, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(smallest->status, SB_LP_OPTIMAL);
    assert_int_equal(smallest->proof, SB_PROOF_EXACT);
}

static void set_payments(sb_environment *environment, const char *choice)
{
    assert_int_equal(sb_rules_set(&environment->rules, "payments", choice, NULL), SB_OK);
}

/* The optimum under |x| <= bound; false where there is none. */
static bool bounded_optimum(fmpq_t objective, const sb_environment *environment, const fmpq_t bound)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_rules_copy(&rules, &environment->rules);
    rules.choice[SB_RULE_PAYMENTS] = SB_PAYMENTS_BOUNDED;
    fmpq_set(&rules.payment_bound, bound);
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    assert_int_equal(
        sb_design_value(environment, &rules, NULL, NULL, &status, &proof, objective, NULL), SB_OK);
    assert_int_equal(proof, SB_PROOF_EXACT);
    sb_rules_clear(&rules);
    return status == SB_LP_OPTIMAL;
}

/* A cap at the smallest payments costs nothing, and one a little below them does. */
static void assert_smallest(const sb_environment *environment, const sb_solution *solution,
                            const sb_smallest_payments *smallest)
{
    fmpq_t number, bound;
    fmpq_init(number);
    fmpq_init(bound);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, smallest->mechanism, number, &check, NULL),
                     SB_OK);
    assert_true(check.accepted);
    bool revenue = environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    assert_true(fmpq_equal(revenue ? &check.revenue : &check.welfare, &solution->objective));
    sb_check_clear(&check);
    sb_mechanism_max_payment(number, smallest->mechanism);
    assert_true(fmpq_equal(number, &smallest->largest));
    assert_true(fmpq_cmp(&smallest->largest, &solution->max_payment) <= 0);
    if (environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE &&
        !fmpq_is_zero(&smallest->largest)) {
        assert_true(bounded_optimum(number, environment, &smallest->largest));
        assert_true(fmpq_equal(number, &solution->objective));
        fmpq_set_si(bound, 999999, 1000000);
        fmpq_mul(bound, bound, &smallest->largest);
        if (bounded_optimum(number, environment, bound)) {
            assert_true(fmpq_cmp(number, &solution->objective) < 0);
        }
    }
    fmpq_clear(number);
    fmpq_clear(bound);
}

/* .25 + d .25 / .25 .25 - d: 1/(32 d^2) + 1/(8 d), and the full surplus 1.75 - d, at every d. */
static void near_independence(void **state)
{
    (void)state;
    static const char *const published[] = {"35/8", "325", "31375", "3126250", "312512500"};
    fmpq_t number, expected;
    fmpq_init(number);
    fmpq_init(expected);
    fmpz_t inverse;
    fmpz_init_set_ui(inverse, 1);
    for (size_t k = 1; k <= 15; k++) {
        fmpz_mul_ui(inverse, inverse, 10);
        sb_environment *environment = two_bidders("1 2", "1 2", NULL);
        fmpq *weights = sb_rationals_new(4);
        fmpq_set_si(number, 1, 1);
        fmpq_div_fmpz(number, number, inverse); /* d */
        for (size_t cell = 0; cell < 4; cell++) {
            fmpq_set_si(weights + cell, 1, 4);
        }
        fmpq_add(weights, weights, number);
        fmpq_sub(weights + 3, weights + 3, number);
        assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
        sb_rationals_free(weights, 4);
        sb_solution solution;
        solve(environment, &solution);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        fmpq_set_si(expected, 7, 4);
        fmpq_sub(expected, expected, number);
        assert_true(fmpq_equal(&solution.revenue, expected));
        sb_smallest_payments smallest;
        find(environment, &solution, &smallest);
        fmpq_set_si(expected, 1, 8);
        fmpq_mul_fmpz(expected, expected, inverse);
        fmpq_set_si(number, 1, 32);
        fmpq_mul_fmpz(number, number, inverse);
        fmpq_mul_fmpz(number, number, inverse);
        fmpq_add(expected, expected, number);
        assert_true(fmpq_equal(&smallest.largest, expected));
        if (k <= 5) {
            assert_number(&smallest.largest, published[k - 1]);
        }
        assert_smallest(environment, &solution, &smallest);
        sb_smallest_payments_clear(&smallest);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    fmpq_clear(number);
    fmpq_clear(expected);
    fmpz_clear(inverse);
}

static void no_payments(void **state)
{
    (void)state;
    sb_environment *environment = divorce("100 0 40 -9 -10", "2 0 1.5 -9 -10");
    sb_solution solution;
    sb_smallest_payments smallest;
    set_rules(environment, "bayes-nash", "none");
    solve(environment, &solution);
    find(environment, &solution, &smallest);
    assert_number(&smallest.largest, "0");
    assert_smallest(environment, &solution, &smallest);
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Where the bound is worth something to the seller, some payment is at it. */
static void payments_at_their_bound(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    set_payments(environment, "bounded:100");
    sb_solution solution;
    sb_smallest_payments smallest;
    solve(environment, &solution);
    find(environment, &solution, &smallest);
    assert_number(&smallest.largest, "100");
    assert_smallest(environment, &solution, &smallest);
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    set_payments(environment, "bounded:100000");
    solve(environment, &solution);
    find(environment, &solution, &smallest);
    assert_number(&smallest.largest, "31375");
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void what_has_no_optimum_is_refused(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    sb_environment *other = two_bidders("1 2 3", "1 2", NULL);
    sb_solution solution;
    sb_smallest_payments smallest;
    sb_error error;
    sb_smallest_payments_init(&smallest);
    solve(environment, &solution);
    assert_int_equal(sb_smallest_payments_find(other, &solution, NULL, NULL, &smallest, &error),
                     SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "not an exact optimum"));
    sb_solution_clear(&solution);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = false;
    assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL), SB_OK);
    assert_int_equal(sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, NULL),
                     SB_ERROR_USAGE);
    sb_solution_clear(&solution);
    /* the multipliers of another prior are no multipliers here */
    solve(environment, &solution);
    set_weights(environment, "1 2 3 5");
    assert_int_equal(sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, NULL),
                     SB_ERROR_USAGE);
    sb_solution_clear(&solution);
    sb_smallest_payments_clear(&smallest);
    sb_environment_free(environment);
    sb_environment_free(other);
}

static void cancelling_is_reported(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    sb_solution solution;
    sb_smallest_payments smallest;
    sb_smallest_payments_init(&smallest);
    solve(environment, &solution);
    atomic_bool cancel = true;
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = &cancel;
    assert_int_equal(
        sb_smallest_payments_find(environment, &solution, NULL, &options, &smallest, NULL),
        SB_ERROR_CANCELLED);
    assert_null(smallest.mechanism);
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void random_environments(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "bayes-nash", "ex-post", "none"};
    static const char *const participations[] = {"ex-interim", "ex-interim", "ex-ante", "ex-post"};
    static const char *const payments[] = {"free", "free", "bounded:2", "none"};
    static const char *const objectives[] = {"revenue", "revenue", "welfare"};
    property_stream stream = {31};
    size_t optimal = 0, smaller = 0;
    for (int k = 0; k < property_cases(300); k++) {
        char first[64], second[64];
        size_t bidders = (size_t)property_between(&stream, 1, 2);
        random_values(&stream, (size_t)property_between(&stream, 1, 4), 0, 5, first, sizeof first);
        random_values(&stream, (size_t)property_between(&stream, 1, 4), 0, 5, second,
                      sizeof second);
        sb_environment *environment =
            item(bidders, (const char *const[]){first, second},
                 bidders == 1 ? (size_t)property_between(&stream, 1, 4) : 0, NULL, NULL);
        random_weights(environment, &stream, 5);
        fmpq_set_si(environment->agents[0].outside, property_between(&stream, -1, 1), 2);
        set_rules(environment, incentives[property_between(&stream, 0, 3)],
                  participations[property_between(&stream, 0, 3)]);
        set_payments(environment, payments[property_between(&stream, 0, 3)]);
        assert_int_equal(sb_rules_set(&environment->rules, "objective",
                                      objectives[property_between(&stream, 0, 2)], NULL),
                         SB_OK);
        sb_solution solution;
        solve(environment, &solution);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        if (solution.status == SB_LP_OPTIMAL) {
            sb_smallest_payments smallest;
            find(environment, &solution, &smallest);
            assert_smallest(environment, &solution, &smallest);
            optimal++;
            smaller += fmpq_cmp(&smallest.largest, &solution.max_payment) < 0;
            sb_smallest_payments_clear(&smallest);
        }
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    assert_true(optimal > 0 && smaller > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_independence),       cmocka_unit_test(no_payments),
        cmocka_unit_test(payments_at_their_bound), cmocka_unit_test(what_has_no_optimum_is_refused),
        cmocka_unit_test(cancelling_is_reported),  cmocka_unit_test(random_environments),
    };
    int failed = cmocka_run_group_tests_name("smallest payments", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
