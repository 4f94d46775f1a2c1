/* The answer of sidebet estimate as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/estimate.h"
#include "cli/json_writer.h"

static void write_pair(sb_json *json, const sb_estimate_answer *answer, size_t type, size_t signal)
{
    const sb_estimate *estimate = &answer->estimate;
    size_t pair = type * estimate->signal_count + signal;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "signal", sb_environment_label(answer->environment, 1, signal));
    sb_json_count(json, "count", answer->samples->counts[pair]);
    sb_json_value(json, "joint", estimate->joint + pair, true);
    sb_json_value(json, "mean", estimate->mean + pair, true);
    sb_json_value(json, "lower", estimate->lower + pair, true);
    sb_json_value(json, "upper", estimate->upper + pair, true);
    sb_json_end_object(json);
}

static void write_types(sb_json *json, const sb_estimate_answer *answer)
{
    fmpq_t marginal;
    fmpq_init(marginal);
    sb_json_begin_array(json, "types");
    for (size_t type = 0; type < answer->estimate.type_count; type++) {
        size_t signals = answer->estimate.signal_count;
        sb_rationals_sum(marginal, answer->estimate.joint + type * signals, signals);
        sb_json_begin_object(json, NULL);
        sb_json_string(json, "type", sb_environment_label(answer->environment, 0, type));
        sb_json_count(json, "count", sb_samples_of_type(answer->samples, type));
        sb_json_value(json, "marginal", marginal, true);
        sb_json_begin_array(json, "signals");
        for (size_t signal = 0; signal < signals; signal++) {
            write_pair(json, answer, type, signal);
        }
        sb_json_end_array(json);
        sb_json_end_object(json);
    }
    sb_json_end_array(json);
    fmpq_clear(marginal);
}

static void write_coverage(sb_json *json, const sb_estimate_answer *answer)
{
    const sb_coverage *coverage = &answer->coverage;
    if (coverage->repetitions == 0) {
        sb_json_null(json, "coverage");
        return;
    }
    sb_json_begin_object(json, "coverage");
    sb_json_count(json, "repetitions", coverage->repetitions);
    sb_json_count(json, "samples", answer->coverage_samples);
    sb_json_double(json, "element", coverage->element);
    sb_json_double(json, "row", coverage->row);
    sb_json_double(json, "table", coverage->table);
    sb_json_end_object(json);
}

void sb_json_estimate(sb_text *text, const void *whole)
{
    const sb_estimate_answer *answer = whole;
    const sb_estimate_options *options = &answer->options;
    bool drawn = options->method == SB_INTERVAL_QUANTILES;
    bool estimated = answer->samples != NULL;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_value(&json, "alpha", options->alpha, true);
    sb_json_double(&json, "epsilon", options->epsilon);
    sb_json_string(&json, "level", sb_interval_level_name(options->level));
    sb_json_string(&json, "intervals", sb_interval_method_name(options->method));
    if (drawn) {
        sb_json_count(&json, "draws", options->draws);
    } else {
        sb_json_null(&json, "draws");
    }
    sb_json_count(&json, "seed", options->seed);
    if (estimated) {
        sb_json_count(&json, "samples", answer->samples->total);
        sb_json_double(&json, "element_level", answer->estimate.level);
        sb_json_count(&json, "unseen", answer->estimate.unseen_count);
        write_types(&json, answer);
    } else {
        sb_json_null(&json, "samples");
        sb_json_null(&json, "element_level");
        sb_json_null(&json, "unseen");
        sb_json_null(&json, "types");
    }
    sb_json_notes(&json, "remarks", &answer->estimate.remarks);
    write_coverage(&json, answer);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
