/* The answer: what the seller earns, against what there is to earn.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/settings.h"
#include "sidebet/surplus.h"
#include "view/bars.h"
#include "view/big_number.h"
#include "view/number_text.h"
#include "view/panes.h"

enum { label_columns = 14, bars = 4, all_rows = 9, word_columns = 9 };

const sb_environment *sb_results_environment(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_snapshot *snapshot = results == NULL ? NULL : sb_results_snapshot(results);
    return snapshot == NULL ? NULL : sb_snapshot_environment(snapshot);
}

bool sb_view_sparse(const sb_session *session)
{
    return sb_theme_describe(sb_session_settings(session)->theme)->sparse;
}

bool sb_view_stale(const sb_session *session)
{
    return !sb_session_results_current(session);
}

int sb_results_pane_rows(const sb_canvas *canvas)
{
    return canvas->rows >= 30 ? all_rows + 4 : all_rows;
}

/* A drawing in progress; `row` is the next free row. */
typedef struct sb_results_drawing {
    sb_canvas *canvas;
    sb_rectangle area;
    int row, end;
    bool stale, fractions, revenue; /* revenue: it is what is maximised */
    const char *objective;
    const sb_results *results;
    const sb_solution *solution;
} sb_results_drawing;

static int text_at(const sb_results_drawing *drawing, int column, sb_style style, const char *text)
{
    int end = drawing->area.column + drawing->area.columns;
    return sb_canvas_text(drawing->canvas, drawing->row, column, end - column,
                          sb_style_when(drawing->stale, style), text);
}

/* "exact", "floating", "failed": the word and its style. */
static const char *proof_word(const sb_solution *solution, sb_style *style)
{
    if (solution->status == SB_LP_FAILED || solution->proof == SB_PROOF_NONE) {
        *style = SB_STYLE_BAD;
        return "failed";
    }
    *style = solution->proof == SB_PROOF_EXACT ? SB_STYLE_GOOD : SB_STYLE_WARNING;
    return sb_solution_proof_words(solution);
}

/* The objective as a fraction, where what is shown of it was rounded and there is room. */
static void draw_exact_form(sb_results_drawing *drawing, int column, const char *shown)
{
    const sb_solution *solution = drawing->solution;
    char *fraction = sb_rational_format(&solution->objective, SB_NUMBER_FRACTION);
    bool endless = sb_rational_decimals(&solution->objective) == SIZE_MAX;
    int room = drawing->area.column + drawing->area.columns - column;
    if (fraction != NULL && shown != NULL && endless && strcmp(fraction, shown) != 0 &&
        solution->proof == SB_PROOF_EXACT && (int)strlen(fraction) <= room) {
        text_at(drawing, column, SB_STYLE_DIM, fraction);
    }
    free(fraction);
}

static void draw_headline(sb_results_drawing *drawing)
{
    const sb_solution *solution = drawing->solution;
    int column = drawing->area.column + 1;
    sb_style style = SB_STYLE_GOOD;
    const char *word = proof_word(solution, &style);
    if (solution->status == SB_LP_OPTIMAL) {
        column += 1 + text_at(drawing, column, SB_STYLE_STRONG, drawing->objective);
        char *number = sb_number_text(&solution->objective, 12, drawing->fractions);
        column += text_at(drawing, column, SB_STYLE_STRONG, number);
        free(number);
    } else if (solution->status == SB_LP_INFEASIBLE) {
        column += text_at(drawing, column, SB_STYLE_BAD, "no mechanism obeys the rules");
    } else if (solution->status == SB_LP_UNBOUNDED) {
        column += text_at(drawing, column, SB_STYLE_BAD, drawing->objective);
        column += text_at(drawing, column, SB_STYLE_BAD, " is unbounded");
    } else {
        column += text_at(drawing, column, SB_STYLE_BAD, "no answer");
    }
    column += 2 + text_at(drawing, column + 2, style, word);
    if (solution->status == SB_LP_OPTIMAL) {
        char *number = sb_number_text(&solution->objective, 12, drawing->fractions);
        draw_exact_form(drawing, column + 1, number);
        free(number);
    }
    drawing->row++;
}

