/* What a solver remembers between solves.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_SOLVER_H
#define SB_LP_SOLVER_H

#include "lp/variable_status.h"
#include "sidebet/linear_program.h"

struct sb_lp_solver {
    sb_variable_status *statuses; /* columns, then rows; NULL: nothing remembered */
    size_t columns, rows;
    bool trusted; /* the basis is taken to be optimal: an exact solve begins with the proof */
};

#endif
