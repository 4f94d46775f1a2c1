/* Incentive rows that are made only when they are needed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Few incentive rules bind. The program starts with few of their rows and is solved in floating
 * point; the rules that its optimum breaks become rows, all at a time, and the dual simplex method
 * goes on, until none is broken. Then the basis is proved in rationals, every rule left out is
 * looked at in rationals at the exact mechanism, and one that is broken there becomes a row too.
 * What comes of it is an answer to the whole program: rules without a row have multiplier zero, and
 * one without an optimum has none for the rows that there are. Where the rows that there are leave
 * the objective unbounded, the whole program decides.
 *
 * In interim payments (design_interim.h) most rules need no row at all. What independent type k
 * expects to pay when it reports r, y(k, r), is a number of its own: as long as no other row has
 * it, it is simply set so that the lie gains k nothing. Such a pair of rule and column is made when
 * another row wants the column, and enters the basis at the same point.
 */
#ifndef SB_MECHANISM_DESIGN_LAZY_H
#define SB_MECHANISM_DESIGN_LAZY_H

#include "mechanism/design_rows.h"

/* The rows of the last program that held with equality, in order: an edited one starts there. */
typedef struct sb_lazy_memory {
    bool interim;
    size_t rule_count, column_count;
    size_t row_count;
    size_t *rows; /* which rule each is */
} sb_lazy_memory;

/* Of the last program that was solved, and how many were. */
typedef struct sb_lazy_counts {
    size_t rows, nonzeros, rounds;
    bool in_rents; /* design_rents.h: the rows are cuts */
} sb_lazy_counts;

void sb_lazy_memory_clear(sb_lazy_memory *memory);

/* Whether a program is solved so: measured, see README.md here. */
bool sb_lazy_applies(const sb_environment *environment, const sb_rules *rules);

/* design: made without incentive rows; environment and rules are those it was made of, and last as
 * long. *solved false: left to the whole program, and the design is of no more use. Else afterwards
 * the result and the design's list of constraints are those of the whole program, in its order,
 * while its program has some of the rows that were made. */
sb_status sb_lazy_solve(sb_design *design, sb_lazy_memory *memory, sb_lp_solver *solver,
                        const sb_lp_options *options, bool *solved, sb_lp_result *result,
                        sb_lazy_counts *counts, sb_error *error);

/* The same in rents (design_rents.h), however few rules there are. *solved false: the design is as
 * it was. */
sb_status sb_lazy_solve_in_rents(sb_design *design, const sb_lp_options *options, bool *solved,
                                 sb_lp_result *result, sb_lazy_counts *counts, sb_error *error);

#endif
