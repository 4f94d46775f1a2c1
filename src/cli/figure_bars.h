/* A panel of bars: a name, a bar from zero, its number.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_BARS_H
#define SB_CLI_FIGURE_BARS_H

#include "cli/figure_panel.h"

/* Of a plot whose `bars` is set: as sb_panel_width and sb_panel_draw, less the title. */
double sb_bars_width(const sb_plot *plot, double frame_width);
/* What stands left of the frame. */
double sb_bars_names_width(const sb_plot *plot);
void sb_bars_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                        double frame_width);

#endif
