/* A topic of the manual on the help screen, and the search for a text there.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_HELP_TOPIC_H
#define SB_VIEW_HELP_TOPIC_H

#include "session/session.h"
#include "view/lines.h"

void sb_help_topic_lines(sb_lines *lines, const sb_canvas *canvas, int width, const char *topic);

/* Mark the line that the display's search is at and set *first to the line to show first; nothing
 * without a search. Returns what to say of it ("'cut' 2 of 7"), freed by the caller; may be NULL.
 */
char *sb_help_search(sb_lines *lines, const sb_display *display, size_t *first);

#endif
