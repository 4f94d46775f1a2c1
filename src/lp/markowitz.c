/* Sparse Gaussian elimination modulo a prime with Markowitz's choice of pivots.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The active submatrix is kept as rows (column and value) and as columns (row only). Rows and
 * columns that are still active hang in lists by their number of entries, so that the sparsest are
 * found at once. The next pivot minimises (row entries - 1) * (column entries - 1) among the first
 * few of the sparsest rows and columns.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lp/modular_factor.h"
#include "lp/modular_vectors.h"

#define NONE            SIZE_MAX
#define LISTS_TO_SEARCH 4 /* rows or columns of more than one entry looked at per pivot */

typedef struct row_entry {
    size_t column;
    ulong value;
} row_entry;

typedef struct active_row {
    row_entry *entries;
    size_t count, capacity;
} active_row;

typedef struct active_column {
    size_t *rows;
    size_t count, capacity;
} active_column;

/* Doubly linked lists of lines (rows or columns) by number of entries. */
typedef struct count_lists {
    size_t *first; /* by count */
    size_t *next, *previous;
} count_lists;

typedef struct elimination {
    size_t size;
    ulong prime;
    active_row *rows;
    active_column *columns;
    count_lists row_lists, column_lists;
    size_t *where; /* by column: place in the pivot row, plus 1; 0 elsewhere */
    bool *row_done, *column_done;
} elimination;

static bool lists_init(count_lists *lists, size_t size)
{
    lists->first = sb_allocate(size + 1, sizeof *lists->first);
    lists->next = sb_allocate(size, sizeof *lists->next);
    lists->previous = sb_allocate(size, sizeof *lists->previous);
    if (lists->first == NULL || lists->next == NULL || lists->previous == NULL) {
        return false;
    }
    for (size_t count = 0; count <= size; count++) {
        lists->first[count] = NONE;
    }
    return true;
}

static void lists_clear(count_lists *lists)
{
    free(lists->first);
    free(lists->next);
    free(lists->previous);
}

static void lists_insert(count_lists *lists, size_t line, size_t count)
{
    size_t first = lists->first[count];
    lists->next[line] = first;
    lists->previous[line] = NONE;
    if (first != NONE) {
        lists->previous[first] = line;
    }
    lists->first[count] = line;
}

static void lists_remove(count_lists *lists, size_t line, size_t count)
{
    size_t next = lists->next[line];
    size_t previous = lists->previous[line];
    if (next != NONE) {
        lists->previous[next] = previous;
    }
    if (previous != NONE) {
        lists->next[previous] = next;
    } else {
        lists->first[count] = next;
    }
}

static bool append_to_row(active_row *row, size_t column, ulong value)
{
    if (row->count >= row->capacity &&
        !sb_grow(&row->entries, &row->capacity, row->count + 1, sizeof *row->entries)) {
        return false;
    }
    row->entries[row->count++] = (row_entry){column, value};
    return true;
}

/* Append a row to a column, which moves to the next list. */
static bool append_to_column(elimination *work, size_t column, size_t row)
{
    active_column *line = &work->columns[column];
    if (line->count >= line->capacity &&
        !sb_grow(&line->rows, &line->capacity, line->count + 1, sizeof *line->rows)) {
        return false;
    }
    lists_remove(&work->column_lists, column, line->count);
    line->rows[line->count++] = row;
    lists_insert(&work->column_lists, column, line->count);
    return true;
}

static void remove_from_column(elimination *work, size_t column, size_t row)
{
    active_column *line = &work->columns[column];
    size_t at = 0;
    while (line->rows[at] != row) {
        at++;
    }
    lists_remove(&work->column_lists, column, line->count);
    line->rows[at] = line->rows[--line->count];
    lists_insert(&work->column_lists, column, line->count);
}

static void elimination_clear(elimination *work)
{
    for (size_t k = 0; k < work->size; k++) {
        if (work->rows != NULL) {
            free(work->rows[k].entries);
        }
        if (work->columns != NULL) {
            free(work->columns[k].rows);
        }
    }
    free(work->rows);
    free(work->columns);
    free(work->where);
    free(work->row_done);
    free(work->column_done);
    lists_clear(&work->row_lists);
    lists_clear(&work->column_lists);
}

