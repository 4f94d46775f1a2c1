/* Along the line from independence: known tables, and against single programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sweep.h"

#include "unit/mechanism/environments.h"

static void run(const sb_environment *environment, const sb_sweep_options *options, sb_sweep *sweep)
{
    sb_error error;
    sb_error_clear(&error);
    sb_sweep_init(sweep);
    if (sb_sweep_run(environment, options, sweep, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

static void run_at(const sb_environment *environment, const char *lambdas, sb_sweep *sweep)
{
    fmpq *numbers = sb_rationals_new(32);
    size_t count = read_numbers(lambdas, numbers, 32);
    sb_error error;
    sb_error_clear(&error);
    sb_sweep_init(sweep);
    if (sb_sweep_run_at(environment, numbers, count, NULL, sweep, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(sweep->count, count);
    sb_rationals_free(numbers, 32);
}

static void assert_lambdas(const sb_environment *environment, const sb_sweep_options *options,
                           const char *wanted)
{
    fmpq *numbers = sb_rationals_new(64), *lambdas = NULL;
    size_t count = 0, wanted_count = read_numbers(wanted, numbers, 64);
    assert_int_equal(sb_sweep_lambdas(environment, options, &lambdas, &count, NULL), SB_OK);
    for (size_t k = 0; k < count && k < wanted_count; k++) {
        if (!fmpq_equal(lambdas + k, numbers + k)) {
            char *is = sb_rational_format(lambdas + k, SB_NUMBER_DECIMAL);
            print_error("number %zu is %s\n", k, is);
            free(is);
            fail();
        }
    }
    assert_int_equal(count, wanted_count);
    sb_rationals_free(lambdas, count);
    sb_rationals_free(numbers, 64);
}

static void short_lambdas(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".35 .25 .25 .15");
    sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
    options.beyond = false;
    options.decades = 2;
    options.points = 1;
    assert_lambdas(environment, &options, "0 1/100 1/10 1");
    options.points = 3;
    assert_lambdas(environment, &options, "0 .01 .02 .05 .1 .2 .5 1");
    options.decades = 1;
    options.points = 4;
    assert_lambdas(environment, &options, "0 .1 .178 .316 .562 1");
    options.decades = 0;
    assert_lambdas(environment, &options, "0 1");
    /* pi° = .36 .24 .24 .16: the diagonal falls by .01 a unit of lambda, and reaches zero at 16;
     * in the logarithm, for that is more than 10 */
    options.beyond = true;
    assert_lambdas(environment, &options, "0 1 1.32 1.74 2.3 3.03 4 5.28 6.96 9.19 12.1 16");
    set_weights(environment, "2 1 1 2"); /* pi° = 1/4: up to 3 = (1/4) / (1/4 - 1/6) */
    assert_lambdas(environment, &options, "0 1 1.2 1.4 1.6 1.8 2 2.2 2.4 2.6 2.8 3");
    set_weights(environment, "1 0 0 1"); /* at the end already */
    assert_lambdas(environment, &options, "0 1");
    set_weights(environment, "1 1 1 1"); /* no correlation to grow */
    assert_lambdas(environment, &options, "0 1");
    fmpq *lambdas = NULL;
    size_t count = 0;
    options.points = 0;
    assert_int_equal(sb_sweep_lambdas(environment, &options, &lambdas, &count, NULL),
                     SB_ERROR_USAGE);
    options.points = 1;
    options.decades = -1;
    assert_int_equal(sb_sweep_lambdas(environment, &options, &lambdas, &count, NULL),
                     SB_ERROR_USAGE);
    options.decades = SB_SWEEP_MAX_DECADES;
    options.points = SB_SWEEP_MAX_POINTS;
    assert_int_equal(sb_sweep_lambdas(environment, &options, &lambdas, &count, NULL), SB_OK);
    assert_int_equal(count, 2 + SB_SWEEP_MAX_DECADES * SB_SWEEP_MAX_POINTS);
    for (size_t k = 1; k < count; k++) {
        assert_true(fmpq_cmp(lambdas + k - 1, lambdas + k) < 0);
    }
    sb_rationals_free(lambdas, count);
    sb_environment_free(environment);
}

