/* A simulation in the background.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread of its own runs it on all processors; what is done so far can be taken at any time. It
 * works on a copy, so that tables can be edited meanwhile.
 */
#ifndef SB_SESSION_SIMULATOR_H
#define SB_SESSION_SIMULATOR_H

#include "sidebet/simulation.h"

typedef struct sb_simulator sb_simulator;
sb_simulator *sb_simulator_new(void);            /* NULL when memory or pipes run out */
void sb_simulator_free(sb_simulator *simulator); /* stops it; NULL allowed */
/* Go on with what is missing in a simulation; one that runs is stopped first. */
sb_status sb_simulator_start(sb_simulator *simulator, const sb_simulation *simulation,
                             sb_error *error);
/* Stop and wait until it has; what is done can still be taken. */
void sb_simulator_stop(sb_simulator *simulator);
bool sb_simulator_running(const sb_simulator *simulator);
/* Add what is new to a simulation of the same plan; true when something was, or when it has ended
 * since. A run that failed says so in `error`, once. */
bool sb_simulator_take(sb_simulator *simulator, sb_simulation *into, sb_error *error);
/* Readable whenever sb_simulator_take would return true. */
int sb_simulator_descriptor(const sb_simulator *simulator);

#endif
