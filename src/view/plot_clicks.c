/* Where a click in a figure's curves leads: the nearest of its points.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/design.h"
#include "view/plot_raster.h"

static size_t nearest_point(const sb_plot *plot, const sb_plot_frame *frame, int column)
{
    size_t nearest = SB_NOWHERE;
    int distance = 0;
    for (size_t k = 0; k < plot->click_count; k++) {
        int row = 0;
        int at = 0;
        if (sb_plot_cell(plot, frame, plot->click_x[k], plot->y.low, &row, &at) &&
            (nearest == SB_NOWHERE || abs(at - column) < distance)) {
            nearest = k;
            distance = abs(at - column);
        }
    }
    return nearest;
}

static void add_target(const sb_plot *plot, sb_canvas *canvas, const sb_rectangle *body, int column,
                       int columns, size_t point)
{
    char *command = point == SB_NOWHERE ? NULL : sb_format_text("%s %zu", plot->click, point + 1);
    if (command != NULL) {
        sb_canvas_target(canvas, body->row, column, body->rows, columns, false, command);
    }
    free(command);
}

void sb_plot_add_targets(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame)
{
    const sb_rectangle *body = &frame->body;
    int from = frame->zero_columns > 0 ? frame->zero_column : body->column;
    int end = body->column + body->columns;
    size_t point = plot->click == NULL ? SB_NOWHERE : nearest_point(plot, frame, from);
    while (point != SB_NOWHERE && from < end) { /* columns that lead to the same point are one */
        int next = from + 1;
        size_t other = nearest_point(plot, frame, next);
        while (next < end && other == point) {
            next++;
            other = nearest_point(plot, frame, next);
        }
        add_target(plot, canvas, body, from, next - from, point);
        from = next;
        point = other;
    }
}