static void the_environment_at_lambda(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "7 5 5 3");
    sb_environment *at_lambda = NULL;
    fmpq_t lambda, probability, wanted;
    fmpq_init(lambda);
    fmpq_init(probability);
    fmpq_init(wanted);
    assert_true(sb_sweep_largest_lambda(lambda, environment));
    assert_number(lambda, "16");
    assert_int_equal(sb_sweep_environment(environment, lambda, &at_lambda, NULL), SB_OK);
    sb_environment_probability(probability, at_lambda, 3);
    assert_number(probability, "0");
    for (size_t type = 0; type < 2; type++) { /* the marginals stay */
        sb_environment_marginal(wanted, environment, 1, type);
        sb_environment_marginal(probability, at_lambda, 1, type);
        assert_true(fmpq_equal(wanted, probability));
    }
    sb_environment_free(at_lambda);
    fmpq_set_si(lambda, 17, 1);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_sweep_environment(environment, lambda, &at_lambda, &error), SB_ERROR_INPUT);
    assert_null(at_lambda);
    assert_non_null(strstr(error.message, "lambda = 17"));
    assert_non_null(strstr(error.hint, "16"));
    fmpq_one(lambda);
    assert_int_equal(sb_sweep_environment(environment, lambda, &at_lambda, NULL), SB_OK);
    assert_true(sb_environment_equal(environment, at_lambda));
    sb_environment_free(at_lambda);
    fmpq_zero(lambda);
    assert_int_equal(sb_sweep_environment(environment, lambda, &at_lambda, NULL), SB_OK);
    sb_environment_probability(probability, at_lambda, 0);
    assert_number(probability, ".36");
    assert_false(sb_sweep_largest_lambda(lambda, at_lambda));
    sb_environment_free(at_lambda);
    sb_environment_free(environment);
    fmpq_clear(lambda);
    fmpq_clear(probability);
    fmpq_clear(wanted);
}

/* The published 1.499 at independence, and the full surplus 1.749 at once after it. */
static void the_lectures_jump(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    sb_sweep sweep;
    run_at(environment, "0 1e-9 1/100 1", &sweep);
    assert_number(&sweep.points[0].revenue, "1.499");
    assert_true(sweep.points[0].smallest_singular_value == 0);
    for (size_t k = 0; k < 4; k++) {
        const sb_sweep_point *point = &sweep.points[k];
        assert_int_equal(point->status, SB_LP_OPTIMAL);
        assert_int_equal(point->proof, SB_PROOF_EXACT);
        assert_true(point->has_ex_post && point->has_smallest_payment);
        assert_true(fmpq_cmp(&point->smallest_payment, &point->vertex_payment) <= 0);
        if (k > 0) {
            /* 1.749 + .000001 (1 - lambda): of two values the larger is 1 less often at pi° */
            assert_true(fmpq_equal(&point->revenue, &point->full_surplus));
            assert_true(point->smallest_singular_value > 0);
        }
    }
    assert_number(&sweep.points[3].revenue, "1.749");
    assert_number(&sweep.points[3].smallest_payment, "31375");
    sb_sweep_clear(&sweep);
    sb_environment_free(environment);
}

/* Conditionals lie 2/5 lambda apart in the first table, 1/24 lambda in the second. */
static void payments_grow_like_one_over_lambda(void **state)
{
    (void)state;
    static const char *const weights[] = {".35 .15 .15 .35", ".35 .25 .25 .15"};
    static const double limits[] = {0.3125, 4.32};
    fmpq_t product;
    fmpq_init(product);
    for (size_t table = 0; table < 2; table++) {
        sb_environment *environment = two_bidders("1 2", "1 2", weights[table]);
        sb_sweep sweep;
        run_at(environment, "1 1e-3 1e-6 1e-9", &sweep);
        for (size_t k = 1; k < 4; k++) {
            fmpq_mul(product, &sweep.points[k].smallest_payment, &sweep.points[k].lambda);
            double is = sb_rational_to_double(product) / limits[table];
            double near = 3 * sb_rational_to_double(&sweep.points[k].lambda) + 1e-12;
            if (is < 1 - near || is > 1 + near) {
                print_error("lambda times the smallest payment: %.17g\n", is * limits[table]);
                fail();
            }
        }
        sb_sweep_clear(&sweep);
        sb_environment_free(environment);
    }
    fmpq_clear(product);
}

static void same_point(const sb_sweep_point *point, const sb_environment *environment)
{
    sb_environment *at_lambda = NULL;
    assert_int_equal(sb_sweep_environment(environment, &point->lambda, &at_lambda, NULL), SB_OK);
    sb_solution solution;
    sb_smallest_payments smallest;
    sb_baseline ex_post;
    sb_solution_init(&solution);
    sb_smallest_payments_init(&smallest);
    sb_baseline_init(&ex_post);
    fmpq_t surplus;
    fmpq_init(surplus);
    assert_int_equal(sb_design_solve(at_lambda, NULL, NULL, &solution, NULL), SB_OK);
    assert_int_equal(point->status, solution.status);
    assert_int_equal(solution.status, SB_LP_OPTIMAL);
    assert_int_equal(point->proof, SB_PROOF_EXACT);
    assert_true(fmpq_equal(&point->revenue, &solution.objective));
    assert_int_equal(sb_smallest_payments_find(at_lambda, &solution, NULL, NULL, &smallest, NULL),
                     SB_OK);
    assert_true(point->has_smallest_payment);
    assert_true(fmpq_equal(&point->smallest_payment, &smallest.largest));
    assert_true(fmpq_cmp(&point->vertex_payment, &smallest.largest) >= 0);
    assert_int_equal(sb_baseline_ex_post(at_lambda, NULL, NULL, &ex_post, NULL), SB_OK);
    assert_true(point->has_ex_post);
    assert_true(fmpq_equal(&point->ex_post, &ex_post.objective));
    sb_full_surplus(surplus, at_lambda);
    assert_true(fmpq_equal(&point->full_surplus, surplus));
    fmpq_clear(surplus);
    sb_baseline_clear(&ex_post);
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    sb_environment_free(at_lambda);
}

