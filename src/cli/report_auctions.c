/* The answer of sidebet auctions for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/auctions.h"
#include "cli/layout.h"
#include "cli/report_number.h"

enum { INDENT = 2, COLUMNS = 3, NOTE_INDENT = 4 };

/* "1.5", or "unbounded". */
static void take_baseline(sb_table *table, const sb_baseline *baseline)
{
    sb_table_take(table, baseline->status == SB_LP_OPTIMAL
                             ? sb_report_cell(&baseline->objective, SB_REPORT_CELL_WIDTH, NULL)
                             : sb_copy_text(sb_lp_status_name(baseline->status)));
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

static void take_row(sb_table *table, const char *name, const sb_auction *auction)
{
    sb_table_take(table, sb_copy_text(name));
    sb_table_take(table, sb_report_cell(&auction->revenue, SB_REPORT_CELL_WIDTH, NULL));
    sb_table_take(table, sb_report_cell(&auction->welfare, SB_REPORT_CELL_WIDTH, NULL));
}

static void take_plain_row(sb_table *table, const char *name, const sb_baseline *baseline)
{
    sb_table_take(table, sb_copy_text(name));
    take_baseline(table, baseline);
    sb_table_take(table, sb_copy_text("-"));
}

void sb_report_auctions(sb_text *text, const sb_auctions_answer *answer, size_t width)
{
    const sb_environment *environment = answer->environment;
    if (environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", environment->title);
    }
    sb_table table;
    sb_table_init(&table, COLUMNS);
    static const char *const heads[COLUMNS] = {"", "revenue", "welfare"};
    for (size_t k = 0; k < COLUMNS; k++) {
        sb_table_take(&table, sb_copy_text(heads[k]));
    }
    bool revenue = environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
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
    sb_table_take(&table, sb_copy_text("full surplus"));
    sb_table_take(&table, sb_report_cell(&answer->full_surplus, SB_REPORT_CELL_WIDTH, NULL));
    sb_table_take(&table, sb_copy_text("-"));
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    for (int kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        const sb_auction *auction = &answer->auctions.auctions[kind];
        char *line = sentence_of((sb_auction_kind)kind, auction);
        text->failed = text->failed || line == NULL;
        sb_layout_wrap(text, line == NULL ? "" : line, 0, NOTE_INDENT, width);
        sb_text_add(text, "\n");
        free(line);
    }
}
