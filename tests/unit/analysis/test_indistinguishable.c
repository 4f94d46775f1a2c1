/* Indistinguishable priors: guarantees by hand, by enumeration and by properties.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The power of tests by enumeration; and the example whose numbers the demonstration prints.
 */
#include "sidebet/indistinguishable.h"

#include <math.h>

#include "sidebet/sweep.h"
#include "unit/analysis/reports_cases.h"

static void find(const sb_environment *environment, const char *lambdas, size_t samples,
                 sb_indistinguishable *answer)
{
    enum { MOST = 16 };
    sb_indistinguishable_options options = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    fmpq *numbers = sb_rationals_new(MOST);
    if (lambdas != NULL) {
        options.lambda_count = read_numbers(lambdas, numbers, MOST);
        options.lambdas = numbers;
    }
    options.sample_count = samples;
    sb_error error;
    sb_error_clear(&error);
    sb_indistinguishable_init(answer);
    if (sb_indistinguishable_find(environment, &options, answer, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    sb_rationals_free(numbers, MOST);
}

static sb_environment *at(const sb_environment *environment, const char *lambda)
{
    fmpq_t number;
    fmpq_init(number);
    assert_int_equal(sb_rational_parse(number, lambda, strlen(lambda), NULL), SB_OK);
    sb_environment *there = NULL;
    assert_int_equal(sb_sweep_environment(environment, number, &there, NULL), SB_OK);
    fmpq_clear(number);
    return there;
}

/* ---- how well samples tell priors apart ---- */

/* The total variation of N samples: over all sequences of four profiles. */
static double enumerate(const sb_environment *first, const sb_environment *second, size_t samples)
{
    double p[4], q[4], sum = 0;
    size_t sequences = 1;
    fmpq_t number;
    fmpq_init(number);
    for (size_t k = 0; k < 4; k++) {
        sb_environment_probability(number, first, k);
        p[k] = sb_rational_to_double(number);
        sb_environment_probability(number, second, k);
        q[k] = sb_rational_to_double(number);
    }
    for (size_t k = 0; k < samples; k++) {
        sequences *= 4;
    }
    for (size_t sequence = 0; sequence < sequences; sequence++) {
        double one = 1, other = 1;
        size_t left = sequence;
        for (size_t k = 0; k < samples; k++, left /= 4) {
            one *= p[left % 4];
            other *= q[left % 4];
        }
        sum += fabs(one - other) / 2;
    }
    fmpq_clear(number);
    return sum;
}

static void bounds_hold_the_total_variation(void **state)
{
    (void)state;
    static const char *const tables[] = {"3 1 1 3", "7 1 2 6", "0 2 3 1", "5 4 4 5"};
    for (size_t k = 0; k < sizeof tables / sizeof tables[0]; k++) {
        sb_environment *environment = one_bidder_and_signal("1 2", 2, tables[k]);
        sb_environment *limit = at(environment, "0"), *near = at(environment, "1/2");
        const sb_environment *const pairs[][2] = {
            {environment, limit}, {near, limit}, {environment, near}};
        for (size_t pair = 0; pair < 3; pair++) {
            sb_test_power power;
            for (size_t samples = 1; samples <= 7; samples++) {
                double exact = enumerate(pairs[pair][0], pairs[pair][1], samples);
                assert_int_equal(sb_test_power_find(pairs[pair][0], pairs[pair][1], (double)samples,
                                                    .2, &power, NULL),
                                 SB_OK);
                assert_true(power.least <= exact + 1e-12 && exact <= power.most + 1e-12);
                /* right with probability .8 takes T = .6 */
                assert_true(exact <= .6 || (double)samples >= power.samples_needed);
                assert_true(exact >= .6 || (double)samples <= power.samples_enough);
            }
            assert_true(fabs(power.total_variation - enumerate(pairs[pair][0], pairs[pair][1], 1)) <
                        1e-12);
        }
        sb_environment_free(near);
        sb_environment_free(limit);
        sb_environment_free(environment);
    }
}

/* p = (3, 1, 1, 3) / 8 against even odds. */
static void powers_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_environment *limit = at(environment, "0");
    sb_test_power power;
    assert_int_equal(sb_test_power_find(environment, limit, 100, .05, &power, NULL), SB_OK);
    double coefficient = (sqrt(1.5) + sqrt(.5)) / 2;
    assert_true(fabs(power.total_variation - .25) < 1e-15);
    assert_true(fabs(power.gap - (1 - coefficient)) < 1e-15);
    assert_true(fabs(power.divergence - (.75 * log(1.5) + .25 * log(.5))) < 1e-15);
    assert_true(fabs(power.samples_enough - log(.1) / log(coefficient)) < 1e-9);
    /* however near, nothing is lost: the gap falls like lambda^2 */
    sb_environment *near = at(environment, "1e-9");
    assert_int_equal(sb_test_power_find(near, limit, 0, .05, &power, NULL), SB_OK);
    assert_true(fabs(power.gap / 3.125e-20 - 1) < 1e-6);
    assert_true(fabs(power.divergence / 1.25e-19 - 1) < 1e-6);
    assert_true(power.least == 0 && power.most == 0);
    assert_int_equal(sb_test_power_find(near, limit, 0, .5, &power, NULL), SB_ERROR_USAGE);
    sb_environment_free(near);
    sb_environment_free(limit);
    sb_environment_free(environment);
}

/* ---- guarantees ---- */

static void guarantee(const sb_environment *const *environments, size_t count, fmpq_t number)
{
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    assert_int_equal(sb_guarantee_find(environments, count, NULL, &status, &proof, number, NULL),
                     SB_OK);
    assert_int_equal(status, SB_LP_OPTIMAL);
    assert_int_equal(proof, SB_PROOF_EXACT);
}

static void guarantees_between_optimum_and_limit(void **state)
{
    (void)state;
    property_stream stream = {1603};
    int cases = property_cases(40), strict = 0;
    fmpq_t number, other, before;
    fmpq_init(number);
    fmpq_init(other);
    fmpq_init(before);
    for (int k = 0; k < cases; k++) {
        char values[64];
        size_t rows = (size_t)property_between(&stream, 2, 3);
        size_t columns = (size_t)property_between(&stream, 2, 3);
        random_values(&stream, rows, 0, 6, values, sizeof values);
        sb_environment *environment = one_bidder_and_signal(values, columns, NULL);
        random_weights(environment, &stream, 9);
        if (k % 3 == 2) {
            random_reports(environment, &stream);
            nest_reports(environment, 0);
        }
        const sb_environment *priors[] = {at(environment, "1"), at(environment, "1/5"),
                                          at(environment, "1/40"), at(environment, "0")};
        /* one prior: the optimum there */
        guarantee(priors, 1, before);
        optimum(other, environment, "bayes-nash", "ex-interim");
        assert_true(fmpq_equal(before, other));
        optimum(other, priors[3], "bayes-nash", "ex-interim");
        for (size_t count = 2; count <= 4; count++) { /* more priors, less is sure */
            guarantee(priors, count, number);
            assert_true(fmpq_cmp(number, before) <= 0);
            assert_true(fmpq_cmp(number, other) >= 0); /* the limit's mechanism earns its own */
            strict += fmpq_cmp(number, before) < 0;
            fmpq_set(before, number);
        }
        assert_true(fmpq_equal(number, other)); /* with the limit itself */
        for (size_t i = 0; i < 4; i++) {
            sb_environment_free((sb_environment *)priors[i]);
        }
        sb_environment_free(environment);
    }
    assert_true(strict > cases / 2);
    fmpq_clear(number);
    fmpq_clear(other);
    fmpq_clear(before);
}

/* By scipy.optimize.linprog on the same program, written anew: 1.111363636, 1.012351485,
 * 1.363636364, 1.235294118. */
static void guarantees_by_another_solver(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    static const char *const lambdas[] = {"1 .1", "1 .1 .01", "1 1/2", "1 1/2 1/4"};
    static const double wanted[] = {1.111363636363636, 1.012351485148515, 15. / 11, 21. / 17};
    for (size_t k = 0; k < 4; k++) {
        sb_indistinguishable answer;
        find(environment, lambdas[k], 0, &answer);
        assert_true(fabs(sb_rational_to_double(&answer.priors[0].guarantee) - wanted[k]) < 1e-12);
        sb_indistinguishable_clear(&answer);
    }
    sb_environment_free(environment);
}

/* No designed mechanism earns more than the guarantee at all of the priors. */
static void designs_stay_below_the_guarantee(void **state)
{
    (void)state;
    property_stream stream = {77};
    int cases = property_cases(25);
    for (int k = 0; k < cases; k++) {
        char values[64];
        size_t rows = (size_t)property_between(&stream, 2, 3);
        random_values(&stream, rows, 1, 6, values, sizeof values);
        sb_environment *environment = one_bidder_and_signal(values, 3, NULL);
        random_weights(environment, &stream, 9);
        if (k % 3 == 2) {
            random_reports(environment, &stream);
            nest_reports(environment, 0);
        }
        sb_indistinguishable answer;
        find(environment, "1 1/3 1/9", 50, &answer);
        assert_true(answer.complete);
        for (size_t i = 0; i < answer.count; i++) {
            const sb_near_prior *prior = &answer.priors[i];
            assert_true(fmpq_equal(answer.revenue + i * answer.count + i, &prior->optimum));
            assert_int_equal(prior->extracts, fmpq_equal(&prior->optimum, &answer.full_surplus));
            assert_int_equal(prior->has_guarantee, i + 1 < answer.count);
            for (size_t first = 0; first + 1 < answer.count; first++) {
                const fmpq *sure = &answer.priors[first].guarantee;
                bool below = false;
                for (size_t j = first; j + 1 < answer.count; j++) {
                    below = below || fmpq_cmp(answer.revenue + i * answer.count + j, sure) <= 0;
                }
                assert_true(below);
            }
        }
        sb_indistinguishable_clear(&answer);
        sb_environment_free(environment);
    }
}

/* ---- the demonstration ---- */

/* Values 1 and 2 at even odds: without the signal 1 is the most that can be earned, with it 3/2. */
static void demonstration(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_indistinguishable answer;
    find(environment, NULL, 1000, &answer);
    assert_int_equal(answer.count, 7);
    assert_true(answer.complete);
    assert_number(&answer.full_surplus, "3/2");
    assert_int_equal(answer.sample->total, 1000);
    fmpq_t wanted;
    fmpq_init(wanted);
    double posterior = 0;
    for (size_t i = 0; i + 1 < answer.count; i++) {
        const sb_near_prior *prior = &answer.priors[i];
        assert_true(prior->extracts);
        /* the line through both beliefs and values: 3/2 in the middle, slope 2 / lambda */
        fmpq_inv(wanted, &prior->lambda);
        fmpq_add(wanted, wanted, &answer.full_surplus);
        assert_true(fmpq_equal(&prior->max_payment, wanted));
        fmpq_div_2exp(wanted, &prior->lambda, 2);
        assert_true(fmpq_equal(&prior->total_variation, wanted));
        posterior += prior->posterior;
    }
    const sb_near_prior *limit = &answer.priors[answer.count - 1];
    assert_number(&limit->optimum, "1");
    assert_false(limit->extracts || limit->has_guarantee);
    assert_true(fabs(posterior + limit->posterior - 1) < 1e-12);
    /* designed at 1/10, the truth nearer to independence: type 1 stays away at once */
    assert_number(answer.revenue + 1 * 7 + 1, "3/2");
    assert_number(answer.revenue + 1 * 7 + 2, "31/40");
    assert_number(answer.revenue + 1 * 7 + 6, "3/4");
    assert_number(answer.revenue + 1 * 7 + 0, "-3/4"); /* and the other way it pays them to lie */
    assert_number(answer.revenue + 6 * 7 + 0, "1");
    /* V over the last two, three, ..: ever nearer to 1 */
    assert_number(&answer.priors[5].guarantee, "3/2");
    assert_number(&answer.priors[4].guarantee, "4800009/4400000");
    assert_number(&answer.priors[3].guarantee, "40800099/40400000");
    assert_number(&answer.priors[0].guarantee, "40000899999/40000400000");
    /* a thousand samples are worth next to nothing */
    assert_int_equal(answer.bound_at, 3);
    assert_true(answer.priors[3].bound < 1.02);
    sb_indistinguishable_clear(&answer);
    fmpq_clear(wanted);
    sb_environment_free(environment);
}

/* With outside options below 0 more than the values is earned, without payments nothing: W is the
 * largest optimum. */
static void bounds_are_between_guarantee_and_optimum(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    fmpq_t outside;
    fmpq_init(outside);
    fmpq_set_si(outside, -1, 1);
    for (size_t type = 0; type < 2; type++) {
        assert_int_equal(sb_environment_set_outside(environment, 0, type, outside, NULL), SB_OK);
    }
    fmpq_clear(outside);
    sb_indistinguishable answer;
    find(environment, "1 1/10", 1000, &answer);
    assert_number(&answer.priors[0].guarantee, "929/440");
    assert_number(&answer.priors[0].optimum, "5/2");
    assert_true(answer.priors[0].bound > 929. / 440 && answer.priors[0].bound <= 2.5);
    assert_true(fabs(answer.priors[1].bound - 2.5) < 1e-12);
    assert_int_equal(answer.bound_at, 0);
    sb_indistinguishable_clear(&answer);
    /* hardly any samples: V + (W - V) T */
    find(environment, "1/10 1/100", 1, &answer);
    double guarantee = sb_rational_to_double(&answer.priors[0].guarantee);
    sb_test_power power;
    sb_environment *first = NULL, *second = NULL;
    assert_int_equal(sb_sweep_environment(environment, &answer.priors[0].lambda, &first, NULL),
                     SB_OK);
    assert_int_equal(sb_sweep_environment(environment, &answer.priors[1].lambda, &second, NULL),
                     SB_OK);
    assert_int_equal(sb_test_power_find(first, second, 1, .05, &power, NULL), SB_OK);
    assert_true(fabs(answer.priors[0].bound - guarantee - (2.5 - guarantee) * power.most) < 1e-12);
    sb_environment_free(first);
    sb_environment_free(second);
    sb_indistinguishable_clear(&answer);
    sb_environment_free(environment);

    environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    environment->rules.choice[SB_RULE_PAYMENTS] = SB_PAYMENTS_NONE;
    find(environment, "1 1/10", 1000, &answer);
    assert_true(answer.priors[0].bound == 0 && answer.priors[1].bound == 0);
    sb_indistinguishable_clear(&answer);
    sb_environment_free(environment);
}

/* Payments, revenues and guarantees are those of programs without whole numbers. */
static void deterministic_is_refused(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "2 3 4 2");
    environment->rules.choice[SB_RULE_DETERMINISTIC] = SB_DETERMINISTIC;
    sb_indistinguishable answer;
    sb_indistinguishable_init(&answer);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_indistinguishable_find(environment, NULL, &answer, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "randomised mechanisms only"));
    assert_non_null(strstr(error.hint, "deterministic: false"));
    sb_environment_free(environment);
}

