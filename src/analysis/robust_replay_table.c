/* What the table of a history must look like before any round is repeated.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/robust_history.h"

enum { OTHER_COLUMNS = 7 }; /* those that are not of beliefs */

/* An input error at a cell; the remedy is to be added. */
static sb_status refuse(const char *name, int line, int column, sb_error *error)
{
    sb_error_set_place(error, name, line, column);
    return SB_ERROR_INPUT;
}

/* The header has the names and the order of the columns. */
static sb_status check_header(const sb_csv_table *table, size_t signal_count, const char *name,
                              sb_error *error)
{
    sb_text header;
    sb_text_init(&header);
    sb_history_add_header(&header, signal_count);
    char *expected = sb_text_take(&header, error);
    if (expected == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_status status = SB_OK;
    const char *at = expected;
    for (size_t column = 0; column < table->columns && status == SB_OK; column++) {
        const sb_csv_cell *cell = &table->cells[column];
        size_t length = strcspn(at, ",");
        if (strlen(cell->text) != length || memcmp(cell->text, at, length) != 0) {
            sb_error_set(error, SB_ERROR_INPUT, "expected the header '%.*s' here, found '%.64s'",
                         length > 64 ? 64 : (int)length, at, cell->text);
            status = refuse(name, cell->line, cell->column, error);
            sb_error_set_hint(error, "begin with the line %.200s", expected);
        }
        at += length + (at[length] == ',' ? 1 : 0);
    }
    free(expected);
    return status;
}

/* The last column says yes or no. */
static sb_status check_proofs(const sb_csv_table *table, const char *name, bool *floating,
                              sb_error *error)
{
    for (size_t row = 1; row < table->rows; row++) {
        const sb_csv_cell *cell = &table->cells[(row + 1) * table->columns - 1];
        if (strcmp(cell->text, SB_HISTORY_FLOATING) == 0) {
            *floating = true;
        } else if (strcmp(cell->text, SB_HISTORY_EXACT) != 0) {
            sb_error_set(error, SB_ERROR_INPUT, "a round is exact or not, and '%.64s' says neither",
                         cell->text);
            sb_error_set_hint(error, "write " SB_HISTORY_EXACT " or " SB_HISTORY_FLOATING
                                     ", or save the steps anew");
            return refuse(name, cell->line, cell->column, error);
        }
    }
    return SB_OK;
}

sb_status sb_history_check_table(const sb_csv_table *table, size_t signal_count, const char *name,
                                 bool *floating, sb_error *error)
{
    *floating = false;
    if (table->columns != OTHER_COLUMNS + signal_count) {
        sb_error_set(error, SB_ERROR_INPUT,
                     "a history of %zu signals has %zu columns, and this table %zu", signal_count,
                     OTHER_COLUMNS + signal_count, table->columns);
        sb_error_set_hint(error, "replay with the FILE that the steps were saved with");
        return refuse(name, 1, 0, error);
    }
    sb_status status = check_header(table, signal_count, name, error);
    if (status == SB_OK && table->rows < 2) {
        sb_error_set(error, SB_ERROR_INPUT, "the history has no end line");
        sb_error_set_hint(error, "the file is cut short: save the steps anew");
        return refuse(name, 1, 0, error);
    }
    return status == SB_OK ? check_proofs(table, name, floating, error) : status;
}
