/* Starting threads, and the pipes they wake others by.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_THREAD_H
#define SB_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Start a thread that leaves signals to the others. False: the system gives none. */
bool sb_thread_start(pthread_t *thread, void *(*work)(void *context), void *context);
/* A pipe for a byte that wakes whoever waits with poll or select: neither end is ever waited for,
 * nor left to another program. False, and both ends are -1: the system gives none. */
bool sb_thread_pipe(int ends[2]);

#endif
