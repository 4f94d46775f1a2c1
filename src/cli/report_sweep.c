/* The answer of sidebet sweep for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/report_number.h"
#include "cli/sweep.h"

enum { INDENT = 2, GAP = 2, SIGMA_WIDTH = 9, PROOF_WIDTH = 8, NUMBER_COLUMNS = 6 };

typedef struct sweep_table {
    sb_table table;
    size_t cell_width;
    bool payments, proofs; /* which columns there are */
    bool revenue;          /* is what is maximised */
    bool rounded;
} sweep_table;

static void add_number(sweep_table *sheet, const fmpq *value)
{
    if (value == NULL) {
        sb_table_add(&sheet->table, "-");
    } else {
        sb_table_take(&sheet->table, sb_report_cell(value, sheet->cell_width, &sheet->rounded));
    }
}

static void add_head(sweep_table *sheet)
{
    sb_table *table = &sheet->table;
    sb_table_add(table, "lambda");
    sb_table_add(table, sheet->revenue ? "revenue" : "objective");
    sb_table_add(table, sheet->revenue ? "surplus" : "welfare");
    sb_table_add(table, "ex-post");
    if (sheet->payments) {
        sb_table_add(table, "smallest");
    }
    sb_table_add(table, "vertex");
    sb_table_add(table, "sigma");
    if (sheet->proofs) {
        sb_table_add(table, "proof");
    }
}

static void add_point(sweep_table *sheet, const sb_sweep_point *point)
{
    bool optimal = point->status == SB_LP_OPTIMAL;
    add_number(sheet, &point->lambda);
    if (optimal) {
        add_number(sheet, &point->revenue);
    } else {
        sb_table_add(&sheet->table, sb_lp_status_name(point->status));
    }
    add_number(sheet, &point->full_surplus);
    add_number(sheet, point->has_ex_post ? &point->ex_post : NULL);
    if (sheet->payments) {
        add_number(sheet, point->has_smallest_payment ? &point->smallest_payment : NULL);
    }
    add_number(sheet, optimal ? &point->vertex_payment : NULL);
    sb_table_take(&sheet->table, sb_format_text("%.1e", point->smallest_singular_value));
    if (sheet->proofs) {
        sb_table_add(&sheet->table, sb_proof_name(point->proof));
    }
}

static void choose_columns(sweep_table *sheet, const sb_sweep *sweep, size_t width)
{
    for (size_t i = 0; i < sweep->count; i++) {
        sheet->payments = sheet->payments || sweep->points[i].has_smallest_payment;
        sheet->proofs = sheet->proofs || sweep->points[i].proof != SB_PROOF_EXACT;
    }
    size_t numbers = sheet->payments ? NUMBER_COLUMNS : NUMBER_COLUMNS - 1;
    size_t taken = (size_t)INDENT + SIGMA_WIDTH + (sheet->proofs ? PROOF_WIDTH + GAP : 0);
    sheet->cell_width = sb_report_cell_width(width > taken ? width - taken : 0, numbers);
    sb_table_init(&sheet->table, numbers + (sheet->proofs ? 2 : 1));
}

static void add_sentence(sb_text *text, const char *sentence, size_t width)
{
    sb_layout_wrap(text, sentence, 0, INDENT, width);
    sb_text_add(text, "\n");
}

void sb_report_sweep(sb_text *text, const void *whole, size_t width)
{
    const sb_sweep_answer *answer = whole;
    sweep_table sheet = {.revenue = answer->environment->rules.choice[SB_RULE_OBJECTIVE] ==
                                    SB_OBJECTIVE_REVENUE};
    choose_columns(&sheet, answer->sweep, width);
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    add_sentence(text,
                 sheet.proofs
                     ? "lambda pi + (1 - lambda) the product of its marginals; not all is proved"
                     : "lambda pi + (1 - lambda) the product of its marginals; every number is "
                       "exact",
                 width);
    add_head(&sheet);
    for (size_t i = 0; i < answer->sweep->count; i++) {
        add_point(&sheet, &answer->sweep->points[i]);
    }
    sb_table_print(&sheet.table, text, INDENT);
    sb_table_clear(&sheet.table);
    add_sentence(
        text,
        sheet.payments
            ? "(smallest, vertex: the largest payment of the optimal mechanism where it is "
              "smallest, and of the one where the simplex method stopped; sigma: smallest "
              "singular value of the beliefs)"
            : "(vertex: the largest payment where the simplex method stopped; sigma: "
              "smallest singular value of the beliefs)",
        width);
    if (sheet.rounded) {
        add_sentence(text, "(rounded to fit; --csv and --json print all digits)", width);
    }
    char *lesson = sb_sweep_lesson(answer);
    text->failed = text->failed || lesson == NULL;
    if (lesson != NULL && lesson[0] != '\0') {
        sb_text_add(text, "\n");
        sb_layout_wrap(text, lesson, 0, 0, width);
        sb_text_add(text, ".\n");
    }
    free(lesson);
}
