/* The data of a linear program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows lie one after the other: row i owns the entries row_starts[i] .. row_starts[i + 1].
 */
#ifndef SB_LP_PROGRAM_H
#define SB_LP_PROGRAM_H

#include "sidebet/linear_program.h"

/* A pair of bounds; a number counts only where its flag is set. */
typedef struct sb_lp_bounds {
    bool has_lower, has_upper;
    fmpq lower, upper;
} sb_lp_bounds;

typedef struct sb_lp_column_data {
    char *name; /* owned; NULL: none */
    sb_lp_bounds bounds;
    fmpq cost;
} sb_lp_column_data;

typedef struct sb_lp_row_data {
    char *name;
    sb_lp_bounds bounds;
} sb_lp_row_data;

struct sb_lp {
    sb_direction direction;
    sb_lp_column_data *columns;
    size_t column_count, column_capacity;
    sb_lp_row_data *rows;
    size_t row_count, row_capacity;
    size_t *row_starts; /* row_count + 1 entries */
    size_t row_starts_capacity;
    size_t *entry_columns;
    fmpq *entries;
    size_t entry_columns_capacity, entries_capacity;
    size_t entries_initialised; /* entries[0 .. this) are valid numbers */
    size_t *seen;               /* while a row is added: where a column's entry is, plus 1 */
    size_t seen_capacity;
};

#endif
