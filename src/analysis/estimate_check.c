/* Estimates: what they cannot be made from, and what they assume.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "analysis/estimate_parts.h"
#include "base/text.h"

/* Beyond these the distributions are points in double precision. */
#define LEAST_ALPHA 1e-6
#define MOST_ALPHA  1e6
/* Enough for 1000 signals and 10000 draws; 80 MB. */
#define MOST_DRAWN 10000000

enum { LEAST_DRAWS = 100, MOST_NAMED = 4, FEW_BEYOND = 10 };

const char *sb_interval_level_name(sb_interval_level level)
{
    static const char *const names[] = {"per-element", "row", "simultaneous"};
    return names[level];
}

const char *sb_interval_method_name(sb_interval_method method)
{
    static const char *const names[] = {"beta", "quantiles"};
    return names[method];
}

static sb_status refuse(sb_error *error, const char *hint, const char *message)
{
    sb_error_set(error, SB_ERROR_USAGE, "%s", message);
    sb_error_set_hint(error, "%s", hint);
    return SB_ERROR_USAGE;
}

static sb_status check_options(const sb_estimate_options *options, size_t signal_count,
                               sb_error *error)
{
    double alpha = options->alpha == NULL ? 1 : sb_rational_to_double(options->alpha);
    if (!(alpha >= LEAST_ALPHA && alpha <= MOST_ALPHA)) {
        return refuse(error, "take 1 for a uniform prior, 1/2 for Jeffreys'",
                      "the concentration alpha must be from 1e-6 to 1e6");
    }
    if (!(options->epsilon > 0 && options->epsilon < 1)) {
        return refuse(error, "take 0.05 for intervals of 95 %",
                      "epsilon must be larger than 0 and smaller than 1");
    }
    if (options->method == SB_INTERVAL_QUANTILES && options->draws < LEAST_DRAWS) {
        return refuse(error, "take 10000, or Beta intervals, which need none",
                      "fewer than 100 draws have no quantiles to speak of");
    }
    if (options->method == SB_INTERVAL_QUANTILES && options->draws > MOST_DRAWN / signal_count) {
        sb_error_set(error, SB_ERROR_LIMIT, "%zu draws of %zu signals are more numbers than %d",
                     options->draws, signal_count, MOST_DRAWN);
        sb_error_set_hint(error, "take fewer draws, or Beta intervals, which need none");
        return SB_ERROR_LIMIT;
    }
    return SB_OK;
}

sb_status sb_estimate_check(const sb_environment *environment, const sb_samples *samples,
                            const sb_estimate_options *options, sb_error *error)
{
    if (environment->agent_count != 1 || !environment->has_signal) {
        return refuse(error, "use an environment with one agent and a signal",
                      "beliefs are estimated for one agent and a signal");
    }
    if (samples != NULL && (samples->type_count != environment->agents[0].type_count ||
                            samples->signal_count != environment->signal_count)) {
        return refuse(error, "begin anew with samples of this environment",
                      "the samples have another shape than the environment");
    }
    return check_options(options, environment->signal_count, error);
}

/* ---- remarks ---- */

/* "'low', 'high' and 3 more" */
static void name_unseen(sb_text *text, const sb_environment *environment, const sb_samples *samples)
{
    size_t named = 0;
    size_t more = 0;
    for (size_t type = 0; type < samples->type_count; type++) {
        if (sb_samples_of_type(samples, type) > 0) {
            continue;
        }
        if (named == MOST_NAMED) {
            more++;
            continue;
        }
        sb_text_add_format(text, "%s'%s'", named > 0 ? ", " : "",
                           sb_environment_label(environment, 0, type));
        named++;
    }
    if (more > 0) {
        sb_text_add_format(text, " and %zu more", more);
    }
}

static void remark_types(const sb_environment *environment, const sb_samples *samples,
                         const char *alpha, sb_estimate *estimate)
{
    sb_text names;
    sb_text_init(&names);
    name_unseen(&names, environment, samples);
    if (estimate->unseen_count > 0 && !names.failed) {
        bool one = estimate->unseen_count == 1;
        sb_notes_add(&estimate->remarks,
                     "no sample has the type%s %s: nothing is known of %s belief%s but alpha = %s, "
                     "so each signal has the mean 1/%zu and a wide interval",
                     one ? "" : "s", names.bytes, one ? "its" : "their", one ? "" : "s", alpha,
                     samples->signal_count);
    }
    sb_text_clear(&names);
}

static void remark_pairs(const sb_samples *samples, const char *alpha, sb_estimate *estimate)
{
    size_t zeros = 0;
    size_t seen = 0;
    for (size_t type = 0; type < samples->type_count; type++) {
        bool is_seen = sb_samples_of_type(samples, type) > 0;
        seen += is_seen ? samples->signal_count : 0;
        for (size_t signal = 0; is_seen && signal < samples->signal_count; signal++) {
            zeros += samples->counts[type * samples->signal_count + signal] == 0;
        }
    }
    if (zeros > 0) {
        sb_notes_add(&estimate->remarks,
                     "%zu of the %zu pairs of the types that were seen have no sample: alpha = %s "
                     "stands in for each, so that its probability is small but not zero",
                     zeros, seen, alpha);
    }
}

void sb_estimate_remark(const sb_environment *environment, const sb_samples *samples,
                        const sb_estimate_options *options, sb_estimate *estimate)
{
    char *alpha = options->alpha == NULL ? NULL : sb_rational_display(options->alpha, 20, NULL);
    const char *shown = alpha == NULL ? "1" : alpha;
    remark_types(environment, samples, shown, estimate);
    remark_pairs(samples, shown, estimate);
    double beyond = (double)options->draws * (1 - estimate->level) / 2;
    if (options->method == SB_INTERVAL_QUANTILES && beyond < FEW_BEYOND) {
        sb_notes_add(&estimate->remarks,
                     "only about %.2g of the %zu draws lie beyond each bound, so the bounds are "
                     "rough: take more draws, or Beta intervals",
                     beyond, options->draws);
    }
    free(alpha);
}
