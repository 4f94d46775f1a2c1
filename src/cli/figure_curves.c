/* A panel of curves and their names.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Curves are named where they end, at the right, with a sample of line and marker: nobody has to go
 * back and forth to a legend, and no name hides a curve. The colours are told apart by people of
 * every kind of colour vision (after Okabe and Ito), and never tell alone.
 */
#include "cli/figure_curves.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/figure_axes.h"
#include "cli/figure_labels.h"
#include "view/plot_palette.h"

enum { MOST_MARKED_POINTS = 60, CROWD = 24 };

static const double sample_length = 26;
static const double label_gap = 17; /* least distance of two names */
static const double marker_radius = 3.4;
static const double small_radius = 2.5;

static double names_width(const sb_plot *plot)
{
    double widest = 0;
    for (size_t i = 0; i < plot->series_count; i++) {
        widest = fmax(widest, sb_panel_text_width(plot->series[i].name, 13));
    }
    return widest + sample_length + 22;
}

double sb_curves_width(const sb_plot *plot, double frame_width)
{
    return sb_frame_margin(plot) + frame_width + names_width(plot);
}

/* ---- curves ---- */

static sb_ink ink_of(const sb_plot_series *series)
{
    sb_plot_colour colour = sb_plot_colour_of(series->style);
    sb_ink ink = {{colour.red, colour.green, colour.blue}, 1.8, SB_DASH_NONE};
    ink.dash = series->line == SB_PLOT_DASHED   ? SB_DASH_LONG
               : series->line == SB_PLOT_DOTTED ? SB_DASH_DOTS
                                                : SB_DASH_NONE;
    return ink;
}

static sb_shape shape_of(const sb_plot_series *series)
{
    static const sb_shape shapes[SB_PLOT_MARKER_COUNT] = {
        [SB_PLOT_DISC] = SB_SHAPE_DISC,
        [SB_PLOT_RING] = SB_SHAPE_RING,
        [SB_PLOT_CROSS] = SB_SHAPE_CROSS,
        [SB_PLOT_PLUS] = SB_SHAPE_PLUS,
    };
    return shapes[series->marker];
}

/* Rings are wider than discs, so that a disc inside one shows both; many points are small ones. */
static double radius_of(const sb_plot_series *series)
{
    double radius = series->count > CROWD ? small_radius : marker_radius;
    return series->marker == SB_PLOT_DISC ? radius : radius * 1.45;
}

/* A line that another series marks (the same look, points alone) has no markers of its own, and one
 * whose points are no data has none. */
static bool marks_points(const sb_plot *plot, const sb_plot_series *series)
{
    if (series->unmarked) {
        return false;
    }
    for (size_t i = 0; i < plot->series_count && series->line != SB_PLOT_POINTS; i++) {
        const sb_plot_series *other = &plot->series[i];
        if (other->line == SB_PLOT_POINTS && other->style == series->style &&
            other->marker == series->marker) {
            return false;
        }
    }
    return true;
}

/* Cut a piece to the height of the frame; false where nothing of it is inside. */
static bool cut_piece(const sb_panel_frame *panel, sb_place *from, sb_place *to)
{
    double change = to->y - from->y;
    if (change == 0) {
        return from->y >= panel->top && from->y <= panel->bottom;
    }
    double first = (panel->top - from->y) / change;
    double last = (panel->bottom - from->y) / change;
    double enter = fmax(0, fmin(first, last));
    double leave = fmin(1, fmax(first, last));
    if (enter > leave) {
        return false;
    }
    const sb_place begin = *from;
    const sb_place end = *to;
    if (enter > 0) {
        *from = (sb_place){begin.x + enter * (end.x - begin.x), begin.y + enter * change};
    }
    if (leave < 1) {
        *to = (sb_place){begin.x + leave * (end.x - begin.x), begin.y + leave * change};
    }
    return true;
}

/* Points of a line that is being drawn, joined until it leaves the frame. */
typedef struct stroke {
    sb_place *places;
    size_t count;
} stroke;

static void end_stroke(const sb_panel_frame *panel, stroke *drawn, sb_ink ink)
{
    if (drawn->count > 1) {
        panel->pen->polyline(panel->pen->state, drawn->places, drawn->count, ink);
    }
    drawn->count = 0;
}

static void add_piece(const sb_panel_frame *panel, stroke *drawn, sb_place from, sb_place to,
                      sb_ink ink)
{
    const sb_place whole = to;
    const sb_place start = from;
    if (!cut_piece(panel, &from, &to)) {
        end_stroke(panel, drawn, ink);
        return;
    }
    if (drawn->count == 0 || from.y != start.y) {
        end_stroke(panel, drawn, ink);
        drawn->places[drawn->count++] = from;
    }
    drawn->places[drawn->count++] = to;
    if (to.y != whole.y) {
        end_stroke(panel, drawn, ink);
    }
}

