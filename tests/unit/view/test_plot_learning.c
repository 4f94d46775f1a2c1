/* The figures of learning: the numbers of their series.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_learning.h"

#include <math.h>

#include "unit/mechanism/environments.h"

static double at(const sb_plot *plot, size_t series, double x)
{
    double y = NAN;
    assert_true(series < plot->series_count);
    assert_true(sb_plot_value_at(&plot->series[series], x, &y));
    return y;
}

static void promises(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    fmpq *lambdas = sb_rationals_new(2);
    read_numbers("1 1/2", lambdas, 2);
    sb_indistinguishable_options options = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    options.lambdas = lambdas;
    options.lambda_count = 2;
    sb_indistinguishable near;
    sb_indistinguishable_init(&near);
    assert_int_equal(sb_indistinguishable_find(environment, &options, &near, NULL), SB_OK);
    sb_plot plot = sb_plot_of_promises(&near);
    assert_int_equal(plot.series_count, 4);
    assert_true(plot.x.logarithmic && plot.has_zero_column);
    assert_true(at(&plot, 0, 1) == 1.5 && at(&plot, 0, .5) == 1.5);
    assert_true(at(&plot, 1, 1) == near.priors[0].bound);
    assert_true(fabs(at(&plot, 2, 1) - 15. / 11) < 1e-12);
    assert_true(at(&plot, 3, 0) == 1 && at(&plot, 3, 1) == 1);
    double y = 0;
    assert_false(sb_plot_value_at(&plot.series[0], 0, &y)); /* the limit promises but itself */
    sb_plot_clear(&plot);
    sb_indistinguishable_clear(&near);
    sb_rationals_free(lambdas, 2);
    sb_environment_free(environment);
}

static void samples(void **state)
{
    (void)state;
    sb_sample_measure measures[2] = {{.sample_count = 100,
                                      .ball = {5, 1.25, .1},
                                      .contenders = {[SB_CONTENDER_BAYESIAN] = {5, .5, .2},
                                                     [SB_CONTENDER_ROBUST] = {5, 1.3, .1},
                                                     [SB_CONTENDER_EX_POST] = {5, 1.1, .1}}},
                                     {.sample_count = 10,
                                      .ball = {5, 1, .1},
                                      .contenders = {[SB_CONTENDER_BAYESIAN] = {0, NAN, NAN}}}};
    sb_plot plot = sb_plot_of_samples(measures, 2, 1.5);
    assert_int_equal(plot.series_count, 5);
    assert_true(plot.series[0].x[0] == 10 && plot.series[0].x[1] == 100); /* sorted */
    assert_true(at(&plot, 0, 100) == 1.25 && at(&plot, 1, 100) == 1.3);
    assert_true(at(&plot, 2, 100) == .5 && at(&plot, 3, 100) == 1.1);
    assert_true(at(&plot, 4, 10) == 1.5 && at(&plot, 4, 100) == 1.5);
    assert_true(fabs(plot.series[0].high[1] - 1.446) < 1e-4);
    assert_true(plot.x.low <= 10 && plot.x.high >= 100 && plot.y.high >= 1.5);
    sb_plot_clear(&plot);
    plot = sb_plot_of_samples(NULL, 0, 1.5);
    assert_int_equal(plot.series[0].count, 0);
    sb_plot_clear(&plot);
}

static void balls(void **state)
{
    (void)state;
    const double losses[] = {1, .1, .5}, truthful[] = {.3, .1, .2}, revenue[] = {.4, NAN, .1};
    const double *const radii[] = {truthful, revenue};
    sb_plot plot = sb_plot_of_balls(3, losses, radii);
    assert_int_equal(plot.series_count, 2);
    assert_true(plot.x.logarithmic && plot.y.logarithmic);
    for (size_t k = 0; k < 3; k++) {
        assert_true(at(&plot, 0, losses[k]) == truthful[k]);
    }
    assert_true(plot.series[0].x[0] < plot.series[0].x[1]);
    assert_true(at(&plot, 1, 1) == .4);
    sb_plot_clear(&plot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promises),
        cmocka_unit_test(samples),
        cmocka_unit_test(balls),
    };
    return cmocka_run_group_tests_name("figures of learning", tests, NULL, NULL);
}
