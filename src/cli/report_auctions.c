/* The answer of sidebet auctions for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/auctions.h"
#include "cli/layout.h"
#include "cli/report_number.h"

enum { INDENT = 2, COLUMNS = 3, NOTE_INDENT = 4 };

/* A table has either fractions or decimals. */
typedef struct auctions_table {
    sb_table cells;
    bool fractions;
} auctions_table;

static bool is_endless(const fmpq_t number)
{
    return sb_rational_decimals(number) == SIZE_MAX;
}

static bool has_endless(const sb_auctions_answer *answer, bool baselines)
{
    bool endless = is_endless(&answer->full_surplus);
    const sb_baseline *const both[] = {&answer->optimum, &answer->ex_post};
    for (size_t k = 0; baselines && k < sizeof both / sizeof both[0]; k++) {
        endless = endless || (both[k]->status == SB_LP_OPTIMAL && is_endless(&both[k]->objective));
    }
    for (size_t kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        const sb_auction *auction = &answer->auctions.auctions[kind];
        endless = endless || (auction->applies &&
                              (is_endless(&auction->revenue) || is_endless(&auction->welfare)));
    }
    return endless;
}

static void take_number(auctions_table *table, const fmpq_t number)
{
    char *fraction = table->fractions ? sb_rational_format(number, SB_NUMBER_FRACTION) : NULL;
    if (fraction != NULL && strlen(fraction) <= SB_REPORT_CELL_WIDTH) {
        sb_table_take(&table->cells, fraction);
        return;
    }
    free(fraction);
    sb_table_take(&table->cells, sb_report_cell(number, SB_REPORT_CELL_WIDTH, NULL));
}

/* "1.5", or "unbounded". */
static void take_baseline(auctions_table *table, const sb_baseline *baseline)
{
    if (baseline->status == SB_LP_OPTIMAL) {
        take_number(table, &baseline->objective);
    } else {
        sb_table_take(&table->cells, sb_copy_text(sb_lp_status_name(baseline->status)));
    }
}

/* "second-price: The highest bid wins ... Reserve price 2; ties go to the first." */
static char *sentence_of(sb_auction_kind kind, const sb_auction *auction)
{
    sb_text text;
    sb_text_init(&text);
    if (!auction->applies) {
        sb_text_add_format(&text, "%s does not apply: %s", sb_auction_name(kind), auction->reason);
        return sb_text_take(&text, NULL);
    }
    sb_text_add_format(&text, "%s: %s", sb_auction_name(kind), sb_auction_explain(kind));
    if (auction->has_reserve_price) {
        sb_text_add(&text, " Reserve price ");
        sb_report_add_cell(&text, &auction->reserve_price);
        sb_text_add(&text, ".");
    }
    sb_text_add(&text, auction->tied ? " Ties go to the first." : "");
    sb_text_add(&text, auction->participation ? "" : " Some would rather stay away.");
    return sb_text_take(&text, NULL);
}

static void take_row(auctions_table *table, const char *name, const sb_auction *auction)
{
    sb_table_take(&table->cells, sb_copy_text(name));
    take_number(table, &auction->revenue);
    take_number(table, &auction->welfare);
}

static void take_plain_row(auctions_table *table, const char *name, const sb_baseline *baseline)
{
    sb_table_take(&table->cells, sb_copy_text(name));
    take_baseline(table, baseline);
    sb_table_take(&table->cells, sb_copy_text("-"));
}

void sb_report_auctions(sb_text *text, const sb_auctions_answer *answer, size_t width)
{
    const sb_environment *environment = answer->environment;
    if (environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", environment->title);
    }
    bool revenue = environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    auctions_table table = {.fractions = has_endless(answer, revenue)};
    sb_table_init(&table.cells, COLUMNS);
    static const char *const heads[COLUMNS] = {"", "revenue", "welfare"};
    for (size_t k = 0; k < COLUMNS; k++) {
        sb_table_take(&table.cells, sb_copy_text(heads[k]));
    }
    if (revenue) {
        take_plain_row(&table, "the best under the rules", &answer->optimum);
        take_plain_row(&table, "the best under ex-post rules", &answer->ex_post);
    }
    for (int kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        const sb_auction *auction = &answer->auctions.auctions[kind];
        if (auction->applies) {
            take_row(&table, sb_auction_name((sb_auction_kind)kind), auction);
        }
    }
    sb_table_take(&table.cells, sb_copy_text("full surplus"));
    take_number(&table, &answer->full_surplus);
    sb_table_take(&table.cells, sb_copy_text("-"));
    sb_table_print(&table.cells, text, INDENT);
    sb_table_clear(&table.cells);
    for (int kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        const sb_auction *auction = &answer->auctions.auctions[kind];
        char *line = sentence_of((sb_auction_kind)kind, auction);
        text->failed = text->failed || line == NULL;
        sb_layout_wrap(text, line == NULL ? "" : line, 0, NOTE_INDENT, width);
        sb_text_add(text, "\n");
        free(line);
    }
}
