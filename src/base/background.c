/* Work in a thread of its own, which somebody at a screen waits for, looks at, or calls off.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/background.h"

#include <poll.h>
#include <unistd.h>

#include <flint/flint.h>

#include "base/clock.h"
#include "base/thread.h"

static void *run(void *context)
{
    sb_background *background = context;
    background->work(background->context);
    flint_cleanup();
    (void)close(background->pipe[1]);
    return NULL;
}

bool sb_background_start(sb_background *background, void (*work)(void *context), void *context)
{
    *background = (sb_background){.work = work, .context = context};
    atomic_init(&background->cancel, false);
    if (!sb_thread_pipe(background->pipe)) {
        return false;
    }
    background->started = sb_thread_start(&background->thread, run, background);
    for (int end = 0; !background->started && end < 2; end++) {
        (void)close(background->pipe[end]);
    }
    return background->started;
}

void sb_background_say(const sb_background *background)
{
    (void)!write(background->pipe[1], "", 1); /* a full pipe is as good */
}

bool sb_background_hear(const sb_background *background, bool *ended)
{
    char bytes[64];
    ssize_t count = read(background->pipe[0], bytes, sizeof bytes);
    *ended = count == 0;
    return count >= 0;
}

bool sb_background_ended(const sb_background *background, double seconds)
{
    const double until = sb_seconds() + seconds;
    bool ended = false;
    for (;;) {
        while (sb_background_hear(background, &ended) && !ended) {
        }
        double left = until - sb_seconds();
        if (ended || (seconds >= 0 && left <= 0)) {
            return ended;
        }
        struct pollfd pipe = {.fd = background->pipe[0], .events = POLLIN};
        (void)poll(&pipe, 1, seconds < 0 ? -1 : (int)(left * 1000) + 1);
    }
}

int sb_background_descriptor(const sb_background *background)
{
    return background->pipe[0];
}

void sb_background_join(sb_background *background)
{
    if (background->started) {
        (void)pthread_join(background->thread, NULL);
        (void)close(background->pipe[0]);
        background->started = false;
    }
}

void sb_background_call_off(sb_background *background)
{
    if (background->started) {
        atomic_store(&background->cancel, true);
    }
    sb_background_join(background);
}
