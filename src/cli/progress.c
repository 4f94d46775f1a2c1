/* How far the work is, on a terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

/* Back to the line's begin and erase it: every terminal that shows a cursor knows this. */
static const char over[] = "\r\033[K";

void sb_progress_show(const char *what, size_t done, size_t planned)
{
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    if (planned > 0) {
        fprintf(stderr, "%s%s: %zu of %zu", over, what, done, planned);
    } else {
        fprintf(stderr, "%s%s: %zu", over, what, done);
    }
    fflush(stderr);
}

void sb_progress_end(void)
{
    if (isatty(STDERR_FILENO)) {
        fputs(over, stderr);
        fflush(stderr);
    }
}