static bool elimination_init(elimination *work, const sb_modular_matrix *matrix, ulong prime)
{
    size_t size = matrix->size;
    *work = (elimination){.size = size, .prime = prime};
    work->rows = sb_allocate(size, sizeof *work->rows);
    work->columns = sb_allocate(size, sizeof *work->columns);
    work->where = sb_allocate(size, sizeof *work->where);
    work->row_done = sb_allocate(size, sizeof *work->row_done);
    work->column_done = sb_allocate(size, sizeof *work->column_done);
    if (work->rows == NULL || work->columns == NULL || work->where == NULL ||
        work->row_done == NULL || work->column_done == NULL ||
        !lists_init(&work->row_lists, size) || !lists_init(&work->column_lists, size)) {
        return false;
    }
    for (size_t column = 0; column < size; column++) {
        lists_insert(&work->column_lists, column, 0);
        for (size_t k = matrix->starts[column]; k < matrix->starts[column + 1]; k++) {
            if (matrix->values[k] != 0 &&
                (!append_to_row(&work->rows[matrix->rows[k]], column, matrix->values[k]) ||
                 !append_to_column(work, column, matrix->rows[k]))) {
                return false;
            }
        }
    }
    for (size_t row = 0; row < size; row++) {
        lists_insert(&work->row_lists, row, work->rows[row].count);
    }
    return true;
}

typedef struct pivot_choice {
    size_t row, column, cost;
} pivot_choice;

static void consider(pivot_choice *best, const elimination *work, size_t row, size_t column)
{
    size_t cost = (work->rows[row].count - 1) * (work->columns[column].count - 1);
    if (best->row == NONE || cost < best->cost) {
        *best = (pivot_choice){row, column, cost};
    }
}

/* row is NONE when no entry is left. */
static pivot_choice choose_pivot(const elimination *work)
{
    pivot_choice best = {NONE, NONE, 0};
    size_t searched = 0;
    for (size_t count = 1; count <= work->size; count++) {
        for (size_t column = work->column_lists.first[count]; column != NONE;
             column = work->column_lists.next[column]) {
            for (size_t k = 0; k < count; k++) {
                consider(&best, work, work->columns[column].rows[k], column);
            }
            if (best.cost <= (count - 1) * (count - 1) || ++searched >= LISTS_TO_SEARCH) {
                return best;
            }
        }
        for (size_t row = work->row_lists.first[count]; row != NONE;
             row = work->row_lists.next[row]) {
            for (size_t k = 0; k < count; k++) {
                consider(&best, work, row, work->rows[row].entries[k].column);
            }
            if (best.cost <= count * (count - 1) || ++searched >= LISTS_TO_SEARCH) {
                return best;
            }
        }
    }
    return best;
}

/* row -= multiplier * pivot row, whose columns work->where holds; the pivot column's entry goes. */
static bool subtract_row(elimination *work, size_t row, size_t pivot_row, size_t pivot_column,
                         ulong multiplier)
{
    active_row *line = &work->rows[row];
    const active_row *pivot = &work->rows[pivot_row];
    ulong prime = work->prime;
    ulong quotient = n_mulmod_precomp_shoup(multiplier, prime);
    size_t kept = 0;
    size_t count = line->count;
    for (size_t k = 0; k < count; k++) {
        row_entry entry = line->entries[k];
        size_t at = work->where[entry.column];
        if (at != 0) {
            /* Mark the pivot row's entry as met; unmarked below. */
            work->where[entry.column] = NONE;
            ulong product =
                n_mulmod_shoup(multiplier, pivot->entries[at - 1].value, quotient, prime);
            entry.value = n_submod(entry.value, product, prime);
            if (entry.value == 0) {
                if (entry.column != pivot_column) {
                    remove_from_column(work, entry.column, row);
                }
                continue;
            }
        }
        line->entries[kept++] = entry;
    }
    line->count = kept;
    for (size_t k = 0; k < pivot->count; k++) {
        size_t column = pivot->entries[k].column;
        if (work->where[column] == NONE) {
            work->where[column] = k + 1;
            continue;
        }
        ulong product = n_mulmod_shoup(multiplier, pivot->entries[k].value, quotient, prime);
        if (!append_to_row(line, column, n_negmod(product, prime)) ||
            !append_to_column(work, column, row)) {
            return false;
        }
    }
    return true;
}

static ulong value_at(const active_row *row, size_t column)
{
    size_t k = 0;
    while (row->entries[k].column != column) {
        k++;
    }
    return row->entries[k].value;
}

