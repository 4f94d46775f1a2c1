/* The explorer in a terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_TUI_H
#define SB_TUI_TUI_H

#include "session/session.h"

/* Run the explorer until it is left. Refuses, with a clear sentence and without touching the
 * terminal, where there is no terminal or it cannot place the cursor. *exit_status: 0 left
 * normally, 128+signal when ended by a signal (unsaved work is kept). Out of memory: unsaved work
 * is kept, and where sb_memory_guard_ran_out the session is not freed, since a thread is still in
 * it. */
sb_status sb_tui_run(sb_session *session, int *exit_status, sb_error *error);

#endif
