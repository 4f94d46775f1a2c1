/* How the program ends: exit statuses, messages, and output that is known to have arrived.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/exit_status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int sb_exit_status_of(sb_status status)
{
    switch (status) {
    case SB_OK:
        return SB_EXIT_SOLVED;
    case SB_ERROR_INPUT:
    case SB_ERROR_USAGE:
        return SB_EXIT_BAD_INPUT;
    case SB_ERROR_CANCELLED:
        return SB_EXIT_INTERRUPTED;
    case SB_ERROR_IO:
    case SB_ERROR_MEMORY:
    case SB_ERROR_LIMIT:
    case SB_ERROR_INTERNAL:
        break;
    }
    return SB_EXIT_FAILURE;
}

sb_status sb_exit_blame_input(sb_status status, sb_error *error)
{
    if (status == SB_ERROR_IO || status == SB_ERROR_LIMIT) {
        error->status = SB_ERROR_INPUT;
        return SB_ERROR_INPUT;
    }
    return status;
}

int sb_exit_with_error(const sb_error *error)
{
    char text[sizeof error->file + sizeof error->message + sizeof error->hint + 64];
    sb_error_format(error, text, sizeof text);
    fprintf(stderr, "sidebet: %s\n", text);
    return sb_exit_status_of(error->status);
}

void sb_exit_print_notes(const sb_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        sb_text_make_printable(notes->texts[i], "");
        fprintf(stderr, "sidebet: note: %s\n", notes->texts[i]);
    }
}

static sb_status output_failed(int number, sb_error *error)
{
    sb_error_set(error, SB_ERROR_IO, "the answer could not be written: %s", strerror(number));
    return SB_ERROR_IO;
}

sb_status sb_exit_print(sb_text *text, sb_error *error)
{
    char *bytes = sb_text_take(text, error);
    if (bytes == NULL) {
        return SB_ERROR_MEMORY;
    }
    bool written = fputs(bytes, stdout) >= 0 && fflush(stdout) == 0;
    int number = errno;
    free(bytes);
    return written ? SB_OK : output_failed(number, error);
}

int sb_exit_close(int exit_status)
{
    errno = 0;
    bool failed_before = ferror(stdout) != 0;
    bool failed_now = fclose(stdout) != 0;
    if (failed_now && !failed_before) {
        sb_error error;
        output_failed(errno, &error);
        return sb_exit_with_error(&error);
    }
    return failed_before && exit_status < SB_EXIT_FAILURE ? SB_EXIT_FAILURE : exit_status;
}
