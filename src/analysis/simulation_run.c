/* Running a simulation on several threads.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The jobs are listed first, repetition by repetition over all cells, so that every point of a
 * curve grows at the same pace. A worker takes the next job, writes the outcome into its place and
 * queues its number; the calling thread alone says that an outcome is there, so that whoever looks
 * at the simulation from a progress function sees a finished state and no lock is held meanwhile.
 */
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "analysis/simulation_parts.h"
#include "base/memory.h"

enum { MOST_WORKERS = 1024 };
static const long poll_nanoseconds = 50000000; /* how often the caller's flag is looked at */

typedef struct job {
    size_t cell, repetition;
} job;

typedef struct running {
    sb_simulation *simulation;
    const sb_simulation_options *options;
    sb_simulation_truth *truths;
    size_t truth_count, cells_each; /* cells of one truth */
    job *jobs;
    size_t job_count;
    atomic_bool stop; /* cancelled, or a worker failed */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* under the lock */
    size_t next;      /* job to be taken */
    size_t *finished; /* job numbers as they came, job_count places */
    size_t finished_count;
    size_t working; /* threads that have not ended */
    sb_status status;
    sb_error error;
    /* the calling thread's own */
    size_t taken; /* of finished */
    struct timespec last_progress;
} running;

/* ---- workers ---- */

static void fail_with(running *run, sb_status status, const sb_error *error)
{
    pthread_mutex_lock(&run->lock);
    if (run->status == SB_OK) {
        run->status = status;
        run->error = *error;
    }
    pthread_mutex_unlock(&run->lock);
    atomic_store(&run->stop, true);
}

static bool take_job(running *run, size_t *number)
{
    pthread_mutex_lock(&run->lock);
    bool any = run->next < run->job_count && !atomic_load(&run->stop);
    if (any) {
        *number = run->next++;
    }
    pthread_mutex_unlock(&run->lock);
    return any;
}

static void hand_over(running *run, size_t number)
{
    pthread_mutex_lock(&run->lock);
    run->finished[run->finished_count++] = number;
    pthread_cond_signal(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

static void *work(void *context)
{
    running *run = context;
    size_t number;
    while (take_job(run, &number)) {
        const job *taken = &run->jobs[number];
        sb_simulation_cell *cell = &run->simulation->cells[taken->cell];
        sb_error error;
        sb_error_clear(&error);
        sb_status status = sb_simulation_repeat(
            &run->simulation->plan, cell, &run->truths[taken->cell / run->cells_each],
            taken->repetition, &run->stop, &cell->outcomes[taken->repetition], &error);
        if (status != SB_OK) {
            fail_with(run, status, &error);
            break;
        }
        hand_over(run, number);
    }
    flint_cleanup();
    pthread_mutex_lock(&run->lock);
    run->working--;
    pthread_cond_signal(&run->changed);
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

/* ---- the calling thread ---- */

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) * 1e-9;
}

static void tell(running *run, bool always)
{
    const sb_simulation_options *options = run->options;
    if (options->progress == NULL ||
        (!always && seconds_since(&run->last_progress) < options->interval)) {
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &run->last_progress);
    if (!options->progress(options->context, run->simulation)) {
        atomic_store(&run->stop, true);
    }
}

/* Wait a moment for outcomes; false when all workers have ended and nothing is left to take. */
static bool wait_for_outcomes(running *run, size_t *upto)
{
    pthread_mutex_lock(&run->lock);
    if (run->finished_count == run->taken && run->working > 0) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += poll_nanoseconds;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&run->changed, &run->lock, &until);
    }
    *upto = run->finished_count;
    bool more = run->working > 0 || run->finished_count > run->taken;
    pthread_mutex_unlock(&run->lock);
    return more;
}

static void heed_cancel(running *run)
{
    if (run->options->cancel != NULL && atomic_load(run->options->cancel)) {
        atomic_store(&run->stop, true);
    }
}

static void attend(running *run)
{
    bool unsaid = false;
    size_t upto;
    clock_gettime(CLOCK_MONOTONIC, &run->last_progress);
    while (wait_for_outcomes(run, &upto)) {
        heed_cancel(run);
        for (; run->taken < upto; run->taken++) {
            const job *done = &run->jobs[run->finished[run->taken]];
            sb_simulation_cell *cell = &run->simulation->cells[done->cell];
            sb_simulation_put(cell, done->repetition, &cell->outcomes[done->repetition]);
            unsaid = true;
        }
        if (unsaid) {
            tell(run, false);
        }
    }
    if (unsaid) {
        tell(run, true);
    }
}

