/* A program in scaled integers as a GLPK problem.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_GLPK_LOAD_H
#define SB_LP_GLPK_LOAD_H

#include <glpk.h>

#include "lp/fold.h"

/* The entries for glp_load_matrix, counted from 1. Allocated before GLPK is entered, since GLPK may
 * leave by longjmp. */
typedef struct sb_glpk_arrays {
    int *rows, *columns;
    double *values;
} sb_glpk_arrays;
/* False when memory runs out; clear in either case. */
bool sb_glpk_arrays_init(sb_glpk_arrays *arrays, const sb_lp_integers *program);
void sb_glpk_arrays_clear(sb_glpk_arrays *arrays);

/* GLPK takes int counts and finite numbers: whether the program is such. */
bool sb_glpk_takes(const sb_lp_integers *program);
/* Fill an empty problem: rows, columns, bounds, costs, matrix, scale factors. fold: the rows and
 * columns left out; NULL: none. */
void sb_glpk_load(glp_prob *problem, const sb_lp_integers *program, const sb_lp_fold *fold,
                  sb_glpk_arrays *arrays);

#endif
