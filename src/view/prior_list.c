/* The prior as a list: a line a profile, its probability, and what the agents believe there.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/panes.h"
#include "view/prior_table.h"
#include "view/sensitivity_layer.h"

enum { least_label = 7, most_label = 24, cell = 9, gap = 2 };

/* One drawing. */
typedef struct list_drawing {
    const sb_session *session;
    sb_canvas *canvas;
    sb_rectangle area;
    const sb_environment *environment;
    const size_t *profiles; /* NULL: all */
    size_t count, first, shown, cursor;
    int label;
    bool active, fractions;
    const sb_sensitivity *layer; /* NULL: none */
    double layer_largest;
    size_t whose; /* SB_NOWHERE: everybody's beliefs, as far as there is room */
} list_drawing;

static size_t profile_at(const list_drawing *drawing, size_t place)
{
    return drawing->profiles == NULL ? place : drawing->profiles[place];
}

static int label_columns(const sb_environment *environment, const sb_canvas *canvas)
{
    int columns = 2;
    for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
        int widest = 0;
        size_t size = sb_environment_player_size(environment, player);
        for (size_t type = 0; type < size && type < 1000; type++) {
            int label =
                sb_canvas_text_width(canvas, sb_environment_label(environment, player, type));
            widest = label > widest ? label : widest;
        }
        columns += widest + (player > 0 ? 2 : 0);
    }
    columns = columns < least_label ? least_label : columns;
    return columns < most_label ? columns : most_label;
}

/* Agents that have beliefs to show: none where there is one player only. */
static size_t believers(const sb_environment *environment, size_t whose)
{
    if (sb_environment_player_count(environment) < 2) {
        return 0;
    }
    return whose == SB_NOWHERE ? environment->agent_count : 1;
}

int sb_prior_list_columns(const sb_session *session, const sb_canvas *canvas)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t beliefs = believers(environment, sb_session_whose(session, environment));
    beliefs = beliefs < 2 ? beliefs : 2; /* more where the layout has room */
    return 2 + label_columns(environment, canvas) + (int)(1 + beliefs) * (gap + cell);
}

int sb_prior_list_rows(const sb_session *session)
{
    size_t count = 0;
    free(sb_session_filtered(session, sb_session_environment(session), &count));
    return 2 + (int)(count < 1000 ? count : 1000);
}

static int number_column(const list_drawing *drawing, int index)
{
    return drawing->area.column + 1 + drawing->label + gap + index * (cell + gap);
}

/* Numbers of the profiles that are shown, one below the other. */
static void draw_numbers(const list_drawing *drawing, int index, const fmpq *numbers,
                         const sb_style *styles)
{
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    if (texts == NULL) {
        return;
    }
    int column = number_column(drawing, index);
    sb_number_column(texts, numbers, drawing->shown, 1, cell, drawing->fractions);
    for (size_t k = 0; k < drawing->shown; k++) {
        int row = drawing->area.row + 2 + (int)k;
        sb_canvas_fill(drawing->canvas, row, column, 1, cell, styles[k]);
        sb_draw_number(drawing->canvas, row, column, cell, styles[k], texts[k]);
        free(texts[k]);
    }
    free(texts);
}

static void draw_probabilities(const list_drawing *drawing, fmpq *numbers, sb_style *styles)
{
    const sb_environment *environment = drawing->environment;
    const fmpq *weights = environment->weights;
    size_t low = profile_at(drawing, drawing->first);
    size_t high = low;
    bool all =
        drawing->count <= SB_PRIOR_RANGE_CELLS; /* the whole list's range, else what is shown */
    size_t from = all ? 0 : drawing->first;
    size_t to = all ? drawing->count : drawing->first + drawing->shown;
    for (size_t place = from; place < to; place++) {
        size_t profile = profile_at(drawing, place);
        low = fmpq_cmp(weights + profile, weights + low) < 0 ? profile : low;
        high = fmpq_cmp(weights + profile, weights + high) > 0 ? profile : high;
    }
    for (size_t k = 0; k < drawing->shown; k++) {
        size_t profile = profile_at(drawing, drawing->first + k);
        sb_environment_probability(numbers + k, environment, profile);
        styles[k] = sb_prior_heat(weights + profile, weights + low, weights + high);
    }
    draw_numbers(drawing, 0, numbers, styles);
}

