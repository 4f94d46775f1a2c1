/* Two signals: beliefs are points of a line, sets are intervals, utilities are straight lines.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above, what the type in hand gets by the truth and by what tempts it most, as its belief moves
 * from never to always the first signal; below, the interval of every type on the same scale. The
 * worst belief is marked in both.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/number_text.h"
#include "view/plot_models.h"
#include "view/plot_raster.h"
#include "view/robust.h"

enum { gutter = 9, axis_rows = 2, least_plot = 4, number_columns = 8, axis_digits = 3 };

static const double least_room = 1e-3; /* beside a set that is a point */

typedef struct sb_interval {
    bool known, has_worst;
    double low, high, estimate, worst;
} sb_interval;

/* Cut to where low <= a + b q <= high. */
static void cut_interval(sb_interval *interval, double a, double b, double low, double high)
{
    if (b == 0) {
        return;
    }
    double first = (low - a) / b;
    double second = (high - a) / b;
    double from = first < second ? first : second;
    double to = first < second ? second : first;
    interval->low = from > interval->low ? from : interval->low;
    interval->high = to < interval->high ? to : interval->high;
}

static sb_interval interval_of(const sb_robust_look *look, size_t type)
{
    sb_interval interval = {.low = 0, .high = 1};
    const sb_consistent_set *set = &look->steps->set;
    interval.known = set->has_set[type];
    if (!interval.known) {
        return interval;
    }
    const fmpq *lower = &set->lower[type * 2];
    const fmpq *upper = &set->upper[type * 2];
    cut_interval(&interval, 0, 1, sb_plot_coordinate(&lower[0]), sb_plot_coordinate(&upper[0]));
    cut_interval(&interval, 1, -1, sb_plot_coordinate(&lower[1]), sb_plot_coordinate(&upper[1]));
    for (size_t k = 0; k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        if (constraint->type == type || constraint->type == SB_EVERY_TYPE) {
            double second = sb_plot_coordinate(&constraint->coefficients[1]);
            double slope = sb_plot_coordinate(&constraint->coefficients[0]) - second;
            cut_interval(&interval, second, slope,
                         constraint->has_lower ? sb_plot_coordinate(&constraint->lower) : -HUGE_VAL,
                         constraint->has_upper ? sb_plot_coordinate(&constraint->upper) : HUGE_VAL);
        }
    }
    interval.estimate =
        set->has_estimate[type] ? sb_plot_coordinate(&set->estimate[type * 2]) : NAN;
    const sb_robust_row *row = &look->step->rows[type];
    interval.has_worst = row->known;
    interval.worst = row->known ? sb_plot_coordinate(&row->belief[0]) : NAN;
    return interval;
}

/* ---- the lines ---- */

/* What the type gets by a report (SB_NOWHERE: staying away) at each of the two signals. */
static void utilities(const sb_robust_look *look, size_t report, double ends[2])
{
    fmpq_t utility;
    fmpq_init(utility);
    for (size_t signal = 0; signal < 2; signal++) {
        if (report == SB_NOWHERE) {
            fmpq_set(utility, &look->environment->agents[0].outside[look->type]);
        } else {
            sb_mechanism_utility(utility, look->environment, look->step->mechanism, 0, look->type,
                                 report, signal);
        }
        ends[signal] = sb_plot_coordinate(utility);
    }
    fmpq_clear(utility);
}

static double at(const double ends[2], double belief)
{
    return belief * ends[0] + (1 - belief) * ends[1];
}

/* What the seller gets of the type, truthful, as its belief moves. */
static void add_revenue(sb_plot *plot, const sb_robust_look *look)
{
    double ends[2];
    fmpq_t revenue;
    fmpq_init(revenue);
    for (size_t signal = 0; signal < 2; signal++) {
        sb_robust_revenue_at(revenue, look, look->type, signal);
        ends[signal] = sb_plot_coordinate(revenue);
    }
    fmpq_clear(revenue);
    sb_plot_series *series =
        sb_plot_add(plot, "revenue", SB_PLOT_DASHED, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER);
    sb_plot_point(series, 0, at(ends, 0));
    sb_plot_point(series, 1, at(ends, 1));
}

