/* The prior: a table of the last two players, heat-coloured over its own range, with its sums.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is: one blank, the row's label, then for each cell a gap and the cell; the gaps around the
 * selected cell hold its brackets. With more than two players the table is the slice at the
 * cursor's types of the others.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/number_text.h"
#include "view/panes.h"

enum {
    least_cell = 5, /* ".0123" */
    most_label = 12,
    heat_steps = 7,
    range_cells = 10000 /* in larger tables only what is shown sets the range and the digits */
};

typedef struct sb_prior_table {
    const sb_environment *environment;
    const sb_display *display;
    bool has_rows; /* at least two players */
    size_t row_player, column_player;
    size_t rows, columns;
    size_t cursor_row, cursor_column;
    size_t types[SB_MAX_PLAYERS]; /* the slice */
    bool sliced;                  /* more than two players */
} sb_prior_table;

/* The window that is drawn, in rows and columns of the table. */
typedef struct sb_prior_window {
    size_t first_row, rows, first_column, columns;
    int label;    /* columns of the row labels */
    int cell;     /* columns of a cell */
    int gap;      /* columns before each cell: 1 at least, for the brackets */
    bool sums;    /* of the rows, at the right */
    bool names;   /* a line with the column player's name */
    bool totals;  /* a line with the column sums */
    bool beside;  /* conditionals beside the joint */
    bool instead; /* conditionals in place of the joint */
    sb_number_format format;
} sb_prior_window;

static sb_prior_table table_of(const sb_session *session)
{
    sb_prior_table table = {.environment = sb_session_environment(session),
                            .display = sb_session_display(session)};
    size_t players = sb_environment_player_count(table.environment);
    for (size_t player = 0; player < players; player++) {
        size_t size = sb_environment_player_size(table.environment, player);
        size_t at = table.display->cursor[player];
        table.types[player] = at < size ? at : size - 1;
    }
    table.has_rows = players >= 2;
    table.sliced = players > 2;
    table.column_player = players - 1;
    table.row_player = table.has_rows ? players - 2 : 0;
    table.columns = sb_environment_player_size(table.environment, table.column_player);
    table.rows =
        table.has_rows ? sb_environment_player_size(table.environment, table.row_player) : 1;
    table.cursor_column = table.types[table.column_player];
    table.cursor_row = table.has_rows ? table.types[table.row_player] : 0;
    return table;
}

static size_t profile_at(const sb_prior_table *table, size_t row, size_t column)
{
    size_t types[SB_MAX_PLAYERS];
    memcpy(types, table->types, sizeof types);
    if (table->has_rows) {
        types[table->row_player] = row;
    }
    types[table->column_player] = column;
    return sb_environment_profile_join(table->environment, types);
}

static void probability_at(fmpq_t probability, const sb_prior_table *table, size_t row,
                           size_t column)
{
    sb_environment_probability(probability, table->environment, profile_at(table, row, column));
}

/* Sums of the table's probabilities along a row or a column: the marginals of two players. */
static void sum_along(fmpq_t sum, const sb_prior_table *table, bool row, size_t index)
{
    fmpq_t weights;
    fmpq_init(weights);
    size_t count = row ? table->columns : table->rows;
    for (size_t k = 0; k < count; k++) {
        size_t profile = row ? profile_at(table, index, k) : profile_at(table, k, index);
        fmpq_add(weights, weights, &table->environment->weights[profile]);
    }
    fmpq_div(sum, weights, &table->environment->weight_sum);
    fmpq_clear(weights);
}

/* pi(others | type of the row player); false for a type of probability zero. */
static bool conditional_at(fmpq_t conditional, const sb_prior_table *table, size_t row,
                           size_t column)
{
    fmpq_t marginal;
    fmpq_init(marginal);
    sb_environment_marginal(marginal, table->environment, table->row_player, row);
    bool possible = !fmpq_is_zero(marginal);
    if (possible) {
        probability_at(conditional, table, row, column);
        fmpq_div(conditional, conditional, marginal);
    }
    fmpq_clear(marginal);
    return possible;
}

static bool can_condition(const sb_prior_table *table)
{
    return table->display->conditionals && table->has_rows &&
           table->row_player < table->environment->agent_count;
}