/* pi(the others of the profile | the agent's type of it). */
static void draw_beliefs(const list_drawing *drawing, int index, size_t agent, fmpq *numbers,
                         sb_style *styles)
{
    const sb_environment *environment = drawing->environment;
    fmpq_t marginal;
    fmpq_init(marginal);
    for (size_t k = 0; k < drawing->shown; k++) {
        size_t profile = profile_at(drawing, drawing->first + k);
        sb_environment_probability(numbers + k, environment, profile);
        sb_environment_marginal(marginal, environment, agent,
                                sb_environment_type_at(environment, profile, agent));
        styles[k] = fmpq_is_zero(marginal) ? SB_STYLE_DIM : SB_STYLE_NORMAL;
        if (!fmpq_is_zero(marginal)) {
            fmpq_div(numbers + k, numbers + k, marginal);
        }
    }
    fmpq_clear(marginal);
    draw_numbers(drawing, index, numbers, styles);
}

static void draw_derivatives(const list_drawing *drawing, int index)
{
    int column = number_column(drawing, index);
    bool stale = sb_view_stale(drawing->session) ||
                 drawing->layer->mode != sb_session_mass_mode(drawing->session);
    for (size_t k = 0; k < drawing->shown; k++) {
        const sb_sensitivity_cell *derivative =
            &drawing->layer->cells[profile_at(drawing, drawing->first + k)];
        sb_style style =
            sb_style_when(stale, sb_sensitivity_style(derivative, drawing->layer_largest));
        char *text = sb_sensitivity_text(derivative, cell, drawing->fractions);
        sb_draw_number(drawing->canvas, drawing->area.row + 2 + (int)k, column, cell, style, text);
        free(text);
    }
}

static void draw_title_of(const list_drawing *drawing, int index, const char *title)
{
    sb_canvas_text_right(drawing->canvas, drawing->area.row + 1, number_column(drawing, index),
                         cell, SB_STYLE_DIM, title);
}

/* The columns as far as there is room: probability, derivative, beliefs. */
static void draw_columns(const list_drawing *drawing)
{
    const sb_environment *environment = drawing->environment;
    fmpq *numbers = sb_rationals_new(drawing->shown);
    sb_style *styles = sb_allocate(drawing->shown, sizeof *styles);
    int room = drawing->area.columns - 1 - drawing->label;
    int columns = room / (cell + gap);
    int index = 0;
    if (numbers != NULL && styles != NULL && columns > 0) {
        draw_title_of(drawing, index, "prob");
        draw_probabilities(drawing, numbers, styles);
        index++;
        if (drawing->layer != NULL && index < columns) {
            draw_title_of(drawing, index, "slope");
            draw_derivatives(drawing, index++);
        }
        size_t first = drawing->whose == SB_NOWHERE ? 0 : drawing->whose;
        size_t beliefs = believers(environment, drawing->whose);
        for (size_t k = 0; k < beliefs && index < columns; k++) {
            const char *name = environment->agents[first + k].name;
            char *title = sb_format_text("given %s", name);
            bool fits = sb_canvas_text_width(drawing->canvas, title) <= cell;
            draw_title_of(drawing, index, fits ? title : name);
            free(title);
            draw_beliefs(drawing, index++, first + k, numbers, styles);
        }
    }
    free(styles);
    sb_rationals_free(numbers, drawing->shown);
}

static void draw_labels(const list_drawing *drawing)
{
    sb_canvas *canvas = drawing->canvas;
    int column = drawing->area.column;
    sb_canvas_text(canvas, drawing->area.row + 1, column + 1, drawing->label, SB_STYLE_DIM,
                   "profile");
    for (size_t k = 0; k < drawing->shown; k++) {
        int row = drawing->area.row + 2 + (int)k;
        size_t profile = profile_at(drawing, drawing->first + k);
        bool here = profile == drawing->cursor;
        char *label = sb_environment_profile_label(drawing->environment, profile);
        sb_canvas_text(canvas, row, column + 1, drawing->label,
                       here ? SB_STYLE_STRONG : SB_STYLE_NORMAL, label);
        free(label);
    }
}

