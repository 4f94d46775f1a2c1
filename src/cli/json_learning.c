/* The answer of sidebet learning as JSON and CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/csv_writer.h"
#include "cli/json_solve.h"
#include "cli/json_writer.h"
#include "cli/learning.h"

static void write_prior(sb_json *json, const sb_near_prior *prior)
{
    bool optimal = prior->status == SB_LP_OPTIMAL;
    bool exact = prior->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_value(json, "lambda", &prior->lambda, true);
    sb_json_value(json, "optimum", optimal ? &prior->optimum : NULL, exact);
    sb_json_bool(json, "extracts", prior->extracts);
    sb_json_value(json, "max_payment", optimal ? &prior->max_payment : NULL, exact);
    sb_json_value(json, "total_variation", &prior->total_variation, true);
    sb_json_double(json, "bhattacharyya_gap", prior->power.gap);
    sb_json_double(json, "divergence", prior->power.divergence);
    sb_json_double(json, "tell_least", (1 + prior->power.least) / 2);
    sb_json_double(json, "tell_most", (1 + prior->power.most) / 2);
    sb_json_double(json, "samples_needed", prior->power.samples_needed);
    sb_json_double(json, "samples_enough", prior->power.samples_enough);
    sb_json_double(json, "log_likelihood", prior->log_likelihood);
    sb_json_double(json, "posterior", prior->posterior);
    sb_json_value(json, "guarantee", prior->has_guarantee ? &prior->guarantee : NULL, true);
    sb_json_double(json, "bound", prior->bound);
    sb_json_string(json, "status", sb_lp_status_name(prior->status));
    sb_json_string(json, "proof", sb_proof_name(prior->proof));
    sb_json_end_object(json);
}

static void write_revenue(sb_json *json, const sb_indistinguishable *near)
{
    sb_json_begin_array(json, "revenue");
    for (size_t i = 0; near->complete && i < near->count; i++) {
        sb_json_begin_array(json, NULL);
        for (size_t j = 0; j < near->count; j++) {
            sb_json_value(json, NULL, near->revenue + i * near->count + j,
                          near->priors[i].proof == SB_PROOF_EXACT);
        }
        sb_json_end_array(json);
    }
    sb_json_end_array(json);
}

void sb_json_learning(sb_text *text, const void *whole)
{
    const sb_learning_answer *answer = whole;
    const sb_indistinguishable *near = &answer->near;
    bool bounded = near->bound_at != SB_NOWHERE;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_value(&json, "full_surplus", &near->full_surplus, true);
    sb_json_count(&json, "samples", near->sample->total);
    sb_json_double(&json, "error", answer->error);
    sb_json_begin_array(&json, "priors");
    for (size_t i = 0; i < near->count; i++) {
        write_prior(&json, &near->priors[i]);
    }
    sb_json_end_array(&json);
    write_revenue(&json, near);
    sb_json_double(&json, "bound", bounded ? near->priors[near->bound_at].bound : (double)NAN);
    sb_json_begin_array(&json, "counts");
    for (size_t k = 0; k < near->sample->type_count * near->sample->signal_count; k++) {
        sb_json_count(&json, NULL, near->sample->counts[k]);
    }
    sb_json_end_array(&json);
    sb_json_rules(&json, answer->environment);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}

void sb_csv_learning(sb_text *text, const void *whole)
{
    static const char *const doubles[] = {"bhattacharyya_gap", "divergence",     "tell_least",
                                          "tell_most",         "samples_needed", "samples_enough",
                                          "log_likelihood",    "posterior"};
    const sb_learning_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    sb_csv_number_name(&csv, "lambda");
    sb_csv_number_name(&csv, "optimum");
    sb_csv_number_name(&csv, "max_payment");
    sb_csv_number_name(&csv, "total_variation");
    for (size_t k = 0; k < sizeof doubles / sizeof doubles[0]; k++) {
        sb_csv_field(&csv, doubles[k]);
    }
    sb_csv_number_name(&csv, "guarantee");
    sb_csv_field(&csv, "bound");
    sb_csv_field(&csv, "proof");
    sb_csv_end_row(&csv);
    for (size_t i = 0; i < answer->near.count; i++) {
        const sb_near_prior *prior = &answer->near.priors[i];
        const sb_test_power *power = &prior->power;
        const double numbers[] = {power->gap,
                                  power->divergence,
                                  (1 + power->least) / 2,
                                  (1 + power->most) / 2,
                                  power->samples_needed,
                                  power->samples_enough,
                                  prior->log_likelihood,
                                  prior->posterior};
        bool optimal = prior->status == SB_LP_OPTIMAL;
        bool exact = prior->proof == SB_PROOF_EXACT;
        sb_csv_number(&csv, &prior->lambda, true);
        sb_csv_number(&csv, optimal ? &prior->optimum : NULL, exact);
        sb_csv_number(&csv, optimal ? &prior->max_payment : NULL, exact);
        sb_csv_number(&csv, &prior->total_variation, true);
        for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
            sb_csv_double(&csv, numbers[k]);
        }
        sb_csv_number(&csv, prior->has_guarantee ? &prior->guarantee : NULL, true);
        sb_csv_double(&csv, prior->bound);
        sb_csv_field(&csv, sb_proof_name(prior->proof));
        sb_csv_end_row(&csv);
    }
    *text = csv.text;
}
