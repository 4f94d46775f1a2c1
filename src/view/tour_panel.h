/* The panel of a tour: its text beside or below the screen in hand.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_TOUR_PANEL_H
#define SB_VIEW_TOUR_PANEL_H

#include "session/session.h"
#include "view/widgets.h"

/* Where the panel goes within the rows of the screens: a column at the right where there is room
 * for both, else the last rows; empty where no tour is played, or the help is shown. */
sb_rectangle sb_tour_panel_place(const sb_session *session, const sb_canvas *canvas, int top,
                                 int rows);
void sb_tour_panel_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);

#endif
