/* The misbelief screen in words: the warning, what every type does, how far a belief may be off.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/misbelief_panel.h"
#include "view/number_text.h"

enum {
    sentence_columns = 9,
    most_label = 12,
    action_columns = 12,
    most_number = 12,
    least_number = 6,
};

/* ---- the warning ---- */

typedef struct sb_reply_count {
    size_t types, exits, lies;
} sb_reply_count;

static sb_reply_count count_replies(const sb_misbelief *misbelief)
{
    sb_reply_count count = {0, 0, 0};
    for (size_t i = 0; i < misbelief->agent_count; i++) {
        const sb_misbelief_agent *agent = &misbelief->agents[i];
        for (size_t t = 0; t < agent->type_count; t++) {
            const sb_reply *reply = &agent->replies[t];
            count.types += reply->has_belief;
            count.exits += reply->has_belief && reply->action == SB_ACTION_EXIT;
            count.lies += reply->has_belief && reply->action == SB_ACTION_MISREPORT;
        }
    }
    return count;
}

/* ": 2 of 4 types walk away, 1 lies" */
static void add_reasons(sb_text *text, const sb_reply_count *count)
{
    if (count->exits == 0 && count->lies == 0) {
        sb_text_add(text, ", though every type still tells the truth");
        return;
    }
    sb_text_add(text, ": ");
    if (count->exits > 0) {
        sb_text_add_format(text, "%zu of %zu types %s away", count->exits, count->types,
                           count->exits == 1 ? "walks" : "walk");
    }
    if (count->exits > 0 && count->lies > 0) {
        sb_text_add_format(text, ", %zu %s", count->lies, count->lies == 1 ? "lies" : "lie");
    } else if (count->lies > 0) {
        sb_text_add_format(text, "%zu of %zu types %s", count->lies, count->types,
                           count->lies == 1 ? "lies" : "lie");
    }
}

char *sb_misbelief_sentence(const sb_misbelief *misbelief, bool fractions, bool *bad)
{
    sb_reply_count count = count_replies(misbelief);
    char *designed = sb_number_text(&misbelief->designed_revenue, sentence_columns, fractions);
    fmpq_t size;
    fmpq_init(size);
    fmpq_abs(size, &misbelief->revenue);
    char *now = sb_number_text(size, sentence_columns, fractions);
    fmpq_clear(size);
    const char *earned = now == NULL ? "" : now;
    const char *promised = designed == NULL ? "" : designed;
    sb_text text;
    sb_text_init(&text);
    int order = fmpq_cmp(&misbelief->revenue, &misbelief->designed_revenue);
    *bad = order < 0;
    if (fmpq_sgn(&misbelief->revenue) < 0) {
        sb_text_add_format(&text, "The seller LOSES %s where %s was promised", earned, promised);
        add_reasons(&text, &count);
    } else if (order < 0) {
        sb_text_add_format(&text, "The seller earns %s where %s was promised", earned, promised);
        add_reasons(&text, &count);
    } else if (count.exits == 0 && count.lies == 0) {
        sb_text_add_format(&text, "Every type tells the truth and the seller earns %s%s", earned,
                           order == 0 ? ", as designed" : ", more than designed");
    } else {
        sb_text_add_format(&text, "The seller earns %s, no less than designed", earned);
        add_reasons(&text, &count);
    }
    sb_text_add(&text, ".");
    free(designed);
    free(now);
    return sb_text_take(&text, NULL);
}

/* ---- replies ---- */

static void add_padded(sb_lines *lines, const sb_canvas *canvas, sb_style style, const char *text,
                       int columns)
{
    int width = sb_canvas_text_width(canvas, text);
    sb_lines_add(lines, style, "%s%*s", text == NULL ? "" : text,
                 width < columns ? columns - width : 0, "");
}

static void add_number(sb_lines *lines, sb_style style, const fmpq_t number, int columns,
                       bool fractions)
{
    char *text = sb_number_text(number, columns, fractions);
    sb_lines_add(lines, style, " %*s", columns, text == NULL ? "" : text);
    free(text);
}

