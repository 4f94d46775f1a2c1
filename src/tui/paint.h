/* The cell buffer painted with curses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_PAINT_H
#define SB_TUI_PAINT_H

#include "session/settings.h"
#include "view/canvas.h"

/* Choose how styles look on this terminal: 256 colours, 8, or attributes alone (also when NO_COLOR
 * is set). After sb_terminal_start. */
void sb_paint_start(const sb_settings *settings);
/* Follow the settings, where they were changed: true when everything will be painted anew. */
bool sb_paint_choose(const sb_settings *settings);
/* Put the canvas on the terminal; curses sends what changed. */
void sb_paint(const sb_canvas *canvas);

#endif
