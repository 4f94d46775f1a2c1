/* Tables with the words around them, and the formats they are written in.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `show` prints as text, `table` writes as LaTeX, Markdown or CSV, and the report as HTML: the
 * same tables through one renderer. Numbers are written exactly where they are proved and short
 * enough to read; CSV gives each number two fields, as elsewhere: the nearest double, and the exact
 * fraction, which is empty where the number is not proved.
 */
#ifndef SB_SESSION_TABLE_LIST_H
#define SB_SESSION_TABLE_LIST_H

#include "session/text_table.h"

typedef struct sb_table_block {
    char *before; /* the words above it, "" for none */
    sb_text_table table;
} sb_table_block;

typedef struct sb_table_list {
    size_t count, capacity;
    sb_table_block *blocks;
    char *after; /* the words below all; NULL: none */
    bool failed;
} sb_table_list;

typedef enum sb_table_format {
    SB_TABLE_LATEX,
    SB_TABLE_MARKDOWN,
    SB_TABLE_CSV,
    SB_TABLE_HTML, /* a piece of a page */
    SB_TABLE_FORMAT_COUNT
} sb_table_format;

void sb_table_list_init(sb_table_list *list);
void sb_table_list_clear(sb_table_list *list);
/* One more table (taken over) under these words. */
void sb_table_list_add(sb_table_list *list, const char *before, sb_text_table *table);
void sb_table_list_end(sb_table_list *list, const char *after);

/* "latex", "markdown", "csv", "html". */
const char *sb_table_format_name(sb_table_format format);
/* By the ending of a file: .tex, .md, .csv; false: none of them. */
bool sb_table_format_of(const char *path, sb_table_format *format);
/* All tables. LaTeX: booktabs tabulars, the words as comments. Markdown: pipe tables, the words as
 * paragraphs. CSV: tables alone; of several, each line begins with the words above its table. */
void sb_table_list_write(const sb_table_list *list, sb_table_format format, sb_text *text);

/* One table without words. */
void sb_table_write(const sb_text_table *table, sb_table_format format, sb_text *text);

/* One field, quoted where it needs to be (RFC 4180). */
void sb_escape_csv(sb_text *text, const char *field);
/* Characters that mean something in LaTeX, Markdown (a table's cell) and HTML. Control characters
 * become blanks. */
void sb_escape_latex(sb_text *text, const char *words);
void sb_escape_markdown(sb_text *text, const char *words);
void sb_escape_html(sb_text *text, const char *words);

#endif
