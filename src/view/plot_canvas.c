/* A figure drawn into a canvas, in braille cells of 2 by 4 dots or in ASCII.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/plot_raster.h"
#include "view/plot_ticks.h"

enum {
    least_rows = 6, /* heading, three rows of curve, axis, numbers */
    least_columns = 20,
    margin_from = 62,   /* columns of an area from which names stand beside the curves */
    most_margin = 20,   /* columns of such names */
    readout_from = 9,   /* rows of an area from which the cursor's values have a row */
    low_frame = 6,      /* rows below which a name is beside its line or not there */
    label_from = 14,    /* rows from which the x axis is named below its numbers */
    rows_a_tick = 3,    /* between numbers of the y axis, about */
    columns_a_tick = 9, /* of the x axis */
    strip = 5,          /* columns of the x = 0 strip */
    most_name = 40,
};

typedef struct sb_plot_drawing {
    const sb_plot *plot;
    sb_canvas *canvas;
    sb_rectangle area;
    sb_plot_frame frame;
    sb_plot_ticks x_ticks, y_ticks;
    int readout;       /* row of the cursor's values; 0: none */
    int axis;          /* row of the x axis */
    int margin;        /* columns for names at the right; 0: names among the curves */
    bool named, stale; /* named: a row for the x axis' label */
    bool placed[SB_PLOT_MOST_SERIES]; /* the name was written at the line's end */
} sb_plot_drawing;

static bool is_blank(const sb_canvas *canvas, int row, int column)
{
    const sb_cell *cell = &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
    return strcmp(cell->bytes, " ") == 0;
}

/* Put text into a cell if nothing is there. */
static void put_behind(const sb_plot_drawing *drawing, int row, int column, sb_style style,
                       const char *text)
{
    if (is_blank(drawing->canvas, row, column)) {
        sb_canvas_text(drawing->canvas, row, column, 1, style, text);
    }
}

/* ---- layout ---- */

