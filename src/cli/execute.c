/* Running commands one after another, with their output and errors on the standard streams.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/execute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/exit_status.h"
#include "cli/option_values.h"
#include "cli/pager.h"
#include "session/words.h"

static bool begins_with(const char *line, const char *word)
{
    line += strspn(line, " \t");
    size_t length = strcspn(line, " \t#");
    return length == strlen(word) && memcmp(line, word, length) == 0;
}

enum { LARGEST_SCRIPT = 16 * 1024 * 1024 };

static bool is_expect(const char *line)
{
    return begins_with(line, "expect");
}

/* Only what people ask to read is shown a screen at a time. */
static bool is_help(const char *line)
{
    return begins_with(line, "help") || begins_with(line, "h");
}

/* An expect that cannot be read is a mistake in the script; one that does not hold is an answer,
 * and says what was expected. */
bool sb_error_is_expectation(const sb_error *error)
{
    static const char beginning[] = "expected ";
    return error->status == SB_ERROR_INPUT &&
           strncmp(error->message, beginning, sizeof beginning - 1) == 0;
}

/* The script's own place comes first; an error in a file that a command read keeps its place too.
 */
static void place_error(const sb_execution *execution, sb_error *error)
{
    if (execution->file == NULL) {
        return;
    }
    if (error->file[0] != '\0') {
        char inner[sizeof error->message];
        sb_error whole = *error;
        whole.hint[0] = '\0';
        sb_error_format(&whole, inner, sizeof inner);
        snprintf(error->message, sizeof error->message, "%s", inner);
    }
    sb_error_set_place(error, execution->file, execution->line, 0);
}

static void note_failure(sb_execution *execution, sb_error *error, bool expectation)
{
    place_error(execution, error);
    int exit_status = sb_exit_with_error(error);
    if (expectation) {
        execution->failed++;
        exit_status = SB_EXIT_NEGATIVE;
    }
    if (exit_status > execution->exit_status) {
        execution->exit_status = exit_status;
    }
}

bool sb_execute_line(sb_execution *execution, const char *line)
{
    sb_error error;
    sb_error_clear(&error);
    sb_text output;
    sb_text_init(&output);
    bool expect = is_expect(line);
    sb_status status = sb_session_command(execution->session, line, &output, &error);
    /* An expect that cannot be read is a mistake in the script; one that does not hold is an
     * answer. */
    bool expectation_failed = expect && sb_error_is_expectation(&error);
    execution->expected += expect && (status == SB_OK || expectation_failed);
    if (status != SB_OK) {
        note_failure(execution, &error, expectation_failed);
    }
    if (output.length > 0 && !is_help(line)) { /* a label or an echo is no way to a terminal */
        sb_text_make_printable(output.bytes, "\n\t");
        output.length = strlen(output.bytes);
    }
    size_t length = execution->silent ? 0 : output.length;
    if (length > 0 && output.bytes[length - 1] != '\n') {
        sb_text_add(&output, "\n");
    }
    sb_error_clear(&error);
    sb_status printed = SB_OK;
    if (length > 0 || output.failed) {
        printed = is_help(line) ? sb_pager_print(&output, &error) : sb_exit_print(&output, &error);
    }
    sb_text_clear(&output);
    if (printed != SB_OK) {
        note_failure(execution, &error, false);
    }
    return status == SB_OK && printed == SB_OK;
}

/* As a command, so that the history has it: `ir none Bob`. */
static sb_status choose_rule(sb_session *session, const sb_rule_argument *argument, sb_error *error)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t agent = 0;
    sb_status status = sb_rule_arguments_find(argument, environment, &agent, error);
    if (status != SB_OK) {
        return status;
    }
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "%s %s", sb_rule_describe(argument->rule)->name, argument->choice);
    if (argument->agent != NULL) {
        sb_text_add(&line, " ");
        sb_words_quote(&line, argument->agent);
    }
    char *command = sb_text_take(&line, error);
    status = command == NULL ? SB_ERROR_MEMORY : sb_session_command(session, command, NULL, error);
    free(command);
    return status;
}

sb_status sb_execute_rules(sb_session *session, const sb_arguments *arguments, sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < arguments->rules.count; k++) {
        status = choose_rule(session, &arguments->rules.each[k], error);
    }
    return status;
}

sb_status sb_execute_open(sb_session *session, const sb_arguments *arguments, const char *path,
                          sb_error *error)
{
    sb_status status = sb_exit_blame_input(sb_session_open(session, path, error), error);
    return status == SB_OK ? sb_execute_rules(session, arguments, error) : status;
}

/* ---- scripts ---- */

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

sb_status sb_execute_script(sb_execution *execution, const char *path, bool keep_going,
                            sb_error *error)
{
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
    execution->file = name;
    run_lines(execution, text, keep_going);
    if (keep_going && execution->expected > 0) {
        fprintf(stderr, "sidebet: %s: %zu of %zu expectations held\n", name,
                execution->expected - execution->failed, execution->expected);
    }
    free(text);
    return SB_OK;
}
