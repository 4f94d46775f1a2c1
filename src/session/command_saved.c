/* session: the exploration as it is now, kept to be gone on with another day.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept is a script: the file, the changes since it was saved, where and how something was
 * frozen, the changes that were undone, and what is shown. So it is readable,
 * and a file that has changed meanwhile is changed likewise.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/folders.h"

enum { LARGEST_SESSION = 16 * 1024 * 1024 };

static const char *const screen_words[SB_SCREEN_COUNT] = {
    [SB_SCREEN_TABLE] = "table",           [SB_SCREEN_BLOW_UP] = "blow-up",
    [SB_SCREEN_GEOMETRY] = "geometry",     [SB_SCREEN_MISBELIEF] = "misbelief",
    [SB_SCREEN_ROBUST] = "robust",         [SB_SCREEN_SIMULATE] = "simulate",
    [SB_SCREEN_BASELINES] = "baselines",   [SB_SCREEN_LP] = "lp",
    [SB_SCREEN_INCENTIVES] = "incentives", [SB_SCREEN_HELP] = "table"};
static const char *const pane_words[SB_PANE_COUNT] = {"prior", "values", "mechanism", "conditions",
                                                      "binding"};

/* The last point of the log that is what the file holds; the beginning where none is. */
static size_t start_of(const sb_session *session)
{
    size_t at = session->history.count;
    while (at > 0 && sb_history_at(&session->history, at) != session->saved) {
        at--;
    }
    return at <= session->history.position ? at : 0;
}

/* Where in the log it was frozen: there, or, as a table by itself tells what the best mechanism is,
 * at the same table; beyond the log where neither is left. */
static size_t place_of_freeze(const sb_session *session, size_t start)
{
    const sb_history *history = &session->history;
    const sb_environment *belief = sb_session_belief(session);
    size_t equal = SIZE_MAX;
    bool by_table = belief != NULL && strncmp(session->belief_commands, "robust", 6) != 0;
    for (size_t at = start; belief != NULL && at <= history->count; at++) {
        const sb_snapshot *snapshot = sb_history_at(history, at);
        if (snapshot == session->belief_origin) {
            return at;
        }
        if (by_table && equal == SIZE_MAX &&
            sb_environment_equal(belief, sb_snapshot_environment(snapshot))) {
            equal = at;
        }
    }
    return equal;
}

static void add_changes(sb_text *text, const sb_session *session)
{
    const sb_history *history = &session->history;
    const char *mass = "";
    size_t start = start_of(session);
    size_t frozen = place_of_freeze(session, start);
    for (size_t at = start; at <= history->count; at++) {
        if (at == frozen) {
            sb_text_add(text, session->belief_commands);
        }
        if (at < history->count) {
            const char *name = sb_mass_mode_describe(history->entries[at].mass)->name;
            if (strcmp(name, mass) != 0) {
                sb_text_add_format(text, "mass %s\n", name);
                mass = name;
            }
            sb_text_add_format(text, "%s\n", history->entries[at].command);
        }
    }
    if (history->count > history->position) {
        sb_text_add_format(text, "undo %zu\n", history->count - history->position);
    }
}

static void add_display(sb_text *text, const sb_session *session)
{
    const sb_display *display = &session->display;
    sb_text_add_format(text, "mass %s\nstep ", sb_mass_mode_describe(session->mass)->name);
    sb_text_add_rational(text, session->step, SB_NUMBER_FRACTION);
    sb_text_add(text, "\nselect");
    sb_names_profile(text, sb_session_environment(session), sb_cursor_profile(session));
    sb_text_add_format(text, "\nfractions %s\nconditionals %s\npayments-shown %s\n",
                       display->fractions ? "on" : "off", display->conditionals ? "on" : "off",
                       display->payments_shown == SB_SHOWN_SMALLEST ? "smallest" : "vertex");
    if (session->filter != NULL) {
        sb_text_add_format(text, "filter %s\n", session->filter);
    }
    if (display->list) {
        sb_text_add(text, "list on\n");
    }
    sb_text_add_format(text, "pane %s\nscreen %s\n", pane_words[display->pane],
                       screen_words[display->screen]);
}

static sb_status save(sb_call *call, char *path)
{
    sb_session *session = call->session;
    if (sb_session_environment(session) == NULL || session->path == NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is no file to come back to");
    }
    char *real = realpath(session->path, NULL);
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "# An exploration of sidebet: session restore goes on with it.\nopen ");
    sb_words_quote(&text, real == NULL ? session->path : real);
    sb_text_add(&text, "\n");
    add_changes(&text, session);
    add_display(&text, session);
    free(real);
    sb_status status = sb_make_folders(path, "sessions", call->error);
    if (status == SB_OK) {
        status = text.failed
                     ? sb_out_of_memory(call->error)
                     : sb_text_write_private_file(path, text.bytes, text.length, call->error);
    }
    sb_text_clear(&text);
    if (status == SB_OK) {
        sb_text_add(call->output, "the session is kept: session restore brings it back\n");
    }
    return status;
}

