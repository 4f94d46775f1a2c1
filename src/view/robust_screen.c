/* The robust screen: the cutting planes, round by round.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above, the numbers and the sentence of the round; below, left the beliefs, right the bound, the
 * numbers or the price of robustness; where there is room, the bound above one of the others.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/panes.h"
#include "view/plot_canvas.h"
#include "view/robust.h"

enum {
    beside_columns = 64, /* from which there are two columns */
    two_plots_rows = 22, /* of the body, from which the right one has two parts */
    least_body = 8,
    least_panel = 6,
};

static void draw_beliefs(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    size_t signals = look->environment->signal_count;
    if (signals == 2) {
        sb_belief_line_draw(look, canvas, area);
    } else if (signals == 3) {
        sb_belief_triangle_draw(look, canvas, area);
    } else if (area.rows >= two_plots_rows && (size_t)area.rows >= signals + 2 + least_panel) {
        sb_rectangle below = area;
        area.rows = (int)signals + 2;
        below.row += area.rows;
        below.rows -= area.rows;
        sb_belief_table_draw(look, canvas, area, true);
        sb_belief_rows_draw(look, canvas, below);
    } else {
        sb_belief_table_draw(look, canvas, area, true);
    }
}

static void draw_numbers(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    size_t signals = look->environment->signal_count;
    if (signals > 3) {
        sb_belief_rows_draw(look, canvas, area);
        return;
    }
    sb_rectangle above = area;
    above.rows = (int)signals + 2;
    above.rows = above.rows < area.rows ? above.rows : area.rows;
    sb_belief_table_draw(look, canvas, above, false);
    area.row += above.rows;
    area.rows -= above.rows;
    if (area.rows > 1) {
        sb_belief_rows_draw(look, canvas, area);
    }
}

static void draw_price(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    const sb_price_curve *curve = look->price;
    if (curve == NULL || curve->price.count == 0) {
        sb_heading heading = {.title = "The price of robustness"};
        sb_draw_heading(canvas, area, &heading);
        if (area.rows > 1) {
            const char *problem = curve != NULL && curve->problem[0] != '\0'
                                      ? curve->problem
                                      : "computing\xE2\x80\xA6";
            sb_lines lines;
            sb_lines_init(&lines);
            sb_lines_wrap(&lines, canvas, SB_STYLE_DIM, 0, area.columns - 2, problem);
            sb_lines_draw(&lines, canvas, area.row + 1, area.column + 1, area.rows - 1,
                          area.columns - 2, 0, SB_STYLE_COUNT);
            sb_lines_clear(&lines);
        }
        return;
    }
    sb_plot plot = sb_plot_of_price(look);
    char *note = look->price_complete || curve->planned == 0
                     ? NULL
                     : sb_format_text("%zu of %zu", curve->price.count, curve->planned);
    sb_plot_draw(&plot, canvas, area, false, note, false);
    free(note);
    sb_plot_clear(&plot);
}

static void draw_bound(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    sb_plot plot = sb_plot_of_bound(look);
    sb_plot_draw(&plot, canvas, area, false, NULL, false);
    sb_plot_clear(&plot);
}

static void draw_view(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area,
                      sb_robust_view view)
{
    switch (view) {
    case SB_ROBUST_BOUND:
        draw_bound(look, canvas, area);
        break;
    case SB_ROBUST_NUMBERS:
        draw_numbers(look, canvas, area);
        break;
    case SB_ROBUST_PRICE:
        draw_price(look, canvas, area);
        break;
    }
}

static void draw_body(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    if (area.columns < beside_columns) {
        bool both = area.rows >= 2 * least_body;
        sb_rectangle above = area;
        above.rows = both ? area.rows - area.rows / 2 : area.rows;
        if (!both && look->view != SB_ROBUST_BOUND) {
            draw_view(look, canvas, area, look->view);
            return;
        }
        draw_beliefs(look, canvas, above);
        if (both) {
            area.row += above.rows;
            area.rows -= above.rows;
            draw_view(look, canvas, area, look->view);
        }
        return;
    }
    sb_rectangle left = area;
    left.columns = area.columns * 11 / 20;
    sb_rectangle right = area;
    right.column += left.columns + 1;
    right.columns -= left.columns + 1;
    draw_beliefs(look, canvas, left);
    if (right.rows < two_plots_rows) {
        draw_view(look, canvas, right, look->view);
        return;
    }
    sb_rectangle above = right;
    above.rows = right.rows / 2;
    right.row += above.rows;
    right.rows -= above.rows;
    draw_view(look, canvas, above, SB_ROBUST_BOUND);
    bool price = look->view == SB_ROBUST_PRICE || look->environment->signal_count > 3;
    draw_view(look, canvas, right, price ? SB_ROBUST_PRICE : SB_ROBUST_NUMBERS);
}

/* Of the round in hand; the end of a floating run may be proved afterwards. */
static sb_proof proof_of(const sb_robust_look *look)
{
    bool proved = look->step->finished && look->check != NULL && look->check->proved;
    return proved ? SB_PROOF_EXACT : look->step->proof;
}

/* "round 3, the last, exact", or less of it: the first of these lengths says all. */
enum { round_lengths = 3, note_lengths = 4 };

