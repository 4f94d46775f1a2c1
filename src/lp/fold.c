/* Finding the rows that only say that two columns are complements.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/fold.h"

#include <stdlib.h>

#include "base/memory.h"

/* The first two entries of a row, as indices into the program's entries and their columns. */
typedef struct short_row {
    size_t count;
    size_t columns[2], entries[2];
} short_row;

static void find_entries(short_row *rows, const sb_lp_integers *program)
{
    for (size_t column = 0; column < program->columns; column++) {
        for (size_t k = program->starts[column]; k < program->starts[column + 1]; k++) {
            short_row *row = &rows[program->entry_rows[k]];
            if (row->count < 2) {
                row->columns[row->count] = column;
                row->entries[row->count] = k;
            }
            row->count++;
        }
    }
}

static bool from_zero_up(const sb_lp_bounds *bounds)
{
    return bounds->has_lower && !bounds->has_upper && fmpq_is_zero(&bounds->lower);
}

static bool has_one_entry(const sb_lp_integers *program, size_t column)
{
    return program->starts[column + 1] - program->starts[column] == 1;
}

static bool says_complements(const sb_lp_integers *program, const short_row *row, size_t index)
{
    const sb_lp_bounds *bounds = &program->bounds[program->columns + index];
    return row->count == 2 && sb_lp_bounds_fixed(bounds) && fmpq_sgn(&bounds->lower) > 0 &&
           fmpz_sgn(&program->entries[row->entries[0]]) > 0 &&
           fmpz_equal(&program->entries[row->entries[0]], &program->entries[row->entries[1]]) &&
           from_zero_up(&program->bounds[row->columns[0]]) &&
           from_zero_up(&program->bounds[row->columns[1]]);
}

static void fold_row(sb_lp_fold *fold, const sb_lp_integers *program, const short_row *row,
                     size_t index)
{
    for (size_t k = 0; k < 2; k++) {
        size_t gone = row->columns[1 - k], kept = row->columns[k];
        if (has_one_entry(program, gone) && fold->complements[kept] == SB_NOT_FOLDED) {
            fold->complements[kept] = gone;
            fold->bounds[kept] = index;
            fold->row_numbers[index] = -1;
            fold->column_numbers[gone] = -1;
            return;
        }
    }
}

/* Number what is not marked with -1. */
static size_t number(int *numbers, size_t count)
{
    int left = 0;
    for (size_t k = 0; k < count; k++) {
        numbers[k] = numbers[k] < 0 ? 0 : ++left;
    }
    return (size_t)left;
}

bool sb_lp_fold_init(sb_lp_fold *fold, const sb_lp_integers *program, bool wanted)
{
    *fold = (sb_lp_fold){0};
    fold->row_numbers = sb_allocate(program->rows, sizeof *fold->row_numbers);
    fold->column_numbers = sb_allocate(program->columns, sizeof *fold->column_numbers);
    fold->complements = sb_allocate(program->columns, sizeof *fold->complements);
    fold->bounds = sb_allocate(program->columns, sizeof *fold->bounds);
    short_row *rows = sb_allocate(program->rows, sizeof *rows);
    if (fold->row_numbers == NULL || fold->column_numbers == NULL || fold->complements == NULL ||
        fold->bounds == NULL || rows == NULL) {
        sb_lp_fold_clear(fold);
        free(rows);
        return false;
    }
    for (size_t column = 0; column < program->columns; column++) {
        fold->complements[column] = SB_NOT_FOLDED;
    }
    find_entries(rows, program);
    for (size_t row = 0; wanted && row < program->rows; row++) {
        if (says_complements(program, &rows[row], row)) {
            fold_row(fold, program, &rows[row], row);
        }
    }
    fold->rows = number(fold->row_numbers, program->rows);
    fold->columns = number(fold->column_numbers, program->columns);
    free(rows);
    return true;
}

void sb_lp_fold_clear(sb_lp_fold *fold)
{
    free(fold->row_numbers);
    free(fold->column_numbers);
    free(fold->complements);
    free(fold->bounds);
    *fold = (sb_lp_fold){0};
}