static void draw_cursor(const list_drawing *drawing)
{
    for (size_t k = 0; k < drawing->shown; k++) {
        if (profile_at(drawing, drawing->first + k) != drawing->cursor) {
            continue;
        }
        int row = drawing->area.row + 2 + (int)k;
        int column = number_column(drawing, 0);
        sb_style bracket = drawing->active ? SB_STYLE_STRONG : SB_STYLE_DIM;
        sb_canvas_text(drawing->canvas, row, column - 1, 1, bracket, "[");
        sb_canvas_text(drawing->canvas, row, column + cell, 1, bracket, "]");
        const sb_entry *entry = sb_session_entry(drawing->session);
        if (drawing->active) {
            sb_canvas_reverse(drawing->canvas, row, column, cell);
        }
        if (drawing->active && entry->active) {
            sb_draw_entry(drawing->canvas, drawing->area, row, column, cell, entry->text,
                          entry->point);
        }
    }
}

static void draw_heading(const list_drawing *drawing)
{
    char *range = sb_range_text(drawing->first, drawing->shown, drawing->count);
    char *filter = sb_filter_note(drawing->session, drawing->count,
                                  sb_environment_profile_count(drawing->environment));
    char *mode =
        sb_format_text("%s", sb_mass_mode_describe(sb_session_mass_mode(drawing->session))->title);
    bool weights = !fmpq_is_one(&drawing->environment->weight_sum);
    char *sum = weights && range == NULL
                    ? sb_weight_sum_text(&drawing->environment->weight_sum, drawing->fractions)
                    : NULL;
    char *words = sum == NULL ? NULL : sb_format_text("weights sum to %s", sum);
    sb_heading heading = {.title = "Prior",
                          .note = filter == NULL ? mode : filter,
                          .right = range == NULL ? words : range,
                          .active = drawing->active,
                          .note_style = SB_STYLE_NORMAL,
                          .right_style = range == NULL ? SB_STYLE_WARNING : SB_STYLE_DIM};
    if (filter == NULL && !sb_heading_fits(drawing->canvas, drawing->area, &heading)) {
        heading.note = NULL;
    }
    sb_draw_heading(drawing->canvas, drawing->area, &heading);
    free(words);
    free(sum);
    free(mode);
    free(filter);
    free(range);
}

static void find_layer(list_drawing *drawing)
{
    const sb_sensitivity *layer = sb_view_sensitivity(drawing->session);
    if (layer != NULL &&
        layer->profile_count == sb_environment_profile_count(drawing->environment)) {
        drawing->layer = layer;
        drawing->layer_largest = sb_sensitivity_largest(layer);
    }
}

void sb_prior_list_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    list_drawing drawing = {.session = session,
                            .canvas = canvas,
                            .area = area,
                            .environment = environment,
                            .active = display->pane == SB_PANE_PRIOR,
                            .fractions = display->fractions,
                            .whose = sb_session_whose(session, environment)};
    size_t *profiles = sb_session_filtered(session, environment, &drawing.count);
    drawing.profiles = profiles;
    drawing.cursor = sb_selected_profile(session, environment);
    drawing.shown = area.rows > 2 ? (size_t)(area.rows - 2) : 0;
    drawing.shown = drawing.shown < drawing.count ? drawing.shown : drawing.count;
    size_t place = 0;
    while (place + 1 < drawing.count && profile_at(&drawing, place) < drawing.cursor) {
        place++;
    }
    drawing.first = sb_scroll_around(place, drawing.shown, drawing.count);
    drawing.label = label_columns(environment, canvas);
    find_layer(&drawing);
    draw_heading(&drawing);
    if (drawing.count == 0 && area.rows > 1) {
        sb_canvas_text(canvas, area.row + 1, area.column + 1, area.columns - 1, SB_STYLE_DIM,
                       "no profile passes the filter");
    } else if (drawing.shown > 0) {
        draw_labels(&drawing);
        draw_columns(&drawing);
        draw_cursor(&drawing);
    }
    free(profiles);
}
