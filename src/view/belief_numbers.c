/* Beliefs in numbers: the worst belief of one type, signal by signal, and the rows of all types.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/plot_models.h"
#include "view/robust.h"

enum { label_columns = 10, least_number = 6, most_number = 9, marks = 1 };

static void utility_of(fmpq_t utility, const sb_robust_look *look, size_t type, size_t report,
                       size_t signal)
{
    if (report == SB_NOWHERE) {
        fmpq_set(utility, &look->environment->agents[0].outside[type]);
    } else {
        sb_mechanism_utility(utility, look->environment, look->step->mechanism, 0, type, report,
                             signal);
    }
}

void sb_robust_revenue_at(fmpq_t revenue, const sb_robust_look *look, size_t type, size_t signal)
{
    const sb_environment *environment = look->environment;
    const sb_mechanism *mechanism = look->step->mechanism;
    size_t profile = sb_environment_profile_of(environment, 0, type, signal);
    fmpq_t value;
    fmpq_init(value);
    sb_rationals_dot(value, &mechanism->allocation[profile * mechanism->outcome_count],
                     environment->designer, mechanism->outcome_count);
    fmpq_add(revenue, &mechanism->payments[profile], value);
    fmpq_clear(value);
}

/* The gain of the truth at a signal; false where the row asks for something else. */
static bool gain_at(fmpq_t gain, const sb_robust_look *look, size_t type, size_t signal)
{
    const sb_robust_step *step = look->step;
    if (step == NULL || step->mechanism == NULL || !step->rows[type].known ||
        step->rows[type].kind == SB_CUT_OBJECTIVE) {
        return false;
    }
    fmpq_t other;
    fmpq_init(other);
    utility_of(gain, look, type, type, signal);
    utility_of(other, look, type, step->rows[type].report, signal);
    fmpq_sub(gain, gain, other);
    fmpq_clear(other);
    return true;
}

bool sb_robust_gains(const sb_robust_look *look, size_t type, double *gains)
{
    bool known = true;
    fmpq_t gain;
    fmpq_init(gain);
    for (size_t signal = 0; known && signal < look->environment->signal_count; signal++) {
        known = gain_at(gain, look, type, signal);
        gains[signal] = known ? sb_plot_coordinate(gain) : 0;
    }
    fmpq_clear(gain);
    return known;
}

/* ---- one type ---- */

typedef struct sb_belief_columns {
    int label, number, count;
} sb_belief_columns;

/* Columns that find room: estimate, from, to, worst, gain; the gain first to go, then the bounds.
 */
static sb_belief_columns columns_of(int columns)
{
    sb_belief_columns found = {.label = label_columns, .number = most_number, .count = 5};
    while (found.number > least_number && found.label + 5 * (found.number + 1) > columns - 2) {
        found.number--;
    }
    while (found.label > 4 && found.label + 5 * (found.number + 1) > columns - 2) {
        found.label--;
    }
    while (found.count > 1 && found.label + found.count * (found.number + 1) > columns - 2) {
        found.count--;
    }
    return found;
}

static void draw_number(sb_canvas *canvas, int row, int column, int width, sb_style style,
                        const fmpq *number, bool fractions)
{
    char *text = sb_number_text(number, width, fractions);
    sb_draw_number(canvas, row, column, width, style, text);
    free(text);
}

/* Where the worst belief takes all it may from a signal, or gives all it may, in words and colour.
 */
static sb_style worst_style(const fmpq *worst, const fmpq *estimate)
{
    int order = fmpq_cmp(worst, estimate);
    return order > 0 ? SB_STYLE_STRONG : order < 0 ? SB_STYLE_NORMAL : SB_STYLE_DIM;
}

/* What the last column holds: the gain of the truth, or what the seller gets where the row is about
 * that. */
static bool last_column(fmpq_t number, const sb_robust_look *look, size_t signal)
{
    const sb_robust_step *step = look->step;
    const sb_robust_row *row = &step->rows[look->type];
    if (row->known && row->kind == SB_CUT_OBJECTIVE && step->mechanism != NULL) {
        sb_robust_revenue_at(number, look, look->type, signal);
        return true;
    }
    return gain_at(number, look, look->type, signal);
}

static void draw_signal(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area, int row,
                        size_t signal, const sb_belief_columns *columns)
{
    const sb_consistent_set *set = &look->steps->set;
    size_t cell = look->type * set->signal_count + signal;
    const sb_robust_row *worst = &look->step->rows[look->type];
    fmpq_t gain;
    fmpq_init(gain);
    const fmpq *numbers[] = {set->has_estimate[look->type] ? &set->estimate[cell] : NULL,
                             &set->lower[cell], &set->upper[cell],
                             worst->known ? &worst->belief[signal] : NULL,
                             last_column(gain, look, signal) ? gain : NULL};
    sb_canvas_text(canvas, row, area.column + 1, columns->label, SB_STYLE_NORMAL,
                   sb_environment_label(look->environment, 1, signal));
    int column = area.column + 1 + columns->label;
    for (int k = 0; k < columns->count; k++) {
        if (numbers[k] != NULL) {
            sb_style style = k == 3 ? worst_style(numbers[k], &set->estimate[cell])
                             : k == 4
                                 ? (fmpq_sgn(numbers[k]) < 0 ? SB_STYLE_NEGATIVE : SB_STYLE_NORMAL)
                             : k == 0 ? SB_STYLE_NORMAL
                                      : SB_STYLE_DIM;
            draw_number(canvas, row, column + 1, columns->number, style, numbers[k],
                        look->fractions);
        }
        column += columns->number + 1;
    }
    fmpq_clear(gain);
}

