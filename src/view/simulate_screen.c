/* The simulate screen: curves that grow while the simulation runs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above, what is simulated and how far it is; in the middle the curves with their bands; below, the
 * numbers of the point under the cursor.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/panes.h"
#include "view/plot_canvas.h"
#include "view/plot_simulation.h"

enum { least_plot = 8, bar_cells = 24, name_columns = 13, number_columns = 20 };

/* ---- words ---- */

static void add_axis(sb_text *text, const sb_simulation *simulation, sb_simulation_axis axis,
                     const char *before)
{
    size_t size = sb_simulation_axis_size(&simulation->plan, axis);
    size_t at[SB_AXIS_COUNT] = {0};
    sb_text_add_format(text, "%s%s ", before, sb_simulation_axis_name(axis));
    for (size_t k = 0; k < size; k++) {
        at[axis] = k;
        size_t cell = sb_simulation_cell_number(&simulation->plan, at);
        sb_text_add_format(text, "%s%g", k > 0 ? "," : "",
                           sb_simulation_axis_value(&simulation->cells[cell], axis));
    }
}

/* What the simulation is of, in one sentence. */
static char *setting(const sb_session *session, const sb_simulation *simulation)
{
    sb_text text;
    sb_text_init(&text);
    if (sb_session_simulation_of_table(session)) {
        sb_text_add(&text, sb_session_simulation_outdated(session)
                               ? "Truth: the table as it was (simulate start begins anew with "
                                 "the one of now)"
                               : "Truth: the table");
    } else if (simulation->plan.environment != NULL) {
        sb_text_add(&text, "Truth: the table of the loaded results");
    } else {
        sb_text_add(&text, "Truth: a bivariate normal");
        add_axis(&text, simulation, SB_AXIS_CORRELATION, ", ");
        add_axis(&text, simulation, SB_AXIS_TYPES, ", ");
        if (simulation->plan.signal_count_count > 0) {
            add_axis(&text, simulation, SB_AXIS_SIGNALS, ", ");
        }
    }
    add_axis(&text, simulation, SB_AXIS_SAMPLES, "; ");
    add_axis(&text, simulation, SB_AXIS_EPSILON, "; ");
    sb_text_add_format(&text, " (%s); seed %llu",
                       sb_interval_level_name(simulation->plan.estimate.level),
                       (unsigned long long)simulation->plan.seed);
    return sb_text_take(&text, NULL);
}

static void add_duration(sb_text *text, double seconds)
{
    unsigned long whole = seconds < 1e8 ? (unsigned long)(seconds + 0.5) : 100000000UL;
    if (whole < 60) {
        sb_text_add_format(text, "%lu s", whole);
    } else if (whole < 3600) {
        sb_text_add_format(text, "%lu min %lu s", whole / 60, whole % 60);
    } else {
        sb_text_add_format(text, "%lu h %lu min", whole / 3600, whole % 3600 / 60);
    }
}

/* "████────  120 of 1000 repetitions, 2 min 5 s left" */
static char *progress(const sb_session *session, const sb_simulation *simulation, bool ascii)
{
    size_t done = sb_simulation_done(simulation);
    size_t total = sb_simulation_total(simulation);
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; k < bar_cells; k++) {
        bool full = k < done * bar_cells / total;
        sb_text_add(&text, ascii ? (full ? "#" : "-") : full ? "\xE2\x96\x88" : "\xE2\x94\x80");
    }
    sb_text_add_format(&text, "  %zu of %zu repetitions", done, total);
    double left = sb_session_simulation_seconds_left(session);
    if (sb_session_simulating(session)) {
        sb_text_add(&text, isnan(left) ? ", running" : ", ");
        if (!isnan(left)) {
            add_duration(&text, left);
            sb_text_add(&text, " left");
        }
    } else {
        sb_text_add(&text, done == total ? ", done"
                           : done > 0    ? ", paused: Space goes on"
                                         : ": Space starts");
    }
    return sb_text_take(&text, NULL);
}

