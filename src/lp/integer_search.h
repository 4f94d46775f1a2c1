/* What the two searches of an integer program share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_INTEGER_SEARCH_H
#define SB_LP_INTEGER_SEARCH_H

#include "lp/patience.h"
#include "lp/solver.h"
#include "sidebet/integer_program.h"

typedef struct sb_integer_search {
    sb_lp *lp; /* a copy, whose bounds the searches change */
    const bool *binary;
    size_t columns;
    sb_lp_solver *solver; /* warm: the last basis of the copy */
    const sb_integer_options *options;
    sb_integer_result *result;
    bool has_proposal; /* GLPK's best solution so far, not looked at in rationals yet */
    double proposal;
    double began, reported; /* seconds */
    sb_error *error;
} sb_integer_search;

/* Tell the caller how far the work is, at most a few times a second unless `now`. */
void sb_integer_report(sb_integer_search *search, bool proving, double bound, size_t nodes,
                       bool now);
/* Keep a solution (columns, exact) if it is better than the best so far. */
sb_status sb_integer_offer(sb_integer_search *search, const fmpq *columns, const fmpq_t objective);
/* Whether an objective is better than the best solution so far. */
bool sb_integer_improves(const sb_integer_search *search, const fmpq_t objective);
/* Fix a binary column at 0 or 1, or let it go back to its own bounds (original: the program). */
sb_status sb_integer_fix(sb_integer_search *search, size_t column, int value);
sb_status sb_integer_release(sb_integer_search *search, const sb_lp *original, size_t column);

/* GLPK's search (integer_floating.c): which binary columns its best solution has at one (NULL when
 * it found none); freed by the caller. *complete: it came to its end. SB_OK, SB_ERROR_CANCELLED or
 * SB_ERROR_MEMORY. */
sb_status sb_integer_propose(sb_integer_search *search, bool **ones, bool *complete);
/* The search in rationals (integer_exact.c), from the best solution so far. */
sb_status sb_integer_prove(sb_integer_search *search, const sb_lp *original, bool *complete);

#endif
