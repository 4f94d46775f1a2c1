/* The data of a linear program: adding, changing and reading rows and columns.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/program.h"

#include <stdlib.h>

#include "base/memory.h"

static void set_bounds(sb_lp_bounds *bounds, const fmpq *lower, const fmpq *upper)
{
    bounds->has_lower = lower != NULL;
    bounds->has_upper = upper != NULL;
    if (lower != NULL) {
        fmpq_set(&bounds->lower, lower);
    } else {
        fmpq_zero(&bounds->lower);
    }
    if (upper != NULL) {
        fmpq_set(&bounds->upper, upper);
    } else {
        fmpq_zero(&bounds->upper);
    }
}

static void bounds_init(sb_lp_bounds *bounds, const fmpq *lower, const fmpq *upper)
{
    fmpq_init(&bounds->lower);
    fmpq_init(&bounds->upper);
    set_bounds(bounds, lower, upper);
}

static void bounds_clear(sb_lp_bounds *bounds)
{
    fmpq_clear(&bounds->lower);
    fmpq_clear(&bounds->upper);
}

sb_lp *sb_lp_new(sb_direction direction)
{
    sb_lp *lp = sb_allocate(1, sizeof *lp);
    if (lp == NULL) {
        return NULL;
    }
    lp->direction = direction;
    if (!sb_grow(&lp->row_starts, &lp->row_starts_capacity, 1, sizeof *lp->row_starts)) {
        free(lp);
        return NULL;
    }
    return lp;
}

void sb_lp_free(sb_lp *lp)
{
    if (lp == NULL) {
        return;
    }
    for (size_t column = 0; column < lp->column_count; column++) {
        free(lp->columns[column].name);
        bounds_clear(&lp->columns[column].bounds);
        fmpq_clear(&lp->columns[column].cost);
    }
    for (size_t row = 0; row < lp->row_count; row++) {
        free(lp->rows[row].name);
        bounds_clear(&lp->rows[row].bounds);
    }
    for (size_t entry = 0; entry < lp->entries_initialised; entry++) {
        fmpq_clear(&lp->entries[entry]);
    }
    free(lp->columns);
    free(lp->rows);
    free(lp->row_starts);
    free(lp->entry_columns);
    free(lp->entries);
    free(lp->seen);
    free(lp);
}

sb_status sb_lp_add_column(sb_lp *lp, const char *name, const fmpq *lower, const fmpq *upper,
                           const fmpq *cost, size_t *index, sb_error *error)
{
    size_t column = lp->column_count;
    if (!sb_grow(&lp->columns, &lp->column_capacity, column + 1, sizeof *lp->columns) ||
        !sb_grow(&lp->seen, &lp->seen_capacity, column + 1, sizeof *lp->seen)) {
        return sb_out_of_memory(error);
    }
    sb_lp_column_data *data = &lp->columns[column];
    data->name = NULL;
    if (name != NULL) {
        data->name = sb_copy_text(name);
        if (data->name == NULL) {
            return sb_out_of_memory(error);
        }
    }
    bounds_init(&data->bounds, lower, upper);
    fmpq_init(&data->cost);
    if (cost != NULL) {
        fmpq_set(&data->cost, cost);
    }
    lp->column_count++;
    if (index != NULL) {
        *index = column;
    }
    return SB_OK;
}

/* Room for `count` more entries, each a valid zero. */
static bool reserve_entries(sb_lp *lp, size_t count)
{
    size_t needed = lp->row_starts[lp->row_count] + count;
    if (!sb_grow(&lp->entry_columns, &lp->entry_columns_capacity, needed,
                 sizeof *lp->entry_columns) ||
        !sb_grow(&lp->entries, &lp->entries_capacity, needed, sizeof *lp->entries)) {
        return false;
    }
    for (; lp->entries_initialised < needed; lp->entries_initialised++) {
        fmpq_init(&lp->entries[lp->entries_initialised]);
    }
    return true;
}

