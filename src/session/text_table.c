/* Aligned text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/text_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NUMBER_WIDTH 12

void sb_text_table_init(sb_text_table *table, size_t columns, size_t left)
{
    *table = (sb_text_table){.columns = columns, .left = left};
}

void sb_text_table_clear(sb_text_table *table)
{
    for (size_t cell = 0; cell < table->count; cell++) {
        free(table->cells[cell].text);
        free(table->cells[cell].exact);
    }
    free(table->cells);
    *table = (sb_text_table){0};
}

/* The texts are taken over. */
static void add_cell(sb_text_table *table, sb_text_cell cell)
{
    if (cell.text == NULL ||
        !sb_grow(&table->cells, &table->capacity, table->count + 1, sizeof *table->cells)) {
        free(cell.text);
        free(cell.exact);
        table->failed = true;
        return;
    }
    table->cells[table->count++] = cell;
}

void sb_text_table_add(sb_text_table *table, const char *text)
{
    add_cell(table, (sb_text_cell){.text = text == NULL ? NULL : sb_copy_text(text)});
}

void sb_text_table_add_number(sb_text_table *table, const fmpq_t number, bool plus)
{
    bool exact = false;
    char *plain = sb_rational_display(number, NUMBER_WIDTH, &exact);
    sb_text_cell cell = {.number = true, .rounded = !exact, .value = sb_rational_to_double(number)};
    cell.text = plain == NULL
                    ? NULL
                    : sb_format_text("%s%s", plus && fmpq_sgn(number) > 0 ? "+" : "", plain);
    free(plain);
    if (!table->unproved) {
        cell.exact = sb_rational_format(number, SB_NUMBER_FRACTION);
        table->failed = table->failed || cell.exact == NULL;
    }
    add_cell(table, cell);
}

void sb_text_table_add_double(sb_text_table *table, double number)
{
    char digits[40] = "";
    if (isfinite(number)) {
        sb_format_double(digits, sizeof digits, number);
    }
    add_cell(table, (sb_text_cell){
                        .text = sb_copy_text(digits), .number = isfinite(number), .value = number});
}

static size_t width_of(const sb_text_table *table, size_t column)
{
    size_t width = 0;
    for (size_t cell = column; cell < table->count; cell += table->columns) {
        size_t own = sb_text_width(table->cells[cell].text);
        width = own > width ? own : width;
    }
    return width;
}

static void add_blanks(sb_text *text, size_t count)
{
    for (size_t blank = 0; blank < count; blank++) {
        sb_text_add_part(text, " ", 1);
    }
}

void sb_text_table_write(const sb_text_table *table, sb_text *text)
{
    size_t *widths = sb_allocate(table->columns, sizeof *widths);
    if (widths == NULL || table->failed || table->columns == 0) {
        text->failed = true;
        free(widths);
        return;
    }
    for (size_t column = 0; column < table->columns; column++) {
        widths[column] = width_of(table, column);
    }
    for (size_t cell = 0; cell < table->count; cell++) {
        size_t column = cell % table->columns;
        bool last = column + 1 == table->columns || cell + 1 == table->count;
        size_t blanks = widths[column] - sb_text_width(table->cells[cell].text);
        bool left = column < table->left;
        add_blanks(text, 2 + (left ? 0 : blanks));
        sb_text_add(text, table->cells[cell].text);
        add_blanks(text, left && !last ? blanks : 0);
        sb_text_add(text, last ? "\n" : "");
    }
    free(widths);
}

void sb_text_add_number(sb_text *text, const fmpq_t number)
{
    char *plain = sb_rational_display(number, NUMBER_WIDTH, NULL);
    if (plain == NULL) {
        text->failed = true;
        return;
    }
    sb_text_add(text, plain);
    free(plain);
}
