/* Sample sizes: the steps of the bound one by one, and measurements that repeat.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sample_size.h"

#include <math.h>

#include "unit/mechanism/environments.h"

static void find_bound(const sb_environment *environment, const char *loss, double epsilon,
                       sb_sample_bound *bound)
{
    fmpq_t k;
    fmpq_init(k);
    assert_int_equal(sb_rational_parse(k, loss, strlen(loss), NULL), SB_OK);
    sb_error error;
    sb_error_clear(&error);
    sb_sample_bound_init(bound);
    if (sb_sample_bound_find(environment, k, epsilon, NULL, bound, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    fmpq_clear(k);
}

/* ---- the numbers ---- */

static void bound_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_sample_bound bound;
    find_bound(environment, ".1", .05, &bound);
    assert_true(bound.found);
    assert_int_equal(bound.proof, SB_PROOF_EXACT);
    assert_int_equal(bound.type_count, 2);
    assert_int_equal(bound.signal_count, 2);
    assert_number(&bound.rarest, "1/2");
    assert_number(&bound.value_range, "1");
    assert_number(&bound.gamma, "1");
    assert_number(&bound.formula_radius, "1/22"); /* .1 / (2 * 1.1) */
    assert_number(&bound.radius, "1/22");         /* M = 1 + 2 M delta, 2 M delta = .1 */
    assert_number(&bound.spread, "1.1");
    assert_false(bound.halved);
    double each = 2 * 22 * 22 * (2 * log(2) + log(80));
    assert_true(fabs(bound.each - each) < 1e-6);
    double y = bound.total / 2;
    assert_true(fabs(y - sqrt(2 * y * log(80)) - each) < 1e-6);
    assert_true(fabs(bound.formula_total - bound.total) < 1e-6);
    sb_sample_bound_clear(&bound);

    /* the item is worth 1.5 to the seller: type 1 must stay away */
    sb_environment_free(environment);
    environment = item(1, (const char *const[]){"1 2"}, 2, "3/2", "3 1 1 3");
    find_bound(environment, ".1", .05, &bound);
    assert_true(bound.halved && bound.found);
    assert_number(&bound.formula_radius, "1/44");
    assert_number(&bound.radius, "1"); /* half of all beliefs: type 2 pays 2 */
    assert_true(isfinite(bound.total));
    sb_sample_bound_clear(&bound);
    sb_environment_free(environment);

    environment = one_bidder_and_signal("2 2", 2, "1 1 1 1"); /* one price for all */
    find_bound(environment, ".1", .05, &bound);
    assert_true(bound.found && bound.total == 0);
    assert_number(&bound.gamma, "0");
    assert_true(isinf(bound.formula_total));
    sb_sample_bound_clear(&bound);
    sb_environment_free(environment);

    environment = one_bidder_and_signal("1 2", 2, "1 1 1 1"); /* independent */
    find_bound(environment, ".1", .05, &bound);
    assert_false(bound.found);
    assert_true(isinf(bound.total) && isinf(bound.formula_total));
    assert_true(bound.reason[0] != '\0');
    fmpq_t k;
    fmpq_init(k);
    assert_int_equal(sb_sample_bound_find(environment, k, .05, NULL, &bound, NULL), SB_ERROR_USAGE);
    fmpq_one(k);
    assert_int_equal(sb_sample_bound_find(environment, k, 1, NULL, &bound, NULL), SB_ERROR_USAGE);
    fmpq_clear(k);
    sb_sample_bound_clear(&bound);
    sb_environment_free(environment);
}

static void numbers_go_back_and_forth(void **state)
{
    (void)state;
    for (double radius = 1; radius > 1e-4; radius /= 3) {
        for (size_t size = 2; size < 40; size *= 3) {
            double each = sb_samples_for_radius(radius, size, 2 * size, .05);
            double total = sb_samples_in_all(each, .01, size, .05);
            assert_true(total > each / .01);
            double back = sb_radius_of_samples(total, .01, size, 2 * size, .05);
            assert_true(fabs(back - radius) < 1e-9 * radius);
            assert_true(sb_samples_for_radius(radius / 2, size, 2 * size, .05) > 3.9 * each);
        }
    }
    assert_true(sb_radius_of_samples(3, .5, 2, 2, .05) == 2); /* too few for anything */
}

/* ---- step 2: any estimate within the radius will do ---- */

