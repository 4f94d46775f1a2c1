/* Estimates from samples: means, quantiles, intervals, coverage.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/estimate_parts.h"
#include "base/memory.h"
#include "property.h"

/* The library's one source of memory, made to fail at will. */
static int allocations_left = INT_MAX;

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (allocations_left <= 0) {
        return NULL;
    }
    allocations_left--;
    return realloc(memory, bytes == 0 ? 1 : bytes);
}

/* Types 1 to `types`, signals 1 to `signals`, with these weights. */
static sb_environment *truth_of(size_t types, size_t signals, const long *weights)
{
    fmpq *values = sb_rationals_new(types);
    fmpq *numbers = sb_rationals_new(types * signals);
    for (size_t i = 0; i < types; i++) {
        fmpq_set_ui(values + i, i + 1, 1);
    }
    for (size_t i = 0; i < types * signals; i++) {
        fmpq_set_si(numbers + i, weights == NULL ? 1 : weights[i], 1);
    }
    const sb_bidder_description bidder = {"bidder", types, NULL, values};
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_item(&bidder, 1, "weather", signals, NULL, NULL, &environment, NULL),
        SB_OK);
    assert_int_equal(sb_environment_set_weights(environment, numbers, NULL), SB_OK);
    sb_rationals_free(values, types);
    sb_rationals_free(numbers, types * signals);
    return environment;
}

static sb_samples *samples_of(const sb_environment *environment, const size_t *counts)
{
    sb_samples *samples = NULL;
    assert_int_equal(sb_samples_new(environment, &samples, NULL), SB_OK);
    for (size_t i = 0; i < samples->type_count * samples->signal_count; i++) {
        samples->counts[i] = counts[i];
        samples->total += counts[i];
    }
    return samples;
}

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance)) {
        fail_msg("%.17g is not within %g of %.17g", found, tolerance, expected);
    }
}

static void assert_fraction(const fmpq *value, long numerator, unsigned long denominator)
{
    fmpq_t expected;
    fmpq_init(expected);
    fmpq_set_si(expected, numerator, denominator);
    if (!fmpq_equal(value, expected)) {
        fail_msg("found another number than %ld/%lu", numerator, denominator);
    }
    fmpq_clear(expected);
}

static void estimate_of(sb_estimate *estimate, const sb_environment *environment,
                        const size_t *counts, const sb_estimate_options *options)
{
    sb_samples *samples = samples_of(environment, counts);
    sb_estimate_init(estimate);
    assert_int_equal(sb_estimate_from_samples(environment, samples, options, estimate, NULL),
                     SB_OK);
    sb_samples_free(samples);
}

/* ---- quantiles ---- */

/* Beta(1, n): 1 - (1 - p)^(1/n). Beta(n, 1): p^(1/n). */
static void closed_forms_hold(void **state)
{
    (void)state;
    static const double powers[] = {0.001, 0.3, 1, 2, 19, 1000, 1e6, 1e12};
    static const double tails[] = {1e-9, 2.5e-4, 0.025, 0.25, 0.5};
    for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++) {
        for (size_t j = 0; j < sizeof tails / sizeof tails[0]; j++) {
            double n = powers[i];
            double tail = tails[j];
            assert_near(sb_beta_quantile(1, n, tail), -expm1(log1p(-tail) / n),
                        SB_BETA_QUANTILE_ERROR);
            assert_near(sb_beta_quantile(n, 1, tail), exp(log(tail) / n), SB_BETA_QUANTILE_ERROR);
        }
    }
}

/* Beta(1/2, 1/2): the arcsine law, sin^2(pi p / 2). */
static void the_arcsine_law_holds(void **state)
{
    (void)state;
    for (int percent = 1; percent <= 50; percent++) {
        double tail = percent / 100.0;
        double sine = sin(M_PI * tail / 2);
        assert_near(sb_beta_quantile(0.5, 0.5, tail), sine * sine, SB_BETA_QUANTILE_ERROR);
    }
}

/* Bisection of mpmath's regularised incomplete beta function with 30 digits:
 * betainc(a, b, 0, x, regularized=True) = p; the last three by a continued fraction with 40. */
