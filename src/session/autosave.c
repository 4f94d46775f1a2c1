/* Unsaved work: a copy in the state directory, to be found after a crash.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The copy of a file's unsaved work has one name, made of the file's own name and a hash of its
 * absolute path. A copy found when a file is opened is somebody's earlier work: before this session
 * writes its own, the older one steps aside under another name, so that `recover` still finds it.
 * Two sessions may have the same file open: the second writes under a name with its process's
 * number in it. What a living session writes is not offered to others (copy_lock.h).
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "session/copy_lock.h"
#include "session/folders.h"
#include "session/recent.h"
#include "session/state.h"
#include "sidebet/environment_file.h"

/* ---- names ---- */

static char *absolute(const char *path)
{
    char *real = realpath(path, NULL);
    if (real != NULL) {
        return real;
    }
    char here[PATH_MAX];
    if (path[0] == '/' || getcwd(here, sizeof here) == NULL) {
        return sb_copy_text(path);
    }
    return sb_format_text("%s/%s", here, path);
}

static char *copy_path(const char *path, const char *ending)
{
    char *whole = path == NULL ? sb_copy_text("untitled") : absolute(path);
    char *where = sb_state_file("unsaved"); /* NULL where there is no home */
    char *copy = NULL;
    if (whole != NULL && where != NULL) {
        const char *slash = strrchr(whole, '/');
        const char *name = slash == NULL ? whole : slash + 1;
        size_t length = strcspn(name, ".");
        /* An editor's names are short; a name cut at 100 bytes still tells a person which it was.
         */
        copy = sb_format_text(
            "%s/%.*s-%016llx%s.yaml", where, (int)(length < 100 ? length : 100), name,
            (unsigned long long)sb_hash(SB_HASH_EMPTY, whole, strlen(whole)), ending);
    }
    free(where);
    free(whole);
    return copy;
}

/* ---- finding earlier work ---- */

void sb_unsaved_unlock(sb_session *session)
{
    sb_copy_lock_give_up(session->unsaved_path, session->unsaved_lock - 1);
    session->unsaved_lock = 0;
}

void sb_unsaved_forget(sb_session *session)
{
    sb_unsaved_unlock(session);
    free(session->unsaved_path);
    free(session->recovery_path);
    sb_snapshot_release(session->unsaved);
    session->unsaved_path = NULL;
    session->recovery_path = NULL;
    session->unsaved = NULL;
    session->unsaved_written = false;
    session->recovered = false;
    session->recoverable = 0;
}

/* Is there other work than what is open? */
static bool worth_recovering(const sb_session *session, const char *path)
{
    if (access(path, F_OK) != 0) {
        return false;
    }
    sb_environment *environment = NULL;
    bool other = sb_environment_read(path, &environment, NULL, NULL) == SB_OK &&
                 !sb_environment_equal(environment, sb_session_environment(session));
    sb_environment_free(environment);
    return other;
}

/* One of the copies of the open file's work that nobody is writing; the newest is offered. */
static void consider(sb_session *session, char *path, time_t *newest)
{
    struct stat found;
    bool apt = path != NULL && stat(path, &found) == 0 && !sb_copy_lock_is_held(path) &&
               worth_recovering(session, path);
    session->recoverable += apt;
    if (apt && (session->recovery_path == NULL || found.st_mtime > *newest)) {
        *newest = found.st_mtime;
        free(session->recovery_path);
        session->recovery_path = path;
    } else {
        free(path);
    }
}

static bool begins_with(const char *name, const char *beginning, size_t length)
{
    return strncmp(name, beginning, length) == 0;
}

/* What was being written when a session was killed. */
static void remove_abandoned(const char *folder, const char *name)
{
    char *path = sb_format_text("%s/%s", folder, name);
    if (path != NULL && sb_text_is_abandoned(path)) {
        unlink(path);
    }
    free(path);
}

