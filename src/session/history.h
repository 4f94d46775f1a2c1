/* The log of a session: what was done, and the snapshots before and after.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entries [0, position) are done, the rest undone. The snapshot in hand is `start` at position 0,
 * else the one after entry position - 1. Each entry remembers under which mass mode it was made, so
 * that the mode, a setting that undo does not touch, can be given back to a script at the right
 * places.
 */
#ifndef SB_SESSION_HISTORY_H
#define SB_SESSION_HISTORY_H

#include "session/results.h"
#include "sidebet/prior_edit.h"

typedef struct sb_history_entry {
    char *command; /* complete and canonical: does the same in a script, wherever the cursor is */
    sb_mass_mode mass;
    sb_snapshot *after;
} sb_history_entry;

typedef struct sb_history {
    sb_snapshot *start; /* NULL: nothing open */
    sb_history_entry *entries;
    size_t count, capacity, position;
} sb_history;

void sb_history_clear(sb_history *history);
/* Forget everything; start is taken over. */
void sb_history_begin(sb_history *history, sb_snapshot *start);
sb_snapshot *sb_history_at(const sb_history *history, size_t position);
/* Log a step from the snapshot in hand; what was undone is forgotten. after is taken over, also on
 * failure. */
sb_status sb_history_add(sb_history *history, const char *command, sb_mass_mode mass,
                         sb_snapshot *after, sb_error *error);

#endif