static void independent_quantiles_agree(void **state)
{
    (void)state;
    static const double table[][4] = {
        {2, 3, 0.025, 0.067585986488542955113},
        {3.5, 0.5, 0.025, 0.46441675695704908565},
        {0.5, 4.5, 0.05, 0.0004617041154873465557},
        {13, 88, 0.0005, 0.044443765659103001124},
        {13, 88, 0.025, 0.071073046185429530947},
        {88, 13, 0.025, 0.79976431638003116916},
        {0.1, 0.9, 0.25, 1.1247995356664599873e-6},
        {30, 70, 1e-6, 0.1198503924244407158},
        {20001, 60001, 0.0005, 0.2449893193966338571},
        {3000000, 1000001, 0.025, 0.74957534949049737643},
        {50000001, 50000001, 0.00025, 0.49982596218635943263},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_near(sb_beta_quantile(table[i][0], table[i][1], table[i][2]), table[i][3],
                    SB_BETA_QUANTILE_ERROR);
    }
}

/* 12 digits after the point, never inwards. */
static void bounds_are_rounded_outwards(void **state)
{
    (void)state;
    static const size_t counts[] = {18, 0, 7, 11};
    sb_environment *environment = truth_of(2, 2, NULL);
    sb_estimate estimate;
    estimate_of(&estimate, environment, counts, NULL);
    /* Beta(19, 1) and Beta(1, 19) */
    double lower = exp(log(0.025) / 19);
    assert_true(sb_rational_to_double(estimate.lower) < lower);
    assert_true(sb_rational_to_double(estimate.lower) > lower - 2e-12);
    assert_true(sb_rational_to_double(estimate.upper + 1) > 1 - lower);
    assert_true(sb_rational_to_double(estimate.upper + 1) < 1 - lower + 2e-12);
    fmpz_t scale;
    fmpz_init_set_ui(scale, 1000000000000);
    for (size_t i = 0; i < 4; i++) {
        assert_true(fmpz_divisible(scale, fmpq_denref(estimate.lower + i)));
        assert_true(fmpz_divisible(scale, fmpq_denref(estimate.upper + i)));
        /* the two signals of a type are complements */
        double sum = sb_rational_to_double(estimate.lower + i) +
                     sb_rational_to_double(estimate.upper + (i ^ 1U));
        assert_near(sum, 1, 3e-12);
    }
    fmpz_clear(scale);
    sb_estimate_clear(&estimate);
    sb_environment_free(environment);
}

/* ---- means ---- */

static void means_are_exact(void **state)
{
    (void)state;
    static const size_t counts[] = {3, 0, 1, 0, 2, 6};
    sb_environment *environment = truth_of(2, 3, NULL);
    sb_estimate estimate;
    estimate_of(&estimate, environment, counts, NULL);
    assert_fraction(estimate.mean, 4, 7);
    assert_fraction(estimate.mean + 1, 1, 7);
    assert_fraction(estimate.mean + 5, 7, 11);
    assert_fraction(estimate.joint, 4, 18);
    assert_fraction(estimate.joint + 3, 1, 18);
    sb_estimate_clear(&estimate);

    fmpq_t third;
    fmpq_init(third);
    fmpq_set_si(third, 1, 3);
    sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
    options.alpha = third;
    estimate_of(&estimate, environment, counts, &options);
    assert_fraction(estimate.mean, 10, 15);      /* (3 + 1/3) / (4 + 1) */
    assert_fraction(estimate.mean + 4, 7, 27);   /* (2 + 1/3) / (8 + 1) */
    assert_fraction(estimate.joint + 5, 19, 42); /* (6 + 1/3) / (12 + 2) */
    sb_estimate_clear(&estimate);
    fmpq_clear(third);
    sb_environment_free(environment);
}

/* Conditionals of the joint mean are the means only where alpha is the same: the estimated
 * environment's own conditionals are what the set is around. */
