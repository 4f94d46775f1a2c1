/* The curves of a figure as dots: what each cell of the plot's body holds.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_RASTER_H
#define SB_VIEW_PLOT_RASTER_H

#include "view/plot.h"
#include "view/widgets.h"

/* Where a plot's curves go: zero columns of the x = 0 strip (0: none), then the body. */
typedef struct sb_plot_frame {
    sb_rectangle body; /* the curves */
    int zero_column;   /* the strip's first column */
    int zero_columns;
} sb_plot_frame;

/* The cell of a point in the body (or in the strip, for x = 0): false where it has no place. */
bool sb_plot_cell(const sb_plot *plot, const sb_plot_frame *frame, double x, double y, int *row,
                  int *column);
/* The markers' characters; of an unmarked line, what is drawn of it in ASCII and beside its name.
 */
const char *sb_plot_glyph(sb_plot_marker marker);
const char *sb_plot_series_glyph(const sb_plot_series *series);

/* Draw lines, then the markers that belong to points. False when memory runs out. */
bool sb_plot_raster(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame, bool stale);

/* Write the labels of points beside them, where they hide no other and as few lines as can be;
 * those of later series first. A label that finds no room is left out. */
void sb_plot_draw_labels(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame,
                         bool stale);

/* Each column of the curves, and of the strip of x = 0, chooses the point nearest to it, where the
 * plot says what a click does. */
void sb_plot_add_targets(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame);

/* The whole of a plot with corners below its heading: the triangle, its points and their labels.
 * Nothing where there is no room. */
void sb_plot_draw_triangle(const sb_plot *plot, sb_canvas *canvas, sb_rectangle area, bool stale);

#endif
