/* The LP screen: the program itself, row by row, with slacks and duals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above, a line a row of the program; only those that are seen are written. Below, the row under
 * the cursor: the rule in general, and all of it that fits, with what is left out counted.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/lp_rows.h"
#include "view/figure.h"
#include "view/number_text.h"
#include "view/panes.h"

enum {
    number_columns = 10,
    least_name = 16,
    most_name = 34,
    least_detail = 5,
    short_number = 8,     /* in the list; below it numbers are exact */
    columns_a_group = 12, /* no bracket takes less */
    head_rows = 2
};

/* In place: cells hold blanks, not no-break ones. */
static char *plain_blanks(char *text)
{
    if (text == NULL) {
        return NULL;
    }
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (strncmp(from, "\xC2\xA0", 2) == 0) {
            *to++ = ' ';
            from++;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

typedef struct lp_drawing {
    const sb_session *session;
    const sb_environment *environment;
    sb_canvas *canvas;
    sb_lp_rows rows;
    sb_number_style numbers;
    bool fractions;
    int name, text; /* columns */
} lp_drawing;

/* ---- the list ---- */

static char *name_of(const lp_drawing *draw, size_t row)
{
    if (row >= draw->rows.listing->row_count) {
        return sb_copy_text("maximise");
    }
    sb_constraint constraint = sb_design_listing_constraint(draw->rows.listing, row);
    return sb_constraint_name(draw->environment, &constraint);
}

static void draw_number(const lp_drawing *draw, int y, int column, sb_style style,
                        const fmpq_t number)
{
    char *text = sb_number_text(number, number_columns - 1, draw->fractions);
    sb_draw_number(draw->canvas, y, column + 1, number_columns - 1, style, text);
    free(text);
}

/* Slack and dual of a rule; whether it binds. */
static void draw_numbers(const lp_drawing *draw, int y, int column, size_t row, sb_style style)
{
    const sb_solution *solution = draw->rows.solution;
    if (solution == NULL || row >= draw->rows.listing->row_count) {
        return;
    }
    sb_constraint constraint = sb_design_listing_constraint(draw->rows.listing, row);
    fmpq_t number;
    fmpq_init(number);
    if (sb_constraint_is_equation(draw->environment, &constraint)) {
        sb_canvas_text_right(draw->canvas, y, column, number_columns, SB_STYLE_DIM, "=");
    } else {
        if (!sb_solution_binds(draw->environment, solution, &constraint)) {
            sb_constraint_slack(number, draw->environment, solution->mechanism, &constraint);
        }
        draw_number(draw, y, column, style, number);
    }
    if (sb_solution_dual(number, draw->environment, solution, &constraint)) {
        draw_number(draw, y, column + number_columns, fmpq_is_zero(number) ? SB_STYLE_DIM : style,
                    number);
    }
    fmpq_clear(number);
}

static bool binds(const lp_drawing *draw, size_t row)
{
    if (draw->rows.solution == NULL || row >= draw->rows.listing->row_count) {
        return false;
    }
    sb_constraint constraint = sb_design_listing_constraint(draw->rows.listing, row);
    return sb_solution_binds(draw->environment, draw->rows.solution, &constraint);
}

static void draw_line(const lp_drawing *draw, int y, size_t line, bool cursor)
{
    size_t row = sb_lp_rows_at(&draw->rows, line);
    bool binding = binds(draw, row);
    sb_style style = binding ? SB_STYLE_STRONG : SB_STYLE_NORMAL;
    char *name = name_of(draw, row);
    if (binding) {
        sb_canvas_text(draw->canvas, y, 0, 1, style, "\xE2\x97\x8F");
    }
    sb_canvas_text(draw->canvas, y, 1, draw->name, style, name);
    free(name);
    size_t most = (size_t)draw->text / columns_a_group + 1;
    char *text = plain_blanks(sb_design_row_text(draw->rows.listing, row, draw->numbers,
                                                 draw->fractions ? 0 : short_number, most));
    sb_canvas_text(draw->canvas, y, 2 + draw->name, draw->text, SB_STYLE_NORMAL, text);
    free(text);
    draw_numbers(draw, y, 2 + draw->name + draw->text, row, style);
    if (cursor) {
        sb_canvas_reverse(draw->canvas, y, 0, draw->canvas->columns);
    }
}

static void measure(lp_drawing *draw, size_t first, size_t shown)
{
    int widest = least_name;
    for (size_t k = 0; k < shown; k++) {
        char *name = name_of(draw, sb_lp_rows_at(&draw->rows, first + k));
        int width = name == NULL ? 0 : sb_canvas_text_width(draw->canvas, name);
        widest = width > widest ? width : widest;
        free(name);
    }
    int most = draw->canvas->columns / 3 < most_name ? draw->canvas->columns / 3 : most_name;
    draw->name = widest < most ? widest : most;
    draw->text = draw->canvas->columns - 2 - draw->name - 2 * number_columns;
    draw->text = draw->text > 0 ? draw->text : 0;
}

static const char *state_of(const lp_drawing *draw)
{
    const sb_results *results = sb_session_results_at_hand(draw->session);
    bool current = results != NULL && sb_session_results_current(draw->session);
    const sb_solution *solution = current ? sb_results_solution(results) : NULL;
    if (draw->rows.solution != NULL) {
        return draw->rows.solution->searched ? "no duals: a search" : NULL;
    }
    return solution == NULL                      ? "being solved"
           : solution->status == SB_LP_FAILED    ? "no answer: no slacks, no duals"
           : solution->status == SB_LP_UNBOUNDED ? "unbounded: no slacks, no duals"
                                                 : "infeasible: no slacks, no duals";
}

static void draw_list(lp_drawing *draw, sb_rectangle area, size_t cursor)
{
    size_t all = draw->rows.lines;
    size_t shown = area.rows > head_rows ? (size_t)(area.rows - head_rows) : 0;
    shown = shown < all ? shown : all;
    size_t first = sb_scroll_around(cursor, shown, all);
    measure(draw, first, shown);
    size_t rule = sb_session_display(draw->session)->lp_rule;
    char *title = draw->rows.objective ? sb_copy_text("The program")
                                       : sb_design_heading(draw->rows.listing, rule - 1);
    char *range = sb_range_text(first, shown, all);
    char *rows = sb_format_text("%zu rows", draw->rows.count);
    sb_heading heading = {.title = title == NULL ? "" : title,
                          .note = state_of(draw),
                          .right = range != NULL ? range : rows,
                          .active = true,
                          .note_style = SB_STYLE_WARNING,
                          .right_style = SB_STYLE_DIM};
    sb_draw_heading(draw->canvas, area, &heading);
    free(rows);
    free(range);
    free(title);
    int y = area.row + 1;
    int numbers = 2 + draw->name + draw->text;
    sb_canvas_text(draw->canvas, y, 1, draw->name, SB_STYLE_DIM, "name");
    sb_canvas_text(draw->canvas, y, 2 + draw->name, draw->text, SB_STYLE_DIM, "row");
    if (draw->rows.solution != NULL) {
        sb_canvas_text_right(draw->canvas, y, numbers, number_columns, SB_STYLE_DIM, "slack");
        if (!draw->rows.solution->searched) {
            sb_canvas_text_right(draw->canvas, y, numbers + number_columns, number_columns,
                                 SB_STYLE_DIM, "dual");
        }
    }
    for (size_t k = 0; k < shown; k++) {
        draw_line(draw, y + 1 + (int)k, first + k, first + k == cursor);
    }
}

/* ---- the row under the cursor ---- */

static char *formula_of(const lp_drawing *draw, size_t row)
{
    const sb_design_listing *listing = draw->rows.listing;
    return row >= listing->row_count
               ? sb_design_objective_formula(listing, SB_NOTATION_TEXT)
               : sb_design_formula(listing, sb_design_listing_block_of(listing, row),
                                   SB_NOTATION_TEXT);
}

static char *words_of(const lp_drawing *draw, size_t row)
{
    if (row >= draw->rows.listing->row_count) {
        if (draw->rows.solution == NULL) {
            return sb_copy_text("What is maximised");
        }
        char *number = sb_number_text(&draw->rows.solution->objective, 20, draw->fractions);
        char *words =
            sb_format_text("What is maximised: %s at the optimum (%s)",
                           number == NULL ? "" : number, sb_proof_name(draw->rows.solution->proof));
        free(number);
        return words;
    }
    sb_constraint constraint = sb_design_listing_constraint(draw->rows.listing, row);
    return sb_constraint_describe(draw->environment, &constraint);
}

static void wrap(const lp_drawing *draw, sb_lines *lines, sb_style style, char *text)
{
    size_t first = lines->count;
    sb_lines_wrap(lines, draw->canvas, style, 0, draw->canvas->columns - 2,
                  text == NULL ? "" : text);
    free(text);
    for (size_t line = first; line < lines->count; line++) {
        for (size_t k = 0; k < lines->items[line].count; k++) {
            plain_blanks(lines->items[line].spans[k].text);
        }
    }
}

/* As much of the row as fits: fewer brackets until it does. */
static void add_row(const lp_drawing *draw, sb_lines *lines, size_t row, int room)
{
    size_t fixed = lines->count;
    size_t most = (size_t)(room > 1 ? room : 1) * (size_t)draw->canvas->columns / columns_a_group;
    for (most = most > 0 ? most : 1;; most = most * 3 / 4) {
        sb_lines attempt;
        sb_lines_init(&attempt);
        wrap(draw, &attempt, SB_STYLE_NORMAL,
             sb_design_row_text(draw->rows.listing, row, draw->numbers, 0, most));
        bool fits = (int)(fixed + attempt.count) <= room;
        sb_lines_clear(&attempt);
        if (fits || most <= 1) {
            break;
        }
    }
    wrap(draw, lines, SB_STYLE_NORMAL,
         sb_design_row_text(draw->rows.listing, row, draw->numbers, 0, most));
}

static void draw_detail(const lp_drawing *draw, sb_rectangle area, size_t cursor)
{
    if (area.rows <= 1 || cursor >= draw->rows.lines) {
        return;
    }
    size_t row = sb_lp_rows_at(&draw->rows, cursor);
    char *words = words_of(draw, row);
    sb_heading heading = {.title = words == NULL ? "" : words};
    sb_draw_heading(draw->canvas, area, &heading);
    free(words);
    sb_lines lines;
    sb_lines_init(&lines);
    wrap(draw, &lines, SB_STYLE_DIM, formula_of(draw, row));
    add_row(draw, &lines, row, area.rows - 1);
    sb_lines_draw(&lines, draw->canvas, area.row + 1, 1, area.rows - 1, area.columns - 2, 0,
                  SB_STYLE_COUNT);
    sb_lines_clear(&lines);
}

/* ---- the screen ---- */

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    const sb_display *display = sb_session_display(session);
    lp_drawing drawing = {.session = session, .environment = environment, .canvas = canvas};
    drawing.fractions = display->fractions;
    drawing.numbers = display->fractions ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL;
    if (sb_lp_rows_init(&drawing.rows, session)) {
        size_t cursor = display->lp_line;
        cursor = cursor < drawing.rows.lines ? cursor : drawing.rows.lines - 1;
        int detail = rows * 2 / 5 > least_detail ? rows * 2 / 5 : least_detail;
        detail = rows - detail > head_rows + 3 ? detail : 0;
        sb_rectangle list = {top, 0, rows - detail, canvas->columns};
        int wanted = head_rows + (int)(drawing.rows.lines < 1000 ? drawing.rows.lines : 1000);
        list.rows = list.rows < wanted ? list.rows : wanted;
        draw_list(&drawing, list, cursor);
        sb_rectangle below = {top + list.rows, 0, rows - list.rows, canvas->columns};
        draw_detail(&drawing, below, cursor);
    }
    sb_lp_rows_clear(&drawing.rows);
}

const sb_screen_view sb_lp_screen = {SB_SCREEN_LP, "lp", draw, sb_lp_figure};
