/* The figures of robust design: the numbers on them are those of the results.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_robust.h"

#include <math.h>

#include "unit/mechanism/environments.h"
#include "view/plot_canvas.h"

static const sb_plot_series *series_named(const sb_plot *plot, const char *name)
{
    for (size_t k = 0; k < plot->series_count; k++) {
        if (strcmp(plot->series[k].name, name) == 0) {
            return &plot->series[k];
        }
    }
    print_error("no series %s\n", name);
    fail();
    return NULL;
}

/* A limit is a level line over the whole axis. */
static void assert_level(const sb_plot *plot, const char *name, double level)
{
    const sb_plot_series *series = series_named(plot, name);
    assert_int_equal(series->count, 2);
    assert_true(series->x[0] == plot->x.low && series->x[1] == plot->x.high);
    assert_true(series->y[0] == level && series->y[1] == level);
}

static void assert_held(const sb_plot *plot)
{
    assert_true(plot->x.low < plot->x.high && plot->y.low < plot->y.high);
    for (size_t k = 0; k < plot->series_count; k++) {
        for (size_t point = 0; point < plot->series[k].count; point++) {
            double y = plot->series[k].y[point];
            assert_true(isnan(y) || (y >= plot->y.low && y <= plot->y.high));
        }
    }
}

static void the_falling_bound(void **state)
{
    (void)state;
    const double bounds[] = {(double)NAN, 5.5, 5.2, 5.1153};
    sb_plot plot = sb_plot_of_robust_rounds(4, bounds, 5.5, 3.5401);
    const sb_plot_series *bound = series_named(&plot, "bound");
    assert_int_equal(bound->count, 4);
    assert_true(isnan(bound->y[0])); /* an unbounded round is a gap */
    for (size_t k = 1; k < 4; k++) {
        assert_true(bound->x[k] == (double)k && bound->y[k] == bounds[k]);
    }
    assert_true(plot.x.low == 0 && plot.x.high == 3 && !plot.x.logarithmic);
    assert_level(&plot, "Bayesian (no doubt)", 5.5);
    assert_level(&plot, "ex-post (any belief)", 3.5401);
    assert_held(&plot);
    sb_plot_clear(&plot);
}

static void the_price(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    fmpq *radii = sb_rationals_new(4);
    size_t count = read_numbers("0 1/100 1/10 1", radii, 4);
    sb_robust_price price;
    sb_robust_price_init(&price);
    assert_int_equal(sb_robust_price_run(environment, NULL, radii, count, NULL, &price, NULL),
                     SB_OK);
    sb_plot plot = sb_plot_of_robust_price(&price, SB_ROBUST_ESTIMATE);
    assert_true(plot.x.logarithmic && plot.has_zero_column);
    assert_true(plot.x.low == 0.01 && plot.x.high == 1);
    const sb_plot_series *robust = series_named(&plot, "robust");
    assert_int_equal(robust->count, 4);
    for (size_t k = 0; k < 4; k++) {
        assert_true(robust->x[k] == sb_rational_to_double(radii + k));
        assert_true(robust->y[k] == sb_rational_to_double(&price.points[k].objective));
    }
    assert_level(&plot, "Bayesian (no doubt)", 1.5);
    assert_level(&plot, "ex-post (any belief)", 1.25);
    assert_held(&plot);
    sb_plot_clear(&plot);
    plot = sb_plot_of_robust_price(&price, SB_ROBUST_WORST_CASE);
    series_named(&plot, "certain at least");
    sb_plot_clear(&plot);
    sb_robust_price_clear(&price);
    sb_rationals_free(radii, 4);
    sb_environment_free(environment);
}

/* Results in part, and none at all. */
static void parts(void **state)
{
    (void)state;
    sb_plot plot = sb_plot_of_robust_rounds(0, NULL, (double)NAN, (double)NAN);
    assert_true(plot.x.low < plot.x.high && plot.y.low < plot.y.high);
    sb_plot_clear(&plot);
    const double one[] = {2};
    plot = sb_plot_of_robust_rounds(1, one, 2, (double)NAN);
    assert_held(&plot);
    sb_plot_clear(&plot);
    sb_robust_price price;
    sb_robust_price_init(&price);
    plot = sb_plot_of_robust_price(&price, SB_ROBUST_ESTIMATE);
    assert_true(plot.x.low > 0 && plot.x.low < plot.x.high && plot.y.low < plot.y.high);
    sb_plot_clear(&plot);
    sb_robust_price_clear(&price);
    /* Only the box of 0, then only one that is not. */
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    fmpq *radii = sb_rationals_new(1);
    for (int k = 0; k < 2; k++) {
        fmpq_set_si(radii, k, 10);
        assert_int_equal(sb_robust_price_run(environment, NULL, radii, 1, NULL, &price, NULL),
                         SB_OK);
        plot = sb_plot_of_robust_price(&price, SB_ROBUST_ESTIMATE);
        assert_true(plot.x.low > 0 && plot.x.low < plot.x.high);
        assert_true(plot.has_zero_column == (k == 0));
        sb_plot_clear(&plot);
    }
    sb_robust_price_clear(&price);
    sb_rationals_free(radii, 1);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_falling_bound),
        cmocka_unit_test(the_price),
        cmocka_unit_test(parts),
    };
    int failed = cmocka_run_group_tests_name("plots of robust design", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
