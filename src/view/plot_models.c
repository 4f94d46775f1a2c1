/* The figures of this program, made from its results.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_models.h"

#include <math.h>

enum { samples = 24 }; /* of a straight piece that a logarithmic axis bends */

static const double near_independence = 1e-6; /* the axis' begin while only lambda = 0 is known */

double sb_plot_coordinate(const fmpq_t number)
{
    double coordinate = sb_rational_to_double(number);
    if (!isfinite(coordinate) || (coordinate == 0 && !fmpq_is_zero(number))) {
        return NAN;
    }
    return coordinate;
}

/* Lambda on a logarithmic axis, from the smallest to the largest there is. */
static void fit_lambda(sb_plot *plot, const sb_sweep *sweep)
{
    bool any = false;
    plot->x.logarithmic = true;
    plot->has_zero_column = true;
    plot->x.low = near_independence;
    plot->x.high = 1;
    for (size_t k = 0; k < sweep->count; k++) {
        double lambda = sb_plot_coordinate(&sweep->points[k].lambda);
        if (!(lambda > 0)) {
            continue;
        }
        plot->x.low = !any || lambda < plot->x.low ? lambda : plot->x.low;
        plot->x.high = !any || lambda > plot->x.high ? lambda : plot->x.high;
        any = true;
    }
    if (!(plot->x.high > plot->x.low)) {
        plot->x.low = plot->x.high / 10;
    }
}

