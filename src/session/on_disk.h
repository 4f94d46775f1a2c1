/* What a file held when it was last read or written, to notice that another program changed it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The content counts, not its time or its place: a file that was replaced by an equal one, or moved
 * away and linked back, is unchanged; one that was written within the same second is changed.
 */
#ifndef SB_SESSION_ON_DISK_H
#define SB_SESSION_ON_DISK_H

#include <stdbool.h>
#include <stdint.h>

typedef enum sb_on_disk_kind {
    SB_ON_DISK_UNKNOWN, /* never looked, or no plain file: nothing is known that could change */
    SB_ON_DISK_ABSENT,
    SB_ON_DISK_UNREADABLE,
    SB_ON_DISK_READ
} sb_on_disk_kind;
typedef struct sb_on_disk {
    sb_on_disk_kind kind;
    uint64_t length, hash; /* where read */
} sb_on_disk;

/* path NULL: unknown. */
sb_on_disk sb_on_disk_look(const char *path);
/* Would writing now lose what another program has written since `then`? Not where the file is gone:
 * there is nothing to lose. */
bool sb_on_disk_changed(const sb_on_disk *then, const char *path);

#endif
