/* The command line in the message row: readline does the editing, the canvas shows it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_COMMAND_LINE_H
#define SB_TUI_COMMAND_LINE_H

#include <stdbool.h>

#include "session/session.h"
#include "tui/keys_curses.h"
#include "view/canvas.h"

/* Before curses starts (readline looks the terminal up for itself); reads the history. */
void sb_command_line_start(void);
void sb_command_line_stop(void);

bool sb_command_line_is_open(void);
void sb_command_line_open(sb_session *session, const char *text);
/* A key for the open line. Enter runs the command; Escape and C-c close the line at once. */
void sb_command_line_press(const sb_key *key);
/* Draw the line over the message row, completions above it, and place the cursor. */
void sb_command_line_draw(sb_canvas *canvas);

#endif
