/* Answers that double precision may only claim.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Infeasible" and "unbounded" are said of all points of a program. The floating solver often says
 * them of programs that are neither, such as those of a prior near independence. So they are
 * proved, within a while, or withdrawn.
 */
#ifndef SB_LP_CLAIM_H
#define SB_LP_CLAIM_H

#include "sidebet/linear_program.h"

/* Whether a result says without proof that there is no optimum. */
bool sb_lp_is_mere_claim(const sb_lp_result *result);
/* The options (NULL: the default) with which to try to prove it: in rationals, for 10 s at most. */
sb_lp_options sb_lp_options_for_claim(const sb_lp_options *options);
/* The proof was not found: the solve failed, for the reason `before` STATUS `after`. */
void sb_lp_withdraw_claim(sb_lp_result *result, const char *before, const char *after);

#endif
