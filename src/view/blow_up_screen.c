/* The blow-up screen: revenue and payments towards independence, and the payment-cap frontier.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wide: revenue above payments at the left, the frontier at the right. Else two plots beside each
 * other, revenue and whichever of the other two has the keys; narrow: above each other, or one.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/blow_up.h"
#include "view/panes.h"
#include "view/plot_canvas.h"
#include "view/plot_models.h"

enum {
    three_columns = 100,
    three_rows = 26,
    beside_columns = 64,
    above_rows = 16,
    most_words = 4 /* rows below the plots */
};

typedef enum sb_blow_up_plot { PLOT_REVENUE, PLOT_PAYMENTS, PLOT_CAP } sb_blow_up_plot;

/* The heading's note while points are still to come. */
static char *progress_note(size_t count, bool complete, bool no_more)
{
    if (complete || no_more || count == 0) {
        return NULL;
    }
    return sb_format_text("%zu points so far", count);
}

static void draw_missing(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area,
                         const char *title, bool active)
{
    sb_heading heading = {.title = title, .active = active};
    sb_draw_heading(canvas, area, &heading);
    if (area.rows > 1) {
        sb_canvas_text(canvas, area.row + 1, area.column + 1, area.columns - 2, SB_STYLE_DIM,
                       blow_up->no_more ? "not defined under these rules"
                                        : "computing\xE2\x80\xA6");
    }
}

static void draw_cap(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area)
{
    const sb_cap *cap = blow_up->cap;
    if (cap == NULL || cap->count == 0) {
        draw_missing(blow_up, canvas, area, "Revenue under a payment cap", blow_up->on_cap);
        return;
    }
    sb_plot plot = sb_plot_of_cap(cap);
    if (blow_up->on_cap) {
        size_t cursor = blow_up->cursor < cap->count ? blow_up->cursor : cap->count - 1;
        plot.has_marker = true;
        plot.marker_x = sb_plot_coordinate(&cap->points[cursor].bound);
    }
    plot.click = "curve cap";
    for (size_t k = 0; k < cap->count; k++) {
        sb_plot_add_click(&plot, sb_plot_coordinate(&cap->points[k].bound));
    }
    char *note = progress_note(cap->count, blow_up->cap_complete, blow_up->no_more);
    sb_plot_draw(&plot, canvas, area, blow_up->on_cap, note, false);
    free(note);
    sb_plot_clear(&plot);
}

static void draw_sweep(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area,
                       bool payments)
{
    const sb_sweep *sweep = blow_up->sweep;
    bool active = !blow_up->on_cap && !payments;
    if (sweep == NULL || sweep->count == 0) {
        draw_missing(blow_up, canvas, area, payments ? "Largest payment" : "Revenue", active);
        return;
    }
    sb_plot plot = payments ? sb_plot_of_sweep_payments(sweep)
                            : sb_plot_of_sweep_revenue(sweep, blow_up->rules);
    if (!blow_up->on_cap) {
        size_t cursor = blow_up->cursor < sweep->count ? blow_up->cursor : sweep->count - 1;
        plot.has_marker = true;
        plot.marker_x = sb_plot_coordinate(&sweep->points[cursor].lambda);
    }
    plot.click = "curve sweep";
    for (size_t k = 0; k < sweep->count; k++) {
        sb_plot_add_click(&plot, sb_plot_coordinate(&sweep->points[k].lambda));
    }
    char *note = progress_note(sweep->count, blow_up->sweep_complete, blow_up->no_more);
    sb_plot_draw(&plot, canvas, area, active, note, false);
    free(note);
    sb_plot_clear(&plot);
}

static void draw_plot(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area,
                      sb_blow_up_plot which)
{
    if (which == PLOT_CAP) {
        draw_cap(blow_up, canvas, area);
    } else {
        draw_sweep(blow_up, canvas, area, which == PLOT_PAYMENTS);
    }
}

static void draw_plots(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area)
{
    sb_blow_up_plot second = blow_up->on_cap ? PLOT_CAP : PLOT_PAYMENTS;
    sb_rectangle left = area;
    sb_rectangle right = area;
    left.columns = (area.columns - 1) / 2;
    right.column += left.columns + 1;
    right.columns -= left.columns + 1;
    if (area.columns >= three_columns && area.rows >= three_rows) {
        sb_rectangle above = left;
        sb_rectangle below = left;
        above.rows = (area.rows + 1) / 2;
        below.row += above.rows;
        below.rows -= above.rows;
        draw_plot(blow_up, canvas, above, PLOT_REVENUE);
        draw_plot(blow_up, canvas, below, PLOT_PAYMENTS);
        draw_plot(blow_up, canvas, right, PLOT_CAP);
    } else if (area.columns >= beside_columns) {
        draw_plot(blow_up, canvas, left, PLOT_REVENUE);
        draw_plot(blow_up, canvas, right, second);
    } else if (area.rows >= above_rows) {
        sb_rectangle above = area;
        sb_rectangle below = area;
        above.rows = (area.rows + 1) / 2;
        below.row += above.rows;
        below.rows -= above.rows;
        draw_plot(blow_up, canvas, above, PLOT_REVENUE);
        draw_plot(blow_up, canvas, below, second);
    } else {
        draw_plot(blow_up, canvas, area, blow_up->on_cap ? PLOT_CAP : PLOT_REVENUE);
    }
}

void sb_blow_up_draw(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_lines lines;
    sb_lines_init(&lines);
    sb_blow_up_point_lines(&lines, canvas, area.columns - 2, blow_up);
    char *lesson = NULL;
    if (blow_up->on_cap && blow_up->cap != NULL) {
        lesson = sb_blow_up_cap_lesson(blow_up->cap);
    } else if (!blow_up->on_cap && blow_up->sweep != NULL) {
        lesson = sb_blow_up_lesson(blow_up->sweep, blow_up->rules);
    }
    if (lesson != NULL) {
        sb_lines_wrap(&lines, canvas, SB_STYLE_NORMAL, 0, area.columns - 2, lesson);
    }
    free(lesson);
    int words = (int)lines.count < most_words ? (int)lines.count : most_words;
    int third = area.rows / 3;
    words = words < third ? words : third;
    words = words < 2 && third >= 2 ? 2 : words; /* steady while the first points come in */
    sb_rectangle plots = area;
    plots.rows -= words;
    draw_plots(blow_up, canvas, plots);
    sb_lines_draw(&lines, canvas, plots.row + plots.rows, area.column + 1, words, area.columns - 2,
                  0, SB_STYLE_COUNT);
    sb_lines_clear(&lines);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_environment *environment = sb_session_curve_environment(session);
    if (environment == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    const sb_display *display = sb_session_display(session);
    const sb_results *results = sb_session_results_at_hand(session);
    sb_blow_up blow_up = {
        .on_cap = display->cap_plot,
        .cursor = display->curve_cursor,
        .rules = &environment->rules,
        .fractions = display->fractions,
    };
    if (results != NULL) {
        blow_up.sweep = sb_results_sweep(results);
        blow_up.sweep_complete = sb_results_sweep_complete(results);
        blow_up.cap = sb_results_cap(results);
        blow_up.cap_complete = sb_results_cap_complete(results);
        blow_up.no_more = sb_results_complete(results) && !sb_session_solving(session);
    }
    sb_blow_up_draw(&blow_up, canvas, (sb_rectangle){top, 0, rows, canvas->columns});
}

const sb_screen_view sb_blow_up_screen = {SB_SCREEN_BLOW_UP, "blow-up", draw, sb_blow_up_figure};
