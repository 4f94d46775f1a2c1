/* Tables with the words around them, and the formats they are written in.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/table_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/latex.h"
#include "base/memory.h"

enum { LONGEST_FRACTION = 17 }; /* longer ones are rounded for people */

void sb_table_list_init(sb_table_list *list)
{
    *list = (sb_table_list){0};
}

void sb_table_list_clear(sb_table_list *list)
{
    for (size_t k = 0; k < list->count; k++) {
        free(list->blocks[k].before);
        sb_text_table_clear(&list->blocks[k].table);
    }
    free(list->blocks);
    free(list->after);
    sb_table_list_init(list);
}

void sb_table_list_add(sb_table_list *list, const char *before, sb_text_table *table)
{
    char *copy = sb_copy_text(before == NULL ? "" : before);
    if (copy == NULL || table->failed ||
        !sb_grow(&list->blocks, &list->capacity, list->count + 1, sizeof *list->blocks)) {
        list->failed = true;
        free(copy);
        sb_text_table_clear(table);
        return;
    }
    list->blocks[list->count++] = (sb_table_block){copy, *table};
    *table = (sb_text_table){0};
}

void sb_table_list_end(sb_table_list *list, const char *after)
{
    free(list->after);
    list->after = sb_copy_text(after == NULL ? "" : after);
    list->failed = list->failed || list->after == NULL;
}

/* ---- rows, whether the heading is the first of them or apart ---- */

static size_t body_row(const sb_text_table *table)
{
    return table->headings == NULL ? 1 : 0;
}

static size_t row_count(const sb_text_table *table)
{
    return table->columns == 0 ? 0 : table->count / table->columns;
}

static const char *heading(const sb_text_table *table, size_t column)
{
    return table->headings != NULL ? table->headings[column]
           : column < table->count ? table->cells[column].text
                                   : "";
}

static const sb_text_cell *cell_at(const sb_text_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->columns + column];
}

/* The number as people read it: exact where that is short, else with a sign that it is rounded. */
static const char *number_text(const sb_text_cell *cell, bool *about)
{
    bool fraction = cell->rounded && cell->exact != NULL && strlen(cell->exact) <= LONGEST_FRACTION;
    *about = cell->rounded && !fraction;
    return fraction ? cell->exact : cell->text;
}

/* One line of words at a time, without blanks around it; NULL: no more. */
static char *next_line(const char **words)
{
    while (**words == '\n' || **words == ' ') {
        (*words)++;
    }
    size_t length = strcspn(*words, "\n");
    if (length == 0) {
        return NULL;
    }
    char *line = sb_copy_text_part(*words, length);
    *words += length;
    return line;
}

typedef void line_writer(sb_text *text, const char *line);

static void write_words(sb_text *text, const char *words, line_writer *writer)
{
    char *line = NULL;
    for (const char *at = words == NULL ? "" : words; (line = next_line(&at)) != NULL;) {
        writer(text, line);
        free(line);
    }
}

/* ---- LaTeX ---- */

static void latex_line(sb_text *text, const char *line)
{
    sb_text_add_format(text, "%% %s\n", line);
}

static void latex_number(sb_text *text, const sb_text_cell *cell)
{
    bool about = false;
    const char *number = number_text(cell, &about);
    const char *exponent = strpbrk(number, "eE");
    sb_text_add(text, about ? "$\\approx " : "$");
    if (exponent == NULL) {
        sb_text_add(text, number);
    } else {
        sb_text_add_part(text, number, (size_t)(exponent - number));
        sb_text_add_format(text, "\\cdot 10^{%s}", exponent + (exponent[1] == '+' ? 2 : 1));
    }
    sb_text_add(text, "$");
}

static void latex_table(sb_text *text, const sb_text_table *table)
{
    sb_text_add(text, "\\begin{tabular}{");
    for (size_t column = 0; column < table->columns; column++) {
        sb_text_add(text, column < table->left ? "l" : "r");
    }
    sb_text_add(text, "}\n\\toprule\n");
    for (size_t column = 0; column < table->columns; column++) {
        sb_text_add(text, column == 0 ? "" : " & ");
        sb_escape_latex(text, heading(table, column));
    }
    sb_text_add(text, " \\\\\n\\midrule\n");
    for (size_t row = body_row(table); row < row_count(table); row++) {
        for (size_t column = 0; column < table->columns; column++) {
            const sb_text_cell *cell = cell_at(table, row, column);
            sb_text_add(text, column == 0 ? "" : " & ");
            if (cell->number) {
                latex_number(text, cell);
            } else {
                sb_escape_latex(text, cell->text);
            }
        }
        sb_text_add(text, " \\\\\n");
    }
    sb_text_add(text, "\\bottomrule\n\\end{tabular}\n");
}