static void agrees_with_single_programs(void **state)
{
    (void)state;
    property_stream stream = {31};
    int checked = 0, wanted = property_cases(50);
    while (checked < wanted) {
        char first[64], second[64];
        size_t rows = (size_t)property_between(&stream, 2, 4);
        size_t columns = (size_t)property_between(&stream, 2, 4);
        random_values(&stream, rows, 0, 6, first, sizeof first);
        random_values(&stream, columns, 0, 6, second, sizeof second);
        sb_environment *environment = checked % 2 == 0
                                          ? two_bidders(first, second, NULL)
                                          : one_bidder_and_signal(first, columns, NULL);
        random_weights(environment, &stream, 9);
        sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
        options.points = (size_t)property_between(&stream, 1, 4);
        options.decades = 3;
        sb_sweep sweep;
        run(environment, &options, &sweep);
        for (size_t k = 1; k < sweep.count; k++) {
            assert_true(fmpq_cmp(&sweep.points[k - 1].lambda, &sweep.points[k].lambda) < 0);
        }
        for (int k = 0; k < 5; k++, checked++) {
            same_point(&sweep.points[property_between(&stream, 0, (long)sweep.count - 1)],
                       environment);
        }
        sb_sweep_clear(&sweep);
        sb_environment_free(environment);
    }
}

typedef struct watch {
    size_t calls, stop_after, planned;
} watch;

static bool watching(void *context, const sb_sweep *so_far, size_t planned)
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
    sb_environment *environment = two_bidders("1 2", "1 2", ".35 .25 .25 .15");
    watch seen = {0, 3, 0};
    sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
    options.points = 1;
    options.decades = 2;
    options.payments = false;
    options.progress = watching;
    options.context = &seen;
    sb_sweep sweep;
    sb_sweep_init(&sweep);
    assert_int_equal(sb_sweep_run(environment, &options, &sweep, NULL), SB_ERROR_CANCELLED);
    assert_int_equal(seen.planned, 14);
    assert_int_equal(sweep.count, 3);
    assert_number(&sweep.points[0].lambda, "1/100");
    assert_number(&sweep.points[2].lambda, "1");
    assert_false(sweep.points[0].has_smallest_payment);
    seen = (watch){0, 0, 0};
    assert_int_equal(sb_sweep_run(environment, &options, &sweep, NULL), SB_OK);
    assert_int_equal(seen.calls, 14);
    assert_int_equal(sweep.count, 14);
    assert_number(&sweep.points[13].lambda, "16");
    atomic_bool raised = true;
    options.lp.cancel = &raised;
    assert_int_equal(sb_sweep_run(environment, &options, &sweep, NULL), SB_ERROR_CANCELLED);
    assert_int_equal(sweep.count, 0);
    sb_sweep_clear(&sweep);
    sb_environment_free(environment);
}

/* Without participation the seller can ask for any sum: no numbers but those that need no program.
 */
static void where_there_is_no_optimum(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".35 .25 .25 .15");
    set_rules(environment, "bayes-nash", "none");
    sb_sweep sweep;
    run_at(environment, "0 1", &sweep);
    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(sweep.points[k].status, SB_LP_UNBOUNDED);
        assert_int_equal(sweep.points[k].proof, SB_PROOF_EXACT);
        assert_false(sweep.points[k].has_smallest_payment);
        assert_true(sweep.points[k].has_ex_post);
    }
    assert_number(&sweep.points[0].full_surplus, "1.64");
    sb_sweep_clear(&sweep);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_lambdas),
        cmocka_unit_test(the_environment_at_lambda),
        cmocka_unit_test(the_lectures_jump),
        cmocka_unit_test(payments_grow_like_one_over_lambda),
        cmocka_unit_test(agrees_with_single_programs),
        cmocka_unit_test(stops_with_what_it_has),
        cmocka_unit_test(where_there_is_no_optimum),
    };
    int failed = cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
