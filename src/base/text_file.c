/* Reading and writing whole files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is replaced by renaming a complete, flushed temporary over it, so that whatever fails on
 * the way leaves the old file as it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

static sb_status refused(sb_error *error, const char *what, const char *path, int number)
{
    char reason[128] = "";
    if (strerror_r(number, reason, sizeof reason) != 0) {
        (void)snprintf(reason, sizeof reason, "error %d", number);
    }
    (void)sb_error_set(error, SB_ERROR_IO, "cannot %s '%s': %s", what, path, reason);
    return SB_ERROR_IO;
}

/* ---- reading ---- */

static sb_status read_stream(FILE *stream, const char *path, size_t limit, sb_text *text,
                             sb_error *error)
{
    char block[16384];
    size_t count = 0;
    while ((count = fread(block, 1, sizeof block, stream)) > 0) {
        if (count > limit - text->length) {
            return sb_error_set(error, SB_ERROR_LIMIT, "'%s' has more than %zu bytes", path, limit);
        }
        sb_text_add_part(text, block, count);
        if (text->failed) {
            return sb_out_of_memory(error);
        }
    }
    return ferror(stream) ? refused(error, "read", path, errno) : SB_OK;
}

sb_status sb_text_read_file(const char *path, size_t limit, char **bytes, size_t *length,
                            sb_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *stream = standard ? stdin : fopen(path, "rbe");
    if (stream == NULL) {
        return refused(error, "open", path, errno);
    }
    sb_text text;
    sb_text_init(&text);
    sb_status status = read_stream(stream, standard ? "standard input" : path, limit, &text, error);
    if (!standard) {
        (void)fclose(stream);
    }
    if (status == SB_OK) {
        size_t read = text.length;
        char *taken = sb_text_take(&text, error);
        if (taken == NULL) {
            return SB_ERROR_MEMORY;
        }
        *bytes = taken;
        *length = read;
        return SB_OK;
    }
    sb_text_clear(&text);
    return status;
}

/* ---- writing ---- */

/* The part of path up to and including its last slash; "" where it has none. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return sb_copy_text_part(path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
}

/* One step along a symbolic link: what `link` names, seen from its folder. */
static char *link_target(const char *link)
{
    char target[PATH_MAX];
    ssize_t length = readlink(link, target, sizeof target - 1);
    if (length < 0) {
        return NULL;
    }
    target[length] = '\0';
    if (target[0] == '/') {
        return sb_copy_text(target);
    }
    char *folder = folder_of(link);
    char *joined = folder == NULL ? NULL : sb_format_text("%s%s", folder, target);
    free(folder);
    return joined;
}

/* The file that path leads to through symbolic links, whether it exists or not, and what is there.
 * realpath() would refuse a link to a file that is still to be made. */
static sb_status follow_links(const char *path, char **real, struct stat *there, bool *exists,
                              sb_error *error)
{
    char *current = sb_copy_text(path);
    for (int step = 0; step < 40 && current != NULL; step++) {
        *exists = lstat(current, there) == 0;
        if (!*exists && errno != ENOENT) {
            int number = errno;
            free(current);
            return refused(error, "write", path, number);
        }
        if (!*exists || !S_ISLNK(there->st_mode)) {
            *real = current;
            return SB_OK;
        }
        errno = 0;
        char *next = link_target(current);
        int number = errno;
        free(current);
        current = next;
        if (next == NULL && number != 0 && number != ENOMEM) {
            return refused(error, "write", path, number);
        }
    }
    bool circular = current != NULL;
    free(current);
    return circular ? refused(error, "write", path, ELOOP) : sb_out_of_memory(error);
}

/* 0, or the error number. */
static int write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
        }
    }
    return 0;
}

/* A device or a pipe cannot be replaced, only written to. */
static sb_status write_through(const char *path, const char *bytes, size_t length, sb_error *error)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) {
        return refused(error, "write", path, errno);
    }
    int number = write_all(file, bytes, length);
    if (close(file) != 0 && number == 0) {
        number = errno;
    }
    return number == 0 ? SB_OK : refused(error, "write", path, number);
}

/* A new file beside `real`; its name in *name. Made with the permissions that the final file has
 * from the start, for a new file as the umask says, which mkstemp() followed by chmod() could only
 * do by changing the umask of the whole process for a moment. */
static int open_temporary(const char *real, mode_t mode, char **name)
{
    for (int attempt = 0; attempt < 100; attempt++) {
        *name = sb_format_text("%s.%ld-%d.tmp", real, (long)getpid(), attempt);
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

/* 0, or the error number. */
static int fill_temporary(int file, const struct stat *replaced, const char *bytes, size_t length)
{
    if (replaced != NULL) {
        /* Only root can keep another's ownership; without it the permissions still hold, save for
         * those that would let others run the file as its new owner. */
        mode_t kept = 07777U;
        if (fchown(file, replaced->st_uid, replaced->st_gid) != 0) {
            kept = 0777U;
        }
        if (fchmod(file, replaced->st_mode & kept) != 0) {
            return errno;
        }
    }
    int number = write_all(file, bytes, length);
    if (number == 0 && fsync(file) != 0) {
        number = errno;
    }
    return number;
}

/* The new name is on disk only once its folder is. 0, or the error number. */
static int flush_folder(const char *real)
{
    char *folder = folder_of(real);
    if (folder == NULL) {
        return ENOMEM;
    }
    int file = open(folder[0] == '\0' ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (file < 0) {
        /* A folder that may be written but not read cannot be flushed by us. */
        return errno == EACCES ? 0 : errno;
    }
    int number = fsync(file) == 0 || errno == EINVAL ? 0 : errno;
    (void)close(file);
    return number;
}

static sb_status replace_file(const char *real, const struct stat *replaced, const char *path,
                              const char *bytes, size_t length, sb_error *error)
{
    char *name = NULL;
    int file = open_temporary(real, replaced == NULL ? 0666 : replaced->st_mode & 0777U, &name);
    if (file < 0) {
        return errno == ENOMEM ? sb_out_of_memory(error)
                               : refused(error, "make a temporary file beside", path, errno);
    }
    int number = fill_temporary(file, replaced, bytes, length);
    if (close(file) != 0 && number == 0) {
        number = errno;
    }
    if (number == 0 && rename(name, real) != 0) {
        number = errno;
    }
    if (number != 0) {
        (void)unlink(name);
        free(name);
        return refused(error, "write", path, number);
    }
    free(name);
    number = flush_folder(real);
    return number == 0 ? SB_OK : refused(error, "flush the folder of", path, number);
}

sb_status sb_text_write_file(const char *path, const char *bytes, size_t length, sb_error *error)
{
    char *real = NULL;
    struct stat there;
    bool exists = false;
    sb_status status = follow_links(path, &real, &there, &exists, error);
    if (status != SB_OK || real == NULL) {
        return status;
    }
    if (exists && S_ISDIR(there.st_mode)) {
        status = refused(error, "write", path, EISDIR);
    } else if (exists && access(real, W_OK) != 0) {
        status = refused(error, "write", path, errno);
    } else if (exists && !S_ISREG(there.st_mode)) {
        status = write_through(real, bytes, length, error);
    } else {
        status = replace_file(real, exists ? &there : NULL, path, bytes, length, error);
    }
    free(real);
    return status;
}

bool sb_text_same_file(const char *left, const char *right)
{
    struct stat one;
    struct stat other;
    return stat(left, &one) == 0 && stat(right, &other) == 0 && S_ISREG(one.st_mode) &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool sb_text_file_exists(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISREG(there.st_mode);
}
