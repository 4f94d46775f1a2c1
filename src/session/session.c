/* One exploration: its state, and what others may read of it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/parts.h"
#include "session/state.h"
#include "sidebet/environment_file.h"

sb_session *sb_session_new(bool interactive, sb_error *error)
{
    sb_session *session = sb_allocate(1, sizeof *session);
    if (session == NULL) {
        sb_out_of_memory(error);
        return NULL;
    }
    session->interactive = interactive;
    session->settings = sb_settings_new();
    fmpq_init(session->step);
    fmpq_init(session->payment_bound);
    fmpq_init(session->lambda);
    fmpq_set_si(session->step, 1, 1000);
    if (session->settings == NULL) {
        sb_session_free(session);
        sb_out_of_memory(error);
        return NULL;
    }
    session->engine = sb_engine_new();
    if (session->engine == NULL) {
        sb_error_set(error, SB_ERROR_MEMORY,
                     "the system gives no memory or no pipe for the solving thread");
        sb_session_free(session);
        return NULL;
    }
    return session;
}

void sb_session_free(sb_session *session)
{
    if (session == NULL) {
        return;
    }
    sb_reporting_free(session->reporting);
    sb_touring_free(session->touring);
    sb_engine_free(session->engine);
    sb_simulating_forget(session);
    sb_simulator_free(session->simulating.simulator);
    sb_results_release(session->results);
    sb_history_clear(&session->history);
    sb_snapshot_release(session->saved);
    sb_snapshot_release(session->unsaved);
    sb_snapshot_release(session->curve);
    sb_snapshot_release(session->on_line);
    sb_snapshot_release(session->belief);
    sb_snapshot_release(session->revealed_of);
    sb_palette_free(session->palette);
    sb_settings_free(session->settings);
    sb_mechanism_free(session->belief_mechanism);
    sb_snapshot_release(session->belief_origin);
    free(session->belief_commands);
    fmpq_clear(session->lambda);
    fmpq_clear(session->step);
    fmpq_clear(session->payment_bound);
    free(session->filter);
    free(session->path);
    free(session->message);
    free(session->command_line);
    sb_unsaved_unlock(session);
    free(session->clipboard);
    free(session->unsaved_path);
    free(session->recovery_path);
    free(session);
}

sb_snapshot *sb_session_snapshot(const sb_session *session)
{
    return sb_history_at(&session->history, session->history.position);
}

/* ---- opening and changing ---- */

void sb_session_changed(sb_session *session)
{
    sb_snapshot *current = sb_session_snapshot(session);
    session->modified = !sb_snapshot_same(current, session->saved) &&
                        !sb_environment_equal(sb_snapshot_environment(current),
                                              sb_snapshot_environment(session->saved));
    sb_cursor_clamp(session);
    session->search_stopped = false;
    if (session->display.screen == SB_SCREEN_BLOW_UP) {
        sb_line_enter(session); /* a table that is not on the line starts one of its own */
        sb_line_find_cursor(session);
    }
    sb_session_want(session);
}

/* What the display asks for beside the mechanism, the conditions and the baselines. */
static sb_wants wants_of(const sb_session *session)
{
    const sb_display *display = &session->display;
    sb_wants wants = {.smallest = true, .sensitivity = display->sensitivity};
    wants.mode = display->sensitivity ? session->mass : SB_MASS_FREE;
    wants.curve = display->screen == SB_SCREEN_BLOW_UP ? session->curve : NULL;
    bool replies = display->screen == SB_SCREEN_INCENTIVES && display->incentive_replies;
    if (display->screen == SB_SCREEN_MISBELIEF || replies) {
        wants.belief = session->belief;
        wants.mechanism = session->belief_mechanism;
    }
    wants.robust = display->screen == SB_SCREEN_ROBUST && sb_session_snapshot(session) != NULL;
    wants.price = wants.robust;
    wants.geometry = display->screen == SB_SCREEN_GEOMETRY && sb_session_snapshot(session) != NULL;
    if (wants.geometry) {
        wants.picture = sb_session_geometry_choice(session);
    }
    wants.stopped = session->search_stopped;
    wants.auctions = display->screen == SB_SCREEN_BASELINES;
    if (wants.robust) {
        wants.plan = *sb_snapshot_plan(sb_session_snapshot(session));
    }
    return wants;
}

