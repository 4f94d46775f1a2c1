/* A figure before it is known where it will be drawn: axes and series of points.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The screen draws it in braille cells (plot_canvas.h), a file may draw it with a pen; both see the
 * same numbers, limits and ticks (plot_ticks.h). Series are told apart by line and marker as well
 * as by colour. A coordinate that is not finite, or not positive on a logarithmic axis, leaves a
 * gap in its line; x = 0 on a logarithmic axis with a zero column stands in that column, joined to
 * nothing.
 *
 * Building never fails visibly: what memory has no room for is missing.
 */
#ifndef SB_VIEW_PLOT_H
#define SB_VIEW_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "view/canvas.h"

typedef enum sb_plot_line {
    SB_PLOT_SOLID,
    SB_PLOT_DASHED,
    SB_PLOT_DOTTED,
    SB_PLOT_POINTS /* a marker at each point, no line */
} sb_plot_line;

typedef enum sb_plot_marker {
    SB_PLOT_DISC,  /* ● */
    SB_PLOT_RING,  /* ○ */
    SB_PLOT_CROSS, /* × */
    SB_PLOT_PLUS,  /* + */
    SB_PLOT_MARKER_COUNT
} sb_plot_marker;

typedef struct sb_plot_axis {
    char *label;
    bool logarithmic;
    double low, high; /* low < high; both positive where logarithmic */
} sb_plot_axis;

typedef struct sb_plot_series {
    char *name; /* "": it belongs to another series and is not named */
    sb_plot_line line;
    sb_plot_marker marker;
    sb_style style;
    size_t count, capacity;
    double *x, *y;
    double *low, *high; /* of a band around the line, NaN where there is none; NULL: no band */
    char **labels;      /* one a point, written beside it; NULL: none of them has one */
    bool unmarked;      /* a line whose points are no data: it has no markers */
} sb_plot_series;

enum { SB_PLOT_MOST_SERIES = 10, SB_PLOT_CORNERS = 3 };

typedef struct sb_plot {
    char *title;
    sb_plot_axis x, y;
    bool has_zero_column; /* x = 0 has a column of its own, left of a logarithmic axis */
    size_t series_count;
    sb_plot_series series[SB_PLOT_MOST_SERIES];
    bool bars;       /* in the place of curves: each series is a bar from 0 to the x of its only
                        point, with its name before it and the point's label behind it */
    bool has_marker; /* a vertical cursor */
    double marker_x;
    const char *click; /* on the screen a click runs this command with the number, from 1, of the
                          nearest of these points behind it; static; NULL: a click does nothing */
    double *click_x;
    size_t click_count, click_capacity;
    struct sb_plot_matrix *matrix;  /* in the place of curves: a table; for pens alone; owned */
    struct sb_plot_arrows *arrows;  /* in the place of curves: a graph; for pens alone; owned */
    char *corners[SB_PLOT_CORNERS]; /* names at (0, 0), (1, 0) and (1/2, 1): a triangle, drawn with
                                       equal sides, in the place of axes; NULL: axes */
} sb_plot;

void sb_plot_init(sb_plot *plot, const char *title, const char *x_label, const char *y_label);
void sb_plot_clear(sb_plot *plot);

/* A new series without points; NULL when there are too many. Owned by the plot. */
sb_plot_series *sb_plot_add(sb_plot *plot, const char *name, sb_plot_line line,
                            sb_plot_marker marker, sb_style style);
void sb_plot_point(sb_plot_series *series, double x, double y); /* series NULL: nothing */
/* The same with a label beside it (of all points of a series, or of none). */
void sb_plot_labelled_point(sb_plot_series *series, double x, double y, const char *label);
/* The same with a band from low to high (of all points of a series, or of none). */
void sb_plot_band_point(sb_plot_series *series, double x, double y, double low, double high);

/* One more point that a click can choose: its x. */
void sb_plot_add_click(sb_plot *plot, double x);

/* A triangle with these corners, its outline dotted. A point has the place that its shares of the
 * corners give it: x = b + c / 2, y = c. */
void sb_plot_make_triangle(sb_plot *plot, const char *const *corners);

/* Limits that hold all points of all series: round numbers around them, whole decades on a
 * logarithmic axis (`tight`: where the points end). Something sensible where there are none. */
void sb_plot_fit_x(sb_plot *plot, bool tight);
void sb_plot_fit_y(sb_plot *plot);

/* The x axis of bars: from 0, or the smallest negative number, to the largest. */
void sb_plot_fit_bars(sb_plot *plot);

/* Where a number lies on an axis: 0 at low, 1 at high, outside beyond. NaN where it has no place.
 */
double sb_plot_place(const sb_plot_axis *axis, double number);

/* The point of a series that is exactly at x: false when there is none. */
bool sb_plot_value_at(const sb_plot_series *series, double x, double *y);

#endif
