/* The figures of learning: promises toward independence, balls of beliefs, revenue from samples.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_learning.h"

#include <math.h>

static const double normal_quantile = 1.959963984540054; /* of a 95 % band */

/* Whole decades around positive numbers; something sensible without any. */
static void fit_decades(sb_plot *plot)
{
    plot->x.logarithmic = true;
    sb_plot_fit_x(plot, false);
}

sb_plot sb_plot_of_promises(const sb_indistinguishable *near)
{
    sb_plot plot;
    sb_plot_init(&plot, "What can be promised toward independence",
                 "\xCE\xBB and all smaller ones but 0", "revenue");
    sb_plot_series *optimum = sb_plot_add(&plot, "optimum, \xCE\xBB known", SB_PLOT_DASHED,
                                          SB_PLOT_RING, SB_STYLE_BAR_SURPLUS);
    sb_plot_series *bound = sb_plot_add(&plot, "with samples, at most", SB_PLOT_SOLID, SB_PLOT_DISC,
                                        SB_STYLE_BAR_REVENUE);
    sb_plot_series *sure =
        sb_plot_add(&plot, "without samples", SB_PLOT_SOLID, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER);
    sb_plot_series *limit =
        sb_plot_add(&plot, "limit", SB_PLOT_DOTTED, SB_PLOT_PLUS, SB_STYLE_NORMAL);
    double at_limit = NAN;
    for (size_t i = 0; i < near->count; i++) {
        const sb_near_prior *prior = &near->priors[i];
        if (prior->status == SB_LP_OPTIMAL && i + 1 == near->count) {
            at_limit = sb_rational_to_double(&prior->optimum);
        }
    }
    for (size_t i = near->count; i-- > 0;) { /* by lambda, ascending */
        const sb_near_prior *prior = &near->priors[i];
        double x = sb_rational_to_double(&prior->lambda);
        bool optimal = prior->status == SB_LP_OPTIMAL;
        sb_plot_point(limit, x, at_limit);
        if (i + 1 < near->count) {
            sb_plot_point(optimum, x,
                          optimal ? sb_rational_to_double(&prior->optimum) : (double)NAN);
            sb_plot_point(bound, x, prior->bound);
            sb_plot_point(sure, x,
                          prior->has_guarantee ? sb_rational_to_double(&prior->guarantee)
                                               : (double)NAN);
        }
    }
    plot.has_zero_column = true;
    fit_decades(&plot);
    sb_plot_fit_y(&plot);
    return plot;
}

static void add_mean(sb_plot_series *series, const sb_sample_measure *measure,
                     const sb_sample_mean *mean)
{
    double reach = normal_quantile * mean->standard_error;
    sb_plot_band_point(series, (double)measure->sample_count, mean->mean, mean->mean - reach,
                       mean->mean + reach);
}

/* measures[order[k]] by the number of samples; few enough for selection. */
static const sb_sample_measure *next_larger(const sb_sample_measure *measures, size_t count,
                                            const sb_sample_measure *before)
{
    const sb_sample_measure *next = NULL;
    for (size_t k = 0; k < count; k++) {
        bool later = before == NULL || measures[k].sample_count > before->sample_count;
        if (later && (next == NULL || measures[k].sample_count < next->sample_count)) {
            next = &measures[k];
        }
    }
    return next;
}

sb_plot sb_plot_of_samples(const sb_sample_measure *measures, size_t count, double full_surplus)
{
    sb_plot plot;
    sb_plot_init(&plot, "Revenue learned from samples", "N: samples", "revenue under the truth");
    sb_plot_series *ball =
        sb_plot_add(&plot, "ball", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    sb_plot_series *robust =
        sb_plot_add(&plot, "robust", SB_PLOT_DASHED, SB_PLOT_PLUS, SB_STYLE_NORMAL);
    sb_plot_series *bayesian =
        sb_plot_add(&plot, "bayesian", SB_PLOT_DASHED, SB_PLOT_RING, SB_STYLE_BAR_SURPLUS);
    sb_plot_series *ex_post =
        sb_plot_add(&plot, "ex-post", SB_PLOT_DOTTED, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER);
    sb_plot_series *surplus =
        sb_plot_add(&plot, "full surplus", SB_PLOT_DOTTED, SB_PLOT_PLUS, SB_STYLE_BAR_SURPLUS);
    for (const sb_sample_measure *at = next_larger(measures, count, NULL); at != NULL;
         at = next_larger(measures, count, at)) {
        add_mean(ball, at, &at->ball);
        add_mean(robust, at, &at->contenders[SB_CONTENDER_ROBUST]);
        add_mean(bayesian, at, &at->contenders[SB_CONTENDER_BAYESIAN]);
        add_mean(ex_post, at, &at->contenders[SB_CONTENDER_EX_POST]);
        sb_plot_point(surplus, (double)at->sample_count, full_surplus);
    }
    fit_decades(&plot);
    sb_plot_fit_y(&plot);
    return plot;
}

sb_plot sb_plot_of_balls(size_t count, const double *losses,
                         const double *const radii[SB_BALL_PROMISE_COUNT])
{
    sb_plot plot;
    sb_plot_init(&plot, "Beliefs for which one mechanism is nearly optimal",
                 "k: how much may be lost", "radius in the 1-norm");
    static const sb_plot_marker markers[] = {SB_PLOT_DISC, SB_PLOT_RING};
    static const sb_style styles[] = {SB_STYLE_BAR_REVENUE, SB_STYLE_BAR_OTHER};
    for (int promise = 0; promise < SB_BALL_PROMISE_COUNT; promise++) {
        sb_plot_series *series =
            sb_plot_add(&plot, sb_ball_promise_name((sb_ball_promise)promise),
                        promise == SB_BALL_TRUTHFUL ? SB_PLOT_SOLID : SB_PLOT_DASHED,
                        markers[promise], styles[promise]);
        double before = 0; /* by loss, ascending */
        for (size_t round = 0; round < count; round++) {
            size_t next = count;
            for (size_t k = 0; k < count; k++) {
                next = losses[k] > before && (next == count || losses[k] < losses[next]) ? k : next;
            }
            if (next < count) {
                sb_plot_point(series, losses[next], radii[promise][next]);
                before = losses[next];
            }
        }
    }
    plot.y.logarithmic = true;
    fit_decades(&plot);
    sb_plot_fit_y(&plot);
    return plot;
}
