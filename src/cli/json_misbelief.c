/* The answer of sidebet misbelief as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>
#include <stdlib.h>

#include "cli/json_solve.h"
#include "cli/json_writer.h"
#include "cli/misbelief.h"

static void write_reply(sb_json *json, const sb_agent *agent, size_t type, const sb_reply *reply,
                        bool exact)
{
    bool known = reply->has_belief;
    const char *report = reply->action == SB_ACTION_EXIT ? NULL : agent->types[reply->report];
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "type", agent->types[type]);
    sb_json_string(json, "action", sb_action_name(reply->action));
    sb_json_string(json, "report", report);
    sb_json_value(json, "utility", known ? &reply->utility : NULL, exact);
    sb_json_value(json, "truth_utility", known ? &reply->truth_utility : NULL, exact);
    sb_json_value(json, "outside", &reply->outside, true);
    sb_json_end_object(json);
}

static void write_agents(sb_json *json, const sb_misbelief_answer *answer)
{
    sb_json_begin_array(json, "agents");
    for (size_t i = 0; i < answer->misbelief.agent_count; i++) {
        const sb_agent *agent = &answer->belief->agents[i];
        const sb_misbelief_agent *replies = &answer->misbelief.agents[i];
        sb_json_begin_object(json, NULL);
        sb_json_string(json, "name", agent->name);
        sb_json_begin_array(json, "types");
        for (size_t type = 0; type < replies->type_count; type++) {
            write_reply(json, agent, type, &replies->replies[type], answer->exact);
        }
        sb_json_end_array(json);
        sb_json_end_object(json);
    }
    sb_json_end_array(json);
}

static void write_radius(sb_json *json, const char *key, const sb_environment *environment,
                         const sb_safe_radius *radius)
{
    if (radius == NULL) {
        sb_json_null(json, key);
        return;
    }
    sb_json_begin_object(json, key);
    sb_json_bool(json, "unlimited", radius->unlimited);
    sb_json_value(json, "radius", radius->unlimited ? NULL : &radius->radius, true);
    char *rule =
        radius->unlimited ? NULL : sb_constraint_describe(environment, &radius->constraint);
    json->text.failed = json->text.failed || (!radius->unlimited && rule == NULL);
    sb_json_string(json, "rule", rule);
    free(rule);
    sb_json_begin_array(json, "belief");
    for (size_t i = 0; radius->belief != NULL && i < radius->others_count; i++) {
        sb_json_fraction(json, NULL, radius->belief + i);
    }
    sb_json_end_array(json);
    sb_json_end_object(json);
}

static void write_slack(sb_json *json, const sb_misbelief_answer *answer,
                        const sb_slack_answer *slack)
{
    const sb_slack_point *point = &slack->point;
    bool optimal = point->status == SB_LP_OPTIMAL;
    bool exact = point->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_value(json, "slack", &point->slack, true);
    sb_json_string(json, "status", sb_lp_status_name(point->status));
    sb_json_string(json, "proof", sb_proof_name(point->proof));
    sb_json_value(json, "objective", optimal ? &point->objective : NULL, exact);
    sb_json_value(json, "cost", optimal ? &point->cost : NULL, exact);
    sb_json_value(json, "max_payment", optimal ? &point->largest_payment : NULL, exact);
    write_radius(json, "safe_radius", answer->belief, optimal ? &point->radius : NULL);
    sb_json_value(json, "revenue", optimal ? &slack->revenue : NULL, exact);
    sb_json_end_object(json);
}

static void write_along(sb_json *json, const sb_misbelief_answer *answer)
{
    sb_json_begin_array(json, "along");
    for (size_t i = 0; answer->along_wanted && i < answer->along_count; i++) {
        const sb_along_point *point = &answer->along[i];
        sb_json_begin_object(json, NULL);
        sb_json_value(json, "s", &point->s, true);
        sb_json_value(json, "revenue", &point->revenue, answer->exact);
        sb_json_value(json, "truth_optimum", point->has_optimum ? &point->optimum : NULL,
                      point->exact);
        sb_json_end_object(json);
    }
    sb_json_end_array(json);
}

void sb_json_misbelief(sb_text *text, const void *whole)
{
    const sb_misbelief_answer *answer = whole;
    bool exact = answer->exact;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_value(&json, "designed_revenue", &answer->misbelief.designed_revenue, exact);
    sb_json_value(&json, "revenue", &answer->misbelief.revenue, exact);
    sb_json_value(&json, "truth_optimum",
                  answer->optimum.status == SB_LP_OPTIMAL ? &answer->optimum.revenue : NULL, exact);
    write_agents(&json, answer);
    sb_json_string(&json, "proof", sb_proof_name(exact ? SB_PROOF_EXACT : SB_PROOF_FLOATING));
    sb_json_string(&json, "payments_kind", answer->smallest ? "smallest" : "vertex");
    sb_json_value(&json, "max_payment", &answer->designed.max_payment, exact);
    write_radius(&json, "safe_radius", answer->belief, answer->has_radius ? &answer->radius : NULL);
    sb_json_begin_array(&json, "slacks");
    for (size_t i = 0; i < answer->slack_count; i++) {
        write_slack(&json, answer, &answer->slacks[i]);
    }
    sb_json_end_array(&json);
    write_along(&json, answer);
    sb_json_rules(&json, answer->belief);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