static void mix_rows(property_stream *stream, const sb_environment *truth, const fmpq_t radius,
                     sb_environment *estimated)
{
    size_t signals = truth->signal_count, types = truth->agents[0].type_count;
    fmpq *weights = sb_rationals_new(types * signals);
    fmpq_t left, part;
    fmpq_init(left);
    fmpq_init(part);
    for (size_t type = 0; type < types; type++) {
        fmpq *row = weights + type * signals;
        if (!sb_environment_conditional(row, truth, 0, type)) {
            continue;
        }
        fmpq_div_2exp(left, radius, 1);
        size_t to = (size_t)property_between(stream, 0, (long)signals - 1);
        size_t from = (size_t)property_between(stream, 0, (long)signals - 1);
        for (size_t k = 0; k < signals; k++) {
            fmpq *mass = row + (from + k) % signals;
            fmpq_set(part, fmpq_cmp(left, mass) < 0 ? left : mass);
            fmpq_sub(mass, mass, part);
            fmpq_add(row + to, row + to, part);
            fmpq_sub(left, left, part);
        }
        fmpq_set_si(part, property_between(stream, 1, 9), 1); /* the frequency may be wrong */
        for (size_t k = 0; k < signals; k++) {
            fmpq_mul(row + k, row + k, part);
        }
    }
    assert_int_equal(sb_environment_set_weights(estimated, weights, NULL), SB_OK);
    sb_rationals_free(weights, types * signals);
    fmpq_clear(left);
    fmpq_clear(part);
}

/* A type worth less than the item is to the seller finds each bet at least as dear as the item is
 * worth to it, by its true belief. Returns how many bets with spread that is about. */
static int expect_kept_off(const sb_environment *truth, const sb_correlation_ball *ball)
{
    size_t signals = truth->signal_count;
    const fmpq *values = truth->agents[0].values;
    fmpq *belief = sb_rationals_new(signals);
    fmpq_t price;
    fmpq_init(price);
    int count = 0;
    for (size_t k = 0; k < ball->type_count * ball->type_count; k++) {
        size_t low = k / ball->type_count, type = k % ball->type_count;
        if (fmpq_cmp(values + low, &truth->reserve) < 0 && ball->served[type] &&
            sb_environment_conditional(belief, truth, 0, low)) {
            sb_rationals_dot(price, ball->mechanism->payments + type * signals, belief, signals);
            assert_true(fmpq_cmp(price, values + low) >= 0);
            count += !fmpq_is_zero(ball->spreads + type);
        }
    }
    sb_rationals_free(belief, signals);
    fmpq_clear(price);
    return count;
}

static void estimates_within_the_radius_will_do(void **state)
{
    (void)state;
    property_stream stream = {1729};
    int cases = property_cases(80), tried = 0, kept_off = 0;
    fmpq_t least;
    fmpq_init(least);
    for (int k = 0; k < cases; k++) {
        char values[64];
        size_t rows = (size_t)property_between(&stream, 2, 4);
        size_t columns = (size_t)property_between(&stream, 2, 6);
        random_values(&stream, rows, 0, 6, values, sizeof values);
        sb_environment *truth =
            item(1, (const char *const[]){values}, columns, k % 3 == 0 ? "3/2" : NULL, NULL);
        random_weights(truth, &stream, 9);
        sb_environment *estimated = sb_environment_copy(truth);
        sb_sample_bound bound;
        find_bound(truth, "1/2", .05, &bound);
        assert_true(!bound.found || fmpq_cmp(&bound.radius, &bound.formula_radius) >= 0);
        assert_true(bound.found || fmpq_is_zero(&bound.formula_radius) ||
                    strstr(bound.reason, "worth serving") != NULL);
        for (int sample = 0; bound.found && sample < 6; sample++) {
            mix_rows(&stream, truth, &bound.radius, estimated);
            sb_correlation_ball ball;
            sb_correlation_ball_init(&ball);
            assert_int_equal(sb_correlation_ball_for_each_type(estimated, SB_BALL_REVENUE,
                                                               &bound.loss, NULL, &ball, NULL),
                             SB_OK);
            assert_true(ball.found);
            kept_off += expect_kept_off(truth, &ball);
            assert_true(fmpq_cmp(&ball.radius, &bound.radius) >= 0);
            sb_misbelief misbelief;
            sb_misbelief_init(&misbelief);
            assert_int_equal(
                sb_misbelief_evaluate(estimated, ball.mechanism, truth, &misbelief, NULL), SB_OK);
            sb_correlation_ball true_ball;
            sb_correlation_ball_init(&true_ball);
            assert_int_equal(sb_correlation_ball_find(truth, SB_BALL_REVENUE, &bound.loss, NULL,
                                                      &true_ball, NULL),
                             SB_OK);
            fmpq_sub(least, &true_ball.full_surplus, &bound.loss);
            assert_true(fmpq_cmp(&misbelief.revenue, least) >= 0);
            tried++;
            sb_correlation_ball_clear(&true_ball);
            sb_misbelief_clear(&misbelief);
            sb_correlation_ball_clear(&ball);
        }
        sb_sample_bound_clear(&bound);
        sb_environment_free(estimated);
        sb_environment_free(truth);
    }
    assert_true(tried > 2 * cases && kept_off > cases / 4);
    fmpq_clear(least);
}

/* ---- measured ---- */

static bool count_calls(void *context, size_t done)
{
    size_t *calls = context;
    assert_int_equal(done, *calls + 1);
    return ++*calls < 30;
}

