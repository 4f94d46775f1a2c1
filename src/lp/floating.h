/* The double-precision answer: GLPK's simplex method on the scaled integers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here is trusted: what counts is the basis it ends in. The GLPK problem is built for each
 * solve and lives no longer, so that an error inside GLPK leaves nothing behind.
 */
#ifndef SB_LP_FLOATING_H
#define SB_LP_FLOATING_H

#include "lp/integers.h"
#include "lp/patience.h"
#include "lp/variable_status.h"

/* In the scaled integers' units and sense (minimise). */
typedef struct sb_floating_outcome {
    sb_lp_status status;
    double *values;      /* one a column; meaningful when optimal */
    double *multipliers; /* one a row, likewise */
    size_t iterations;
    char reason[160]; /* when failed */
} sb_floating_outcome;

/* statuses: where to start when warm (else by the primal method or, if so asked, the dual one);
 * always the last basis on return (all row activities where there is none). SB_OK,
 * SB_ERROR_CANCELLED or SB_ERROR_MEMORY; other trouble is a failed outcome.
 */
sb_status sb_floating_solve(const sb_lp_integers *program, sb_variable_status *statuses, bool warm,
                            bool dual, const sb_patience *patience, sb_floating_outcome *outcome,
                            sb_error *error);
void sb_floating_outcome_clear(sb_floating_outcome *outcome);

/* The basis of all row activities. */
void sb_slack_basis(const sb_lp_integers *program, sb_variable_status *statuses);

#endif
