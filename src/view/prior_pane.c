/* The prior: a table of the last two players, heat-coloured over its own range, with its sums.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/command.h"
#include "session/settings.h"
#include "view/panes.h"
#include "view/prior_table.h"
#include "view/sensitivity_layer.h"

static void range_of(fmpq_t low, fmpq_t high, const sb_prior_table *table,
                     const sb_prior_window *window)
{
    bool all = table->rows * table->columns <= SB_PRIOR_RANGE_CELLS;
    size_t first_row = all ? 0 : window->first_row;
    size_t rows = all ? table->rows : window->rows;
    size_t first_column = all ? 0 : window->first_column;
    size_t columns = all ? table->columns : window->columns;
    for (size_t r = first_row; r < first_row + rows; r++) {
        for (size_t c = first_column; c < first_column + columns; c++) {
            const fmpq *weight = &table->environment->weights[sb_prior_profile(table, r, c)];
            bool start = r == first_row && c == first_column;
            if (start || fmpq_cmp(weight, low) < 0) {
                fmpq_set(low, weight);
            }
            if (start || fmpq_cmp(weight, high) > 0) {
                fmpq_set(high, weight);
            }
        }
    }
}

/* One drawing: what all its parts need to know. */
typedef struct sb_prior_drawing {
    sb_canvas *canvas;
    sb_rectangle area;
    const sb_prior_table *table;
    const sb_prior_window *window;
    int cells;  /* column of the first cell's gap */
    int others; /* column of the first gap of the block at the right: sums or conditionals */
    bool active;
    const sb_sensitivity *layer; /* derivatives in place of probabilities; NULL: none */
    double layer_largest;
    bool stale; /* the layer is of another environment or mode */
} sb_prior_drawing;

static int cell_column(const sb_prior_drawing *drawing, int block, size_t k)
{
    return block + (int)k * (drawing->window->cell + drawing->window->gap) + drawing->window->gap;
}

static void draw_number(const sb_prior_drawing *drawing, int row, int column, sb_style style,
                        const fmpq_t number)
{
    char *text = sb_number_in_table(number, &drawing->window->format);
    sb_draw_number(drawing->canvas, row, column, drawing->window->cell, style, text);
    free(text);
}

/* A type that the marked rule is about has a dot before its label, what it reports a ring. */
static const char *mark_of(const sb_prior_table *table, size_t player, size_t type)
{
    const sb_display *display = table->display;
    const sb_constraint *mark = &display->mark;
    if (!display->marked || table->unmarked || table->environment == NULL) {
        return NULL;
    }
    if (mark->agent == SB_NOWHERE) {
        const sb_environment *environment = table->environment;
        bool its = mark->profile < sb_environment_profile_count(environment) &&
                   sb_environment_type_at(environment, mark->profile, player) == type;
        return its ? "\xE2\x97\x8F" : NULL;
    }
    if (mark->agent != player) {
        return NULL;
    }
    return type == mark->type ? "\xE2\x97\x8F" : type == mark->report ? "\xE2\x97\x8B" : NULL;
}

static void draw_label(const sb_prior_drawing *drawing, int row, int column, int width,
                       size_t player, size_t type)
{
    const char *label = sb_environment_label(drawing->table->environment, player, type);
    const char *mark = mark_of(drawing->table, player, type);
    char *marked = mark == NULL ? NULL : sb_format_text("%s%s", mark, label);
    bool room = marked == NULL || sb_canvas_text_width(drawing->canvas, marked) <= width;
    sb_canvas_text_right(drawing->canvas, row, column, width,
                         mark == NULL ? SB_STYLE_DIM : SB_STYLE_STRONG,
                         marked != NULL && room ? marked : label);
    if (!room) { /* in the gap before it */
        sb_canvas_text(drawing->canvas, row, column - 1, 1, SB_STYLE_STRONG, mark);
    }
    free(marked);
}

