/* One panel of a figure: curves, bars, a table or a graph, below its title.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/figure_panel.h"

#include "cli/figure_arrows.h"
#include "cli/figure_axes.h"
#include "cli/figure_bars.h"
#include "cli/figure_curves.h"
#include "cli/figure_matrix.h"

static const double letter_width = 0.6; /* of its size, on average */

double sb_panel_text_width(const char *text, double size)
{
    return (double)sb_text_width(text == NULL ? "" : text) * size * letter_width;
}

typedef struct panel_kind {
    double (*width)(const sb_plot *plot, double frame_width);
    double (*title_left)(const sb_plot *plot); /* from the panel's left edge */
    void (*draw)(const sb_pen *pen, const sb_plot *plot, double left, double top,
                 double frame_width);
} panel_kind;

static const panel_kind *kind_of(const sb_plot *plot)
{
    static const panel_kind curves = {sb_curves_width, sb_frame_margin, sb_curves_draw_panel};
    static const panel_kind bars = {sb_bars_width, sb_bars_names_width, sb_bars_draw_panel};
    static const panel_kind matrix = {sb_matrix_width, sb_matrix_names_width, sb_matrix_draw_panel};
    static const panel_kind arrows = {sb_arrows_width, sb_arrows_title_left, sb_arrows_draw_panel};
    return plot->bars             ? &bars
           : plot->matrix != NULL ? &matrix
           : plot->arrows != NULL ? &arrows
                                  : &curves;
}

double sb_panel_width(const sb_plot *plot, double frame_width)
{
    return kind_of(plot)->width(plot, frame_width);
}

void sb_panel_draw(const sb_pen *pen, const sb_plot *plot, double left, double top,
                   double frame_width)
{
    const panel_kind *kind = kind_of(plot);
    pen->letters(pen->state, (sb_place){left + kind->title_left(plot), top - 14},
                 plot->title == NULL ? "" : plot->title,
                 (sb_lettering){15, true, true, SB_ANCHOR_START, sb_pen_black});
    kind->draw(pen, plot, left, top, frame_width);
}