static void the_estimated_environment_has_these_beliefs(void **state)
{
    (void)state;
    static const size_t counts[] = {3, 0, 1, 0, 2, 6};
    sb_environment *environment = truth_of(2, 3, NULL);
    sb_environment *estimated = NULL;
    sb_estimate estimate;
    estimate_of(&estimate, environment, counts, NULL);
    assert_int_equal(sb_estimate_environment(environment, &estimate, &estimated, NULL), SB_OK);
    fmpq *belief = sb_rationals_new(3);
    for (size_t type = 0; type < 2; type++) {
        assert_true(sb_environment_conditional(belief, estimated, 0, type));
        for (size_t signal = 0; signal < 3; signal++) {
            assert_true(fmpq_equal(belief + signal, estimate.mean + type * 3 + signal));
        }
    }
    assert_int_equal(estimated->robust.kind, SB_SET_TABLES);
    assert_true(fmpq_equal(estimated->robust.upper + 4, estimate.upper + 4));
    assert_true(fmpq_is_one(&estimated->weight_sum));
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    assert_int_equal(sb_estimate_set(estimated, &estimate, &set, NULL), SB_OK);
    for (size_t pair = 0; pair < 6; pair++) {
        assert_true(fmpq_equal(set.lower + pair, estimate.lower + pair));
        assert_true(fmpq_equal(set.estimate + pair, estimate.mean + pair));
    }
    sb_consistent_set_clear(&set);
    sb_rationals_free(belief, 3);
    sb_estimate_clear(&estimate);
    sb_environment_free(estimated);
    sb_environment_free(environment);
}

/* ---- intervals ---- */

static void assert_holds_means(const sb_estimate *estimate)
{
    for (size_t i = 0; i < estimate->type_count * estimate->signal_count; i++) {
        assert_true(fmpq_sgn(estimate->lower + i) >= 0);
        assert_true(fmpq_cmp(estimate->lower + i, estimate->mean + i) <= 0);
        assert_true(fmpq_cmp(estimate->mean + i, estimate->upper + i) <= 0);
        assert_true(fmpq_cmp_ui(estimate->upper + i, 1) <= 0);
    }
}

/* A small alpha makes distributions so skew that their central interval misses the mean. */
static void intervals_hold_the_mean(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 0, 4, 0, 0, 0, 1000000, 2, 0};
    static const char *const alphas[] = {"1e-6", "1/100", "1/2", "1", "20", "1e6"};
    sb_environment *environment = truth_of(3, 3, NULL);
    fmpq_t alpha;
    fmpq_init(alpha);
    bool widened = false;
    for (size_t i = 0; i < sizeof alphas / sizeof alphas[0]; i++) {
        assert_int_equal(sb_rational_parse(alpha, alphas[i], strlen(alphas[i]), NULL), SB_OK);
        for (int method = 0; method < 2; method++) {
            sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
            options.alpha = alpha;
            options.epsilon = 0.9;
            options.method = (sb_interval_method)method;
            options.draws = 200;
            sb_estimate estimate;
            estimate_of(&estimate, environment, counts, &options);
            assert_holds_means(&estimate);
            double gap =
                sb_rational_to_double(estimate.upper) - sb_rational_to_double(estimate.mean);
            widened = widened || gap < 2e-12;
            sb_estimate_clear(&estimate);
        }
    }
    assert_true(widened);
    fmpq_clear(alpha);
    sb_environment_free(environment);
}

/* 1 - epsilon, 1 - epsilon / |Omega|, 1 - epsilon / (|Theta| |Omega|): the bounds are the quantiles
 * of those levels. */
static void levels_are_bonferroni(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 18, 3, 5, 6, 7};
    static const double levels[] = {0.95, 1 - 0.05 / 3, 1 - 0.05 / 6};
    sb_environment *environment = truth_of(2, 3, NULL);
    for (int level = 0; level < 3; level++) {
        sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
        options.level = (sb_interval_level)level;
        sb_estimate estimate;
        estimate_of(&estimate, environment, counts, &options);
        assert_near(estimate.level, levels[level], 1e-15);
        double tail = (1 - levels[level]) / 2; /* Beta(1, 23) */
        assert_near(sb_rational_to_double(estimate.lower), -expm1(log1p(-tail) / 23), 2e-12);
        assert_near(sb_rational_to_double(estimate.upper), -expm1(log(tail) / 23), 2e-12);
        sb_estimate_clear(&estimate);
    }
    sb_environment_free(environment);
}

