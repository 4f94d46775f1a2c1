/* sidebet explore: the explorer in the terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/curve_output.h"
#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/exporter.h"
#include "cli/program.h"
#include "session/config.h"
#include "session/recent.h"
#include "session/settings.h"
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

/* A command that leaves the message as it is. */
static sb_status quiet(sb_session *session, const char *line, sb_error *error)
{
    sb_text output;
    sb_text_init(&output);
    sb_status status = sb_session_command(session, line, &output, error);
    sb_text_clear(&output);
    return status;
}

/* Settings; what is wrong with them is said in the message row and stops nothing. */
static sb_status configure(const sb_arguments *arguments, sb_session *session, sb_error *error)
{
    sb_status status = quiet(session, "hints on", error);
    if (status != SB_OK || sb_arguments_has(arguments, SB_OPTION_NO_CONFIG)) {
        return status;
    }
    sb_text complaints;
    sb_text_init(&complaints);
    status = sb_session_configure(session, arguments->config, &complaints, error);
    if (status == SB_OK && complaints.length > 0) {
        sb_session_warn(session, complaints.bytes);
    }
    sb_text_clear(&complaints);
    return status;
}

static sb_status explore(const sb_arguments *arguments, sb_session *session, int *exit_status,
                         sb_error *error)
{
    const char *path = arguments->operands[0];
    sb_status status = sb_execute_open(session, arguments, path, error);
    if (status != SB_OK) {
        return status;
    }
    if (strcmp(path, "-") != 0) {
        (void)sb_recent_add(path, NULL); /* a list that cannot be kept is no reason to stop */
    }
    if (strcmp(path, "-") == 0) {
        take_keys_from_terminal();
    }
    status = configure(arguments, session, error);
    if (status != SB_OK) {
        return status;
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