static void draw_column_labels(const sb_prior_drawing *drawing, int row, int block)
{
    const sb_prior_window *window = drawing->window;
    for (size_t k = 0; k < window->columns; k++) {
        size_t column = window->first_column + k;
        int at = cell_column(drawing, block, k);
        if (!drawing->table->one_agent) {
            draw_label(drawing, row, at, window->cell, drawing->table->column_player, column);
            continue;
        }
        char *label = sb_prior_column_label(drawing->table, column);
        sb_canvas_text_right(drawing->canvas, row, at, window->cell, SB_STYLE_DIM, label);
        free(label);
    }
}

static void draw_headers(const sb_prior_drawing *drawing, int row)
{
    const sb_prior_table *table = drawing->table;
    const sb_prior_window *window = drawing->window;
    const sb_environment *environment = table->environment;
    sb_canvas *canvas = drawing->canvas;
    int block = (int)window->columns * (window->cell + window->gap);
    if (window->names) {
        char *names = sb_prior_columns_name(table);
        sb_canvas_text(canvas, row, drawing->cells + window->gap, block, SB_STYLE_DIM, names);
        free(names);
        if (window->beside) {
            char *given = sb_format_text(
                "given %s", sb_environment_player_name(environment, table->row_player));
            sb_canvas_text(canvas, row, drawing->others + window->gap, block, SB_STYLE_DIM, given);
            free(given);
        }
        row++;
    }
    if (table->has_rows) {
        sb_canvas_text(canvas, row, drawing->area.column + 1, window->label, SB_STYLE_DIM,
                       sb_environment_player_name(environment, table->row_player));
    }
    draw_column_labels(drawing, row, drawing->cells);
    if (window->beside) {
        draw_column_labels(drawing, row, drawing->others);
    } else if (window->sums && drawing->layer == NULL) {
        sb_canvas_text_right(canvas, row, drawing->others + window->gap, window->cell, SB_STYLE_DIM,
                             "sum");
    }
}

/* A derivative, coloured around zero. */
static void draw_derivative(const sb_prior_drawing *drawing, int y, int x, size_t profile)
{
    const sb_sensitivity_cell *cell = &drawing->layer->cells[profile];
    sb_style style =
        sb_style_when(drawing->stale, sb_sensitivity_style(cell, drawing->layer_largest));
    char *text =
        sb_sensitivity_text(cell, drawing->window->cell, drawing->table->display->fractions);
    sb_canvas_fill(drawing->canvas, y, x, 1, drawing->window->cell, style);
    sb_draw_number(drawing->canvas, y, x, drawing->window->cell, style, text);
    free(text);
}

/* A click selects the cell. */
static void add_target(const sb_prior_drawing *drawing, int y, int x, size_t profile)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "select");
    sb_names_profile(&text, drawing->table->environment, profile);
    char *command = sb_text_take(&text, NULL);
    if (command != NULL) {
        sb_canvas_target(drawing->canvas, y, x - 1, 1, drawing->window->cell + 2, false, command);
    }
    free(command);
}

static void draw_cell(const sb_prior_drawing *drawing, int y, size_t row, size_t k,
                      const fmpq_t low, const fmpq_t high)
{
    const sb_prior_table *table = drawing->table;
    const sb_prior_window *window = drawing->window;
    size_t column = window->first_column + k;
    int x = cell_column(drawing, drawing->cells, k);
    const fmpq *weight = &table->environment->weights[sb_prior_profile(table, row, column)];
    sb_style style = sb_prior_heat(weight, low, high);
    fmpq_t number;
    fmpq_init(number);
    bool known = true;
    if (window->instead) {
        known = sb_prior_conditional(number, table, row, column);
    } else {
        sb_prior_probability(number, table, row, column);
    }
    sb_canvas_fill(drawing->canvas, y, x, 1, window->cell, style);
    add_target(drawing, y, x, sb_prior_profile(table, row, column));
    if (drawing->layer != NULL) {
        draw_derivative(drawing, y, x, sb_prior_profile(table, row, column));
    } else if (known) {
        draw_number(drawing, y, x, style, number);
    } else {
        sb_canvas_text_right(drawing->canvas, y, x, window->cell, style, "-");
    }
    if (row == table->cursor_row && column == table->cursor_column) {
        sb_style bracket = drawing->active ? SB_STYLE_STRONG : SB_STYLE_DIM;
        sb_canvas_text(drawing->canvas, y, x - 1, 1, bracket, "[");
        sb_canvas_text(drawing->canvas, y, x + window->cell, 1, bracket, "]");
        if (drawing->active) {
            sb_canvas_reverse(drawing->canvas, y, x, window->cell);
        }
    }
    if (window->beside) {
        int beside = cell_column(drawing, drawing->others, k);
        if (sb_prior_conditional(number, table, row, column)) {
            draw_number(drawing, y, beside, SB_STYLE_NORMAL, number);
        } else {
            sb_canvas_text_right(drawing->canvas, y, beside, window->cell, SB_STYLE_DIM, "-");
        }
    }
    fmpq_clear(number);
}

