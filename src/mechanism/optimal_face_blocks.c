/* The blocks that the optimal face falls apart into.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two open columns are in one block where a row has both, after what cancels in it.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/optimal_face.h"

static size_t find_root(size_t *parents, size_t column)
{
    while (parents[column] != column) {
        parents[column] = parents[parents[column]];
        column = parents[column];
    }
    return column;
}

bool sb_face_is_block(const sb_face *face, size_t column)
{
    return face->parents[column] == column && face->columns[column] == SB_FACE_OPEN;
}

/* The columns whose coefficients do not cancel are tied together. Returns one of them. */
static size_t tie(const sb_face *face, size_t count, const size_t *columns,
                  const fmpq *coefficients, fmpq *sums)
{
    size_t tied = SB_NOWHERE;
    for (size_t k = 0; k < count; k++) {
        fmpq_add(sums + columns[k], sums + columns[k], coefficients + k);
    }
    for (size_t k = 0; k < count; k++) {
        if (fmpq_is_zero(sums + columns[k])) {
            continue;
        }
        fmpq_zero(sums + columns[k]);
        size_t root = find_root(face->parents, columns[k]);
        if (tied == SB_NOWHERE) {
            tied = root;
        } else {
            face->parents[root] = find_root(face->parents, tied);
        }
    }
    return tied;
}

static void list_blocks(sb_face *face, const size_t *tied)
{
    size_t columns = sb_lp_column_count(face->program);
    for (size_t column = columns; column-- > 0;) {
        face->first_column[column] = face->first_row[column] = SB_NOWHERE;
    }
    for (size_t column = columns; column-- > 0;) {
        if (face->columns[column] == SB_FACE_OPEN) {
            size_t root = find_root(face->parents, column);
            face->next_column[column] = face->first_column[root];
            face->first_column[root] = column;
        }
    }
    for (size_t row = sb_lp_row_count(face->program); row-- > 0;) {
        if (tied[row] != SB_NOWHERE) {
            size_t root = find_root(face->parents, tied[row]);
            face->next_row[row] = face->first_row[root];
            face->first_row[root] = row;
        }
    }
    /* Every column knows its root at once. */
    for (size_t column = 0; column < columns; column++) {
        face->parents[column] = find_root(face->parents, column);
    }
}

sb_status sb_face_find_blocks(sb_face *face, sb_error *error)
{
    size_t columns = sb_lp_column_count(face->program), rows = sb_lp_row_count(face->program);
    size_t room = sb_face_row_room(face);
    size_t *named = sb_allocate(room, sizeof *named), *tied = sb_allocate(rows, sizeof *tied);
    fmpq *coefficients = sb_rationals_new(room), *sums = sb_rationals_new(columns);
    sb_status status = SB_OK;
    if (named == NULL || tied == NULL || coefficients == NULL || sums == NULL) {
        status = sb_out_of_memory(error);
    } else {
        fmpq_t bound;
        fmpq_init(bound);
        for (size_t column = 0; column < columns; column++) {
            face->parents[column] = column;
        }
        for (size_t row = 0; row < rows; row++) {
            bool equation = false;
            size_t count = sb_face_row(face, row, named, coefficients, bound, &equation);
            tied[row] = tie(face, count, named, coefficients, sums);
        }
        list_blocks(face, tied);
        fmpq_clear(bound);
    }
    free(named);
    free(tied);
    sb_rationals_free(coefficients, room);
    sb_rationals_free(sums, columns);
    return status;
}
