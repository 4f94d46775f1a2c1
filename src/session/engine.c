/* The engine: a thread that solves what is asked last.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything shared is under `mutex`, but for the cancel flag, which the solver polls. `generation`
 * numbers the requests: a publication of an older generation is dropped, so what is taken always
 * belongs to the newest request. The pipe holds one byte exactly while `unread` is set.
 *
 * The thread starts with the first request: sessions that never ask (scripts) have none.
 */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/thread.h"
#include "session/parts.h"
#include "session/solving.h"

struct sb_engine {
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* a request, a publication, the end of work, or the end of all */
    pthread_t thread;
    bool thread_started, stop;
    sb_snapshot *subject; /* of the newest request */
    sb_wants wants;       /* of the newest request: with references and a mechanism of its own */
    sb_results *known;    /* earlier results to go on from; NULL: none */
    double requested;     /* when that was */
    unsigned long generation; /* of the newest request */
    bool waiting;             /* the newest request is not begun */
    bool busy;                /* it is not finished */
    sb_results *latest;       /* its newest publication */
    bool unread;              /* and nobody has taken it */
    atomic_bool cancel;
    atomic_bool stop_search; /* raised with cancel, after it; alone, it ends a search only */
    int pipe[2];
    sb_solvers solvers, caller_solvers;  /* of the thread; of sb_engine_solve_now */
    const sb_cancel_flag *caller_cancel; /* of sb_engine_solve_now; NULL: never */
};

static void wake(sb_engine *engine)
{
    if (!engine->unread) {
        engine->unread = true;
        ssize_t written = write(engine->pipe[1], "", 1);
        (void)written; /* the pipe is empty, one byte fits */
    }
}

static void forget_latest(sb_engine *engine)
{
    sb_results_release(engine->latest);
    engine->latest = NULL;
    if (engine->unread) {
        engine->unread = false;
        char byte;
        ssize_t count = read(engine->pipe[0], &byte, 1);
        (void)count;
    }
}

/* ---- wants of the engine's own ---- */

static void wants_clear(sb_wants *wants)
{
    sb_snapshot_release(wants->curve);
    sb_snapshot_release(wants->belief);
    sb_mechanism_free((sb_mechanism *)wants->mechanism);
    *wants = (sb_wants){0};
}

/* Where the mechanism cannot be copied for want of memory, misbelief is not wanted. */
static sb_wants wants_copy(const sb_wants *wants)
{
    sb_wants copy = {0};
    if (wants != NULL) {
        copy = *wants;
    }
    copy.curve = copy.curve == NULL ? NULL : sb_snapshot_keep(copy.curve);
    copy.mechanism = copy.mechanism == NULL ? NULL : sb_mechanism_copy(copy.mechanism);
    bool frozen = copy.belief != NULL && copy.mechanism != NULL;
    copy.belief = frozen ? sb_snapshot_keep(copy.belief) : NULL;
    return copy;
}

typedef struct publication {
    sb_engine *engine;
    unsigned long generation;
} publication;

static void publish(void *context, sb_results *results)
{
    publication *where = context;
    sb_engine *engine = where->engine;
    pthread_mutex_lock(&engine->mutex);
    if (where->generation == engine->generation) {
        sb_results_release(engine->latest);
        engine->latest = results;
        results = NULL;
        wake(engine);
        pthread_cond_broadcast(&engine->changed);
    }
    pthread_mutex_unlock(&engine->mutex);
    sb_results_release(results);
}

/* A last word where solving ended early for want of memory, so that nobody waits for ever. */
static void publish_failure(publication *where, sb_snapshot *snapshot, const sb_error *error)
{
    sb_results *results = sb_results_new(snapshot);
    if (results != NULL) {
        char sentence[1024];
        sb_error_format(error, sentence, sizeof sentence);
        sb_results_set_failure(results, sentence);
        sb_results_set_complete(results, true);
        publish(where, results);
    }
}