static int tick_columns(const sb_canvas *canvas, const sb_plot_ticks *ticks)
{
    int widest = 1;
    for (size_t k = 0; k < ticks->count; k++) {
        int columns = sb_canvas_text_width(canvas, ticks->ticks[k].label);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static int name_columns(const sb_plot_drawing *drawing)
{
    int widest = 0;
    for (size_t i = 0; i < drawing->plot->series_count; i++) {
        int columns = 3 + sb_canvas_text_width(drawing->canvas, drawing->plot->series[i].name);
        widest = columns > widest ? columns : widest;
    }
    return widest < most_margin ? widest : most_margin;
}

static int column_of_tick(const sb_plot_drawing *drawing, double value)
{
    int row = 0;
    int column = -1;
    (void)sb_plot_cell(drawing->plot, &drawing->frame, value, drawing->plot->y.low, &row, &column);
    return column;
}

static bool has_strip(const sb_plot_drawing *drawing)
{
    return drawing->frame.zero_columns > 0;
}

/* First column of a tick's label, centred below its tick, within the area. */
static int label_column(const sb_plot_drawing *drawing, const sb_plot_tick *tick)
{
    int width = sb_canvas_text_width(drawing->canvas, tick->label);
    int column = column_of_tick(drawing, tick->value) - (width - 1) / 2;
    int end = drawing->area.column + drawing->area.columns;
    return column + width > end ? end - width : column;
}

/* As many numbers along the x axis as keep a blank between each other and from the strip's 0. */
static void fit_x_ticks(sb_plot_drawing *drawing)
{
    int most = drawing->frame.body.columns / (columns_a_tick - 3);
    for (; most > 0; most--) {
        sb_plot_ticks_of(&drawing->x_ticks, &drawing->plot->x, most, drawing->canvas->ascii);
        int free_from = drawing->area.column;
        if (has_strip(drawing)) {
            free_from = drawing->frame.zero_column + drawing->frame.zero_columns / 2 + 2;
        }
        bool fits = true;
        for (size_t k = 0; k < drawing->x_ticks.count; k++) {
            const sb_plot_tick *tick = &drawing->x_ticks.ticks[k];
            int column = label_column(drawing, tick);
            fits = fits && column >= free_from;
            free_from = column + sb_canvas_text_width(drawing->canvas, tick->label) + 1;
        }
        if (fits) {
            return;
        }
    }
    drawing->x_ticks.count = 0;
}

/* Divide the area up; false where it is too small for a plot. */
static bool lay_out(sb_plot_drawing *drawing)
{
    const sb_rectangle *area = &drawing->area;
    const sb_plot *plot = drawing->plot;
    if (area->rows < least_rows || area->columns < least_columns) {
        return false;
    }
    int top = area->row + 1;
    if (plot->has_marker && area->rows >= readout_from) {
        drawing->readout = top++;
    }
    drawing->named = area->rows >= label_from;
    drawing->axis = area->row + area->rows - (drawing->named ? 3 : 2);
    int rows = drawing->axis - top;
    int most = rows / rows_a_tick + 1;
    sb_plot_ticks_of(&drawing->y_ticks, &plot->y, most < 3 ? 3 : most, drawing->canvas->ascii);
    int left = tick_columns(drawing->canvas, &drawing->y_ticks) + 2; /* a blank, the axis */
    int column = area->column + left;
    int columns = area->columns - left;
    if (plot->has_zero_column && columns > 2 * strip) {
        drawing->frame.zero_column = column;
        drawing->frame.zero_columns = strip;
        column += strip + 1; /* the break */
        columns -= strip + 1;
    }
    if (area->columns >= margin_from) {
        drawing->margin = name_columns(drawing);
        columns -= drawing->margin;
    }
    drawing->frame.body = (sb_rectangle){top, column, rows, columns};
    if (rows < 1 || columns < 4) {
        return false;
    }
    fit_x_ticks(drawing);
    return true;
}

/* ---- axes ---- */

static void draw_y_axis(const sb_plot_drawing *drawing)
{
    const sb_rectangle *body = &drawing->frame.body;
    int axis = drawing->area.column + tick_columns(drawing->canvas, &drawing->y_ticks) + 1;
    for (int row = body->row; row < body->row + body->rows; row++) {
        sb_canvas_text(drawing->canvas, row, axis, 1, SB_STYLE_DIM, "\xE2\x94\x82");
    }
    int taken = body->row + body->rows; /* from here on down */
    for (size_t k = 0; k < drawing->y_ticks.count; k++) {
        const sb_plot_tick *tick = &drawing->y_ticks.ticks[k];
        int row = 0;
        int column = 0;
        if (!sb_plot_cell(drawing->plot, &drawing->frame, drawing->plot->x.low, tick->value, &row,
                          &column) ||
            row >= taken) {
            continue;
        }
        taken = row;
        sb_canvas_text_right(drawing->canvas, row, drawing->area.column,
                             axis - drawing->area.column - 1, SB_STYLE_NORMAL, tick->label);
        sb_canvas_text(drawing->canvas, row, axis, 1, SB_STYLE_DIM, "\xE2\x94\xA4");
    }
}

static void draw_x_axis(const sb_plot_drawing *drawing)
{
    sb_canvas *canvas = drawing->canvas;
    const sb_rectangle *body = &drawing->frame.body;
    int row = drawing->axis;
    int corner = has_strip(drawing) ? drawing->frame.zero_column - 1 : body->column - 1;
    sb_canvas_text(canvas, row, corner, 1, SB_STYLE_DIM, "\xE2\x94\x94");
    for (int column = corner + 1; column < body->column + body->columns; column++) {
        sb_canvas_text(canvas, row, column, 1, SB_STYLE_DIM, "\xE2\x94\x80");
    }
    if (has_strip(drawing)) {
        int middle = drawing->frame.zero_column + drawing->frame.zero_columns / 2;
        sb_canvas_text(canvas, row, middle, 1, SB_STYLE_DIM, "\xE2\x94\xB4");
        sb_canvas_text(canvas, row + 1, middle, 1, SB_STYLE_NORMAL, "0");
        /* The axis is broken between 0 and the first decade. */
        sb_canvas_text(canvas, row, body->column - 2, 2, SB_STYLE_NORMAL,
                       "\xE2\x95\xB1\xE2\x95\xB1");
    }
    for (size_t k = 0; k < drawing->x_ticks.count; k++) {
        const sb_plot_tick *tick = &drawing->x_ticks.ticks[k];
        int column = column_of_tick(drawing, tick->value);
        sb_canvas_text(canvas, row, column, 1, SB_STYLE_DIM, "\xE2\x94\xB4");
        sb_canvas_text(canvas, row + 1, label_column(drawing, tick), drawing->area.columns,
                       SB_STYLE_NORMAL, tick->label);
    }
    if (drawing->named) {
        int width = sb_canvas_text_width(canvas, drawing->plot->x.label);
        int end = drawing->area.column + drawing->area.columns;
        int column = body->column + (body->columns - width) / 2;
        column = column + width > end ? end - width : column;
        column = column < drawing->area.column ? drawing->area.column : column;
        sb_canvas_text(canvas, row + 2, column,
                       drawing->area.column + drawing->area.columns - column, SB_STYLE_DIM,
                       drawing->plot->x.label);
    }
}

/* Faint marks where ticks cross, and a line at zero where losses and gains meet. */
static void draw_grid(const sb_plot_drawing *drawing)
{
    const sb_plot *plot = drawing->plot;
    const sb_rectangle *body = &drawing->frame.body;
    int row = 0;
    int column = 0;
    if (!plot->y.logarithmic && plot->y.low < 0 && plot->y.high > 0 &&
        sb_plot_cell(plot, &drawing->frame, plot->x.low, 0, &row, &column)) {
        for (int c = body->column; c < body->column + body->columns; c++) {
            put_behind(drawing, row, c, SB_STYLE_DIM, "\xE2\x94\x80");
        }
    }
    for (size_t k = 0; k < drawing->y_ticks.count; k++) {
        for (size_t j = 0; j < drawing->x_ticks.count; j++) {
            if (sb_plot_cell(plot, &drawing->frame, drawing->x_ticks.ticks[j].value,
                             drawing->y_ticks.ticks[k].value, &row, &column) &&
                (is_blank(drawing->canvas, row, column - 1) ||
                 column + 1 >= drawing->canvas->columns ||
                 is_blank(drawing->canvas, row, column + 1))) { /* not between a name's words */
                put_behind(drawing, row, column, SB_STYLE_DIM, "\xC2\xB7");
            }
        }
    }
}

/* ---- names ---- */

static bool has_name(const sb_plot_series *series)
{
    return series->name != NULL && series->name[0] != '\0';
}

/* Where a series ends: its last point that can be drawn. */
static bool end_of_line(const sb_plot_drawing *drawing, const sb_plot_series *series, int *row,
                        int *column)
{
    for (size_t k = series->count; k-- > 0;) {
        if (sb_plot_cell(drawing->plot, &drawing->frame, series->x[k], series->y[k], row, column)) {
            return true;
        }
    }
    return false;
}

static int draw_name(const sb_plot_drawing *drawing, int row, int column, int width,
                     const sb_plot_series *series)
{
    sb_style style = sb_style_when(drawing->stale, series->style);
    int used =
        sb_canvas_text(drawing->canvas, row, column, width, style, sb_plot_series_glyph(series));
    used++;
    if (used < width) {
        used +=
            sb_canvas_text(drawing->canvas, row, column + used, width - used, style, series->name);
    }
    return used;
}

/* Beside the curves, each on the row where its line ends or the nearest that is free. */
static void names_in_margin(sb_plot_drawing *drawing)
{
    const sb_rectangle *body = &drawing->frame.body;
    int start = body->column + body->columns;
    for (size_t i = 0; i < drawing->plot->series_count; i++) {
        int row = 0;
        int column = 0;
        if (!has_name(&drawing->plot->series[i]) ||
            !end_of_line(drawing, &drawing->plot->series[i], &row, &column)) {
            continue;
        }
        for (int away = 0; away < 2 * body->rows && !drawing->placed[i]; away++) {
            int at = row + (away % 2 == 0 ? away / 2 : -(away + 1) / 2);
            if (at >= body->row && at < body->row + body->rows &&
                is_blank(drawing->canvas, at, start + 1)) {
                draw_name(drawing, at, start + 1, drawing->margin - 1, &drawing->plot->series[i]);
                drawing->placed[i] = true;
            }
        }
    }
}

static bool all_blank(const sb_plot_drawing *drawing, int row, int column, int width)
{
    for (int c = column; c < column + width; c++) {
        if (!is_blank(drawing->canvas, row, c)) {
            return false;
        }
    }
    return true;
}

/* Above or below the line, flush with its end, where nothing is drawn yet. In a low frame a name
 * that is farther off would seem to be another line's. */
static void names_among_curves(sb_plot_drawing *drawing)
{
    const sb_rectangle *body = &drawing->frame.body;
    int most = body->rows < low_frame ? 3 : 2 * body->rows;
    for (size_t i = 0; i < drawing->plot->series_count; i++) {
        const sb_plot_series *series = &drawing->plot->series[i];
        int row = 0;
        int column = 0;
        int width = 2 + sb_canvas_text_width(drawing->canvas, series->name);
        if (!has_name(series) || !end_of_line(drawing, series, &row, &column) ||
            width + 1 > body->columns) {
            continue;
        }
        int start = column - width + 1;
        start = start > body->column ? start : body->column;
        for (int away = 1; away < most && !drawing->placed[i]; away++) {
            int at = row + (away % 2 == 1 ? -(away + 1) / 2 : away / 2);
            for (int left = 0; left <= 3 && !drawing->placed[i]; left += 3) {
                int from = start - left;
                bool within = at >= body->row && at < body->row + body->rows &&
                              from > body->column && from + width <= body->column + body->columns;
                if (within && all_blank(drawing, at, from - 1, width + 1)) {
                    draw_name(drawing, at, from, width, series);
                    drawing->placed[i] = true;
                }
            }
        }
    }
}

/* ---- the cursor ---- */

static void draw_cursor(const sb_plot_drawing *drawing)
{
    const sb_plot *plot = drawing->plot;
    const sb_rectangle *body = &drawing->frame.body;
    int row = 0;
    int column = 0;
    if (!sb_plot_cell(plot, &drawing->frame, plot->marker_x, plot->y.low, &row, &column)) {
        return;
    }
    for (int r = body->row; r < body->row + body->rows; r++) {
        put_behind(drawing, r, column, SB_STYLE_STRONG, "\xE2\x94\x82");
    }
    sb_canvas_text(drawing->canvas, drawing->axis, column, 1, SB_STYLE_STRONG, "\xE2\x96\xB2");
    for (size_t i = 0; i < plot->series_count && plot->marker_x != 0; i++) {
        double y = 0;
        if (sb_plot_value_at(&plot->series[i], plot->marker_x, &y) &&
            sb_plot_cell(plot, &drawing->frame, plot->marker_x, y, &row, &column)) {
            sb_canvas_text(drawing->canvas, row, column, 1,
                           sb_style_when(drawing->stale, plot->series[i].style),
                           sb_plot_glyph(plot->series[i].marker));
        }
    }
}

/* "at 0.001: ● revenue 1.749  ○ 1.75": what every series is worth at the cursor; names where they
 * could not be written at the lines' ends. */
static void draw_readout(const sb_plot_drawing *drawing)
{
    const sb_plot *plot = drawing->plot;
    sb_canvas *canvas = drawing->canvas;
    int column = drawing->area.column + 1;
    int end = drawing->area.column + drawing->area.columns;
    char number[32];
    char text[96];
    sb_plot_number(number, sizeof number, plot->marker_x);
    (void)snprintf(text, sizeof text, "at %s:", number);
    column += sb_canvas_text(canvas, drawing->readout, column, end - column, SB_STYLE_DIM, text);
    for (size_t i = 0; i < plot->series_count; i++) {
        const sb_plot_series *series = &plot->series[i];
        double y = 0;
        if (!has_name(series) || !sb_plot_value_at(series, plot->marker_x, &y)) {
            continue;
        }
        sb_plot_number(number, sizeof number, y);
        bool with_name = !drawing->placed[i];
        (void)snprintf(text, sizeof text, "%s %.*s%s%s", sb_plot_glyph(series->marker),
                       with_name ? most_name : 0, with_name ? series->name : "",
                       with_name ? " " : "", number);
        if (column + 1 + sb_canvas_text_width(canvas, text) > end) {
            break;
        }
        column += 1 + sb_canvas_text(canvas, drawing->readout, column + 1, end - column - 1,
                                     sb_style_when(drawing->stale, series->style), text);
    }
}

void sb_plot_draw(const sb_plot *plot, sb_canvas *canvas, sb_rectangle area, bool active,
                  const char *note, bool stale)
{
    if (area.row < 0 || area.column < 0 || area.row + area.rows > canvas->rows ||
        area.column + area.columns > canvas->columns || area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_heading heading = {
        .title = plot->title, .note = note, .active = active, .note_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    sb_plot_drawing drawing = {.plot = plot, .canvas = canvas, .area = area, .stale = stale};
    if (plot->corners[0] != NULL) {
        sb_plot_draw_triangle(plot, canvas, area, stale);
        return;
    }
    if (!lay_out(&drawing)) {
        return;
    }
    draw_y_axis(&drawing);
    draw_x_axis(&drawing);
    if (!sb_plot_raster(plot, canvas, &drawing.frame, stale)) {
        return;
    }
    sb_plot_draw_labels(plot, canvas, &drawing.frame, stale);
    if (drawing.margin > 0) {
        names_in_margin(&drawing);
    } else {
        names_among_curves(&drawing);
    }
    if (plot->has_marker) {
        draw_cursor(&drawing);
    }
    draw_grid(&drawing);
    sb_plot_add_targets(plot, canvas, &drawing.frame);
    if (drawing.readout > 0) {
        draw_readout(&drawing);
    }
}
