/* A report that is written while the explorer goes on.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is of a copy of the session, which the thread alone has: edits made meanwhile do not change
 * the report. Snapshots and results are shared, as they never change.
 */
#include "session/reporting.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/background.h"
#include "base/memory.h"
#include "base/text.h"
#include "session/state.h"

struct sb_reporting {
    char *path;
    sb_session *copy;         /* the thread's, which frees it */
    sb_background background; /* a word for each part */
    _Atomic(const char *) at; /* the title of the part in hand; static; NULL: none yet */
    sb_status status;         /* this and the error are the thread's until it has ended */
    sb_error error;
};

/* The screen waits so long before the reader goes on with other things. */
static const double patience_seconds = 0.3;

/* ---- a copy of a session ---- */

static sb_snapshot *keep(sb_snapshot *snapshot)
{
    return snapshot == NULL ? NULL : sb_snapshot_keep(snapshot);
}

/* NULL is copied as that; false when memory runs out. */
static bool copy_words(char **to, const char *from)
{
    *to = from == NULL ? NULL : sb_copy_text(from);
    return from == NULL || *to != NULL;
}

static bool copy_history(sb_session *to, const sb_history *from)
{
    sb_history_begin(&to->history, keep(from->start));
    bool copied = true;
    for (size_t k = 0; copied && k < from->position; k++) {
        const sb_history_entry *entry = &from->entries[k];
        copied = sb_history_add(&to->history, entry->command, entry->mass, keep(entry->after),
                                NULL) == SB_OK;
    }
    return copied;
}

static bool copy_simulation(sb_simulating *to, const sb_simulating *from)
{
    to->of_table = from->of_table;
    if (from->simulation == NULL) {
        return true;
    }
    bool copied = sb_simulation_new(&from->simulation->plan, &to->simulation, NULL) == SB_OK;
    if (copied) {
        (void)sb_simulation_adopt(to->simulation, from->simulation);
    }
    return copied;
}

static bool copy_belief(sb_session *to, const sb_session *from)
{
    to->belief = keep(from->belief);
    to->belief_origin = keep(from->belief_origin);
    to->belief_mechanism =
        from->belief_mechanism == NULL ? NULL : sb_mechanism_copy(from->belief_mechanism);
    return (from->belief_mechanism == NULL || to->belief_mechanism != NULL) &&
           copy_words(&to->belief_commands, from->belief_commands);
}

static bool copy_all(sb_session *to, const sb_session *from)
{
    to->exporter = from->exporter;
    to->settings->presenter = from->settings->presenter;
    to->revealed = from->revealed;
    to->revealed_of = keep(from->revealed_of);
    to->display = from->display;
    to->mass = from->mass;
    to->modified = from->modified;
    to->bound_given = from->bound_given;
    to->search_stopped = from->search_stopped;
    fmpq_set(to->step, from->step);
    fmpq_set(to->payment_bound, from->payment_bound);
    fmpq_set(to->lambda, from->lambda);
    to->results = from->results == NULL ? NULL : sb_results_keep(from->results);
    to->saved = keep(from->saved);
    to->curve = keep(from->curve);
    to->on_line = keep(from->on_line);
    to->on_disk = from->on_disk;
    return copy_history(to, &from->history) && copy_belief(to, from) &&
           copy_simulation(&to->simulating, &from->simulating) &&
           copy_words(&to->path, from->path) && copy_words(&to->filter, from->filter);
}

static sb_session *copy_of(const sb_session *session, sb_error *error)
{
    sb_session *copy = sb_session_new(false, error);
    if (copy != NULL && !copy_all(copy, session)) {
        sb_session_free(copy);
        sb_out_of_memory(error);
        return NULL;
    }
    return copy;
}

/* ---- the thread ---- */

static void work(void *context)
{
    sb_reporting *reporting = context;
    sb_session *copy = reporting->copy;
    reporting->status = copy->exporter->report(copy, reporting->path, &reporting->error);
    sb_session_free(copy);
    reporting->copy = NULL;
}

/* In the thread: a part begins. */
static void note_part(sb_reporting *reporting, const char *title)
{
    atomic_store(&reporting->at, title);
    sb_background_say(&reporting->background);
}

sb_status sb_session_report_reaches(sb_session *session, const char *title, sb_error *error)
{
    if (session->cancel != NULL && atomic_load(session->cancel)) {
        return sb_error_set(error, SB_ERROR_CANCELLED, "the report was called off");
    }
    if (session->reached != NULL && title != NULL) {
        note_part(session->reached, title);
    }
    return SB_OK;
}