/* The same where there is no room for sentences: "29 of 200, paused". */
static char *short_progress(const sb_session *session, const sb_simulation *simulation)
{
    size_t done = sb_simulation_done(simulation);
    size_t total = sb_simulation_total(simulation);
    const char *state = sb_session_simulating(session) ? "running"
                        : done == total                ? "done"
                        : done > 0                     ? "paused"
                                                       : "Space starts";
    return sb_format_text("%zu of %zu, %s", done, total, state);
}

/* ---- numbers of a point ---- */

static const struct {
    const char *title;
    int width;
} columns[] = {{"", name_columns},        {"revenue", number_columns},
               {"share", number_columns}, {"planned", 10},
               {"a design", 11},          {"no optimum", 12}};
enum { column_count = sizeof columns / sizeof columns[0] };

static char *with_error(double mean, double width)
{
    return isnan(mean)    ? sb_copy_text("-")
           : isnan(width) ? sb_format_text("%.4f", mean)
                          : sb_format_text("%.4f \xC2\xB1 %.4f", mean, width);
}

static char *cell_text(const sb_simulation_cell *cell, const sb_simulation_summary *summary,
                       sb_contender contender, int column)
{
    double width = summary->share_upper - summary->share;
    switch (column) {
    case 0:
        return sb_copy_text(sb_contender_name(contender));
    case 1:
        return with_error(summary->mean, width * cell->full_surplus);
    case 2:
        return with_error(summary->share, width);
    case 3:
        return with_error(summary->designed, (double)NAN);
    case 4:
        return isnan(summary->seconds)  ? sb_copy_text("-")
               : summary->seconds < 0.1 ? sb_format_text("%.1f ms", summary->seconds * 1e3)
                                        : sb_format_text("%.2f s", summary->seconds);
    default:
        return sb_format_text("%zu", summary->failed);
    }
}

static void draw_row(const sb_simulation *simulation, const sb_simulation_cell *cell,
                     sb_canvas *canvas, sb_rectangle area, int row, int contender)
{
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, simulation->plan.repetitions, (sb_contender)contender, &summary);
    int at = area.column + 1;
    for (int k = 0; k < column_count && at + columns[k].width <= area.column + area.columns; k++) {
        char *text = cell_text(cell, &summary, (sb_contender)contender, k);
        if (k == 0) {
            sb_canvas_text(canvas, row, at, columns[k].width, SB_STYLE_NORMAL,
                           text == NULL ? "" : text);
        } else {
            sb_canvas_text_right(canvas, row, at, columns[k].width, SB_STYLE_NORMAL,
                                 text == NULL ? "" : text);
        }
        free(text);
        at += columns[k].width;
    }
}

static void draw_numbers(const sb_simulation *simulation, const sb_simulation_cell *cell,
                         sb_canvas *canvas, sb_rectangle area)
{
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, simulation->plan.repetitions, SB_CONTENDER_ROBUST, &summary);
    char *title = sb_format_text("%zu samples", cell->sample_count);
    char *note = sb_format_text("%zu repetitions", cell->done);
    char *right = isnan(summary.covered)
                      ? NULL
                      : sb_format_text("the set holds the truth in %.0f %%", summary.covered * 100);
    sb_heading heading = {.title = title,
                          .note = note,
                          .right = right,
                          .note_style = SB_STYLE_DIM,
                          .right_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    free(title);
    free(note);
    free(right);
    int at = area.column + 1;
    if (area.columns > name_columns + number_columns) { /* left of the title "revenue" */
        sb_canvas_text(canvas, area.row + 1, at, name_columns + number_columns - 8, SB_STYLE_DIM,
                       "\xC2\xB1 half a 95 % interval");
    }
    for (int k = 1; k < column_count; k++) {
        at += columns[k - 1].width;
        if (at + columns[k].width > area.column + area.columns) {
            break;
        }
        sb_canvas_text_right(canvas, area.row + 1, at, columns[k].width, SB_STYLE_DIM,
                             columns[k].title);
    }
    int row = area.row + 2;
    for (int c = 0; c < SB_CONTENDER_COUNT && row < area.row + area.rows; c++) {
        if (simulation->plan.wanted[c]) {
            draw_row(simulation, cell, canvas, area, row++, c);
        }
    }
}

