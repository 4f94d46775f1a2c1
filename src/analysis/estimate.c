/* From samples to beliefs: posterior means and intervals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Means are exact fractions of counts and alpha. Bounds come from quantiles in double precision and
 * are moved outwards by more than the quantiles' error before they are rounded to short decimals.
 */
#include "sidebet/estimate.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/estimate_parts.h"
#include "base/memory.h"

#define DECIMALS_OF_BOUNDS 12

void sb_estimate_init(sb_estimate *estimate)
{
    *estimate = (sb_estimate){0};
    sb_notes_init(&estimate->remarks);
}

void sb_estimate_clear(sb_estimate *estimate)
{
    size_t pairs = estimate->type_count * estimate->signal_count;
    sb_rationals_free(estimate->joint, pairs);
    sb_rationals_free(estimate->mean, pairs);
    sb_rationals_free(estimate->lower, pairs);
    sb_rationals_free(estimate->upper, pairs);
    sb_notes_clear(&estimate->remarks);
    sb_estimate_init(estimate);
}

static bool allocate(sb_estimate *estimate, const sb_samples *samples)
{
    sb_estimate_clear(estimate);
    estimate->type_count = samples->type_count;
    estimate->signal_count = samples->signal_count;
    size_t pairs = samples->type_count * samples->signal_count;
    estimate->joint = sb_rationals_new(pairs);
    estimate->mean = sb_rationals_new(pairs);
    estimate->lower = sb_rationals_new(pairs);
    estimate->upper = sb_rationals_new(pairs);
    return estimate->joint != NULL && estimate->mean != NULL && estimate->lower != NULL &&
           estimate->upper != NULL;
}

/* ---- means ---- */

/* alpha + count over the sum of as many such terms as `terms` with `total` samples. */
static void posterior_mean(fmpq_t mean, const fmpq_t alpha, size_t count, size_t terms,
                           size_t total)
{
    fmpq_t sum;
    fmpq_init(sum);
    fmpq_set_ui(sum, terms, 1);
    fmpq_mul(sum, sum, alpha);
    fmpq_set_ui(mean, total, 1);
    fmpq_add(sum, sum, mean);
    fmpq_set_ui(mean, count, 1);
    fmpq_add(mean, mean, alpha);
    fmpq_div(mean, mean, sum);
    fmpq_clear(sum);
}

static void fill_means(sb_estimate *estimate, const sb_samples *samples, const fmpq_t alpha)
{
    size_t signals = samples->signal_count;
    size_t pairs = samples->type_count * signals;
    for (size_t type = 0; type < samples->type_count; type++) {
        const size_t *row = samples->counts + type * signals;
        size_t total = sb_samples_of_type(samples, type);
        estimate->unseen_count += total == 0;
        for (size_t signal = 0; signal < signals; signal++) {
            size_t pair = type * signals + signal;
            posterior_mean(estimate->mean + pair, alpha, row[signal], signals, total);
            posterior_mean(estimate->joint + pair, alpha, row[signal], pairs, samples->total);
        }
    }
}

/* ---- intervals ---- */

/* The probability outside an element's interval. */
static double outside_probability(const sb_estimate *estimate, const sb_estimate_options *options)
{
    switch (options->level) {
    case SB_LEVEL_ROW:
        return options->epsilon / (double)estimate->signal_count;
    case SB_LEVEL_SIMULTANEOUS:
        return options->epsilon / (double)estimate->type_count / (double)estimate->signal_count;
    default:
        return options->epsilon;
    }
}

/* number to 12 decimals, up or down, within [0, 1]. */
static void round_bound(fmpq_t bound, double number, bool up)
{
    fmpz_t scale;
    fmpz_init(scale);
    fmpz_set_ui(scale, 10);
    fmpz_pow_ui(scale, scale, DECIMALS_OF_BOUNDS);
    sb_rational_from_double(bound, fmin(fmax(number, 0), 1));
    fmpq_mul_fmpz(bound, bound, scale);
    if (up) {
        fmpz_cdiv_q(fmpq_numref(bound), fmpq_numref(bound), fmpq_denref(bound));
    } else {
        fmpz_fdiv_q(fmpq_numref(bound), fmpq_numref(bound), fmpq_denref(bound));
    }
    fmpz_one(fmpq_denref(bound));
    fmpq_div_fmpz(bound, bound, scale);
    fmpz_clear(scale);
}

/* The mean of a skew distribution may lie outside its central interval. */
static void hold_mean(fmpq_t lower, fmpq_t upper, const fmpq_t mean)
{
    if (fmpq_cmp(lower, mean) > 0) {
        round_bound(lower, sb_rational_to_double(mean) - SB_BETA_QUANTILE_ERROR, false);
    }
    if (fmpq_cmp(upper, mean) < 0) {
        round_bound(upper, sb_rational_to_double(mean) + SB_BETA_QUANTILE_ERROR, true);
    }
}

typedef struct row_of_intervals {
    const size_t *counts;
    size_t count, total; /* signals, samples */
    double alpha, tail;
    double *concentrations, *lower, *upper;
} row_of_intervals;

/* The rest is added up from whole numbers: as a difference of concentrations it would lose a small
 * alpha beside large counts. */
static void beta_quantiles_of(row_of_intervals *row, size_t i)
{
    double own = row->alpha + (double)row->counts[i];
    double rest = row->alpha * (double)(row->count - 1) + (double)(row->total - row->counts[i]);
    row->lower[i] = sb_beta_quantile(own, rest, row->tail) - SB_BETA_QUANTILE_ERROR;
    row->upper[i] = 1 - sb_beta_quantile(rest, own, row->tail) + SB_BETA_QUANTILE_ERROR;
}