static void add_line(sb_plot *plot, const sb_robust_look *look, size_t report, const char *name,
                     sb_plot_line line, sb_plot_marker marker, sb_style style)
{
    double ends[2];
    utilities(look, report, ends);
    sb_plot_series *series = sb_plot_add(plot, name, line, marker, style);
    sb_plot_point(series, 0, at(ends, 0));
    sb_plot_point(series, 1, at(ends, 1));
}

/* High enough for the lines over all sets; a line that leaves that is cut. */
static void fit(sb_plot *plot, double from, double to)
{
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (size_t k = 0; k < plot->series_count; k++) {
        const double ends[2] = {plot->series[k].y[1], plot->series[k].y[0]};
        const double values[2] = {at(ends, from), at(ends, to)};
        for (size_t j = 0; j < 2; j++) {
            low = values[j] < low ? values[j] : low;
            high = values[j] > high ? values[j] : high;
        }
    }
    double room = (high - low) * 0.08;
    room = room > 0 ? room : 0.5;
    plot->y.low = low - room;
    plot->y.high = high + room;
}

/* What part of the line is drawn: all of it, or about the set of the type in hand. */
static void scale_of(const sb_robust_look *look, sb_plot_axis *axis)
{
    const sb_interval interval = interval_of(look, look->type);
    axis->low = 0;
    axis->high = 1;
    if (look->zoom && interval.known) {
        double room = (interval.high - interval.low) / 2;
        room = room > least_room ? room : least_room;
        axis->low = interval.low - room > 0 ? interval.low - room : 0;
        axis->high = interval.high + room < 1 ? interval.high + room : 1;
    }
}

