/* A linear program scaled to integers, column by column, always minimised.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The variables are z = (x, r): the columns x, then one row activity r for each row, tied by
 * A x - r = 0. Variable j < columns is a column, variable columns + i the activity of row i. Row i
 * of A and its bounds are the row as given times row_scales[i] > 0; the cost is the cost as given
 * times cost_scale, which is negative where the program maximises.
 */
#ifndef SB_LP_INTEGERS_H
#define SB_LP_INTEGERS_H

#include "lp/program.h"

typedef struct sb_lp_integers {
    size_t rows, columns;
    size_t *starts;     /* columns + 1: the entries of column j are starts[j] .. starts[j + 1] */
    size_t *entry_rows; /* ascending within a column */
    fmpz *entries;
    slong *small_entries; /* the same as machine words, NULL when one does not fit */
    size_t entry_count;
    fmpz *cost;           /* one a column */
    sb_lp_bounds *bounds; /* one a variable */
    fmpq *row_scales;
    fmpq cost_scale;
} sb_lp_integers;

/* Scale. On failure nothing is held. */
sb_status sb_lp_integers_init(sb_lp_integers *integers, const sb_lp *lp, sb_error *error);
void sb_lp_integers_clear(sb_lp_integers *integers);

/* Whether the two bounds of a variable are the same number. */
bool sb_lp_bounds_fixed(const sb_lp_bounds *bounds);
/* Whether no number lies between the bounds. */
bool sb_lp_bounds_empty(const sb_lp_bounds *bounds);

#endif
