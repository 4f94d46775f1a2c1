/* The answer of sidebet sweep as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/json_solve.h"
#include "cli/json_writer.h"
#include "cli/sweep.h"

static void write_point(sb_json *json, const sb_sweep_point *point)
{
    bool optimal = point->status == SB_LP_OPTIMAL;
    bool exact = point->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_number(json, "lambda", &point->lambda);
    sb_json_value(json, "revenue", optimal ? &point->revenue : NULL, exact);
    sb_json_value(json, "full_surplus", &point->full_surplus, true);
    sb_json_value(json, "ex_post", point->has_ex_post ? &point->ex_post : NULL, exact);
    sb_json_value(json, "smallest_max_payment",
                  point->has_smallest_payment ? &point->smallest_payment : NULL, exact);
    sb_json_value(json, "vertex_max_payment", optimal ? &point->vertex_payment : NULL, exact);
    sb_json_double(json, "smallest_singular_value", point->smallest_singular_value);
    sb_json_string(json, "proof", sb_proof_name(point->proof));
    sb_json_string(json, "status", sb_lp_status_name(point->status));
    sb_json_fraction(json, "lambda_exact", &point->lambda);
    sb_json_end_object(json);
}

void sb_json_sweep(sb_text *text, const void *whole)
{
    const sb_sweep_answer *answer = whole;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_begin_array(&json, "points");
    for (size_t i = 0; i < answer->sweep->count; i++) {
        write_point(&json, &answer->sweep->points[i]);
    }
    sb_json_end_array(&json);
    sb_json_string(&json, "title", answer->environment->title);
    double exponent;
    sb_json_double(&json, "payment_growth",
                   sb_sweep_growth(answer->sweep, &exponent) ? exponent : (double)NAN);
    sb_json_rules(&json, answer->environment);
    sb_json_notes(&json, "notes", answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
