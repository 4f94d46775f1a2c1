/* A panel that is a graph: nodes on a line, arrows as arcs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_ARROWS_H
#define SB_CLI_FIGURE_ARROWS_H

#include "cli/figure_panel.h"
#include "view/plot_arrows.h"

double sb_arrows_width(const sb_plot *plot, double frame_width);
double sb_arrows_title_left(const sb_plot *plot);
void sb_arrows_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                          double frame_width);

#endif
