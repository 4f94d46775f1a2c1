/* What a file held when it was last read or written, to notice that another program changed it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/on_disk.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/hash.h"

/* All of the stream. */
static void read_all(FILE *stream, sb_on_disk *found)
{
    unsigned char block[16384];
    size_t count = 0;
    found->hash = SB_HASH_EMPTY;
    while ((count = fread(block, 1, sizeof block, stream)) > 0) {
        found->hash = sb_hash(found->hash, block, count);
        found->length += count;
    }
    found->kind = ferror(stream) ? SB_ON_DISK_UNREADABLE : SB_ON_DISK_READ;
}

sb_on_disk sb_on_disk_look(const char *path)
{
    sb_on_disk found = {.kind = SB_ON_DISK_UNKNOWN};
    struct stat there;
    if (path == NULL) {
        return found;
    }
    if (stat(path, &there) != 0) {
        found.kind =
            errno == ENOENT || errno == ENOTDIR ? SB_ON_DISK_ABSENT : SB_ON_DISK_UNREADABLE;
        return found;
    }
    if (!S_ISREG(there.st_mode)) {
        return found; /* reading a pipe would take from it */
    }
    FILE *stream = fopen(path, "rbe");
    if (stream == NULL) {
        found.kind = SB_ON_DISK_UNREADABLE;
        return found;
    }
    read_all(stream, &found);
    (void)fclose(stream);
    return found;
}

bool sb_on_disk_changed(const sb_on_disk *then, const char *path)
{
    if (then->kind != SB_ON_DISK_READ) {
        return false;
    }
    sb_on_disk now = sb_on_disk_look(path);
    return now.kind == SB_ON_DISK_UNREADABLE ||
           (now.kind == SB_ON_DISK_READ && (now.length != then->length || now.hash != then->hash));
}
