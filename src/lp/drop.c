/* Dropping rows of a linear program while its solver keeps what it knows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row whose activity is basic leaves a basis of the rest; one whose activity is not would leave
 * one variable too many.
 */
#include <stdlib.h>

#include "lp/program.h"
#include "lp/solver.h"

static void forget_row(sb_lp_row_data *row)
{
    free(row->name);
    row->name = NULL;
    fmpq_clear(&row->bounds.lower);
    fmpq_clear(&row->bounds.upper);
}

/* Move the entries of a row to where the kept ones end. */
static size_t move_entries(sb_lp *lp, size_t row, size_t end)
{
    for (size_t k = lp->row_starts[row]; k < lp->row_starts[row + 1]; k++, end++) {
        lp->entry_columns[end] = lp->entry_columns[k];
        if (end != k) {
            fmpq_swap(&lp->entries[end], &lp->entries[k]);
        }
    }
    return end;
}

/* The solver's basis without the dropped rows, or none. */
static void drop_statuses(sb_lp_solver *solver, size_t rows, const bool *dropped)
{
    size_t kept = 0;
    for (size_t row = 0; row < rows && row < solver->rows; row++) {
        sb_variable_status status = solver->statuses[solver->columns + row];
        if (!dropped[row]) {
            solver->statuses[solver->columns + kept++] = status;
        } else if (status != SB_BASIC) {
            sb_lp_solver_forget(solver);
            return;
        }
    }
    solver->rows = kept;
}

void sb_lp_drop_rows(sb_lp *lp, sb_lp_solver *solver, const bool *dropped)
{
    if (solver != NULL && sb_lp_solver_remembers(solver, lp)) {
        drop_statuses(solver, lp->row_count, dropped);
    }
    size_t kept = 0, end = 0;
    for (size_t row = 0; row < lp->row_count; row++) {
        if (dropped[row]) {
            forget_row(&lp->rows[row]);
            continue;
        }
        end = move_entries(lp, row, end);
        lp->rows[kept] = lp->rows[row];
        /* The start of the next row to read stays in place until that row is reached. */
        lp->row_starts[kept++] = end;
    }
    /* Ends were written where starts belong: shift them. */
    for (size_t row = kept; row > 0; row--) {
        lp->row_starts[row] = lp->row_starts[row - 1];
    }
    lp->row_starts[0] = 0;
    lp->row_count = kept;
}
