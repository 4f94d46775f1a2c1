/* The curves of a figure as dots: what each cell of the plot's body holds.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cell's dots may come from several lines; its colour is that of the last. Lines that lie upon
 * each other stay apart since dashes and dots leave some cells to the line below.
 */
#include "view/plot_raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { dots_across = 2, dots_down = 4 };

typedef struct sb_dot_cell {
    unsigned char dots, style, series; /* the last of those with dots here */
} sb_dot_cell;

typedef struct sb_dots {
    sb_dot_cell *cells;
    int rows, columns;
    const sb_plot_series *series;
    size_t index;  /* of the series */
    bool steep;    /* the piece being drawn */
    bool whiskers; /* full lines whatever the series' own are */
} sb_dots;

const char *sb_plot_glyph(sb_plot_marker marker)
{
    static const char *const glyphs[SB_PLOT_MARKER_COUNT] = {"\xE2\x97\x8F", "\xE2\x97\x8B",
                                                             "\xC3\x97", "+"};
    return glyphs[marker];
}

/* What is drawn of an unmarked line, by its sb_plot_line. */
static const char *const line_glyphs[] = {"\xE2\x94\x80", "\xE2\x95\x8C", "\xE2\x94\x88", " "};

const char *sb_plot_series_glyph(const sb_plot_series *series)
{
    return series->unmarked ? line_glyphs[series->line] : sb_plot_glyph(series->marker);
}

static bool inside(double place)
{
    return place >= -1e-9 && place <= 1 + 1e-9;
}

bool sb_plot_cell(const sb_plot *plot, const sb_plot_frame *frame, double x, double y, int *row,
                  int *column)
{
    double up = sb_plot_place(&plot->y, y);
    if (!inside(up)) {
        return false;
    }
    int dots = frame->body.rows * dots_down;
    *row = frame->body.row + (int)lround((1 - up) * (dots - 1)) / dots_down;
    if (plot->has_zero_column && x == 0) {
        *column = frame->zero_column + frame->zero_columns / 2;
        return frame->zero_columns > 0;
    }
    double across = sb_plot_place(&plot->x, x);
    if (!inside(across)) {
        return false;
    }
    *column = frame->body.column +
              (int)lround(across * (frame->body.columns * dots_across - 1)) / dots_across;
    return true;
}

/* Whether a line's pattern has ink at a dot, by where the dot is, so that the pattern does not
 * depend on how the line came there. */
static bool inked(sb_plot_line line, int x, int y)
{
    switch (line) {
    case SB_PLOT_SOLID:
        return true;
    case SB_PLOT_DASHED:
        return (x + y) / 6 % 2 == 0;
    case SB_PLOT_DOTTED:
        return (x + y) % 4 == 0;
    case SB_PLOT_POINTS:
        return false;
    }
    return false;
}

/* A straight line has its pattern along itself: across the one above it could vanish. */
static bool has_ink(const sb_dots *dots, int x, int y)
{
    return dots->series->unmarked
               ? inked(dots->series->line, dots->steep ? 0 : x, dots->steep ? y : 0)
               : inked(dots->series->line, x, y);
}

static void set_dot(sb_dots *dots, int x, int y)
{
    static const unsigned char bits[dots_down][dots_across] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    int column = x / dots_across;
    int row = y / dots_down;
    if (x < 0 || y < 0 || column >= dots->columns || row >= dots->rows ||
        !(dots->whiskers || has_ink(dots, x, y))) {
        return;
    }
    sb_dot_cell *cell = &dots->cells[(size_t)row * (size_t)dots->columns + (size_t)column];
    cell->dots |= bits[y % dots_down][x % dots_across];
    cell->style = (unsigned char)dots->series->style;
    cell->series = (unsigned char)dots->index;
}

/* Cut from + t (to - from), t in [*start, *end], to where one coordinate is within 0..1. */
static bool cut(double from, double to, double *start, double *end)
{
    double change = to - from;
    if (change == 0) {
        return inside(from);
    }
    double enter = (0 - from) / change;
    double leave = (1 - from) / change;
    if (enter > leave) {
        double swapped = enter;
        enter = leave;
        leave = swapped;
    }
    *start = enter > *start ? enter : *start;
    *end = leave < *end ? leave : *end;
    return *start <= *end;
}

/* A straight piece between two places (fractions of the axes). */
static void draw_piece(sb_dots *dots, double x0, double y0, double x1, double y1)
{
    double start = 0;
    double end = 1;
    if (!cut(x0, x1, &start, &end) || !cut(y0, y1, &start, &end)) {
        return;
    }
    double wide = dots->columns * dots_across - 1;
    double high = dots->rows * dots_down - 1;
    double ax = (x0 + start * (x1 - x0)) * wide;
    double bx = (x0 + end * (x1 - x0)) * wide;
    double ay = (1 - (y0 + start * (y1 - y0))) * high;
    double by = (1 - (y0 + end * (y1 - y0))) * high;
    int steps = (int)ceil(fmax(fabs(bx - ax), fabs(by - ay)));
    steps = steps > 0 ? steps : 1;
    dots->steep = fabs(by - ay) > fabs(bx - ax);
    for (int k = 0; k <= steps; k++) {
        double t = (double)k / steps;
        set_dot(dots, (int)lround(ax + t * (bx - ax)), (int)lround(ay + t * (by - ay)));
    }
}