/* An empirical quantile of n draws has the standard error sqrt(p (1 - p) / n) / density; here
 * within five of them of the exact one. */
static void draws_agree_with_beta(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    static const size_t counts[] = {0, 18, 3, 140, 61, 900};
    sb_environment *environment = truth_of(2, 3, NULL);
    sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
    sb_estimate exact;
    estimate_of(&exact, environment, counts, &options);
    options.method = SB_INTERVAL_QUANTILES;
    options.draws = DRAWS;
    sb_estimate drawn;
    sb_estimate again;
    estimate_of(&drawn, environment, counts, &options);
    estimate_of(&again, environment, counts, &options);
    options.seed = 2;
    sb_estimate other;
    estimate_of(&other, environment, counts, &options);
    size_t differing = 0;
    for (size_t i = 0; i < 6; i++) {
        double total = i < 3 ? 21 + 3 : 1101 + 3;
        double own = 1 + (double)counts[i];
        double bounds[] = {sb_rational_to_double(exact.lower + i),
                           sb_rational_to_double(exact.upper + i)};
        double found[] = {sb_rational_to_double(drawn.lower + i),
                          sb_rational_to_double(drawn.upper + i)};
        for (size_t side = 0; side < 2; side++) {
            double density =
                exp(lgamma(total) - lgamma(own) - lgamma(total - own) +
                    (own - 1) * log(bounds[side]) + (total - own - 1) * log1p(-bounds[side]));
            double deviation = sqrt(0.025 * 0.975 / DRAWS) / density;
            assert_near(found[side], bounds[side], 5 * deviation);
        }
        assert_true(fmpq_equal(drawn.lower + i, again.lower + i));
        assert_true(fmpq_equal(drawn.upper + i, again.upper + i));
        differing += !fmpq_equal(drawn.lower + i, other.lower + i);
    }
    assert_int_equal(differing, 6);
    sb_estimate_clear(&exact);
    sb_estimate_clear(&drawn);
    sb_estimate_clear(&again);
    sb_estimate_clear(&other);
    sb_environment_free(environment);
}

static void one_signal_is_certain(void **state)
{
    (void)state;
    static const size_t counts[] = {5, 0};
    sb_environment *environment = truth_of(2, 1, NULL);
    sb_estimate estimate;
    estimate_of(&estimate, environment, counts, NULL);
    assert_fraction(estimate.lower + 1, 1, 1);
    assert_fraction(estimate.mean + 1, 1, 1);
    assert_fraction(estimate.joint, 6, 7);
    sb_estimate_clear(&estimate);
    sb_environment_free(environment);
}

static void huge_counts_are_counted(void **state)
{
    (void)state;
    const size_t counts[] = {(size_t)1 << 60, (size_t)1 << 59, 3, 0};
    sb_environment *environment = truth_of(2, 2, NULL);
    sb_estimate estimate;
    estimate_of(&estimate, environment, counts, NULL);
    assert_holds_means(&estimate);
    double width = sb_rational_to_double(estimate.upper) - sb_rational_to_double(estimate.lower);
    /* a normal bell of variance 2/9 over 1.5 * 2^60 samples, 1.96 to each side */
    double expected = 2 * 1.959963984540054 * sqrt(2.0 / 9 / (1.5 * 0x1p60));
    assert_near(width, expected, 3e-12);
    sb_estimate_clear(&estimate);
    sb_environment_free(environment);
}

/* ---- remarks and refusals ---- */

static bool remarked(const sb_estimate *estimate, const char *part)
{
    for (size_t i = 0; i < estimate->remarks.count; i++) {
        if (strstr(estimate->remarks.texts[i], part) != NULL) {
            return true;
        }
    }
    return false;
}