/* "reports 2"; a label too long for its column is cut. */
static char *action_text(const sb_environment *truth, size_t agent, const sb_reply *reply)
{
    switch (reply->action) {
    case SB_ACTION_TRUTH:
        return sb_copy_text("truth");
    case SB_ACTION_EXIT:
        return sb_copy_text("walks away");
    case SB_ACTION_MISREPORT:
        return sb_format_text("reports %s", truth->agents[agent].types[reply->report]);
    }
    return NULL;
}

typedef struct sb_reply_columns {
    int label, action, number;
} sb_reply_columns;

static sb_reply_columns share_columns(const sb_canvas *canvas, int width,
                                      const sb_misbelief_panel *panel)
{
    sb_reply_columns columns = {.label = 4, .action = action_columns};
    for (size_t i = 0; i < panel->misbelief->agent_count; i++) {
        const sb_misbelief_agent *agent = &panel->misbelief->agents[i];
        int name = sb_canvas_text_width(canvas, panel->truth->agents[i].name) - 2;
        columns.label = name > columns.label ? name : columns.label;
        for (size_t t = 0; t < agent->type_count; t++) {
            int label = sb_canvas_text_width(canvas, panel->truth->agents[i].types[t]);
            columns.label = label > columns.label ? label : columns.label;
            char *action = action_text(panel->truth, i, &agent->replies[t]);
            int used = sb_canvas_text_width(canvas, action);
            columns.action = used > columns.action ? used : columns.action;
            free(action);
        }
    }
    columns.label = columns.label < most_label ? columns.label : most_label;
    int room = width - 2 - columns.label - 1 - 2 * (1 + least_number);
    columns.action = columns.action < room ? columns.action : room;
    columns.action = columns.action < 10 ? 10 : columns.action;
    columns.number = (width - 2 - columns.label - 1 - columns.action) / 2 - 1;
    columns.number = columns.number < most_number ? columns.number : most_number;
    columns.number = columns.number < least_number ? least_number : columns.number;
    return columns;
}

/* At most columns of a text, as it will be drawn; a cut one says so. */
static void add_cut(sb_lines *lines, const sb_canvas *canvas, sb_style style, const char *text,
                    int columns)
{
    char *part = sb_copy_text(text == NULL ? "" : text);
    bool cut = sb_canvas_text_width(canvas, part) > columns;
    while (cut && part != NULL && sb_canvas_text_width(canvas, part) > columns - 1) {
        size_t length = strlen(part);
        do {
            length--;
        } while (length > 0 && ((unsigned char)part[length] & 0xC0U) == 0x80U);
        part[length] = '\0';
    }
    const char *mark = canvas->ascii ? "~" : "\xE2\x80\xA6";
    char *whole = part == NULL ? NULL : sb_format_text("%s%s", part, cut ? mark : "");
    add_padded(lines, canvas, style, whole, columns);
    free(whole);
    free(part);
}

static void reply_line(sb_lines *lines, const sb_canvas *canvas, const sb_misbelief_panel *panel,
                       const sb_reply_columns *columns, size_t agent, size_t type)
{
    static const char *const marks[] = {"\xE2\x9C\x93", "\xE2\x86\x92", "\xE2\x9C\x97"};
    static const sb_style styles[] = {SB_STYLE_GOOD, SB_STYLE_WARNING, SB_STYLE_BAD};
    const sb_reply *reply = &panel->misbelief->agents[agent].replies[type];
    const char *label = panel->truth->agents[agent].types[type];
    sb_lines_begin(lines);
    if (!reply->has_belief) {
        sb_lines_add(lines, SB_STYLE_DIM, "  ");
        add_cut(lines, canvas, SB_STYLE_DIM, label, columns->label);
        sb_lines_add(lines, SB_STYLE_DIM, " never happens");
        return;
    }
    sb_lines_add(lines, styles[reply->action], "%s ", marks[reply->action]);
    add_cut(lines, canvas, SB_STYLE_NORMAL, label, columns->label);
    char *action = action_text(panel->truth, agent, reply);
    sb_lines_add(lines, SB_STYLE_NORMAL, " ");
    add_cut(lines, canvas, reply->action == SB_ACTION_TRUTH ? SB_STYLE_NORMAL : SB_STYLE_STRONG,
            action, columns->action);
    free(action);
    add_number(lines, SB_STYLE_NORMAL, &reply->utility, columns->number, panel->fractions);
    if (reply->action != SB_ACTION_TRUTH) {
        add_number(lines, fmpq_sgn(&reply->truth_utility) < 0 ? SB_STYLE_NEGATIVE : SB_STYLE_NORMAL,
                   &reply->truth_utility, columns->number, panel->fractions);
    }
}