const sb_cancel_flag *sb_session_cancel(const sb_session *session)
{
    return session->cancel;
}

/* ---- the session's side ---- */

static bool start(sb_reporting *reporting)
{
    reporting->copy->reached = reporting;
    sb_session_set_cancel(reporting->copy, &reporting->background.cancel);
    return sb_background_start(&reporting->background, work, reporting);
}

static void end(sb_reporting *reporting)
{
    sb_background_join(&reporting->background);
    sb_session_free(reporting->copy); /* NULL where a thread had it */
    free(reporting->path);
    free(reporting);
}

void sb_reporting_free(sb_reporting *reporting)
{
    if (reporting != NULL) {
        sb_background_call_off(&reporting->background);
        end(reporting);
    }
}

/* Wait for its end, and what became of it; it is no more. *path (may be NULL): its file, the
 * caller's from now on. */
static sb_status take(sb_session *session, char **path, sb_error *error)
{
    sb_reporting *reporting = session->reporting;
    session->reporting = NULL;
    sb_background_join(&reporting->background);
    sb_status status = reporting->status;
    if (status != SB_OK && error != NULL) {
        *error = reporting->error;
    }
    if (path != NULL) {
        *path = reporting->path;
        reporting->path = NULL;
    }
    end(reporting);
    return status;
}

sb_status sb_reporting_begin(sb_session *session, const char *path, bool *done, sb_error *error)
{
    *done = false;
    if (session->reporting != NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "the report %.200s is still being written",
                     session->reporting->path);
        sb_error_set_hint(error, "wait for it, or stop it: Ctrl-C or K");
        return SB_ERROR_USAGE;
    }
    sb_reporting *reporting = sb_allocate(1, sizeof *reporting);
    if (reporting == NULL) {
        return sb_out_of_memory(error);
    }
    atomic_init(&reporting->at, NULL);
    sb_error_clear(&reporting->error);
    reporting->path = sb_copy_text(path);
    reporting->copy = copy_of(session, error);
    if (reporting->path == NULL || reporting->copy == NULL) {
        end(reporting);
        return sb_out_of_memory(error);
    }
    if (!start(reporting)) {
        end(reporting);
        return sb_error_set(error, SB_ERROR_LIMIT, "the system gives no thread for a report");
    }
    session->reporting = reporting;
    *done = sb_background_ended(&reporting->background, patience_seconds);
    return *done ? take(session, NULL, error) : SB_OK;
}

bool sb_reporting_refresh(sb_session *session)
{
    sb_reporting *reporting = session->reporting;
    bool ended = false;
    bool heard = reporting != NULL && sb_background_hear(&reporting->background, &ended);
    if (!ended) {
        return heard;
    }
    char *path = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (take(session, &path, &error) == SB_OK) {
        sb_session_set_message(session, SB_MESSAGE_INFO, "report written to %s", path);
    } else {
        sb_session_set_error_message(session, &error);
    }
    free(path);
    return true;
}

bool sb_reporting_stop(sb_session *session)
{
    sb_reporting *reporting = session->reporting;
    if (reporting == NULL) {
        return false;
    }
    sb_background_call_off(&reporting->background);
    char *path = NULL;
    if (take(session, &path, NULL) == SB_OK) { /* too late: it was at its end */
        sb_session_set_message(session, SB_MESSAGE_INFO, "report written to %s", path);
    } else {
        sb_session_set_message(session, SB_MESSAGE_INFO,
                               "the report is stopped; nothing was written to %s", path);
    }
    free(path);
    return true;
}

const char *sb_session_reporting(const sb_session *session)
{
    return session->reporting == NULL ? NULL : session->reporting->path;
}

char *sb_session_reporting_words(const sb_session *session)
{
    sb_reporting *reporting = session->reporting;
    if (reporting == NULL) {
        return NULL;
    }
    const char *title = atomic_load(&reporting->at);
    return sb_format_text("writing the report%s%s\xE2\x80\xA6 (Ctrl-C stops it)",
                          title == NULL ? "" : ": ", title == NULL ? "" : title);
}

int sb_session_reporting_descriptor(const sb_session *session)
{
    return session->reporting == NULL ? -1
                                      : sb_background_descriptor(&session->reporting->background);
}
