/* Commands about files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/recent.h"
#include "sidebet/environment_file.h"

/* The file an argument means: ~/ is the home directory. Freed by the caller. */
char *sb_call_file(sb_call *call, size_t argument)
{
    const char *word = call->arguments[argument];
    const char *home = getenv("HOME");
    char *path = strncmp(word, "~/", 2) == 0 && home != NULL
                     ? sb_format_text("%s%s", home, word + 1)
                     : sb_copy_text(word);
    if (path == NULL) {
        sb_out_of_memory(call->error);
    } else if (path[0] == '\0') {
        sb_error_set(call->error, SB_ERROR_USAGE, "a file needs a name");
        free(path);
        path = NULL;
    }
    return path;
}

char *sb_call_new_file(sb_call *call, size_t argument, bool anyway, const char *again)
{
    const char *own = call->session->path;
    char *path = sb_call_file(call, argument);
    if (path == NULL) {
        return NULL;
    }
    if (own != NULL && (strcmp(own, path) == 0 || sb_text_same_file(own, path))) {
        sb_error_set(call->error, SB_ERROR_USAGE, "`%s` is the environment's own file", path);
        sb_error_set_hint(call->error, "write to another; only save writes to this one");
    } else if (!anyway && sb_text_file_exists(path)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "`%s` exists already", path);
        sb_error_set_hint(call->error, "to replace it, say %s FILE", again);
    } else {
        return path;
    }
    free(path);
    return NULL;
}

static void describe(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    sb_session *session = call->session;
    const char *notes = NULL;
    if (sb_session_message(session, &notes) != SB_MESSAGE_NONE) {
        sb_text_add_format(call->output, "%s\n", notes);
        call->warning = true;
        return;
    }
    if (call->for_message) {
        sb_text_add(call->output, session->path == NULL ? "standard input" : session->path);
        for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
            sb_text_add_format(call->output, "%s%s (%zu)", player == 0 ? ": " : ", ",
                               sb_environment_player_name(environment, player),
                               sb_environment_player_size(environment, player));
        }
    }
}

/* A file that cannot be read, or is larger than can be, is a mistake of the command. */
sb_status sb_call_blame(sb_call *call, sb_status status)
{
    if (status == SB_ERROR_IO || status == SB_ERROR_LIMIT) {
        status = call->error->status = SB_ERROR_INPUT;
    }
    return status;
}

/* Nothing that is opened, or brought back, in a tour would survive its next step. */
static sb_status refuse_in_tour(sb_call *call)
{
    if (sb_session_tour(call->session, NULL) == NULL) {
        return SB_OK;
    }
    sb_error_set(call->error, SB_ERROR_USAGE, "a tour is being played");
    sb_error_set_hint(call->error, "tour leave goes back to your own work, tour resume comes back "
                                   "to this step");
    return SB_ERROR_USAGE;
}

static sb_status open_file(sb_call *call)
{
    char *path = sb_call_file(call, 0);
    if (path == NULL) {
        return call->error->status;
    }
    sb_status status = sb_call_blame(call, sb_session_open(call->session, path, call->error));
    if (status == SB_OK && call->for_message && call->session->path != NULL) {
        (void)sb_recent_add(call->session->path, NULL); /* a convenience: no reason to fail */
    }
    free(path);
    if (status == SB_OK) {
        describe(call);
    }
    return status;
}

sb_status sb_run_open(sb_call *call)
{
    sb_status status = refuse_in_tour(call);
    if (status != SB_OK) {
        return status;
    }
    if (call->session->modified) {
        sb_error_set(call->error, SB_ERROR_USAGE, "there are unsaved changes");
        sb_error_set_hint(call->error, "save first, or give them up: open! FILE");
        return SB_ERROR_USAGE;
    }
    status = sb_call_refuse_unsaved_simulation(call, "open! FILE");
    if (status != SB_OK) {
        return status;
    }
    sb_unsaved_settle(call->session);
    return open_file(call);
}

