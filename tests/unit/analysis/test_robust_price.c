/* The price of robustness: from the Bayesian optimum to the ex-post one, never upwards.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/robust_price.h"

#include <math.h>

#include "sidebet/environment_file.h"
#include "unit/mechanism/environments.h"

enum { MOST_RADII = 64 };

static void run(const sb_environment *environment, const char *radii,
                const sb_robust_price_options *options, sb_robust_price *price)
{
    fmpq *numbers = sb_rationals_new(MOST_RADII);
    size_t count = read_numbers(radii, numbers, MOST_RADII);
    sb_error error;
    sb_error_clear(&error);
    sb_robust_price_init(price);
    if (sb_robust_price_run(environment, NULL, numbers, count, options, price, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(price->count, count);
    sb_rationals_free(numbers, MOST_RADII);
}

/* ---- radii ---- */

static void assert_radii(const sb_environment *environment, size_t count, const char *wanted)
{
    fmpq *numbers = sb_rationals_new(MOST_RADII), *radii = NULL;
    size_t found = 0, wanted_count = read_numbers(wanted, numbers, MOST_RADII);
    assert_int_equal(sb_robust_price_radii(environment, count, &radii, &found, NULL), SB_OK);
    assert_int_equal(found, wanted_count);
    for (size_t k = 0; k < found; k++) {
        assert_true(fmpq_equal(radii + k, numbers + k));
    }
    sb_rationals_free(radii, found);
    sb_rationals_free(numbers, MOST_RADII);
}

static void short_radii(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "9 1 1 9");
    assert_radii(environment, 2, "0 1");
    assert_radii(environment, 3, "0 1e-4 1");
    assert_radii(environment, 6, "0 .0001 .001 .01 .1 1");
    assert_radii(environment, 14, "0 .0001 .0002 .0005 .001 .002 .005 .01 .02 .05 .1 .2 .5 1");
    assert_radii(environment, 9, "0 .0001 .00037 .0014 .0052 .019 .072 .27 1");
    /* Beliefs of .5: from a radius of .5 on every box is the whole simplex. */
    set_weights(environment, "1 1 1 1");
    assert_radii(environment, 14, "0 .0001 .0002 .0005 .001 .002 .005 .01 .02 .05 .1 .2 .5");
    /* A type of probability zero has no belief to go by. */
    set_weights(environment, "1 1 0 0");
    assert_radii(environment, 14, "0 .0001 .0002 .0005 .001 .002 .005 .01 .02 .05 .1 .2 .5");
    fmpq *radii = NULL;
    size_t found = 1;
    assert_int_equal(sb_robust_price_radii(environment, 1, &radii, &found, NULL), SB_ERROR_USAGE);
    assert_null(radii);
    assert_int_equal(
        sb_robust_price_radii(environment, SB_ROBUST_PRICE_MAX_POINTS + 1, &radii, &found, NULL),
        SB_ERROR_USAGE);
    assert_int_equal(
        sb_robust_price_radii(environment, SB_ROBUST_PRICE_MAX_POINTS, &radii, &found, NULL),
        SB_OK);
    assert_true(found > 300);
    for (size_t k = 1; k < found; k++) {
        assert_true(fmpq_cmp(radii + k - 1, radii + k) < 0);
    }
    sb_rationals_free(radii, found);
    sb_environment_free(environment);
    environment = two_bidders("1 2", "1 2", NULL);
    assert_int_equal(sb_robust_price_radii(environment, 14, &radii, &found, NULL), SB_ERROR_USAGE);
    sb_environment_free(environment);
}

/* ---- the curve ---- */

/* Never upwards, between the limits, which are its ends; all proved. */
static void assert_falls_between_limits(const sb_robust_price *price)
{
    assert_int_equal(price->bayesian.proof, SB_PROOF_EXACT);
    assert_int_equal(price->ex_post.proof, SB_PROOF_EXACT);
    assert_true(fmpq_cmp(&price->bayesian.objective, &price->full_surplus) <= 0);
    for (size_t k = 0; k < price->count; k++) {
        const sb_price_point *point = &price->points[k];
        assert_int_equal(point->status, SB_LP_OPTIMAL);
        assert_int_equal(point->proof, SB_PROOF_EXACT);
        assert_true(fmpq_cmp(&point->objective, &price->bayesian.objective) <= 0);
        assert_true(fmpq_cmp(&point->objective, &price->ex_post.objective) >= 0);
        assert_true(fmpq_cmp(&point->worst_case, &point->objective) <= 0);
        if (k > 0) {
            assert_true(fmpq_cmp(&price->points[k - 1].radius, &point->radius) < 0);
            assert_true(fmpq_cmp(&price->points[k - 1].objective, &point->objective) >= 0);
        }
    }
    assert_true(fmpq_equal(&price->points[0].objective, &price->bayesian.objective));
    assert_true(fmpq_equal(&price->points[price->count - 1].objective, &price->ex_post.objective));
}

