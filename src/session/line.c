/* The line of the blow-up screen: from independence through an environment and beyond.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The curves belong to `curve`, the environment at hand when the screen was entered. Moving the
 * cursor along them makes the table another point of the line (or bounds its payments): `on_line`
 * is that snapshot. A table that is neither starts curves of its own. Consecutive moves are one
 * step of the history.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

static void set_curve(sb_session *session, sb_snapshot *snapshot)
{
    sb_snapshot *kept = snapshot == NULL ? NULL : sb_snapshot_keep(snapshot);
    sb_snapshot_release(session->curve);
    session->curve = kept;
}

static void set_on_line(sb_session *session, sb_snapshot *snapshot)
{
    sb_snapshot *kept = snapshot == NULL ? NULL : sb_snapshot_keep(snapshot);
    sb_snapshot_release(session->on_line);
    session->on_line = kept;
}

void sb_line_leave(sb_session *session)
{
    set_curve(session, NULL);
    set_on_line(session, NULL);
}

/* The table was reached by a move along the line which the next move may replace in the log: not
 * where the line starts, nor what the file holds, from which scripts start. */
static bool has_moved(const sb_session *session)
{
    const sb_history *history = &session->history;
    const sb_snapshot *current = sb_session_snapshot(session);
    return current == session->on_line && current != session->curve && current != session->saved &&
           history->position > 0 && sb_history_at(history, history->position - 1) == session->curve;
}

void sb_line_enter(sb_session *session)
{
    sb_snapshot *current = sb_session_snapshot(session);
    if (session->curve == NULL ||
        (!sb_snapshot_same(current, session->curve) && !has_moved(session))) {
        set_curve(session, current);
        set_on_line(session, NULL);
        session->display.curve_cursor = SB_NOWHERE;
    }
}

const sb_environment *sb_session_curve_environment(const sb_session *session)
{
    bool shown = session->display.screen == SB_SCREEN_BLOW_UP && session->curve != NULL;
    return shown ? sb_snapshot_environment(session->curve) : NULL;
}

const fmpq *sb_session_lambda(const sb_session *session)
{
    const sb_snapshot *current = sb_session_snapshot(session);
    return sb_snapshot_same(current, session->on_line) ? session->lambda : NULL;
}

/* Replace the table by another point of the line, in the history's step of the last one. */
static sb_status go(sb_session *session, sb_environment *environment, const char *command,
                    sb_error *error)
{
    sb_snapshot *snapshot = sb_snapshot_new(environment);
    if (snapshot == NULL) {
        sb_environment_free(environment);
        return sb_out_of_memory(error);
    }
    sb_snapshot_set_plan(snapshot, sb_snapshot_plan(sb_session_snapshot(session)));
    sb_history *history = &session->history;
    bool follows = has_moved(session);
    if (follows) {
        history->position--;
    }
    set_on_line(session, snapshot);
    bool changed = false;
    sb_status status = sb_session_advance(session, snapshot, command, &changed, error);
    if (status != SB_OK) {
        history->position += follows ? 1 : 0;
        set_on_line(session, sb_session_snapshot(session));
    } else if (!changed) { /* back where the line started */
        set_on_line(session, sb_session_snapshot(session));
        sb_session_changed(session);
    }
    return status;
}

/* The table becomes pi_lambda of the curve environment. */
static sb_status go_to_lambda(sb_session *session, const fmpq_t lambda, sb_error *error)
{
    sb_line_enter(session);
    sb_environment *environment = NULL;
    sb_status status =
        sb_sweep_environment(sb_snapshot_environment(session->curve), lambda, &environment, error);
    if (status != SB_OK) {
        return status;
    }
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "lambda");
    sb_names_number(&command, lambda);
    char *line = sb_text_take(&command, error);
    if (line == NULL) {
        sb_environment_free(environment);
        return SB_ERROR_MEMORY;
    }
    fmpq_set(session->lambda, lambda);
    status = go(session, environment, line, error);
    free(line);
    return status;
}

