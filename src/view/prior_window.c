/* How much of the prior's table fits where, with how many digits.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is: one blank, the row's label, then for each cell a gap and the cell; the gaps around the
 * selected cell hold its brackets. Cells shrink to ".0123" before columns have to scroll.
 */
#include "view/panes.h"
#include "view/prior_table.h"

enum { least_cell = 5, most_label = 12 };

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
    for (size_t row = 0; row < table->rows && row < SB_PRIOR_RANGE_CELLS; row++) {
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
            sb_prior_probability(probability, table, r, c);
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
    int decimals = table->rows * table->columns <= SB_PRIOR_RANGE_CELLS
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

/* The table screen alone has lists. */
static bool lists(const sb_session *session)
{
    const sb_display *display = sb_session_display(session);
    return display->list && display->screen == SB_SCREEN_TABLE;
}

int sb_prior_pane_columns(const sb_session *session, const sb_canvas *canvas, int available)
{
    if (lists(session)) {
        return sb_prior_list_columns(session, canvas);
    }
    sb_prior_table table = sb_prior_table_of(session);
    if (table.columns > SB_PRIOR_RANGE_CELLS) {
        return available + 1;
    }
    int label = label_columns(&table, canvas);
    int comfortable = comfortable_cell(&table);
    bool beside = sb_prior_can_condition(&table);
    int cell = cell_for(&table, label, comfortable, available, true, beside);
    if (cell == 0) {
        cell = comfortable;
    }
    int airy = line_columns(&table, label, cell, 2, true, beside);
    return airy <= available ? airy : line_columns(&table, label, cell, 1, true, beside);
}

int sb_prior_pane_rows(const sb_session *session)
{
    if (lists(session)) {
        return sb_prior_list_rows(session);
    }
    sb_prior_table table = sb_prior_table_of(session);
    size_t rows = table.rows < 1000 ? table.rows : 1000;
    return (int)rows + 4 + (table.sliced ? 1 : 0) - (table.has_rows ? 0 : 1);
}

sb_prior_window sb_prior_window_of(const sb_prior_table *table, const sb_canvas *canvas,
                                   sb_rectangle area)
{
    sb_prior_window window = {.label = label_columns(table, canvas), .sums = true};
    int comfortable = comfortable_cell(table);
    bool wide = table->columns > SB_PRIOR_RANGE_CELLS;
    if (sb_prior_can_condition(table) && !wide) {
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
