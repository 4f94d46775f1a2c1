/* The program of a design for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/lp.h"
#include "cli/report_number.h"

enum { INDENT = 2, ROW_INDENT = 6, NAME_COLUMNS = 40, NUMBER_COLUMNS = 12 };

/* Wrapped, with the no-break spaces of terms turned into blanks. */
static void add_wrapped(sb_text *text, char *sentence, size_t at, size_t indent, size_t width)
{
    if (sentence == NULL) {
        text->failed = true;
        return;
    }
    sb_text wrapped;
    sb_text_init(&wrapped);
    sb_layout_wrap(&wrapped, sentence, at, indent, width);
    free(sentence);
    char *bytes = sb_text_take(&wrapped, NULL);
    text->failed = text->failed || bytes == NULL;
    for (const char *byte = bytes; byte != NULL && *byte != '\0'; byte++) {
        if (strncmp(byte, "\xC2\xA0", 2) == 0) {
            sb_text_add(text, " ");
            byte++;
        } else {
            sb_text_add_part(text, byte, 1);
        }
    }
    free(bytes);
    sb_text_add(text, "\n");
}

static void add_blanks(sb_text *text, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        sb_text_add(text, " ");
    }
}

/* "   slack 0.25", flush right in its column. */
static void add_number(sb_text *text, const char *word, const fmpq_t value)
{
    char *number = sb_report_cell(value, NUMBER_COLUMNS - 1, NULL);
    if (number == NULL) {
        text->failed = true;
        return;
    }
    sb_text_add_format(text, "  %s %s", word, number);
    size_t width = sb_text_width(number);
    add_blanks(text, width < NUMBER_COLUMNS ? NUMBER_COLUMNS - width : 0);
    free(number);
}

static void trim(sb_text *text)
{
    while (text->length > 0 && text->bytes[text->length - 1] == ' ') {
        text->bytes[--text->length] = '\0';
    }
}

/* "* IC agent 1: 2 as 1   slack 0   dual 0.25" */
static void add_row_head(sb_text *text, const sb_lp_answer *answer, size_t row)
{
    const sb_solution *solution = answer->solution;
    const sb_environment *environment = answer->listing->environment;
    sb_constraint constraint = sb_design_listing_constraint(answer->listing, row);
    bool rule = constraint.agent != SB_NOWHERE;
    const sb_binding *binding = sb_solution_binding(solution, &constraint);
    char *name = sb_constraint_name(environment, &constraint);
    sb_text_add_format(text, "%s %s", rule && binding != NULL ? "*" : " ",
                       name == NULL ? "" : name);
    size_t width = name == NULL ? 0 : sb_text_width(name);
    text->failed = text->failed || name == NULL;
    free(name);
    fmpq_t number;
    fmpq_init(number);
    if (solution->mechanism != NULL && (rule || constraint.kind == SB_CONSTRAINT_BUDGET)) {
        add_blanks(text, width < NAME_COLUMNS ? NAME_COLUMNS - width : 0);
        if (binding == NULL) {
            sb_constraint_slack(number, environment, solution->mechanism, &constraint);
        }
        add_number(text, "slack", number);
    } else if (solution->mechanism != NULL) {
        add_blanks(text, width < NAME_COLUMNS ? NAME_COLUMNS - width : 0);
        add_blanks(text, NUMBER_COLUMNS + 8);
    }
    if (sb_solution_dual(number, solution, &constraint)) {
        add_number(text, "dual", number);
    }
    fmpq_clear(number);
    trim(text);
    sb_text_add(text, "\n");
}

static void add_block(sb_text *text, const sb_lp_answer *answer, size_t block, size_t width)
{
    const sb_design_block *rule = &answer->listing->blocks[block];
    char *heading = sb_design_heading(answer->listing, block);
    text->failed = text->failed || heading == NULL;
    sb_text_add_format(text, "\n%s (%zu %s)\n", heading == NULL ? "" : heading, rule->row_count,
                       rule->row_count == 1 ? "row" : "rows");
    free(heading);
    add_blanks(text, INDENT);
    add_wrapped(text, sb_design_formula(answer->listing, block, SB_NOTATION_TEXT), INDENT,
                INDENT + 2, width);
    for (size_t k = 0; answer->solution != NULL && k < rule->row_count && !text->failed; k++) {
        size_t row = rule->first_row + k;
        add_row_head(text, answer, row);
        add_blanks(text, ROW_INDENT);
        add_wrapped(text, sb_design_row_text(answer->listing, row, SB_NUMBER_DECIMAL, 0),
                    ROW_INDENT, ROW_INDENT + 2, width);
    }
}

static void add_objective(sb_text *text, const sb_lp_answer *answer, size_t width)
{
    const sb_design_listing *listing = answer->listing;
    sb_text_add(text, "maximise ");
    add_wrapped(text, sb_design_objective_formula(listing, SB_NOTATION_TEXT), 9, 4, width);
    if (answer->solution != NULL) {
        add_blanks(text, INDENT);
        sb_text_add(text, "= ");
        add_wrapped(text, sb_design_row_text(listing, listing->row_count, SB_NUMBER_DECIMAL, 0),
                    INDENT + 2, INDENT + 2, width);
    }
    add_blanks(text, INDENT);
    sb_text_add(text, "where ");
    add_wrapped(text, sb_design_utility_formula(listing, SB_NOTATION_TEXT), INDENT + 6, INDENT + 6,
                width);
    add_blanks(text, INDENT + 6);
    add_wrapped(text, sb_design_symbols(listing, SB_NOTATION_TEXT), INDENT + 6, INDENT + 6, width);
    sb_text_add(text, "subject to ");
    add_wrapped(text, sb_design_range_formula(listing, SB_NOTATION_TEXT), 11, INDENT, width);
}

static void add_end(sb_text *text, const sb_solution *solution, size_t width)
{
    sb_text_add(text, "\n");
    if (solution->status != SB_LP_OPTIMAL) {
        sb_text_add_format(text, "The program is %s: there are no slacks and no duals.\n",
                           solution->status == SB_LP_FAILED ? "not solved"
                                                            : sb_lp_status_name(solution->status));
        return;
    }
    sb_text_add(text, "optimum ");
    sb_report_add_number(text, &solution->objective, solution->proof == SB_PROOF_EXACT);
    sb_text_add_format(text, " (%s)\n", sb_proof_name(solution->proof));
    sb_layout_wrap(text,
                   solution->searched
                       ? "* binds. Duals belong to mechanisms with lots alone."
                       : "* binds. The dual is what the optimum gains for each unit by which the "
                         "row is relaxed.",
                   0, 0, width);
    sb_text_add(text, "\n");
}

void sb_report_lp(sb_text *text, const sb_lp_answer *answer, size_t width)
{
    add_objective(text, answer, width);
    for (size_t block = 0; block < answer->listing->block_count; block++) {
        add_block(text, answer, block, width);
    }
    if (answer->solution != NULL) {
        add_end(text, answer->solution, width);
    }
}
