/* A lock beside each copy of unsaved work.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The copy itself is replaced with every save, so the lock is a file of its own, hidden beside it.
 * The system lets go of it when a session ends, however that happens. A lock file may be removed
 * while another session has just opened it: who then holds a file that is not there any more tries
 * again.
 */
#include "session/copy_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

static char *lock_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    return sb_format_text("%.*s.%s.lock", folder, path, path + folder);
}

/* Is what is open still what stands under this name? */
static bool is_same(int descriptor, const char *path)
{
    struct stat open_file;
    struct stat named;
    return fstat(descriptor, &open_file) == 0 && stat(path, &named) == 0 &&
           open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

int sb_copy_lock_take(const char *path)
{
    enum { most_tries = 8 };
    char *lock = lock_path(path);
    int descriptor = -1;
    for (int attempt = 0; lock != NULL && descriptor < 0 && attempt < most_tries; attempt++) {
        descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (descriptor < 0) {
            break;
        }
        bool taken = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
        if (!taken || !is_same(descriptor, lock)) {
            close(descriptor);
            descriptor = -1;
        }
        if (!taken) {
            break;
        }
    }
    free(lock);
    return descriptor;
}

void sb_copy_lock_give_up(const char *path, int descriptor)
{
    char *lock = descriptor < 0 || path == NULL ? NULL : lock_path(path);
    if (lock != NULL) {
        unlink(lock);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    free(lock);
}

bool sb_copy_lock_is_held(const char *path)
{
    char *lock = lock_path(path);
    int descriptor = lock == NULL ? -1 : open(lock, O_RDWR | O_CLOEXEC);
    bool held = false;
    if (descriptor >= 0) {
        held = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        close(descriptor);
    }
    free(lock);
    return held;
}
