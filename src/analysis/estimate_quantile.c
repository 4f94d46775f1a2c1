/* Quantiles of Beta distributions, and of draws of Dirichlet ones.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The incomplete beta function is GSL's where one of the two parameters is moderate. Where both are
 * large GSL loses digits (3e-9 of the probability at a million, and its continued fraction gives up
 * later), while the density is then a smooth bell: its integral by Gauss and Legendre's rule, with
 * the density written so that nothing cancels, is right to the last digits at any size.
 *
 * The quantile is found by Newton's method on log P against log x. That curve is increasing and
 * concave, so the method converges from anywhere, also where the distribution piles up at 0; a
 * bracket guards it against rounding.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "analysis/estimate_parts.h"
#include "base/memory.h"

/* ---- Beta ---- */

#define BOTH_LARGE 1e4 /* above it the density is smooth enough to integrate */
#define FAR_OUT    12  /* standard deviations: nothing of a bell is left beyond */
enum { NODES = 64 };   /* of which GSL has a table */

typedef struct bell {
    double a, b, mean, deviation, height;
} bell;

static bell bell_of(double a, double b)
{
    double sum = a + b;
    bell shape = {.a = a, .b = b, .mean = a / sum};
    shape.deviation = sqrt(shape.mean * (b / sum) / (sum + 1));
    shape.height = sqrt(a * (b / sum) / (2 * M_PI)) * gsl_sf_gammastar(sum) /
                   (gsl_sf_gammastar(a) * gsl_sf_gammastar(b));
    return shape;
}

/* x^a (1-x)^b relative to its value at the mean: each factor's linear part cancels the other's, so
 * that only log(1 + u) - u is left of both. */
static double bell_density(double x, void *context)
{
    const bell *shape = context;
    double u = (x - shape->mean) / shape->mean;
    double v = (shape->mean - x) / (shape->b / (shape->a + shape->b));
    double exponent = shape->a * gsl_sf_log_1plusx_mx(u) + shape->b * gsl_sf_log_1plusx_mx(v);
    return shape->height * exp(exponent) / (x * (1 - x));
}

static double bell_integral(bell *shape, double from, double to)
{
    gsl_integration_glfixed_table *rule = gsl_integration_glfixed_table_alloc(NODES);
    if (rule == NULL) {
        return (double)NAN;
    }
    gsl_function density = {bell_density, shape};
    double integral = gsl_integration_glfixed(&density, from, to, rule);
    gsl_integration_glfixed_table_free(rule);
    return integral;
}

static double probability_below(double a, double b, double x)
{
    if (a <= BOTH_LARGE || b <= BOTH_LARGE) {
        return gsl_cdf_beta_P(x, a, b);
    }
    bell shape = bell_of(a, b);
    double reach = FAR_OUT * shape.deviation;
    if (x < shape.mean - 2 * reach || x > shape.mean + 2 * reach) {
        return x < shape.mean ? 0 : 1;
    }
    return x < shape.mean ? bell_integral(&shape, x - reach, x)
                          : 1 - bell_integral(&shape, x, x + reach);
}

static double density_at(double a, double b, double x)
{
    if (a <= BOTH_LARGE || b <= BOTH_LARGE) {
        return gsl_ran_beta_pdf(x, a, b);
    }
    bell shape = bell_of(a, b);
    return bell_density(x, &shape);
}

double sb_beta_quantile(double a, double b, double tail)
{
    enum { MOST_STEPS = 100 };
    const double enough = 1e-15;
    double low = 0;
    double high = 1;
    double mean = a / (a + b);
    double deviation = sqrt(mean * (b / (a + b)) / (a + b + 1));
    double x = mean * exp(gsl_cdf_ugaussian_Pinv(tail) * deviation / mean);
    for (int step = 0; step < MOST_STEPS && high - low > enough; step++) {
        double below = probability_below(a, b, x);
        *(below < tail ? &low : &high) = x;
        double slope = x * density_at(a, b, x) / below;
        double next = x * exp(log(tail / below) / slope);
        if (!(next > low && next < high)) {
            next = low + (high - low) / 2;
        }
        double moved = fabs(next - x);
        x = next;
        if (moved <= enough) {
            break;
        }
    }
    return x;
}

/* ---- Dirichlet ---- */

/* GSL's generators draw from a gsl_rng: one whose state is a random stream of ours, so that draws
 * are the same whatever generator GSL would choose by itself. */
static unsigned long stream_get(void *state)
{
    return (unsigned long)sb_random_stream_next(state);
}

static double stream_get_double(void *state)
{
    return sb_random_stream_uniform(state);
}

/* The stream is started before it is wrapped. */
static void stream_set(void *state, unsigned long seed)
{
    (void)state;
    (void)seed;
}

static const gsl_rng_type stream_type = {
    .name = "sidebet",
    .max = ULONG_MAX,
    .min = 0,
    .size = sizeof(sb_random_stream),
    .set = stream_set,
    .get = stream_get,
    .get_double = stream_get_double,
};

sb_status sb_dirichlet_quantiles(const double *concentrations, size_t count, size_t draws,
                                 double tail, sb_random_stream *stream, double *lower,
                                 double *upper, sb_error *error)
{
    double *draw = sb_allocate(count, sizeof *draw);
    double *columns = sb_allocate(count * draws, sizeof *columns);
    if (draw == NULL || columns == NULL) {
        free(draw);
        free(columns);
        return sb_out_of_memory(error);
    }
    const gsl_rng generator = {&stream_type, stream};
    for (size_t i = 0; i < draws; i++) {
        gsl_ran_dirichlet(&generator, count, concentrations, draw);
        for (size_t entry = 0; entry < count; entry++) {
            columns[entry * draws + i] = draw[entry];
        }
    }
    for (size_t entry = 0; entry < count; entry++) {
        double *column = columns + entry * draws;
        gsl_sort(column, 1, draws);
        lower[entry] = gsl_stats_quantile_from_sorted_data(column, 1, draws, tail);
        upper[entry] = gsl_stats_quantile_from_sorted_data(column, 1, draws, 1 - tail);
    }
    free(columns);
    free(draw);
    return SB_OK;
}
