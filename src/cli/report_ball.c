/* The answer of sidebet ball for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/ball.h"
#include "cli/report_beliefs.h"
#include "cli/report_number.h"

enum { INDENT = 2, CELL = 12 };

/* ---- one ball ---- */

static void add_radius(sb_text *text, const sb_correlation_ball *ball, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    if (fmpq_cmp_si(&ball->radius, 2) == 0) {
        sb_text_add(&line, "whatever the beliefs are (radius 2), ");
    } else {
        sb_text_add(&line, "for all beliefs within ");
        sb_report_add_cell(&line, &ball->radius);
        sb_text_add_format(&line, " of the prior's in the 1-norm (%s%s), ",
                           sb_proof_name(ball->proof),
                           ball->largest ? "" : "; the largest to six digits");
    }
    sb_text_add(&line, "one mechanism earns at least ");
    sb_report_add_cell(&line, &ball->guaranteed);
    sb_text_add(&line, ball->promise == SB_BALL_TRUTHFUL
                           ? " and every type takes part and tells the truth"
                           : ", whichever bet each type prefers");
    sb_report_add_line(text, &line, INDENT, width);
}

static void add_prices(sb_text *text, const sb_environment *environment,
                       const sb_correlation_ball *ball, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "the item is sold for (bets of spread at most ");
    sb_report_add_short(&line, &ball->spread);
    sb_text_add(&line, ")");
    sb_report_add_line(text, &line, INDENT, width);
    sb_report_add_belief_table(text, environment, 0, ball->mechanism->payments, ball->served,
                               2 * (size_t)INDENT, width);
}

/* "the optimal mechanism of sidebet solve keeps ... within 0; then type 1 ..." */
static void add_kept(sb_text *text, const sb_environment *environment, const char *who,
                     const sb_kept_ball *kept, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "%s keeps that much, and its rules, ", who);
    if (kept->unlimited) {
        sb_text_add(&line, "whatever the beliefs are");
    } else {
        sb_text_add(&line, "within ");
        sb_report_add_cell(&line, &kept->radius);
        char *rule =
            kept->by_revenue ? NULL : sb_constraint_describe(environment, &kept->constraint);
        text->failed = text->failed || (rule == NULL && !kept->by_revenue);
        sb_text_add_format(&line, "; first to go is %s%s",
                           kept->by_revenue ? "the revenue" : "that ", rule == NULL ? "" : rule);
        free(rule);
    }
    sb_report_add_line(text, &line, INDENT, width);
}

static void add_entry(sb_text *text, const sb_ball_answer *answer, const sb_ball_entry *entry,
                      size_t width)
{
    const sb_correlation_ball *ball = &entry->ball;
    sb_text_add_format(text, "\n%s\n",
                       ball->promise == SB_BALL_TRUTHFUL ? "truthful: every rule is kept"
                                                         : "revenue: only what is earned is kept");
    if (!ball->found) {
        sb_text line;
        sb_text_init(&line);
        sb_text_add_format(&line, "no ball: %s", ball->reason);
        sb_report_add_line(text, &line, INDENT, width);
        return;
    }
    add_radius(text, ball, width);
    add_prices(text, answer->environment, ball, width);
    if (entry->has_kept) {
        add_kept(text, answer->environment, "measured rather than guaranteed, it", &entry->kept,
                 width);
    }
}

static void add_one_loss(sb_text *text, const sb_ball_answer *answer, size_t width)
{
    for (size_t i = 0; i < answer->count; i++) {
        add_entry(text, answer, &answer->entries[i], width);
    }
    if (answer->optimum_kept != NULL) {
        sb_text_add(text, "\nthe optimal mechanism that solve finds\n");
        add_kept(text, answer->environment, "it", &answer->optimum_kept[0], width);
    }
}

/* ---- several losses ---- */

static void add_cell(sb_table *table, const fmpq *value, bool known)
{
    if (known) {
        sb_table_take(table, sb_report_cell(value, CELL, NULL));
    } else {
        sb_table_add(table, "-");
    }
}

static void add_table(sb_text *text, const sb_ball_answer *answer, size_t width)
{
    sb_table table;
    sb_table_init(&table, 6);
    static const char *const heads[] = {"within",  "truthful", "measured",
                                        "revenue", "spread",   "optimal"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        sb_table_add(&table, heads[i]);
    }
    for (size_t i = 0; i < answer->losses->count; i++) {
        const sb_ball_entry *truthful = &answer->entries[i * SB_BALL_PROMISE_COUNT];
        const sb_ball_entry *revenue = truthful + 1;
        add_cell(&table, answer->losses->numbers + i, true);
        add_cell(&table, &truthful->ball.radius, truthful->ball.found);
        if (truthful->has_kept && truthful->kept.unlimited) {
            sb_table_add(&table, "all");
        } else {
            add_cell(&table, &truthful->kept.radius, truthful->has_kept);
        }
        add_cell(&table, &revenue->ball.radius, revenue->ball.found);
        add_cell(&table, &truthful->ball.spread, truthful->ball.found);
        if (answer->optimum_kept != NULL && answer->optimum_kept[i].unlimited) {
            sb_table_add(&table, "all");
        } else {
            add_cell(&table, answer->optimum_kept == NULL ? NULL : &answer->optimum_kept[i].radius,
                     answer->optimum_kept != NULL);
        }
    }
    sb_text_add(text, "\n");
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line,
                "(radii in the 1-norm, 2 is all beliefs; truthful, revenue: guaranteed with that "
                "promise; measured: what the truthful ball's mechanism really keeps; spread: of "
                "its bets; optimal: what the optimal mechanism of solve keeps)");
    sb_report_add_line(text, &line, INDENT, width);
    for (size_t i = 0; i < answer->count; i++) {
        const sb_correlation_ball *ball = &answer->entries[i].ball;
        if (!ball->found && i < SB_BALL_PROMISE_COUNT) {
            sb_text_add_format(&line, "%s: %s", sb_ball_promise_name(ball->promise), ball->reason);
            sb_report_add_line(text, &line, INDENT, width);
        }
    }
}

void sb_report_ball(sb_text *text, const void *whole, size_t width)
{
    const sb_ball_answer *answer = whole;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    sb_text_add(text, "full surplus ");
    sb_report_add_number(text, &answer->entries[0].ball.full_surplus, true);
    if (answer->losses->count == 1) {
        sb_text_add(text, "; at most ");
        sb_report_add_cell(text, answer->losses->numbers);
        sb_text_add(text, " may be lost");
    }
    sb_text_add(text, "\n");
    if (answer->losses->count == 1) {
        add_one_loss(text, answer, width);
    } else {
        add_table(text, answer, width);
    }
}
