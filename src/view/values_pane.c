/* The values: a line an agent, or a table of one agent's values or utilities.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/number_text.h"
#include "view/panes.h"

enum { name_limit = 14, number_limit = 8, label_limit = 10 };

static size_t clamp(size_t index, size_t count)
{
    return index < count ? index : (count > 0 ? count - 1 : 0);
}

static bool has_one_value(const sb_environment *environment)
{
    bool one = true;
    for (size_t agent = 0; agent < environment->agent_count && one; agent++) {
        one = environment->agents[agent].value_count == 1;
    }
    return one;
}

static const char limited_mark[] = "*"; /* behind types that may not report every type */

/* The note, and after it what the mark means, in as many words as there is room for, where any
 * agent (SB_NOWHERE) or this one has such types. */
static char *with_limited(const sb_environment *environment, size_t agent, char *note, int room)
{
    static const char *const meanings[] = {"reports limited", "limited"};
    if (!sb_environment_has_reporting_sets(environment, agent)) {
        return note;
    }
    char *both = NULL;
    for (size_t k = 0; k < sizeof meanings / sizeof meanings[0]; k++) {
        free(both);
        both = sb_format_text("%s%s%s %s", note == NULL ? "" : note,
                              note == NULL ? "" : " \xC2\xB7 ", limited_mark, meanings[k]);
        if (both == NULL || (int)sb_text_width(both) <= room) {
            break;
        }
    }
    free(note);
    return both;
}

/* What is noted in the heading: the seller's own value, a cost, which numbers are costs. */
static char *note_of(const sb_environment *environment, bool fractions)
{
    bool good = environment->form == SB_FORM_PUBLIC_GOOD;
    const fmpq *number = good ? &environment->cost : &environment->reserve;
    if (environment->form == SB_FORM_TRADE) {
        return sb_format_text("costs of %s", environment->agents[1].name);
    }
    if (fmpq_is_zero(number)) {
        return NULL;
    }
    char *text = sb_number_text(number, number_limit, fractions);
    char *note = sb_format_text("%s %s", good ? "cost" : "seller", text == NULL ? "" : text);
    free(text);
    return note;
}

int sb_values_pane_rows(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    if (has_one_value(environment)) {
        return 1 + (int)environment->agent_count;
    }
    size_t agent = clamp(display->value_agent, environment->agent_count);
    size_t types = environment->agents[agent].type_count;
    return 2 + (int)(types < 1000 ? types : 1000);
}

/* A drawing in progress: where, for whom, and what the cursor is on. */
typedef struct sb_values_drawing {
    const sb_session *session;
    const sb_environment *environment;
    const sb_display *display;
    sb_canvas *canvas;
    sb_rectangle area;
    size_t agent, type, outcome; /* the cursor */
    bool active;
} sb_values_drawing;

static void mark_selected(const sb_values_drawing *drawing, int y, int x, int width)
{
    sb_style bracket = drawing->active ? SB_STYLE_STRONG : SB_STYLE_DIM;
    if (!drawing->active) {
        return;
    }
    sb_canvas_text(drawing->canvas, y, x - 1, 1, bracket, "[");
    sb_canvas_text(drawing->canvas, y, x + width, 1, bracket, "]");
    sb_canvas_reverse(drawing->canvas, y, x, width);
    const sb_entry *entry = sb_session_entry(drawing->session);
    if (entry->active) {
        sb_draw_entry(drawing->canvas, drawing->area, y, x, width, entry->text, entry->point);
    }
}

/* A type that may not report every type. */
static void mark_limited(const sb_values_drawing *drawing, int y, int x, size_t agent, size_t type)
{
    if (!sb_environment_may_report_any(drawing->environment, agent, type)) {
        sb_canvas_text(drawing->canvas, y, x, 1, SB_STYLE_DIM, limited_mark);
    }
}

/* The label of a type is worth a place where it is not the value itself. */
static bool label_says_more(const sb_agent *agent, size_t type)
{
    char *decimal = sb_rational_format(&agent->values[type], SB_NUMBER_DECIMAL);
    char *fraction = sb_rational_format(&agent->values[type], SB_NUMBER_FRACTION);
    const char *label = agent->types[type];
    bool same = (decimal != NULL && strcmp(label, decimal) == 0) ||
                (fraction != NULL && strcmp(label, fraction) == 0);
    free(decimal);
    free(fraction);
    return !same;
}

