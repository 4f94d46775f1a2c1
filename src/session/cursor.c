/* Where the cursor is and how it moves.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table shows the last two players: the last as columns, the one before as rows. The types of
 * all earlier players choose the slice of the prior that is shown.
 */
#include <stdlib.h>
#include <string.h>

#include "session/commands.h"
#include "session/keys.h"
#include "session/state.h"

#define LINES_A_PAGE 10

size_t sb_session_column_player(const sb_environment *environment)
{
    return sb_environment_player_count(environment) - 1;
}

size_t sb_session_row_player(const sb_environment *environment)
{
    size_t count = sb_environment_player_count(environment);
    return count < 2 ? SB_NOWHERE : count - 2;
}

size_t sb_display_rows(const sb_display *display, const sb_environment *environment)
{
    size_t whose = display->whose;
    bool one = whose > 0 && whose <= environment->agent_count;
    return one && sb_environment_player_count(environment) > 1 ? whose - 1 : SB_NOWHERE;
}

size_t sb_cursor_profile(const sb_session *session)
{
    return sb_environment_profile_join(sb_session_environment(session), session->display.cursor);
}

static void clamp(size_t *value, size_t count)
{
    if (*value >= count) {
        *value = count == 0 ? 0 : count - 1;
    }
}

void sb_cursor_clamp(sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    sb_display *display = &session->display;
    size_t players = sb_environment_player_count(environment);
    for (size_t player = 0; player < SB_MAX_PLAYERS; player++) {
        clamp(&display->cursor[player],
              player < players ? sb_environment_player_size(environment, player) : 0);
    }
    clamp(&display->value_agent, environment->agent_count);
    clamp(&display->value_type, environment->agents[display->value_agent].type_count);
    clamp(&display->value_outcome, sb_environment_entry_count(environment, display->value_agent));
}

static void step_within(size_t *value, size_t count, long by)
{
    if (by < 0) {
        size_t down = (size_t)-by;
        *value = *value < down ? 0 : *value - down;
    } else {
        *value += (size_t)by;
        clamp(value, count);
    }
}

/* ---- the prior ---- */

/* The slice turns like a mileage counter through the types of all players not in the table. */
static void move_slice(const sb_environment *environment, sb_display *display, bool next)
{
    size_t row = sb_session_row_player(environment);
    for (size_t left = row == SB_NOWHERE ? 0 : row; left > 0; left--) {
        size_t player = left - 1;
        size_t size = sb_environment_player_size(environment, player);
        size_t *type = &display->cursor[player];
        bool turns_over = next ? *type + 1 == size : *type == 0;
        *type = next ? (turns_over ? 0 : *type + 1) : (turns_over ? size - 1 : *type - 1);
        if (!turns_over) {
            return;
        }
    }
}

/* What a word of `move` does: so many rows and columns (to the edge: a number larger than any). */
typedef struct motion {
    const char *word;
    long rows, columns;
} motion;

#define TO_THE_EDGE ((long)SB_MAX_PROFILES)

static const motion motions[] = {
    {"left", 0, -1},
    {"right", 0, 1},
    {"up", -1, 0},
    {"down", 1, 0},
    {"row-first", 0, -TO_THE_EDGE},
    {"row-last", 0, TO_THE_EDGE},
    {"column-first", -TO_THE_EDGE, 0},
    {"column-last", TO_THE_EDGE, 0},
    {"first", -TO_THE_EDGE, -TO_THE_EDGE},
    {"last", TO_THE_EDGE, TO_THE_EDGE},
    {"page-up", -LINES_A_PAGE, 0},
    {"page-down", LINES_A_PAGE, 0},
};

/* One agent's types against what all the others are. */
static void move_in_one_agents_table(sb_session *session, size_t agent, const motion *by)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t *cursor = session->display.cursor;
    size_t type = cursor[agent];
    size_t others = sb_environment_others_at(environment, agent, sb_cursor_profile(session));
    step_within(&type, sb_environment_player_size(environment, agent), by->rows);
    step_within(&others, sb_environment_others_count(environment, agent), by->columns);
    sb_environment_profile_split(
        environment, sb_environment_profile_of(environment, agent, type, others), cursor);
}

/* Through the profiles that pass the filter. */
static void move_in_list(sb_session *session, const motion *by)
{
    const sb_environment *environment = sb_session_environment(session);
    bool edge = by->columns == TO_THE_EDGE || by->columns == -TO_THE_EDGE;
    long lines = by->rows == 0 && edge ? by->columns : by->rows;
    size_t count = 0;
    size_t *profiles = sb_session_filtered(session, environment, &count);
    size_t profile = sb_cursor_profile(session);
    size_t at = 0;
    while (profiles != NULL && at + 1 < count && profiles[at] < profile) {
        at++;
    }
    at = profiles == NULL ? profile : at;
    if (count > 0) {
        step_within(&at, count, lines);
        sb_environment_profile_split(environment, profiles == NULL ? at : profiles[at],
                                     session->display.cursor);
    }
    free(profiles);
}

