/* Reading whole files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file_parts.h"
#include "base/memory.h"
#include "base/text.h"

sb_status sb_file_refused(sb_error *error, const char *what, const char *path, int number)
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
    return ferror(stream) ? sb_file_refused(error, "read", path, errno) : SB_OK;
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
        return sb_file_refused(error, "read", path, errno);
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
        (void)sb_file_refused(error, "open", path, errno);
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
            (void)sb_file_refused(error, "open", path, errno);
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

bool sb_text_same_file(const char *left, const char *right)
{
    struct stat one;
    struct stat other;
    return stat(left, &one) == 0 && stat(right, &other) == 0 && S_ISREG(one.st_mode) &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool sb_text_path_ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

bool sb_text_file_exists(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISREG(there.st_mode);
}
