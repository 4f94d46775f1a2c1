/* Where the lines typed are kept.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tui/history_path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

/* Make every folder on the way to path. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool there = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!there) {
            return false;
        }
    }
    return true;
}

char *sb_history_path(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    char *path = NULL;
    if (state != NULL && state[0] == '/') {
        path = sb_format_text("%s/sidebet/history", state);
    } else if (home != NULL && home[0] == '/') {
        path = sb_format_text("%s/.local/state/sidebet/history", home);
    }
    if (path == NULL) {
        return NULL;
    }
    int file =
        make_folders(path) ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file < 0) {
        free(path);
        return NULL;
    }
    (void)close(file);
    return path;
}
