/* Reading and writing whole files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is replaced by renaming a complete, flushed temporary over it, so that whatever fails on
 * the way leaves the old file as it was. Where the new file could not be what the old one was (it
 * has several names, or an owner or access list that we cannot give), the old file is written over
 * instead, with the complete text beside it until that is done.
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

#include "base/file_attributes.h"
#include "base/memory.h"
#include "base/text.h"

static sb_status refused(sb_error *error, const char *what, const char *path, int number)
{
    char reason[128] = "";
    if (number == ENOMEM) {
        return sb_out_of_memory(error);
    }
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
        if (text->length > limit || count > limit - text->length) {
            return sb_error_set(error, SB_ERROR_LIMIT, "'%s' has more than %zu bytes", path, limit);
        }
        sb_text_add_part(text, block, count);
        if (text->failed) {
            return sb_out_of_memory(error);
        }
    }
    return ferror(stream) ? refused(error, "read", path, errno) : SB_OK;
}

/* A pipe that nobody writes to would be waited for without end: a writer has a second to come. What
 * it wrote by then is taken; from then on reading waits, as for any slow file. */
static sb_status meet_writer(int file, const char *path, sb_text *text, sb_error *error)
{
    enum { WAITS = 50 };
    const struct timespec wait = {.tv_nsec = 20L * 1000 * 1000};
    char block[4096];
    ssize_t count = read(file, block, sizeof block);
    for (int waits = 0; count == 0 && waits < WAITS; waits++) {
        (void)nanosleep(&wait, NULL);
        count = read(file, block, sizeof block);
    }
    if (count == 0) {
        sb_error_set(error, SB_ERROR_IO, "'%s' is a pipe that nobody writes to", path);
        sb_error_set_hint(error, "start what writes to it first, or name a file");
        return SB_ERROR_IO;
    }
    if (count > 0) {
        sb_text_add_part(text, block, (size_t)count);
    } else if (errno != EAGAIN && errno != EINTR) {
        return refused(error, "read", path, errno);
    }
    return SB_OK;
}

/* Opened without waiting, and read with. A stream at the place behind what is in text already; NULL
 * and an error. */
static FILE *open_to_read(const char *path, sb_text *text, sb_error *error)
{
    int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat there;
    if (file < 0 || fstat(file, &there) != 0) {
        (void)refused(error, "open", path, errno);
        if (file >= 0) {
            (void)close(file);
        }
        return NULL;
    }
    sb_status status = S_ISFIFO(there.st_mode) ? meet_writer(file, path, text, error) : SB_OK;
    FILE *stream = NULL;
    if (status == SB_OK) {
        int flags = fcntl(file, F_GETFL);
        stream = flags >= 0 && fcntl(file, F_SETFL, flags & ~O_NONBLOCK) == 0 ? fdopen(file, "rb")
                                                                              : NULL;
        if (stream == NULL) {
            (void)refused(error, "open", path, errno);
        }
    }
    if (stream == NULL) {
        (void)close(file);
    }
    return stream;
}

sb_status sb_text_read_file(const char *path, size_t limit, char **bytes, size_t *length,
                            sb_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    sb_text text;
    sb_text_init(&text);
    FILE *stream = standard ? stdin : open_to_read(path, &text, error);
    if (stream == NULL) {
        sb_text_clear(&text);
        return error == NULL ? SB_ERROR_IO : error->status;
    }
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

/* ---- temporaries ---- */

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

/* A new file beside `real`; its name in *name. Made with the permissions that the final file has
 * from the start, for a new file as the umask says, which mkstemp() followed by chmod() could only
 * do by changing the umask of the whole process for a moment. */
static int open_temporary(const char *real, mode_t mode, char **name)
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

/* What a process that was killed has left beside this file. */
static void remove_abandoned(const char *real)
{
    char *folder = folder_of(real);
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
        return refused(error, "write", path, number);
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
        status = refused(error, "write", path, number);
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
    remove_abandoned(real);
    char *name = NULL;
    int file = open_temporary(real, replaced == NULL ? mode : replaced->st_mode & 0777U, &name);
    if (file < 0) {
        return errno == ENOMEM ? sb_out_of_memory(error)
                               : refused(error, "make a temporary file beside", path, errno);
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
        return refused(error, "write", path, number);
    }
    if (!alike) {
        sb_status status = write_over(real, name, path, bytes, length, error);
        free(name);
        return status;
    }
    free(name);
    number = flush_folder(real);
    return number == 0 ? SB_OK : refused(error, "flush the folder of", path, number);
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
        status = refused(error, "write", path, EISDIR);
    } else if (exists && access(real, W_OK) != 0) {
        status = refused(error, "write", path, errno);
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
