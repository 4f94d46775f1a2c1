/* Fuzzing the command language, in a session that solves at once.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever lines are run: one that fails changes nothing, all that was done can be undone and done
 * again, and completion has an answer everywhere.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "session/commands.h"

enum { MOST_LINES = 12, LONGEST_LINE = 400 };

static sb_environment *copy_environment(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    return environment == NULL ? NULL : sb_environment_copy(environment);
}

static bool same(const sb_environment *left, const sb_environment *right)
{
    return left == right || (left != NULL && right != NULL && sb_environment_equal(left, right));
}

static void complete(const sb_session *session, const char *line)
{
    size_t start = 0;
    bool files = false;
    size_t point = strlen(line);
    char **words = sb_command_complete(session, line, point, &start, &files);
    fuzz_require(start <= point, "a completed word begins in the line");
    sb_completions_free(words);
    sb_error error;
    sb_error_clear(&error);
    (void)sb_command_parses(line, &error);
}

static void run_line(sb_session *session, const char *line)
{
    complete(session, line);
    sb_environment *before = copy_environment(session);
    sb_error error;
    sb_error_clear(&error);
    sb_text output;
    sb_text_init(&output);
    sb_status status = sb_session_command(session, line, &output, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    fuzz_require(status == SB_OK || same(before, sb_session_environment(session)),
                 "a command that fails changes nothing");
    sb_environment_free(before);
    sb_text_clear(&output);
}

static void walk(sb_session *session, const char *command, size_t steps)
{
    for (size_t k = 0; k < steps; k++) {
        sb_error error;
        sb_error_clear(&error);
        sb_text output;
        sb_text_init(&output);
        fuzz_require(sb_session_command(session, command, &output, &error) == SB_OK,
                     "what was done can be undone and done again");
        sb_text_clear(&output);
    }
}

static void undo_and_redo(sb_session *session)
{
    size_t steps = sb_session_undo_count(session);
    sb_environment *last = copy_environment(session);
    walk(session, "undo", steps);
    fuzz_require(sb_session_undo_count(session) == 0, "undo comes to an end");
    walk(session, "redo", steps);
    fuzz_require(same(last, sb_session_environment(session)), "redo leads back");
    sb_environment_free(last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    char *text = fuzz_tame(data, size);
    sb_error error;
    sb_error_clear(&error);
    sb_session *session = sb_session_new(false, &error);
    fuzz_require(session != NULL &&
                     sb_session_open(session,
                                     size > 0 && data[0] == '#' ? "forecast.yaml" : "fuzz.yaml",
                                     &error) == SB_OK,
                 "the example opens");
    size_t count = 0;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest);
         line != NULL && count < MOST_LINES && !sb_session_quitting(session);
         line = strtok_r(NULL, "\n", &rest), count++) {
        line[strnlen(line, LONGEST_LINE)] = '\0';
        run_line(session, line);
    }
    if (!sb_session_quitting(session)) {
        undo_and_redo(session);
    }
    free(sb_session_script(session, &error));
    sb_session_free(session);
    fuzz_clean_scratch();
    free(text);
    return 0;
}