static bool same_wants(const sb_wants *left, const sb_wants *right)
{
    return left->smallest == right->smallest && left->sensitivity == right->sensitivity &&
           left->mode == right->mode && left->curve == right->curve &&
           left->belief == right->belief && left->mechanism == right->mechanism &&
           left->robust == right->robust && left->price == right->price &&
           left->geometry == right->geometry &&
           sb_geometry_choice_equal(&left->picture, &right->picture) &&
           left->auctions == right->auctions && left->stopped == right->stopped &&
           sb_robust_plan_equal(&left->plan, &right->plan);
}

void sb_session_want(sb_session *session)
{
    sb_snapshot *current = sb_session_snapshot(session);
    sb_wants wants = wants_of(session);
    bool asked = current == session->requested && same_wants(&wants, &session->wants);
    if (!session->interactive || session->looking || current == NULL || asked) {
        return;
    }
    sb_engine_request(session->engine, current, &wants, session->results);
    session->requested = current;
    session->wants = wants;
    session->was_solving = true;
}

/* environment is taken over, also on failure. */
static sb_status begin(sb_session *session, sb_environment *environment, const char *path,
                       sb_error *error)
{
    char *copy = path == NULL ? NULL : sb_copy_text(path);
    sb_snapshot *snapshot = sb_snapshot_new(environment);
    if (snapshot == NULL || (path != NULL && copy == NULL)) {
        if (snapshot == NULL) {
            sb_environment_free(environment);
        }
        sb_snapshot_release(snapshot);
        free(copy);
        return sb_out_of_memory(error);
    }
    free(session->path);
    session->path = copy;
    session->on_disk = (sb_on_disk){.kind = SB_ON_DISK_UNKNOWN};
    sb_snapshot_release(session->saved);
    session->saved = sb_snapshot_keep(snapshot);
    sb_history_begin(&session->history, snapshot);
    sb_results_release(session->results);
    session->results = NULL;
    session->display = (sb_display){.conditionals = session->display.conditionals,
                                    .fractions = session->display.fractions,
                                    .payments_shown = session->display.payments_shown};
    free(session->filter);
    session->filter = NULL;
    sb_line_leave(session);
    sb_belief_thaw(session);
    sb_simulating_forget(session);
    session->entry.active = false;
    session->bound_given = environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BOUNDED;
    fmpq_set(session->payment_bound, &environment->rules.payment_bound);
    sb_unsaved_forget(session);
    sb_unsaved_look(session);
    sb_session_changed(session);
    return SB_OK;
}

static void say_notes(sb_session *session, const sb_notes *notes)
{
    sb_text text;
    sb_text_init(&text);
    for (size_t note = 0; note < notes->count; note++) {
        sb_text_add(&text, note == 0 ? "" : "; ");
        sb_text_add(&text, notes->texts[note]);
    }
    char *sentence = sb_text_take(&text, NULL);
    if (sentence != NULL && notes->count > 0) {
        sb_session_set_message(session, SB_MESSAGE_WARNING, "%s", sentence);
    } else {
        sb_session_set_message(session, SB_MESSAGE_NONE, "%s", "");
    }
    free(sentence);
}

void sb_session_set_cancel(sb_session *session, const sb_cancel_flag *cancel)
{
    session->cancel = cancel;
    sb_engine_let_cancel(session->engine, cancel);
}

sb_status sb_session_open(sb_session *session, const char *path, sb_error *error)
{
    sb_environment *environment = NULL;
    sb_notes notes;
    sb_notes_init(&notes);
    /* Before it is read: a change in between is then noticed, not missed. */
    sb_on_disk on_disk = sb_on_disk_look(strcmp(path, "-") == 0 ? NULL : path);
    sb_status status = sb_environment_read(path, &environment, &notes, error);
    if (status == SB_OK) {
        status = begin(session, environment, strcmp(path, "-") == 0 ? NULL : path, error);
    }
    if (status == SB_OK) {
        session->on_disk = on_disk;
        say_notes(session, &notes);
    }
    sb_notes_clear(&notes);
    return status;
}