/* What a kept session repeats: changes and what is shown. It neither writes a file, nor leaves, nor
 * brings back a session, itself among them. */
static sb_status check_repeated(const char *line, sb_error *error)
{
    static const char *const of_files[] = {"open", "import", "title", "reload", "recover"};
    sb_words words;
    sb_words_init(&words);
    sb_status status = sb_words_split(line, strlen(line), &words, error);
    const sb_command *found =
        status == SB_OK && words.count > 0 ? sb_command_lookup(words.texts[0], error) : NULL;
    const char *name = found == NULL ? "" : found->description.name;
    const char *group = found == NULL ? "" : found->description.group;
    bool allowed = strcmp(group, "File") != 0 && strcmp(group, "Simulate") != 0 &&
                   strcmp(group, "Tours") != 0 && strncmp(name, "quit", 4) != 0 &&
                   strncmp(name, "write-", 6) != 0;
    if (allowed && strcmp(group, "Robust") == 0) { /* it can write, too */
        allowed = sb_command_in_tours(found, words.count > 1 ? words.texts[1] : NULL);
    }
    for (size_t k = 0; !allowed && k < sizeof of_files / sizeof of_files[0]; k++) {
        allowed = strcmp(name, of_files[k]) == 0;
    }
    if (status == SB_OK && !allowed) {
        status = sb_error_set(error, SB_ERROR_INPUT, "this has no place in a kept session");
    }
    sb_words_clear(&words);
    return status;
}

/* Is there anything but comments? */
static bool says_something(const char *text)
{
    while (*text != '\0') {
        text += strspn(text, " \t\r\n");
        if (*text != '#' && *text != '\0') {
            return true;
        }
        text += strcspn(text, "\n");
    }
    return false;
}

/* Line by line; a line that cannot be repeated is told, and the rest is tried all the same. */
static size_t replay(sb_call *call, char *text)
{
    size_t failed = 0;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        sb_text ignored;
        sb_text_init(&ignored);
        sb_error error;
        sb_error_clear(&error);
        if (check_repeated(line, &error) != SB_OK ||
            sb_session_command(call->session, line, &ignored, &error) != SB_OK) {
            failed++;
            if (failed == 1) {
                sb_text_add_format(call->output, "not repeated: %s: %s\n", line, error.message);
            }
        }
        sb_text_clear(&ignored);
    }
    return failed;
}

/* After a crash there is no session, but there may be unsaved work. */
static sb_status nothing_kept(sb_call *call)
{
    sb_error_set(call->error, SB_ERROR_USAGE, "no session was kept");
    char *path = sb_unsaved_of_recent();
    if (path != NULL) {
        sb_error_set_hint(
            call->error, "unsaved work on %s was found: open that file, and recover brings it back",
            path);
    } else {
        sb_error_set_hint(call->error, "session save keeps this one");
    }
    free(path);
    return SB_ERROR_USAGE;
}

static void tell_back(sb_call *call)
{
    sb_text_add(call->output, "the session is back\n");
    char *notice = sb_session_recovery_notice(call->session);
    if (notice != NULL) {
        sb_text_add_format(call->output, "%s\n", notice);
    }
    free(notice);
}

static sb_status restore(sb_call *call, const char *path)
{
    if (call->session->modified) {
        sb_error_set(call->error, SB_ERROR_USAGE, "there are unsaved changes");
        sb_error_set_hint(call->error, "save them or undo them first");
        return SB_ERROR_USAGE;
    }
    char *text = NULL;
    size_t length = 0;
    if (!sb_text_file_exists(path)) {
        return nothing_kept(call);
    }
    sb_status status = sb_text_read_file(path, LARGEST_SESSION, &text, &length, call->error);
    if (status == SB_OK && !says_something(text)) {
        status = sb_error_set(call->error, SB_ERROR_INPUT, "the session that was kept is empty");
        sb_error_set_hint(call->error, "session save keeps another; this one is in %s", path);
    }
    if (status == SB_OK) {
        call->warning = replay(call, text) > 0;
        if (!call->warning) {
            tell_back(call);
        }
    }
    free(text);
    return status;
}

sb_status sb_run_session(sb_call *call)
{
    static const char *const words[] = {"save", "restore", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, words, &choice);
    if (status != SB_OK) {
        return status;
    }
    char *path = sb_state_file("session");
    if (path == NULL) {
        return sb_error_set(call->error, SB_ERROR_IO, "neither XDG_STATE_HOME nor HOME is set");
    }
    status = choice == 0 ? save(call, path) : restore(call, path);
    free(path);
    return status;
}
