/* The design program as a fragment of a LaTeX document.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/latex.h"
#include "base/memory.h"
#include "base/text.h"
#include "mechanism/design_rows.h"
#include "sidebet/design_text.h"

enum { terms_a_line = 3 };

/* ---- escapes ---- */

static void add_escaped(sb_text *text, const char *plain)
{
    for (size_t left = strlen(plain); left > 0;) {
        uint32_t character = 0;
        size_t bytes = sb_text_character(plain, left, &character);
        const char *spelling = sb_latex_spelling(character);
        bytes = bytes == 0 ? 1 : bytes;
        if (spelling != NULL) {
            sb_text_add(text, spelling);
        } else {
            sb_text_add_part(text, plain, bytes);
        }
        plain += bytes;
        left -= bytes;
    }
}

char *sb_latex_escape(const char *text)
{
    sb_text escaped;
    sb_text_init(&escaped);
    add_escaped(&escaped, text);
    return sb_text_take(&escaped, NULL);
}

/* ---- numbers and names ---- */

static void add_number(sb_text *text, const fmpq_t value)
{
    if (sb_rational_decimals(value) != SIZE_MAX) {
        sb_text_add_rational(text, value, SB_NUMBER_DECIMAL);
        return;
    }
    fmpq_t part;
    fmpq_init(part);
    fmpz_abs(fmpq_numref(part), fmpq_numref(value));
    sb_text_add(text, fmpq_sgn(value) < 0 ? "-\\tfrac{" : "\\tfrac{");
    sb_text_add_rational(text, part, SB_NUMBER_FRACTION);
    fmpz_set(fmpq_numref(part), fmpq_denref(value));
    sb_text_add(text, "}{");
    sb_text_add_rational(text, part, SB_NUMBER_FRACTION);
    sb_text_add(text, "}");
    fmpq_clear(part);
}

static void add_label(sb_text *text, const char *label)
{
    sb_text_add(text, "\\text{");
    add_escaped(text, label);
    sb_text_add(text, "}");
}

static void add_variable(sb_text *text, const sb_environment *environment,
                         const sb_design_term *term)
{
    if (term->payment) {
        sb_text_add(text, "x_{");
        add_label(text, sb_environment_player_name(environment, term->index));
        sb_text_add(text, "}(");
    } else {
        sb_text_add(text, "p(");
        add_label(text, environment->outcomes[term->index]);
        sb_text_add(text, " \\mid ");
    }
    size_t players = sb_environment_player_count(environment);
    for (size_t player = 0; player < players; player++) {
        size_t type = sb_environment_type_at(environment, term->profile, player);
        sb_text_add(text, player == 0 ? "" : ", ");
        add_label(text, sb_environment_label(environment, player, type));
    }
    sb_text_add(text, ")");
}

/* ---- rows ---- */

typedef struct row_writer {
    sb_text *text;
    const sb_environment *environment;
    bool first;
    size_t on_line; /* terms */
} row_writer;

static void add_coefficient(row_writer *writer, const fmpq_t coefficient)
{
    bool negative = fmpq_sgn(coefficient) < 0;
    sb_text_add(writer->text,
                negative ? (writer->first ? "-" : " - ") : (writer->first ? "" : " + "));
    fmpq_t size;
    fmpq_init(size);
    fmpq_abs(size, coefficient);
    if (!fmpq_is_one(size)) {
        add_number(writer->text, size);
        sb_text_add(writer->text, "\\,");
    }
    fmpq_clear(size);
    writer->first = false;
}

/* A full line ends; the next begins a little to the right. Delimiters are of fixed size, so that
 * they may stand on different lines. */
static void break_line(row_writer *writer)
{
    if (writer->on_line >= terms_a_line) {
        sb_text_add(writer->text, " \\\\\n  &\\quad ");
        writer->on_line = 0;
    }
    writer->on_line++;
}

