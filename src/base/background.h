/* Work in a thread of its own, which somebody at a screen waits for, looks at, or calls off.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the work leaves behind is the thread's until it has ended, and the owner's once joined.
 */
#ifndef SB_BASE_BACKGROUND_H
#define SB_BASE_BACKGROUND_H

#include <pthread.h>
#include <stdbool.h>

#include "sidebet/cancel_flag.h"

typedef struct sb_background {
    void (*work)(void *context);
    void *context;
    sb_cancel_flag cancel; /* raised to call the work off; the work polls it */
    pthread_t thread;
    bool started;
    int pipe[2]; /* a byte for each word of the work; its writing end is closed at the end */
} sb_background;

/* Begin, in a structure that stays where it is until joined. False, and nothing is to be joined:
 * the system gives no thread. */
bool sb_background_start(sb_background *background, void (*work)(void *context), void *context);
/* In the thread: there is something to look at. */
void sb_background_say(const sb_background *background);
/* Take what was said. True: something was, if only that it has ended. */
bool sb_background_hear(const sb_background *background, bool *ended);
/* Has it ended? Wait so many seconds for that; negative: as long as it takes. */
bool sb_background_ended(const sb_background *background, double seconds);
/* Readable when there is something to hear. */
int sb_background_descriptor(const sb_background *background);
/* Wait for its end; one that was not started, or is joined already, is left alone. */
void sb_background_join(sb_background *background);
/* The same, called off first. */
void sb_background_call_off(sb_background *background);

#endif
