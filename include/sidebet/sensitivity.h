/* How the optimum moves when one probability moves.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a cell and a mass-keeping mode the prior moves along pi + t e (e = the direction of
 * sb_prior_set_cell). The optimum R(t) has one-sided derivatives at t = 0; they differ at a kink,
 * and R may jump (at independence). With an optimal basis on one side, x its mechanism and y its
 * duals at t = 0, the derivative on that side is c'x - y (A'x - b'), ' the derivative of the
 * program's data. Where that basis is singular at t = 0, payments grow without bound as t goes to
 * 0; R, a rational function of t there, still has a limit and a slope, which are read from its
 * exact values at two steps of 2^-96 and less. The optimum is that under the environment's rules,
 * agents' own ones included, and reporting sets, whose program has fewer rows.
 */
#ifndef SIDEBET_SENSITIVITY_H
#define SIDEBET_SENSITIVITY_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"
#include "sidebet/prior_edit.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_sensitivity_kind {
    SB_SENSITIVITY_SMOOTH, /* both sides agree */
    SB_SENSITIVITY_KINK,   /* finite on both sides, and different */
    SB_SENSITIVITY_JUMP,   /* the optimum itself jumps on at least one side */
    SB_SENSITIVITY_EDGE,   /* only one side exists: the cell cannot move the other way */
    SB_SENSITIVITY_FIXED,  /* the cell cannot move at all in this mode */
    SB_SENSITIVITY_UNKNOWN /* not confirmed within the limits */
} sb_sensitivity_kind;

typedef struct sb_sensitivity_side {
    bool exists;     /* the cell can move this way */
    bool jump;       /* the limit of the optimum differs from the optimum */
    fmpq jump_size;  /* limit minus optimum, when jump */
    fmpq derivative; /* of the optimum per unit of the cell's probability, towards this side: the
                        slope dR/dt (not its negative on the left) */
    bool confirmed;  /* the same basis was optimal, exactly, at 0 and at a small step, or at two
                        tiny steps a thousandfold apart; a limit read from values came out the same
                        at both */
} sb_sensitivity_side;

typedef struct sb_sensitivity_cell {
    sb_sensitivity_kind kind;
    sb_sensitivity_side down, up;
} sb_sensitivity_cell;

void sb_sensitivity_cell_init(sb_sensitivity_cell *cell);
void sb_sensitivity_cell_clear(sb_sensitivity_cell *cell);
const char *sb_sensitivity_kind_name(sb_sensitivity_kind kind); /* "smooth", "kink", ... */

typedef struct sb_sensitivity {
    sb_mass_mode mode;
    size_t profile_count;
    sb_sensitivity_cell *cells; /* one a profile */
    bool at_independence; /* some agent's beliefs do not depend on its type: where jumps live */
    sb_notes remarks;     /* the jump, in words */
} sb_sensitivity;
void sb_sensitivity_init(sb_sensitivity *sensitivity);
void sb_sensitivity_clear(sb_sensitivity *sensitivity);

/* The direction of a cell in a mode: profile_count numbers that sum to 0, 1 at the cell (free: the
 * weight moves, so that the probabilities move by (1 - pi) at the cell and -pi elsewhere, per unit
 * of weight over the sum). False where the mode does not let the cell move. */
bool sb_sensitivity_direction(fmpq *direction, const sb_environment *environment, size_t profile,
                              sb_mass_mode mode);

/* options NULL: no limit. A time limit holds for the whole: cells behind it are unknown, and a
 * remark says so. Usage error where there is no proved optimum. */
sb_status sb_sensitivity_run(const sb_environment *environment, sb_mass_mode mode,
                             const sb_lp_options *options, sb_sensitivity *sensitivity,
                             sb_error *error);
/* One cell; *cell is filled in also on failure and freed with sb_sensitivity_cell_clear. */
/* cell is initialised by the caller. SB_ERROR_LIMIT where time runs out. */
sb_status sb_sensitivity_of_cell(const sb_environment *environment, size_t profile,
                                 sb_mass_mode mode, const sb_lp_options *options,
                                 sb_sensitivity_cell *cell, sb_error *error);

void sb_sensitivity_cell_clear(sb_sensitivity_cell *cell);

SB_DECLARATIONS_END

#endif
