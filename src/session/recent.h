/* Files that were opened lately, the last one first, in the state directory.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_RECENT_H
#define SB_SESSION_RECENT_H

#include <stddef.h>

#include "sidebet/error.h"

enum { SB_MOST_RECENT = 20 };

typedef struct sb_recent {
    char *paths[SB_MOST_RECENT]; /* absolute */
    size_t count;
} sb_recent;

/* Those that are still there; none where nothing can be read. Freed with sb_recent_clear. */
void sb_recent_read(sb_recent *recent);
void sb_recent_clear(sb_recent *recent);
/* Put a file first. The list is replaced as a whole, so that nobody reads half of it. */
sb_status sb_recent_add(const char *path, sb_error *error);

#endif