static void measurements_repeat(void **state)
{
    (void)state;
    sb_environment *truth = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    fmpq_t loss;
    fmpq_init(loss);
    fmpq_set_si(loss, 1, 5);
    sb_sample_options options = {
        .estimate = SB_ESTIMATE_OPTIONS_DEFAULT,
        .repetitions = (size_t)property_cases(20),
        .seed = 5,
        .wanted = {[SB_CONTENDER_KNOWN_PRIOR] = true, [SB_CONTENDER_BAYESIAN] = true}};
    sb_sample_measure few, many, again;
    size_t calls = 0;
    options.progress = count_calls;
    options.context = &calls;
    assert_int_equal(sb_sample_measure_run(truth, loss, 20, &options, &few, NULL), SB_OK);
    assert_int_equal(calls, options.repetitions);
    options.progress = NULL;
    assert_int_equal(sb_sample_measure_run(truth, loss, 4000, &options, &many, NULL), SB_OK);
    assert_int_equal(sb_sample_measure_run(truth, loss, 20, &options, &again, NULL), SB_OK);
    assert_true(few.ball.mean == again.ball.mean);
    assert_true(few.contenders[SB_CONTENDER_BAYESIAN].mean ==
                again.contenders[SB_CONTENDER_BAYESIAN].mean);
    assert_int_equal(few.sample_count, 20);
    assert_int_equal(few.repetitions, options.repetitions);
    assert_true(fabs(few.contenders[SB_CONTENDER_KNOWN_PRIOR].mean - 1.5) < 1e-6);
    assert_true(isnan(few.contenders[SB_CONTENDER_ROBUST].mean));
    assert_true(few.distance.mean > 4 * many.distance.mean);
    /* in the ball, its promise holds: never less than the full surplus less k */
    assert_true(few.kept >= few.ball_holds && many.kept >= many.ball_holds);
    assert_int_equal(many.ball_holds, many.repetitions);
    assert_int_equal(many.kept, many.repetitions);
    assert_true(many.ball.mean >= 1.3 && many.ball.mean <= 1.5);
    assert_true(few.ball_holds < few.repetitions);
    /* the naive mechanism loses about half: type 1 or type 2 stays away or lies */
    assert_true(many.contenders[SB_CONTENDER_BAYESIAN].mean < many.ball.mean);

    calls = 0;
    options.progress = count_calls;
    options.repetitions = 100;
    assert_int_equal(sb_sample_measure_run(truth, loss, 20, &options, &few, NULL),
                     SB_ERROR_CANCELLED);
    assert_int_equal(few.repetitions, 30);
    options.repetitions = 0;
    assert_int_equal(sb_sample_measure_run(truth, loss, 20, &options, &few, NULL), SB_ERROR_USAGE);
    fmpq_clear(loss);
    sb_environment_free(truth);
}

/* Step 3 and 4: with the samples of the bound the frequencies are within the radius, nearly always.
 */
static void enough_samples_are_enough(void **state)
{
    (void)state;
    sb_environment *truth = one_bidder_and_signal("1 2 2", 3, "3 1 1 1 3 1 1 1 2");
    double radius = .4, epsilon = .2;
    double total =
        sb_samples_in_all(sb_samples_for_radius(radius, 3, 3, epsilon), 4. / 14, 3, epsilon);
    int cases = property_cases(200), outside = 0;
    sb_samples *samples;
    for (int k = 0; k < cases; k++) {
        sb_random_stream stream;
        sb_random_stream_init(&stream, (uint64_t)k, NULL, 0);
        assert_int_equal(sb_samples_new(truth, &samples, NULL), SB_OK);
        assert_int_equal(sb_samples_draw(samples, truth, (size_t)ceil(total), &stream, NULL, NULL),
                         SB_OK);
        bool far = false;
        for (size_t type = 0; type < 3; type++) {
            fmpq *belief = sb_rationals_new(3);
            sb_environment_conditional(belief, truth, 0, type);
            double row = 0, distance = 0;
            for (size_t s = 0; s < 3; s++) {
                row += (double)samples->counts[3 * type + s];
            }
            for (size_t s = 0; s < 3; s++) {
                distance += fabs((double)samples->counts[3 * type + s] / row -
                                 sb_rational_to_double(belief + s));
            }
            far = far || distance > radius;
            sb_rationals_free(belief, 3);
        }
        outside += far;
        sb_samples_free(samples);
    }
    assert_true(outside <= epsilon * cases);
    sb_environment_free(truth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bound_by_hand),
        cmocka_unit_test(numbers_go_back_and_forth),
        cmocka_unit_test(estimates_within_the_radius_will_do),
        cmocka_unit_test(measurements_repeat),
        cmocka_unit_test(enough_samples_are_enough),
    };
    return cmocka_run_group_tests_name("sample sizes", tests, NULL, NULL);
}
