/* The frame of a panel: where its numbers lie, and its axes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/figure_axes.h"

#include <strings.h>

#include "cli/figure_panel.h"
#include "view/plot_ticks.h"

enum { MOST_X_TICKS = 8, MOST_Y_TICKS = 7 };

static const double left_margin = 62;
static const double turned_label = 12; /* more at the left for an axis' name */
static const double zero_width = 30;   /* the column of x = 0 */
static const double break_width = 16;

/* The name of the y axis is left out where the panel's title says it already. */
static bool names_y(const sb_plot *plot)
{
    return plot->y.label != NULL && plot->title != NULL &&
           strcasecmp(plot->y.label, plot->title) != 0;
}

double sb_frame_margin(const sb_plot *plot)
{
    return left_margin + (names_y(plot) ? turned_label : 0);
}

static bool is_triangle(const sb_plot *plot)
{
    return plot->corners[0] != NULL;
}

/* A triangle with equal sides in the middle, in the place of axes. */
static void make_triangle(sb_panel_frame *panel)
{
    static const double height = 0.8660254;
    double width = (panel->bottom - panel->top) / height;
    double middle = (panel->left + panel->right) / 2;
    panel->axis_left = middle - width / 2;
    panel->left = panel->axis_left;
    panel->right = middle + width / 2;
}

sb_panel_frame sb_frame_of(const sb_pen *pen, const sb_plot *plot, double left, double top,
                           double frame_width)
{
    sb_panel_frame panel = {.pen = pen, .plot = plot, .top = top};
    panel.left = left + sb_frame_margin(plot);
    panel.right = panel.left + frame_width;
    panel.bottom = top + SB_PANEL_HEIGHT;
    panel.axis_left = panel.left + (plot->has_zero_column ? zero_width + break_width : 0);
    if (is_triangle(plot)) {
        make_triangle(&panel);
    }
    return panel;
}

double sb_frame_x(const sb_panel_frame *panel, double x)
{
    if (panel->plot->has_zero_column && x == 0) {
        return panel->left + zero_width / 2;
    }
    return panel->axis_left + sb_plot_place(&panel->plot->x, x) * (panel->right - panel->axis_left);
}

double sb_frame_y(const sb_panel_frame *panel, double y)
{
    return panel->bottom - sb_plot_place(&panel->plot->y, y) * (panel->bottom - panel->top);
}

static void draw_x_axis(const sb_panel_frame *panel)
{
    sb_ink axis = {sb_pen_black, 1, SB_DASH_NONE};
    sb_ink grid = {sb_pen_pale, 0.8, SB_DASH_NONE};
    sb_plot_ticks ticks;
    sb_plot_ticks_of(&ticks, &panel->plot->x, MOST_X_TICKS, false);
    for (size_t i = 0; i < ticks.count; i++) {
        double x = sb_frame_x(panel, ticks.ticks[i].value);
        sb_pen_line(panel->pen, x, panel->top, x, panel->bottom, grid);
        sb_pen_line(panel->pen, x, panel->bottom, x, panel->bottom + 5, axis);
        sb_pen_write(panel->pen, x, panel->bottom + 19, ticks.ticks[i].label, 12, SB_ANCHOR_MIDDLE,
                     sb_pen_black);
    }
    double begin = panel->axis_left - (panel->plot->has_zero_column ? break_width / 2 : 0);
    sb_pen_line(panel->pen, begin, panel->bottom, panel->right, panel->bottom, axis);
    sb_pen_write(panel->pen, (panel->axis_left + panel->right) / 2, panel->bottom + 40,
                 panel->plot->x.label, 13, SB_ANCHOR_MIDDLE, sb_pen_black);
    if (!panel->plot->has_zero_column) {
        return;
    }
    /* x = 0 lies infinitely far to the left of a logarithmic axis: the axis is broken there. */
    double zero = sb_frame_x(panel, 0);
    double column_right = panel->left + zero_width;
    sb_pen_line(panel->pen, zero, panel->top, zero, panel->bottom, grid);
    sb_pen_line(panel->pen, panel->left, panel->bottom, column_right, panel->bottom, axis);
    sb_pen_line(panel->pen, zero, panel->bottom, zero, panel->bottom + 5, axis);
    sb_pen_write(panel->pen, zero, panel->bottom + 19, "0", 12, SB_ANCHOR_MIDDLE, sb_pen_black);
    for (int side = 0; side < 2; side++) {
        double x = column_right + side * break_width / 2;
        sb_pen_line(panel->pen, x - 3, panel->bottom + 5, x + 3, panel->bottom - 5, axis);
    }
}

static void draw_y_axis(const sb_panel_frame *panel)
{
    sb_ink axis = {sb_pen_black, 1, SB_DASH_NONE};
    sb_plot_ticks ticks;
    sb_plot_ticks_of(&ticks, &panel->plot->y, MOST_Y_TICKS, false);
    for (size_t i = 0; i < ticks.count; i++) {
        double y = sb_frame_y(panel, ticks.ticks[i].value);
        sb_pen_line(panel->pen, panel->left, y, panel->right, y,
                    (sb_ink){sb_pen_pale, 0.8, SB_DASH_NONE});
        sb_pen_line(panel->pen, panel->left - 5, y, panel->left, y, axis);
        sb_pen_write(panel->pen, panel->left - 8, y + 4, ticks.ticks[i].label, 12, SB_ANCHOR_END,
                     sb_pen_black);
    }
    sb_pen_line(panel->pen, panel->left, panel->top, panel->left, panel->bottom, axis);
    if (names_y(panel->plot)) {
        panel->pen->letters(
            panel->pen->state,
            (sb_place){panel->left - left_margin + 2, (panel->top + panel->bottom) / 2},
            panel->plot->y.label, (sb_lettering){13, false, false, SB_ANCHOR_MIDDLE, sb_pen_black});
    }
}

static void draw_corners(const sb_panel_frame *panel)
{
    char *const *corners = panel->plot->corners;
    sb_pen_write(panel->pen, panel->left, panel->bottom + 19, corners[0], 13, SB_ANCHOR_MIDDLE,
                 sb_pen_black);
    sb_pen_write(panel->pen, panel->right, panel->bottom + 19, corners[1], 13, SB_ANCHOR_MIDDLE,
                 sb_pen_black);
    sb_pen_write(panel->pen, (panel->left + panel->right) / 2 + 8, panel->top + 4, corners[2], 13,
                 SB_ANCHOR_START, sb_pen_black);
}

void sb_frame_draw_axes(const sb_panel_frame *panel)
{
    if (is_triangle(panel->plot)) {
        draw_corners(panel);
    } else {
        draw_x_axis(panel);
        draw_y_axis(panel);
    }
}
