/* The whole design program for people, as text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/design_text.h"

enum { INDENT = 2, ROW_INDENT = 6, NAME_COLUMNS = 40, NUMBER_COLUMNS = 12 };

typedef struct report {
    const sb_design_listing *listing;
    const sb_solution *solution; /* NULL: the rules in general only */
    size_t width;
} report;

/* ---- words ---- */

static void add_blanks(sb_text *text, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        sb_text_add(text, " ");
    }
}

/* Words and what stands between no-break spaces, which become blanks, broken at blanks; from column
 * `at` on. */
static void add_wrapped(sb_text *text, char *sentence, size_t at, size_t indent, size_t width)
{
    text->failed = text->failed || sentence == NULL;
    bool first = true;
    for (char *word = sentence; word != NULL && *word != '\0';) {
        word += strspn(word, " ");
        size_t length = strcspn(word, " ");
        char *piece = sb_copy_text_part(word, length);
        size_t columns = piece == NULL ? 0 : sb_text_width(piece);
        if (!first && at + 1 + columns > width) {
            sb_text_add(text, "\n");
            add_blanks(text, indent);
            at = indent;
        } else if (!first) {
            sb_text_add(text, " ");
            at++;
        }
        for (const char *byte = piece; byte != NULL && *byte != '\0'; byte++) {
            bool no_break = strncmp(byte, "\xC2\xA0", 2) == 0;
            sb_text_add_part(text, no_break ? " " : byte, 1);
            byte += no_break ? 1 : 0;
        }
        text->failed = text->failed || piece == NULL;
        free(piece);
        at += columns;
        word += length;
        first = false;
    }
    free(sentence);
    sb_text_add(text, "\n");
}

/* "   slack 0.25", flush right in its column. */
static void add_number(sb_text *text, const char *word, const fmpq_t value)
{
    char *number = sb_rational_display(value, NUMBER_COLUMNS - 1, NULL);
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
static void add_row_head(sb_text *text, const report *answer, size_t row)
{
    const sb_solution *solution = answer->solution;
    const sb_environment *environment = answer->listing->environment;
    sb_constraint constraint = sb_design_listing_constraint(answer->listing, row);
    bool binds = sb_solution_binds(environment, solution, &constraint);
    char *name = sb_constraint_name(environment, &constraint);
    sb_text_add_format(text, "%s %s", binds ? "*" : " ", name == NULL ? "" : name);
    size_t width = name == NULL ? 0 : sb_text_width(name);
    text->failed = text->failed || name == NULL;
    free(name);
    fmpq_t number;
    fmpq_init(number);
    if (solution->mechanism != NULL && !sb_constraint_is_equation(environment, &constraint)) {
        add_blanks(text, width < NAME_COLUMNS ? NAME_COLUMNS - width : 0);
        if (!binds) {
            sb_constraint_slack(number, environment, solution->mechanism, &constraint);
        }
        add_number(text, "slack", number);
    } else if (solution->mechanism != NULL) {
        add_blanks(text, width < NAME_COLUMNS ? NAME_COLUMNS - width : 0);
        add_blanks(text, NUMBER_COLUMNS + 8);
    }
    if (sb_solution_dual(number, environment, solution, &constraint)) {
        add_number(text, "dual", number);
    }
    fmpq_clear(number);
    trim(text);
    sb_text_add(text, "\n");
}

static void add_block(sb_text *text, const report *answer, size_t block)
{
    const sb_design_block *rule = &answer->listing->blocks[block];
    char *heading = sb_design_heading(answer->listing, block);
    text->failed = text->failed || heading == NULL;
    sb_text_add_format(text, "\n%s (%zu %s)\n", heading == NULL ? "" : heading, rule->row_count,
                       rule->row_count == 1 ? "row" : "rows");
    free(heading);
    add_blanks(text, INDENT);
    add_wrapped(text, sb_design_formula(answer->listing, block, SB_NOTATION_TEXT), INDENT,
                INDENT + 2, answer->width);
    for (size_t k = 0; answer->solution != NULL && k < rule->row_count && !text->failed; k++) {
        size_t row = rule->first_row + k;
        add_row_head(text, answer, row);
        add_blanks(text, ROW_INDENT);
        add_wrapped(text, sb_design_row_text(answer->listing, row, SB_NUMBER_DECIMAL, 0, 0),
                    ROW_INDENT, ROW_INDENT + 2, answer->width);
    }
}

static void add_objective(sb_text *text, const report *answer)
{
    const sb_design_listing *listing = answer->listing;
    sb_text_add(text, "maximise ");
    add_wrapped(text, sb_design_objective_formula(listing, SB_NOTATION_TEXT), 9, 4, answer->width);
    if (answer->solution != NULL) {
        add_blanks(text, INDENT);
        sb_text_add(text, "= ");
        add_wrapped(text, sb_design_row_text(listing, listing->row_count, SB_NUMBER_DECIMAL, 0, 0),
                    INDENT + 2, INDENT + 2, answer->width);
    }
    add_blanks(text, INDENT);
    sb_text_add(text, "where ");
    add_wrapped(text, sb_design_utility_formula(listing, SB_NOTATION_TEXT), INDENT + 6, INDENT + 6,
                answer->width);
    add_blanks(text, INDENT + 6);
    add_wrapped(text, sb_design_symbols(listing, SB_NOTATION_TEXT), INDENT + 6, INDENT + 6,
                answer->width);
    sb_text_add(text, "subject to ");
    add_wrapped(text, sb_design_range_formula(listing, SB_NOTATION_TEXT), 11, INDENT,
                answer->width);
}

static void add_end(sb_text *text, const report *answer)
{
    const sb_solution *solution = answer->solution;
    sb_text_add(text, "\n");
    if (solution->status != SB_LP_OPTIMAL) {
        sb_text_add_format(text, "The program is %s: there are no slacks and no duals.\n",
                           solution->status == SB_LP_FAILED ? "not solved"
                                                            : sb_lp_status_name(solution->status));
        return;
    }
    char *decimal = sb_rational_display(&solution->objective, 20, NULL);
    char *fraction = sb_rational_format(&solution->objective, SB_NUMBER_FRACTION);
    text->failed = text->failed || decimal == NULL || fraction == NULL;
    sb_text_add_format(text, "%s %s", solution->incumbent ? "best found" : "optimum",
                       decimal == NULL ? "" : decimal);
    if (solution->proof == SB_PROOF_EXACT && decimal != NULL && fraction != NULL &&
        strcmp(decimal, fraction) != 0) {
        sb_text_add_format(text, " = %s", fraction);
    }
    free(decimal);
    free(fraction);
    sb_text_add_format(text, " (%s)\n", sb_solution_proof_words(solution));
    add_wrapped(text,
                sb_copy_text(solution->searched
                                 ? "* binds. Duals belong to mechanisms with lots alone."
                                 : "* binds. The dual is what the optimum gains for each unit by "
                                   "which the row is relaxed, or by which the right side "
                                   "of an equation grows."),
                0, 0, answer->width);
}

sb_status sb_design_format_text(const sb_design_listing *listing, const sb_solution *solution,
                                size_t width, char **result, sb_error *error)
{
    report answer = {listing, solution, width};
    sb_text text;
    sb_text_init(&text);
    add_objective(&text, &answer);
    for (size_t block = 0; block < listing->block_count; block++) {
        add_block(&text, &answer, block);
    }
    if (solution != NULL) {
        add_end(&text, &answer);
    }
    *result = sb_text_take(&text, error);
    return *result == NULL ? SB_ERROR_MEMORY : SB_OK;
}
