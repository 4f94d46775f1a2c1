/* The answer of sidebet cap as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/cap.h"
#include "cli/json_solve.h"
#include "cli/json_writer.h"

void sb_json_cap(sb_text *text, const void *whole)
{
    const sb_cap_answer *answer = whole;
    const sb_cap *cap = answer->cap;
    bool exact = cap->proof == SB_PROOF_EXACT;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_begin_array(&json, "breakpoints");
    for (size_t i = 0; i < cap->count; i++) {
        sb_json_begin_object(&json, NULL);
        sb_json_value(&json, "bound", &cap->points[i].bound, exact);
        sb_json_value(&json, "revenue", &cap->points[i].objective, exact);
        sb_json_end_object(&json);
    }
    sb_json_end_array(&json);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_string(&json, "proof", sb_proof_name(cap->proof));
    sb_json_bool(&json, "complete", cap->complete);
    sb_json_bool(&json, "feasible_at_zero", cap->feasible_at_zero);
    sb_json_count(&json, "programs", cap->programs);
    sb_json_rules(&json, answer->environment);
    sb_json_notes(&json, "notes", answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