/* ---- how wide, how high ---- */

static int text_columns(const sb_canvas *canvas, const char *text, int limit)
{
    int columns = sb_canvas_text_width(canvas, text);
    return columns < limit ? columns : limit;
}

static int label_columns(const sb_prior_table *table, const sb_canvas *canvas)
{
    if (!table->has_rows) {
        return 3;
    }
    int widest = text_columns(
        canvas, sb_environment_player_name(table->environment, table->row_player), most_label);
    for (size_t row = 0; row < table->rows && row < range_cells; row++) {
        int columns = text_columns(
            canvas, sb_environment_label(table->environment, table->row_player, row), most_label);
        widest = columns > widest ? columns : widest;
    }
    return widest < 3 ? 3 : widest;
}

/* Digits after the point that the numbers of a part of the table ask for. */
static int table_decimals(const sb_prior_table *table, size_t first_row, size_t rows,
                          size_t first_column, size_t columns)
{
    int decimals = 2;
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t r = first_row; r < first_row + rows; r++) {
        for (size_t c = first_column; c < first_column + columns; c++) {
            probability_at(probability, table, r, c);
            int asked = sb_number_decimals(probability);
            decimals = asked > decimals ? asked : decimals;
        }
    }
    fmpq_clear(probability);
    return decimals;
}

static int comfortable_cell(const sb_prior_table *table)
{
    if (table->display->fractions) {
        return 9;
    }
    int decimals = table->rows * table->columns <= range_cells
                       ? table_decimals(table, 0, table->rows, 0, table->columns)
                       : 4;
    return decimals + 2 < least_cell ? least_cell : decimals + 2;
}

/* Columns of a whole line with cells of this width. */
static int line_columns(const sb_prior_table *table, int label, int cell, int gap, bool sums,
                        bool beside)
{
    int line = 1 + label + (int)table->columns * (cell + gap) + 1;
    if (beside) {
        line += 2 + (int)table->columns * (cell + gap);
    } else if (sums) {
        line += gap + cell;
    }
    return line;
}

/* The widest cell, comfortable at most, with which `columns` cells fit into `room`. */
static int cell_for(const sb_prior_table *table, int label, int comfortable, int room, bool sums,
                    bool beside)
{
    for (int cell = comfortable; cell >= least_cell; cell--) {
        if (line_columns(table, label, cell, 1, sums, beside) <= room) {
            return cell;
        }
    }
    return 0;
}

int sb_prior_pane_columns(const sb_session *session, const sb_canvas *canvas, int available)
{
    sb_prior_table table = table_of(session);
    if (table.columns > range_cells) {
        return available + 1;
    }
    int label = label_columns(&table, canvas);
    int comfortable = comfortable_cell(&table);
    bool beside = can_condition(&table);
    int cell = cell_for(&table, label, comfortable, available, true, beside);
    if (cell == 0) {
        cell = comfortable;
    }
    int airy = line_columns(&table, label, cell, 2, true, beside);
    return airy <= available ? airy : line_columns(&table, label, cell, 1, true, beside);
}

int sb_prior_pane_rows(const sb_session *session)
{
    sb_prior_table table = table_of(session);
    size_t rows = table.rows < 1000 ? table.rows : 1000;
    return (int)rows + 4 + (table.sliced ? 1 : 0) - (table.has_rows ? 0 : 1);
}