sb_plot sb_plot_of_sweep_revenue(const sb_sweep *sweep, const sb_rules *rules)
{
    bool is_revenue = rules->choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    const char *noun = sb_rules_objective_noun(rules);
    sb_plot plot;
    sb_plot_init(&plot, is_revenue ? "Revenue" : noun, "\xCE\xBB: 0 independent, 1 the table",
                 noun);
    fit_lambda(&plot, sweep);
    sb_plot_series *revenue =
        sb_plot_add(&plot, noun, SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    sb_plot_series *surplus = sb_plot_add(&plot, is_revenue ? "full surplus" : "largest welfare",
                                          SB_PLOT_DASHED, SB_PLOT_RING, SB_STYLE_BAR_SURPLUS);
    sb_plot_series *ex_post =
        sb_plot_add(&plot, "ex-post", SB_PLOT_DOTTED, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER);
    sb_plot_series *limit =
        sb_plot_add(&plot, "no correlation", SB_PLOT_DASHED, SB_PLOT_PLUS, SB_STYLE_NORMAL);
    for (size_t k = 0; k < sweep->count; k++) {
        const sb_sweep_point *point = &sweep->points[k];
        double lambda = sb_plot_coordinate(&point->lambda);
        bool optimal = point->status == SB_LP_OPTIMAL;
        double objective = optimal ? sb_plot_coordinate(&point->revenue) : NAN;
        sb_plot_point(revenue, lambda, objective);
        sb_plot_point(surplus, lambda, sb_plot_coordinate(&point->full_surplus));
        sb_plot_point(ex_post, lambda,
                      point->has_ex_post ? sb_plot_coordinate(&point->ex_post) : NAN);
        if (lambda == 0 && optimal) {
            sb_plot_point(limit, plot.x.low, objective);
            sb_plot_point(limit, plot.x.high, objective);
        }
    }
    sb_plot_fit_y(&plot);
    return plot;
}

sb_plot sb_plot_of_sweep_payments(const sb_sweep *sweep)
{
    sb_plot plot;
    sb_plot_init(&plot, "Largest payment", "\xCE\xBB: 0 independent, 1 the table",
                 "largest payment");
    fit_lambda(&plot, sweep);
    plot.y.logarithmic = true;
    sb_plot_series *smallest =
        sb_plot_add(&plot, "smallest", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    sb_plot_series *vertex =
        sb_plot_add(&plot, "vertex", SB_PLOT_DASHED, SB_PLOT_RING, SB_STYLE_BAR_SURPLUS);
    for (size_t k = 0; k < sweep->count; k++) {
        const sb_sweep_point *point = &sweep->points[k];
        double lambda = sb_plot_coordinate(&point->lambda);
        bool optimal = point->status == SB_LP_OPTIMAL;
        sb_plot_point(vertex, lambda, optimal ? sb_plot_coordinate(&point->vertex_payment) : NAN);
        sb_plot_point(smallest, lambda,
                      optimal && point->has_smallest_payment
                          ? sb_plot_coordinate(&point->smallest_payment)
                          : NAN);
    }
    sb_plot_fit_y(&plot);
    return plot;
}

/* ---- the frontier ---- */

/* Between two breakpoints the optimum is linear in B. */
static void add_piece(sb_plot_series *line, double low, double x0, double y0, double x1, double y1)
{
    double from = x0 > low ? x0 : low;
    if (!(x1 > from)) {
        return;
    }
    for (int k = 0; k <= samples; k++) {
        double x = k == samples ? x1 : from * pow(x1 / from, (double)k / samples);
        sb_plot_point(line, x, y0 + (y1 - y0) * (x - x0) / (x1 - x0));
    }
}

sb_plot sb_plot_of_cap(const sb_cap *cap)
{
    sb_plot plot;
    sb_plot_init(&plot, "Revenue under a payment cap", "B: no payment is larger", "revenue");
    plot.x.logarithmic = true;
    double smallest = NAN;
    double largest = NAN;
    for (size_t k = 0; k < cap->count; k++) {
        double bound = sb_plot_coordinate(&cap->points[k].bound);
        if (bound == 0) {
            plot.has_zero_column = true;
        }
        if (bound > 0) {
            smallest = isnan(smallest) ? bound : smallest;
            largest = bound;
        }
    }
    plot.x.low = isnan(smallest) ? 0.1 : pow(10, floor(log10(smallest) - 0.1));
    plot.x.high = isnan(largest) ? 10 : pow(10, ceil(log10(largest) + 0.1));
    sb_plot_series *line =
        sb_plot_add(&plot, "revenue", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    sb_plot_series *free_optimum =
        sb_plot_add(&plot, "no cap", SB_PLOT_DASHED, SB_PLOT_RING, SB_STYLE_BAR_SURPLUS);
    sb_plot_series *points =
        sb_plot_add(&plot, "", SB_PLOT_POINTS, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    double before_x = NAN;
    double before_y = NAN;
    for (size_t k = 0; k < cap->count; k++) {
        double x = sb_plot_coordinate(&cap->points[k].bound);
        double y = sb_plot_coordinate(&cap->points[k].objective);
        sb_plot_point(x == 0 ? line : points, x, y);
        if (!isnan(before_x) && !isnan(before_y)) {
            add_piece(line, plot.x.low, before_x, before_y, x, y);
        }
        before_x = x;
        before_y = y;
    }
    if (cap->complete && cap->count > 0) {
        double from = before_x > plot.x.low ? before_x : plot.x.low;
        sb_plot_point(line, from, before_y);
        sb_plot_point(line, plot.x.high, before_y);
        sb_plot_point(free_optimum, plot.x.low, before_y);
        sb_plot_point(free_optimum, plot.x.high, before_y);
    }
    sb_plot_fit_y(&plot);
    return plot;
}

sb_plot sb_plot_of_misbelief(size_t count, const double *s, const double *frozen_revenue,
                             const double *truth_optimum)
{
    sb_plot plot;
    sb_plot_init(&plot, "Revenue as the truth moves away", "s: 0 the belief, 1 the truth shown",
                 "revenue");
    sb_plot_series *frozen =
        sb_plot_add(&plot, "frozen", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    sb_plot_series *optimum =
        sb_plot_add(&plot, "best for truth", SB_PLOT_DASHED, SB_PLOT_RING, SB_STYLE_BAR_SURPLUS);
    for (size_t k = 0; k < count; k++) {
        sb_plot_point(frozen, s[k], frozen_revenue[k]);
        sb_plot_point(optimum, s[k], truth_optimum[k]);
    }
    sb_plot_fit_x(&plot, true);
    sb_plot_fit_y(&plot);
    return plot;
}
