/* The palette: every command, key and recent file, found by a few letters of its name.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_PALETTE_H
#define SB_SESSION_PALETTE_H

#include "session/session.h"

typedef struct sb_palette_item {
    char *line;    /* what Enter runs, or puts on the command line */
    char *summary; /* what it does */
    char *key;     /* the key that does the same now; NULL: none */
    bool opens_line;
    long score;
} sb_palette_item;

/* How well the letters of pattern are found, in this order, in text: consecutive letters and
 * beginnings of words count more, gaps less; negative: not all of them are there. Case does not
 * matter, and blanks in the pattern are passed over. An empty pattern is found everywhere: 0. */
long sb_palette_score(const char *pattern, const char *text);

bool sb_palette_is_open(const sb_session *session);
/* What is typed; NULL where the palette is closed. */
const char *sb_palette_text(const sb_session *session);
size_t sb_palette_count(const sb_session *session);
/* The items that fit, best first. */
const sb_palette_item *sb_palette_at(const sb_session *session, size_t index);
size_t sb_palette_chosen(const sb_session *session);

#endif