static void draw_line(sb_dots *dots, const sb_plot *plot, const sb_plot_series *series)
{
    double before_x = NAN;
    double before_y = NAN;
    dots->series = series;
    for (size_t k = 0; k < series->count; k++) {
        double x = sb_plot_place(&plot->x, series->x[k]);
        double y = sb_plot_place(&plot->y, series->y[k]);
        if (!isnan(x) && !isnan(y) && !isnan(before_x) && !isnan(before_y)) {
            draw_piece(dots, before_x, before_y, x, y);
        }
        before_x = x;
        before_y = y;
    }
}

/* A band as an upright line at every point: dots are too few for a pale area. */
static void draw_whiskers(sb_dots *dots, const sb_plot *plot, const sb_plot_series *series)
{
    dots->series = series;
    dots->whiskers = true;
    for (size_t k = 0; series->low != NULL && k < series->count; k++) {
        double x = sb_plot_place(&plot->x, series->x[k]);
        double low = sb_plot_place(&plot->y, series->low[k]);
        double high = sb_plot_place(&plot->y, series->high[k]);
        if (!isnan(x) && !isnan(low) && !isnan(high)) {
            draw_piece(dots, x, low, x, high);
        }
    }
    dots->whiskers = false;
}

static sb_style style_of(bool stale, int style)
{
    return sb_style_when(stale, (sb_style)style);
}

static void put_cells(const sb_dots *dots, const sb_plot *plot, sb_canvas *canvas,
                      const sb_plot_frame *frame, bool stale)
{
    for (int row = 0; row < dots->rows; row++) {
        for (int column = 0; column < dots->columns; column++) {
            const sb_dot_cell *cell =
                &dots->cells[(size_t)row * (size_t)dots->columns + (size_t)column];
            if (cell->dots == 0) {
                continue;
            }
            /* U+2800 and up: the dots are the low bits. */
            char braille[4] = {'\xE2', (char)(0xA0U | (cell->dots >> 6)),
                               (char)(0x80U | (cell->dots & 0x3FU)), '\0'};
            const char *text =
                canvas->ascii ? sb_plot_series_glyph(&plot->series[cell->series]) : braille;
            sb_canvas_text(canvas, frame->body.row + row, frame->body.column + column, 1,
                           style_of(stale, cell->style), text);
        }
    }
}

/* In the strip of x = 0 points of equal height stand beside each other. */
static void put_zero_marker(sb_canvas *canvas, const sb_plot_frame *frame, int row,
                            const sb_plot_series *series, bool stale)
{
    static const int offsets[] = {0, -1, 1, -2, 2};
    int middle = frame->zero_column + frame->zero_columns / 2;
    for (size_t k = 0; k < sizeof offsets / sizeof offsets[0]; k++) {
        int column = middle + offsets[k];
        if (column < frame->zero_column || column >= frame->zero_column + frame->zero_columns) {
            continue;
        }
        const sb_cell *cell =
            &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
        if (strcmp(cell->bytes, " ") == 0) {
            sb_canvas_text(canvas, row, column, 1, style_of(stale, (int)series->style),
                           sb_plot_glyph(series->marker));
            return;
        }
    }
}

/* Markers where a point would not be seen otherwise: in the strip, and where no line joins it. */
static void put_markers(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame,
                        const sb_plot_series *series, bool stale)
{
    for (size_t k = 0; k < series->count; k++) {
        int row = 0;
        int column = 0;
        if (!sb_plot_cell(plot, frame, series->x[k], series->y[k], &row, &column)) {
            continue;
        }
        bool zero = plot->has_zero_column && series->x[k] == 0;
        bool alone = series->line == SB_PLOT_POINTS || series->count == 1;
        if (zero) {
            put_zero_marker(canvas, frame, row, series, stale);
        } else if (alone) {
            sb_canvas_text(canvas, row, column, 1, style_of(stale, (int)series->style),
                           sb_plot_glyph(series->marker));
        }
    }
}

bool sb_plot_raster(const sb_plot *plot, sb_canvas *canvas, const sb_plot_frame *frame, bool stale)
{
    sb_dots dots = {.rows = frame->body.rows, .columns = frame->body.columns};
    dots.cells = sb_allocate((size_t)dots.rows * (size_t)dots.columns, sizeof *dots.cells);
    if (dots.cells == NULL) {
        return false;
    }
    /* Broken lines upon solid ones, which show through. */
    for (int line = SB_PLOT_SOLID; line <= SB_PLOT_DOTTED; line++) {
        for (size_t i = 0; i < plot->series_count; i++) {
            if ((int)plot->series[i].line == line) {
                dots.index = i;
                draw_whiskers(&dots, plot, &plot->series[i]);
                draw_line(&dots, plot, &plot->series[i]);
            }
        }
    }
    put_cells(&dots, plot, canvas, frame, stale);
    free(dots.cells);
    for (size_t i = 0; i < plot->series_count; i++) {
        put_markers(plot, canvas, frame, &plot->series[i], stale);
    }
    return true;
}
