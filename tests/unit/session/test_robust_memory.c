/* The robust run when memory runs out: nothing breaks, and the session works on.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

static long left = -1; /* allocations until one fails; negative: none fails */

void *sb_memory_resize(void *memory, size_t bytes);

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (left >= 0 && left-- == 0) {
        return NULL;
    }
    return realloc(memory, bytes);
}

/* Run a command with the failure at allocation number `at`; true when it was not reached. */
static bool survives(sb_session *session, const char *command, long at)
{
    size_t undo = sb_session_undo_count(session);
    sb_text output;
    sb_text_init(&output);
    sb_error error;
    sb_error_clear(&error);
    left = at;
    sb_status status = sb_session_command(session, command, &output, &error);
    bool unreached = left >= 0;
    left = -1;
    sb_text_clear(&output);
    assert_true(status == SB_OK || sb_session_undo_count(session) == undo);
    return unreached;
}

static void test_commands(void **state)
{
    (void)state;
    static const char *const commands[] = {"robust step",
                                           "robust box 0.1",
                                           "robust run",
                                           "robust back",
                                           "show robust",
                                           "show steps",
                                           "robust cuts one",
                                           "robust wider",
                                           "robust draw 100",
                                           "robust none",
                                           "robust freeze",
                                           "robust save /dev/null",
                                           "expect robust-optimum 2.05625",
                                           "show price"};
    for (size_t index = 0; index < sizeof commands / sizeof commands[0]; index++) {
        long at = 0;
        for (bool done = false; !done; at += 1 + at / 8) {
            sb_session *session = open_session(DEMO("doubtful-forecast"), false);
            if (index < 6 && index > 0) {
                run(session, "robust step");
            }
            done = survives(session, commands[index], at);
            sb_session_command(session, "undo 99", NULL, NULL); /* the session works on */
            run(session, "expect robust-optimum 2.05625");
            sb_session_free(session);
        }
        assert_true(at > 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_commands)};
    int failed = cmocka_run_group_tests_name("robust memory", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