static void draw_names(sb_canvas *canvas, sb_rectangle area, const sb_belief_columns *columns,
                       const char *label, bool revenue)
{
    const char *const names[] = {"estimate", "from", "to", "worst", revenue ? "brings" : "gain"};
    int over = sb_canvas_text_width(canvas, names[0]) - columns->number; /* into the label's room */
    over = over < 0 ? 0 : over;
    sb_canvas_text(canvas, area.row + 1, area.column + 1, columns->label - over, SB_STYLE_DIM,
                   label);
    sb_canvas_text_right(canvas, area.row + 1, area.column + 2 + columns->label - over,
                         columns->number + over, SB_STYLE_DIM, names[0]);
    for (int k = 1; k < columns->count; k++) {
        sb_canvas_text_right(canvas, area.row + 1,
                             area.column + 2 + columns->label + k * (columns->number + 1),
                             columns->number, SB_STYLE_DIM, names[k]);
    }
}

void sb_belief_table_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area,
                          bool main)
{
    const char *type = sb_environment_label(look->environment, 0, look->type);
    char *title = main ? sb_robust_row_title(look) : sb_format_text("Beliefs of type %s", type);
    bool set = look->steps != NULL && look->steps->has_set && look->step != NULL;
    size_t signals = look->environment->signal_count;
    size_t room = area.rows > 2 ? (size_t)area.rows - 2 : 0;
    size_t first = sb_clamp_scroll(look->scroll, room, signals);
    char *range = set && room < signals ? sb_range_text(first, room, signals) : NULL;
    sb_heading heading = {
        .title = title, .right = range, .active = main, .right_style = SB_STYLE_DIM};
    bool fits = sb_heading_fits(canvas, area, &heading);
    sb_draw_heading(canvas, area, &heading);
    bool drawn = set && area.rows >= 3;
    if (drawn && !look->steps->set.has_set[look->type]) {
        sb_canvas_text(canvas, area.row + 1, area.column + 1, area.columns - 2, SB_STYLE_DIM,
                       "probability zero and no set: none of its rules is asked for");
    } else if (drawn) {
        const sb_belief_columns columns = columns_of(area.columns);
        char *part = range == NULL || fits
                         ? NULL
                         : sb_format_text("%zu-%zu/%zu", first + 1, first + room, signals);
        draw_names(canvas, area, &columns, part == NULL ? look->environment->signal_name : part,
                   look->step->rows[look->type].kind == SB_CUT_OBJECTIVE);
        free(part);
        for (size_t k = 0; k < room && first + k < signals; k++) {
            draw_signal(look, canvas, area, area.row + 2 + (int)k, first + k, &columns);
        }
    }
    free(range);
    free(title);
}

/* ---- all types ---- */

static void draw_row(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area, int at,
                     size_t type)
{
    const sb_robust_row *row = &look->step->rows[type];
    bool chosen = type == look->type;
    bool broken = sb_robust_broken(look, row);
    sb_style style = chosen ? SB_STYLE_STRONG : SB_STYLE_NORMAL;
    int column = area.column + 1;
    int end = area.column + area.columns - 1;
    sb_canvas_text(canvas, at, column, marks, SB_STYLE_STRONG, chosen ? "\xE2\x96\xB8" : " ");
    sb_canvas_text(canvas, at, column + 2, 6, style,
                   sb_environment_label(look->environment, 0, type));
    if (!row->known) {
        sb_canvas_text(canvas, at, column + 9, end - column - 9, SB_STYLE_DIM, "no broken rule");
        return;
    }
    draw_number(canvas, at, column + 9, most_number, broken ? SB_STYLE_BAD : SB_STYLE_DIM,
                &row->slack, look->fractions);
    char *words = sb_robust_row_words(look, row);
    int start = column + 10 + most_number;
    start += sb_canvas_text(canvas, at, start, end - start, style, words);
    if (broken && row->added && start + 5 <= end) {
        sb_canvas_text(canvas, at, start, end - start, SB_STYLE_DIM, ", cut");
    }
    free(words);
}

void sb_belief_rows_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    size_t types = look->environment->agents[0].type_count;
    size_t room = area.rows > 1 ? (size_t)area.rows - 1 : 0;
    size_t first = sb_scroll_around(look->type, room, types);
    char *range = sb_range_text(first, room < types ? room : types, types);
    sb_heading heading = {
        .title = "Each type's slack", .right = range, .right_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    free(range);
    for (size_t k = 0; look->step != NULL && k < room && first + k < types; k++) {
        draw_row(look, canvas, area, area.row + 1 + (int)k, first + k);
    }
}