static void what_is_assumed_is_said(void **state)
{
    (void)state;
    sb_environment *environment = truth_of(3, 2, NULL);
    sb_estimate estimate;
    estimate_of(&estimate, environment, (const size_t[]){4, 2, 0, 0, 3, 0}, NULL);
    assert_int_equal(estimate.unseen_count, 1);
    assert_true(remarked(&estimate, "no sample has the type '2'"));
    assert_true(remarked(&estimate, "1 of the 4 pairs"));
    assert_int_equal(estimate.remarks.count, 2);
    /* the unseen type has the prior's row: mean 1/2, Beta(1, 1) */
    assert_fraction(estimate.mean + 2, 1, 2);
    assert_near(sb_rational_to_double(estimate.lower + 2), 0.025, 2e-12);
    assert_near(sb_rational_to_double(estimate.upper + 2), 0.975, 2e-12);
    sb_estimate_clear(&estimate);
    estimate_of(&estimate, environment, (const size_t[]){4, 2, 1, 1, 3, 1}, NULL);
    assert_int_equal(estimate.remarks.count, 0);
    sb_estimate_clear(&estimate);
    sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
    options.method = SB_INTERVAL_QUANTILES;
    options.draws = 100;
    estimate_of(&estimate, environment, (const size_t[]){4, 2, 1, 1, 3, 1}, &options);
    assert_true(remarked(&estimate, "take more draws"));
    sb_estimate_clear(&estimate);
    sb_environment_free(environment);
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    sb_environment *environment = truth_of(2, 2, NULL);
    sb_samples *samples = samples_of(environment, (const size_t[]){1, 2, 3, 4});
    sb_estimate_options bad[8];
    fmpq_t zero;
    fmpq_t large;
    fmpq_init(zero);
    fmpq_init(large);
    fmpq_set_si(large, 1000001, 1);
    for (size_t i = 0; i < 8; i++) {
        bad[i] = SB_ESTIMATE_OPTIONS_DEFAULT;
    }
    bad[0].alpha = zero;
    bad[1].alpha = large;
    bad[2].epsilon = 0;
    bad[3].epsilon = 1;
    bad[4].epsilon = (double)NAN;
    bad[5].method = SB_INTERVAL_QUANTILES;
    bad[5].draws = 99;
    bad[6].method = SB_INTERVAL_QUANTILES;
    bad[6].draws = SIZE_MAX;
    bad[7].epsilon = -0.05;
    sb_estimate estimate;
    sb_estimate_init(&estimate);
    for (size_t i = 0; i < 8; i++) {
        sb_error error;
        sb_coverage coverage;
        sb_status expected = i == 6 ? SB_ERROR_LIMIT : SB_ERROR_USAGE;
        assert_int_equal(sb_estimate_from_samples(environment, samples, &bad[i], &estimate, &error),
                         expected);
        assert_true(error.hint[0] != '\0');
        assert_int_equal(sb_estimate_coverage(environment, 10, 1, 1, &bad[i], &coverage, NULL),
                         expected);
    }
    sb_environment *other = truth_of(2, 3, NULL);
    assert_int_equal(sb_estimate_from_samples(other, samples, NULL, &estimate, NULL),
                     SB_ERROR_USAGE);
    sb_coverage coverage;
    assert_int_equal(sb_estimate_coverage(environment, 10, 0, 1, NULL, &coverage, NULL),
                     SB_ERROR_USAGE);
    fmpq_clear(zero);
    fmpq_clear(large);
    sb_estimate_clear(&estimate);
    sb_samples_free(samples);
    sb_environment_free(other);
    sb_environment_free(environment);
}

/* ---- coverage ---- */

static sb_coverage cover(const sb_environment *truth, size_t samples, size_t repetitions,
                         const sb_estimate_options *options)
{
    sb_coverage coverage;
    assert_int_equal(
        sb_estimate_coverage(truth, samples, repetitions, 2026, options, &coverage, NULL), SB_OK);
    assert_int_equal(coverage.repetitions, repetitions);
    assert_true(coverage.table <= coverage.row && coverage.row <= coverage.element);
    return coverage;
}