static void draw_rows(const sb_prior_drawing *drawing, int y)
{
    const sb_prior_table *table = drawing->table;
    const sb_prior_window *window = drawing->window;
    fmpq_t low;
    fmpq_t high;
    fmpq_t sum;
    fmpq_init(low);
    fmpq_init(high);
    fmpq_init(sum);
    range_of(low, high, table, window);
    for (size_t r = 0; r < window->rows; r++) {
        size_t row = window->first_row + r;
        if (table->has_rows) {
            draw_label(drawing, y + (int)r, drawing->area.column + 1, window->label,
                       table->row_player, row);
        }
        for (size_t k = 0; k < window->columns; k++) {
            draw_cell(drawing, y + (int)r, row, k, low, high);
        }
        if (window->sums && drawing->layer == NULL) {
            sb_prior_sum(sum, table, true, row);
            draw_number(drawing, y + (int)r, drawing->others + window->gap, SB_STYLE_DIM, sum);
        }
    }
    if (window->totals && drawing->layer != NULL) {
        int room = drawing->area.column + drawing->area.columns - drawing->cells - 1;
        sb_sensitivity_legend_draw(drawing->canvas, y + (int)window->rows, drawing->cells + 1, room,
                                   drawing->layer_largest);
    } else if (window->totals) {
        y += (int)window->rows;
        sb_canvas_text_right(drawing->canvas, y, drawing->area.column + 1, window->label,
                             SB_STYLE_DIM, "sum");
        for (size_t k = 0; k < window->columns; k++) {
            sb_prior_sum(sum, table, false, window->first_column + k);
            draw_number(drawing, y, cell_column(drawing, drawing->cells, k), SB_STYLE_DIM, sum);
        }
    }
    fmpq_clear(sum);
    fmpq_clear(high);
    fmpq_clear(low);
}

/* "ann is 1 (1 of 2), bob is 3 (3 of 3)", or without the counts. */
static char *slice_text(const sb_prior_table *table, bool counts)
{
    sb_text text;
    sb_text_init(&text);
    for (size_t player = 0; player < table->row_player; player++) {
        size_t type = table->types[player];
        const char *mark = mark_of(table, player, type);
        sb_text_add_format(&text, "%s%s is %s%s", player > 0 ? ", " : "",
                           sb_environment_player_name(table->environment, player),
                           mark == NULL ? "" : mark,
                           sb_environment_label(table->environment, player, type));
        if (counts) {
            sb_text_add_format(&text, " (%zu of %zu)", type + 1,
                               sb_environment_player_size(table->environment, player));
        }
    }
    return sb_text_take(&text, NULL);
}

/* The slice on show, behind the keys that go to the others. */
static void draw_slice(const sb_prior_drawing *drawing, int row)
{
    const sb_prior_table *table = drawing->table;
    sb_canvas *canvas = drawing->canvas;
    int column = drawing->area.column + 1;
    int end = drawing->area.column + drawing->area.columns;
    column += sb_canvas_text(canvas, row, column, end - column, SB_STYLE_KEY, "[ ]");
    column += sb_canvas_text(canvas, row, column, end - column, SB_STYLE_DIM, " where ");
    char *text = slice_text(table, true);
    if (text != NULL && sb_canvas_text_width(canvas, text) > end - column) {
        free(text);
        text = slice_text(table, false);
    }
    column += sb_canvas_text(canvas, row, column, end - column, SB_STYLE_NORMAL, text);
    free(text);
    static const struct {
        const char *key, *word;
    } others[] = {{"n", "one agent"}, {"v", "list"}, {"/", "filter"}};
    for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
        int columns = sb_canvas_text_width(canvas, others[k].word);
        if (column + 3 + 1 + 1 + columns > end) {
            break;
        }
        column += 3 + sb_canvas_text(canvas, row, column + 3, 1, SB_STYLE_KEY, others[k].key);
        column +=
            1 + sb_canvas_text(canvas, row, column + 1, columns, SB_STYLE_DIM, others[k].word);
    }
}

