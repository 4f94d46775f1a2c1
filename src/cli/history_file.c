/* Where the lines typed at the prompt are kept.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

/* Make every directory on the way to a file. */
static bool make_parents(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(path, S_IRWXU) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) {
            return false;
        }
    }
    return true;
}

char *sb_history_file_open(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    char *path = NULL;
    if (state != NULL && state[0] == '/') { /* relative ones are to be ignored */
        path = sb_format_text("%s/sidebet/history", state);
    } else if (home != NULL && home[0] == '/') {
        path = sb_format_text("%s/.local/state/sidebet/history", home);
    }
    if (path == NULL) {
        return NULL;
    }
    int file = make_parents(path)
                   ? open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR)
                   : -1;
    if (file < 0) {
        free(path);
        return NULL;
    }
    close(file);
    return path;
}
