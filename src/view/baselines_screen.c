/* The baselines screen: bounds and well-known mechanisms beside the best one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bars, and beside them (below, where the screen is narrow) the one that is chosen: in words,
 * and profile by profile.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/baselines.h"
#include "view/panes.h"
#include "view/profile_list.h"

enum { label_columns = 14, note_columns = 12, beside_columns = 110, least_list = 3 };

static void draw_bars(const sb_baselines_look *look, sb_canvas *canvas, sb_rectangle area)
{
    const char *noun =
        look->environment == NULL ? "revenue" : sb_rules_objective_noun(&look->environment->rules);
    sb_comparison optimum = sb_comparison_at(look->results, look->best, SB_COMPARISON_OPTIMUM);
    char *note = sb_format_text("%s beside the %s", noun,
                                optimum.incumbent ? "best found so far" : "optimum");
    sb_heading heading = {
        .title = "Baselines", .note = note, .active = true, .note_style = SB_STYLE_NORMAL};
    if (look->solving && look->stale) {
        heading.right = "solving\xE2\x80\xA6";
        heading.right_style = SB_STYLE_WARNING;
    }
    sb_draw_heading(canvas, area, &heading);
    free(note);
    sb_bar list[SB_COMPARISON_COUNT];
    sb_baselines_bars(look, list);
    sb_bars bars = {.list = list,
                    .count = SB_COMPARISON_COUNT,
                    .label_columns = label_columns,
                    .note_columns = note_columns,
                    .chosen = look->chosen,
                    .stale = look->stale,
                    .fractions = look->fractions};
    sb_rectangle below = {area.row + 1, area.column, area.rows - 1, area.columns};
    bars.first = sb_scroll_around(look->chosen, below.rows > 0 ? (size_t)below.rows : 0,
                                  SB_COMPARISON_COUNT);
    sb_bars_draw(&bars, canvas, below);
}

static void draw_profiles(const sb_baselines_look *look, const sb_mechanism *mechanism,
                          sb_canvas *canvas, sb_rectangle area, sb_heading *heading, int words)
{
    sb_rectangle below = {area.row + 1 + words, area.column, area.rows - 1 - words, area.columns};
    sb_profile_list list = {.environment = look->environment,
                            .mechanism = mechanism,
                            .profiles = look->profiles,
                            .count = look->count,
                            .selected = SB_NOWHERE,
                            .agent = look->agent,
                            .paid = true,
                            .stale = look->stale,
                            .fractions = look->fractions};
    size_t shown = sb_profile_list_shown(&list, below);
    list.first = sb_clamp_scroll(look->scroll, shown, list.count);
    char *range = sb_range_text(list.first, shown, list.count);
    heading->right = range;
    heading->note = look->filter != NULL ? look->filter : heading->note;
    heading->note_style = look->filter != NULL ? SB_STYLE_DIM : heading->note_style;
    sb_draw_heading(canvas, area, heading);
    free(range);
    sb_profile_list_draw(&list, canvas, below);
}

static void draw_chosen(const sb_baselines_look *look, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows < 2) {
        return;
    }
    sb_comparison row = sb_comparison_at(look->results, look->best, look->chosen);
    sb_heading heading = {
        .title =
            row.incumbent ? "best found" : sb_comparison_title(look->chosen, look->environment),
        .note = row.known ? row.word : NULL,
        .note_style = row.objective == NULL || !row.exact ? SB_STYLE_WARNING : SB_STYLE_GOOD,
        .right_style = SB_STYLE_DIM};
    sb_lines lines;
    sb_lines_init(&lines);
    sb_baselines_words(&lines, canvas, area.columns - 2, look);
    bool listed = row.mechanism != NULL && look->environment != NULL;
    int most = area.rows - 1 - (listed ? least_list : 0);
    int words = (int)lines.count < most ? (int)lines.count : most;
    words = words < 0 ? 0 : words;
    if (listed) {
        draw_profiles(look, row.mechanism, canvas, area, &heading, words);
    } else {
        sb_draw_heading(canvas, area, &heading);
    }
    sb_lines_draw(&lines, canvas, area.row + 1, area.column + 1, words, area.columns - 2, 0,
                  look->stale ? SB_STYLE_DIM : SB_STYLE_COUNT);
    sb_lines_clear(&lines);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    if (sb_session_environment(session) == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    const sb_display *display = sb_session_display(session);
    sb_baselines_look look = {.environment = sb_results_environment(session),
                              .results = sb_session_results_at_hand(session),
                              .best = sb_session_shown_mechanism(session, NULL, NULL),
                              .chosen = display->comparison,
                              .scroll = display->comparison_scroll,
                              .solving = sb_session_solving(session),
                              .stale = sb_view_stale(session),
                              .fractions = display->fractions};
    int columns = canvas->columns;
    sb_rectangle bars = {top, 0, 1 + SB_COMPARISON_COUNT, columns};
    sb_rectangle chosen = {top, 0, rows, columns};
    if (columns >= beside_columns) {
        bars.rows = rows;
        bars.columns = columns * 9 / 20;
        chosen.column = bars.columns + 1;
        chosen.columns = columns - chosen.column;
    } else {
        int most = rows - 1 - least_list;
        bars.rows = bars.rows < most ? bars.rows : most;
        chosen.row += bars.rows;
        chosen.rows -= bars.rows;
    }
    size_t *profiles = NULL;
    char *filter = NULL;
    look.agent = SB_NOWHERE;
    if (look.environment != NULL) {
        profiles = sb_session_filtered(session, look.environment, &look.count);
        filter =
            sb_filter_note(session, look.count, sb_environment_profile_count(look.environment));
        look.agent = sb_session_whose(session, look.environment);
        filter = filter == NULL ? sb_whose_note(session) : filter;
    }
    look.profiles = profiles;
    look.filter = filter;
    draw_bars(&look, canvas, bars);
    draw_chosen(&look, canvas, chosen);
    free(filter);
    free(profiles);
}

const sb_screen_view sb_baselines_screen = {SB_SCREEN_BASELINES, "baselines", draw,
                                            sb_baselines_figure};
