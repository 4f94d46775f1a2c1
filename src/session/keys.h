/* The keys: one table that dispatch, the bottom row, the help screen and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_KEYS_H
#define SB_SESSION_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/session.h"

/* Where a binding is in force. */
typedef enum sb_key_context {
    SB_KEYS_ANYWHERE,
    SB_KEYS_WORK,   /* every screen but the help */
    SB_KEYS_SEARCH, /* every screen but the help, while a deterministic mechanism is searched for,
                       or that was stopped */
    SB_KEYS_TABLE,  /* the table screen, any pane */
    SB_KEYS_PRIOR,  /* the prior or the values in hand; the truth of the misbelief screen */
    SB_KEYS_LISTS,  /* the table screen with a scrolling pane in hand */
    SB_KEYS_BLOW_UP,
    SB_KEYS_GEOMETRY,
    SB_KEYS_MISBELIEF,
    SB_KEYS_ROBUST,
    SB_KEYS_SIMULATE,
    SB_KEYS_BASELINES,
    SB_KEYS_LP,
    SB_KEYS_INCENTIVES,
    SB_KEYS_FILTERED,  /* the table while a filter is set and nothing is marked */
    SB_KEYS_MARKED,    /* the table while it marks what a rule is about */
    SB_KEYS_PRESENTER, /* every screen but the help, while answers are hidden */
    SB_KEYS_TOUR,      /* every screen but the help, while a tour is played */
    SB_KEYS_ASKED,     /* the same, while its question waits for its answer */
    SB_KEYS_ANSWERED,  /* the same, while none does */
    SB_KEYS_OWN,       /* every screen but the help: what the reader has bound */
    SB_KEYS_HELP,
    SB_KEYS_PALETTE, /* while the palette is open */
    SB_KEYS_ENTRY    /* while typing into a cell */
} sb_key_context;

typedef struct sb_key_binding {
    const char *keys;    /* names separated by blanks: "Left h"; the blank itself is "Space" */
    const char *command; /* what it runs: "move left"; in SB_KEYS_ENTRY the entry's own words. %k is
                            the key, %c and %C the player and type of the column under the cursor,
                            %r and %R of the row (in the values pane all are the agent and type) */
    const char *label;   /* two words at most, for the bottom row: "undo" */
    const char *help;    /* one line */
    sb_key_context context;
    int importance;  /* the bottom row shows what fits, most important first; 0: never */
    bool opens_line; /* the command line opens with this text instead of running it */
} sb_key_binding;

size_t sb_key_count(void);
const sb_key_binding *sb_key_at(size_t index);
/* The binding of a key now, or NULL. */
const sb_key_binding *sb_key_find(const sb_session *session, const char *key);
/* Is this binding in force now? */
bool sb_key_in_force(const sb_session *session, const sb_key_binding *binding);

#endif
