/* sidebet explore: the explorer in the terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/curve_output.h"
#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/exporter.h"
#include "cli/program.h"
#include "session/config.h"
#include "session/recent.h"
#include "session/settings.h"
#include "tui/memory_guard.h"
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

/* Settings; what is wrong with them is added to the complaints and stops nothing. */
static sb_status configure(const sb_arguments *arguments, sb_session *session, sb_text *complaints,
                           sb_error *error)
{
    sb_status status = quiet(session, "hints on", error);
    if (status != SB_OK || sb_arguments_has(arguments, SB_OPTION_NO_CONFIG)) {
        return status;
    }
    return sb_session_configure(session, arguments->config, complaints, error);
}

static sb_status open_file(const sb_arguments *arguments, sb_session *session, sb_error *error)
{
    if (arguments->operand_count == 0) {
        sb_error_set(error, SB_ERROR_USAGE, "sidebet explore needs a FILE");
        sb_error_set_hint(error, "write sidebet explore FILE, or sidebet explore --restore to go "
                                 "on with what session save kept");
        return SB_ERROR_USAGE;
    }
    const char *path = arguments->operands[0];
    sb_status status = sb_execute_open(session, arguments, path, error);
    if (status == SB_OK && strcmp(path, "-") == 0) {
        take_keys_from_terminal();
    }
    return status;
}

static bool same_file(const char *one, const char *other)
{
    struct stat left, right;
    return stat(one, &left) == 0 && stat(other, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* What was kept is a whole exploration, so it is not opened beside FILE but instead of it: FILE
 * only says which one is meant. What could not be repeated of it is added to the complaints. */
static sb_status restore(const sb_arguments *arguments, sb_session *session, sb_text *complaints,
                         sb_error *error)
{
    sb_status status = sb_session_command(session, "session restore", NULL, error);
    if (status != SB_OK) {
        return status;
    }
    const char *said = "";
    sb_message_kind kind = sb_session_message(session, &said);
    if (sb_session_environment(session) == NULL) {
        sb_error_set(error, SB_ERROR_INPUT, "the session that was kept cannot be gone on with: %s",
                     said);
        return SB_ERROR_INPUT;
    }
    if (kind == SB_MESSAGE_WARNING) {
        sb_text_add_format(complaints, "%s\n", said);
    }
    const char *path = sb_session_path(session);
    if (arguments->operand_count > 0 &&
        (path == NULL || !same_file(path, arguments->operands[0]))) {
        sb_error_set(error, SB_ERROR_USAGE, "the session that was kept is of %.300s, not of %.300s",
                     path == NULL ? "no file" : path, arguments->operands[0]);
        sb_error_set_hint(error, "leave out FILE to go on with it, or --restore to open FILE");
        return SB_ERROR_USAGE;
    }
    return sb_execute_rules(session, arguments, error);
}

/* The settings come before what was kept, which has its own view, and after a FILE, of which some
 * are. */
static sb_status begin(const sb_arguments *arguments, sb_session *session, sb_text *complaints,
                       sb_error *error)
{
    if (sb_arguments_has(arguments, SB_OPTION_RESTORE)) {
        sb_status status = configure(arguments, session, complaints, error);
        return status == SB_OK ? restore(arguments, session, complaints, error) : status;
    }
    sb_status status = open_file(arguments, session, error);
    return status == SB_OK ? configure(arguments, session, complaints, error) : status;
}

static sb_status explore(const sb_arguments *arguments, sb_session *session, int *exit_status,
                         sb_error *error)
{
    sb_text complaints;
    sb_text_init(&complaints);
    sb_status status = begin(arguments, session, &complaints, error);
    if (status == SB_OK && complaints.length > 0) {
        sb_session_warn(session, complaints.bytes);
    }
    sb_text_clear(&complaints);
    if (status != SB_OK) {
        return status;
    }
    const char *path = sb_session_path(session);
    if (path != NULL) {
        (void)sb_recent_add(path, NULL); /* a list that cannot be kept is no reason to stop */
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
    if (!sb_memory_guard_ran_out()) {
        sb_session_free(session);
    }
    return exit_status;
}
