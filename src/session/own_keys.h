/* Keys of the reader's own, and keys of the table that were taken away.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_OWN_KEYS_H
#define SB_SESSION_OWN_KEYS_H

#include "session/keys.h"

typedef struct sb_own_key {
    sb_key_binding binding; /* in force on every screen but the help */
    char *key, *command, *label;
} sb_own_key;

typedef struct sb_own_keys {
    sb_own_key *bound;
    size_t bound_count, bound_capacity;
    char **unbound; /* keys of the table that do nothing */
    size_t unbound_count, unbound_capacity;
} sb_own_keys;

void sb_own_keys_clear(sb_own_keys *keys);
/* Is this the name of a key? "a", "F2", "C-t", "Space". */
bool sb_key_is_name(const char *key);
/* Does a binding of the table name this key? */
bool sb_key_names(const sb_key_binding *binding, const char *key);

/* A key of the reader's own; NULL: none. */
const sb_key_binding *sb_own_key_find(const sb_session *session, const char *key);
bool sb_key_is_unbound(const sb_session *session, const char *key);

/* Keys of now: those of the table and then the reader's own. */
size_t sb_session_key_count(const sb_session *session);
const sb_key_binding *sb_session_key_at(const sb_session *session, size_t index);
/* The names of a binding's keys less those that were taken away; freed by the caller. */
char *sb_session_key_names(const sb_session *session, const sb_key_binding *binding);
/* The first key that runs exactly this command and is in force; NULL: none. Freed by the caller. */
char *sb_session_key_for(const sb_session *session, const char *command);

#endif