/* Without samples all is as likely as before; with very many, and from the first, it is known. */
static void samples_speak(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_indistinguishable answer;
    find(environment, "1/2 1", 0, &answer); /* sorted */
    assert_number(&answer.priors[0].lambda, "1");
    for (size_t i = 0; i < 3; i++) {
        assert_true(fabs(answer.priors[i].posterior - 1. / 3) < 1e-12);
        assert_true(answer.priors[i].log_likelihood == 0);
    }
    assert_true(answer.priors[0].power.most == 0);
    assert_true(fabs(answer.priors[0].bound - sb_rational_to_double(&answer.priors[0].guarantee)) <
                1e-12);
    sb_indistinguishable_clear(&answer);
    fmpq *lambdas = sb_rationals_new(2);
    read_numbers("1 1/2", lambdas, 2);
    sb_indistinguishable_options options = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    options.lambda_count = 2;
    options.lambdas = lambdas;
    options.drawn_from = 0;
    options.sample_count = 2000;
    options.guarantees = false;
    assert_int_equal(sb_indistinguishable_find(environment, &options, &answer, NULL), SB_OK);
    assert_true(answer.priors[0].posterior > .999);
    assert_int_equal(answer.bound_at, SB_NOWHERE);
    assert_false(answer.priors[0].has_guarantee);
    options.drawn_from = 3;
    assert_int_equal(sb_indistinguishable_find(environment, &options, &answer, NULL),
                     SB_ERROR_USAGE);
    read_numbers("1 1", lambdas, 2);
    options.drawn_from = SB_NOWHERE;
    assert_int_equal(sb_indistinguishable_find(environment, &options, &answer, NULL),
                     SB_ERROR_USAGE);
    read_numbers("1 0", lambdas, 2);
    assert_int_equal(sb_indistinguishable_find(environment, &options, &answer, NULL),
                     SB_ERROR_USAGE);
    read_numbers("9 1", lambdas, 2);
    assert_int_equal(sb_indistinguishable_find(environment, &options, &answer, NULL),
                     SB_ERROR_INPUT);
    sb_rationals_free(lambdas, 2);
    set_rules(environment, "bayes-nash", "none");
    assert_int_equal(sb_indistinguishable_find(environment, NULL, &answer, NULL), SB_ERROR_USAGE);
    sb_environment_free(environment);
    environment = two_bidders("1 2", "1 2", NULL);
    assert_int_equal(sb_indistinguishable_find(environment, NULL, &answer, NULL), SB_ERROR_USAGE);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_hold_the_total_variation),
        cmocka_unit_test(powers_by_hand),
        cmocka_unit_test(guarantees_between_optimum_and_limit),
        cmocka_unit_test(guarantees_by_another_solver),
        cmocka_unit_test(designs_stay_below_the_guarantee),
        cmocka_unit_test(demonstration),
        cmocka_unit_test(bounds_are_between_guarantee_and_optimum),
        cmocka_unit_test(deterministic_is_refused),
        cmocka_unit_test(samples_speak),
    };
    return cmocka_run_group_tests_name("indistinguishable priors", tests, NULL, NULL);
}
