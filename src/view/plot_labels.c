/* Labels beside the points of a figure in a canvas.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/plot_raster.h"

enum { most_label = 14, place_count = 8 };

typedef struct sb_labelling {
    const sb_plot *plot;
    sb_canvas *canvas;
    const sb_plot_frame *frame;
    bool *taken; /* cells of the body that hold a marker or a label */
} sb_labelling;

static bool *taken_at(const sb_labelling *work, int row, int column)
{
    const sb_rectangle *body = &work->frame->body;
    int r = row - body->row;
    int c = column - body->column;
    bool within = r >= 0 && r < body->rows && c >= 0 && c < body->columns;
    return within ? &work->taken[(size_t)r * (size_t)body->columns + (size_t)c] : NULL;
}

static void take(const sb_labelling *work, int row, int column, int width)
{
    for (int c = column; c < column + width; c++) {
        bool *cell = taken_at(work, row, c);
        if (cell != NULL) {
            *cell = true;
        }
    }
}

/* Cells of lines that a label would hide; -1 where it does not fit. */
static int cost(const sb_labelling *work, int row, int column, int width)
{
    int hidden = 0;
    for (int c = column; c < column + width; c++) {
        const bool *cell = taken_at(work, row, c);
        if (cell == NULL || *cell) {
            return -1;
        }
        const sb_canvas *canvas = work->canvas;
        hidden += canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)c].bytes[0] != ' ';
    }
    return hidden;
}

static void draw_label(const sb_labelling *work, int row, int column, const char *label,
                       sb_style style)
{
    int width = sb_canvas_text_width(work->canvas, label);
    width = width < most_label ? width : most_label;
    /* Right, left, above and below, then the corners. */
    const int places[place_count][2] = {{0, 1},  {0, -width}, {-1, -width / 2}, {1, -width / 2},
                                        {-1, 1}, {1, 1},      {-1, -width},     {1, -width}};
    int best = -1;
    int least = 0;
    for (int k = 0; k < place_count && width > 0; k++) {
        int hidden = cost(work, row + places[k][0], column + places[k][1], width);
        if (hidden >= 0 && (best < 0 || hidden < least)) {
            best = k;
            least = hidden;
        }
    }
    if (best >= 0) {
        sb_canvas_text(work->canvas, row + places[best][0], column + places[best][1], width, style,
                       label);
        take(work, row + places[best][0], column + places[best][1], width);
    }
}

void sb_plot_draw_labels(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame,
                         bool stale)
{
    sb_labelling work = {.plot = plot, .canvas = canvas, .frame = frame};
    work.taken = sb_allocate((size_t)frame->body.rows * (size_t)frame->body.columns, sizeof(bool));
    int row = 0;
    int column = 0;
    for (size_t i = 0; work.taken != NULL && i < plot->series_count; i++) {
        const sb_plot_series *series = &plot->series[i];
        for (size_t k = 0; series->labels != NULL && k < series->count; k++) {
            if (sb_plot_cell(plot, frame, series->x[k], series->y[k], &row, &column)) {
                take(&work, row, column, 1);
            }
        }
    }
    for (size_t i = plot->series_count; work.taken != NULL && i-- > 0;) {
        const sb_plot_series *series = &plot->series[i];
        for (size_t k = 0; series->labels != NULL && k < series->count; k++) {
            if (sb_plot_cell(plot, frame, series->x[k], series->y[k], &row, &column)) {
                draw_label(&work, row, column, series->labels[k],
                           sb_style_when(stale, series->style));
            }
        }
    }
    free(work.taken);
}
