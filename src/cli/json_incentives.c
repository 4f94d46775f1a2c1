/* The answer of sidebet incentives as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/incentives.h"
#include "cli/json_solve.h"
#include "cli/json_writer.h"

static void write_edge(sb_json *json, const sb_incentives_answer *answer,
                       const sb_incentive_graph *graph, const sb_incentive_edge *edge)
{
    const sb_agent *agent = &answer->environment->agents[graph->agent];
    bool exact = answer->solution->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "type", edge->type == SB_NOWHERE ? NULL : agent->types[edge->type]);
    sb_json_string(json, "report", edge->report == SB_NOWHERE ? NULL : agent->types[edge->report]);
    sb_json_bool(json, "stays_away", edge->report == SB_NOWHERE);
    sb_json_count(json, "binding", edge->binding);
    sb_json_count(json, "places", edge->places);
    sb_json_value(json, "slack", &edge->slack, exact);
    sb_json_value(json, "dual", graph->has_duals ? &edge->dual : NULL, exact);
    sb_json_end_object(json);
}

void sb_json_incentives(sb_text *text, const sb_incentives_answer *answer)
{
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "status", sb_solution_status_name(answer->solution));
    sb_json_string(&json, "proof", sb_proof_name(answer->solution->proof));
    sb_json_begin_array(&json, "agents");
    for (size_t k = 0; answer->graphs != NULL && k < answer->count; k++) {
        const sb_incentive_graph *graph = &answer->graphs[k];
        sb_json_begin_object(&json, NULL);
        sb_json_string(&json, "name",
                       sb_environment_player_name(answer->environment, graph->agent));
        sb_json_begin_array(&json, "edges");
        for (size_t edge = 0; edge < graph->edge_count; edge++) {
            write_edge(&json, answer, graph, &graph->edges[edge]);
        }
        sb_json_end_array(&json);
        sb_json_end_object(&json);
    }
    sb_json_end_array(&json);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_rules(&json, answer->environment);
    sb_json_notes(&json, "notes", answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
