/* Writing whole files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is replaced by renaming a complete, flushed temporary over it, so that whatever fails on
 * the way leaves the old file as it was. Where the new file could not be what the old one was (it
 * has several names, or an owner or access list that we cannot give), the old file is written over
 * instead, with the complete text beside it until that is done.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_attributes.h"
#include "base/file_parts.h"
#include "base/memory.h"
#include "base/text.h"

/* ---- where and how ---- */

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
    char *folder = sb_folder_of(link);
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
            return sb_file_refused(error, "write", path, number);
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
            return sb_file_refused(error, "write", path, number);
        }
    }
    bool circular = current != NULL;
    free(current);
    return circular ? sb_file_refused(error, "write", path, ELOOP) : sb_out_of_memory(error);
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
        return sb_file_refused(error, "write", path, errno);
    }
    int number = write_all(file, bytes, length);
    if (close(file) != 0 && number == 0) {
        number = errno;
    }
    return number == 0 ? SB_OK : sb_file_refused(error, "write", path, number);
}

/* ---- replacing ---- */

/* Give the new file all that the old one is beside its text; false where that cannot be. */
static bool make_alike(int file, const char *real, const struct stat *replaced)
{
    return replaced->st_nlink == 1 && fchown(file, replaced->st_uid, replaced->st_gid) == 0 &&
           fchmod(file, replaced->st_mode & 07777U) == 0 && sb_file_attributes_copy(real, file);
}

/* 0, or the error number. */
static int flush(int file, const char *bytes, size_t length)
{
    int number = write_all(file, bytes, length);
    if (number == 0 && fsync(file) != 0) {
        number = errno;
    }
    if (close(file) != 0 && number == 0) {
        number = errno;
    }
    return number;
}

/* The new name is on disk only once its folder is. 0, or the error number. */
static int flush_folder(const char *real)
{
    char *folder = sb_folder_of(real);
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

/* Write over the file itself. `whole` is the same text complete and on disk: it stays where this
 * fails, or is killed, halfway. */
static sb_status write_over(const char *real, const char *whole, const char *path,
                            const char *bytes, size_t length, sb_error *error)
{
    char *spare = sb_format_text("%s.%ld.new", real, (long)getpid());
    if (spare == NULL || rename(whole, spare) != 0) {
        int number = spare == NULL ? ENOMEM : errno;
        free(spare);
        (void)unlink(whole);
        return sb_file_refused(error, "write", path, number);
    }
    int number = flush_folder(real);
    int file = number != 0 ? -1 : open(real, O_WRONLY | O_CLOEXEC);
    bool begun = file >= 0;
    if (!begun) {
        number = number != 0 ? number : errno;
    } else {
        /* Truncated at the end, so that room which the file has is not given away before. */
        number = write_all(file, bytes, length);
        number = number == 0 && ftruncate(file, (off_t)length) != 0 ? errno : number;
        int flushed = flush(file, "", 0);
        number = number == 0 ? flushed : number;
    }
    sb_status status = SB_OK;
    if (number == 0 || !begun) {
        (void)unlink(spare);
    }
    if (number != 0) {
        status = sb_file_refused(error, "write", path, number);
    }
    if (number != 0 && begun) {
        sb_error_set_hint(error, "the new text is whole in '%s'", spare);
    }
    free(spare);
    return status;
}

static sb_status replace_file(const char *real, const struct stat *replaced, mode_t mode,
                              const char *path, const char *bytes, size_t length, sb_error *error)
{
    sb_temporaries_sweep(real);
    char *name = NULL;
    int file = sb_temporary_open(real, replaced == NULL ? mode : replaced->st_mode & 0777U, &name);
    if (file < 0) {
        return errno == ENOMEM
                   ? sb_out_of_memory(error)
                   : sb_file_refused(error, "make a temporary file beside", path, errno);
    }
    bool alike = replaced == NULL || make_alike(file, real, replaced);
    int number = flush(file, bytes, length);
    if (number == 0 && alike && rename(name, real) != 0) {
        alike = errno != EBUSY; /* something is mounted there */
        number = alike ? errno : 0;
    }
    if (number != 0) {
        (void)unlink(name);
        free(name);
        return sb_file_refused(error, "write", path, number);
    }
    if (!alike) {
        sb_status status = write_over(real, name, path, bytes, length, error);
        free(name);
        return status;
    }
    free(name);
    number = flush_folder(real);
    return number == 0 ? SB_OK : sb_file_refused(error, "flush the folder of", path, number);
}

static sb_status write_file(const char *path, bool private, const char *bytes, size_t length,
                            sb_error *error)
{
    char *real = NULL;
    struct stat there;
    bool exists = false;
    sb_status status = follow_links(path, &real, &there, &exists, error);
    if (status != SB_OK || real == NULL) {
        return status;
    }
    if (exists && S_ISDIR(there.st_mode)) {
        status = sb_file_refused(error, "write", path, EISDIR);
    } else if (exists && access(real, W_OK) != 0) {
        status = sb_file_refused(error, "write", path, errno);
    } else if (exists && !S_ISREG(there.st_mode)) {
        status = write_through(real, bytes, length, error);
    } else {
        there.st_mode &= private ? ~(mode_t)077 : ~(mode_t)0;
        status = replace_file(real, exists ? &there : NULL, private ? 0600 : 0666, path, bytes,
                              length, error);
    }
    free(real);
    return status;
}

sb_status sb_text_write_file(const char *path, const char *bytes, size_t length, sb_error *error)
{
    return write_file(path, false, bytes, length, error);
}

sb_status sb_text_write_private_file(const char *path, const char *bytes, size_t length,
                                     sb_error *error)
{
    return write_file(path, true, bytes, length, error);
}