static void *work(void *context)
{
    sb_engine *engine = context;
    pthread_mutex_lock(&engine->mutex);
    while (!engine->stop) {
        if (!engine->waiting) {
            pthread_cond_wait(&engine->changed, &engine->mutex);
            continue;
        }
        engine->waiting = false;
        /* Under the mutex, as in sb_engine_request: a cancellation meant for this is never lost. */
        atomic_store(&engine->cancel, false);
        atomic_store(&engine->stop_search, false);
        publication where = {.engine = engine, .generation = engine->generation};
        sb_wants wants = wants_copy(&engine->wants);
        sb_solving solving = {.snapshot = sb_snapshot_keep(engine->subject),
                              .solvers = &engine->solvers,
                              .wants = &wants,
                              .known = engine->known,
                              .cancel = &engine->cancel,
                              .stop_search = &engine->stop_search,
                              .floating_first = true,
                              .requested = engine->requested,
                              .publish = publish,
                              .context = &where};
        engine->known = NULL; /* now solving's */
        pthread_mutex_unlock(&engine->mutex);
        sb_error error;
        sb_error_clear(&error);
        sb_status status = sb_solving_run(&solving, &error);
        if (status != SB_OK && status != SB_ERROR_CANCELLED) {
            publish_failure(&where, solving.snapshot, &error);
        }
        sb_snapshot_release(solving.snapshot);
        sb_results_release(solving.known);
        wants_clear(&wants);
        pthread_mutex_lock(&engine->mutex);
        if (!engine->waiting) {
            engine->busy = false;
            wake(engine); /* "solving" must leave the screen even if nothing new was published */
        }
        pthread_cond_broadcast(&engine->changed);
    }
    pthread_mutex_unlock(&engine->mutex);
    sb_solvers_clear(&engine->solvers); /* in the thread that used them */
    flint_cleanup();
    return NULL;
}

static bool start_thread(sb_engine *engine)
{
    engine->thread_started = sb_thread_start(&engine->thread, work, engine);
    return engine->thread_started;
}

sb_engine *sb_engine_new(void)
{
    sb_engine *engine = sb_allocate(1, sizeof *engine);
    if (engine == NULL) {
        return NULL;
    }
    pthread_mutex_init(&engine->mutex, NULL);
    pthread_cond_init(&engine->changed, NULL);
    atomic_init(&engine->cancel, false);
    atomic_init(&engine->stop_search, false);
    bool piped = sb_thread_pipe(engine->pipe);
    if (!sb_solvers_init(&engine->solvers) || !sb_solvers_init(&engine->caller_solvers) || !piped) {
        sb_engine_free(engine);
        return NULL;
    }
    return engine;
}

void sb_engine_free(sb_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    if (engine->thread_started) {
        pthread_mutex_lock(&engine->mutex);
        engine->stop = true;
        atomic_store(&engine->cancel, true);
        atomic_store(&engine->stop_search, true);
        pthread_cond_broadcast(&engine->changed);
        pthread_mutex_unlock(&engine->mutex);
        pthread_join(engine->thread, NULL);
    }
    sb_solvers_clear(&engine->solvers);
    sb_solvers_clear(&engine->caller_solvers);
    sb_results_release(engine->latest);
    sb_results_release(engine->known);
    sb_snapshot_release(engine->subject);
    wants_clear(&engine->wants);
    for (int end = 0; end < 2; end++) {
        if (engine->pipe[end] >= 0) {
            close(engine->pipe[end]);
        }
    }
    pthread_cond_destroy(&engine->changed);
    pthread_mutex_destroy(&engine->mutex);
    free(engine);
}

/* Which of two results to go on from: of the snapshot, and the newer. */
static sb_results *best_of(const sb_snapshot *snapshot, sb_results *known, sb_results *latest)
{
    bool better = known == NULL ||
                  (latest != NULL && !sb_snapshot_same(sb_results_snapshot(known), snapshot));
    return better ? latest : known;
}

void sb_engine_request(sb_engine *engine, sb_snapshot *snapshot, const sb_wants *wants,
                       sb_results *known)
{
    sb_wants copy = wants_copy(wants);
    pthread_mutex_lock(&engine->mutex);
    sb_wants former_wants = engine->wants;
    engine->wants = copy;
    sb_results *former_known = engine->known;
    sb_results *from = best_of(snapshot, known, engine->latest);
    engine->known = from == NULL ? NULL : sb_results_keep(from);
    sb_snapshot *former = engine->subject;
    engine->subject = sb_snapshot_keep(snapshot);
    engine->generation++;
    engine->waiting = true;
    engine->busy = true;
    engine->requested = sb_seconds();
    forget_latest(engine);
    atomic_store(&engine->cancel, true);
    atomic_store(&engine->stop_search, true);
    bool started = engine->thread_started || start_thread(engine);
    if (!started) {
        engine->waiting = false;
        engine->busy = false;
    }
    publication where = {.engine = engine, .generation = engine->generation};
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->mutex);
    sb_snapshot_release(former);
    sb_results_release(former_known);
    wants_clear(&former_wants);
    if (!started) {
        sb_error error;
        sb_error_set(&error, SB_ERROR_LIMIT, "the system gives no thread to solve in");
        publish_failure(&where, snapshot, &error);
    }
}

