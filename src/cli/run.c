/* sidebet run: a file of commands.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/program.h"

enum { LARGEST_SCRIPT = 16 * 1024 * 1024 };

/* Run line by line (each is ended in place) until the end, quit, or a failure that stops. */
static void run_lines(sb_execution *execution, char *text, bool keep_going)
{
    char *line = text;
    while (*line != '\0' && !sb_session_quitting(execution->session)) {
        char *next = line + strcspn(line, "\n");
        bool last = *next == '\0';
        *next = '\0';
        size_t length = strlen(line);
        if (length > 0 && line[length - 1] == '\r') {
            line[length - 1] = '\0';
        }
        execution->line++;
        if (!sb_execute_line(execution, line) &&
            !(keep_going && execution->exit_status == SB_EXIT_NEGATIVE)) {
            return;
        }
        line = last ? next : next + 1;
    }
}

static sb_status run(const sb_arguments *arguments, sb_session *session, int *exit_status,
                     sb_error *error)
{
    const char *path = arguments->operands[0];
    bool keep_going = (arguments->given & SB_OPTION_BIT(SB_OPTION_KEEP_GOING)) != 0;
    char *text;
    size_t length;
    sb_status status = sb_text_read_file(path, LARGEST_SCRIPT, &text, &length, error);
    if (status != SB_OK) {
        return sb_exit_blame_input(status, error);
    }
    if (memchr(text, '\0', length) != NULL) {
        free(text);
        sb_error_set(error, SB_ERROR_INPUT, "the script holds a zero byte, so it is no text");
        sb_error_set_place(error, path, 0, 0);
        return SB_ERROR_INPUT;
    }
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    sb_execution execution = {.session = session, .file = name};
    run_lines(&execution, text, keep_going);
    if (keep_going && execution.expected > 0) {
        fprintf(stderr, "sidebet: %s: %zu of %zu expectations held\n", name,
                execution.expected - execution.failed, execution.expected);
    }
    *exit_status = execution.exit_status;
    free(text);
    return SB_OK;
}

int sb_script_run(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    int exit_status = SB_EXIT_SOLVED;
    sb_session *session = sb_session_new(false, &error);
    sb_status status =
        session == NULL ? error.status : run(arguments, session, &exit_status, &error);
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_session_free(session);
    return exit_status;
}
