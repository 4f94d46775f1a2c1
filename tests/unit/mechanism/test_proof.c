/* "proof exact" where doubles fail: near independence, random rational tables, discretised normals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "normal_prior.h"
#include "sidebet/checker.h"
#include "sidebet/smallest_payments.h"
#include "unit/mechanism/lagrangian.h"

/* Values 1 to `size` for each bidder. */
static sb_environment *square(size_t bidders, size_t size)
{
    char values[64] = "";
    size_t length = 0;
    for (size_t k = 1; k <= size; k++) {
        length += (size_t)snprintf(values + length, sizeof values - length, "%zu ", k);
    }
    return item(bidders, (const char *const[]){values, values}, bidders == 1 ? size : 0, NULL,
                NULL);
}

/* The expectation of the largest value. */
static void full_surplus(fmpq_t surplus, const sb_environment *environment)
{
    fmpq_t probability;
    fmpq_init(probability);
    fmpq_zero(surplus);
    for (size_t profile = 0; profile < sb_environment_profile_count(environment); profile++) {
        const fmpq *best = NULL;
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            const fmpq *value = environment->agents[agent].values +
                                sb_environment_type_at(environment, profile, agent);
            best = best == NULL || fmpq_cmp(value, best) > 0 ? value : best;
        }
        sb_environment_probability(probability, environment, profile);
        fmpq_addmul(surplus, probability, best);
    }
    fmpq_clear(probability);
}

/* Exact, accepted by the checker, proved by the multipliers; so are the smallest payments. */
static void assert_exact(const sb_environment *environment, fmpq_t revenue, fmpq_t largest)
{
    sb_solution solution;
    sb_smallest_payments smallest;
    sb_solution_init(&solution);
    sb_smallest_payments_init(&smallest);
    fmpq_t bound;
    fmpq_init(bound);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    assert_int_equal(solution.status, SB_LP_OPTIMAL);
    assert_int_equal(solution.proof, SB_PROOF_EXACT);
    assert_true(lagrangian_bound(bound, environment, &solution, true));
    assert_true(fmpq_equal(bound, &solution.objective));
    assert_int_equal(sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, NULL),
                     SB_OK);
    assert_int_equal(smallest.proof, SB_PROOF_EXACT);
    assert_true(fmpq_cmp(&smallest.largest, &solution.max_payment) <= 0);
    fmpq_set(revenue, &solution.revenue);
    fmpq_set(largest, &smallest.largest);
    fmpq_clear(bound);
    sb_solution_clear(&solution);
    sb_smallest_payments_clear(&smallest);
}

static void assert_full_surplus(const sb_environment *environment)
{
    fmpq_t revenue, largest, surplus;
    fmpq_init(revenue);
    fmpq_init(largest);
    fmpq_init(surplus);
    assert_exact(environment, revenue, largest);
    full_surplus(surplus, environment);
    assert_true(fmpq_equal(revenue, surplus));
    fmpq_clear(revenue);
    fmpq_clear(largest);
    fmpq_clear(surplus);
}

/* lambda times the prior and the rest its product of marginals. */
static void mix(sb_environment *environment, const fmpq_t lambda)
{
    sb_environment *independent = sb_environment_without_correlation(environment);
    size_t count = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(count);
    fmpq_t part, rest;
    fmpq_init(part);
    fmpq_init(rest);
    fmpq_sub_si(rest, lambda, 1);
    fmpq_neg(rest, rest);
    for (size_t k = 0; k < count; k++) {
        sb_environment_probability(part, environment, k);
        fmpq_mul(weights + k, part, lambda);
        sb_environment_probability(part, independent, k);
        fmpq_addmul(weights + k, part, rest);
    }
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    fmpq_clear(part);
    fmpq_clear(rest);
    sb_rationals_free(weights, count);
    sb_environment_free(independent);
}

/* 10^-k */
static void power(fmpq_t number, slong k)
{
    fmpq_set_si(number, 10, 1);
    fmpq_pow_si(number, number, -k);
}

/* Weights a/b with a, b up to `most`. */
static void random_fractions(sb_environment *environment, uint64_t seed, long most)
{
    property_stream stream = {seed};
    size_t count = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(count);
    for (size_t k = 0; k < count; k++) {
        fmpq_set_si(weights + k, property_between(&stream, 1, most),
                    (ulong)property_between(&stream, 1, most));
    }
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, count);
}

static void normal(sb_environment *environment, size_t size)
{
    fmpq *weights = sb_rationals_new(size * size);
    fill_normal(weights, size, SB_NORMAL_DIGITS);
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, size * size);
}

