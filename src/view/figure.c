/* The figure of a screen: its plots, and the numbers behind them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/figure.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "view/view.h"

void sb_view_figure_clear(sb_view_figure *figure)
{
    for (size_t k = 0; k < figure->count; k++) {
        sb_plot_clear(&figure->plots[k]);
    }
    free(figure->caption);
    free(figure->missing);
    sb_text_table_clear(&figure->data);
    *figure = (sb_view_figure){0};
}

void sb_view_figure_of(const sb_session *session, sb_view_figure *figure)
{
    *figure = (sb_view_figure){0};
    sb_screen_view_of(sb_session_display(session)->screen)->figure(session, figure);
    for (size_t k = 0; k < figure->count; k++) {
        figure->plots[k].has_marker = false; /* the cursor is no part of it */
    }
}

void sb_help_figure(const sb_session *session, sb_view_figure *figure)
{
    (void)session;
    figure->missing = sb_copy_text("the screen help is words alone and has no plot; every other "
                                   "screen but lp has one");
}

void sb_lp_figure(const sb_session *session, sb_view_figure *figure)
{
    (void)session;
    figure->missing =
        sb_copy_text("the screen lp is a program in words and has no plot: incentives draws which "
                     "of its rules bind, lp write FILE writes it");
}

/* A row a point; bands and labels where some series has them. */
static void fill_points(sb_text_table *table, const sb_view_figure *figure)
{
    static const char *const headings[] = {"plot", "series", "x", "y", "low", "high", "label"};
    enum { columns = sizeof headings / sizeof headings[0] };
    sb_text_table_init(table, columns, 2);
    for (size_t k = 0; k < columns; k++) {
        sb_text_table_add(table, headings[k]);
    }
    for (size_t k = 0; k < figure->count; k++) {
        const sb_plot *plot = &figure->plots[k];
        for (size_t i = 0; i < plot->series_count; i++) {
            const sb_plot_series *series = &plot->series[i];
            for (size_t at = 0; at < series->count; at++) {
                sb_text_table_add(table, plot->title);
                sb_text_table_add(table, series->name);
                sb_text_table_add_double(table, series->x[at]);
                sb_text_table_add_double(table, series->y[at]);
                sb_text_table_add_double(table,
                                         series->low == NULL ? (double)NAN : series->low[at]);
                sb_text_table_add_double(table,
                                         series->high == NULL ? (double)NAN : series->high[at]);
                sb_text_table_add(table, series->labels == NULL ? "" : series->labels[at]);
            }
        }
    }
}

const sb_text_table *sb_view_figure_numbers(sb_view_figure *figure)
{
    if (figure->data.columns == 0) {
        fill_points(&figure->data, figure);
    }
    return &figure->data;
}
