/* What the files of a stepped run share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_RUN_H
#define SB_ANALYSIS_ROBUST_RUN_H

#include "analysis/robust_relaxation.h"

struct sb_robust_run {
    sb_environment *environment;
    sb_consistent_set set;
    sb_robust_options options;
    fmpq tolerance;
    sb_robust_relaxation relaxation; /* of the last round */
    sb_robust_round **rounds;        /* each allocated by itself: pointers stay valid */
    size_t count, capacity, current;
    fmpq *worths;       /* of the last round that had any; NULL without an objective in the rows */
    bool has_dropped;   /* since the last round: what follows a failure in a step goes on */
    size_t dropped;     /* rows, then */
    size_t pending;     /* of the last round's found rules, how many were dealt with, then */
    fmpq bound_at_drop; /* the bound when rows were last left out */
    bool has_bound_at_drop;
};

#endif
