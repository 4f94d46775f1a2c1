/* Where files of the reader's own are.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/folders.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"

static char *file_of(const char *variable, const char *below_home, const char *name)
{
    const char *folder = getenv(variable);
    const char *home = getenv("HOME");
    if (folder != NULL && folder[0] == '/') {
        return sb_format_text("%s/sidebet/%s", folder, name);
    }
    return home == NULL || home[0] != '/'
               ? NULL
               : sb_format_text("%s/%s/sidebet/%s", home, below_home, name);
}

char *sb_config_file(const char *name)
{
    return file_of("XDG_CONFIG_HOME", ".config", name);
}

char *sb_state_file(const char *name)
{
    return file_of("XDG_STATE_HOME", ".local/state", name);
}

sb_status sb_make_folders(char *path, const char *purpose, sb_error *error)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        if (!made) {
            sb_error_set(error, SB_ERROR_IO, "cannot make the directory %s for %s: %s", path,
                         purpose, strerror(errno));
        }
        *slash = '/';
        if (!made) {
            return SB_ERROR_IO;
        }
    }
    return SB_OK;
}
