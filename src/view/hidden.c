/* What stands where a presenter hides an answer: the question.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here looks at results, and sizes do not depend on them.
 */
#include "view/hidden.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/surplus.h"
#include "view/big_number.h"
#include "view/key_labels.h"
#include "view/panes.h"

typedef struct sb_question {
    const char *title, *question;
} sb_question;

static const sb_question pane_questions[SB_PANE_COUNT] = {
    [SB_PANE_MECHANISM] = {"Mechanism", "who gets what, and who pays what?"},
    [SB_PANE_CONDITIONS] = {"Full surplus extraction", "can the seller get the full surplus?"},
    [SB_PANE_BINDING] = {"Binding rules", "which rules keep the seller from more?"},
};

static const sb_question screen_questions[SB_SCREEN_COUNT] = {
    [SB_SCREEN_BLOW_UP] = {"Blow-up", "how large must the payments be?"},
    [SB_SCREEN_GEOMETRY] = {"Beliefs and values", "which types can be given a side bet?"},
    [SB_SCREEN_MISBELIEF] = {"Misbelief", "what if the seller is wrong about the prior?"},
    [SB_SCREEN_ROBUST] = {"Robust", "how much for every belief in the set?"},
    [SB_SCREEN_SIMULATE] = {"Simulate", "what does a mechanism learned from samples earn?"},
    [SB_SCREEN_BASELINES] = {"Baselines", "how much do well-known mechanisms get?"},
    [SB_SCREEN_LP] = {"LP", "which rules bind, and what would relaxing them be worth?"},
    [SB_SCREEN_INCENTIVES] = {"Incentive graph", "who would misreport as whom?"},
};

sb_revealed sb_pane_stage(sb_pane pane)
{
    switch (pane) {
    case SB_PANE_PRIOR:
    case SB_PANE_VALUES:
    case SB_PANE_COUNT:
        return SB_REVEALED_NOTHING;
    case SB_PANE_MECHANISM:
    case SB_PANE_BINDING:
        return SB_REVEALED_PAYMENTS;
    case SB_PANE_CONDITIONS:
        return SB_REVEALED_ALL;
    }
    return SB_REVEALED_ALL;
}

char *sb_hidden_note(const sb_session *session, bool ascii)
{
    char *key = sb_session_key_for(session, "presenter next");
    if (key != NULL) {
        char *label = sb_key_label(key, false, ascii);
        char *note = sb_format_text("%s reveals", label == NULL ? "" : label);
        free(label);
        free(key);
        return note;
    }
    return sb_copy_text("presenter next reveals");
}

static void draw_question(sb_canvas *canvas, sb_rectangle area, const char *question)
{
    if (area.rows < 2 || area.columns < 4) {
        return;
    }
    int column = area.column + 1;
    int end = area.column + area.columns;
    column += sb_canvas_text(canvas, area.row + 1, column, end - column, SB_STYLE_STRONG, "?") + 2;
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, SB_STYLE_NORMAL, 0, end - column, question);
    sb_lines_draw(&lines, canvas, area.row + 1, column, area.rows - 1, end - column, 0,
                  SB_STYLE_COUNT);
    sb_lines_clear(&lines);
}

void sb_hidden_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area,
                         sb_pane pane)
{
    const sb_question *about = &pane_questions[pane];
    if (area.rows <= 0 || area.columns <= 0 || about->title == NULL) {
        return;
    }
    sb_heading heading = {.title = about->title,
                          .active = sb_session_display(session)->pane == pane};
    sb_draw_heading(canvas, area, &heading);
    draw_question(canvas, area, about->question);
}

void sb_hidden_results_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    const char *labels[] = {"full surplus", "ex-post", "no correlation"};
    enum { label_columns = 16 };
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    const sb_environment *environment = sb_session_environment(session);
    const char *objective =
        environment == NULL ? "revenue" : sb_rules_objective_noun(&environment->rules);
    labels[0] = environment == NULL ? labels[0] : sb_objective_limit_noun(environment);
    sb_heading heading = {.title = "Result"};
    sb_draw_heading(canvas, area, &heading);
    int row = area.row + 1;
    int end = area.row + area.rows;
    int column = area.column + 1;
    int width = area.columns - 1;
    int columns = sb_big_number_columns(canvas, "?");
    bool big = columns > 0 && area.rows >= SB_BIG_ROWS + 6 && width >= columns + 26;
    if (big) {
        sb_big_number_draw(canvas, row, column, SB_STYLE_STRONG, "?");
        sb_canvas_text(canvas, row, column + columns + 2, width - columns - 2, SB_STYLE_STRONG,
                       objective);
        sb_canvas_text(canvas, row + 1, column + columns + 2, width - columns - 2, SB_STYLE_NORMAL,
                       "how much can we get?");
        row += SB_BIG_ROWS;
    } else if (row < end) {
        int used = sb_canvas_text(canvas, row, column, width, SB_STYLE_STRONG, objective);
        used += 1 + sb_canvas_text(canvas, row, column + used + 1, width - used - 1,
                                   SB_STYLE_STRONG, "?");
        sb_canvas_text(canvas, row, column + used + 2, width - used - 2, SB_STYLE_NORMAL,
                       "how much can we get?");
        row++;
    }
    for (size_t k = 0; k < sizeof labels / sizeof labels[0] && row < end; k++, row++) {
        sb_canvas_text(canvas, row, column, label_columns, SB_STYLE_DIM, labels[k]);
        sb_canvas_text(canvas, row, column + label_columns, width - label_columns, SB_STYLE_NORMAL,
                       "?");
    }
    if (row < end) {
        sb_canvas_text(canvas, row, column, label_columns, SB_STYLE_DIM, "largest payment");
        sb_canvas_text(canvas, row, column + label_columns, width - label_columns, SB_STYLE_NORMAL,
                       "?");
    }
}

void sb_hidden_screen_draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_question *about = &screen_questions[sb_session_display(session)->screen];
    if (sb_session_environment(session) == NULL || about->title == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    enum { question_rows = 5 };
    int prior = sb_prior_pane_rows(session);
    int most = rows - question_rows;
    prior = prior < most ? prior : most;
    sb_rectangle above = {top, 0, prior, canvas->columns};
    sb_prior_look look = {.active = sb_session_display(session)->screen == SB_SCREEN_MISBELIEF};
    sb_prior_pane_draw_as(session, canvas, above, &look);
    sb_rectangle below = {top + prior, 0, rows - prior, canvas->columns};
    sb_heading heading = {.title = about->title, .active = !look.active};
    sb_draw_heading(canvas, below, &heading);
    int columns = sb_big_number_columns(canvas, "?");
    if (columns > 0) {
        sb_big_number_draw(canvas, below.row + 1, 1, SB_STYLE_STRONG, "?");
        below.column = columns + 1;
        below.columns -= columns + 1;
        sb_canvas_text(canvas, below.row + 2, below.column + 1, below.columns - 1, SB_STYLE_NORMAL,
                       about->question);
    } else {
        draw_question(canvas, below, about->question);
    }
}
