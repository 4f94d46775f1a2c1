/* The figure of an incentive graph: who would misreport as whom.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_INCENTIVES_H
#define SB_VIEW_PLOT_INCENTIVES_H

#include "sidebet/incentive_graph.h"
#include "view/plot.h"

/* Of more than 8 types a table of pairs, as on the screen. Else types on a line, with their duals
 * (of replies their gains) on the arrows; dashed where a rule binds and its dual is 0, dotted where
 * it does not bind. Cleared by the caller. */
sb_plot sb_plot_of_incentives(const sb_environment *environment, const sb_incentive_graph *graph);
/* What lines and numbers mean. Static. */
const char *sb_plot_incentives_caption(const sb_incentive_graph *graph);

#endif
