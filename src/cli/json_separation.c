/* The answer of sidebet separation as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/report_beliefs.h"
#include "cli/separation.h"

static void write_type(sb_json *json, const sb_agent *agent, const sb_separation *separation,
                       size_t type)
{
    const sb_type_separation *one = &separation->types[type];
    bool known = one->has_belief && !separation->alone && !one->alone;
    bool exact = separation->proof == SB_PROOF_EXACT;
    size_t count = separation->others_count;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "type", agent->types[type]);
    sb_json_value(json, "distance", known ? &one->distance : NULL, exact);
    sb_json_rationals(json, "separating", known ? one->separating : NULL, count, false);
    sb_json_mixture(json, "mixture", agent, known ? one->mixture : NULL, false);
    sb_json_begin_object(json, "exact");
    sb_json_rationals(json, "separating", known && exact ? one->separating : NULL, count, true);
    sb_json_mixture(json, "mixture", agent, known && exact ? one->mixture : NULL, true);
    sb_json_end_object(json);
    sb_json_end_object(json);
}

static void write_agent(sb_json *json, const sb_separation_answer *answer, size_t index)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_separation *separation = &answer->separations[index - answer->first];
    bool known = !separation->alone;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "name", agent->name);
    sb_json_value(json, "gamma", known ? &separation->gamma : NULL,
                  separation->proof == SB_PROOF_EXACT);
    sb_json_string(json, "type", known ? agent->types[separation->type] : NULL);
    sb_json_string(json, "proof", sb_proof_name(separation->proof));
    sb_json_begin_array(json, "types");
    for (size_t type = 0; type < separation->type_count; type++) {
        write_type(json, agent, separation, type);
    }
    sb_json_end_array(json);
    sb_json_others(json, "others", answer->environment, index);
    sb_json_end_object(json);
}

void sb_json_separation(sb_text *text, const sb_separation_answer *answer)
{
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_string(&json, "norm",
                   answer->count > 0 ? sb_norm_name(answer->separations[0].norm) : NULL);
    sb_json_begin_array(&json, "agents");
    for (size_t i = 0; i < answer->count; i++) {
        write_agent(&json, answer, answer->first + i);
    }
    sb_json_end_array(&json);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