sb_results *sb_engine_take(sb_engine *engine)
{
    pthread_mutex_lock(&engine->mutex);
    sb_results *results = NULL;
    if (engine->unread) {
        if (engine->latest != NULL) {
            results = sb_results_keep(engine->latest);
        }
        engine->unread = false;
        char byte;
        ssize_t count = read(engine->pipe[0], &byte, 1);
        (void)count;
    }
    pthread_mutex_unlock(&engine->mutex);
    return results;
}

void sb_engine_stop_search(sb_engine *engine)
{
    pthread_mutex_lock(&engine->mutex);
    if (engine->busy && !engine->waiting) {
        atomic_store(&engine->stop_search, true);
    }
    pthread_mutex_unlock(&engine->mutex);
}

int sb_engine_descriptor(const sb_engine *engine)
{
    return engine->pipe[0];
}

bool sb_engine_busy(const sb_engine *engine)
{
    sb_engine *locked = (sb_engine *)engine;
    pthread_mutex_lock(&locked->mutex);
    bool busy = locked->busy;
    pthread_mutex_unlock(&locked->mutex);
    return busy;
}

void sb_engine_let_cancel(sb_engine *engine, const sb_cancel_flag *cancel)
{
    engine->caller_cancel = cancel;
}

bool sb_engine_forget_caller(sb_engine *engine)
{
    sb_solvers_clear(&engine->caller_solvers);
    return sb_solvers_init(&engine->caller_solvers);
}

/* Under the mutex: until something changes, or for a moment where the caller may be called off. */
static void wait_a_while(sb_engine *engine)
{
    if (engine->caller_cancel == NULL) {
        pthread_cond_wait(&engine->changed, &engine->mutex);
        return;
    }
    enum { moment = 20000000, second = 1000000000 }; /* nanoseconds */
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += until.tv_nsec + moment >= second ? 1 : 0;
    until.tv_nsec = (until.tv_nsec + moment) % second;
    (void)pthread_cond_timedwait(&engine->changed, &engine->mutex, &until);
}

static bool called_off(const sb_engine *engine)
{
    return engine->caller_cancel != NULL && atomic_load(engine->caller_cancel);
}

/* The thread may be at it already: then its answer is waited for. */
static sb_results *await(sb_engine *engine, const sb_snapshot *snapshot)
{
    pthread_mutex_lock(&engine->mutex);
    sb_results *results = NULL;
    if (engine->subject == snapshot) {
        while (engine->busy && !called_off(engine)) {
            wait_a_while(engine);
        }
        if (engine->latest != NULL && sb_results_complete(engine->latest)) {
            results = sb_results_keep(engine->latest);
        }
    }
    pthread_mutex_unlock(&engine->mutex);
    return results;
}

static void keep_last(void *context, sb_results *results)
{
    sb_results **last = context;
    sb_results_release(*last);
    *last = results;
}

sb_results *sb_engine_solve_now(sb_engine *engine, sb_snapshot *snapshot, const sb_wants *wants,
                                sb_results *known, sb_error *error)
{
    const sb_wants nothing = {0};
    sb_results *from = await(engine, snapshot);
    if (from == NULL && known != NULL) {
        from = sb_results_keep(known);
    }
    sb_results *results = NULL;
    sb_solving solving = {.snapshot = snapshot,
                          .solvers = &engine->caller_solvers,
                          .wants = wants == NULL ? &nothing : wants,
                          .known = from,
                          .cancel = engine->caller_cancel,
                          .requested = sb_seconds(),
                          .publish = keep_last,
                          .context = &results};
    sb_status status = sb_solving_run(&solving, error);
    sb_results_release(from);
    if (status != SB_OK) {
        sb_results_release(results);
        return NULL;
    }
    return results;
}
