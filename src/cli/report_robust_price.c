/* The answer of sidebet robust --price for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/report_number.h"
#include "cli/robust.h"

enum { INDENT = 2, COLUMNS = 6 };

static void add_number(sb_table *table, const fmpq *value, bool *rounded)
{
    if (value == NULL) {
        sb_table_add(table, "-");
    } else {
        sb_table_take(table, sb_report_cell(value, SB_REPORT_CELL_WIDTH - 2, rounded));
    }
}

static void add_point(sb_table *table, const sb_price_point *point, bool *rounded)
{
    bool optimal = point->status == SB_LP_OPTIMAL;
    add_number(table, &point->radius, rounded);
    if (optimal) {
        add_number(table, &point->objective, rounded);
    } else {
        sb_table_add(table, sb_lp_status_name(point->status));
    }
    add_number(table, optimal ? &point->worst_case : NULL, rounded);
    add_number(table, optimal ? &point->max_payment : NULL, rounded);
    sb_table_take(table, sb_format_text("%zu", point->rounds));
    sb_table_add(table, sb_proof_name(point->proof));
}

static void add_limit(sb_table *table, const char *name, const sb_baseline *limit, bool *rounded)
{
    sb_table_add(table, name);
    if (limit->status == SB_LP_OPTIMAL) {
        add_number(table, &limit->objective, rounded);
    } else {
        sb_table_add(table, sb_lp_status_name(limit->status));
    }
    sb_table_add(table, "");
    sb_table_add(table, "");
    sb_table_add(table, "");
    sb_table_add(table, sb_proof_name(limit->proof));
}

static void add_sentence(sb_text *text, const char *sentence, size_t width)
{
    sb_layout_wrap(text, sentence, 0, INDENT, width);
    sb_text_add(text, "\n");
}

void sb_report_robust_price(sb_text *text, const void *whole, size_t width)
{
    const sb_robust_answer *answer = whole;
    const sb_robust_price *price = &answer->price;
    static const char *const heads[COLUMNS] = {"radius",          NULL,     "certain",
                                               "largest payment", "rounds", "proof"};
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    add_sentence(text, "the optimum that holds for every belief within a radius of the estimate",
                 width);
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, COLUMNS);
    for (int k = 0; k < COLUMNS; k++) {
        sb_table_add(&table, heads[k] == NULL ? sb_robust_optimum_name(answer) : heads[k]);
    }
    add_limit(&table, "Bayesian", &price->bayesian, &rounded);
    for (size_t k = 0; k < price->count; k++) {
        add_point(&table, &price->points[k], &rounded);
    }
    add_limit(&table, "ex-post", &price->ex_post, &rounded);
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    add_sentence(text,
                 "(certain: what the mechanism earns whatever the beliefs within the radius; "
                 "largest payment: of the mechanism found, others may pay less)",
                 width);
    if (rounded) {
        add_sentence(text, "(rounded to fit; --csv and --json print all digits)", width);
    }
    char *lesson = sb_robust_lesson(answer);
    text->failed = text->failed || lesson == NULL;
    if (lesson != NULL && lesson[0] != '\0') {
        sb_text_add(text, "\n");
        sb_layout_wrap(text, lesson, 0, 0, width);
        sb_text_add(text, ".\n");
    }
    free(lesson);
}
