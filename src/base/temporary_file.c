/* Temporary files beside those that they become, and what a killed process has left of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file_parts.h"
#include "base/memory.h"
#include "base/text.h"

char *sb_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return sb_copy_text_part(path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
}

/* Room in a name for what makes a temporary of it. */
enum { longest_stem = NAME_MAX - 40, seconds_of_a_write = 10 };

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* "FILE.PROCESS-NUMBER.tmp" beside FILE, which is cut where that would be too long. */
static char *temporary_name(const char *real, int number)
{
    const char *name = name_of(real);
    size_t length = strlen(name);
    return sb_format_text("%.*s%.*s.%ld-%d.tmp", (int)(name - real), real,
                          (int)(length < longest_stem ? length : longest_stem), name,
                          (long)getpid(), number);
}

int sb_temporary_open(const char *real, mode_t mode, char **name)
{
    for (int attempt = 0; attempt < 100; attempt++) {
        *name = temporary_name(real, attempt);
        if (*name == NULL) {
            errno = ENOMEM;
            return -1;
        }
        int file = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (file >= 0) {
            return file;
        }
        int number = errno;
        free(*name);
        *name = NULL;
        errno = number;
        if (number != EEXIST) {
            return -1;
        }
    }
    return -1;
}

bool sb_text_is_abandoned(const char *path)
{
    const char *name = name_of(path);
    size_t length = strlen(name);
    size_t end = length;
    if (length < 5 || strcmp(name + length - 4, ".tmp") != 0) {
        return false;
    }
    for (end -= 4; end > 0 && strchr("0123456789-", name[end - 1]) != NULL; end--) {
    }
    long process = 0;
    int number = 0;
    int read = 0;
    if (end == 0 || name[end - 1] != '.' ||
        sscanf(name + end, "%ld-%d.tmp%n", &process, &number, &read) != 2 ||
        end + (size_t)read != length || process <= 0) {
        return false;
    }
    /* Its age, as a folder may be shared with other machines, whose processes we do not see. */
    struct stat found;
    return kill((pid_t)process, 0) != 0 && errno == ESRCH && lstat(path, &found) == 0 &&
           S_ISREG(found.st_mode) && found.st_mtime + seconds_of_a_write < time(NULL);
}

void sb_temporaries_sweep(const char *real)
{
    char *folder = sb_folder_of(real);
    const char *stem = name_of(real);
    size_t length = strlen(stem);
    length = length < longest_stem ? length : longest_stem;
    DIR *open_folder = folder == NULL ? NULL : opendir(folder[0] == '\0' ? "." : folder);
    for (struct dirent *entry = NULL;
         open_folder != NULL && (entry = readdir(open_folder)) != NULL;) {
        if (strncmp(entry->d_name, stem, length) != 0 || entry->d_name[length] != '.') {
            continue;
        }
        char *path = sb_format_text("%s%s", folder, entry->d_name);
        if (path != NULL && sb_text_is_abandoned(path)) {
            (void)unlink(path);
        }
        free(path);
    }
    if (open_folder != NULL) {
        (void)closedir(open_folder);
    }
    free(folder);
}
