/* Which of the optimal mechanisms is reported: the vertex, or one with the smallest payments.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_REPORTED_H
#define SB_CLI_REPORTED_H

#include "cli/options.h"
#include "sidebet/design.h"

/* Solve, and where the command line asks for the smallest payments and there is an optimum, put
 * that mechanism, its largest payment and the rules that bind there in place of the vertex's (the
 * optimum and its multipliers are the same). *smallest says which it is: false with a remark in the
 * solution where the smallest payments could not be found. */
sb_status sb_reported_solve(const sb_arguments *arguments, const sb_environment *environment,
                            sb_solution *solution, bool *smallest, sb_error *error);

#endif
