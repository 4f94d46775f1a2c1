/* The answer of sidebet cap for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "cli/cap.h"
#include "cli/layout.h"
#include "cli/report_number.h"

enum { INDENT = 2, CELL = 24, SHORT_CELL = 12 };

static const char *objective_name(const sb_environment *environment)
{
    int objective = environment->rules.choice[SB_RULE_OBJECTIVE];
    return sb_rule_describe(SB_RULE_OBJECTIVE)->choices[objective].name;
}

static void add_short(sb_text *text, const fmpq *value)
{
    char *cell = sb_report_cell(value, SHORT_CELL, NULL);
    text->failed = text->failed || cell == NULL;
    sb_text_add(text, cell == NULL ? "" : cell);
    free(cell);
}

/* The smallest bound that leaves half of what payments add over none: how far most of the money is.
 */
static bool half_way(fmpq_t bound, const sb_cap *cap)
{
    const sb_cap_point *first = &cap->points[0];
    const sb_cap_point *last = &cap->points[cap->count - 1];
    fmpq_t half;
    fmpq_init(half);
    fmpq_add(half, &first->objective, &last->objective);
    fmpq_div_2exp(half, half, 1);
    bool found = false;
    for (size_t i = 1; i < cap->count && !found; i++) {
        const sb_cap_point *from = &cap->points[i - 1];
        const sb_cap_point *to = &cap->points[i];
        if (fmpq_cmp(&to->objective, half) < 0 || fmpq_equal(&to->objective, &from->objective)) {
            continue;
        }
        fmpq_t rise;
        fmpq_init(rise);
        fmpq_sub(rise, &to->objective, &from->objective);
        fmpq_sub(bound, half, &from->objective);
        fmpq_div(bound, bound, rise);
        fmpq_sub(rise, &to->bound, &from->bound);
        fmpq_mul(bound, bound, rise);
        fmpq_add(bound, bound, &from->bound);
        fmpq_clear(rise);
        found = true;
    }
    fmpq_clear(half);
    return found;
}

char *sb_cap_lesson(const sb_cap_answer *answer)
{
    const sb_cap *cap = answer->cap;
    const char *name = objective_name(answer->environment);
    sb_text text;
    sb_text_init(&text);
    if (cap->count == 0) {
        sb_text_add(&text, "No bound on payments leaves a mechanism that obeys the rules");
        return sb_text_take(&text, NULL);
    }
    const sb_cap_point *last = &cap->points[cap->count - 1];
    sb_text_add_format(&text, cap->complete ? "The best %s, " : "With payments up to B %s is ",
                       name);
    add_short(&text, &last->objective);
    sb_text_add(&text, cap->complete ? ", needs payments up to B = " : " at B = ");
    add_short(&text, &last->bound);
    if (cap->complete && cap->count > 1) {
        fmpq_t bound;
        fmpq_init(bound);
        const sb_cap_point *before = &cap->points[cap->count - 2];
        if (half_way(bound, cap)) {
            sb_text_add(&text, "; half of what payments add to ");
            add_short(&text, &cap->points[0].objective);
            sb_text_add(&text, " is there at B = ");
            add_short(&text, bound);
        }
        if (cap->count > 2) {
            sb_text_add(&text, "; the last stretch, from B = ");
            add_short(&text, &before->bound);
            sb_text_add_format(&text, " on, starts at %s ", name);
            add_short(&text, &before->objective);
        }
        fmpq_clear(bound);
    }
    return sb_text_take(&text, NULL);
}

static void add_table(sb_text *text, const sb_cap_answer *answer)
{
    const sb_cap *cap = answer->cap;
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, 3);
    sb_table_add(&table, "bound B");
    sb_table_add(&table, objective_name(answer->environment));
    sb_table_add(&table, "gain per unit of B up to the next");
    fmpq_t slope;
    fmpq_t width;
    fmpq_init(slope);
    fmpq_init(width);
    for (size_t i = 0; i < cap->count; i++) {
        const sb_cap_point *point = &cap->points[i];
        sb_table_take(&table, sb_report_cell(&point->bound, CELL, &rounded));
        sb_table_take(&table, sb_report_cell(&point->objective, CELL, &rounded));
        if (i + 1 < cap->count) {
            fmpq_sub(slope, &cap->points[i + 1].objective, &point->objective);
            fmpq_sub(width, &cap->points[i + 1].bound, &point->bound);
            fmpq_div(slope, slope, width);
            sb_table_take(&table, sb_report_cell(slope, CELL, &rounded));
        } else {
            sb_table_add(&table, cap->complete ? "0" : "?");
        }
    }
    fmpq_clear(slope);
    fmpq_clear(width);
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    if (rounded) {
        sb_text_add(text, "  (rounded to fit; --csv and --json print all digits)\n");
    }
}

void sb_report_cap(sb_text *text, const void *whole, size_t width)
{
    const sb_cap_answer *answer = whole;
    const sb_cap *cap = answer->cap;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    sb_text_add_format(text, "%s where no payment is larger than B, at its breakpoints (%s)\n",
                       objective_name(answer->environment), sb_proof_name(cap->proof));
    if (cap->count > 0) {
        add_table(text, answer);
    }
    if (!cap->feasible_at_zero && cap->count > 0) {
        sb_text_add(text, "  (no mechanism obeys the rules below the first bound)\n");
    }
    char *lesson = sb_cap_lesson(answer);
    text->failed = text->failed || lesson == NULL;
    sb_text_add(text, "\n");
    sb_layout_wrap(text, lesson == NULL ? "" : lesson, 0, 0, width);
    sb_text_add(text, ".\n");
    free(lesson);
}
