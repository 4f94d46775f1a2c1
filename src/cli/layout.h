/* Plain text that fits: wrapped sentences and aligned tables.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_LAYOUT_H
#define SB_CLI_LAYOUT_H

#include "base/text.h"

/* The columns there are: COLUMNS, else those of the terminal on standard output, else 80. */
size_t sb_layout_width(void);

/* Write a sentence with line breaks at blanks; the first line goes on at column `at`, the others
 * are indented. Ends without a newline. */
void sb_layout_wrap(sb_text *text, const char *sentence, size_t at, size_t indent, size_t width);
/* "  NAME   explanation wrapped beside it", with a newline; a long name gets a line of its own. */
void sb_layout_entry(sb_text *text, const char *name, const char *explanation, size_t indent,
                     size_t column, size_t width);

/* Cells of text, right- or left-aligned by column. */
typedef struct sb_table {
    size_t columns, cell_count, capacity;
    char **cells; /* row by row; owned */
    bool failed;  /* an allocation failed: nothing is printed */
} sb_table;

void sb_table_init(sb_table *table, size_t columns);
void sb_table_clear(sb_table *table);
void sb_table_add(sb_table *table, const char *cell);
/* The same, taking over allocated memory; NULL marks a failed allocation. */
void sb_table_take(sb_table *table, char *cell);
/* The widest line, with the indent. */
size_t sb_table_width(const sb_table *table, size_t indent);
/* One line a row; the first column flush left, the others flush right, two blanks between. A failed
 * table marks the text as failed. */
void sb_table_print(const sb_table *table, sb_text *text, size_t indent);

#endif
