/* The answer of sidebet misbelief for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/misbelief.h"
#include "cli/report_number.h"

enum { INDENT = 2, CELL = 14, WIDE_CELL = 18 };

static void add_short(sb_text *text, const fmpq *value)
{
    sb_report_add_cell(text, value);
}

static void add_cell(sb_table *table, const fmpq *value, bool known, bool *rounded)
{
    if (known) {
        sb_table_take(table, sb_report_cell(value, CELL, rounded));
    } else {
        sb_table_add(table, "-");
    }
}

/* ---- the sentence ---- */

typedef struct reply_counts {
    size_t types, truth, misreport, exit;
} reply_counts;

static reply_counts count_replies(const sb_misbelief *misbelief)
{
    reply_counts counts = {0};
    for (size_t agent = 0; agent < misbelief->agent_count; agent++) {
        for (size_t type = 0; type < misbelief->agents[agent].type_count; type++) {
            const sb_reply *reply = &misbelief->agents[agent].replies[type];
            if (!reply->has_belief) {
                continue;
            }
            counts.types++;
            counts.truth += reply->action == SB_ACTION_TRUTH;
            counts.misreport += reply->action == SB_ACTION_MISREPORT;
            counts.exit += reply->action == SB_ACTION_EXIT;
        }
    }
    return counts;
}

char *sb_misbelief_lesson(const sb_misbelief_answer *answer)
{
    const sb_misbelief *misbelief = &answer->misbelief;
    reply_counts counts = count_replies(misbelief);
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "Designed to earn ");
    add_short(&text, &misbelief->designed_revenue);
    sb_text_add(&text, ", the mechanism earns ");
    add_short(&text, &misbelief->revenue);
    sb_text_add(&text, fmpq_sgn(&misbelief->revenue) < 0 ? ", a loss, under the truth"
                                                         : " under the truth");
    if (answer->optimum.status == SB_LP_OPTIMAL) {
        sb_text_add(&text, ", where knowing it would earn ");
        add_short(&text, &answer->optimum.revenue);
    }
    if (misbelief->all_truthful) {
        sb_text_add(&text, "; every type still tells the truth");
    } else {
        sb_text_add_format(&text,
                           "; of %zu types %zu still tell%s the truth, %zu misreport%s and "
                           "%zu stay%s away",
                           counts.types, counts.truth, counts.truth == 1 ? "s" : "",
                           counts.misreport, counts.misreport == 1 ? "s" : "", counts.exit,
                           counts.exit == 1 ? "s" : "");
    }
    return sb_text_take(&text, NULL);
}

/* ---- the parts ---- */

static void add_earnings(sb_text *text, const sb_misbelief_answer *answer, size_t width)
{
    const sb_misbelief *misbelief = &answer->misbelief;
    bool exact = answer->exact;
    sb_text_add(text, "designed revenue ");
    sb_report_add_number(text, &misbelief->designed_revenue, exact);
    sb_text_add_format(text, " (%s)\nrevenue under the truth ",
                       sb_proof_name(exact ? SB_PROOF_EXACT : SB_PROOF_FLOATING));
    sb_report_add_number(text, &misbelief->revenue, exact);
    sb_text_add(text, "\nthe truth's own optimum ");
    if (answer->optimum.status == SB_LP_OPTIMAL) {
        sb_report_add_number(text, &answer->optimum.revenue, exact);
    } else {
        sb_text_add(text, sb_lp_status_name(answer->optimum.status));
    }
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "the frozen mechanism is ");
    sb_text_add(&line, answer->smallest ? "the optimal one with the smallest payments"
                                        : "the vertex where the simplex method stopped");
    sb_text_add(&line, "; its largest payment is ");
    sb_report_add_number(&line, &answer->designed.max_payment, exact);
    text->failed = text->failed || line.failed;
    sb_text_add(text, "\n");
    sb_layout_wrap(text, line.bytes == NULL ? "" : line.bytes, 0, INDENT, width);
    sb_text_add(text, "\n");
    sb_text_clear(&line);
}

static char *describe_action(const sb_agent *agent, const sb_reply *reply)
{
    if (!reply->has_belief) {
        return sb_copy_text("(has probability zero)");
    }
    if (reply->action == SB_ACTION_MISREPORT) {
        return sb_format_text("reports %s", agent->types[reply->report]);
    }
    return sb_copy_text(reply->action == SB_ACTION_TRUTH ? "tells the truth" : "stays away");
}

