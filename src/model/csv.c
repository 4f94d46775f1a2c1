/* Tables of comma-separated values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/yaml_utf8.h"

typedef struct scanner {
    const char *text, *name;
    size_t length, at;
    int line, column;
    char separator;
    size_t capacity, cell_count;
    sb_csv_table *table;
    sb_error *error;
} scanner;

static sb_status fail_at(sb_error *error, const char *name, int line, int column, const char *hint)
{
    sb_error_set_place(error, name, line, column);
    sb_error_set_hint(error, "%s", hint);
    return SB_ERROR_INPUT;
}

/* The separator of a text by its first line that is not empty. */
static char find_separator(const char *text, size_t length)
{
    char separator = ',';
    bool quoted = false;
    bool started = false;
    for (size_t at = 0; at < length; at++) {
        char byte = text[at];
        if (byte == '"') {
            quoted = !quoted;
        } else if (!quoted && byte == '\t') {
            return '\t';
        } else if (!quoted && byte == ';') {
            separator = ';';
        } else if (!quoted && byte == '\n' && started) {
            break;
        }
        started = started || (byte != '\n' && byte != '\r' && byte != ' ');
    }
    return separator;
}

/* One byte on; columns count characters. */
static void advance(scanner *scan)
{
    unsigned char byte = (unsigned char)scan->text[scan->at++];
    if (byte == '\n') {
        scan->line++;
        scan->column = 1;
    } else if ((byte & 0xC0U) != 0x80U) {
        scan->column++;
    }
}

static bool at_line_end(const scanner *scan)
{
    return scan->at >= scan->length || scan->text[scan->at] == '\n' ||
           (scan->text[scan->at] == '\r' &&
            (scan->at + 1 == scan->length || scan->text[scan->at + 1] == '\n'));
}

static bool at_blank(const scanner *scan)
{
    return scan->at < scan->length && scan->text[scan->at] != scan->separator &&
           (scan->text[scan->at] == ' ' || scan->text[scan->at] == '\t');
}

static sb_status read_quoted(scanner *scan, sb_text *field)
{
    int line = scan->line;
    int column = scan->column;
    advance(scan);
    for (;;) {
        if (scan->at >= scan->length) {
            sb_error_set(scan->error, SB_ERROR_INPUT, "the quotes that open here are not closed");
            return fail_at(scan->error, scan->name, line, column, "close them with \"");
        }
        if (scan->text[scan->at] == '"') {
            advance(scan);
            if (scan->at >= scan->length || scan->text[scan->at] != '"') {
                break;
            }
        }
        sb_text_add_part(field, scan->text + scan->at, 1);
        advance(scan);
    }
    while (at_blank(scan)) {
        advance(scan);
    }
    if (!at_line_end(scan) && scan->text[scan->at] != scan->separator) {
        sb_error_set(scan->error, SB_ERROR_INPUT, "text follows the closing quotes");
        return fail_at(scan->error, scan->name, scan->line, scan->column,
                       "write \"\" for a quote inside quotes");
    }
    return SB_OK;
}

static sb_status read_field(scanner *scan)
{
    sb_text field;
    sb_text_init(&field);
    while (at_blank(scan)) {
        advance(scan);
    }
    sb_csv_cell cell = {.line = scan->line, .column = scan->column};
    sb_status status = SB_OK;
    if (!at_line_end(scan) && scan->text[scan->at] == '"') {
        status = read_quoted(scan, &field);
    } else {
        size_t start = scan->at;
        size_t end = start;
        while (!at_line_end(scan) && scan->text[scan->at] != scan->separator) {
            end = at_blank(scan) ? end : scan->at + 1;
            advance(scan);
        }
        sb_text_add_part(&field, scan->text + start, end - start);
    }
    if (status == SB_OK) {
        cell.text = sb_text_take(&field, scan->error);
        status = cell.text == NULL ? SB_ERROR_MEMORY : SB_OK;
    }
    sb_text_clear(&field);
    if (status == SB_OK && !sb_grow(&scan->table->cells, &scan->capacity, scan->cell_count + 1,
                                    sizeof *scan->table->cells)) {
        free(cell.text);
        status = sb_out_of_memory(scan->error);
    }
    if (status == SB_OK) {
        scan->table->cells[scan->cell_count++] = cell;
    }
    return status;
}