/* Append the sum of the given entries; returns the end of the row. */
static size_t append_entries(sb_lp *lp, size_t count, const size_t *columns,
                             const fmpq *coefficients)
{
    size_t start = lp->row_starts[lp->row_count];
    size_t end = start;
    for (size_t k = 0; k < count; k++) {
        size_t at = lp->seen[columns[k]];
        if (at != 0) {
            fmpq_add(&lp->entries[at - 1], &lp->entries[at - 1], &coefficients[k]);
            continue;
        }
        lp->entry_columns[end] = columns[k];
        fmpq_set(&lp->entries[end], &coefficients[k]);
        lp->seen[columns[k]] = ++end;
    }
    size_t kept = start;
    for (size_t k = start; k < end; k++) {
        lp->seen[lp->entry_columns[k]] = 0;
        if (!fmpq_is_zero(&lp->entries[k])) {
            lp->entry_columns[kept] = lp->entry_columns[k];
            fmpq_swap(&lp->entries[kept], &lp->entries[k]);
            kept++;
        }
    }
    return kept;
}

sb_status sb_lp_add_row(sb_lp *lp, const char *name, const fmpq *lower, const fmpq *upper,
                        size_t count, const size_t *columns, const fmpq *coefficients,
                        size_t *index, sb_error *error)
{
    size_t row = lp->row_count;
    for (size_t k = 0; k < count; k++) {
        if (columns[k] >= lp->column_count) {
            return sb_error_set(error, SB_ERROR_INTERNAL,
                                "row %zu of a linear program names column %zu of %zu", row,
                                columns[k], lp->column_count);
        }
    }
    if (!sb_grow(&lp->rows, &lp->row_capacity, row + 1, sizeof *lp->rows) ||
        !sb_grow(&lp->row_starts, &lp->row_starts_capacity, row + 2, sizeof *lp->row_starts) ||
        !reserve_entries(lp, count)) {
        return sb_out_of_memory(error);
    }
    sb_lp_row_data *data = &lp->rows[row];
    data->name = NULL;
    if (name != NULL) {
        data->name = sb_copy_text(name);
        if (data->name == NULL) {
            return sb_out_of_memory(error);
        }
    }
    bounds_init(&data->bounds, lower, upper);
    lp->row_starts[row + 1] = append_entries(lp, count, columns, coefficients);
    lp->row_count++;
    if (index != NULL) {
        *index = row;
    }
    return SB_OK;
}

sb_status sb_lp_set_column_bounds(sb_lp *lp, size_t column, const fmpq *lower, const fmpq *upper,
                                  sb_error *error)
{
    if (column >= lp->column_count) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "a linear program of %zu columns has no column %zu", lp->column_count,
                            column);
    }
    set_bounds(&lp->columns[column].bounds, lower, upper);
    return SB_OK;
}

void sb_lp_set_cost(sb_lp *lp, size_t column, const fmpq_t cost)
{
    if (column < lp->column_count) {
        fmpq_set(&lp->columns[column].cost, cost);
    }
}

size_t sb_lp_column_count(const sb_lp *lp)
{
    return lp->column_count;
}

size_t sb_lp_row_count(const sb_lp *lp)
{
    return lp->row_count;
}

size_t sb_lp_nonzero_count(const sb_lp *lp)
{
    return lp->row_starts[lp->row_count];
}

const char *sb_lp_column_name(const sb_lp *lp, size_t column)
{
    const char *name = lp->columns[column].name;
    return name != NULL ? name : "";
}

const char *sb_lp_row_name(const sb_lp *lp, size_t row)
{
    const char *name = lp->rows[row].name;
    return name != NULL ? name : "";
}

sb_direction sb_lp_direction(const sb_lp *lp)
{
    return lp->direction;
}

sb_lp_row_view sb_lp_row(const sb_lp *lp, size_t row)
{
    size_t start = lp->row_starts[row];
    const sb_lp_bounds *bounds = &lp->rows[row].bounds;
    return (sb_lp_row_view){
        .count = lp->row_starts[row + 1] - start,
        .columns = lp->entry_columns != NULL ? lp->entry_columns + start : NULL,
        .coefficients = lp->entries != NULL ? lp->entries + start : NULL,
        .lower = bounds->has_lower ? &bounds->lower : NULL,
        .upper = bounds->has_upper ? &bounds->upper : NULL,
    };
}

sb_lp_column_view sb_lp_column(const sb_lp *lp, size_t column)
{
    const sb_lp_column_data *data = &lp->columns[column];
    return (sb_lp_column_view){
        .lower = data->bounds.has_lower ? &data->bounds.lower : NULL,
        .upper = data->bounds.has_upper ? &data->bounds.upper : NULL,
        .cost = &data->cost,
    };
}
