/* The figure of the prior: its table as a heat map.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_PRIOR_H
#define SB_VIEW_PLOT_PRIOR_H

#include "sidebet/sensitivity.h"
#include "view/plot.h"
#include "view/prior_table.h"

/* More cells than this are no picture. */
enum { SB_PLOT_MOST_CELLS = 40000 };

/* The probabilities of the table in hand; what its rows believe, where conditionals are asked for;
 * or how the optimum moves with each cell (layer, NULL: not asked for). Cleared by the caller. */
sb_plot sb_plot_of_prior(const sb_prior_table *table, const sb_sensitivity *layer);
/* Which slice it is, and what the marks on slopes mean. Freed by the caller. */
char *sb_plot_prior_caption(const sb_prior_table *table, const sb_sensitivity *layer);

#endif
