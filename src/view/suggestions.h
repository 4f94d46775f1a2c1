/* Keys that fit what is seen, suggested where the message row says nothing else.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_SUGGESTIONS_H
#define SB_VIEW_SUGGESTIONS_H

#include "session/session.h"
#include "view/canvas.h"

enum { SB_MOST_SUGGESTIONS = 2 };

typedef struct sb_suggestion {
    const char *command; /* its key is shown */
    const char *words;
} sb_suggestion;

/* The most useful first; returns how many. Never about what a presenter hides. */
size_t sb_suggestions(const sb_session *session, sb_suggestion *suggestions);
/* Columns to leave free for the first of them, with a gap; 0 where a row has no room. */
int sb_suggestions_columns(const sb_session *session, const sb_canvas *canvas);
/* At the right end of a row, as many as fit behind what is there already. */
void sb_suggestions_draw(const sb_session *session, sb_canvas *canvas, int row);

#endif