static void falls_from_one_limit_to_the_other(void **state)
{
    (void)state;
    property_stream stream = {41};
    fmpq_t limit;
    fmpq_init(limit);
    for (int instance = 0; instance < property_cases(60); instance++) {
        char values[64];
        size_t types = (size_t)property_between(&stream, 2, 4);
        sb_environment *environment =
            one_bidder_and_signal(random_values(&stream, types, 0, 6, values, sizeof values),
                                  (size_t)property_between(&stream, 2, 4), NULL);
        random_weights(environment, &stream, 9);
        sb_robust_price price;
        run(environment, "0 .01 .05 .2 .6 1", NULL, &price);
        /* A type of probability zero has no set at all, but an ex-post rule. */
        bool impossible = false;
        for (size_t type = 0; type < types; type++) {
            sb_environment_marginal(limit, environment, 0, type);
            impossible = impossible || fmpq_is_zero(limit);
        }
        if (!impossible) {
            assert_falls_between_limits(&price);
        }
        optimum(limit, environment, "bayes-nash", "ex-interim");
        assert_true(fmpq_equal(limit, &price.bayesian.objective));
        optimum(limit, environment, "ex-post", "ex-post");
        assert_true(fmpq_equal(limit, &price.ex_post.objective));
        sb_robust_price_clear(&price);
        sb_environment_free(environment);
    }
    fmpq_clear(limit);
}

static void certain_revenue_falls_too(void **state)
{
    (void)state;
    property_stream stream = {43};
    sb_robust_price_options options = SB_ROBUST_PRICE_OPTIONS_DEFAULT;
    options.robust.objective = SB_ROBUST_WORST_CASE;
    for (int instance = 0; instance < property_cases(20); instance++) {
        char values[64];
        sb_environment *environment = one_bidder_and_signal(
            random_values(&stream, 3, 1, 6, values, sizeof values), 3, "3 2 1 1 3 2 2 1 4");
        sb_robust_price certain, estimate;
        run(environment, "0 .02 .1 .3 1", &options, &certain);
        run(environment, "0 .02 .1 .3 1", NULL, &estimate);
        assert_true(fmpq_equal(&certain.points[0].objective, &certain.bayesian.objective));
        for (size_t k = 0; k < certain.count; k++) {
            const fmpq *objective = &certain.points[k].objective;
            assert_int_equal(certain.points[k].proof, SB_PROOF_EXACT);
            assert_true(fmpq_equal(objective, &certain.points[k].worst_case));
            assert_true(fmpq_cmp(objective, &estimate.points[k].objective) <= 0);
            assert_true(fmpq_cmp(objective, &estimate.points[k].worst_case) >= 0);
            assert_true(k == 0 || fmpq_cmp(objective, &certain.points[k - 1].objective) <= 0);
        }
        sb_robust_price_clear(&certain);
        sb_robust_price_clear(&estimate);
        sb_environment_free(environment);
    }
}

static sb_environment *bell_curve(size_t count)
{
    char text[512], list[128] = "1";
    for (size_t k = 2; k <= count; k++) {
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, ", %zu", k);
    }
    int length = snprintf(text, sizeof text,
                          "item: {bidders: [{name: bidder, values: [%s]}]}\n"
                          "signal: {name: signal, values: [%s]}\n"
                          "prior: {bivariate-normal: {correlation: 0.5, from: -2, to: 2}}\n",
                          list, list);
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_parse(text, (size_t)length, "bell", &environment, NULL, NULL),
                     SB_OK);
    return environment;
}

static void assert_near(const fmpq_t number, double wanted)
{
    double is = sb_rational_to_double(number);
    if (!(fabs(is - wanted) <= 0.5e-4)) {
        print_error("%.17g is not %.4f\n", is, wanted);
        fail();
    }
}

/* The five by five bell curve, computed elsewhere by another solver; by both methods. */
static void known_table(void **state)
{
    (void)state;
    static const double wanted[] = {3, 2.9185, 2.7642, 2.3145};
    sb_environment *environment = bell_curve(5);
    for (int method = 0; method < 2; method++) {
        sb_robust_price_options options = SB_ROBUST_PRICE_OPTIONS_DEFAULT;
        options.robust.method = method == 0 ? SB_ROBUST_CUTS : SB_ROBUST_COMPACT;
        sb_robust_price price;
        run(environment, ".03 0 1 .1 .01", &options, &price); /* any order */
        assert_falls_between_limits(&price);
        for (size_t k = 0; k < 4; k++) {
            assert_near(&price.points[k].objective, wanted[k]);
        }
        assert_near(&price.full_surplus, 3);
        assert_near(&price.ex_post.objective, 2.2122);
        sb_robust_price_clear(&price);
    }
    sb_environment_free(environment);
}

