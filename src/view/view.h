/* What the screen says: a session drawn into a cell buffer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_VIEW_H
#define SB_VIEW_VIEW_H

#include "session/session.h"
#include "view/canvas.h"
#include "view/figure.h"

#define SB_VIEW_MIN_ROWS    12
#define SB_VIEW_MIN_COLUMNS 40

/* One screen: a record of functions. draw gets the area between the title row and the last two rows
 * (message, keys); figure fills in the plots, the same as on the screen, or why there are none. */
typedef struct sb_screen_view {
    sb_screen screen;
    const char *name;
    void (*draw)(const sb_session *session, sb_canvas *canvas, int top, int rows);
    void (*figure)(const sb_session *session, sb_view_figure *figure);
} sb_screen_view;
const sb_screen_view *sb_screen_view_of(sb_screen screen);

/* Draw the whole frame: title row, the session's screen, message row, keys of now. A canvas smaller
 * than the minimum gets one sentence instead. Never changes the session, never solves. */
void sb_view_draw(const sb_session *session, sb_canvas *canvas);

#endif
