/* Aligned text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/text_table.h"

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
        free(table->cells[cell]);
    }
    free(table->cells);
    *table = (sb_text_table){0};
}

void sb_text_table_add(sb_text_table *table, const char *text)
{
    char *copy = text == NULL ? NULL : sb_copy_text(text);
    if (copy == NULL ||
        !sb_grow(&table->cells, &table->capacity, table->count + 1, sizeof *table->cells)) {
        free(copy);
        table->failed = true;
        return;
    }
    table->cells[table->count++] = copy;
}

void sb_text_table_add_number(sb_text_table *table, const fmpq_t number, bool plus)
{
    char *plain = sb_rational_display(number, NUMBER_WIDTH, NULL);
    char *text = plain == NULL
                     ? NULL
                     : sb_format_text("%s%s", plus && fmpq_sgn(number) > 0 ? "+" : "", plain);
    sb_text_table_add(table, text);
    free(text);
    free(plain);
}

static size_t width_of(const sb_text_table *table, size_t column)
{
    size_t width = 0;
    for (size_t cell = column; cell < table->count; cell += table->columns) {
        size_t own = sb_text_width(table->cells[cell]);
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
        size_t blanks = widths[column] - sb_text_width(table->cells[cell]);
        bool left = column < table->left;
        add_blanks(text, 2 + (left ? 0 : blanks));
        sb_text_add(text, table->cells[cell]);
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