/* Record the pivot, subtract its row from the others, take its row and column out. */
static bool eliminate(elimination *work, sb_modular_factor *factor, size_t step, size_t row,
                      size_t column)
{
    active_row *pivot = &work->rows[row];
    ulong prime = work->prime;
    ulong inverse = n_invmod(value_at(pivot, column), prime);
    factor->pivot_rows[step] = row;
    factor->pivot_columns[step] = column;
    factor->pivot_inverses[step] = inverse;
    size_t end = step == 0 ? 0 : factor->upper.starts[step];
    for (size_t k = 0; k < pivot->count; k++) {
        row_entry entry = pivot->entries[k];
        work->where[entry.column] = k + 1;
        if (entry.column != column &&
            !sb_modular_vectors_append(&factor->upper, &end, entry.column, entry.value, prime)) {
            return false;
        }
    }
    if (!sb_modular_vectors_finish(&factor->upper, end)) {
        return false;
    }
    end = step == 0 ? 0 : factor->lower.starts[step];
    active_column *line = &work->columns[column];
    for (size_t k = 0; k < line->count; k++) {
        size_t other = line->rows[k];
        if (other == row) {
            continue;
        }
        ulong multiplier = n_mulmod2_preinv(value_at(&work->rows[other], column), inverse, prime,
                                            factor->prime_inverse);
        lists_remove(&work->row_lists, other, work->rows[other].count);
        bool done = sb_modular_vectors_append(&factor->lower, &end, other, multiplier, prime) &&
                    subtract_row(work, other, row, column, multiplier);
        lists_insert(&work->row_lists, other, work->rows[other].count);
        if (!done) {
            return false;
        }
    }
    if (!sb_modular_vectors_finish(&factor->lower, end)) {
        return false;
    }
    for (size_t k = 0; k < pivot->count; k++) {
        work->where[pivot->entries[k].column] = 0;
        if (pivot->entries[k].column != column) {
            remove_from_column(work, pivot->entries[k].column, row);
        }
    }
    lists_remove(&work->row_lists, row, pivot->count);
    lists_remove(&work->column_lists, column, line->count);
    work->row_done[row] = true;
    work->column_done[column] = true;
    return true;
}

/* Pair rows and columns without a pivot: minus a unit vector has no other entry, so it needs no
 * elimination. */
static bool complete(elimination *work, sb_modular_factor *factor, size_t step,
                     size_t *deficient_rows, size_t *deficient_columns, size_t *deficiency)
{
    size_t column = 0;
    *deficiency = 0;
    for (size_t row = 0; row < work->size; row++) {
        if (work->row_done[row]) {
            continue;
        }
        while (work->column_done[column]) {
            column++;
        }
        factor->pivot_rows[step] = row;
        factor->pivot_columns[step] = column;
        factor->pivot_inverses[step] = work->prime - 1;
        size_t upper_end = step == 0 ? 0 : factor->upper.starts[step];
        size_t lower_end = step == 0 ? 0 : factor->lower.starts[step];
        if (!sb_modular_vectors_finish(&factor->upper, upper_end) ||
            !sb_modular_vectors_finish(&factor->lower, lower_end)) {
            return false;
        }
        deficient_rows[*deficiency] = row;
        deficient_columns[*deficiency] = column++;
        (*deficiency)++;
        step++;
    }
    /* What the pivot rows hold of the replaced columns is gone with them. */
    for (size_t k = 0; *deficiency > 0 && k < factor->upper.starts[work->size]; k++) {
        sb_modular_entry *entry = &factor->upper.entries[k];
        if (!work->column_done[entry->index]) {
            entry->value = 0;
            entry->quotient = 0;
        }
    }
    return true;
}

static bool prepare(sb_modular_factor *factor, size_t size, ulong prime)
{
    sb_modular_vectors_reset(&factor->lower);
    sb_modular_vectors_reset(&factor->upper);
    sb_modular_vectors_reset(&factor->etas);
    factor->prime = prime;
    factor->prime_inverse = n_preinvert_limb(prime);
    if (factor->pivot_rows != NULL && factor->size == size) {
        return true;
    }
    factor->size = size;
    free(factor->pivot_rows);
    free(factor->pivot_columns);
    free(factor->pivot_inverses);
    free(factor->scratch);
    factor->pivot_rows = sb_allocate(size, sizeof *factor->pivot_rows);
    factor->pivot_columns = sb_allocate(size, sizeof *factor->pivot_columns);
    factor->pivot_inverses = sb_allocate(size, sizeof *factor->pivot_inverses);
    factor->scratch = sb_allocate(size, sizeof *factor->scratch);
    return factor->pivot_rows != NULL && factor->pivot_columns != NULL &&
           factor->pivot_inverses != NULL && factor->scratch != NULL;
}

sb_status sb_modular_factor_compute(sb_modular_factor *factor, const sb_modular_matrix *matrix,
                                    ulong prime, size_t *deficient_rows, size_t *deficient_columns,
                                    size_t *deficiency, sb_error *error)
{
    elimination work = {0};
    *deficiency = 0;
    bool done = prepare(factor, matrix->size, prime) && elimination_init(&work, matrix, prime);
    size_t step = 0;
    for (; done && step < matrix->size; step++) {
        pivot_choice pivot = choose_pivot(&work);
        if (pivot.row == NONE) {
            break;
        }
        done = eliminate(&work, factor, step, pivot.row, pivot.column);
    }
    done = done && complete(&work, factor, step, deficient_rows, deficient_columns, deficiency);
    elimination_clear(&work);
    return done ? SB_OK : sb_out_of_memory(error);
}