/* What the heading says beside the title, fullest first: "scale the rest · step 0.001". */
static char *heading_note(const sb_session *session, const sb_prior_table *table,
                          const sb_prior_window *window, int fullness)
{
    const char *mode = sb_mass_mode_describe(sb_session_mass_mode(session))->title;
    const sb_environment *environment = table->environment;
    if (fullness == 0 && window->instead) {
        return sb_format_text("given %s \xC2\xB7 %s",
                              sb_environment_player_name(environment, table->row_player), mode);
    }
    if (fullness == 3) {
        return sb_copy_text(mode);
    }
    char *step = sb_number_text(sb_session_step(session), 8, table->display->fractions);
    char *columns = sb_prior_columns_name(table);
    const char *digits = step == NULL ? "" : step;
    const char *name = columns == NULL ? "" : columns;
    char *note = NULL;
    if (sb_view_sparse(session) && !table->one_agent && (window->names || !table->has_rows)) {
        note = sb_format_text("step %s", digits);
    } else if (fullness == 2) {
        note = sb_format_text("%s \xC2\xB1%s", mode, digits);
    } else if (fullness == 0 && table->one_agent) {
        note = sb_format_text("%s \xC3\x97 %s \xC2\xB7 %s \xC2\xB7 step %s",
                              sb_environment_player_name(environment, table->row_player), name,
                              mode, digits);
    } else if (fullness == 0 && !window->names && table->has_rows) {
        note = sb_format_text("%s \xC2\xB7 step %s \xC2\xB7 columns: %s", mode, digits, name);
    } else {
        note = sb_format_text("%s \xC2\xB7 step %s", mode, digits);
    }
    free(columns);
    free(step);
    return note;
}

static char *heading_right(const sb_prior_table *table, const sb_prior_window *window,
                           sb_style *style)
{
    *style = SB_STYLE_DIM;
    if (window->columns < table->columns || window->rows < table->rows) {
        return sb_format_text(
            "%s%zux%zu of %zux%zu%s%s%s", window->first_column > 0 ? "\xE2\x80\xB9" : "",
            window->rows, window->columns, table->rows, table->columns,
            window->first_column + window->columns < table->columns ? "\xE2\x80\xBA" : "",
            window->first_row > 0 ? "\xE2\x96\xB2" : "",
            window->first_row + window->rows < table->rows ? "\xE2\x96\xBC" : "");
    }
    if (!fmpq_is_one(&table->environment->weight_sum)) {
        *style = SB_STYLE_WARNING;
        char *sum = sb_weight_sum_text(&table->environment->weight_sum, table->display->fractions);
        char *text = sb_format_text("weights sum to %s", sum == NULL ? "" : sum);
        free(sum);
        return text;
    }
    return NULL;
}

/* Where derivatives are asked for and not there; NULL where they are, or are not wanted. */
static char *waiting_note(const sb_session *session, const sb_prior_drawing *drawing)
{
    const sb_results *results = sb_session_results_at_hand(session);
    if (!drawing->table->display->sensitivity || drawing->layer != NULL) {
        return NULL;
    }
    if (!sb_session_shows(session, SB_REVEALED_ALL)) {
        return sb_copy_text("derivatives: ?");
    }
    bool over = results != NULL && sb_results_complete(results) && !sb_session_solving(session);
    return sb_copy_text(over ? "no derivatives: there is no optimum to move"
                             : "derivatives: computing\xE2\x80\xA6");
}

