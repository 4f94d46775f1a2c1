/* A report that is written while the explorer goes on.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/reporting.h"
#include "session/session.h"

static char folder[] = "/tmp/sidebet-reporting-XXXXXX";
static char file[200];
static atomic_bool gate; /* closed: a report does not come to its end */

static sb_status no_plot(sb_session *session, const char *path, sb_error *error)
{
    (void)session;
    (void)path;
    return sb_error_set(error, SB_ERROR_USAGE, "no plot");
}

/* Everything that needs computing, once the gate is open; the prior as it is told by the session.
 */
static sb_status slow_report(sb_session *session, const char *path, sb_error *error)
{
    sb_status status = sb_session_report_reaches(session, "Waiting", error);
    while (status == SB_OK && !atomic_load(&gate)) {
        (void)poll(NULL, 0, 2);
        status = sb_session_report_reaches(session, NULL, error);
    }
    sb_text text;
    sb_text_init(&text);
    status = status == SB_OK ? sb_session_command(session, "show prior", &text, error) : status;
    status = status == SB_OK ? sb_session_command(session, "show results", &text, error) : status;
    char *script = status == SB_OK ? sb_session_script(session, error) : NULL;
    if (script != NULL) {
        sb_text_add(&text, script);
        status = sb_text_write_file(path, text.bytes, text.length, error);
    }
    free(script);
    sb_text_clear(&text);
    return status;
}

static const sb_exporter exporter = {no_plot, no_plot, slow_report};

static sb_session *explorer(bool interactive)
{
    sb_session *session = sb_session_new(interactive, NULL);
    assert_non_null(session);
    sb_session_set_exporter(session, &exporter);
    assert_int_equal(sb_session_open(session, SB_SOURCE_DIR "/demos/almost-independent.yaml", NULL),
                     SB_OK);
    return session;
}

static sb_status run(sb_session *session, const char *line)
{
    return sb_session_command(session, line, NULL, NULL);
}

static sb_status report(sb_session *session, const char *command)
{
    char line[300];
    snprintf(line, sizeof line, "%s %s", command, file);
    return run(session, line);
}

static void expect_message(const sb_session *session, const char *part)
{
    const char *text = NULL;
    (void)sb_session_message(session, &text);
    if (strstr(text, part) == NULL) {
        fail_msg("expected '%s' in '%s'", part, text);
    }
}

static char *contents(void)
{
    static char bytes[100000];
    FILE *stream = fopen(file, "rb");
    assert_non_null(stream);
    bytes[fread(bytes, 1, sizeof bytes - 1, stream)] = '\0';
    fclose(stream);
    return bytes;
}

static void await_end(sb_session *session)
{
    for (int k = 0; k < 3000 && sb_session_reporting(session) != NULL; k++) {
        struct pollfd ready = {.fd = sb_session_reporting_descriptor(session), .events = POLLIN};
        (void)poll(&ready, 1, 10);
        (void)sb_session_refresh(session);
    }
    assert_null(sb_session_reporting(session));
}

static void test_of_the_table_at_the_command(void **state)
{
    (void)state;
    /* What it says where nothing is edited meanwhile. */
    atomic_store(&gate, true);
    sb_session *session = explorer(false);
    assert_int_equal(report(session, "report"), SB_OK);
    assert_null(sb_session_reporting(session));
    char *expected = sb_copy_text(contents());
    sb_session_free(session);

    atomic_store(&gate, false);
    session = explorer(true);
    assert_int_equal(report(session, "report"), SB_ERROR_USAGE); /* it exists */
    assert_int_equal(report(session, "report!"), SB_OK);
    assert_string_equal(sb_session_reporting(session), file);
    char *words = sb_session_reporting_words(session);
    assert_non_null(strstr(words, "writing the report: Waiting"));
    free(words);
    assert_int_equal(report(session, "report!"), SB_ERROR_USAGE);
    expect_message(session, "still being written");
    assert_int_equal(run(session, "quit"), SB_ERROR_USAGE);
    expect_message(session, "is being written");
    assert_int_equal(run(session, "independent"), SB_OK);
    assert_true(sb_session_modified(session));
    assert_int_equal(run(session, "open " SB_SOURCE_DIR "/demos/almost-independent.yaml"),
                     SB_ERROR_USAGE); /* unsaved changes */
    atomic_store(&gate, true);
    await_end(session);
    expect_message(session, "report written to");
    assert_string_equal(contents(), expected);
    free(expected);
    sb_session_free(session);
    (void)remove(file);
}

static void test_quick(void **state)
{
    (void)state;
    atomic_store(&gate, true);
    sb_session *session = explorer(true);
    assert_int_equal(report(session, "report"), SB_OK);
    await_end(session);
    expect_message(session, "report written to");
    sb_session_free(session);
    (void)remove(file);
}

static void test_stop(void **state)
{
    (void)state;
    atomic_store(&gate, false);
    sb_session *session = explorer(true);
    assert_false(sb_reporting_stop(session));
    assert_int_equal(report(session, "report"), SB_OK);
    sb_session_press(session, "K");
    expect_message(session, "nothing was written");
    assert_null(sb_session_reporting(session));
    assert_int_equal(access(file, F_OK), -1);
    /* And another one, which leaving gives up. */
    assert_int_equal(report(session, "report"), SB_OK);
    assert_int_equal(run(session, "quit!"), SB_OK);
    sb_session_free(session);
    assert_int_equal(access(file, F_OK), -1);
}

static void test_error(void **state)
{
    (void)state;
    atomic_store(&gate, false);
    sb_session *session = explorer(true);
    assert_int_equal(run(session, "report /nowhere/at/all.html"), SB_OK);
    atomic_store(&gate, true);
    await_end(session);
    expect_message(session, "/nowhere/at/all.html");
    assert_int_equal(sb_session_message(session, NULL), SB_MESSAGE_ERROR);
    sb_session_free(session);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(file, sizeof file, "%s/report.html", mkdtemp(folder));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)remove(file);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_the_table_at_the_command),
        cmocka_unit_test(test_quick),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_error),
    };
    return cmocka_run_group_tests_name("reporting", tests, set_up, tear_down);
}
