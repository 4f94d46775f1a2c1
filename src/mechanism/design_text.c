/* The rows of the design program in numbers, for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/design_text.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "mechanism/design_rows.h"

#define NO_BREAK "\xC2\xA0"
#define MINUS    "\xE2\x88\x92"

char *sb_constraint_name(const sb_environment *environment, const sb_constraint *constraint)
{
    return sb_design_row_name(environment, constraint, NULL);
}

/* ---- terms ---- */

/* The blanks of a name keep it together. */
static void add_name(sb_text *text, const char *name)
{
    for (; name != NULL && *name != '\0'; name++) {
        if (*name == ' ') {
            sb_text_add(text, NO_BREAK);
        } else {
            sb_text_add_part(text, name, 1);
        }
    }
    text->failed = text->failed || name == NULL;
}

typedef struct term_writer {
    sb_text *text;
    const sb_environment *environment;
    sb_number_style numbers;
    size_t width; /* of a number; 0: exact */
    bool first;   /* in its bracket, or in the row */
} term_writer;

static void add_number(term_writer *writer, const fmpq_t number)
{
    if (writer->width == 0) {
        sb_text_add_rational(writer->text, number, writer->numbers);
        return;
    }
    char *short_text = sb_rational_display(number, writer->width, NULL);
    writer->text->failed = writer->text->failed || short_text == NULL;
    sb_text_add(writer->text, short_text == NULL ? "" : short_text);
    free(short_text);
}

/* " + 2 ", "-2 ", " - ": the sign and the number before a term or a bracket. */
static void add_coefficient(term_writer *writer, const fmpq_t coefficient)
{
    bool negative = fmpq_sgn(coefficient) < 0;
    if (writer->first) {
        sb_text_add(writer->text, negative ? MINUS : "");
    } else {
        sb_text_add(writer->text, negative ? " " MINUS NO_BREAK : " +" NO_BREAK);
    }
    fmpq_t size;
    fmpq_init(size);
    fmpq_abs(size, coefficient);
    if (!fmpq_is_one(size)) {
        add_number(writer, size);
        sb_text_add(writer->text, NO_BREAK);
    }
    fmpq_clear(size);
    writer->first = false;
}

static void add_term(term_writer *writer, const sb_design_term *term, const fmpq_t coefficient)
{
    const sb_environment *environment = writer->environment;
    const char *what = term->payment ? sb_environment_player_name(environment, term->index)
                                     : environment->outcomes[term->index];
    add_coefficient(writer, coefficient);
    char *name =
        sb_design_column_name(environment, term->payment ? "x" : "p", what, term->profile, NULL);
    add_name(writer->text, name);
    free(name);
}

static void add_group(term_writer *writer, const sb_design_sum *sum, const sb_design_group *group)
{
    bool bracket = group->count > 1 && !fmpq_is_one(&group->factor);
    if (bracket) {
        add_coefficient(writer, &group->factor);
        sb_text_add(writer->text, "[");
        writer->first = true;
    }
    fmpq_t product;
    fmpq_init(product);
    for (size_t k = 0; k < group->count; k++) {
        const sb_design_term *term = &sum->terms[group->first + k];
        if (bracket) {
            add_term(writer, term, &term->coefficient);
        } else {
            fmpq_mul(product, &term->coefficient, &group->factor);
            add_term(writer, term, product);
        }
    }
    fmpq_clear(product);
    if (bracket) {
        sb_text_add(writer->text, "]");
        writer->first = false;
    }
}

char *sb_design_row_text(const sb_design_listing *listing, size_t row, sb_number_style numbers,
                         size_t width, size_t most)
{
    sb_design_sum sum;
    sb_design_sum_init(&sum);
    sb_text text;
    sb_text_init(&text);
    term_writer writer = {&text, listing->environment, numbers, width, true};
    if (sb_design_sum_of(listing, row, most, &sum, NULL) != SB_OK) {
        text.failed = true;
    }
    for (size_t k = 0; k < sum.group_count; k++) {
        add_group(&writer, &sum, &sum.groups[k]);
    }
    if (sum.group_count == 0) {
        sb_text_add(&text, "0");
    }
    if (sum.left_out > 0) {
        sb_text_add_format(&text, " + \xE2\x80\xA6 (%zu of %zu profiles left out)", sum.left_out,
                           sum.group_count + sum.left_out);
    }
    if (row < listing->row_count) {
        sb_text_add(&text, sum.equation ? " =" NO_BREAK : " \xE2\x89\xA5" NO_BREAK);
        if (fmpq_sgn(&sum.bound) < 0) {
            sb_text_add(&text, MINUS);
            fmpq_neg(&sum.bound, &sum.bound);
        }
        add_number(&writer, &sum.bound);
    }
    sb_design_sum_clear(&sum);
    return sb_text_take(&text, NULL);
}
