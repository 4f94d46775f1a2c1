/* What the files of a stepped run share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_RUN_H
#define SB_ANALYSIS_ROBUST_RUN_H

#include "analysis/robust_program.h"

struct sb_robust_run {
    sb_environment *environment;
    sb_consistent_set set;
    sb_robust_options options;
    fmpq tolerance;
    sb_robust_program program;
    sb_lp_solver *solver;
    sb_robust_round **rounds; /* each allocated by itself: pointers stay valid */
    size_t count, capacity, current;
    /* the relaxation of the last round */
    size_t first_cut;    /* the first row that is a cut */
    const sb_cut **cuts; /* one a row from there: the rounds own them */
    size_t *idle;        /* for how many rounds each had no dual */
    size_t cut_count, cuts_capacity, idle_capacity;
    fmpq *worths;   /* of the last round that had any; NULL without an objective in the rows */
    size_t pending; /* how many of the last round's cuts are rows already: not 0 only after a
                       failure in the middle of a step */
};

#endif
