/* sidebet explore: the explorer in the terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/exporter.h"
#include "cli/program.h"
#include "tui/tui.h"

/* The file came through standard input: keys come from the terminal itself from now on. Where there
 * is none the explorer says so. */
static void take_keys_from_terminal(void)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal >= 0) {
        dup2(terminal, STDIN_FILENO);
        close(terminal);
    }
}

static sb_status explore(const sb_arguments *arguments, sb_session *session, int *exit_status,
                         sb_error *error)
{
    const char *path = arguments->operands[0];
    sb_status status = sb_execute_open(session, arguments, path, error);
    if (status != SB_OK) {
        return status;
    }
    if (strcmp(path, "-") == 0) {
        take_keys_from_terminal();
    }
    return sb_tui_run(session, exit_status, error);
}

int sb_explore_run(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    int exit_status = SB_EXIT_SOLVED;
    sb_session *session = sb_session_new(true, &error);
    sb_session_set_exporter(session, &sb_program_exporter);
    sb_status status =
        session == NULL ? error.status : explore(arguments, session, &exit_status, &error);
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_session_free(session);
    return exit_status;
}