/* Constraints of the description hold in every box, whatever set it describes itself. */
static void constraints_are_kept(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 4", 2, "4 1 2 2 1 4");
    fmpq *numbers = sb_rationals_new(4);
    read_numbers("1 0 3/4 1", numbers, 4); /* 3/4 <= q(1) <= 1 for the first type */
    sb_set_description described;
    sb_set_description_init(&described);
    assert_int_equal(
        sb_set_description_constrain(&described, 3, 2, 0, numbers, numbers + 2, numbers + 3, NULL),
        SB_OK);
    sb_robust_price price, plain;
    sb_robust_price_init(&price);
    fmpq *radius = sb_rationals_new(1);
    fmpq_set_si(radius, 1, 5);
    assert_int_equal(sb_robust_price_run(environment, &described, radius, 1, NULL, &price, NULL),
                     SB_OK);
    run(environment, "1/5", NULL, &plain);
    /* The same set by hand. */
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    assert_int_equal(sb_consistent_set_box(&set, environment, radius, NULL), SB_OK);
    assert_int_equal(sb_consistent_set_constrain(&set, environment, described.constraint_count,
                                                 described.constraints, NULL),
                     SB_OK);
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    assert_int_equal(sb_robust_solve(environment, &set, NULL, &solution, NULL), SB_OK);
    assert_true(fmpq_equal(&solution.objective, &price.points[0].objective));
    assert_true(fmpq_cmp(&price.points[0].objective, &plain.points[0].objective) > 0);
    sb_robust_solution_clear(&solution);
    sb_consistent_set_clear(&set);
    sb_robust_price_clear(&price);
    sb_robust_price_clear(&plain);
    sb_rationals_free(radius, 1);
    sb_rationals_free(numbers, 4);
    sb_set_description_clear(&described);
    sb_environment_free(environment);
}

/* ---- limits under other rules ---- */

static void rules_that_ask_for_nothing_stay_so(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    set_rules(environment, "none", "ex-interim");
    sb_robust_price price;
    run(environment, "0 1/10 1", NULL, &price);
    /* Reports are true by assumption, so that every type pays what it is worth. */
    assert_number(&price.ex_post.objective, "3/2");
    assert_falls_between_limits(&price);
    sb_robust_price_clear(&price);
    set_rules(environment, "bayes-nash", "none");
    run(environment, "1/10", NULL, &price);
    assert_int_equal(price.bayesian.status, SB_LP_UNBOUNDED);
    assert_int_equal(price.ex_post.status, SB_LP_UNBOUNDED);
    assert_int_equal(price.points[0].status, SB_LP_UNBOUNDED);
    sb_robust_price_clear(&price);
    sb_environment_free(environment);
}

/* ---- being stopped ---- */

typedef struct watch {
    size_t calls, stop_after, planned;
} watch;

static bool watching(void *context, const sb_robust_price *so_far, size_t planned)
{
    watch *seen = context;
    seen->calls++;
    seen->planned = planned;
    assert_int_equal(so_far->count, seen->calls);
    return seen->calls != seen->stop_after;
}

static void stops_with_what_it_has(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    fmpq *radii = sb_rationals_new(4);
    read_numbers("1/2 1/5 0 1/10", radii, 4);
    watch seen = {0, 2, 0};
    sb_robust_price_options options = SB_ROBUST_PRICE_OPTIONS_DEFAULT;
    options.progress = watching;
    options.context = &seen;
    sb_robust_price price;
    sb_robust_price_init(&price);
    assert_int_equal(sb_robust_price_run(environment, NULL, radii, 4, &options, &price, NULL),
                     SB_ERROR_CANCELLED);
    assert_int_equal(seen.planned, 4);
    assert_int_equal(price.count, 2);
    assert_number(&price.points[0].radius, "0");
    assert_number(&price.points[1].radius, "1/10");
    seen = (watch){0, 0, 0};
    assert_int_equal(sb_robust_price_run(environment, NULL, radii, 4, &options, &price, NULL),
                     SB_OK);
    assert_int_equal(seen.calls, 4);
    assert_falls_between_limits(&price);
    atomic_bool raised = true;
    options.robust.lp.cancel = &raised;
    assert_int_equal(sb_robust_price_run(environment, NULL, radii, 4, &options, &price, NULL),
                     SB_ERROR_CANCELLED);
    assert_int_equal(price.count, 0);
    fmpq_set_si(radii, -1, 2);
    assert_int_equal(sb_robust_price_run(environment, NULL, radii, 1, NULL, &price, NULL),
                     SB_ERROR_INPUT);
    sb_robust_price_clear(&price);
    sb_rationals_free(radii, 4);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_radii),
        cmocka_unit_test(falls_from_one_limit_to_the_other),
        cmocka_unit_test(certain_revenue_falls_too),
        cmocka_unit_test(known_table),
        cmocka_unit_test(constraints_are_kept),
        cmocka_unit_test(rules_that_ask_for_nothing_stay_so),
        cmocka_unit_test(stops_with_what_it_has),
    };
    int failed = cmocka_run_group_tests_name("robust price", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