void sb_session_adopt(sb_session *session, sb_environment *environment, const char *path)
{
    sb_error error;
    sb_error_clear(&error);
    if (begin(session, environment, path, &error) != SB_OK) {
        sb_session_set_message(session, SB_MESSAGE_ERROR, "%s", error.message);
    }
}

sb_status sb_session_advance(sb_session *session, sb_snapshot *snapshot, const char *command,
                             bool *changed, sb_error *error)
{
    const sb_snapshot *before = sb_session_snapshot(session);
    bool equal =
        sb_robust_plan_equal(sb_snapshot_plan(snapshot), sb_snapshot_plan(before)) &&
        (sb_snapshot_same(snapshot, before) ||
         sb_environment_equal(sb_snapshot_environment(snapshot), sb_snapshot_environment(before)));
    if (changed != NULL) {
        *changed = !equal;
    }
    if (equal) {
        sb_snapshot_release(snapshot);
        return SB_OK;
    }
    sb_status status = sb_history_add(&session->history, command, session->mass, snapshot, error);
    if (status == SB_OK) {
        sb_session_changed(session);
    }
    return status;
}

sb_status sb_session_replace(sb_session *session, sb_environment *environment, const char *command,
                             bool *changed, sb_error *error)
{
    sb_snapshot *snapshot = sb_snapshot_new(environment);
    if (snapshot == NULL) {
        sb_environment_free(environment);
        return sb_out_of_memory(error);
    }
    sb_snapshot_set_plan(snapshot, sb_snapshot_plan(sb_session_snapshot(session)));
    return sb_session_advance(session, snapshot, command, changed, error);
}

sb_status sb_session_replan(sb_session *session, const sb_robust_plan *plan, const char *command,
                            bool *changed, sb_error *error)
{
    sb_snapshot *snapshot = sb_snapshot_replanned(sb_session_snapshot(session), plan);
    return snapshot == NULL ? sb_out_of_memory(error)
                            : sb_session_advance(session, snapshot, command, changed, error);
}

/* ---- reading ---- */

const sb_environment *sb_session_environment(const sb_session *session)
{
    const sb_snapshot *snapshot = sb_session_snapshot(session);
    return snapshot == NULL ? NULL : sb_snapshot_environment(snapshot);
}

const char *sb_session_path(const sb_session *session)
{
    return session->path;
}

bool sb_session_modified(const sb_session *session)
{
    return session->modified;
}

size_t sb_session_undo_count(const sb_session *session)
{
    return session->history.position;
}

size_t sb_session_redo_count(const sb_session *session)
{
    return session->history.count - session->history.position;
}

sb_mass_mode sb_session_mass_mode(const sb_session *session)
{
    return session->mass;
}

const fmpq *sb_session_step(const sb_session *session)
{
    return session->step;
}

const sb_display *sb_session_display(const sb_session *session)
{
    return &session->display;
}

const sb_entry *sb_session_entry(const sb_session *session)
{
    return &session->entry;
}

bool sb_session_quitting(const sb_session *session)
{
    return session->quitting;
}

char *sb_session_take_command_line(sb_session *session)
{
    char *line = session->command_line;
    session->command_line = NULL;
    return line;
}

/* ---- results ---- */

const sb_results *sb_session_results_at_hand(const sb_session *session)
{
    return session->results;
}

bool sb_session_results_current(const sb_session *session)
{
    return session->results != NULL &&
           sb_snapshot_same(sb_results_snapshot(session->results), sb_session_snapshot(session));
}