/* ---- Markdown ---- */

static void markdown_line(sb_text *text, const char *line)
{
    sb_escape_markdown(text, line);
    sb_text_add(text, "\n\n");
}

static void markdown_table(sb_text *text, const sb_text_table *table)
{
    sb_text_add(text, "|");
    for (size_t column = 0; column < table->columns; column++) {
        sb_text_add(text, " ");
        sb_escape_markdown(text, heading(table, column));
        sb_text_add(text, " |");
    }
    sb_text_add(text, "\n|");
    for (size_t column = 0; column < table->columns; column++) {
        sb_text_add(text, column < table->left ? " :-- |" : " --: |");
    }
    sb_text_add(text, "\n");
    for (size_t row = body_row(table); row < row_count(table); row++) {
        sb_text_add(text, "|");
        for (size_t column = 0; column < table->columns; column++) {
            const sb_text_cell *cell = cell_at(table, row, column);
            bool about = false;
            const char *words = cell->number ? number_text(cell, &about) : cell->text;
            sb_text_add(text, about ? " \xE2\x89\x88 " : " ");
            sb_escape_markdown(text, words);
            sb_text_add(text, " |");
        }
        sb_text_add(text, "\n");
    }
    sb_text_add(text, "\n");
}

/* ---- CSV ---- */

/* Two fields a row for a column that holds a number somewhere. */
static bool numeric(const sb_text_table *table, size_t column)
{
    for (size_t row = body_row(table); row < row_count(table); row++) {
        if (cell_at(table, row, column)->number) {
            return true;
        }
    }
    return false;
}

static void csv_heading(sb_text *text, const sb_text_table *table)
{
    for (size_t column = 0; column < table->columns; column++) {
        const char *words = heading(table, column);
        char *exact = sb_format_text("%s_exact", words);
        sb_text_add(text, column == 0 ? "" : ",");
        sb_escape_csv(text, words);
        if (numeric(table, column)) {
            sb_text_add(text, ",");
            sb_escape_csv(text, exact == NULL ? "" : exact);
        }
        text->failed = text->failed || exact == NULL;
        free(exact);
    }
    sb_text_add(text, "\n");
}

static void csv_row(sb_text *text, const sb_text_table *table, size_t row)
{
    for (size_t column = 0; column < table->columns; column++) {
        const sb_text_cell *cell = cell_at(table, row, column);
        sb_text_add(text, column == 0 ? "" : ",");
        if (cell->number) {
            char digits[40];
            sb_format_double(digits, sizeof digits, cell->value);
            sb_text_add(text, digits);
        } else {
            sb_escape_csv(text, cell->text);
        }
        if (numeric(table, column)) {
            sb_text_add(text, ",");
            sb_text_add(text, cell->exact == NULL ? "" : cell->exact);
        }
    }
    sb_text_add(text, "\n");
}

/* The words above a table as one field. */
static void csv_part(sb_text *text, const char *before)
{
    size_t length = strcspn(before, "\n");
    const char *last = before;
    for (const char *at = before; at[length] == '\n' && at[length + 1] != '\0';) {
        at += length + 1;
        last = at;
        length = strcspn(at, "\n");
    }
    char *line = sb_copy_text_part(last, strcspn(last, "\n"));
    text->failed = text->failed || line == NULL;
    sb_escape_csv(text, line == NULL ? "" : line);
    free(line);
    sb_text_add(text, ",");
}

static bool same_headings(const sb_text_table *left, const sb_text_table *right)
{
    bool same = left->columns == right->columns;
    for (size_t column = 0; same && column < left->columns; column++) {
        same = strcmp(heading(left, column), heading(right, column)) == 0 &&
               numeric(left, column) == numeric(right, column);
    }
    return same;
}

static void csv_tables(sb_text *text, const sb_table_list *list)
{
    for (size_t k = 0; k < list->count; k++) {
        const sb_table_block *block = &list->blocks[k];
        bool same = k > 0 && same_headings(&list->blocks[k - 1].table, &block->table);
        sb_text_add(text, k > 0 && !same ? "\n" : "");
        if (!same) {
            sb_text_add(text, list->count > 1 ? "part," : "");
            csv_heading(text, &block->table);
        }
        for (size_t row = body_row(&block->table); row < row_count(&block->table); row++) {
            if (list->count > 1) {
                csv_part(text, block->before);
            }
            csv_row(text, &block->table, row);
        }
    }
}

/* ---- HTML ---- */

static void html_line(sb_text *text, const char *line)
{
    sb_text_add(text, "<p>");
    sb_escape_html(text, line);
    sb_text_add(text, "</p>\n");
}