static const char *title_of(const sb_prior_drawing *drawing, const sb_prior_look *look)
{
    if (look->title != NULL) {
        return look->title;
    }
    if (drawing->layer != NULL) {
        return "Sensitivity";
    }
    return drawing->window->instead ? "Beliefs" : "Prior";
}

/* The right text is what must be known; the note says as much as fits beside it. */
static void draw_heading(const sb_session *session, const sb_prior_drawing *drawing,
                         const sb_prior_look *look)
{
    const sb_prior_window *window = drawing->window;
    sb_heading heading = {
        .title = title_of(drawing, look), .active = drawing->active, .note_style = SB_STYLE_NORMAL};
    char *right = heading_right(drawing->table, window, &heading.right_style);
    heading.right = right;
    char *note = look->title == NULL ? waiting_note(session, drawing) : NULL;
    heading.note = note;
    bool waiting = note != NULL;
    for (int fullness = 0; !waiting && fullness < 4; fullness++) {
        free(note);
        note = look->environment != NULL ? sb_copy_text(fullness == 0 ? "frozen" : "")
                                         : heading_note(session, drawing->table, window, fullness);
        heading.note = note;
        if (sb_heading_fits(drawing->canvas, drawing->area, &heading)) {
            break;
        }
        heading.note = NULL;
    }
    sb_draw_heading(drawing->canvas, drawing->area, &heading);
    free(note);
    free(right);
}

static void draw_entry(const sb_prior_drawing *drawing, const sb_session *session, int y)
{
    const sb_entry *entry = sb_session_entry(session);
    const sb_prior_table *table = drawing->table;
    const sb_prior_window *window = drawing->window;
    if (!entry->active || !drawing->active || window->rows == 0) {
        return;
    }
    int x = cell_column(drawing, drawing->cells, table->cursor_column - window->first_column);
    sb_draw_entry(drawing->canvas, drawing->area, y + (int)(table->cursor_row - window->first_row),
                  x, window->cell, entry->text, entry->point);
}

/* The derivatives where they are asked for and known for a table of this shape. */
static void find_layer(const sb_session *session, sb_prior_drawing *drawing)
{
    const sb_environment *environment = drawing->table->environment;
    const sb_sensitivity *layer = sb_view_sensitivity(session);
    if (layer != NULL && layer->profile_count == sb_environment_profile_count(environment)) {
        drawing->layer = layer;
        drawing->layer_largest = sb_sensitivity_largest(layer);
        drawing->stale = sb_view_stale(session) || layer->mode != sb_session_mass_mode(session);
    }
}

void sb_prior_pane_draw_as(const sb_session *session, sb_canvas *canvas, sb_rectangle area,
                           const sb_prior_look *look)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_prior_table table =
        look->environment == NULL
            ? sb_prior_table_of(session)
            : sb_prior_table_of_environment(look->environment, sb_session_display(session));
    table.unmarked = !sb_session_shows(session, SB_REVEALED_PAYMENTS);
    sb_prior_window window = sb_prior_window_of(&table, canvas, area);
    sb_prior_drawing drawing = {.canvas = canvas,
                                .area = area,
                                .table = &table,
                                .window = &window,
                                .cells = area.column + 1 + window.label,
                                .active = look->active};
    if (look->title == NULL) {
        find_layer(session, &drawing);
    }
    drawing.others = drawing.cells + (int)window.columns * (window.cell + window.gap) + 1;
    if (window.beside) {
        drawing.others += 2;
    }
    draw_heading(session, &drawing, look);
    int y = area.row + 1;
    if (window.rows == 0 || drawing.cells + 1 + window.cell > area.column + area.columns) {
        return;
    }
    if (table.sliced) {
        draw_slice(&drawing, y++);
    }
    draw_headers(&drawing, y);
    y += window.names ? 2 : 1;
    draw_rows(&drawing, y);
    if (look->environment == NULL) {
        draw_entry(&drawing, session, y);
    }
}

void sb_prior_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (sb_session_display(session)->list) {
        sb_prior_list_draw(session, canvas, area);
        return;
    }
    sb_prior_look look = {.active = sb_session_display(session)->pane == SB_PANE_PRIOR};
    sb_prior_pane_draw_as(session, canvas, area, &look);
}