static char *round_text(const sb_robust_look *look, int length)
{
    const sb_robust_step *step = look->step;
    if (step == NULL) {
        return NULL;
    }
    sb_proof kind = proof_of(look);
    const char *proof = kind == SB_PROOF_NONE ? "failed" : sb_proof_name(kind);
    bool going = look->solving && !sb_robust_steps_reach(look->steps, look->plan);
    if (length == 2) {
        return sb_format_text("round %zu", step->round);
    }
    const char *end = step->finished && length == 0 ? ", the last" : going ? "\xE2\x80\xA6" : "";
    return sb_format_text("round %zu%s, %s", step->round, end, proof);
}

/* The set and how the run goes, or less of it; that it is about the worst case goes last. */
static char *note_text(const sb_robust_look *look, int length)
{
    bool certain = look->plan->objective == SB_ROBUST_WORST_CASE;
    if (length == note_lengths - 1) {
        return sb_copy_text(certain ? "worst case" : "");
    }
    char *set = sb_robust_set_text(&look->environment->robust);
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, set == NULL ? "" : set);
    free(set);
    if (certain || length == 0) {
        sb_text_add(&text, certain ? " \xC2\xB7 worst case" : " \xC2\xB7 at the estimate");
    }
    if (length == 0) {
        sb_text_add_format(&text, " \xC2\xB7 cuts %s", sb_cut_choice_name(look->plan->choice));
    }
    if (length < 2 && look->plan->beginning == SB_CUTS_FROM_NOTHING) {
        sb_text_add(&text, " \xC2\xB7 from nothing");
    }
    return sb_text_take(&text, NULL);
}

/* Draw the heading at these lengths if it fits, or if it must. */
static bool try_head(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area, int note,
                     int round, bool must)
{
    char *words = note_text(look, note);
    char *right = round_text(look, round);
    sb_style style =
        look->step == NULL || proof_of(look) == SB_PROOF_EXACT ? SB_STYLE_GOOD : SB_STYLE_WARNING;
    sb_heading heading = {.title = "Robust",
                          .note = words,
                          .right = right,
                          .note_style = SB_STYLE_NORMAL,
                          .right_style = style};
    bool fits = must || sb_heading_fits(canvas, area, &heading);
    if (fits) {
        sb_draw_heading(canvas, area, &heading);
    }
    free(right);
    free(words);
    return fits;
}

/* First how the run goes is shortened, then the round, then the set goes. */
static void draw_head(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    bool drawn = false;
    for (int note = 0; note < note_lengths - 1 && !drawn; note++) {
        drawn = try_head(look, canvas, area, note, 0, false);
    }
    for (int note = note_lengths - 2; note < note_lengths && !drawn; note++) {
        for (int round = 1; round < round_lengths && !drawn; round++) {
            drawn = try_head(look, canvas, area, note, round, false);
        }
    }
    if (!drawn) {
        (void)try_head(look, canvas, area, note_lengths - 1, round_lengths - 1, true);
    }
}

sb_robust_look sb_robust_look_of(const sb_session *session)
{
    const sb_display *display = sb_session_display(session);
    const sb_results *results = sb_session_results_at_hand(session);
    sb_robust_look look = {.environment = sb_session_environment(session),
                           .plan = sb_session_robust_plan(session),
                           .steps = sb_session_robust_steps(session),
                           .step = sb_session_robust_step(session),
                           .type = sb_session_robust_type(session),
                           .view = display->robust_view,
                           .scroll = display->robust_scroll,
                           .zoom = display->robust_zoom,
                           .solving = sb_session_solving(session),
                           .fractions = display->fractions};
    if (results != NULL && sb_session_results_current(session)) {
        look.check = sb_results_robust_check(results);
        look.price = sb_results_price(results);
        look.price_complete = sb_results_price_complete(results);
        look.bayesian = sb_results_solution(results);
        look.ex_post = sb_results_ex_post(results);
    }
    return look;
}

static void draw_no_form(sb_canvas *canvas, int top, int rows)
{
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, SB_STYLE_NORMAL, 0, canvas->columns - 4,
                  "Robust mechanisms are for one bidder and a signal, which this environment has "
                  "not: open one that has, such as :open demos/weather.yaml");
    sb_lines_draw(&lines, canvas, top + rows / 3, 2, rows - rows / 3, canvas->columns - 4, 0,
                  SB_STYLE_COUNT);
    sb_lines_clear(&lines);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    if (environment->agent_count != 1 || !environment->has_signal) {
        draw_no_form(canvas, top, rows);
        return;
    }
    const sb_robust_look look = sb_robust_look_of(session);
    sb_rectangle area = {top, 0, rows, canvas->columns};
    draw_head(&look, canvas, area);
    sb_lines lines;
    sb_lines_init(&lines);
    sb_robust_head_lines(&lines, canvas, canvas->columns - 2, &look);
    int most = rows - 1 - least_body;
    most = most < 2 ? 2 : most;
    most = rows - 1 - most < least_body ? rows - 1 : most; /* words before a small drawing */
    int words = lines.count < (size_t)most ? (int)lines.count : most;
    sb_lines_draw(&lines, canvas, top + 1, 1, words, canvas->columns - 2, 0, SB_STYLE_COUNT);
    if ((size_t)words < lines.count) {
        sb_canvas_text(canvas, top + words, canvas->columns - 1, 1, SB_STYLE_NORMAL,
                       "\xE2\x80\xA6");
    }
    sb_lines_clear(&lines);
    area.row += 1 + words;
    area.rows -= 1 + words;
    if (area.rows >= least_panel && (look.steps == NULL || look.steps->problem[0] == '\0')) {
        draw_body(&look, canvas, area);
    }
}

const sb_screen_view sb_robust_screen = {SB_SCREEN_ROBUST, "robust", draw, sb_robust_figure};