static int item_label_columns(const sb_values_drawing *drawing, const sb_agent *agent)
{
    int widest = 0;
    for (size_t type = 0; type < agent->type_count && type < 1000; type++) {
        if (label_says_more(agent, type)) {
            int columns = sb_canvas_text_width(drawing->canvas, agent->types[type]);
            widest = columns > widest ? columns : widest;
        }
    }
    return widest < label_limit ? widest : label_limit;
}

static int item_number_columns(const sb_values_drawing *drawing, const sb_agent *agent)
{
    int widest = 3;
    for (size_t type = 0; type < agent->type_count && type < 1000; type++) {
        char *text =
            sb_number_text(&agent->values[type], number_limit, drawing->display->fractions);
        int columns = sb_canvas_text_width(drawing->canvas, text);
        free(text);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static void draw_item_agent(const sb_values_drawing *drawing, int y, size_t index, int names)
{
    const sb_agent *agent = &drawing->environment->agents[index];
    sb_canvas *canvas = drawing->canvas;
    int x = drawing->area.column + 1;
    int end = drawing->area.column + drawing->area.columns;
    bool selected = drawing->active && index == drawing->agent;
    sb_canvas_text(canvas, y, x, names, selected ? SB_STYLE_NORMAL : SB_STYLE_DIM, agent->name);
    x += names + 1;
    int label = item_label_columns(drawing, agent);
    int number = item_number_columns(drawing, agent);
    int pitch = (label > 0 ? label + 1 : 0) + number + 1;
    int room = end - x - 2; /* the last two columns hold a bracket and the mark of more */
    if (room < pitch) {
        sb_canvas_text(canvas, y, x, end - x, SB_STYLE_DIM, "\xE2\x80\xBA");
        return;
    }
    size_t shown = (size_t)(room / pitch);
    if (shown > agent->type_count) {
        shown = agent->type_count;
    }
    size_t first = sb_scroll_around(selected ? drawing->type : 0, shown, agent->type_count);
    for (size_t k = 0; k < shown; k++) {
        size_t type = first + k;
        int at = x + 1 + (int)k * pitch;
        if (label > 0) {
            if (label_says_more(agent, type)) {
                sb_canvas_text_right(canvas, y, at, label, SB_STYLE_DIM, agent->types[type]);
            }
            at += label + 1;
        }
        char *text = sb_number_text(&agent->values[type], number, drawing->display->fractions);
        sb_draw_number(canvas, y, at, number, SB_STYLE_NORMAL, text);
        free(text);
        mark_limited(drawing, y, at + number, index, type);
    }
    if (first > 0) {
        sb_canvas_text(canvas, y, x, 1, SB_STYLE_DIM, "\xE2\x80\xB9");
    }
    if (first + shown < agent->type_count) {
        sb_canvas_text(canvas, y, end - 1, 1, SB_STYLE_DIM, "\xE2\x80\xBA");
    }
    if (selected) {
        int at = x + 1 + (int)(drawing->type - first) * pitch + (label > 0 ? label + 1 : 0);
        mark_selected(drawing, y, at, number);
    }
}

static void draw_item(const sb_values_drawing *drawing)
{
    const sb_environment *environment = drawing->environment;
    size_t shown = (size_t)(drawing->area.rows - 1);
    size_t first = sb_scroll_around(drawing->agent, shown, environment->agent_count);
    char *range = sb_range_text(first, shown, environment->agent_count);
    char *note =
        with_limited(environment, SB_NOWHERE, note_of(environment, drawing->display->fractions),
                     drawing->area.columns - (int)strlen("Values") - 7);
    sb_heading heading = {.title = "Values",
                          .note = note,
                          .right = range,
                          .active = drawing->active,
                          .note_style = SB_STYLE_NORMAL,
                          .right_style = SB_STYLE_DIM};
    sb_draw_heading(drawing->canvas, drawing->area, &heading);
    free(range);
    free(note);
    int names = 3;
    for (size_t i = 0; i < environment->agent_count; i++) {
        int columns = sb_canvas_text_width(drawing->canvas, environment->agents[i].name);
        names = columns > names ? columns : names;
    }
    names = names < name_limit ? names : name_limit;
    if (names > drawing->area.columns / 2) {
        names = drawing->area.columns / 2;
    }
    for (size_t k = 0; k < shown && first + k < environment->agent_count; k++) {
        draw_item_agent(drawing, drawing->area.row + 1 + (int)k, first + k, names);
    }
}

static void draw_utilities(const sb_values_drawing *drawing)
{
    const sb_environment *environment = drawing->environment;
    const sb_agent *agent = &environment->agents[drawing->agent];
    sb_canvas *canvas = drawing->canvas;
    sb_rectangle area = drawing->area;
    int label = 3;
    for (size_t type = 0; type < agent->type_count && type < 1000; type++) {
        int columns = sb_canvas_text_width(canvas, agent->types[type]);
        label = columns > label ? columns : label;
    }
    label = label < label_limit ? label : label_limit;
    int room = area.columns - 2 - label;
    size_t entries = sb_environment_entry_count(environment, drawing->agent);
    size_t columns = room > number_limit ? (size_t)(room / (number_limit + 1)) : 0;
    columns = columns < entries ? columns : entries;
    size_t rows = area.rows > 2 ? (size_t)(area.rows - 2) : 0;
    rows = rows < agent->type_count ? rows : agent->type_count;
    size_t first_column = sb_scroll_around(drawing->outcome, columns, entries);
    size_t first_row = sb_scroll_around(drawing->type, rows, agent->type_count);
    char *note = sb_format_text("of %s (%zu of %zu)", agent->name, drawing->agent + 1,
                                environment->agent_count);
    note = with_limited(environment, drawing->agent, note,
                        area.columns - (int)strlen("Utilities") - 7);
    char *right = NULL;
    if (columns < entries || rows < agent->type_count) {
        right = sb_format_text("%s%zux%zu of %zux%zu%s", first_column > 0 ? "\xE2\x80\xB9" : "",
                               rows, columns, agent->type_count, entries,
                               first_column + columns < entries ? "\xE2\x80\xBA" : "");
    }
    bool general = environment->form == SB_FORM_GENERAL;
    sb_heading heading = {.title = general ? "Utilities" : "Values",
                          .note = note,
                          .right = right,
                          .active = drawing->active,
                          .note_style = SB_STYLE_NORMAL,
                          .right_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    free(note);
    free(right);
    for (size_t k = 0; k < columns && area.rows > 1; k++) {
        char *name = sb_environment_entry_name(environment, drawing->agent, first_column + k);
        sb_canvas_text_right(canvas, area.row + 1,
                             area.column + 2 + label + (int)k * (number_limit + 1), number_limit,
                             SB_STYLE_DIM, name == NULL ? "" : name);
        free(name);
    }
    for (size_t r = 0; r < rows; r++) {
        int y = area.row + 2 + (int)r;
        size_t type = first_row + r;
        sb_canvas_text_right(canvas, y, area.column + 1, label, SB_STYLE_DIM, agent->types[type]);
        mark_limited(drawing, y, area.column + 1 + label, drawing->agent, type);
        for (size_t k = 0; k < columns; k++) {
            size_t outcome = first_column + k;
            char *text =
                sb_number_text(sb_environment_entry(environment, drawing->agent, type, outcome),
                               number_limit, drawing->display->fractions);
            int x = area.column + 2 + label + (int)k * (number_limit + 1);
            sb_draw_number(canvas, y, x, number_limit, SB_STYLE_NORMAL, text);
            free(text);
            if (type == drawing->type && outcome == drawing->outcome) {
                mark_selected(drawing, y, x, number_limit);
            }
        }
    }
}

void sb_values_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_values_drawing drawing = {.session = session,
                                 .environment = sb_session_environment(session),
                                 .display = sb_session_display(session),
                                 .canvas = canvas,
                                 .area = area};
    drawing.active = drawing.display->pane == SB_PANE_VALUES;
    drawing.agent = clamp(drawing.display->value_agent, drawing.environment->agent_count);
    drawing.type =
        clamp(drawing.display->value_type, drawing.environment->agents[drawing.agent].type_count);
    drawing.outcome = clamp(drawing.display->value_outcome,
                            sb_environment_entry_count(drawing.environment, drawing.agent));
    if (has_one_value(drawing.environment)) {
        draw_item(&drawing);
    } else {
        draw_utilities(&drawing);
    }
}