void sb_misbelief_reply_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                              const sb_misbelief_panel *panel, size_t *first)
{
    sb_reply_columns columns = share_columns(canvas, width, panel);
    *first = 0;
    for (size_t agent = 0; agent < panel->misbelief->agent_count; agent++) {
        if (agent == panel->agent) {
            *first = lines->count;
        }
        sb_lines_begin(lines);
        bool chosen = agent == panel->agent;
        add_cut(lines, canvas, chosen ? SB_STYLE_STRONG : SB_STYLE_DIM,
                panel->truth->agents[agent].name, 2 + columns.label);
        sb_lines_add(lines, SB_STYLE_DIM, " %-*s %*s %*s", columns.action, "does", columns.number,
                     "gets", columns.number, columns.number < 8 ? "truth" : "by truth");
        for (size_t type = 0; type < panel->misbelief->agents[agent].type_count; type++) {
            reply_line(lines, canvas, panel, &columns, agent, type);
        }
    }
}

/* ---- how far off a belief may be ---- */

static void slack_line(sb_lines *lines, const sb_canvas *canvas, int width,
                       const sb_slack_point *point, bool fractions)
{
    char *slack = sb_number_text(&point->slack, sentence_columns, fractions);
    char *sentence = NULL;
    if (point->status != SB_LP_OPTIMAL) {
        sentence = sb_format_text("slack %s: %s", slack == NULL ? "" : slack,
                                  sb_lp_status_name(point->status));
    } else {
        char *radius = point->radius.unlimited
                           ? sb_copy_text("any belief")
                           : sb_number_text(&point->radius.radius, sentence_columns, fractions);
        char *cost = sb_number_text(&point->cost, sentence_columns, fractions);
        char *payment = sb_number_text(&point->largest_payment, sentence_columns, fractions);
        sentence = sb_format_text("slack %s: radius %s, costs %s, payments %s",
                                  slack == NULL ? "" : slack, radius == NULL ? "" : radius,
                                  cost == NULL ? "" : cost, payment == NULL ? "" : payment);
        free(radius);
        free(cost);
        free(payment);
    }
    sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 0, width, sentence == NULL ? "" : sentence);
    free(sentence);
    free(slack);
}

void sb_misbelief_radius_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                               const sb_misbelief_panel *panel)
{
    const sb_safe_radius *radius = panel->radius;
    char *sentence = NULL;
    if (radius == NULL) {
        sentence = sb_copy_text("computing\xE2\x80\xA6");
    } else if (radius->unlimited) {
        sentence = sb_copy_text("no belief breaks a rule of this mechanism");
    } else {
        char *number = sb_number_text(&radius->radius, sentence_columns, panel->fractions);
        char *rule = sb_constraint_describe(panel->truth, &radius->constraint);
        sentence = sb_format_text("\xC2\xB1%s in each belief; first to break: %s",
                                  number == NULL ? "" : number, rule == NULL ? "" : rule);
        free(rule);
        free(number);
    }
    sb_lines_wrap(lines, canvas, radius == NULL ? SB_STYLE_DIM : SB_STYLE_NORMAL, 0, width,
                  sentence == NULL ? "" : sentence);
    free(sentence);
    for (size_t k = 0; k < panel->slack_count; k++) {
        slack_line(lines, canvas, width, &panel->slack[k], panel->fractions);
    }
}
