/* Changing one probability: what the other cells do.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SIDEBET_PRIOR_EDIT_H
#define SIDEBET_PRIOR_EDIT_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_mass_mode {
    SB_MASS_FREE,      /* "free": the number is a weight, shown normalised; nothing else moves */
    SB_MASS_SCALE,     /* "scale": the other cells shrink or grow in proportion */
    SB_MASS_ROW,       /* "row": the rest of the row (all players but the last fixed) gives way in
                          proportion; the row's probability stays */
    SB_MASS_MARGINALS, /* "marginals": every player's marginal stays; only correlation moves. The
                          change is d * prod over players of e_p, where e_p is 1 at the cell's type
                          and -m(t)/(1 - m(type)) at the player's other types t, m its marginal */
    SB_MASS_COUNT
} sb_mass_mode;

typedef struct sb_mass_mode_description {
    const char *name;        /* "marginals" */
    const char *title;       /* "keep both marginals" */
    const char *explanation; /* one sentence */
} sb_mass_mode_description;
const sb_mass_mode_description *sb_mass_mode_describe(sb_mass_mode mode);

/* Give the cell a new weight (free) or probability (else), under the mode. Refused, with the range
 * that is possible in this mode, where a probability would become negative. On failure nothing
 * changes. In the modes other than free the weights are normalised first, so that they sum to 1. */
sb_status sb_prior_set_cell(sb_environment *environment, size_t profile, const fmpq_t number,
                            sb_mass_mode mode, sb_error *error);

/* The number sb_prior_set_cell would show as the cell's present one: weight or probability. */
void sb_prior_cell(fmpq_t number, const sb_environment *environment, size_t profile,
                   sb_mass_mode mode);

SB_DECLARATIONS_END

#endif