sb_status sb_run_lambda(sb_call *call)
{
    fmpq_t lambda;
    fmpq_init(lambda);
    sb_status status = sb_call_number(call, 0, lambda);
    if (status == SB_OK) {
        status = go_to_lambda(call->session, lambda, call->error);
    }
    fmpq_clear(lambda);
    return status;
}

/* The table becomes the curve environment with payments up to a bound. */
static sb_status go_to_bound(sb_session *session, const fmpq_t bound, sb_error *error)
{
    sb_environment *environment = sb_environment_copy(sb_snapshot_environment(session->curve));
    if (environment == NULL) {
        return sb_out_of_memory(error);
    }
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "bounded:");
    sb_text_add_rational(&command, bound, SB_NUMBER_DECIMAL);
    char *choice = fmpq_is_zero(bound) ? sb_copy_text("none") : sb_text_take(&command, error);
    sb_text_clear(&command);
    char *line = choice == NULL ? NULL : sb_format_text("payments %s", choice);
    sb_status status = line == NULL ? sb_out_of_memory(error)
                                    : sb_rules_set(&environment->rules, "payments", choice, error);
    if (status == SB_OK) {
        fmpq_one(session->lambda);
        status = go(session, environment, line, error);
    } else {
        sb_environment_free(environment);
    }
    free(choice);
    free(line);
    return status;
}

/* How many points the curve in hand has by now. */
static size_t point_count(const sb_session *session)
{
    const sb_results *results = session->results;
    const sb_sweep *sweep = results == NULL ? NULL : sb_results_sweep(results);
    const sb_cap *cap = results == NULL ? NULL : sb_results_cap(results);
    if (session->display.cap_plot) {
        return cap == NULL ? 0 : cap->count;
    }
    return sweep == NULL ? 0 : sweep->count;
}

/* Where a point lies along the curve in hand. */
static const fmpq *place_of_point(const sb_session *session, size_t point)
{
    return session->display.cap_plot ? &sb_results_cap(session->results)->points[point].bound
                                     : &sb_results_sweep(session->results)->points[point].lambda;
}

/* Where the table lies along it; false: payments are free, beyond every bound. */
static bool place_of_table(const sb_session *session, fmpq_t place)
{
    const fmpq *lambda = sb_session_lambda(session);
    const sb_rules *rules = &sb_session_environment(session)->rules;
    int payments = rules->choice[SB_RULE_PAYMENTS];
    if (!session->display.cap_plot) {
        fmpq_one(place);
        if (lambda != NULL) {
            fmpq_set(place, lambda);
        }
        return true;
    }
    fmpq_zero(place);
    if (payments == SB_PAYMENTS_BOUNDED) {
        fmpq_set(place, &rules->payment_bound);
    }
    return payments != SB_PAYMENTS_FREE;
}

/* How many points are not beyond the table; *at_one: the last of them is where the table is. */
static size_t points_up_to_table(const sb_session *session, bool *at_one)
{
    size_t count = point_count(session);
    size_t within = 0;
    fmpq_t place;
    fmpq_init(place);
    *at_one = false;
    if (count > 0 && !place_of_table(session, place)) {
        within = count;
    } else {
        while (within < count && fmpq_cmp(place_of_point(session, within), place) <= 0) {
            within++;
        }
        *at_one = within > 0 && fmpq_equal(place_of_point(session, within - 1), place);
    }
    fmpq_clear(place);
    return within;
}

void sb_line_find_cursor(sb_session *session)
{
    bool at_one = false;
    size_t within = points_up_to_table(session, &at_one);
    session->display.curve_cursor = at_one ? within - 1 : SB_NOWHERE;
}

