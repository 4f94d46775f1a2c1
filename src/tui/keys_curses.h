/* Curses' keys by the names the table of keys uses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_KEYS_CURSES_H
#define SB_TUI_KEYS_CURSES_H

#include <stdbool.h>

typedef struct sb_key {
    char name[24];   /* "a", "Up", "C-r", "M-f", any UTF-8 character; "" for a key without a name */
    int row, column; /* of a "Click" */
    char sequence[24]; /* the bytes a line editor expects for it */
} sb_key;

/* The next key that has been typed; false when there is none waiting. */
bool sb_key_read(sb_key *key);

#endif
