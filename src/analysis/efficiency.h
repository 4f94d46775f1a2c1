/* Efficient outcomes: those with the largest sum of utilities at a profile.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_EFFICIENCY_H
#define SB_ANALYSIS_EFFICIENCY_H

#include "sidebet/environment.h"

/* The sum of utilities of an outcome and the designer's value of it; agent `without` is left out
 * (SB_NOWHERE: nobody is). */
void sb_outcome_surplus(fmpq_t surplus, const sb_environment *environment, size_t profile,
                        size_t outcome, size_t without);
/* The largest of these over all outcomes. */
void sb_best_surplus(fmpq_t best, const sb_environment *environment, size_t profile,
                     size_t without);

/* Which outcomes are efficient, at [profile * outcome_count + outcome]. */
typedef struct sb_efficiency {
    bool *efficient;
    bool unique;       /* one efficient outcome at every profile of positive probability */
    bool full_support; /* every profile has positive probability */
} sb_efficiency;
sb_status sb_efficiency_find(sb_efficiency *efficiency, const sb_environment *environment,
                             sb_error *error);
void sb_efficiency_clear(sb_efficiency *efficiency);

#endif