void sb_unsaved_look(sb_session *session)
{
    if (session->path == NULL) {
        return; /* nameless work of two sessions cannot be told apart */
    }
    char *whole = copy_path(session->path, "");
    char *slash = whole == NULL ? NULL : strrchr(whole, '/');
    if (slash == NULL) {
        free(whole);
        return;
    }
    *slash = '\0';
    size_t length = strlen(slash + 1) - strlen(".yaml"); /* the name and the hash */
    DIR *folder = opendir(whole);
    time_t newest = 0;
    for (struct dirent *entry = NULL; folder != NULL && (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        size_t bytes = strlen(name);
        if (!begins_with(name, slash + 1, length)) {
            continue;
        }
        if (bytes >= length + strlen(".yaml") &&
            strcmp(name + bytes - strlen(".yaml"), ".yaml") == 0 &&
            (name[length] == '.' || name[length] == '-')) {
            consider(session, sb_format_text("%s/%s", whole, name), &newest);
        } else {
            remove_abandoned(whole, name);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    free(whole);
}

char *sb_session_recovery_notice(const sb_session *session)
{
    if (session->recovery_path == NULL) {
        return NULL;
    }
    if (session->recoverable > 1) {
        return sb_format_text("unsaved work on this file was found, %zu copies: :recover brings "
                              "the newest back, :recover discard deletes it",
                              session->recoverable);
    }
    return sb_copy_text("unsaved work on this file was found: :recover brings it back, "
                        ":recover discard deletes it");
}

/* Other work than what the file holds, and not of a session that lives. */
static bool holds_unsaved_work(char *copy, const char *file)
{
    sb_environment *unsaved = NULL;
    sb_environment *saved = NULL;
    bool found = copy != NULL && access(copy, F_OK) == 0 && !sb_copy_lock_is_held(copy) &&
                 sb_environment_read(copy, &unsaved, NULL, NULL) == SB_OK;
    found = found && (sb_environment_read(file, &saved, NULL, NULL) != SB_OK ||
                      !sb_environment_equal(unsaved, saved));
    sb_environment_free(saved);
    sb_environment_free(unsaved);
    free(copy);
    return found;
}

char *sb_unsaved_of_recent(void)
{
    sb_recent recent;
    sb_recent_read(&recent);
    char *file = NULL;
    for (size_t k = 0; file == NULL && k < recent.count; k++) {
        if (holds_unsaved_work(copy_path(recent.paths[k], ""), recent.paths[k]) ||
            holds_unsaved_work(copy_path(recent.paths[k], "-older"), recent.paths[k])) {
            file = sb_copy_text(recent.paths[k]);
        }
    }
    sb_recent_clear(&recent);
    return file;
}

static sb_status nothing_found(sb_error *error)
{
    return sb_error_set(error, SB_ERROR_USAGE, "no unsaved work on this file was found");
}

sb_status sb_unsaved_read(sb_session *session, sb_environment **environment, sb_error *error)
{
    if (session->recovery_path == NULL) {
        return nothing_found(error);
    }
    return sb_environment_read(session->recovery_path, environment, NULL, error);
}

sb_status sb_unsaved_discard(sb_session *session, sb_error *error)
{
    bool found = session->recovery_path != NULL || session->unsaved_written;
    if (session->recovery_path != NULL) {
        unlink(session->recovery_path);
    }
    if (session->unsaved_written) {
        unlink(session->unsaved_path);
    }
    sb_unsaved_forget(session);
    return found ? SB_OK : nothing_found(error);
}

/* ---- keeping ---- */

/* Earlier work under the name we are about to write steps aside. */
static sb_status step_aside(sb_session *session, sb_error *error)
{
    if (session->recovery_path == NULL ||
        strcmp(session->recovery_path, session->unsaved_path) != 0) {
        return SB_OK;
    }
    char *older = copy_path(session->path, "-older");
    if (older == NULL) {
        return sb_out_of_memory(error);
    }
    if (rename(session->recovery_path, older) != 0) {
        sb_error_set(error, SB_ERROR_IO, "cannot keep earlier unsaved work as %s: %s", older,
                     strerror(errno));
        free(older);
        return SB_ERROR_IO;
    }
    free(session->recovery_path);
    session->recovery_path = older;
    return SB_OK;
}

/* A name of our own, where another session writes under the usual one. */
static sb_status hold_copy(sb_session *session, sb_error *error)
{
    if (session->unsaved_lock > 0) {
        return SB_OK;
    }
    int lock = sb_copy_lock_take(session->unsaved_path);
    for (int number = 1; lock < 0 && number <= 9; number++) {
        char ending[48];
        (void)snprintf(ending, sizeof ending, "-%ld-%d", (long)getpid(), number);
        char *path = copy_path(session->path, ending);
        if (path == NULL) {
            return sb_out_of_memory(error);
        }
        free(session->unsaved_path);
        session->unsaved_path = path;
        lock = sb_copy_lock_take(path);
    }
    session->unsaved_lock = lock + 1; /* where nothing can be held the last name must do */
    return SB_OK;
}

static sb_status write_copy(sb_session *session, sb_error *error)
{
    if (session->unsaved_path == NULL) {
        session->unsaved_path = copy_path(session->path, "");
    }
    if (session->unsaved_path == NULL) {
        return sb_error_set(error, SB_ERROR_IO,
                            "unsaved work is not kept: neither XDG_STATE_HOME nor HOME is set");
    }
    sb_status status = sb_make_folders(session->unsaved_path, "unsaved work", error);
    if (status == SB_OK) {
        status = hold_copy(session, error);
    }
    if (status == SB_OK) {
        status = step_aside(session, error);
    }
    if (status == SB_OK) {
        char *text = NULL;
        status = sb_environment_format(sb_session_environment(session), &text, error);
        if (status == SB_OK) {
            status = sb_text_write_private_file(session->unsaved_path, text, strlen(text), error);
        }
        free(text);
    }
    if (status == SB_OK) {
        session->unsaved_written = true;
        sb_snapshot_release(session->unsaved);
        session->unsaved = sb_snapshot_keep(sb_session_snapshot(session));
    }
    return status;
}

sb_status sb_session_autosave(sb_session *session, sb_error *error)
{
    session = sb_touring_own(session);
    sb_snapshot *current = sb_session_snapshot(session);
    if (current == NULL) {
        return SB_OK;
    }
    if (session->modified && !session->discarding) {
        return session->unsaved == current ? SB_OK : write_copy(session, error);
    }
    sb_unsaved_settle(session);
    return SB_OK;
}

void sb_unsaved_settle(sb_session *session)
{
    if (session->unsaved_written) {
        unlink(session->unsaved_path);
        sb_unsaved_unlock(session);
        sb_snapshot_release(session->unsaved);
        session->unsaved = NULL;
        session->unsaved_written = false;
    }
    if (session->recovered) { /* and what was brought back is saved, or given up, by now */
        unlink(session->recovery_path);
        free(session->recovery_path);
        session->recovery_path = NULL;
        session->recovered = false;
    }
}