/* Whether the results at hand hold all of it. */
static bool satisfied(const sb_session *session, const sb_wants *wants)
{
    const sb_results *results = session->results;
    if (!sb_session_results_current(session)) {
        return false;
    }
    bool known = true;
    for (int kind = SB_PART_SOLUTION; kind <= SB_PART_WITHOUT_CORRELATION; kind++) {
        known = known && sb_results_satisfy(results, (sb_part_kind)kind, wants);
    }
    return (known || sb_results_complete(results)) &&
           (!wants->auctions || sb_results_satisfy(results, SB_PART_AUCTIONS, wants)) &&
           (!wants->smallest || sb_results_satisfy(results, SB_PART_SMALLEST, wants)) &&
           (!wants->sensitivity || sb_results_satisfy(results, SB_PART_SENSITIVITY, wants)) &&
           (wants->curve == NULL || (sb_results_satisfy(results, SB_PART_SWEEP, wants) &&
                                     sb_results_satisfy(results, SB_PART_CAP, wants))) &&
           (wants->belief == NULL || sb_results_satisfy(results, SB_PART_MISBELIEF, wants)) &&
           (!wants->robust || (sb_results_satisfy(results, SB_PART_ROBUST, wants) &&
                               sb_results_satisfy(results, SB_PART_ROBUST_CHECK, wants))) &&
           (!wants->geometry || sb_results_satisfy(results, SB_PART_GEOMETRY, wants)) &&
           (!wants->price || sb_results_satisfy(results, SB_PART_PRICE, wants));
}

const sb_results *sb_session_wanted_results(sb_session *session, const sb_wants *wants,
                                            sb_error *error)
{
    const sb_wants nothing = {0};
    sb_snapshot *current = sb_session_snapshot(session);
    if (current == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no environment is open");
        sb_error_set_hint(error, "open one: open FILE");
        return NULL;
    }
    wants = wants == NULL ? &nothing : wants;
    if (!satisfied(session, wants)) {
        sb_results *results =
            sb_engine_solve_now(session->engine, current, wants, session->results, error);
        if (results == NULL) {
            return NULL;
        }
        sb_results_release(session->results);
        session->results = results;
    }
    return session->results;
}

sb_status sb_session_complete_display(sb_session *session, sb_error *error)
{
    const sb_wants wants = wants_of(session);
    if (session->interactive && !session->looking) {
        return SB_OK;
    }
    return sb_session_wanted_results(session, &wants, error) == NULL ? error->status : SB_OK;
}

const sb_results *sb_session_complete_results(sb_session *session, sb_error *error)
{
    return sb_session_wanted_results(session, NULL, error);
}

const sb_results *sb_session_results(sb_session *session, sb_error *error)
{
    if (!session->interactive) {
        return sb_session_complete_results(session, error);
    }
    sb_session_refresh(session);
    return session->results;
}

bool sb_session_solving(const sb_session *session)
{
    return session->interactive && sb_engine_busy(session->engine);
}

bool sb_session_refresh(sb_session *session)
{
    if (!session->interactive) {
        return false;
    }
    bool solving = sb_engine_busy(session->engine);
    bool changed = solving != session->was_solving;
    session->was_solving = solving;
    sb_results *results = sb_engine_take(session->engine);
    if (results != NULL) {
        sb_results_release(session->results);
        session->results = results;
        sb_line_find_cursor(session);
        changed = true;
    }
    bool grown = sb_simulating_refresh(session);
    bool arrived = sb_touring_refresh(session);
    bool written = sb_reporting_refresh(session);
    return changed || grown || arrived || written;
}

int sb_session_descriptor(const sb_session *session)
{
    return session->interactive ? sb_engine_descriptor(session->engine) : -1;
}

/* ---- messages ---- */

sb_message_kind sb_session_message(const sb_session *session, const char **text)
{
    if (text != NULL) {
        *text = session->message == NULL ? "" : session->message;
    }
    return session->message_kind;
}

void sb_session_set_message(sb_session *session, sb_message_kind kind, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    char *copy = kind == SB_MESSAGE_NONE || length < 0 ? NULL : sb_copy_text(text);
    free(session->message);
    session->message = copy;
    session->message_answers = false;
    session->message_kind = copy == NULL ? SB_MESSAGE_NONE : kind;
}

void sb_session_set_error_message(sb_session *session, const sb_error *error)
{
    char sentence[1400];
    sb_error_format(error, sentence, sizeof sentence);
    sb_session_set_message(session, SB_MESSAGE_ERROR, "%s", sentence);
}