static void add_replies(sb_text *text, const sb_misbelief_answer *answer)
{
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, 5);
    static const char *const heads[] = {"", "best reply", "its utility", "truth's", "outside"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        sb_table_add(&table, heads[i]);
    }
    for (size_t i = 0; i < answer->misbelief.agent_count; i++) {
        const sb_agent *agent = &answer->belief->agents[i];
        for (size_t type = 0; type < answer->misbelief.agents[i].type_count; type++) {
            const sb_reply *reply = &answer->misbelief.agents[i].replies[type];
            sb_table_take(&table, sb_format_text("%s of type %s", agent->name, agent->types[type]));
            sb_table_take(&table, describe_action(agent, reply));
            add_cell(&table, &reply->utility, reply->has_belief, &rounded);
            add_cell(&table, &reply->truth_utility, reply->has_belief, &rounded);
            add_cell(&table, &reply->outside, true, &rounded);
        }
    }
    sb_text_add(text, "\nWhat each type does, with its true beliefs and the others truthful:\n");
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    sb_text_add(text, rounded ? "  (rounded; --json prints all digits)\n" : "");
}

static void add_radius(sb_text *text, const sb_misbelief_answer *answer, size_t width)
{
    if (!answer->has_radius) {
        return;
    }
    sb_text line;
    sb_text_init(&line);
    if (answer->radius.unlimited) {
        sb_text_add(&line, "safe radius: no belief at all breaks a rule of the mechanism");
    } else {
        sb_text_add(&line, "safe radius ");
        sb_report_add_number(&line, &answer->radius.radius, true);
        char *rule = sb_constraint_describe(answer->belief, &answer->radius.constraint);
        line.failed = line.failed || rule == NULL;
        sb_text_add_format(&line, ": %s breaks a rule, first: %s",
                           fmpq_is_zero(&answer->radius.radius)
                               ? "the smallest error in a belief"
                               : "a belief that is wrong by more in some entry",
                           rule == NULL ? "" : rule);
        free(rule);
    }
    text->failed = text->failed || line.failed;
    sb_text_add(text, "\n");
    sb_layout_wrap(text, line.bytes == NULL ? "" : line.bytes, 0, INDENT, width);
    sb_text_add(text, "\n");
    sb_text_clear(&line);
}

static void add_slacks(sb_text *text, const sb_misbelief_answer *answer)
{
    if (answer->slack_count == 0) {
        return;
    }
    static const char *const heads[] = {"slack",           "optimum",     "cost",
                                        "largest payment", "safe radius", "true revenue"};
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, sizeof heads / sizeof heads[0]);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        sb_table_add(&table, heads[i]);
    }
    for (size_t i = 0; i < answer->slack_count; i++) {
        const sb_slack_point *point = &answer->slacks[i].point;
        bool optimal = point->status == SB_LP_OPTIMAL;
        add_cell(&table, &point->slack, true, &rounded);
        if (optimal) {
            add_cell(&table, &point->objective, true, &rounded);
        } else {
            sb_table_add(&table, sb_lp_status_name(point->status));
        }
        add_cell(&table, &point->cost, optimal, &rounded);
        add_cell(&table, &point->largest_payment, optimal, &rounded);
        if (optimal && point->radius.unlimited) {
            sb_table_add(&table, "unlimited");
        } else {
            add_cell(&table, &point->radius.radius, optimal, &rounded);
        }
        add_cell(&table, &answer->slacks[i].revenue, optimal, &rounded);
    }
    sb_text_add(text, "\nThe best mechanism that gives up slack in every rule:\n");
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    sb_text_add(text, rounded ? "  (rounded; --json prints all digits)\n" : "");
}

static void add_along(sb_text *text, const sb_misbelief_answer *answer)
{
    if (!answer->along_wanted) {
        return;
    }
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, 3);
    sb_table_add(&table, "s");
    sb_table_add(&table, "revenue");
    sb_table_add(&table, "truth's optimum");
    for (size_t i = 0; i < answer->along_count; i++) {
        const sb_along_point *point = &answer->along[i];
        sb_table_take(&table, sb_report_cell(&point->s, WIDE_CELL, &rounded));
        sb_table_take(&table, sb_report_cell(&point->revenue, WIDE_CELL, &rounded));
        add_cell(&table, &point->optimum, point->has_optimum, &rounded);
    }
    sb_text_add(text,
                "\nAs the truth moves from the belief (s = 0) to TRUTH (s = 1) and beyond:\n");
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    sb_text_add(text, rounded ? "  (rounded; --json and --csv print all digits)\n" : "");
}

void sb_report_misbelief(sb_text *text, const void *whole, size_t width)
{
    const sb_misbelief_answer *answer = whole;
    const char *belief = answer->belief->title;
    const char *truth = answer->truth->title;
    sb_text_add_format(text, "belief: %s\ntruth: %s\n", belief[0] == '\0' ? "(no title)" : belief,
                       truth[0] == '\0' ? "(no title)" : truth);
    add_earnings(text, answer, width);
    add_replies(text, answer);
    add_radius(text, answer, width);
    add_slacks(text, answer);
    add_along(text, answer);
    char *lesson = sb_misbelief_lesson(answer);
    text->failed = text->failed || lesson == NULL;
    sb_text_add(text, "\n");
    sb_layout_wrap(text, lesson == NULL ? "" : lesson, 0, 0, width);
    sb_text_add(text, ".\n");
    free(lesson);
}
