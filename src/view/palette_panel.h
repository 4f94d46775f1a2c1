/* The palette over a screen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PALETTE_PANEL_H
#define SB_VIEW_PALETTE_PANEL_H

#include "session/session.h"
#include "view/canvas.h"

/* Over the rows [top, top + rows) as many as it needs; nothing where the palette is closed. */
void sb_palette_panel_draw(const sb_session *session, sb_canvas *canvas, int top, int rows);

#endif
