/* Ctrl-C while something is being solved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A signal handler can reach nothing but a static object; this flag is the only one.
 */
#include "cli/interrupt.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool interrupted;

static void raise_flag(int number)
{
    (void)number;
    atomic_store(&interrupted, true);
}

const atomic_bool *sb_interrupt_watch(void)
{
    struct sigaction before;
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        struct sigaction action = {0};
        action.sa_handler = raise_flag;
        action.sa_flags = (int)SA_RESETHAND;
        sigemptyset(&action.sa_mask);
        sigaction(SIGINT, &action, NULL);
    }
    return &interrupted;
}

void sb_interrupt_end(void)
{
    struct sigaction action = {0};
    action.sa_handler = SIG_DFL;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    raise(SIGINT);
}