static void draw_line(const sb_panel_frame *panel, const sb_plot_series *series)
{
    stroke drawn = {sb_allocate(series->count + 1, sizeof *drawn.places), 0};
    if (drawn.places == NULL) {
        return;
    }
    sb_ink ink = ink_of(series);
    sb_place before = {NAN, NAN};
    for (size_t i = 0; i < series->count; i++) {
        sb_place place = {NAN, NAN};
        if (!(panel->plot->has_zero_column && series->x[i] == 0)) {
            place = (sb_place){sb_frame_x(panel, series->x[i]), sb_frame_y(panel, series->y[i])};
        }
        bool there = isfinite(place.x) && isfinite(place.y);
        if (there && isfinite(before.x) && isfinite(before.y)) {
            add_piece(panel, &drawn, before, place, ink);
        } else {
            end_stroke(panel, &drawn, ink);
        }
        before = place;
    }
    end_stroke(panel, &drawn, ink);
    free(drawn.places);
}

/* A band's outline: along its upper edge, and back along the lower one. */
static void draw_band(const sb_panel_frame *panel, const sb_plot_series *series)
{
    sb_place *places = sb_allocate(2 * series->count, sizeof *places);
    size_t count = 0;
    if (places == NULL) {
        return;
    }
    for (size_t i = 0; i < 2 * series->count; i++) {
        bool back = i >= series->count;
        size_t k = back ? 2 * series->count - 1 - i : i;
        double x = sb_frame_x(panel, series->x[k]);
        double low = sb_frame_y(panel, series->low[k]);
        double high = sb_frame_y(panel, series->high[k]);
        if (isfinite(x) && isfinite(low) && isfinite(high)) {
            double y = back ? low : high;
            places[count++] = (sb_place){x, fmin(fmax(y, panel->top), panel->bottom)};
        }
    }
    if (count > 2) {
        panel->pen->region(panel->pen->state, places, count, ink_of(series).colour);
    }
    free(places);
}

static void draw_markers(const sb_panel_frame *panel, const sb_plot_series *series)
{
    /* So many points are a line anyhow. */
    size_t step = 1 + series->count / MOST_MARKED_POINTS;
    bool all = marks_points(panel->plot, series);
    for (size_t i = 0; i < series->count; i++) {
        sb_place place = {sb_frame_x(panel, series->x[i]), sb_frame_y(panel, series->y[i])};
        bool alone = panel->plot->has_zero_column && series->x[i] == 0;
        bool marked = alone || (all && (i % step == 0 || i + 1 == series->count));
        bool inside = place.y >= panel->top - 1e-6 && place.y <= panel->bottom + 1e-6;
        if (isfinite(place.x) && inside && marked) {
            panel->pen->marker(panel->pen->state, place, radius_of(series), shape_of(series),
                               ink_of(series).colour, "point");
        }
    }
}

/* ---- names ---- */

typedef struct curve_name {
    const sb_plot_series *series;
    double end; /* the height where the curve ends */
    double y;   /* the height of the name */
} curve_name;

static int by_height(const void *left, const void *right)
{
    double a = ((const curve_name *)left)->end;
    double b = ((const curve_name *)right)->end;
    return (a > b) - (a < b);
}

static size_t collect_names(const sb_panel_frame *panel, curve_name *names)
{
    size_t count = 0;
    for (size_t i = 0; i < panel->plot->series_count; i++) {
        const sb_plot_series *series = &panel->plot->series[i];
        double end = NAN;
        double furthest = -INFINITY;
        for (size_t k = 0; k < series->count; k++) {
            double x = sb_frame_x(panel, series->x[k]);
            double y = sb_frame_y(panel, series->y[k]);
            if (isfinite(x) && isfinite(y) && x >= furthest) {
                furthest = x;
                end = fmin(fmax(y, panel->top), panel->bottom);
            }
        }
        if (isfinite(end) && series->name != NULL && series->name[0] != '\0') {
            names[count++] = (curve_name){series, end, end};
        }
    }
    return count;
}

/* Push names apart downwards, then back up from the lower edge. */
static void spread_names(const sb_panel_frame *panel, curve_name *names, size_t count)
{
    qsort(names, count, sizeof *names, by_height);
    for (size_t i = 0; i < count; i++) {
        double least = i > 0 ? names[i - 1].y + label_gap : panel->top;
        names[i].y = fmax(names[i].end, least);
    }
    double most = panel->bottom;
    for (size_t i = count; i-- > 0;) {
        names[i].y = fmin(names[i].y, most);
        most = names[i].y - label_gap;
    }
}

