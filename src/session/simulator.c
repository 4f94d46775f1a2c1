/* A simulation in the background.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both copies of the simulation, the one that is worked on and the one that is published, are made
 * and freed by the caller's thread; only outcomes, which are plain numbers, go from one to the
 * other (numbers of FLINT must not outlive the thread that made them).
 */
#include "session/simulator.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/thread.h"

static const double seconds_between = 0.2; /* of publications */

struct sb_simulator {
    pthread_t thread;
    bool started; /* a thread is there to be joined */
    int pipe[2];
    atomic_bool cancel;
    sb_simulation *work; /* the thread's own while it runs */
    pthread_mutex_t mutex;
    /* under the mutex */
    sb_simulation *published;
    bool running, unread;
    sb_status status;
    sb_error error;
};

sb_simulator *sb_simulator_new(void)
{
    sb_simulator *simulator = sb_allocate(1, sizeof *simulator);
    if (simulator == NULL) {
        return NULL;
    }
    if (!sb_thread_pipe(simulator->pipe)) {
        free(simulator);
        return NULL;
    }
    pthread_mutex_init(&simulator->mutex, NULL);
    return simulator;
}

/* Under the mutex: one byte in the pipe while there is something to take. */
static void mark_unread(sb_simulator *simulator)
{
    if (!simulator->unread) {
        ssize_t count = write(simulator->pipe[1], "s", 1);
        (void)count;
        simulator->unread = true;
    }
}

static bool publish(void *context, const sb_simulation *so_far)
{
    sb_simulator *simulator = context;
    pthread_mutex_lock(&simulator->mutex);
    (void)sb_simulation_adopt(simulator->published, so_far);
    mark_unread(simulator);
    pthread_mutex_unlock(&simulator->mutex);
    return true;
}

static void *work(void *context)
{
    sb_simulator *simulator = context;
    sb_simulation_options options = SB_SIMULATION_OPTIONS_DEFAULT;
    options.cancel = &simulator->cancel;
    options.progress = publish;
    options.context = simulator;
    options.interval = seconds_between;
    sb_error error;
    sb_error_clear(&error);
    sb_status status = sb_simulation_run(simulator->work, &options, &error);
    flint_cleanup();
    pthread_mutex_lock(&simulator->mutex);
    simulator->running = false;
    simulator->status = status == SB_ERROR_CANCELLED ? SB_OK : status;
    simulator->error = error;
    mark_unread(simulator);
    pthread_mutex_unlock(&simulator->mutex);
    return NULL;
}

static bool start_thread(sb_simulator *simulator)
{
    simulator->running = true;
    simulator->started = sb_thread_start(&simulator->thread, work, simulator);
    simulator->running = simulator->started;
    return simulator->started;
}

sb_status sb_simulator_start(sb_simulator *simulator, const sb_simulation *simulation,
                             sb_error *error)
{
    sb_simulator_stop(simulator);
    sb_simulation_free(simulator->work);
    sb_simulation_free(simulator->published);
    simulator->work = sb_simulation_copy(simulation);
    simulator->published = sb_simulation_copy(simulation);
    if (simulator->work == NULL || simulator->published == NULL) {
        return sb_out_of_memory(error);
    }
    atomic_store(&simulator->cancel, false);
    pthread_mutex_lock(&simulator->mutex);
    simulator->status = SB_OK;
    bool started = start_thread(simulator);
    pthread_mutex_unlock(&simulator->mutex);
    return started ? SB_OK
                   : sb_error_set(error, SB_ERROR_LIMIT, "the system gives no thread to work in");
}

void sb_simulator_stop(sb_simulator *simulator)
{
    if (simulator->started) {
        atomic_store(&simulator->cancel, true);
        pthread_join(simulator->thread, NULL);
        simulator->started = false;
    }
}

bool sb_simulator_running(const sb_simulator *simulator)
{
    sb_simulator *locked = (sb_simulator *)simulator;
    pthread_mutex_lock(&locked->mutex);
    bool running = locked->running;
    pthread_mutex_unlock(&locked->mutex);
    return running;
}

bool sb_simulator_take(sb_simulator *simulator, sb_simulation *into, sb_error *error)
{
    pthread_mutex_lock(&simulator->mutex);
    bool any = simulator->unread;
    if (any) {
        char byte;
        ssize_t count = read(simulator->pipe[0], &byte, 1);
        (void)count;
        simulator->unread = false;
        if (into != NULL && simulator->published != NULL) {
            (void)sb_simulation_adopt(into, simulator->published);
        }
        if (simulator->status != SB_OK && error != NULL) {
            *error = simulator->error;
        }
        simulator->status = SB_OK;
    }
    pthread_mutex_unlock(&simulator->mutex);
    return any;
}

int sb_simulator_descriptor(const sb_simulator *simulator)
{
    return simulator->pipe[0];
}

void sb_simulator_free(sb_simulator *simulator)
{
    if (simulator == NULL) {
        return;
    }
    sb_simulator_stop(simulator);
    sb_simulation_free(simulator->work);
    sb_simulation_free(simulator->published);
    close(simulator->pipe[0]);
    close(simulator->pipe[1]);
    pthread_mutex_destroy(&simulator->mutex);
    free(simulator);
}
