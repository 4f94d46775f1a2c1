/* The misbelief screen: a frozen mechanism, the belief it was made for, and the truth it meets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Left the belief and below it the truth, which is edited as the prior is; right what becomes of
 * the mechanism. Narrow: the truth above, the panel below it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/keys.h"
#include "view/misbelief_panel.h"
#include "view/panes.h"

enum { beside_columns = 72, panel_columns = 41, least_table_rows = 4 };

/* "z": the key that runs a command; NULL when there is none. */
static const char *key_of(const char *command)
{
    for (size_t i = 0; i < sb_key_count(); i++) {
        if (strcmp(sb_key_at(i)->command, command) == 0) {
            return sb_key_at(i)->keys;
        }
    }
    return NULL;
}

static void draw_nothing_frozen(sb_canvas *canvas, int top, int rows)
{
    const char *key = key_of("freeze");
    char *first = key == NULL ? sb_copy_text(":freeze") : sb_copy_text_part(key, strcspn(key, " "));
    char *sentence = sb_format_text(
        "Nothing is frozen: press %s to freeze the mechanism on show and the prior it was made "
        "for, then change the truth here and see what becomes of it.",
        first == NULL ? "" : first);
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, SB_STYLE_NORMAL, 0, canvas->columns - 4,
                  sentence == NULL ? "" : sentence);
    sb_lines_draw(&lines, canvas, top + rows / 3, 2, rows - rows / 3, canvas->columns - 4, 0,
                  SB_STYLE_COUNT);
    sb_lines_clear(&lines);
    free(sentence);
    free(first);
}

static bool same_shape(const sb_environment *left, const sb_environment *right)
{
    size_t players = sb_environment_player_count(left);
    if (players != sb_environment_player_count(right) || left->agent_count != right->agent_count) {
        return false;
    }
    for (size_t player = 0; player < players; player++) {
        if (sb_environment_player_size(left, player) != sb_environment_player_size(right, player)) {
            return false;
        }
    }
    return true;
}

static sb_misbelief_panel panel_of(const sb_session *session)
{
    const sb_display *display = sb_session_display(session);
    const sb_results *results = sb_session_results_at_hand(session);
    sb_misbelief_panel panel = {.show_curve = display->misbelief_curve,
                                .agent = display->misbelief_agent,
                                .fractions = display->fractions,
                                .stale = sb_view_stale(session)};
    if (!same_shape(sb_session_belief(session), sb_session_environment(session))) {
        panel.optimum_word = "the truth has other types than the belief";
        return panel;
    }
    panel.truth = sb_results_environment(session);
    if (results == NULL || panel.truth == NULL ||
        !same_shape(sb_session_belief(session), panel.truth)) {
        return panel;
    }
    panel.misbelief = sb_results_misbelief(results);
    panel.radius = sb_results_safe_radius(results);
    panel.slack = sb_results_slack_points(results, &panel.slack_count);
    const sb_solution *solution = sb_results_solution(results);
    if (solution != NULL && solution->status == SB_LP_OPTIMAL) {
        panel.truth_optimum = &solution->revenue;
    } else if (solution != NULL) {
        panel.optimum_word = sb_lp_status_name(solution->status);
    }
    const sb_belief_curve *curve = sb_results_belief_curve(results);
    if (curve != NULL) {
        panel.curve_count = curve->count;
        panel.curve_s = curve->s;
        panel.point = sb_session_display(session)->misbelief_point - 1; /* 0: nowhere */
        panel.curve_frozen = curve->frozen_revenue;
        panel.curve_optimum = curve->truth_optimum;
    }
    return panel;
}

static void draw_belief(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    sb_prior_look look = {.title = "Belief", .environment = sb_session_belief(session)};
    sb_prior_pane_draw_as(session, canvas, area, &look);
}

static void draw_truth(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    sb_prior_look look = {.title = "Truth", .active = true};
    sb_prior_pane_draw_as(session, canvas, area, &look);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    if (sb_session_environment(session) == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    if (sb_session_belief(session) == NULL) {
        draw_nothing_frozen(canvas, top, rows);
        return;
    }
    sb_misbelief_panel panel = panel_of(session);
    int columns = canvas->columns;
    int wanted = sb_prior_pane_rows(session);
    sb_rectangle whole = {top, 0, rows, columns};
    if (columns < beside_columns) {
        sb_rectangle above = whole;
        above.rows = wanted < rows / 2 ? wanted : rows / 2;
        draw_truth(session, canvas, above);
        whole.row += above.rows;
        whole.rows -= above.rows;
        sb_misbelief_panel_draw(&panel, canvas, whole);
        return;
    }
    int most = columns - panel_columns - 1;
    int tables = sb_prior_pane_columns(session, canvas, most) + 1;
    tables = tables > most ? most : tables;
    int half = (columns - 1) / 2 < most ? (columns - 1) / 2 : most;
    tables = tables < half ? half : tables;
    sb_rectangle belief = {top, 0, wanted < rows / 2 ? wanted : rows / 2, tables};
    sb_rectangle truth = {top + belief.rows, 0, rows - belief.rows, tables};
    draw_belief(session, canvas, belief);
    draw_truth(session, canvas, truth);
    whole.column = tables + 1;
    whole.columns -= tables + 1;
    sb_misbelief_panel_draw(&panel, canvas, whole);
}

const sb_screen_view sb_misbelief_screen = {SB_SCREEN_MISBELIEF, "misbelief", draw,
                                            sb_misbelief_figure};
