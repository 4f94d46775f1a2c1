/* The separation oracle in doubles.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which rule is broken, and in which order the signals are filled, is decided in doubles; the
 * belief that goes into a row is the exact vertex of that order.
 */
#ifndef SB_ANALYSIS_ROBUST_FLOATING_H
#define SB_ANALYSIS_ROBUST_FLOATING_H

#include "analysis/robust_program.h"

typedef struct sb_floating_oracle {
    const sb_robust_program *program;
    double *lower, *width; /* of the sets, at [type * signals + signal] */
    double *rest;          /* what is left of 1 after the lower bounds, one a type */
    double *utilities;     /* relative to the last outcome, at [type * outcomes + outcome] */
    double *counted;       /* what the objective counts of an outcome, likewise */
    double *outside;       /* what a type has to get at least, likewise */
    double payment_weight; /* of the objective */
    bool *is_box;          /* one a type */
    double *values;        /* a rule's coefficients, by signal */
    size_t *order;
} sb_floating_oracle;

sb_status sb_floating_oracle_init(sb_floating_oracle *oracle, const sb_robust_program *program,
                                  sb_error *error);
void sb_floating_oracle_clear(sb_floating_oracle *oracle);

/* The largest violation of any rule at the columns' values (as of a solution of the program), not
 * below 0. */
double sb_floating_oracle_violation(sb_floating_oracle *oracle, const double *columns);
/* The worst belief of every rule broken by more than `tolerance`, the most violated first. Freed by
 * sb_cuts_free. */
sb_status sb_floating_oracle_find(sb_floating_oracle *oracle, const double *columns,
                                  double tolerance, sb_cut **found, size_t *count, sb_error *error);

#endif