static void move_in_prior(sb_session *session, const motion *by)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t one = sb_display_rows(&session->display, environment);
    if (session->display.list && session->display.screen == SB_SCREEN_TABLE) {
        move_in_list(session, by);
        return;
    }
    if (one != SB_NOWHERE) {
        move_in_one_agents_table(session, one, by);
        return;
    }
    size_t row = sb_session_row_player(environment);
    size_t column = sb_session_column_player(environment);
    if (row != SB_NOWHERE) {
        step_within(&session->display.cursor[row], sb_environment_player_size(environment, row),
                    by->rows);
    }
    step_within(&session->display.cursor[column], sb_environment_player_size(environment, column),
                by->columns);
}

/* ---- the values: one row a type, of all agents one after another ---- */

static void move_in_values(sb_session *session, const motion *by)
{
    const sb_environment *environment = sb_session_environment(session);
    sb_display *display = &session->display;
    size_t row = display->value_type;
    size_t rows = 0;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        row += agent < display->value_agent ? environment->agents[agent].type_count : 0;
        rows += environment->agents[agent].type_count;
    }
    step_within(&row, rows, by->rows);
    display->value_agent = 0;
    while (row >= environment->agents[display->value_agent].type_count) {
        row -= environment->agents[display->value_agent].type_count;
        display->value_agent++;
    }
    display->value_type = row;
    size_t entries = sb_environment_entry_count(environment, display->value_agent);
    clamp(&display->value_outcome, entries);
    step_within(&display->value_outcome, entries, by->columns);
}

/* ---- the lists ---- */

/* No fewer than the lines of the pane in hand: a bound that keeps the first line shown from running
 * away beyond the end; how many lines there are exactly is the view's business. */
static size_t most_lines(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t types = 0;
    for (size_t agent = 0; environment != NULL && agent < environment->agent_count; agent++) {
        types += environment->agents[agent].type_count;
    }
    const sb_solution *solution =
        session->results == NULL ? NULL : sb_results_solution(session->results);
    switch (session->display.pane) {
    case SB_PANE_MECHANISM:
        return environment == NULL ? 0 : sb_environment_profile_count(environment) + 2;
    case SB_PANE_CONDITIONS:
        return environment == NULL ? 0 : 6 * environment->agent_count + 2 * types + 8;
    case SB_PANE_BINDING:
        return solution == NULL ? 0
                                : solution->binding_count + solution->explanation.count +
                                      solution->remarks.count + 2;
    case SB_PANE_PRIOR:
    case SB_PANE_VALUES:
    case SB_PANE_COUNT:
        break;
    }
    return types + 2;
}

void sb_cursor_scroll(sb_session *session, long lines)
{
    if (session->display.screen == SB_SCREEN_HELP) {
        if (session->display.help_search[0] != '\0') {
            session->display.help_offset += lines;
        } else {
            step_within(&session->display.help_scroll, session->display.help_lines, lines);
        }
        return;
    }
    if (session->display.screen == SB_SCREEN_BASELINES) {
        const sb_environment *environment = sb_session_environment(session);
        size_t profiles = environment == NULL ? 0 : sb_environment_profile_count(environment);
        step_within(&session->display.comparison_scroll, profiles, lines);
        return;
    }
    if (session->display.screen == SB_SCREEN_LP) {
        sb_lp_scroll(session, lines);
        return;
    }
    if (session->display.screen == SB_SCREEN_INCENTIVES) {
        sb_incentives_move(session, lines, 0);
        return;
    }
    if (session->display.screen == SB_SCREEN_ROBUST) {
        const sb_environment *environment = sb_session_environment(session);
        size_t signals = environment == NULL ? 0 : environment->signal_count;
        step_within(&session->display.robust_scroll, signals, lines);
        return;
    }
    if (session->display.screen == SB_SCREEN_GEOMETRY) {
        const sb_environment *environment = sb_session_environment(session);
        size_t types = 0;
        for (size_t agent = 0; environment != NULL && agent < environment->agent_count; agent++) {
            types += environment->agents[agent].type_count;
        }
        step_within(&session->display.geometry_scroll, types + 40, lines);
        return;
    }
    step_within(&session->display.scroll[session->display.pane], most_lines(session), lines);
}

bool sb_cursor_move(sb_session *session, const char *word)
{
    if (strcmp(word, "slice-next") == 0 || strcmp(word, "slice-previous") == 0) {
        move_slice(sb_session_environment(session), &session->display,
                   strcmp(word, "slice-next") == 0);
        return true;
    }
    for (size_t index = 0; index < sizeof motions / sizeof motions[0]; index++) {
        const motion *by = &motions[index];
        if (strcmp(by->word, word) != 0) {
            continue;
        }
        sb_screen screen = session->display.screen;
        bool table = screen == SB_SCREEN_TABLE || screen == SB_SCREEN_MISBELIEF;
        if (screen == SB_SCREEN_BLOW_UP) {
            sb_line_move(session, word);
        } else if (screen == SB_SCREEN_INCENTIVES) {
            sb_incentives_move(session, by->rows, by->columns);
        } else if (table && session->display.pane == SB_PANE_PRIOR) {
            move_in_prior(session, by);
        } else if (table && session->display.pane == SB_PANE_VALUES) {
            move_in_values(session, by);
        } else {
            sb_cursor_scroll(session, by->rows);
        }
        return true;
    }
    return false;
}
