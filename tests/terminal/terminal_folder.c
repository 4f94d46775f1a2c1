/* The state folder of a program in a terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/terminal_folder.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void terminal_folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry = NULL;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char inner[512];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        (void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0) {
            terminal_folder_remove(inner);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    (void)rmdir(path);
}

int terminal_folder_files(const char *path, const char *except)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        /* A file that is still being written does not count. */
        const char *name = strrchr(path, '/') + 1;
        bool list = strcmp(name, "recent") == 0; /* of files opened: no work */
        return strcmp(name, except) != 0 && !list && strstr(name, ".tmp") == NULL ? 1 : 0;
    }
    struct dirent *entry = NULL;
    int count = 0;
    while ((entry = readdir(folder)) != NULL) {
        char inner[512];
        (void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        count += entry->d_name[0] == '.' ? 0 : terminal_folder_files(inner, except);
    }
    (void)closedir(folder);
    return count;
}
