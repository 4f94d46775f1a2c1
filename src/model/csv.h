/* Tables of comma-separated values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The separator is a tab where the first line has one, else a semicolon where it has one, else a
 * comma. Fields may be in double quotes, with "" for a quote inside. A byte order mark, CRLF line
 * ends and empty lines are passed over. Every line has the same number of fields.
 */
#ifndef SB_MODEL_CSV_H
#define SB_MODEL_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/environment.h"

#define SB_CSV_MAX_CELLS 4000000

typedef struct sb_csv_cell {
    char *text; /* without blanks around */
    int line, column;
} sb_csv_cell;

typedef struct sb_csv_table {
    size_t rows, columns;
    sb_csv_cell *cells; /* row by row */
} sb_csv_table;

/* Read a table; name stands for the file in messages. Cleared by the caller on success only. */
sb_status sb_csv_parse(const char *text, size_t length, const char *name, sb_csv_table *table,
                       sb_error *error);
void sb_csv_clear(sb_csv_table *table);

/* Whether a cell is a number. */
bool sb_csv_is_number(const sb_csv_cell *cell);

/* The numbers of the table from a row and column on, at least 0 each. *fraction is set when any was
 * written as a fraction. */
sb_status sb_csv_weights(const sb_csv_table *table, const char *name, size_t first_row,
                         size_t first_column, fmpq *weights, bool *fraction, sb_error *error);

/* Read the weights of an environment out of a file: the last player's types are the columns, the
 * other players' profiles the rows. A header row and a header column beyond that shape are skipped.
 */
sb_status sb_csv_read_weights(const sb_environment *environment, const char *path, fmpq *weights,
                              bool *fraction, sb_error *error);

#endif