static const sb_environment *environment_of(const sb_results_drawing *drawing)
{
    return sb_snapshot_environment(sb_results_snapshot(drawing->results));
}

/* "100 %" of what there is to earn; NULL or "" where that says nothing. */
static char *share_of(const sb_results_drawing *drawing, int digits)
{
    const sb_solution *solution = drawing->solution;
    return sb_share_text(&solution->objective, sb_results_full_surplus(drawing->results), digits);
}

/* "100 % of the full surplus", as much of it as fits. */
static void draw_share(sb_results_drawing *drawing, int column)
{
    enum { revenue, others, lengths = 4 };
    static const char *const all_endings[][lengths] = {
        [revenue] = {" of the full surplus", " of full surplus", " of surplus", ""},
        [others] = {" of the largest welfare", " of largest welfare", " of largest", ""}};
    const sb_rules *rules = &environment_of(drawing)->rules;
    bool about_revenue = rules->choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    const char *const *endings = all_endings[about_revenue ? revenue : others];
    char *share = share_of(drawing, 4);
    int width = drawing->area.column + drawing->area.columns - column;
    if (share != NULL && sb_canvas_text_width(drawing->canvas, share) +
                                 sb_canvas_text_width(drawing->canvas, endings[2]) >
                             width) {
        /* Of what it is a share matters more than the last digit. */
        char *shorter = share_of(drawing, 3);
        bool fits = shorter != NULL && sb_canvas_text_width(drawing->canvas, shorter) +
                                               sb_canvas_text_width(drawing->canvas, endings[2]) <=
                                           width;
        free(fits ? share : shorter);
        share = fits ? shorter : share;
    }
    if (share != NULL && share[0] != '\0') {
        int used = text_at(drawing, column, SB_STYLE_NORMAL, share);
        int room = drawing->area.column + drawing->area.columns - column - used;
        size_t ending = 0;
        while (sb_canvas_text_width(drawing->canvas, endings[ending]) > room &&
               endings[ending][0] != '\0') {
            ending++;
        }
        text_at(drawing, column + used, SB_STYLE_DIM, endings[ending]);
    }
    free(share);
    drawing->row++;
}

/* Few enough digits to be read from afar: a decimal that does not end is rounded to five. */
static char *big_text(const sb_results_drawing *drawing)
{
    const fmpq *objective = &drawing->solution->objective;
    bool endless = sb_rational_decimals(objective) == SIZE_MAX;
    return endless && !drawing->fractions ? sb_rational_approximate(objective, 5)
                                          : sb_number_text(objective, 12, drawing->fractions);
}

/* The objective in big digits with its words beside it, where no digit is lost by that. */
static bool draw_big(sb_results_drawing *drawing)
{
    const sb_solution *solution = drawing->solution;
    char *number = big_text(drawing);
    int columns = sb_big_number_columns(drawing->canvas, number);
    int words = sb_canvas_text_width(drawing->canvas, drawing->objective);
    words = words > word_columns ? words : word_columns;
    bool fits = columns > 0 && 1 + columns + 2 + words <= drawing->area.columns;
    if (fits) {
        int column = drawing->area.column + 1;
        sb_big_number_draw(drawing->canvas, drawing->row, column,
                           sb_style_when(drawing->stale, SB_STYLE_STRONG), number);
        column += columns + 2;
        text_at(drawing, column, SB_STYLE_STRONG, drawing->objective);
        drawing->row++;
        sb_style style = SB_STYLE_GOOD;
        const char *word = proof_word(solution, &style);
        int used = text_at(drawing, column, style, word);
        draw_exact_form(drawing, column + used + 1, number);
        drawing->row++;
        draw_share(drawing, column);
    }
    free(number);
    return fits;
}

static sb_bar baseline_bar(const char *label, const sb_baseline *baseline)
{
    sb_bar bar = {.label = label, .word = "...", .style = SB_STYLE_BAR_OTHER};
    if (baseline != NULL) {
        bool optimal = baseline->status == SB_LP_OPTIMAL;
        bar.number = optimal ? &baseline->objective : NULL;
        bar.word = sb_lp_status_name(baseline->status);
    }
    return bar;
}