static void add_group(row_writer *writer, const sb_design_sum *sum, const sb_design_group *group)
{
    bool bracket = group->count > 1 && !fmpq_is_one(&group->factor);
    fmpq_t product;
    fmpq_init(product);
    for (size_t k = 0; k < group->count; k++) {
        const sb_design_term *term = &sum->terms[group->first + k];
        break_line(writer);
        if (bracket && k == 0) {
            add_coefficient(writer, &group->factor);
            sb_text_add(writer->text, "\\bigl[");
            writer->first = true;
        }
        fmpq_set(product, &term->coefficient);
        if (!bracket) {
            fmpq_mul(product, product, &group->factor);
        }
        add_coefficient(writer, product);
        add_variable(writer->text, writer->environment, term);
    }
    sb_text_add(writer->text, bracket ? "\\bigr]" : "");
    fmpq_clear(product);
}

/* The left side with its line breaks, then the relation. */
static void add_row(sb_text *text, const sb_design_listing *listing, size_t row, sb_design_sum *sum)
{
    row_writer writer = {text, listing->environment, true, 0};
    text->failed = text->failed || sb_design_sum_of(listing, row, 0, sum, NULL) != SB_OK;
    for (size_t k = 0; k < sum->group_count; k++) {
        add_group(&writer, sum, &sum->groups[k]);
    }
    sb_text_add(text, sum->group_count == 0 ? "0" : "");
    if (row < listing->row_count) {
        sb_text_add(text, sum->equation ? " = " : " \\ge ");
        add_number(text, &sum->bound);
    }
}

static void add_block(sb_text *text, const sb_design_listing *listing, size_t block,
                      sb_design_sum *sum)
{
    const sb_design_block *rule = &listing->blocks[block];
    char *heading = sb_design_heading(listing, block);
    char *formula = sb_design_formula(listing, block, SB_NOTATION_LATEX);
    text->failed = text->failed || heading == NULL || formula == NULL;
    sb_text_add(text, "\\paragraph{");
    add_escaped(text, heading == NULL ? "" : heading);
    sb_text_add_format(text, ".} $%s$.\n\\begin{align*}\n", formula == NULL ? "" : formula);
    for (size_t k = 0; k < rule->row_count && !text->failed; k++) {
        sb_text_add(text, "  & ");
        add_row(text, listing, rule->first_row + k, sum);
        sb_text_add(text, k + 1 < rule->row_count ? " \\\\\n" : "\n");
    }
    sb_text_add(text, "\\end{align*}\n");
    free(heading);
    free(formula);
}

sb_status sb_design_format_latex(const sb_design_listing *listing, char **result, sb_error *error)
{
    sb_design_sum sum;
    sb_design_sum_init(&sum);
    sb_text text;
    sb_text_init(&text);
    char *objective = sb_design_objective_formula(listing, SB_NOTATION_LATEX);
    char *utility = sb_design_utility_formula(listing, SB_NOTATION_LATEX);
    char *range = sb_design_range_formula(listing, SB_NOTATION_LATEX);
    text.failed = objective == NULL || utility == NULL || range == NULL;
    sb_text_add(&text, "% A fragment for \\input: needs \\usepackage{amsmath}.\n"
                       "{\\allowdisplaybreaks\n");
    if (!text.failed) {
        sb_text_add_format(&text, "\\paragraph{Maximise.} $%s$, that is\n\\begin{align*}\n  & ",
                           objective);
    }
    add_row(&text, listing, listing->row_count, &sum);
    sb_text_add(&text, "\n\\end{align*}\n");
    if (!text.failed) {
        sb_text_add_format(&text, "Here $%s$.\n", utility);
    }
    for (size_t block = 0; block < listing->block_count; block++) {
        add_block(&text, listing, block, &sum);
    }
    if (!text.failed) {
        sb_text_add_format(&text, "\\paragraph{Variables.} $%s$.\n", range);
    }
    sb_text_add(&text, "}\n");
    free(objective);
    free(utility);
    free(range);
    sb_design_sum_clear(&sum);
    sb_text whole;
    sb_text_init(&whole);
    if (!text.failed) {
        sb_latex_add_needs(&whole, text.bytes);
        sb_text_add_part(&whole, text.bytes, text.length);
    }
    whole.failed = whole.failed || text.failed;
    sb_text_clear(&text);
    *result = sb_text_take(&whole, error);
    return *result == NULL ? SB_ERROR_MEMORY : SB_OK;
}