/* ---- the screen ---- */

static int number_rows(const sb_simulation *simulation)
{
    int rows = 2;
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        rows += simulation->plan.wanted[c] ? 1 : 0;
    }
    return rows;
}

static void draw_curves(const sb_session *session, const sb_simulation *simulation,
                        sb_canvas *canvas, sb_rectangle area, const sb_simulation_cell *cell)
{
    const sb_display *display = sb_session_display(session);
    sb_plot plot =
        sb_plot_of_simulation_revenue(simulation, display->simulation_axis, display->simulation_at);
    plot.has_marker = true;
    plot.marker_x = sb_simulation_axis_value(cell, display->simulation_axis);
    plot.click = "curve point";
    for (size_t k = 0; k < sb_simulation_axis_size(&simulation->plan, display->simulation_axis);
         k++) {
        size_t at[SB_AXIS_COUNT];
        memcpy(at, display->simulation_at, sizeof at);
        at[display->simulation_axis] = k;
        size_t number = sb_simulation_cell_number(&simulation->plan, at);
        sb_plot_add_click(
            &plot, sb_simulation_axis_value(&simulation->cells[number], display->simulation_axis));
    }
    char *note = NULL;
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        if (axis != (int)display->simulation_axis &&
            sb_simulation_axis_size(&simulation->plan, (sb_simulation_axis)axis) > 1) {
            char *more =
                sb_format_text("%s%s%s %g", note == NULL ? "at " : note, note == NULL ? "" : ", ",
                               sb_simulation_axis_name((sb_simulation_axis)axis),
                               sb_simulation_axis_value(cell, (sb_simulation_axis)axis));
            free(note);
            note = more;
        }
    }
    sb_plot_draw(&plot, canvas, area, true, note, false);
    free(note);
    sb_plot_clear(&plot);
}

static int draw_head(const sb_session *session, const sb_simulation *simulation, sb_canvas *canvas,
                     sb_rectangle area)
{
    char *words = setting(session, simulation);
    char *bar = progress(session, simulation, canvas->ascii);
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, SB_STYLE_NORMAL, 0, area.columns - 2, words == NULL ? "" : words);
    sb_lines_wrap(&lines, canvas, SB_STYLE_STRONG, 0, area.columns - 2, bar == NULL ? "" : bar);
    int most = area.rows - 1 - least_plot;
    int rows = (int)lines.count < most ? (int)lines.count : most;
    char *note = rows < (int)lines.count ? short_progress(session, simulation) : NULL;
    sb_heading heading = {.title = "Simulate", .note = note, .note_style = SB_STYLE_STRONG};
    sb_draw_heading(canvas, area, &heading);
    free(note);
    sb_lines_draw(&lines, canvas, area.row + 1, 1, rows, area.columns - 2, 0, SB_STYLE_COUNT);
    sb_lines_clear(&lines);
    free(words);
    free(bar);
    return 1 + (rows > 0 ? rows : 0);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_simulation *simulation = sb_session_simulation(session);
    if (simulation == NULL) {
        sb_canvas_text(canvas, top + rows / 3, 2, canvas->columns - 4, SB_STYLE_NORMAL,
                       "nothing is simulated: N plans a simulation");
        return;
    }
    sb_rectangle area = {top, 0, rows, canvas->columns};
    int head = draw_head(session, simulation, canvas, area);
    area.row += head;
    area.rows -= head;
    const sb_display *display = sb_session_display(session);
    size_t number = sb_simulation_cell_number(&simulation->plan, display->simulation_at);
    const sb_simulation_cell *cell = &simulation->cells[number];
    sb_rectangle below = area;
    below.rows = number_rows(simulation);
    if (area.rows >= least_plot + below.rows) {
        area.rows -= below.rows;
        below.row = area.row + area.rows;
        draw_numbers(simulation, cell, canvas, below);
    }
    draw_curves(session, simulation, canvas, area, cell);
}

const sb_screen_view sb_simulate_screen = {SB_SCREEN_SIMULATE, "simulate", draw,
                                           sb_simulate_figure};