/* The point a word of `move` leads to. */
static size_t point_after(const sb_session *session, const char *word)
{
    bool at_one = false;
    size_t count = point_count(session);
    size_t within = points_up_to_table(session, &at_one);
    size_t left = within - (at_one ? 1 : 0); /* so many points are to the left */
    if (strcmp(word, "left") == 0 || strcmp(word, "down") == 0) {
        return left == 0 ? 0 : left - 1;
    }
    if (strcmp(word, "right") == 0 || strcmp(word, "up") == 0) {
        return within < count ? within : count - 1;
    }
    bool first = strcmp(word, "row-first") == 0 || strcmp(word, "first") == 0 ||
                 strcmp(word, "page-up") == 0;
    return first ? 0 : count - 1;
}

static sb_status go_to_point(sb_session *session, size_t point, sb_error *error)
{
    /* Along the curve is no edit: what a presenter has revealed stays in sight. */
    bool shown = sb_snapshot_same(session->revealed_of, sb_session_snapshot(session));
    const fmpq *place = place_of_point(session, point);
    sb_status status = session->display.cap_plot ? go_to_bound(session, place, error)
                                                 : go_to_lambda(session, place, error);
    if (status == SB_OK) {
        sb_line_find_cursor(session);
        if (shown) {
            sb_presenter_reveal(session, session->revealed);
        }
    }
    return status;
}

void sb_line_move(sb_session *session, const char *word)
{
    if (point_count(session) == 0 || session->curve == NULL) {
        sb_session_set_message(session, SB_MESSAGE_INFO, "the curve is not there yet");
        return;
    }
    sb_error error;
    sb_error_clear(&error);
    if (go_to_point(session, point_after(session, word), &error) != SB_OK) {
        sb_session_set_message(session, SB_MESSAGE_ERROR, "%s", error.message);
    }
}

/* How many points the cursor can be at on the screen in hand. */
static size_t cursor_points(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_simulation *simulation = sb_session_simulation(session);
    switch (session->display.screen) {
    case SB_SCREEN_BLOW_UP:
        return session->curve == NULL ? 0 : point_count(session);
    case SB_SCREEN_MISBELIEF: {
        const sb_belief_curve *curve = results == NULL ? NULL : sb_results_belief_curve(results);
        return curve == NULL ? 0 : curve->count;
    }
    case SB_SCREEN_SIMULATE:
        return simulation == NULL
                   ? 0
                   : sb_simulation_axis_size(&simulation->plan, session->display.simulation_axis);
    default:
        return 0;
    }
}

/* The point with a number, from 1, under the cursor of the plot in hand. */
static sb_status run_point(sb_call *call)
{
    sb_session *session = call->session;
    sb_display *display = &session->display;
    sb_status status = sb_session_complete_display(session, call->error);
    size_t count = cursor_points(session);
    if (status == SB_OK && count == 0) {
        return sb_error_set(call->error, SB_ERROR_USAGE,
                            "there is no curve with a cursor here, or it is not there yet");
    }
    size_t number = 0;
    status = status == SB_OK ? sb_call_count(call, 1, 1, count, &number) : status;
    if (status != SB_OK) {
        return status;
    }
    if (display->screen == SB_SCREEN_MISBELIEF) {
        display->misbelief_point = number;
    } else if (display->screen == SB_SCREEN_SIMULATE) {
        display->simulation_at[display->simulation_axis] = number - 1;
    } else {
        status = go_to_point(session, number - 1, call->error);
    }
    return status;
}

sb_status sb_run_curve(sb_call *call)
{
    enum { SWEEP, CAP, NEXT, POINT };
    static const char *const names[] = {"sweep", "cap", "next", "point", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, names, &choice);
    if (status == SB_OK && (call->count == 2) != (choice == POINT) &&
        (choice == NEXT || choice == POINT)) {
        return sb_call_wrong(call);
    }
    if (status == SB_OK && choice != POINT) {
        bool *cap = &call->session->display.cap_plot;
        *cap = choice == NEXT ? !*cap : choice == CAP;
        sb_line_find_cursor(call->session);
    }
    return status == SB_OK && call->count == 2 ? run_point(call) : status;
}
