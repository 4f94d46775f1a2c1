/* A panel of bars: a name, a bar from zero, its number.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/figure_bars.h"

#include <math.h>

#include "view/plot_palette.h"
#include "view/plot_ticks.h"

enum { MOST_TICKS = 6 };

static const double letter_size = 13;
static const double gap = 8;
static const double thickest = 26;

double sb_bars_names_width(const sb_plot *plot)
{
    double widest = 0;
    for (size_t i = 0; i < plot->series_count; i++) {
        widest = fmax(widest, sb_panel_text_width(plot->series[i].name, letter_size));
    }
    return widest + 2 * gap;
}

static const char *label_of(const sb_plot_series *bar)
{
    return bar->labels == NULL || bar->count == 0 ? "" : bar->labels[0];
}

double sb_bars_width(const sb_plot *plot, double frame_width)
{
    double widest = 0;
    for (size_t i = 0; i < plot->series_count; i++) {
        widest = fmax(widest, sb_panel_text_width(label_of(&plot->series[i]), letter_size));
    }
    return sb_bars_names_width(plot) + frame_width + widest + 2 * gap;
}

static void draw_bar(const sb_pen *pen, const sb_plot_series *bar, double zero, double end,
                     double middle, double thickness)
{
    sb_plot_colour own = sb_plot_colour_of(bar->style);
    sb_colour colour = {own.red, own.green, own.blue};
    double top = middle - thickness / 2;
    double bottom = middle + thickness / 2;
    const sb_place corners[] = {
        {zero, top}, {end, top}, {end, bottom}, {zero, bottom}, {zero, top}};
    pen->region(pen->state, corners, 4, colour);
    pen->polyline(pen->state, corners, 5, (sb_ink){colour, 1.6, SB_DASH_NONE});
}

void sb_bars_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                        double frame_width)
{
    left += sb_bars_names_width(plot);
    double bottom = top + SB_PANEL_HEIGHT;
    sb_ink axis = {sb_pen_black, 1, SB_DASH_NONE};
    sb_plot_ticks ticks;
    sb_plot_ticks_of(&ticks, &plot->x, MOST_TICKS, false);
    for (size_t i = 0; i < ticks.count; i++) {
        double x = left + sb_plot_place(&plot->x, ticks.ticks[i].value) * frame_width;
        sb_pen_line(pen, x, top, x, bottom, (sb_ink){sb_pen_pale, 0.8, SB_DASH_NONE});
        sb_pen_line(pen, x, bottom, x, bottom + 5, axis);
        sb_pen_write(pen, x, bottom + 19, ticks.ticks[i].label, letter_size, SB_ANCHOR_MIDDLE,
                     sb_pen_black);
    }
    double zero = left + sb_plot_place(&plot->x, 0) * frame_width;
    double step = SB_PANEL_HEIGHT / (double)(plot->series_count > 0 ? plot->series_count : 1);
    double thickness = fmin(step * 0.62, thickest);
    for (size_t i = 0; i < plot->series_count; i++) {
        const sb_plot_series *bar = &plot->series[i];
        double middle = top + ((double)i + 0.5) * step;
        double end =
            bar->count == 0 ? zero : left + sb_plot_place(&plot->x, bar->x[0]) * frame_width;
        sb_pen_write(pen, left - gap, middle + 4.5, bar->name, letter_size, SB_ANCHOR_END,
                     sb_pen_black);
        if (isfinite(end)) {
            draw_bar(pen, bar, zero, end, middle, thickness);
            sb_pen_write(pen, fmax(end, zero) + gap, middle + 4.5, label_of(bar), letter_size,
                         SB_ANCHOR_START, sb_pen_black);
        }
    }
    sb_pen_line(pen, zero, top, zero, bottom, axis);
    sb_pen_line(pen, left, bottom, left + frame_width, bottom, axis);
    sb_pen_write(pen, left + frame_width / 2, bottom + 40, plot->x.label, letter_size,
                 SB_ANCHOR_MIDDLE, sb_pen_black);
}