/* ---- beginning and end ---- */

static bool in_shard(const sb_simulation_options *options, size_t cell, size_t repetition)
{
    return options->shards <= 1 || (cell + repetition) % options->shards == options->shard;
}

size_t sb_simulation_planned(const sb_simulation *simulation, const sb_simulation_options *options)
{
    size_t planned = 0;
    for (size_t k = 0; k < simulation->cell_count; k++) {
        for (size_t r = 0; r < simulation->plan.repetitions; r++) {
            planned += !simulation->cells[k].has[r] && in_shard(options, k, r) ? 1 : 0;
        }
    }
    return planned;
}

static sb_status list_jobs(running *run, sb_error *error)
{
    const sb_simulation *simulation = run->simulation;
    size_t most = sb_simulation_planned(simulation, run->options);
    run->jobs = sb_allocate(most, sizeof *run->jobs);
    run->finished = sb_allocate(most, sizeof *run->finished);
    if (run->jobs == NULL || run->finished == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t r = 0; r < simulation->plan.repetitions; r++) {
        for (size_t k = 0; k < simulation->cell_count; k++) {
            if (!simulation->cells[k].has[r] && in_shard(run->options, k, r)) {
                run->jobs[run->job_count++] = (job){k, r};
            }
        }
    }
    return SB_OK;
}

static size_t worker_count(const running *run)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = run->options->workers;
    if (count == 0) {
        count = processors < 1 ? 1 : (size_t)processors;
    }
    count = count > MOST_WORKERS ? MOST_WORKERS : count;
    return count > run->job_count ? run->job_count : count;
}

/* Signals are for the calling thread. */
static size_t start_workers(running *run, pthread_t *threads, size_t count)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    size_t started = 0;
    for (; started < count; started++) {
        pthread_mutex_lock(&run->lock);
        run->working++;
        pthread_mutex_unlock(&run->lock);
        if (pthread_create(&threads[started], NULL, work, run) != 0) {
            pthread_mutex_lock(&run->lock);
            run->working--;
            pthread_mutex_unlock(&run->lock);
            break;
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static sb_status run_workers(running *run, sb_error *error)
{
    heed_cancel(run);
    size_t count = worker_count(run);
    pthread_t *threads = sb_allocate(count, sizeof *threads);
    if (threads == NULL) {
        return sb_out_of_memory(error);
    }
    size_t started = start_workers(run, threads, count);
    if (started > 0) {
        attend(run);
    }
    for (size_t k = 0; k < started; k++) {
        pthread_join(threads[k], NULL);
    }
    free(threads);
    if (started == 0 && count > 0) {
        return sb_error_set(error, SB_ERROR_LIMIT, "the system gives no thread to work in");
    }
    return SB_OK;
}

static sb_status result_of(running *run, sb_error *error)
{
    bool stopped = atomic_load(&run->stop);
    if (run->status != SB_OK && run->status != SB_ERROR_CANCELLED) {
        if (error != NULL) {
            *error = run->error;
        }
        return run->status;
    }
    if (stopped && run->taken < run->job_count) {
        return sb_error_set(error, SB_ERROR_CANCELLED, "stopped after %zu of %zu repetitions",
                            sb_simulation_done(run->simulation),
                            sb_simulation_total(run->simulation));
    }
    return SB_OK;
}

static void init_locks(running *run)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&run->lock, NULL);
    pthread_cond_init(&run->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

sb_status sb_simulation_run(sb_simulation *simulation, const sb_simulation_options *options,
                            sb_error *error)
{
    sb_simulation_options usual = SB_SIMULATION_OPTIONS_DEFAULT;
    options = options == NULL ? &usual : options;
    if (options->shards > 1 && options->shard >= options->shards) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no shard %zu of %zu",
                            options->shard + 1, options->shards);
    }
    running run = {.simulation = simulation,
                   .options = options,
                   .cells_each =
                       simulation->plan.sample_count_count * simulation->plan.epsilon_count};
    sb_error_clear(&run.error);
    init_locks(&run);
    sb_status status = list_jobs(&run, error);
    if (status == SB_OK && run.job_count > 0) {
        status = sb_simulation_truths_new(simulation, &run.truths, &run.truth_count, error);
    }
    if (status == SB_OK && run.job_count > 0) {
        status = run_workers(&run, error);
    }
    if (status == SB_OK) {
        status = result_of(&run, error);
    }
    sb_simulation_truths_free(run.truths, run.truth_count);
    pthread_cond_destroy(&run.changed);
    pthread_mutex_destroy(&run.lock);
    free(run.jobs);
    free(run.finished);
    return status;
}
