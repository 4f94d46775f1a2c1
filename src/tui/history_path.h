/* Where the lines typed are kept.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_HISTORY_PATH_H
#define SB_TUI_HISTORY_PATH_H

/* $XDG_STATE_HOME/sidebet/history, else ~/.local/state/sidebet/history, made (readable by its owner
 * alone) if it is not there; NULL where that cannot be. Freed by the caller. */
char *sb_history_path(void);

#endif
