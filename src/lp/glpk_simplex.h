/* GLPK's simplex method, in pieces that can be called off, and its words for a basis.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_GLPK_SIMPLEX_H
#define SB_LP_GLPK_SIMPLEX_H

#include <stddef.h>

#include <glpk.h>

#include "lp/patience.h"
#include "lp/variable_status.h"

/* Iterate, settings->it_lim iterations at a time, until GLPK has anything to say but that these are
 * over, the problem has had `most` iterations in all its life, or patience ends (*status). Returns
 * GLPK's code; settings are those of one call. */
int sb_glpk_simplex(glp_prob *problem, const glp_smcp *settings, size_t most,
                    const sb_patience *patience, sb_status *status, sb_error *error);

/* GLPK itself tells fixed variables from others: their bounds are the problem's. */
int sb_status_for_glpk(sb_variable_status status);
sb_variable_status sb_status_from_glpk(int status);

#endif
