/* How far the work is, on a terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_PROGRESS_H
#define SB_CLI_PROGRESS_H

#include <stddef.h>

/* One line on standard error, written over the last one; nothing where that is no terminal.
 * planned 0: not known. */
void sb_progress_show(const char *what, size_t done, size_t planned);
/* The same with a bar and the time left, judged by `elapsed` seconds for what is done. */
void sb_progress_bar(const char *what, size_t done, size_t planned, double elapsed);
/* Any short line, likewise. */
void sb_progress_line(const char *line);
/* Take the line away again. */
void sb_progress_end(void);

#endif
