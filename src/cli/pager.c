/* Long text on a terminal, a screen at a time.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/exit_status.h"

/* Whether standard output is a terminal that the text does not fit on. */
static bool is_too_long(const sb_text *text)
{
    struct winsize size;
    if (text->length == 0 || !isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO) ||
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) {
        return false;
    }
    size_t lines = 1;
    for (size_t i = 0; i < text->length; i++) {
        lines += text->bytes[i] == '\n' ? 1 : 0;
    }
    return lines > size.ws_row;
}

sb_status sb_pager_print(sb_text *text, sb_error *error)
{
    const char *pager = getenv("PAGER");
    const char *terminal = getenv("TERM");
    pager = pager == NULL ? "less" : pager;
    bool dumb = terminal == NULL || strcmp(terminal, "dumb") == 0;
    if (text->failed || dumb || pager[0] == '\0' || strcmp(pager, "cat") == 0 ||
        !is_too_long(text)) {
        return sb_exit_print(text, error);
    }
    fflush(stdout);
    FILE *pipe = popen(pager, "w");
    bool written = pipe != NULL && fwrite(text->bytes, 1, text->length, pipe) == text->length;
    int status = pipe == NULL ? -1 : pclose(pipe);
    /* A pager that was left early has shown what was wanted; one that is not there, nothing. */
    if (pipe == NULL || (!written && status != 0) || (status >> 8) == 127) {
        return sb_exit_print(text, error);
    }
    sb_text_clear(text);
    return SB_OK;
}