static sb_prior_window window_of(const sb_prior_table *table, const sb_canvas *canvas,
                                 sb_rectangle area)
{
    sb_prior_window window = {.label = label_columns(table, canvas), .sums = true};
    int comfortable = comfortable_cell(table);
    bool wide = table->columns > range_cells;
    if (can_condition(table) && !wide) {
        window.cell = cell_for(table, window.label, comfortable, area.columns, false, true);
        window.beside = window.cell > 0;
        window.instead = !window.beside;
    }
    if (window.cell == 0 && !wide) {
        window.cell = cell_for(table, window.label, comfortable, area.columns, true, false);
    }
    if (window.cell == 0 && !wide) {
        window.sums = false;
        window.cell = cell_for(table, window.label, comfortable, area.columns, false, false);
    }
    window.columns = table->columns;
    if (window.cell == 0) {
        window.cell = comfortable < least_cell + 1 ? comfortable : least_cell + 1;
        int room = area.columns - 2 - window.label;
        window.columns = room > window.cell ? (size_t)(room / (window.cell + 1)) : 1;
        if (window.columns > table->columns) {
            window.columns = table->columns;
        }
    }
    window.sums = window.sums && !window.beside && table->has_rows;
    window.gap = 1;
    if (!wide && window.columns == table->columns &&
        line_columns(table, window.label, window.cell, 2, window.sums, window.beside) <=
            area.columns) {
        window.gap = 2;
    }
    window.first_column = sb_scroll_around(table->cursor_column, window.columns, table->columns);
    int spare = area.rows - 2 - (table->sliced ? 1 : 0); /* heading, labels */
    window.rows = table->rows;
    if (spare < 1) {
        window.rows = spare < 0 ? 0 : (size_t)(area.rows > 2);
    } else if (table->rows > (size_t)spare) {
        window.rows = (size_t)spare;
    }
    int left = spare - (int)window.rows;
    window.totals = left >= 1 && table->has_rows;
    window.names = left >= (window.totals ? 2 : 1);
    window.first_row = sb_scroll_around(table->cursor_row, window.rows, table->rows);
    window.format.width = window.cell;
    window.format.fractions = table->display->fractions;
    window.format.decimals = window.cell - 2;
    if (comfortable > window.cell) {
        window.format.decimals = window.cell - 1; /* without the zero before the point */
    }
    return window;
}

/* ---- drawing ---- */