static void html_cell(sb_text *text, const sb_text_table *table, const sb_text_cell *cell,
                      size_t column)
{
    bool names = column == 0 && table->left > 0;
    bool about = false;
    const char *words = cell->number ? number_text(cell, &about) : cell->text;
    sb_text_add(text, names ? "<th scope=\"row\"" : "<td");
    sb_text_add(text, column < table->left ? "" : " class=\"number\"");
    if (about && cell->exact != NULL) {
        sb_text_add(text, " title=\"");
        sb_escape_html(text, cell->exact);
        sb_text_add(text, "\"");
    }
    sb_text_add(text, about ? ">\xE2\x89\x88 " : ">");
    sb_escape_html(text, words);
    sb_text_add(text, names ? "</th>" : "</td>");
}

static void html_table(sb_text *text, const sb_table_block *block)
{
    const sb_text_table *table = &block->table;
    sb_text_add(text, "<div class=\"wide\"><table>\n");
    const char *words = block->before;
    char *line = NULL;
    for (bool first = true; (line = next_line(&words)) != NULL; first = false) {
        sb_text_add(text, first ? "<caption>" : "<br>");
        sb_escape_html(text, line);
        free(line);
    }
    sb_text_add(text, block->before[0] == '\0' ? "<thead><tr>" : "</caption>\n<thead><tr>");
    for (size_t column = 0; column < table->columns; column++) {
        const char *name = heading(table, column);
        bool empty = name[0] == '\0'; /* a corner heads nothing */
        sb_text_add(text, empty ? "<td" : "<th scope=\"col\"");
        sb_text_add(text, column < table->left ? ">" : " class=\"number\">");
        sb_escape_html(text, name);
        sb_text_add(text, empty ? "</td>" : "</th>");
    }
    sb_text_add(text, "</tr></thead>\n<tbody>\n");
    for (size_t row = body_row(table); row < row_count(table); row++) {
        sb_text_add(text, "<tr>");
        for (size_t column = 0; column < table->columns; column++) {
            html_cell(text, table, cell_at(table, row, column), column);
        }
        sb_text_add(text, "</tr>\n");
    }
    sb_text_add(text, "</tbody></table></div>\n");
}

/* ---- all ---- */

const char *sb_table_format_name(sb_table_format format)
{
    static const char *const names[SB_TABLE_FORMAT_COUNT] = {"latex", "markdown", "csv", "html"};
    return names[format];
}

bool sb_table_format_of(const char *path, sb_table_format *format)
{
    static const char *const endings[] = {".tex", ".md", ".csv"};
    for (int k = 0; k < SB_TABLE_HTML; k++) {
        if (sb_text_path_ends_in(path, endings[k])) {
            *format = (sb_table_format)k;
            return true;
        }
    }
    return false;
}

static void write_block(const sb_table_block *block, sb_table_format format, sb_text *text)
{
    switch (format) {
    case SB_TABLE_LATEX:
        write_words(text, block->before, latex_line);
        latex_table(text, &block->table);
        break;
    case SB_TABLE_MARKDOWN:
        write_words(text, block->before, markdown_line);
        markdown_table(text, &block->table);
        break;
    case SB_TABLE_HTML:
        html_table(text, block);
        break;
    default:
        break;
    }
}

/* Behind what a document needs for them. */
static void latex_tables(sb_text *text, const sb_table_list *list)
{
    sb_text tables;
    sb_text_init(&tables);
    for (size_t k = 0; k < list->count; k++) {
        sb_text_add(&tables, k > 0 ? "\n" : "");
        write_block(&list->blocks[k], SB_TABLE_LATEX, &tables);
    }
    write_words(&tables, list->after, latex_line);
    sb_text_add(text, "% \\usepackage{booktabs}\n");
    if (tables.bytes != NULL && !tables.failed) {
        sb_latex_add_needs(text, tables.bytes);
        sb_text_add_part(text, tables.bytes, tables.length);
    }
    text->failed = text->failed || tables.failed;
    sb_text_clear(&tables);
}

void sb_table_list_write(const sb_table_list *list, sb_table_format format, sb_text *text)
{
    text->failed = text->failed || list->failed;
    if (format == SB_TABLE_CSV) {
        csv_tables(text, list);
        return;
    }
    if (format == SB_TABLE_LATEX) {
        latex_tables(text, list);
        return;
    }
    for (size_t k = 0; k < list->count; k++) {
        write_block(&list->blocks[k], format, text);
    }
    write_words(text, list->after, format == SB_TABLE_MARKDOWN ? markdown_line : html_line);
}

void sb_table_write(const sb_text_table *table, sb_table_format format, sb_text *text)
{
    char nothing[] = "";
    sb_table_block block = {nothing, *table};
    const sb_table_list list = {.count = 1, .blocks = &block, .failed = table->failed};
    sb_table_list_write(&list, format, text);
}
