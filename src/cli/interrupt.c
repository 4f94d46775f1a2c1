/* Ctrl-C, or the request to end, while something is being solved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A signal handler can reach nothing but a static object; these three are the only ones. Schedulers
 * of clusters and timeout(1) send SIGTERM: both signals are taken alike. Some send a signal to the
 * process and to its group, so that it arrives twice at once: that is one request.
 */
#include "cli/interrupt.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { ONE_REQUEST_MILLISECONDS = 250 };

static atomic_bool interrupted;
static atomic_int received; /* the signal that raised the flag; 0: none did */

static atomic_llong first; /* when it came, in milliseconds */

static long long milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void raise_flag(int number)
{
    if (!atomic_load(&interrupted)) {
        atomic_store(&first, milliseconds_now());
        atomic_store(&received, number);
        atomic_store(&interrupted, true);
    } else if (milliseconds_now() - atomic_load(&first) > ONE_REQUEST_MILLISECONDS) {
        sb_interrupt_end();
    }
}

static void watch(int number)
{
    struct sigaction before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        struct sigaction action = {0};
        action.sa_handler = raise_flag;
        sigemptyset(&action.sa_mask);
        sigaction(number, &action, NULL);
    }
}

const atomic_bool *sb_interrupt_watch(void)
{
    watch(SIGINT);
    watch(SIGTERM);
    return &interrupted;
}

void sb_interrupt_end(void)
{
    int number = atomic_load(&received);
    number = number == 0 ? SIGINT : number;
    struct sigaction action = {0};
    action.sa_handler = SIG_DFL;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
    raise(number);
}
