/* The answer of sidebet cap for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "cli/cap.h"
#include "cli/layout.h"
#include "cli/report_number.h"

enum { INDENT = 2, CELL = 24, SHORT_CELL = 8 };

static const char *objective_name(const sb_environment *environment)
{
    return sb_rules_objective_noun(&environment->rules);
}

static void add_short(sb_text *text, const fmpq *value)
{
    char *cell = sb_report_cell(value, SHORT_CELL, NULL);
    text->failed = text->failed || cell == NULL;
    sb_text_add(text, cell == NULL ? "" : cell);
    free(cell);
}

/* The first breakpoint that earns most (four fifths) of what the last one does; NULL when that is
 * the last itself, or nothing is earned. */
static const sb_cap_point *most_of_it(const sb_cap *cap)
{
    const sb_cap_point *last = &cap->points[cap->count - 1];
    const sb_cap_point *found = NULL;
    fmpq_t most;
    fmpq_init(most);
    fmpq_set_si(most, 4, 5);
    fmpq_mul(most, most, &last->objective);
    for (size_t i = 0; i + 1 < cap->count && found == NULL; i++) {
        const sb_cap_point *point = &cap->points[i];
        if (fmpq_cmp(&point->objective, most) >= 0 && fmpq_sgn(&point->bound) > 0) {
            found = point;
        }
    }
    fmpq_clear(most);
    return fmpq_sgn(&last->objective) > 0 ? found : NULL;
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
    const sb_cap_point *most = most_of_it(cap);
    if (most != NULL) {
        fmpq_t times;
        fmpq_init(times);
        fmpq_div(times, &last->bound, &most->bound);
        sb_text_add(&text, "; B = ");
        add_short(&text, &most->bound);
        char *rounded = sb_rational_approximate(times, 3);
        text.failed = text.failed || rounded == NULL;
        sb_text_add_format(&text, ", %s times less, earns ", rounded == NULL ? "" : rounded);
        free(rounded);
        add_short(&text, &most->objective);
        sb_text_add(&text, ", ");
        sb_report_add_percent(&text, &most->objective, &last->objective,
                              cap->proof == SB_PROOF_EXACT);
        sb_text_add(&text, "% of it");
        fmpq_clear(times);
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
