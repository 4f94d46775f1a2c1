/* Rows that only say that two columns are complements, folded away for the floating solver.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row a x + a s = b with a, b > 0 and x, s >= 0 whose s is in no other row is a bound: the column
 * x runs from 0 to b/a, and s and the row go. In a design program with two outcomes these are all
 * the probability rows, often most of the rows there are; each iteration gets that much cheaper.
 * The basis of the folded program is one of the whole program, and the other way round: with x
 * strictly between its bounds both x and s are basic, else the one of them that is not zero.
 */
#ifndef SB_LP_FOLD_H
#define SB_LP_FOLD_H

#include "lp/integers.h"

#define SB_NOT_FOLDED ((size_t)-1)

typedef struct sb_lp_fold {
    size_t rows, columns; /* that are left */
    int *row_numbers;     /* counted from 1 among those left; 0: gone */
    int *column_numbers;
    size_t *complements; /* per column x: the s that it stands for too; SB_NOT_FOLDED: none */
    size_t *bounds;      /* per column x: the row that is its bound now */
} sb_lp_fold;

/* wanted false: nothing is folded. False when memory runs out. */
bool sb_lp_fold_init(sb_lp_fold *fold, const sb_lp_integers *program, bool wanted);
void sb_lp_fold_clear(sb_lp_fold *fold);

#endif
