/* The answer of sidebet sample-size as JSON and CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>
#include <stdio.h>

#include "cli/csv_writer.h"
#include "cli/json_writer.h"
#include "cli/sample_size.h"

static void write_bound(sb_json *json, const sb_sample_size_answer *answer)
{
    const sb_sample_bound *bound = &answer->bound;
    const sb_agent *agent = &answer->environment->agents[0];
    bool exact = bound->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, "bound");
    sb_json_value(json, "gamma", bound->alone ? NULL : &bound->gamma, exact);
    sb_json_string(json, "type", bound->alone ? NULL : agent->types[bound->gamma_type]);
    sb_json_value(json, "value_range", &bound->value_range, true);
    sb_json_count(json, "types", bound->type_count);
    sb_json_count(json, "signals", bound->signal_count);
    sb_json_value(json, "rarest", &bound->rarest, true);
    sb_json_value(json, "radius_by_gamma", &bound->formula_radius, exact);
    sb_json_double(json, "samples_of_each_by_gamma", bound->formula_each);
    sb_json_double(json, "samples_by_gamma", bound->formula_total);
    sb_json_value(json, "spread", bound->found ? &bound->spread : NULL, exact);
    sb_json_value(json, "radius", bound->found ? &bound->radius : NULL, exact);
    sb_json_double(json, "samples_of_each", bound->found ? bound->each : (double)NAN);
    sb_json_double(json, "samples", bound->found ? bound->total : (double)NAN);
    sb_json_bool(json, "halved", bound->halved);
    sb_json_string(json, "reason", bound->found ? NULL : bound->reason);
    sb_json_string(json, "proof", sb_proof_name(bound->proof));
    sb_json_end_object(json);
}

static void write_changes(sb_json *json, const sb_sample_size_answer *answer)
{
    sb_json_begin_array(json, "changes");
    for (size_t k = 0; k < SB_SAMPLE_CHANGES; k++) {
        sb_json_begin_object(json, NULL);
        sb_json_string(json, "what", answer->changes[k].what);
        sb_json_double(json, "samples_by_gamma", answer->changes[k].samples);
        sb_json_end_object(json);
    }
    sb_json_end_array(json);
}

static void write_mean(sb_json *json, const char *key, const sb_sample_mean *mean)
{
    sb_json_begin_object(json, key);
    sb_json_double(json, "mean", mean->mean);
    sb_json_double(json, "standard_error", mean->standard_error);
    sb_json_end_object(json);
}

static void write_measure(sb_json *json, const sb_sample_size_answer *answer,
                          const sb_sample_measure *measure)
{
    sb_json_begin_object(json, NULL);
    sb_json_count(json, "samples", measure->sample_count);
    sb_json_count(json, "repetitions", measure->repetitions);
    write_mean(json, "ball", &measure->ball);
    for (size_t k = 0; k < SB_SAMPLE_CONTENDERS; k++) {
        sb_contender contender = sb_sample_contenders[k];
        const char *name = sb_contender_name(contender);
        write_mean(json, contender == SB_CONTENDER_EX_POST ? "ex_post" : name,
                   &measure->contenders[contender]);
    }
    sb_json_count(json, "kept", measure->kept);
    sb_json_count(json, "ball_found", measure->ball_found);
    sb_json_count(json, "ball_holds", measure->ball_holds);
    write_mean(json, "distance", &measure->distance);
    sb_json_double(json, "bound_distance", sb_sample_bound_distance(answer, measure->sample_count));
    sb_json_end_object(json);
}

void sb_json_sample_size(sb_text *text, const void *whole)
{
    const sb_sample_size_answer *answer = whole;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_value(&json, "full_surplus", &answer->full_surplus, true);
    sb_json_value(&json, "within", &answer->bound.loss, true);
    sb_json_double(&json, "epsilon", answer->bound.epsilon);
    write_bound(&json, answer);
    write_changes(&json, answer);
    sb_json_begin_array(&json, "measured");
    for (size_t i = 0; i < answer->measure_count; i++) {
        write_measure(&json, answer, &answer->measures[i]);
    }
    sb_json_end_array(&json);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}

static void add_count(sb_csv *csv, size_t count)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    sb_csv_field(csv, text);
}

void sb_csv_sample_size(sb_text *text, const void *whole)
{
    static const char *const heads[] = {
        "samples",        "repetitions", "ball",         "ball_error", "bayesian",
        "bayesian_error", "robust",      "robust_error", "ex_post",    "ex_post_error",
        "kept",           "ball_found",  "ball_holds",   "distance",   "bound_distance"};
    const sb_sample_size_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++) {
        sb_csv_field(&csv, heads[k]);
    }
    sb_csv_end_row(&csv);
    for (size_t i = 0; i < answer->measure_count; i++) {
        const sb_sample_measure *measure = &answer->measures[i];
        add_count(&csv, measure->sample_count);
        add_count(&csv, measure->repetitions);
        sb_csv_double(&csv, measure->ball.mean);
        sb_csv_double(&csv, measure->ball.standard_error);
        for (size_t k = 0; k < SB_SAMPLE_CONTENDERS; k++) {
            sb_csv_double(&csv, measure->contenders[sb_sample_contenders[k]].mean);
            sb_csv_double(&csv, measure->contenders[sb_sample_contenders[k]].standard_error);
        }
        add_count(&csv, measure->kept);
        add_count(&csv, measure->ball_found);
        add_count(&csv, measure->ball_holds);
        sb_csv_double(&csv, measure->distance.mean);
        sb_csv_double(&csv, sb_sample_bound_distance(answer, measure->sample_count));
        sb_csv_end_row(&csv);
    }
    *text = csv.text;
}