static sb_plot lines_of(const sb_robust_look *look)
{
    sb_plot plot;
    sb_plot_init(&plot, "", "", "");
    scale_of(look, &plot.x);
    const sb_robust_row *row = &look->step->rows[look->type];
    add_line(&plot, look, look->type, "truth", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    if (row->known && row->kind == SB_CUT_INCENTIVE) {
        add_line(&plot, look, row->report, sb_environment_label(look->environment, 0, row->report),
                 SB_PLOT_DASHED, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER);
    }
    if (row->known && row->kind == SB_CUT_OBJECTIVE) {
        add_revenue(&plot, look);
    }
    add_line(&plot, look, SB_NOWHERE, "away", SB_PLOT_DOTTED, SB_PLOT_PLUS, SB_STYLE_NORMAL);
    double from = 1;
    double to = 0;
    for (size_t type = 0; type < look->environment->agents[0].type_count; type++) {
        const sb_interval interval = interval_of(look, type);
        from = interval.known && interval.low < from ? interval.low : from;
        to = interval.known && interval.high > to ? interval.high : to;
    }
    from = from < to && !look->zoom ? from : plot.x.low;
    to = from < to && !look->zoom ? to : plot.x.high;
    fit(&plot, from, to);
    return plot;
}

/* A number of an axis, rounded so that it fits. Freed by the caller. */
static char *axis_number(double number)
{
    fmpq_t value;
    fmpq_init(value);
    sb_rational_from_double(value, number);
    char *text = sb_rational_approximate(value, axis_digits);
    if (text != NULL && strlen(text) > (size_t)number_columns) {
        free(text);
        text = sb_rational_display(value, number_columns, NULL);
    }
    fmpq_clear(value);
    return text;
}

static void draw_axis_number(sb_canvas *canvas, int row, int column, double number)
{
    char *text = axis_number(number);
    sb_canvas_text_right(canvas, row, column, number_columns, SB_STYLE_DIM, text);
    free(text);
}

static void draw_lines(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle body)
{
    if (!look->steps->set.has_set[look->type]) {
        sb_canvas_text(canvas, body.row, body.column, body.columns, SB_STYLE_DIM,
                       "probability zero and no set");
        return;
    }
    sb_plot plot = lines_of(look);
    const sb_plot_frame frame = {.body = body};
    (void)sb_plot_raster(&plot, canvas, &frame, false);
    int row = 0;
    int column = 0;
    for (int r = 0; r < body.rows; r++) {
        sb_canvas_text(canvas, body.row + r, body.column - 1, 1, SB_STYLE_DIM, "\xE2\x94\x82");
    }
    draw_axis_number(canvas, body.row, body.column - gutter, plot.y.high);
    draw_axis_number(canvas, body.row + body.rows - 1, body.column - gutter, plot.y.low);
    if (plot.y.low < 0 && plot.y.high > 0 && sb_plot_cell(&plot, &frame, 0, 0, &row, &column) &&
        row > body.row && row < body.row + body.rows - 1) {
        sb_canvas_text_right(canvas, row, body.column - gutter, number_columns, SB_STYLE_DIM, "0");
    }
    /* The worst belief: where it is on each line. */
    const sb_interval interval = interval_of(look, look->type);
    for (size_t k = 0; interval.has_worst && k + 1 < plot.series_count + 1; k++) {
        const double ends[2] = {plot.series[k].y[1], plot.series[k].y[0]};
        if (sb_plot_cell(&plot, &frame, interval.worst, at(ends, interval.worst), &row, &column)) {
            sb_canvas_text(canvas, row, column, 1, plot.series[k].style,
                           sb_plot_glyph(plot.series[k].marker));
        }
    }
    sb_plot_clear(&plot);
}

/* "● truth  × reports 2  + stays away" */
static void draw_legend(const sb_robust_look *look, sb_canvas *canvas, int row, int column, int end)
{
    const sb_robust_row *known = &look->step->rows[look->type];
    char *words = NULL;
    if (known->known && known->kind == SB_CUT_INCENTIVE) {
        words = sb_robust_row_words(look, known);
    } else if (known->known && known->kind == SB_CUT_OBJECTIVE) {
        words = sb_copy_text("the seller gets");
    }
    const struct {
        sb_plot_marker marker;
        sb_style style;
        const char *name;
    } entries[] = {{SB_PLOT_DISC, SB_STYLE_BAR_REVENUE, "truth"},
                   {SB_PLOT_CROSS, SB_STYLE_BAR_OTHER, words},
                   {SB_PLOT_PLUS, SB_STYLE_NORMAL, "stays away"}};
    for (size_t k = 0; k < sizeof entries / sizeof entries[0]; k++) {
        if (entries[k].name == NULL ||
            column + 2 + sb_canvas_text_width(canvas, entries[k].name) > end) {
            continue;
        }
        column += sb_canvas_text(canvas, row, column, end - column, entries[k].style,
                                 sb_plot_glyph(entries[k].marker));
        column += 1 + sb_canvas_text(canvas, row, column + 1, end - column - 1, entries[k].style,
                                     entries[k].name);
        column += 2;
    }
    free(words);
}

/* ---- the intervals ---- */

/* The column of a belief, which may lie outside of what is drawn. */
static int column_of(const sb_rectangle *body, const sb_plot_axis *axis, double belief)
{
    double cell = (belief - axis->low) / (axis->high - axis->low) * (body->columns - 1);
    cell = cell < -1 ? -1 : cell > body->columns ? body->columns : cell;
    return body->column + (int)lround(cell);
}

static void put(sb_canvas *canvas, const sb_rectangle *body, int row, int column, sb_style style,
                const char *text)
{
    if (column >= body->column && column < body->column + body->columns) {
        sb_canvas_text(canvas, row, column, 1, style, text);
    }
}

static void draw_interval(const sb_robust_look *look, sb_canvas *canvas, const sb_rectangle *body,
                          const sb_plot_axis *axis, int row, size_t type)
{
    const sb_interval interval = interval_of(look, type);
    bool chosen = type == look->type;
    const sb_robust_row *worst = &look->step->rows[type];
    bool broken = sb_robust_broken(look, worst);
    sb_style style = chosen ? SB_STYLE_STRONG : SB_STYLE_NORMAL;
    sb_canvas_text(canvas, row, body->column - gutter, 1, SB_STYLE_STRONG,
                   chosen ? "\xE2\x96\xB8" : " ");
    sb_canvas_text_right(canvas, row, body->column - gutter + 1, number_columns - 1, style,
                         sb_environment_label(look->environment, 0, type));
    if (!interval.known) {
        sb_canvas_text(canvas, row, body->column, body->columns, SB_STYLE_DIM, "no set");
        return;
    }
    for (int c = body->column; c < body->column + body->columns; c++) {
        sb_canvas_text(canvas, row, c, 1, SB_STYLE_DIM, "\xC2\xB7");
    }
    int from = column_of(body, axis, interval.low);
    int to = column_of(body, axis, interval.high);
    for (int c = from; c <= to; c++) {
        bool end = c == from || c == to;
        put(canvas, body, row, c, style, end ? "\xE2\x94\x82" : "\xE2\x94\x80");
    }
    if (!isnan(interval.estimate)) {
        put(canvas, body, row, column_of(body, axis, interval.estimate), style, "\xE2\x97\x8B");
    }
    if (interval.has_worst && (broken || chosen)) {
        put(canvas, body, row, column_of(body, axis, interval.worst), broken ? SB_STYLE_BAD : style,
            "\xC3\x97");
    }
}

static void draw_axis(const sb_robust_look *look, sb_canvas *canvas, const sb_rectangle *body,
                      const sb_plot_axis *axis, int row)
{
    for (int k = 0; k < 3; k++) {
        char *text = axis_number(axis->low + k * (axis->high - axis->low) / 2);
        int width = sb_canvas_text_width(canvas, text);
        int column = body->column + k * (body->columns - 1) / 2;
        column -= k == 0 ? 0 : k == 1 ? width / 2 : width - 1;
        sb_canvas_text(canvas, row, column, width, SB_STYLE_DIM, text);
        free(text);
    }
    char *label = NULL;
    int width = body->columns + 1;
    const char *name = look->environment->signal_name;
    const char *signal = look->environment->signals[0];
    for (int k = 0; k < 3 && width > body->columns; k++) {
        free(label);
        label = k == 0   ? sb_format_text("belief: probability of %s %s", name, signal)
                : k == 1 ? sb_format_text("probability of %s %s", name, signal)
                         : sb_format_text("belief: %s", signal);
        width = sb_canvas_text_width(canvas, label);
    }
    width = width < body->columns ? width : body->columns;
    sb_canvas_text(canvas, row + 1, body->column + (body->columns - width) / 2, width, SB_STYLE_DIM,
                   label);
    free(label);
}

void sb_belief_line_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    char *title = sb_robust_row_title(look);
    sb_heading heading = {.title = title, .active = true};
    sb_draw_heading(canvas, area, &heading);
    free(title);
    if (look->step == NULL || look->steps == NULL || !look->steps->has_set || area.rows < 5 ||
        area.columns < gutter + 12) {
        return;
    }
    size_t types = look->environment->agents[0].type_count;
    bool lines = look->step->mechanism != NULL;
    int rows = area.rows - 1 - axis_rows - (lines ? 1 : 0);
    int shown = types < 1000 ? (int)types : 1000;
    int most = lines ? rows - least_plot : rows;
    shown = shown < most ? shown : most > 1 ? most : 1;
    sb_rectangle body = {area.row + 2, area.column + 1 + gutter, rows - shown,
                         area.columns - gutter - 2};
    if (lines && body.rows >= 2) {
        draw_legend(look, canvas, area.row + 1, area.column + 2, area.column + area.columns);
        draw_lines(look, canvas, body);
    }
    sb_plot_axis axis = {.label = NULL};
    scale_of(look, &axis);
    int row = area.row + area.rows - axis_rows - shown;
    size_t first = sb_scroll_around(look->type, (size_t)shown, types);
    for (int k = 0; k < shown && first + (size_t)k < types; k++) {
        draw_interval(look, canvas, &body, &axis, row + k, first + (size_t)k);
    }
    draw_axis(look, canvas, &body, &axis, area.row + area.rows - axis_rows);
}
