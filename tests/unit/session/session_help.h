/* What the tests of sessions share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_SESSION_HELP_H
#define SB_TESTS_SESSION_HELP_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#include "base/text.h"
#include "session/session.h"
#include "sidebet/environment_file.h"

#define DEMO(name) SB_SOURCE_DIR "/demos/" name ".yaml"

static inline sb_session *open_session(const char *path, bool interactive)
{
    sb_error error;
    sb_error_clear(&error);
    sb_session *session = sb_session_new(interactive, &error);
    assert_non_null(session);
    if (sb_session_open(session, path, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
    return session;
}

/* Run a command that must succeed; its output, freed by the caller. */
static inline char *output_of(sb_session *session, const char *line)
{
    sb_error error;
    sb_error_clear(&error);
    sb_text output;
    sb_text_init(&output);
    if (sb_session_command(session, line, &output, &error) != SB_OK) {
        fail_msg("%s: %s; %s", line, error.message, error.hint);
    }
    char *text = sb_text_take(&output, &error);
    assert_non_null(text);
    return text;
}

static inline void run(sb_session *session, const char *line)
{
    free(output_of(session, line));
}

/* Run a command that must fail, with these words in message or hint, and change nothing. */
static inline void refuse(sb_session *session, const char *line, const char *words)
{
    sb_error error;
    sb_error_clear(&error);
    sb_text output;
    sb_text_init(&output);
    size_t undo = sb_session_undo_count(session);
    const sb_environment *before = sb_session_environment(session);
    if (sb_session_command(session, line, &output, &error) == SB_OK) {
        fail_msg("%s: not refused", line);
    }
    if (strstr(error.message, words) == NULL && strstr(error.hint, words) == NULL) {
        fail_msg("%s: `%s` not in `%s; %s`", line, words, error.message, error.hint);
    }
    assert_int_equal(sb_session_undo_count(session), undo);
    assert_ptr_equal(sb_session_environment(session), before);
    sb_text_clear(&output);
}

static inline void expect_output(sb_session *session, const char *line, const char *words)
{
    char *text = output_of(session, line);
    if (strstr(text, words) == NULL) {
        fail_msg("%s: `%s` not in `%s`", line, words, text);
    }
    free(text);
}

static inline const char *message_of(const sb_session *session)
{
    const char *text = NULL;
    sb_session_message(session, &text);
    return text;
}

/* A new folder under TMPDIR or /tmp, and the names in it. */
static inline char *new_folder(void)
{
    static char folder[256];
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/sidebet-test-XXXXXX",
             temporary == NULL ? "/tmp" : temporary);
    assert_non_null(mkdtemp(folder));
    return folder;
}

static inline void remove_folder(const char *folder)
{
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* Name of a file in a folder; a few at a time. */
static inline const char *in(const char *folder, const char *name)
{
    static char paths[4][400];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* Make or replace a file. */
static inline void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static inline const char *line(const char *format, const char *argument)
{
    static char lines[4][600];
    static int next;
    char *text = lines[next++ % 4];
    snprintf(text, sizeof lines[0], format, argument); // NOLINT
    return text;
}

#endif
