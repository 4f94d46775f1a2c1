/* A figure before it is known where it will be drawn: axes and series of points.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/plot_arrows.h"
#include "view/plot_matrix.h"
#include "view/plot_ticks.h"

enum { rough_ticks = 5 }; /* for which limits are rounded */

void sb_plot_init(sb_plot *plot, const char *title, const char *x_label, const char *y_label)
{
    memset(plot, 0, sizeof *plot);
    plot->title = sb_copy_text(title);
    plot->x = (sb_plot_axis){.label = sb_copy_text(x_label), .low = 0, .high = 1};
    plot->y = (sb_plot_axis){.label = sb_copy_text(y_label), .low = 0, .high = 1};
}

void sb_plot_clear(sb_plot *plot)
{
    for (size_t i = 0; i < plot->series_count; i++) {
        free(plot->series[i].name);
        free(plot->series[i].x);
        free(plot->series[i].y);
        free(plot->series[i].low);
        free(plot->series[i].high);
        for (size_t k = 0; plot->series[i].labels != NULL && k < plot->series[i].count; k++) {
            free(plot->series[i].labels[k]);
        }
        free(plot->series[i].labels);
    }
    for (size_t k = 0; k < SB_PLOT_CORNERS; k++) {
        free(plot->corners[k]);
    }
    free(plot->click_x);
    sb_plot_matrix_free(plot->matrix);
    sb_plot_arrows_free(plot->arrows);
    free(plot->title);
    free(plot->x.label);
    free(plot->y.label);
    memset(plot, 0, sizeof *plot);
}

sb_plot_series *sb_plot_add(sb_plot *plot, const char *name, sb_plot_line line,
                            sb_plot_marker marker, sb_style style)
{
    if (plot->series_count == SB_PLOT_MOST_SERIES) {
        return NULL;
    }
    sb_plot_series *series = &plot->series[plot->series_count++];
    *series = (sb_plot_series){
        .name = sb_copy_text(name), .line = line, .marker = marker, .style = style};
    return series;
}

/* Room for one more number; all arrays of a series grow alike, so that one capacity serves. */
static bool has_room(const sb_plot_series *series, double **numbers, size_t *capacity)
{
    size_t now = *numbers == NULL ? 0 : series->capacity;
    if (!sb_grow((void *)numbers, &now, series->count + 1, sizeof **numbers)) {
        return false;
    }
    *capacity = now < *capacity ? now : *capacity;
    return true;
}

void sb_plot_point(sb_plot_series *series, double x, double y)
{
    size_t capacity = SIZE_MAX;
    if (series == NULL || !has_room(series, &series->x, &capacity) ||
        !has_room(series, &series->y, &capacity)) {
        return;
    }
    series->capacity = capacity;
    series->x[series->count] = x;
    series->y[series->count] = y;
    series->count++;
}

void sb_plot_band_point(sb_plot_series *series, double x, double y, double low, double high)
{
    size_t capacity = SIZE_MAX;
    if (series == NULL || !has_room(series, &series->x, &capacity) ||
        !has_room(series, &series->y, &capacity) || !has_room(series, &series->low, &capacity) ||
        !has_room(series, &series->high, &capacity)) {
        return;
    }
    series->capacity = capacity;
    series->x[series->count] = x;
    series->y[series->count] = y;
    series->low[series->count] = low;
    series->high[series->count] = high;
    series->count++;
}

void sb_plot_labelled_point(sb_plot_series *series, double x, double y, const char *label)
{
    char *copy = series == NULL ? NULL : sb_copy_text(label);
    size_t capacity = series == NULL || series->labels == NULL ? 0 : series->capacity;
    if (copy == NULL ||
        !sb_grow(&series->labels, &capacity, series->count + 1, sizeof *series->labels)) {
        free(copy);
        return;
    }
    size_t before = series->count;
    sb_plot_point(series, x, y);
    if (series->count > before) {
        series->capacity = capacity < series->capacity ? capacity : series->capacity;
        series->labels[before] = copy;
    } else {
        free(copy);
    }
}

void sb_plot_add_click(sb_plot *plot, double x)
{
    if (sb_grow(&plot->click_x, &plot->click_capacity, plot->click_count + 1,
                sizeof *plot->click_x)) {
        plot->click_x[plot->click_count++] = x;
    }
}

void sb_plot_make_triangle(sb_plot *plot, const char *const *corners)
{
    static const double places[SB_PLOT_CORNERS][2] = {{0, 0}, {1, 0}, {.5, 1}};
    sb_plot_series *outline = sb_plot_add(plot, "", SB_PLOT_DOTTED, SB_PLOT_PLUS, SB_STYLE_DIM);
    if (outline != NULL) {
        outline->unmarked = true;
    }
    for (size_t k = 0; k <= SB_PLOT_CORNERS; k++) {
        const double *place = places[k % SB_PLOT_CORNERS];
        sb_plot_point(outline, place[0], place[1]);
        if (k < SB_PLOT_CORNERS) {
            plot->corners[k] = sb_copy_text(corners[k]);
        }
    }
    plot->x.low = 0;
    plot->x.high = 1;
    plot->y.low = 0;
    plot->y.high = 1;
}