static void random_rational_tables(void **state)
{
    (void)state;
    for (size_t size = 2; size <= (size_t)property_cases(10); size++) {
        for (size_t bidders = 1; bidders <= 2; bidders++) {
            sb_environment *environment = square(bidders, size);
            random_fractions(environment, size, 99);
            assert_full_surplus(environment);
            sb_environment_free(environment);
        }
    }
}

static void discretised_normals(void **state)
{
    (void)state;
    static const size_t sizes[] = {2, 3, 5, 8, 10, 15};
    for (size_t k = 0; k < (size_t)property_cases(6); k++) {
        for (size_t bidders = 1; bidders <= 2; bidders++) {
            sb_environment *environment = square(bidders, sizes[k]);
            normal(environment, sizes[k]);
            assert_full_surplus(environment);
            sb_environment_free(environment);
        }
    }
}

/* The jump: the full surplus at every lambda > 0, less at 0. */
static void towards_independence(void **state)
{
    (void)state;
    fmpq_t lambda, revenue, surplus, largest;
    fmpq_init(lambda);
    fmpq_init(revenue);
    fmpq_init(surplus);
    fmpq_init(largest);
    static const slong exponents[] = {1, 4, 8, 12, 15};
    for (size_t k = 0; k < (size_t)property_cases(5); k++) {
        for (size_t size = 3; size <= 9; size += 3) {
            sb_environment *environment = square(2, size);
            random_fractions(environment, size, 9);
            power(lambda, exponents[k]);
            mix(environment, lambda);
            assert_full_surplus(environment);
            fmpq_zero(lambda);
            mix(environment, lambda);
            assert_exact(environment, revenue, largest);
            full_surplus(surplus, environment);
            assert_true(fmpq_cmp(revenue, surplus) < 0);
            sb_environment_free(environment);
        }
    }
    fmpq_clear(lambda);
    fmpq_clear(revenue);
    fmpq_clear(surplus);
    fmpq_clear(largest);
}

/* Independent but for noise in the last digits: nothing of it is taken for rounding. */
static void noise_in_the_last_digits(void **state)
{
    (void)state;
    fmpq_t noise, weight;
    fmpq_init(noise);
    fmpq_init(weight);
    for (slong digits = 4; digits <= (slong)property_cases(16); digits += 4) {
        sb_environment *environment = square(2, 8);
        property_stream stream = {(uint64_t)digits};
        for (size_t k = 0; k < 64; k++) {
            power(noise, digits);
            fmpq_mul_si(noise, noise, property_between(&stream, 1, 100));
            fmpq_set_si(weight, (slong)((1 + k / 8) * (9 - k % 8)), 1);
            fmpq_add(weight, weight, noise);
            assert_int_equal(sb_environment_set_weight(environment, k, weight, NULL), SB_OK);
        }
        assert_full_surplus(environment);
        sb_environment_free(environment);
    }
    fmpq_clear(noise);
    fmpq_clear(weight);
}

/* Published: along the path from .35 .15 / .15 .35 about .3125 / lambda. At 0 the high type expects
 * to win 3/4 of the time and keeps 1/4 of what that is worth: it pays 5/4 whatever happens. */
static void the_smallest_payments_grow_like_one_over_lambda(void **state)
{
    (void)state;
    fmpq_t lambda, revenue, largest;
    fmpq_init(lambda);
    fmpq_init(revenue);
    fmpq_init(largest);
    for (slong k = 2; k <= 15; k++) {
        sb_environment *environment = two_bidders("1 2", "1 2", ".35 .15 .15 .35");
        power(lambda, k);
        mix(environment, lambda);
        assert_exact(environment, revenue, largest);
        fmpq_mul(largest, largest, lambda);
        double product = sb_rational_to_double(largest);
        assert_true(product > .3125 * .9 && product < .3125 * 1.1);
        fmpq_zero(lambda);
        mix(environment, lambda);
        assert_exact(environment, revenue, largest);
        assert_number(revenue, "1.5");
        assert_number(largest, "5/4");
        sb_environment_free(environment);
    }
    fmpq_clear(lambda);
    fmpq_clear(revenue);
    fmpq_clear(largest);
}

/* The table between the two lectures' tables: independent to the last digit. */
static void the_independent_table(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251001 .249999 .249999 .249001");
    fmpq_t revenue, largest;
    fmpq_init(revenue);
    fmpq_init(largest);
    assert_exact(environment, revenue, largest);
    assert_number(revenue, "1.499");
    fmpq_clear(revenue);
    fmpq_clear(largest);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_rational_tables),
        cmocka_unit_test(discretised_normals),
        cmocka_unit_test(towards_independence),
        cmocka_unit_test(noise_in_the_last_digits),
        cmocka_unit_test(the_smallest_payments_grow_like_one_over_lambda),
        cmocka_unit_test(the_independent_table),
    };
    int failed = cmocka_run_group_tests_name("proof", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