static void draw_bars(sb_results_drawing *drawing, bool short_of_rows)
{
    const sb_solution *solution = drawing->solution;
    bool optimal = solution->status == SB_LP_OPTIMAL;
    const char *limit = sb_objective_limit_noun(environment_of(drawing));
    int label = sb_canvas_text_width(drawing->canvas, limit);
    const sb_bar list[bars] = {
        {.label = "revenue",
         .number = optimal ? &solution->revenue : NULL,
         .word = sb_lp_status_name(solution->status),
         .style = SB_STYLE_BAR_REVENUE},
        {.label = limit,
         .number = sb_results_full_surplus(drawing->results),
         .word = "",
         .style = SB_STYLE_BAR_SURPLUS},
        baseline_bar("ex-post", sb_results_ex_post(drawing->results)),
        baseline_bar("no correlation", sb_results_without_correlation(drawing->results)),
    };
    sb_bars all = {.list = list,
                   .count = bars,
                   .first = short_of_rows ? 1 : 0,
                   .label_columns = label > label_columns ? label : label_columns,
                   .chosen = SB_NOWHERE,
                   .stale = drawing->stale,
                   .fractions = drawing->fractions};
    sb_rectangle area = {drawing->row, drawing->area.column, drawing->end - drawing->row,
                         drawing->area.columns};
    drawing->row += sb_bars_draw(&all, drawing->canvas, area);
}

const sb_sensitivity *sb_view_sensitivity(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    bool wanted = sb_session_display(session)->sensitivity;
    wanted = wanted && sb_session_shows(session, SB_REVEALED_ALL);
    return wanted && results != NULL ? sb_results_sensitivity(results) : NULL;
}

static void draw_largest_payment(const sb_session *session, sb_results_drawing *drawing)
{
    if (!sb_session_shows(session, SB_REVEALED_PAYMENTS)) {
        text_at(drawing, drawing->area.column + 1, SB_STYLE_DIM, "largest payment ?");
        drawing->row++;
    } else if (drawing->solution->status == SB_LP_OPTIMAL) {
        int column = drawing->area.column + 1;
        sb_payments_line_draw(session, drawing->canvas, drawing->row, column,
                              drawing->area.columns - 1, drawing->stale);
        drawing->row++;
    }
}

/* Why an answer is not exact: lines of their own, since that is what a reader must not miss. */
static void doubt_lines(sb_lines *lines, const sb_session *session,
                        const sb_results_drawing *drawing)
{
    const sb_solution *solution = drawing->solution;
    if (sb_search_lines(lines, drawing->canvas, drawing->area.columns - 2, session) ||
        (solution->proof == SB_PROOF_EXACT && solution->status != SB_LP_FAILED)) {
        return;
    }
    sb_lines_begin(lines);
    if (solution->status == SB_LP_FAILED) {
        sb_lines_add(lines, SB_STYLE_WARNING, "failed: %s", solution->reason);
    } else if (solution->reason[0] != '\0') {
        sb_lines_add(lines, SB_STYLE_WARNING, "not proved: %s", solution->reason);
    } else {
        sb_lines_add(lines, SB_STYLE_WARNING, "not proved; largest violation %.1e",
                     solution->largest_violation);
    }
}

static void draw_lines(sb_results_drawing *drawing, const sb_lines *lines)
{
    int room = drawing->end - drawing->row;
    int rows = (int)lines->count < room ? (int)lines->count : room;
    sb_lines_draw(lines, drawing->canvas, drawing->row, drawing->area.column + 1, rows,
                  drawing->area.columns - 1, 0, drawing->stale ? SB_STYLE_DIM : SB_STYLE_COUNT);
    drawing->row += rows;
}