/* Equal counts of a row have equal bounds, and in a large table most counts are small. */
static void beta_quantiles(row_of_intervals *row)
{
    enum { SMALL = 16 };
    size_t first[SMALL]; /* where in the row a small count came first */
    for (size_t count = 0; count < SMALL; count++) {
        first[count] = row->count;
    }
    for (size_t i = 0; i < row->count; i++) {
        size_t count = row->counts[i];
        if (count < SMALL && first[count] < i) {
            row->lower[i] = row->lower[first[count]];
            row->upper[i] = row->upper[first[count]];
            continue;
        }
        beta_quantiles_of(row, i);
        if (count < SMALL) {
            first[count] = i;
        }
    }
}

static sb_status row_quantiles(row_of_intervals *row, size_t type,
                               const sb_estimate_options *options, sb_error *error)
{
    if (options->method == SB_INTERVAL_BETA) {
        beta_quantiles(row);
        return SB_OK;
    }
    const uint64_t coordinate = type;
    sb_random_stream stream;
    sb_random_stream_init(&stream, options->seed, &coordinate, 1);
    for (size_t i = 0; i < row->count; i++) {
        row->concentrations[i] = row->alpha + (double)row->counts[i];
    }
    return sb_dirichlet_quantiles(row->concentrations, row->count, options->draws, row->tail,
                                  &stream, row->lower, row->upper, error);
}

static sb_status fill_rows(sb_estimate *estimate, const sb_samples *samples, row_of_intervals *row,
                           const sb_estimate_options *options, sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t type = 0; type < samples->type_count && status == SB_OK; type++) {
        row->counts = samples->counts + type * row->count;
        row->total = sb_samples_of_type(samples, type);
        status = row_quantiles(row, type, options, error);
        for (size_t signal = 0; signal < row->count && status == SB_OK; signal++) {
            size_t pair = type * row->count + signal;
            round_bound(estimate->lower + pair, row->lower[signal], false);
            round_bound(estimate->upper + pair, row->upper[signal], true);
            hold_mean(estimate->lower + pair, estimate->upper + pair, estimate->mean + pair);
        }
    }
    return status;
}

static sb_status fill_intervals(sb_estimate *estimate, const sb_samples *samples, double alpha,
                                const sb_estimate_options *options, sb_error *error)
{
    size_t signals = samples->signal_count;
    double outside = outside_probability(estimate, options);
    estimate->level = 1 - outside;
    if (signals == 1) { /* a belief over one signal is certain */
        for (size_t type = 0; type < samples->type_count; type++) {
            fmpq_one(estimate->lower + type);
            fmpq_one(estimate->upper + type);
        }
        return SB_OK;
    }
    row_of_intervals row = {
        .count = signals,
        .alpha = alpha,
        .tail = outside / 2,
        .concentrations = sb_allocate(signals, sizeof *row.concentrations),
        .lower = sb_allocate(signals, sizeof *row.lower),
        .upper = sb_allocate(signals, sizeof *row.upper),
    };
    sb_status status = row.concentrations == NULL || row.lower == NULL || row.upper == NULL
                           ? sb_out_of_memory(error)
                           : fill_rows(estimate, samples, &row, options, error);
    free(row.concentrations);
    free(row.lower);
    free(row.upper);
    return status;
}

/* ---- the estimate ---- */

sb_status sb_estimate_from_samples(const sb_environment *environment, const sb_samples *samples,
                                   const sb_estimate_options *options, sb_estimate *estimate,
                                   sb_error *error)
{
    sb_estimate_options initial = SB_ESTIMATE_OPTIONS_DEFAULT;
    options = options == NULL ? &initial : options;
    sb_status status = sb_estimate_check(environment, samples, options, error);
    if (status != SB_OK) {
        return status;
    }
    if (!allocate(estimate, samples)) {
        sb_estimate_clear(estimate);
        return sb_out_of_memory(error);
    }
    fmpq_t alpha;
    fmpq_init(alpha);
    fmpq_one(alpha);
    if (options->alpha != NULL) {
        fmpq_set(alpha, options->alpha);
    }
    fill_means(estimate, samples, alpha);
    status = fill_intervals(estimate, samples, sb_rational_to_double(alpha), options, error);
    fmpq_clear(alpha);
    if (status == SB_OK) {
        sb_estimate_remark(environment, samples, options, estimate);
    } else {
        sb_estimate_clear(estimate);
    }
    return status;
}

sb_status sb_estimate_environment(const sb_environment *environment, const sb_estimate *estimate,
                                  sb_environment **estimated, sb_error *error)
{
    *estimated = NULL;
    sb_environment *copy = sb_environment_copy(environment);
    if (copy == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = sb_environment_set_weights(copy, estimate->joint, error);
    if (status == SB_OK) {
        status =
            sb_set_description_tables(&copy->robust, estimate->type_count, estimate->signal_count,
                                      estimate->lower, estimate->upper, error);
    }
    if (status != SB_OK) {
        sb_environment_free(copy);
        return status;
    }
    *estimated = copy;
    return SB_OK;
}

sb_status sb_estimate_set(const sb_environment *estimated, const sb_estimate *estimate,
                          sb_consistent_set *set, sb_error *error)
{
    return sb_consistent_set_tables(set, estimated, estimate->lower, estimate->upper, error);
}