static sb_status read_line(scanner *scan)
{
    int line = scan->line;
    size_t before = scan->cell_count;
    for (;;) {
        sb_status status = read_field(scan);
        if (status != SB_OK) {
            return status;
        }
        if (at_line_end(scan)) {
            break;
        }
        advance(scan);
    }
    size_t found = scan->cell_count - before;
    if (found == 1 && scan->table->cells[before].text[0] == '\0') { /* an empty line */
        free(scan->table->cells[before].text);
        scan->cell_count = before;
    } else if (scan->table->rows > 0 && found != scan->table->columns) {
        sb_error_set(scan->error, SB_ERROR_INPUT,
                     "this line has %zu field%s, the first line has %zu", found,
                     found == 1 ? "" : "s", scan->table->columns);
        return fail_at(scan->error, scan->name, line, 1,
                       "give every line the same number of fields");
    } else {
        scan->table->columns = found;
        scan->table->rows++;
    }
    if (scan->cell_count > SB_CSV_MAX_CELLS) {
        sb_error_set(scan->error, SB_ERROR_LIMIT, "the table has more than %d cells",
                     SB_CSV_MAX_CELLS);
        sb_error_set_place(scan->error, scan->name, line, 1);
        return SB_ERROR_LIMIT;
    }
    while (scan->at < scan->length && scan->text[scan->at] == '\r') {
        scan->at++;
    }
    if (scan->at < scan->length) {
        advance(scan);
    }
    return SB_OK;
}

sb_status sb_csv_parse(const char *text, size_t length, const char *name, sb_csv_table *table,
                       sb_error *error)
{
    *table = (sb_csv_table){0};
    sb_status status = sb_utf8_check(text, length, name, error);
    if (status != SB_OK) {
        return status;
    }
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    scanner scan = {
        .text = text,
        .name = name,
        .length = length,
        .line = 1,
        .column = 1,
        .separator = find_separator(text, length),
        .table = table,
        .error = error,
    };
    while (status == SB_OK && scan.at < scan.length) {
        status = read_line(&scan);
    }
    if (status == SB_OK && table->rows == 0) {
        sb_error_set(error, SB_ERROR_INPUT, "the table is empty");
        status = fail_at(error, name, 1, 1, "write one line of numbers a row");
    }
    if (status != SB_OK) {
        for (size_t cell = 0; cell < scan.cell_count; cell++) {
            free(table->cells[cell].text);
        }
        free(table->cells);
        *table = (sb_csv_table){0};
    }
    return status;
}

void sb_csv_clear(sb_csv_table *table)
{
    for (size_t cell = 0; cell < table->rows * table->columns; cell++) {
        free(table->cells[cell].text);
    }
    free(table->cells);
    *table = (sb_csv_table){0};
}

bool sb_csv_is_number(const sb_csv_cell *cell)
{
    fmpq_t number;
    fmpq_init(number);
    bool is_number = sb_rational_parse(number, cell->text, strlen(cell->text), NULL) == SB_OK;
    fmpq_clear(number);
    return is_number;
}

sb_status sb_csv_weights(const sb_csv_table *table, const char *name, size_t first_row,
                         size_t first_column, fmpq *weights, bool *fraction, sb_error *error)
{
    size_t index = 0;
    for (size_t row = first_row; row < table->rows; row++) {
        for (size_t column = first_column; column < table->columns; column++, index++) {
            const sb_csv_cell *cell = &table->cells[row * table->columns + column];
            sb_status status =
                sb_rational_parse(&weights[index], cell->text, strlen(cell->text), error);
            if (status != SB_OK) {
                sb_error_set_place(error, name, cell->line, cell->column);
                return status;
            }
            if (fmpq_sgn(&weights[index]) < 0) {
                sb_error_set(error, SB_ERROR_INPUT, "the number '%s' is negative", cell->text);
                return fail_at(error, name, cell->line, cell->column,
                               "probabilities and weights are 0 or more");
            }
            *fraction = *fraction || strchr(cell->text, '/') != NULL;
        }
    }
    return SB_OK;
}