static void draw_solution(const sb_session *session, sb_results_drawing *drawing)
{
    int rows = drawing->end - drawing->row;
    bool optimal = drawing->solution->status == SB_LP_OPTIMAL;
    if (rows > all_rows) {
        drawing->row++; /* room to breathe */
    }
    sb_lines doubt;
    sb_lines_init(&doubt);
    doubt_lines(&doubt, session, drawing);
    int more = doubt.count > 1 ? (int)doubt.count - 1 : 0;
    bool big = optimal && rows >= SB_BIG_ROWS + bars + 1 + more && draw_big(drawing);
    if (!big) {
        draw_headline(drawing);
        if (optimal && (rows == 2 || rows >= bars + 2)) {
            draw_share(drawing, drawing->area.column + 1);
        }
    }
    draw_lines(drawing, &doubt);
    sb_lines_clear(&doubt);
    if (rows > all_rows + 1) {
        drawing->row++;
    }
    draw_bars(drawing, !big && rows < bars + 1 && drawing->revenue);
    if (rows > all_rows + 2) {
        drawing->row++;
    }
    if (drawing->row < drawing->end) {
        draw_largest_payment(session, drawing);
    }
}

static void draw_waiting(sb_results_drawing *drawing, const sb_session *session)
{
    const char *failure = drawing->results == NULL ? "" : sb_results_failure(drawing->results);
    if (failure[0] != '\0') {
        sb_lines lines;
        sb_lines_init(&lines);
        sb_lines_wrap(&lines, drawing->canvas, SB_STYLE_BAD, 0, drawing->area.columns - 2, failure);
        sb_lines_draw(&lines, drawing->canvas, drawing->row, drawing->area.column + 1,
                      drawing->end - drawing->row, drawing->area.columns - 2, 0, SB_STYLE_COUNT);
        sb_lines_clear(&lines);
        return;
    }
    sb_lines lines;
    sb_lines_init(&lines);
    if (!sb_search_lines(&lines, drawing->canvas, drawing->area.columns - 2, session)) {
        sb_lines_begin(&lines);
        sb_lines_add(&lines, SB_STYLE_DIM,
                     sb_session_solving(session) ? "solving\xE2\x80\xA6" : "no results yet");
    }
    draw_lines(drawing, &lines);
    sb_lines_clear(&lines);
}

/* "optimal · 12 ms", or that the work is still going on. */
static char *heading_right(const sb_session *session, const sb_results_drawing *drawing,
                           sb_style *style)
{
    if (drawing->stale && sb_session_solving(session)) {
        *style = SB_STYLE_WARNING;
        return sb_copy_text("solving\xE2\x80\xA6");
    }
    *style = SB_STYLE_DIM;
    if (drawing->solution == NULL) {
        return NULL;
    }
    if (sb_view_sparse(session)) {
        return sb_copy_text(sb_solution_status_words(drawing->solution));
    }
    char *time = sb_duration_text(sb_results_seconds(drawing->results));
    char *text = sb_format_text("%s \xC2\xB7 %s", sb_solution_status_words(drawing->solution),
                                time == NULL ? "" : time);
    free(time);
    return text;
}

void sb_results_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_environment *environment = sb_results_environment(session);
    sb_results_drawing drawing = {.canvas = canvas,
                                  .area = area,
                                  .row = area.row + 1,
                                  .end = area.row + area.rows,
                                  .stale = sb_view_stale(session),
                                  .fractions = sb_session_display(session)->fractions,
                                  .results = results};
    drawing.solution = results == NULL ? NULL : sb_results_solution(results);
    drawing.revenue =
        environment == NULL || environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    drawing.objective =
        environment == NULL ? "revenue" : sb_rules_objective_noun(&environment->rules);
    sb_style style = SB_STYLE_DIM;
    char *right = heading_right(session, &drawing, &style);
    sb_heading heading = {.title = "Result", .right = right, .right_style = style};
    sb_draw_heading(canvas, area, &heading);
    free(right);
    if (drawing.row >= drawing.end) {
        return;
    }
    bool failed = results != NULL && sb_results_failure(results)[0] != '\0';
    if (drawing.solution == NULL || failed) {
        draw_waiting(&drawing, session);
    } else {
        draw_solution(session, &drawing);
    }
}
