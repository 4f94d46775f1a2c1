/* sidebet repl: the command language at a prompt.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/exporter.h"
#include "cli/program.h"
#include "cli/prompt.h"

/* A person types: mistakes are told and forgotten. */
static int converse(sb_session *session)
{
    sb_execution execution = {.session = session};
    sb_prompt_open(session);
    while (!sb_session_quitting(session)) {
        char *line = sb_prompt_read();
        if (line == NULL) {
            break;
        }
        sb_execute_line(&execution, line);
        free(line);
    }
    sb_prompt_close(session);
    return SB_EXIT_SOLVED;
}

/* Commands come through a pipe or a file: each is tried, and the worst failure is the exit status.
 */
static int read_commands(sb_session *session)
{
    sb_execution execution = {.session = session, .file = "standard input"};
    char *line = NULL;
    size_t capacity = 0;
    while (!sb_session_quitting(session) && getline(&line, &capacity, stdin) >= 0) {
        execution.line++;
        line[strcspn(line, "\r\n")] = '\0';
        sb_execute_line(&execution, line);
    }
    free(line);
    return execution.exit_status;
}

/* Without a file there is nothing that rules could be the rules of. */
static sb_status open_file(const sb_arguments *arguments, sb_session *session, sb_error *error)
{
    if (arguments->operand_count > 0) {
        return sb_execute_open(session, arguments, arguments->operands[0], error);
    }
    if ((arguments->given & SB_OPTION_BIT(SB_OPTION_RULE)) != 0) {
        sb_error_set(error, SB_ERROR_USAGE, "rules need a file that they are put into");
        sb_error_set_hint(error,
                          "write sidebet repl --ir none FILE, or type the rule at the prompt");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

int sb_repl_run(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    int exit_status = SB_EXIT_FAILURE;
    sb_session *session = sb_session_new(false, &error);
    sb_session_set_exporter(session, &sb_program_exporter);
    sb_status status = session == NULL ? error.status : SB_OK;
    if (status == SB_OK) {
        status = open_file(arguments, session, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    } else {
        exit_status = isatty(STDIN_FILENO) ? converse(session) : read_commands(session);
    }
    sb_session_free(session);
    return exit_status;
}
