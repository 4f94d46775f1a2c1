/* Plain text that fits: wrapped sentences and aligned tables.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/layout.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/memory.h"

enum { DEFAULT_WIDTH = 80, SMALLEST_WIDTH = 20, LARGEST_WIDTH = 100000, GAP = 2 };

size_t sb_layout_width(void)
{
    const char *columns = getenv("COLUMNS");
    if (columns != NULL) {
        char *end;
        long width = strtol(columns, &end, 10);
        if (end != columns && *end == '\0' && width >= SMALLEST_WIDTH && width <= LARGEST_WIDTH) {
            return (size_t)width;
        }
    }
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col >= SMALLEST_WIDTH) {
        return size.ws_col;
    }
    return DEFAULT_WIDTH;
}

static void add_blanks(sb_text *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sb_text_add(text, " ");
    }
}

void sb_layout_wrap(sb_text *text, const char *sentence, size_t at, size_t indent, size_t width)
{
    bool first = true;
    while (*sentence != '\0') {
        size_t length = strcspn(sentence, " \n");
        char *word = sb_copy_text_part(sentence, length);
        size_t word_width = word == NULL ? length : sb_text_width(word);
        free(word);
        if (length > 0) {
            if (!first && at + 1 + word_width > width) {
                sb_text_add(text, "\n");
                add_blanks(text, indent);
                at = indent;
            } else if (!first) {
                sb_text_add(text, " ");
                at++;
            }
            sb_text_add_part(text, sentence, length);
            at += word_width;
            first = false;
        }
        sentence += length;
        sentence += strspn(sentence, " \n");
    }
}

void sb_layout_entry(sb_text *text, const char *name, const char *explanation, size_t indent,
                     size_t column, size_t width)
{
    add_blanks(text, indent);
    sb_text_add(text, name);
    size_t at = indent + sb_text_width(name);
    if (at + GAP > column) {
        sb_text_add(text, "\n");
        at = 0;
    }
    add_blanks(text, column - at);
    sb_layout_wrap(text, explanation, column, column, width);
    sb_text_add(text, "\n");
}

void sb_table_init(sb_table *table, size_t columns)
{
    *table = (sb_table){.columns = columns};
}

void sb_table_clear(sb_table *table)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    *table = (sb_table){.columns = table->columns};
}

void sb_table_add(sb_table *table, const char *cell)
{
    sb_table_take(table, sb_copy_text(cell));
}

void sb_table_take(sb_table *table, char *cell)
{
    if (cell == NULL ||
        !sb_grow((void *)&table->cells, &table->capacity, table->cell_count + 1, sizeof(char *))) {
        table->failed = true;
        free(cell);
        return;
    }
    table->cells[table->cell_count++] = cell;
}

static size_t column_width(const sb_table *table, size_t column)
{
    size_t widest = 0;
    for (size_t i = column; i < table->cell_count; i += table->columns) {
        size_t width = sb_text_width(table->cells[i]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

size_t sb_table_width(const sb_table *table, size_t indent)
{
    size_t width = indent;
    for (size_t column = 0; column < table->columns; column++) {
        width += column_width(table, column) + (column > 0 ? GAP : 0);
    }
    return width;
}

void sb_table_print(const sb_table *table, sb_text *text, size_t indent)
{
    size_t *widths = sb_allocate(table->columns, sizeof *widths);
    if (table->failed || widths == NULL || table->columns == 0) {
        text->failed = true;
        free(widths);
        return;
    }
    for (size_t column = 0; column < table->columns; column++) {
        widths[column] = column_width(table, column);
    }
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t column = i % table->columns;
        size_t padding = widths[column] - sb_text_width(table->cells[i]);
        if (column == 0) {
            add_blanks(text, indent);
            sb_text_add(text, table->cells[i]);
            add_blanks(text, table->columns > 1 ? padding : 0);
        } else {
            add_blanks(text, GAP + padding);
            sb_text_add(text, table->cells[i]);
        }
        if (column + 1 == table->columns) {
            sb_text_add(text, "\n");
        }
    }
    free(widths);
}
