/* One panel of a figure: curves, bars, a table or a graph, below its title.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_PANEL_H
#define SB_CLI_FIGURE_PANEL_H

#include "cli/figure_pen.h"
#include "view/plot.h"

/* The height of the frame, in points; the title stands above it, the x axis' ticks and name below.
 */
#define SB_PANEL_HEIGHT 290.0

/* How wide a text is, roughly: the same on every machine. */
double sb_panel_text_width(const char *text, double size);
/* How wide a panel is whose frame has a width: with what stands on both sides of it. */
double sb_panel_width(const sb_plot *plot, double frame_width);
/* Draw it with its left edge and the top of its frame there. */
void sb_panel_draw(const sb_pen *pen, const sb_plot *plot, double left, double top,
                   double frame_width);

#endif
