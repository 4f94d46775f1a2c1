/* A figure of shares in a canvas: a triangle in the place of axes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "view/plot_raster.h"

/* A triangle with equal sides in the middle; a row above and one below for its corners' names. */
static bool lay_out(const sb_rectangle *area, sb_plot_frame *frame)
{
    static const double height = 0.866;
    int rows = area->rows - 3;
    int columns = area->columns - 4;
    if (rows < 3 || columns < 8) {
        return false;
    }
    /* Cells are twice as high as wide. */
    int wide = (int)lround(rows * 2 / height);
    columns = wide < columns ? wide : columns;
    int high = (int)lround(columns * height / 2);
    rows = high < rows ? high : rows;
    frame->body =
        (sb_rectangle){area->row + 2, area->column + (area->columns - columns) / 2, rows, columns};
    return true;
}

static void draw_corners(char *const *corners, sb_canvas *canvas, const sb_rectangle *area,
                         const sb_rectangle *body)
{
    int middle = body->column + body->columns / 2;
    int width = sb_canvas_text_width(canvas, corners[2]);
    width = width < area->columns - 2 ? width : area->columns - 2;
    int column = middle - width / 2;
    column = column > area->column ? column : area->column + 1;
    sb_canvas_text(canvas, body->row - 1, column, width, SB_STYLE_NORMAL, corners[2]);
    int bottom = body->row + body->rows;
    /* Names as wide as there is room, the left one from the left edge of the area. */
    int end = area->column + area->columns;
    int left = sb_canvas_text_width(canvas, corners[0]);
    int right = sb_canvas_text_width(canvas, corners[1]);
    left = left < area->columns / 2 - 1 ? left : area->columns / 2 - 1;
    right = right < area->columns / 2 - 1 ? right : area->columns / 2 - 1;
    column = body->column - left / 2;
    column = column > area->column ? column : area->column;
    sb_canvas_text(canvas, bottom, column, left, SB_STYLE_NORMAL, corners[0]);
    column = body->column + body->columns - (right + 1) / 2;
    column = column + right > end ? end - right : column;
    sb_canvas_text(canvas, bottom, column, right, SB_STYLE_NORMAL, corners[1]);
}

void sb_plot_draw_triangle(const sb_plot *plot, sb_canvas *canvas, sb_rectangle area, bool stale)
{
    sb_plot_frame frame = {.zero_columns = 0};
    if (lay_out(&area, &frame) && sb_plot_raster(plot, canvas, &frame, stale)) {
        draw_corners(plot->corners, canvas, &area, &frame.body);
        sb_plot_draw_labels(plot, canvas, &frame, stale);
    }
}