sb_status sb_run_open_anyway(sb_call *call)
{
    if (refuse_in_tour(call) != SB_OK) {
        return SB_ERROR_USAGE;
    }
    char *path = sb_call_file(call, 0);
    if (path == NULL) {
        return call->error->status;
    }
    sb_environment *probe = NULL;
    sb_status status = SB_OK;
    if (strcmp(path, "-") != 0) { /* do not give anything up for a file that cannot be read */
        status = sb_call_blame(call, sb_environment_read(path, &probe, NULL, call->error));
        sb_environment_free(probe);
    }
    free(path);
    if (status != SB_OK) {
        return status;
    }
    sb_unsaved_settle(call->session);
    return open_file(call);
}

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path);
    size_t tail = strlen(ending);
    return length >= tail && strcasecmp(path + length - tail, ending) == 0;
}

static sb_status save_to(sb_call *call, const char *path)
{
    sb_session *session = call->session;
    if (ends_in(path, ".csv")) {
        sb_error_set(call->error, SB_ERROR_USAGE,
                     "a CSV table has no room for values and rules, so `%s` is not written", path);
        sb_error_set_hint(call->error, "save under a name that ends in .yaml");
        return SB_ERROR_USAGE;
    }
    char *copy = sb_copy_text(path);
    if (copy == NULL) {
        return sb_out_of_memory(call->error);
    }
    sb_status status = sb_environment_save(sb_call_environment(call), copy, call->error);
    if (status != SB_OK) {
        free(copy);
        return status;
    }
    session->on_disk = sb_on_disk_look(copy);
    bool renamed = session->path == NULL || strcmp(session->path, copy) != 0;
    sb_snapshot_release(session->saved);
    session->saved = sb_snapshot_keep(sb_session_snapshot(session));
    session->modified = false;
    sb_text_add_format(call->output, "saved in %s\n", copy);
    if (renamed) {
        sb_unsaved_settle(session);
        free(session->path);
        session->path = copy;
        sb_unsaved_forget(session);
    } else {
        free(copy);
    }
    return SB_OK;
}

/* To the session's own file, unless that would take what somebody else has written there. */
static sb_status save_own(sb_call *call, bool anyway)
{
    const sb_session *session = call->session;
    if (!anyway && sb_on_disk_changed(&session->on_disk, session->path)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "`%s` was changed by another program",
                     session->path);
        sb_error_set_hint(call->error, "save! replaces it, save FILE writes to another, reload "
                                       "takes it (undo brings your changes back)");
        return SB_ERROR_USAGE;
    }
    return save_to(call, session->path);
}

static sb_status save(sb_call *call, bool anyway)
{
    const char *own = call->session->path;
    if (call->count == 0 && sb_session_tour(call->session, NULL) != NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE, "this is the tour's example, not your own work");
        sb_error_set_hint(call->error, "save FILE keeps a copy of it");
        return SB_ERROR_USAGE;
    }
    if (call->count == 0) {
        if (own == NULL) {
            sb_error_set(call->error, SB_ERROR_USAGE, "this environment has no file yet");
            sb_error_set_hint(call->error, "say save FILE");
            return SB_ERROR_USAGE;
        }
        return save_own(call, anyway);
    }
    char *path = sb_call_file(call, 0);
    if (path == NULL) {
        return call->error->status;
    }
    sb_status status = SB_OK;
    if (own != NULL && strcmp(own, path) == 0) {
        status = save_own(call, anyway);
    } else if (!anyway && access(path, F_OK) == 0) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "`%s` exists already", path);
        sb_error_set_hint(call->error, "to replace it, say save! FILE");
    } else {
        status = save_to(call, path);
    }
    free(path);
    return status;
}

sb_status sb_run_save(sb_call *call)
{
    return save(call, false);
}

sb_status sb_run_save_anyway(sb_call *call)
{
    return save(call, true);
}

