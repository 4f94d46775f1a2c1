/* The frame of a panel: where its numbers lie, and its axes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_AXES_H
#define SB_CLI_FIGURE_AXES_H

#include "cli/figure_pen.h"
#include "view/plot.h"

typedef struct sb_panel_frame {
    const sb_pen *pen;
    const sb_plot *plot;
    double left, top, right, bottom;
    double axis_left; /* where the axis' low end is, behind the zero column */
} sb_panel_frame;

/* Left of the frame: the y axis' name and numbers. */
double sb_frame_margin(const sb_plot *plot);
/* Of a panel with its left edge and the top of its frame there; of a triangle the triangle. */
sb_panel_frame sb_frame_of(const sb_pen *pen, const sb_plot *plot, double left, double top,
                           double frame_width);
double sb_frame_x(const sb_panel_frame *panel, double x);
double sb_frame_y(const sb_panel_frame *panel, double y);
/* Axes with their numbers and a grid; of a triangle the names of its corners. */
void sb_frame_draw_axes(const sb_panel_frame *panel);

#endif
