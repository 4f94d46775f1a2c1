/* Who gets what and who pays what: a line a profile.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/profile_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/panes.h"

enum {
    label_limit = 18,
    probability_columns = 6,
    gets_limit = 24,
    gets_least = 7,
    payment_least = 8,
    payment_most = 11
};

/* ---- texts ---- */

/* Short names of outcomes: for one item the agent's name alone. */
static const char *outcome_name(const sb_environment *environment, size_t outcome)
{
    if (environment->form != SB_FORM_ITEM) {
        return environment->outcomes[outcome];
    }
    return outcome < environment->agent_count ? environment->agents[outcome].name : "nobody";
}

static char *outcome_text(const sb_environment *environment, size_t outcome,
                          const fmpq_t probability, bool fractions)
{
    if (fmpq_is_one(probability)) {
        return sb_copy_text(outcome_name(environment, outcome));
    }
    char *number = sb_number_text(probability, 6, fractions);
    char *text =
        sb_format_text("%s %s", outcome_name(environment, outcome), number == NULL ? "" : number);
    free(number);
    return text;
}

char *sb_allocation_text(const sb_environment *environment, const sb_canvas *canvas, int width,
                         const fmpq *probabilities, bool fractions)
{
    sb_text text;
    sb_text_init(&text);
    int used = 0;
    bool whole = true;
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        if (fmpq_is_zero(probabilities + outcome)) {
            continue;
        }
        bool certain = fmpq_is_one(probabilities + outcome);
        char *part = outcome_text(environment, outcome, probabilities + outcome, fractions);
        int columns = sb_canvas_text_width(canvas, part) + (used > 0 ? 2 : 0);
        if (certain || used + columns + 2 <= width) {
            sb_text_add(&text, used > 0 ? ", " : "");
            sb_text_add(&text, part == NULL ? "" : part);
            used += columns;
        } else {
            whole = false;
        }
        free(part);
    }
    if (!whole) {
        sb_text_add(&text, used > 0 ? " \xE2\x80\xA6" : "random");
    }
    return sb_text_take(&text, NULL);
}

/* ---- the table ---- */

/* One drawing: the list, and the columns of each part; 0: left out. */
typedef struct list_drawing {
    const sb_profile_list *list;
    sb_canvas *canvas;
    sb_rectangle area;
    size_t shown;
    int label, probability, gets;
    size_t first_agent, agents; /* whose payments fit */
    int payment[SB_MAX_PLAYERS];
} list_drawing;

static size_t profile_at(const list_drawing *drawing, size_t k)
{
    size_t place = drawing->list->first + k;
    return drawing->list->profiles == NULL ? place : drawing->list->profiles[place];
}

/* The widest label and allocation that are shown. */
static void measure_texts(const list_drawing *drawing, int *label, int *gets)
{
    const sb_environment *environment = drawing->list->environment;
    *label = 7; /* "profile" */
    *gets = gets_least;
    for (size_t k = 0; k < drawing->shown; k++) {
        size_t profile = profile_at(drawing, k);
        char *text = sb_environment_profile_label(environment, profile);
        int columns = sb_canvas_text_width(drawing->canvas, text);
        free(text);
        *label = columns > *label ? columns : *label;
        text = sb_allocation_text(environment, drawing->canvas, gets_limit,
                                  drawing->list->mechanism->allocation +
                                      profile * environment->outcome_count,
                                  drawing->list->fractions);
        columns = sb_canvas_text_width(drawing->canvas, text);
        free(text);
        *gets = columns > *gets ? columns : *gets;
    }
    *label = *label < label_limit ? *label : label_limit;
    *gets = *gets < gets_limit ? *gets : gets_limit;
}

/* Texts of one number a profile, of those that are drawn; false when memory runs out. */
static bool column_texts(const list_drawing *drawing, fmpq *numbers, int width, char **texts)
{
    if (numbers == NULL || texts == NULL) {
        return false;
    }
    sb_number_column(texts, numbers, drawing->shown, 1, width, drawing->list->fractions);
    return true;
}

/* What an agent pays at the profiles that are drawn; NULL when memory runs out. */
static fmpq *payments_of(const list_drawing *drawing, size_t agent)
{
    size_t agents = drawing->list->environment->agent_count;
    fmpq *payments = sb_rationals_new(drawing->shown);
    for (size_t k = 0; payments != NULL && k < drawing->shown; k++) {
        fmpq_set(payments + k,
                 drawing->list->mechanism->payments + profile_at(drawing, k) * agents + agent);
    }
    return payments;
}

/* Columns in which an agent's payments line up, and its name stands above them. */
static int natural_payment(const list_drawing *drawing, size_t agent)
{
    int widest =
        sb_canvas_text_width(drawing->canvas, drawing->list->environment->agents[agent].name);
    widest = widest < payment_most ? widest : payment_most;
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    fmpq *payments = payments_of(drawing, agent);
    if (column_texts(drawing, payments, payment_most, texts)) {
        for (size_t k = 0; k < drawing->shown; k++) {
            int columns = sb_canvas_text_width(drawing->canvas, texts[k]);
            widest = columns > widest ? columns : widest;
            free(texts[k]);
        }
    } else {
        widest = payment_most;
    }
    sb_rationals_free(payments, drawing->shown);
    free(texts);
    return widest;
}