static void draw_names(const sb_panel_frame *panel)
{
    curve_name names[SB_PLOT_MOST_SERIES];
    size_t count = collect_names(panel, names);
    spread_names(panel, names, count);
    double left = panel->right + 10;
    for (size_t i = 0; i < count; i++) {
        const sb_plot_series *series = names[i].series;
        sb_ink ink = ink_of(series);
        if (series->line != SB_PLOT_POINTS) {
            sb_pen_line(panel->pen, left, names[i].y, left + sample_length, names[i].y, ink);
        }
        if (!series->unmarked) {
            panel->pen->marker(panel->pen->state, (sb_place){left + sample_length / 2, names[i].y},
                               radius_of(series), shape_of(series), ink.colour, "sample");
        }
        sb_pen_write(panel->pen, left + sample_length + 5, names[i].y + 4.5, series->name, 13,
                     SB_ANCHOR_START, ink.colour);
    }
}

/* ---- labels ---- */

static bool is_shown(const sb_panel_frame *panel, sb_place place)
{
    return isfinite(place.x) && isfinite(place.y) && place.y >= panel->top - 1 &&
           place.y <= panel->bottom + 1;
}

static sb_place place_of(const sb_panel_frame *panel, const sb_plot_series *series, size_t k)
{
    return (sb_place){sb_frame_x(panel, series->x[k]), sb_frame_y(panel, series->y[k])};
}

/* The straight pieces of all lines, two places each. */
static size_t collect_pieces(const sb_panel_frame *panel, sb_place *pieces)
{
    size_t count = 0;
    for (size_t i = 0; i < panel->plot->series_count; i++) {
        const sb_plot_series *series = &panel->plot->series[i];
        for (size_t k = 1; series->line != SB_PLOT_POINTS && k < series->count; k++) {
            const sb_place ends[2] = {place_of(panel, series, k - 1), place_of(panel, series, k)};
            if (is_shown(panel, ends[0]) && is_shown(panel, ends[1])) {
                pieces[2 * count] = ends[0];
                pieces[2 * count + 1] = ends[1];
                count++;
            }
        }
    }
    return count;
}

static size_t collect_labels(const sb_panel_frame *panel, sb_point_label *labels)
{
    size_t count = 0;
    for (size_t i = 0; i < panel->plot->series_count; i++) {
        const sb_plot_series *series = &panel->plot->series[i];
        for (size_t k = 0; series->labels != NULL && k < series->count; k++) {
            sb_place place = place_of(panel, series, k);
            if (is_shown(panel, place)) {
                labels[count++] = (sb_point_label){place, series->labels[k], ink_of(series).colour};
            }
        }
    }
    return count;
}

static void draw_labels(const sb_panel_frame *panel)
{
    size_t points = 0;
    bool some = false;
    for (size_t i = 0; i < panel->plot->series_count; i++) {
        points += panel->plot->series[i].count;
        some = some || panel->plot->series[i].labels != NULL;
    }
    if (!some) {
        return;
    }
    sb_point_label *labels = sb_allocate(points, sizeof *labels);
    sb_place *pieces = sb_allocate(2 * points, sizeof *pieces);
    if (labels != NULL && pieces != NULL) {
        const sb_label_room room = {{panel->left, panel->top},
                                    {panel->right, panel->bottom},
                                    pieces,
                                    collect_pieces(panel, pieces)};
        sb_point_labels_draw(panel->pen, labels, collect_labels(panel, labels), &room);
    }
    free(labels);
    free(pieces);
}

/* ---- all ---- */

void sb_curves_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                          double frame_width)
{
    const sb_panel_frame panel = sb_frame_of(pen, plot, left, top, frame_width);
    sb_frame_draw_axes(&panel);
    if (plot->has_marker) {
        double x = sb_frame_x(&panel, plot->marker_x);
        sb_pen_line(pen, x, panel.top, x, panel.bottom, (sb_ink){sb_pen_grey, 1, SB_DASH_DOTS});
    }
    for (size_t i = 0; i < plot->series_count; i++) {
        if (plot->series[i].low != NULL) {
            draw_band(&panel, &plot->series[i]);
        }
    }
    for (size_t i = 0; i < plot->series_count; i++) {
        if (plot->series[i].line != SB_PLOT_POINTS) {
            draw_line(&panel, &plot->series[i]);
        }
    }
    for (size_t i = 0; i < plot->series_count; i++) {
        draw_markers(&panel, &plot->series[i]);
    }
    draw_labels(&panel);
    draw_names(&panel);
}