/* ---- limits ---- */

static bool has_place(const sb_plot_axis *axis, double number)
{
    return isfinite(number) && (!axis->logarithmic || number > 0);
}

static void stretch(double number, bool *any, double *low, double *high)
{
    *low = !*any || number < *low ? number : *low;
    *high = !*any || number > *high ? number : *high;
    *any = true;
}

/* The extent of one coordinate of the points that can be drawn; false when there are none. */
static bool extent(const sb_plot *plot, bool of_x, double *low, double *high)
{
    bool any = false;
    for (size_t i = 0; i < plot->series_count; i++) {
        const sb_plot_series *series = &plot->series[i];
        for (size_t k = 0; k < series->count; k++) {
            bool zero = plot->has_zero_column && series->x[k] == 0;
            double number = of_x ? series->x[k] : series->y[k];
            bool other = of_x ? has_place(&plot->y, series->y[k])
                              : zero || has_place(&plot->x, series->x[k]);
            if (!other || !has_place(of_x ? &plot->x : &plot->y, number)) {
                continue;
            }
            stretch(number, &any, low, high);
            if (!of_x && series->low != NULL && has_place(&plot->y, series->low[k]) &&
                has_place(&plot->y, series->high[k])) {
                stretch(series->low[k], &any, low, high);
                stretch(series->high[k], &any, low, high);
            }
        }
    }
    return any;
}

static void fit_logarithmic(sb_plot_axis *axis, double low, double high, bool tight)
{
    if (tight && high > low) {
        axis->low = low;
        axis->high = high;
        return;
    }
    double first = floor(log10(low) + 1e-9);
    double last = ceil(log10(high) - 1e-9);
    first = first < -300 ? -300 : first;
    last = last > first ? last : first + 1;
    last = last > 300 ? 300 : last;
    axis->low = pow(10, first);
    axis->high = pow(10, last);
}

static void fit_linear(sb_plot_axis *axis, double low, double high, bool tight)
{
    double size = fmax(fabs(low), fabs(high));
    if (high - low <= size * 1e-9) {
        double room = size > 0 ? size / 2 : 1;
        low -= room;
        high += room;
    } else if (tight) {
        axis->low = low;
        axis->high = high;
        return;
    }
    /* A little air, so that no line runs along the frame; then round numbers. */
    double air = (high - low) / 20;
    double step = sb_plot_step(low - air, high + air, rough_ticks);
    axis->low = floor((low - air) / step) * step;
    axis->high = ceil((high + air) / step) * step;
    if (low >= 0 && axis->low < 0) {
        axis->low = 0; /* no room for what cannot be */
    }
}

static void fit(sb_plot *plot, bool of_x, bool tight)
{
    sb_plot_axis *axis = of_x ? &plot->x : &plot->y;
    double low = 1;
    double high = 1;
    (void)extent(plot, of_x, &low, &high);
    if (axis->logarithmic) {
        fit_logarithmic(axis, low, high, tight);
    } else {
        fit_linear(axis, low, high, tight);
    }
}

void sb_plot_fit_x(sb_plot *plot, bool tight)
{
    fit(plot, true, tight);
}

void sb_plot_fit_y(sb_plot *plot)
{
    fit(plot, false, false);
}

double sb_plot_place(const sb_plot_axis *axis, double number)
{
    if (!has_place(axis, number)) {
        return NAN;
    }
    if (axis->logarithmic) {
        return (log10(number) - log10(axis->low)) / (log10(axis->high) - log10(axis->low));
    }
    return (number - axis->low) / (axis->high - axis->low);
}

bool sb_plot_value_at(const sb_plot_series *series, double x, double *y)
{
    for (size_t k = 0; k < series->count; k++) {
        if (series->x[k] == x && isfinite(series->y[k])) {
            *y = series->y[k];
            return true;
        }
    }
    return false;
}

void sb_plot_fit_bars(sb_plot *plot)
{
    sb_plot_series *origin = sb_plot_add(plot, "", SB_PLOT_POINTS, SB_PLOT_DISC, SB_STYLE_NORMAL);
    sb_plot_point(origin, 0, 0);
    sb_plot_fit_x(plot, false);
    if (origin != NULL) { /* it only held the axis at 0 */
        free(origin->name);
        free(origin->x);
        free(origin->y);
        plot->series_count--;
    }
    plot->y.low = 0;
    plot->y.high = 1;
}