static void range_of(fmpq_t low, fmpq_t high, const sb_prior_table *table,
                     const sb_prior_window *window)
{
    bool all = table->rows * table->columns <= range_cells;
    size_t first_row = all ? 0 : window->first_row;
    size_t rows = all ? table->rows : window->rows;
    size_t first_column = all ? 0 : window->first_column;
    size_t columns = all ? table->columns : window->columns;
    for (size_t r = first_row; r < first_row + rows; r++) {
        for (size_t c = first_column; c < first_column + columns; c++) {
            const fmpq *weight = &table->environment->weights[profile_at(table, r, c)];
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

static sb_style heat_of(const fmpq_t weight, const fmpq_t low, const fmpq_t high)
{
    double range = sb_rational_to_double(high) - sb_rational_to_double(low);
    if (!(range > 0)) {
        return SB_STYLE_HEAT_3;
    }
    fmpq_t above;
    fmpq_init(above);
    fmpq_sub(above, weight, low);
    int step = (int)(sb_rational_to_double(above) / range * heat_steps);
    fmpq_clear(above);
    step = step < 0 ? 0 : step;
    step = step >= heat_steps ? heat_steps - 1 : step;
    return (sb_style)(SB_STYLE_HEAT_0 + step);
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

static void draw_column_labels(const sb_prior_drawing *drawing, int row, int block)
{
    const sb_prior_window *window = drawing->window;
    for (size_t k = 0; k < window->columns; k++) {
        const char *label = sb_environment_label(
            drawing->table->environment, drawing->table->column_player, window->first_column + k);
        sb_canvas_text_right(drawing->canvas, row, cell_column(drawing, block, k), window->cell,
                             SB_STYLE_DIM, label);
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
        sb_canvas_text(canvas, row, drawing->cells + window->gap, block, SB_STYLE_DIM,
                       sb_environment_player_name(environment, table->column_player));
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
    } else if (window->sums) {
        sb_canvas_text_right(canvas, row, drawing->others + window->gap, window->cell, SB_STYLE_DIM,
                             "sum");
    }
}

static void draw_cell(const sb_prior_drawing *drawing, int y, size_t row, size_t k,
                      const fmpq_t low, const fmpq_t high)
{
    const sb_prior_table *table = drawing->table;
    const sb_prior_window *window = drawing->window;
    size_t column = window->first_column + k;
    int x = cell_column(drawing, drawing->cells, k);
    const fmpq *weight = &table->environment->weights[profile_at(table, row, column)];
    sb_style style = heat_of(weight, low, high);
    fmpq_t number;
    fmpq_init(number);
    bool known = true;
    if (window->instead) {
        known = conditional_at(number, table, row, column);
    } else {
        probability_at(number, table, row, column);
    }
    sb_canvas_fill(drawing->canvas, y, x, 1, window->cell, style);
    if (known) {
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
        if (conditional_at(number, table, row, column)) {
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
            sb_canvas_text_right(drawing->canvas, y + (int)r, drawing->area.column + 1,
                                 window->label, SB_STYLE_DIM,
                                 sb_environment_label(table->environment, table->row_player, row));
        }
        for (size_t k = 0; k < window->columns; k++) {
            draw_cell(drawing, y + (int)r, row, k, low, high);
        }
        if (window->sums) {
            sum_along(sum, table, true, row);
            draw_number(drawing, y + (int)r, drawing->others + window->gap, SB_STYLE_DIM, sum);
        }
    }
    if (window->totals) {
        y += (int)window->rows;
        sb_canvas_text_right(drawing->canvas, y, drawing->area.column + 1, window->label,
                             SB_STYLE_DIM, "sum");
        for (size_t k = 0; k < window->columns; k++) {
            sum_along(sum, table, false, window->first_column + k);
            draw_number(drawing, y, cell_column(drawing, drawing->cells, k), SB_STYLE_DIM, sum);
        }
    }
    fmpq_clear(sum);
    fmpq_clear(high);
    fmpq_clear(low);
}

static void draw_slice(const sb_prior_drawing *drawing, int row)
{
    const sb_prior_table *table = drawing->table;
    int column = drawing->area.column + 1;
    int end = drawing->area.column + drawing->area.columns;
    column += sb_canvas_text(drawing->canvas, row, column, end - column, SB_STYLE_DIM, "where ");
    for (size_t player = 0; player < table->row_player && column < end; player++) {
        size_t size = sb_environment_player_size(table->environment, player);
        char *text =
            sb_format_text("%s%s is %s (%zu of %zu)", player > 0 ? ", " : "",
                           sb_environment_player_name(table->environment, player),
                           sb_environment_label(table->environment, player, table->types[player]),
                           table->types[player] + 1, size);
        column += sb_canvas_text(drawing->canvas, row, column, end - column, SB_STYLE_NORMAL, text);
        free(text);
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
    if (fullness == 2) {
        return sb_copy_text(mode);
    }
    char *step = sb_number_text(sb_session_step(session), 8, table->display->fractions);
    const char *digits = step == NULL ? "" : step;
    char *note = NULL;
    if (fullness == 0 && !window->names && table->has_rows) {
        note = sb_format_text("%s \xC2\xB7 step %s \xC2\xB7 columns: %s", mode, digits,
                              sb_environment_player_name(environment, table->column_player));
    } else {
        note = sb_format_text("%s \xC2\xB7 step %s", mode, digits);
    }
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

/* The right text is what must be known; the note says as much as fits beside it. */
static void draw_heading(const sb_session *session, const sb_prior_drawing *drawing)
{
    const sb_prior_window *window = drawing->window;
    sb_heading heading = {.title = window->instead ? "Beliefs" : "Prior",
                          .active = drawing->active,
                          .note_style = SB_STYLE_NORMAL};
    char *right = heading_right(drawing->table, window, &heading.right_style);
    heading.right = right;
    char *note = NULL;
    for (int fullness = 0; fullness < 3; fullness++) {
        free(note);
        note = heading_note(session, drawing->table, window, fullness);
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

void sb_prior_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_prior_table table = table_of(session);
    sb_prior_window window = window_of(&table, canvas, area);
    sb_prior_drawing drawing = {.canvas = canvas,
                                .area = area,
                                .table = &table,
                                .window = &window,
                                .cells = area.column + 1 + window.label,
                                .active = table.display->pane == SB_PANE_PRIOR};
    drawing.others = drawing.cells + (int)window.columns * (window.cell + window.gap) + 1;
    if (window.beside) {
        drawing.others += 2;
    }
    draw_heading(session, &drawing);
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
    draw_entry(&drawing, session, y);
}
