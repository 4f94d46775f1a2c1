/* The vertex of a box of beliefs that an order of the signals leads to.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_CONSISTENT_SET_FILL_H
#define SB_ANALYSIS_CONSISTENT_SET_FILL_H

#include "sidebet/consistent_set.h"

/* Every signal gets its lower bound, and what is left of 1 goes to the signals in this order, each
 * up to its upper bound. */
void sb_consistent_set_fill(const sb_consistent_set *set, size_t type, const size_t *order,
                            fmpq *belief);

#endif