/* Columns of "Ann pays". */
static int title_columns(const list_drawing *drawing, size_t k)
{
    const sb_environment *environment = drawing->list->environment;
    return sb_canvas_text_width(drawing->canvas,
                                environment->agents[drawing->first_agent + k].name) +
           (int)strlen(" pays");
}

/* Widen the columns to their titles, where all of them have room; what is left. */
static int share_titles(list_drawing *drawing, int room)
{
    int wider[SB_MAX_PLAYERS] = {0};
    int wanted = 0;
    for (size_t k = 0; k < drawing->agents; k++) {
        int more = title_columns(drawing, k) - drawing->payment[k];
        wider[k] = more > 0 ? more : 0;
        wanted += wider[k];
    }
    for (size_t k = 0; k < drawing->agents && wanted <= room; k++) {
        drawing->payment[k] += wider[k];
    }
    return wanted <= room ? room - wanted : room;
}

/* Give the payments what they want, and the rest to all alike; or all the same where that is too
 * much; or only the first agents. */
static void share_payments(list_drawing *drawing, int room)
{
    if (drawing->agents == 0) {
        return;
    }
    int wanted = 0;
    int agents = 0;
    for (size_t k = 0; k < drawing->agents; k++) {
        drawing->payment[k] = natural_payment(drawing, drawing->first_agent + k);
        wanted += 1 + drawing->payment[k];
        agents++;
    }
    if (wanted <= room) {
        int more = share_titles(drawing, room - wanted) / agents;
        for (int agent = 0; agent < agents; agent++) {
            drawing->payment[agent] += more < 5 ? more : 5;
        }
        return;
    }
    int each = room / agents - 1;
    if (each < payment_least) {
        each = payment_least;
        drawing->agents = room > 0 ? (size_t)(room / (payment_least + 1)) : 0;
    }
    for (size_t agent = 0; agent < drawing->agents; agent++) {
        drawing->payment[agent] = each < payment_most ? each : payment_most;
    }
}

/* Share the width out: payments first, then who gets it, then the probability. */
static void share_width(list_drawing *drawing)
{
    int gets = 0;
    measure_texts(drawing, &drawing->label, &gets);
    int room = drawing->area.columns - 1 - drawing->label;
    bool one = drawing->list->agent != SB_NOWHERE;
    drawing->first_agent = one ? drawing->list->agent : 0;
    drawing->agents = one ? 1 : drawing->list->environment->agent_count;
    drawing->agents = drawing->list->paid ? drawing->agents : 0;
    int wanted = (int)drawing->agents * (payment_least + 1);
    drawing->probability = probability_columns;
    if (room - wanted < 1 + probability_columns + 1 + gets_least) {
        drawing->probability = 0;
    }
    room -= drawing->probability > 0 ? 1 + drawing->probability : 0;
    drawing->gets = room - 1 - wanted;
    if (drawing->gets > gets) {
        drawing->gets = gets;
    }
    if (drawing->gets < gets_least) {
        drawing->gets = room - 1 < gets_least ? (room > 1 ? room - 1 : 0) : gets_least;
    }
    room -= 1 + drawing->gets;
    share_payments(drawing, room);
}

static int payment_column(const list_drawing *drawing, size_t k)
{
    int column = drawing->area.column + 1 + drawing->label + 1 + drawing->gets;
    column += drawing->probability > 0 ? 1 + drawing->probability : 0;
    for (size_t before = 0; before < k; before++) {
        column += drawing->payment[before] + 1;
    }
    return column + 1;
}

static void draw_titles(const list_drawing *drawing, int row)
{
    const sb_environment *environment = drawing->list->environment;
    sb_canvas *canvas = drawing->canvas;
    int column = drawing->area.column + 1;
    sb_canvas_text(canvas, row, column, drawing->label, SB_STYLE_DIM, "profile");
    column += drawing->label + 1;
    if (drawing->probability > 0) {
        sb_canvas_text_right(canvas, row, column, drawing->probability, SB_STYLE_DIM, "prob");
        column += drawing->probability + 1;
    }
    sb_canvas_text(canvas, row, column, drawing->gets, SB_STYLE_DIM,
                   environment->form == SB_FORM_ITEM ? "gets it" : "outcome");
    bool fits = true;
    for (size_t k = 0; k < drawing->agents; k++) {
        fits = fits && title_columns(drawing, k) <= drawing->payment[k];
    }
    for (size_t k = 0; k < drawing->agents; k++) {
        const char *name = environment->agents[drawing->first_agent + k].name;
        char *pays = sb_format_text("%s pays", name);
        sb_canvas_text_right(canvas, row, payment_column(drawing, k), drawing->payment[k],
                             SB_STYLE_DIM, fits ? pays : name);
        free(pays);
    }
    bool whole = drawing->list->agent != SB_NOWHERE || drawing->agents == environment->agent_count;
    if (drawing->list->paid && !whole) {
        sb_canvas_text(canvas, row, drawing->area.column + drawing->area.columns - 1, 1,
                       SB_STYLE_DIM, "\xE2\x80\xBA");
    }
}

