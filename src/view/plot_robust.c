/* The figures of robust design, made from its results.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_robust.h"

#include <math.h>

#include "view/plot_models.h"

/* What the optimum lies between, over the whole axis. */
static void add_limits(sb_plot *plot, double bayesian, double ex_post)
{
    sb_plot_series *upper = sb_plot_add(plot, "Bayesian (no doubt)", SB_PLOT_DASHED, SB_PLOT_RING,
                                        SB_STYLE_BAR_SURPLUS);
    sb_plot_series *lower = sb_plot_add(plot, "ex-post (any belief)", SB_PLOT_DOTTED, SB_PLOT_CROSS,
                                        SB_STYLE_BAR_OTHER);
    double ends[] = {plot->x.low, plot->x.high};
    for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++) {
        sb_plot_point(upper, ends[k], bayesian);
        sb_plot_point(lower, ends[k], ex_post);
    }
}

sb_plot sb_plot_of_robust_rounds(size_t count, const double *bounds, double bayesian,
                                 double ex_post)
{
    sb_plot plot;
    sb_plot_init(&plot, "The falling bound", "round of cutting planes", "bound on robust revenue");
    sb_plot_series *bound =
        sb_plot_add(&plot, "bound", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    for (size_t k = 0; k < count; k++) {
        sb_plot_point(bound, (double)k, bounds[k]);
    }
    plot.x.low = 0;
    plot.x.high = count > 1 ? (double)(count - 1) : 1;
    add_limits(&plot, bayesian, ex_post);
    sb_plot_fit_y(&plot);
    return plot;
}

/* ---- the price of robustness ---- */

static void fit_radius(sb_plot *plot, const sb_robust_price *price)
{
    plot->x.logarithmic = true;
    plot->x.low = NAN;
    plot->x.high = NAN;
    for (size_t k = 0; k < price->count; k++) {
        double radius = sb_plot_coordinate(&price->points[k].radius);
        if (radius > 0) {
            plot->x.low = isnan(plot->x.low) ? radius : plot->x.low;
            plot->x.high = radius;
        }
        plot->has_zero_column = plot->has_zero_column || radius == 0;
    }
    if (isnan(plot->x.low)) { /* only 0 is known */
        plot->x.low = 1e-4;
        plot->x.high = 1;
    }
    if (!(plot->x.high > plot->x.low)) {
        plot->x.low = plot->x.high / 10;
    }
}

static double limit_of(const sb_baseline *limit)
{
    return limit->status == SB_LP_OPTIMAL ? sb_plot_coordinate(&limit->objective) : (double)NAN;
}

sb_plot sb_plot_of_robust_price(const sb_robust_price *price, sb_robust_objective objective)
{
    sb_plot plot;
    sb_plot_init(&plot, "The price of robustness", "\xCE\xB4: beliefs may be wrong by this much",
                 "revenue");
    fit_radius(&plot, price);
    bool certain = objective == SB_ROBUST_WORST_CASE;
    sb_plot_series *optimum = sb_plot_add(&plot, certain ? "certain at least" : "robust",
                                          SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    for (size_t k = 0; k < price->count; k++) {
        const sb_price_point *point = &price->points[k];
        bool optimal = point->status == SB_LP_OPTIMAL;
        sb_plot_point(optimum, sb_plot_coordinate(&point->radius),
                      optimal ? sb_plot_coordinate(&point->objective) : (double)NAN);
    }
    add_limits(&plot, limit_of(&price->bayesian), limit_of(&price->ex_post));
    sb_plot_fit_y(&plot);
    return plot;
}
