/* Signals: handlers set flags, the loop acts; a crash gives the terminal back first.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_SIGNALS_H
#define SB_TUI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* Install the handlers and block their signals: they arrive only while the loop waits with
 * *waiting, the mask to give to pselect. After sb_terminal_start. */
void sb_signals_start(sigset_t *waiting);
/* Put everything back. */
void sb_signals_stop(void);

/* Each is true once for any number of arrivals. */
bool sb_signals_take_resize(void);
bool sb_signals_take_suspend(void);
bool sb_signals_take_continue(void);
/* The signal that asks to end (SIGTERM, SIGHUP, SIGINT, SIGQUIT), or 0. */
int sb_signals_ending(void);

/* Stop this job as Ctrl-Z would, and come back when it is continued. */
void sb_signals_stop_job(void);

#endif