static void draw_profile(const list_drawing *drawing, int row, size_t profile)
{
    const sb_environment *environment = drawing->list->environment;
    sb_canvas *canvas = drawing->canvas;
    bool stale = drawing->list->stale;
    bool possible = !fmpq_is_zero(&environment->weights[profile]);
    bool selected = profile == drawing->list->selected;
    sb_style style = sb_style_when(stale || !possible, SB_STYLE_NORMAL);
    int column = drawing->area.column;
    if (selected) {
        sb_canvas_text(canvas, row, column, 1, SB_STYLE_STRONG, "\xE2\x96\xB8");
    }
    column++;
    char *label = sb_environment_profile_label(environment, profile);
    sb_canvas_text(canvas, row, column, drawing->label,
                   selected && !stale ? SB_STYLE_STRONG : style, label);
    free(label);
    column += drawing->label + 1;
    column += drawing->probability > 0 ? drawing->probability + 1 : 0;
    char *gets = sb_allocation_text(environment, canvas, drawing->gets,
                                    drawing->list->mechanism->allocation +
                                        profile * environment->outcome_count,
                                    drawing->list->fractions);
    sb_canvas_text(canvas, row, column, drawing->gets, style, gets);
    free(gets);
}

static void draw_probabilities(const list_drawing *drawing, int row)
{
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    fmpq *probabilities = sb_rationals_new(drawing->shown);
    for (size_t k = 0; probabilities != NULL && k < drawing->shown; k++) {
        sb_environment_probability(probabilities + k, drawing->list->environment,
                                   profile_at(drawing, k));
    }
    if (column_texts(drawing, probabilities, drawing->probability, texts)) {
        for (size_t k = 0; k < drawing->shown; k++) {
            sb_draw_number(drawing->canvas, row + (int)k,
                           drawing->area.column + 1 + drawing->label + 1, drawing->probability,
                           SB_STYLE_DIM, texts[k]);
            free(texts[k]);
        }
    }
    free(texts);
    sb_rationals_free(probabilities, drawing->shown);
}

static void draw_payments(const list_drawing *drawing, int row, size_t column)
{
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    fmpq *payments = payments_of(drawing, drawing->first_agent + column);
    if (column_texts(drawing, payments, drawing->payment[column], texts)) {
        const fmpq *weights = drawing->list->environment->weights;
        for (size_t k = 0; k < drawing->shown; k++) {
            bool possible = !fmpq_is_zero(weights + profile_at(drawing, k));
            sb_style style = fmpq_sgn(payments + k) < 0 ? SB_STYLE_NEGATIVE : SB_STYLE_NORMAL;
            sb_draw_number(drawing->canvas, row + (int)k, payment_column(drawing, column),
                           drawing->payment[column],
                           sb_style_when(drawing->list->stale || !possible, style), texts[k]);
            free(texts[k]);
        }
    }
    sb_rationals_free(payments, drawing->shown);
    free(texts);
}

size_t sb_profile_list_shown(const sb_profile_list *list, sb_rectangle area)
{
    size_t rows = area.rows > 1 ? (size_t)(area.rows - 1) : 0;
    return rows < list->count ? rows : list->count;
}

size_t sb_profile_list_place(const sb_profile_list *list)
{
    if (list->profiles == NULL) {
        return list->selected;
    }
    size_t place = 0;
    while (place + 1 < list->count && list->profiles[place] < list->selected) {
        place++;
    }
    return place;
}

void sb_profile_list_draw(const sb_profile_list *list, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows < 1 || area.columns < 1) {
        return;
    }
    if (list->count == 0) {
        sb_canvas_text(canvas, area.row, area.column + 1, area.columns - 1, SB_STYLE_DIM,
                       "no profile passes the filter");
        return;
    }
    list_drawing drawing = {.list = list, .canvas = canvas, .area = area};
    drawing.shown = sb_profile_list_shown(list, area);
    if (drawing.shown > list->count - list->first) {
        drawing.shown = list->count - list->first;
    }
    share_width(&drawing);
    draw_titles(&drawing, area.row);
    for (size_t k = 0; k < drawing.shown; k++) {
        draw_profile(&drawing, area.row + 1 + (int)k, profile_at(&drawing, k));
    }
    if (drawing.probability > 0) {
        draw_probabilities(&drawing, area.row + 1);
    }
    for (size_t column = 0; column < drawing.agents; column++) {
        draw_payments(&drawing, area.row + 1, column);
    }
}