/* The table of three types and four signals; the last type never occurs. */
static const long correlated[] = {40, 30, 20, 10, 10, 30, 40, 20, 5, 15, 30, 50, 0, 0, 0, 0};

static void coverage_is_as_promised(void **state)
{
    (void)state;
    const size_t repetitions = (size_t)property_cases(1000);
    sb_environment *truth = truth_of(4, 4, correlated);
    sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
    options.epsilon = 0.1;
    double error = sqrt(0.1 * 0.9 / (double)repetitions);
    for (size_t samples = 100; samples <= 500; samples *= 5) {
        options.level = SB_LEVEL_PER_ELEMENT;
        sb_coverage element = cover(truth, samples, repetitions, &options);
        assert_near(element.element, 0.9, 3 * error);
        assert_true(element.table < 0.9);
        options.level = SB_LEVEL_ROW;
        sb_coverage row = cover(truth, samples, repetitions, &options);
        assert_true(row.row >= 0.9 - error);
        options.level = SB_LEVEL_SIMULTANEOUS;
        sb_coverage table = cover(truth, samples, repetitions, &options);
        assert_true(table.table >= 0.9);
    }
    sb_environment_free(truth);
}

static void coverage_is_the_same_again(void **state)
{
    (void)state;
    sb_environment *truth = truth_of(4, 4, correlated);
    sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
    options.method = SB_INTERVAL_QUANTILES;
    options.draws = 400;
    sb_coverage one = cover(truth, 50, 40, &options);
    options.seed = 77; /* coverage has a seed of its own */
    sb_coverage other = cover(truth, 50, 40, &options);
    assert_true(one.element == other.element && one.row == other.row && one.table == other.table);
    assert_true(one.element > 0.85 && one.element < 1);
    sb_environment_free(truth);
}

/* Wherever memory runs out: nothing leaks, and the status says so. */
static void shortage_is_reported(void **state)
{
    (void)state;
    sb_environment *environment = truth_of(2, 2, NULL);
    sb_samples *samples = samples_of(environment, (const size_t[]){4, 0, 0, 0});
    sb_estimate_options options = SB_ESTIMATE_OPTIONS_DEFAULT;
    options.method = SB_INTERVAL_QUANTILES;
    options.draws = 100;
    bool done = false;
    for (int allowed = 0; !done; allowed++) {
        sb_estimate estimate;
        sb_estimate_init(&estimate);
        sb_environment *estimated = NULL;
        sb_coverage coverage;
        allocations_left = allowed;
        sb_status status =
            sb_estimate_from_samples(environment, samples, &options, &estimate, NULL);
        if (status == SB_OK) {
            status = sb_estimate_environment(environment, &estimate, &estimated, NULL);
        }
        if (status == SB_OK) {
            status = sb_estimate_coverage(environment, 5, 1, 1, &options, &coverage, NULL);
        }
        allocations_left = INT_MAX;
        done = status == SB_OK;
        assert_true(done || status == SB_ERROR_MEMORY);
        assert_true(allowed < 1000);
        sb_environment_free(estimated);
        sb_estimate_clear(&estimate);
    }
    sb_samples_free(samples);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms_hold),
        cmocka_unit_test(the_arcsine_law_holds),
        cmocka_unit_test(independent_quantiles_agree),
        cmocka_unit_test(bounds_are_rounded_outwards),
        cmocka_unit_test(means_are_exact),
        cmocka_unit_test(the_estimated_environment_has_these_beliefs),
        cmocka_unit_test(intervals_hold_the_mean),
        cmocka_unit_test(levels_are_bonferroni),
        cmocka_unit_test(draws_agree_with_beta),
        cmocka_unit_test(one_signal_is_certain),
        cmocka_unit_test(huge_counts_are_counted),
        cmocka_unit_test(what_is_assumed_is_said),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(coverage_is_as_promised),
        cmocka_unit_test(coverage_is_the_same_again),
        cmocka_unit_test(shortage_is_reported),
    };
    int failed = cmocka_run_group_tests_name("estimate", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
