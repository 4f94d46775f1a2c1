/* Where the lines typed at the prompt are kept.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_HISTORY_FILE_H
#define SB_CLI_HISTORY_FILE_H

/* The path of the history in the XDG state directory (XDG_STATE_HOME or ~/.local/state,
 * sidebet/history), readable by its owner alone; made if it was not there. NULL where it cannot be
 * kept. Freed by the caller. */
char *sb_history_file_open(void);

#endif
