/* sidebet misbelief as CSV: the curve along the way, what slack costs, or the replies.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/csv_writer.h"
#include "cli/misbelief.h"

static void write_along(sb_csv *csv, const sb_misbelief_answer *answer)
{
    sb_csv_number_name(csv, "s");
    sb_csv_number_name(csv, "revenue");
    sb_csv_number_name(csv, "truth_optimum");
    sb_csv_end_row(csv);
    for (size_t i = 0; i < answer->along_count; i++) {
        const sb_along_point *point = &answer->along[i];
        sb_csv_number(csv, &point->s, true);
        sb_csv_number(csv, &point->revenue, answer->exact);
        sb_csv_number(csv, point->has_optimum ? &point->optimum : NULL, point->exact);
        sb_csv_end_row(csv);
    }
}

static void write_slacks(sb_csv *csv, const sb_misbelief_answer *answer)
{
    static const char *const numbers[] = {"slack",       "objective",   "cost",
                                          "max_payment", "safe_radius", "revenue"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sb_csv_number_name(csv, numbers[i]);
    }
    sb_csv_field(csv, "status");
    sb_csv_field(csv, "proof");
    sb_csv_end_row(csv);
    for (size_t i = 0; i < answer->slack_count; i++) {
        const sb_slack_point *point = &answer->slacks[i].point;
        bool optimal = point->status == SB_LP_OPTIMAL;
        bool exact = point->proof == SB_PROOF_EXACT;
        sb_csv_number(csv, &point->slack, true);
        sb_csv_number(csv, optimal ? &point->objective : NULL, exact);
        sb_csv_number(csv, optimal ? &point->cost : NULL, exact);
        sb_csv_number(csv, optimal ? &point->largest_payment : NULL, exact);
        sb_csv_number(csv, optimal && !point->radius.unlimited ? &point->radius.radius : NULL,
                      exact);
        sb_csv_number(csv, optimal ? &answer->slacks[i].revenue : NULL, exact);
        sb_csv_field(csv, sb_lp_status_name(point->status));
        sb_csv_field(csv, sb_proof_name(point->proof));
        sb_csv_end_row(csv);
    }
}

static void write_replies(sb_csv *csv, const sb_misbelief_answer *answer)
{
    static const char *const words[] = {"agent", "type", "action", "report"};
    static const char *const numbers[] = {"utility", "truth_utility", "outside"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        sb_csv_field(csv, words[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sb_csv_number_name(csv, numbers[i]);
    }
    sb_csv_end_row(csv);
    for (size_t i = 0; i < answer->misbelief.agent_count; i++) {
        const sb_agent *agent = &answer->belief->agents[i];
        for (size_t type = 0; type < answer->misbelief.agents[i].type_count; type++) {
            const sb_reply *reply = &answer->misbelief.agents[i].replies[type];
            sb_csv_field(csv, agent->name);
            sb_csv_field(csv, agent->types[type]);
            sb_csv_field(csv, sb_action_name(reply->action));
            sb_csv_field(csv, reply->action == SB_ACTION_EXIT ? NULL : agent->types[reply->report]);
            sb_csv_number(csv, reply->has_belief ? &reply->utility : NULL, answer->exact);
            sb_csv_number(csv, reply->has_belief ? &reply->truth_utility : NULL, answer->exact);
            sb_csv_number(csv, &reply->outside, true);
            sb_csv_end_row(csv);
        }
    }
}

void sb_csv_misbelief(sb_text *text, const void *whole)
{
    const sb_misbelief_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    if (answer->slack_count > 0) {
        write_slacks(&csv, answer);
    } else if (answer->along_wanted) {
        write_along(&csv, answer);
    } else {
        write_replies(&csv, answer);
    }
    *text = csv.text;
}
