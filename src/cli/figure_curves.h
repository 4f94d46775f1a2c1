/* A panel of curves and their names.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_CURVES_H
#define SB_CLI_FIGURE_CURVES_H

#include "cli/figure_panel.h"

double sb_curves_width(const sb_plot *plot, double frame_width);
void sb_curves_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                          double frame_width);

#endif