sb_status sb_run_reload(sb_call *call)
{
    sb_session *session = call->session;
    if (session->path == NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE,
                            "this environment has no file to go back to");
    }
    sb_environment *environment = NULL;
    sb_on_disk on_disk = sb_on_disk_look(session->path);
    sb_status status =
        sb_call_blame(call, sb_environment_read(session->path, &environment, NULL, call->error));
    if (status != SB_OK) {
        return status;
    }
    /* A file that is as we left it is the snapshot we know, so that undo and scripts see that too.
     */
    sb_snapshot *snapshot = NULL;
    if (sb_environment_equal(environment, sb_snapshot_environment(session->saved))) {
        sb_environment_free(environment);
        snapshot = sb_snapshot_keep(session->saved);
    } else {
        snapshot = sb_snapshot_new(environment);
        if (snapshot == NULL) {
            sb_environment_free(environment);
            return sb_out_of_memory(call->error);
        }
        sb_snapshot_set_plan(snapshot, sb_session_robust_plan(session));
    }
    sb_snapshot *loaded = sb_snapshot_keep(snapshot);
    bool changed = false;
    status = sb_session_advance(session, snapshot, "reload", &changed, call->error);
    if (status == SB_OK) {
        sb_snapshot_release(session->saved);
        session->saved = sb_snapshot_keep(changed ? loaded : sb_session_snapshot(session));
        session->on_disk = on_disk;
        sb_session_changed(session);
        if (call->for_message) {
            sb_text_add(call->output, changed ? "back to the file; undo brings the changes back"
                                              : "nothing changes: the file says the same");
        }
    }
    sb_snapshot_release(loaded);
    return status;
}

sb_status sb_run_import(sb_call *call)
{
    char *path = sb_call_file(call, 0);
    if (path == NULL) {
        return call->error->status;
    }
    sb_status status = SB_ERROR_MEMORY;
    sb_environment *copy = sb_call_begin(call);
    if (copy != NULL) {
        sb_text command;
        sb_text_init(&command);
        sb_text_add(&command, "import ");
        sb_words_quote(&command, path);
        status = sb_call_blame(call, sb_environment_import_csv(copy, path, call->error));
        status = sb_call_commit(call, copy, &command, status);
    }
    free(path);
    return status;
}

sb_status sb_run_title(sb_call *call)
{
    sb_environment *copy = sb_call_begin(call);
    if (copy == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "title ");
    sb_words_quote(&command, call->arguments[0]);
    sb_status status = sb_environment_set_title(copy, call->arguments[0], call->error);
    return sb_call_commit(call, copy, &command, status);
}

static sb_status write_script(sb_call *call, bool anyway)
{
    char *path = sb_call_new_file(call, 0, anyway, "write-script!");
    if (path == NULL) {
        return call->error->status;
    }
    char *script = sb_session_script(call->session, call->error);
    if (script == NULL) {
        free(path);
        return call->error->status;
    }
    sb_status status = sb_text_write_file(path, script, strlen(script), call->error);
    if (status == SB_OK) {
        sb_text_add_format(call->output, "script written to %s\n", path);
    }
    free(script);
    free(path);
    return status;
}

sb_status sb_run_write_script(sb_call *call)
{
    return write_script(call, false);
}

sb_status sb_run_write_script_anyway(sb_call *call)
{
    return write_script(call, true);
}

sb_status sb_run_recover(sb_call *call)
{
    sb_session *session = call->session;
    if (refuse_in_tour(call) != SB_OK) {
        return SB_ERROR_USAGE;
    }
    if (call->count > 0) {
        static const char *const words[] = {"discard", NULL};
        size_t choice = 0;
        sb_status status = sb_call_choice(call, 0, words, &choice);
        return status == SB_OK ? sb_unsaved_discard(session, call->error) : status;
    }
    sb_environment *environment = NULL;
    sb_status status = sb_unsaved_read(session, &environment, call->error);
    if (status != SB_OK) {
        return status;
    }
    bool changed = false;
    status = sb_session_replace(session, environment, "recover", &changed, call->error);
    if (status == SB_OK) {
        session->recovered = true;
        sb_text_add(call->output, changed ? "unsaved work is back; save keeps it\n"
                                          : "nothing changes: it was so already\n");
    }
    return status;
}
