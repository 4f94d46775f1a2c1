/* A session when memory runs out: every allocation fails once; nothing breaks or is lost.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include "session/commands.h"

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
    sb_environment *before = sb_environment_copy(sb_session_environment(session));
    sb_text output;
    sb_text_init(&output);
    sb_error error;
    sb_error_clear(&error);
    left = at;
    sb_status status = sb_session_command(session, command, &output, &error);
    bool unreached = left >= 0;
    left = -1;
    sb_text_clear(&output);
    if (status != SB_OK) { /* on failure nothing has changed */
        assert_true(sb_environment_equal(sb_session_environment(session), before));
    }
    sb_environment_free(before);
    return unreached;
}

static void test_commands(void **state)
{
    (void)state;
    static const char *const commands[] = {"set 1,1 0.3",
                                           "nudge (1, 2) up",
                                           "uniform",
                                           "value agent 1 2 3",
                                           "add-type agent 2 3",
                                           "rename agent 1 Ann",
                                           "rename-type Ann 1 low",
                                           "ic ex-post",
                                           "ir none Ann",
                                           "reports Ann low only",
                                           "show rules",
                                           "show reports",
                                           "rule-next ir",
                                           "payments bounded:3",
                                           "rule-next payments",
                                           "undo",
                                           "redo",
                                           "title A long title",
                                           "show prior",
                                           "show mechanism",
                                           "show conditions",
                                           "show binding",
                                           "show results",
                                           "solve",
                                           "expect revenue 1",
                                           "expect rank Ann 1",
                                           "history",
                                           "help",
                                           "help mass",
                                           "reload",
                                           "open! " DEMO("weather"),
                                           "edit",
                                           "command set",
                                           "udno",
                                           "remove-signal dry"};
    for (size_t index = 0; index < sizeof commands / sizeof commands[0]; index++) {
        sb_session *session = open_session(DEMO("almost-independent"), false);
        for (size_t earlier = 0; earlier < index && earlier < 10; earlier++) {
            sb_session_command(session, commands[earlier], NULL, NULL);
        }
        long at = 0;
        for (bool done = false; !done && at < 2000; at++) {
            done = survives(session, commands[index], at);
        }
        assert_true(at < 2000);
        sb_session_free(session);
    }
}

static void test_goods(void **state)
{
    (void)state;
    static const char *const commands[] = {"rename-good house flat", "rename-use flat sold let"};
    sb_session *session = open_session(DEMO("division"), false);
    for (size_t index = 0; index < sizeof commands / sizeof commands[0]; index++) {
        long at = 0;
        while (at < 2000 && !survives(session, commands[index], at)) {
            at++;
        }
        assert_in_range(at, 10, 1999);
    }
    assert_string_equal(sb_session_environment(session)->goods[0].uses[0], "let");
    sb_session_free(session);
}

/* What is computed only where it is wanted makes many more allocations: a sample of them. */
static void test_wanted(void **state)
{
    (void)state;
    static const char *const commands[] = {"lambda 0.5",
                                           "lambda 1/3",
                                           "lambda 1",
                                           "payments-shown smallest",
                                           "freeze",
                                           "uniform",
                                           "show misbelief",
                                           "expect misbelief-revenue 1",
                                           "expect reply \"agent 1\" 1 truth",
                                           "expect smallest-payment 3",
                                           "show smallest",
                                           "show sensitivity",
                                           "show sweep",
                                           "show cap",
                                           "screen blow-up",
                                           "curve next",
                                           "screen misbelief",
                                           "replies next",
                                           "thaw"};
    for (size_t index = 0; index < sizeof commands / sizeof commands[0]; index++) {
        long at = 0;
        for (bool done = false; !done; at += 1 + at / 8) {
            sb_session *session = open_session(DEMO("almost-independent"), false);
            for (size_t earlier = 0; earlier < index && earlier < 6; earlier++) {
                run(session, commands[earlier]);
            }
            done = survives(session, commands[index], at);
            const sb_environment *belief = sb_session_belief(session);
            assert_true((belief == NULL) == (sb_session_belief_mechanism(session) == NULL));
            sb_session_command(session, "undo 99", NULL, NULL); /* the session works on */
            run(session, "expect revenue 1.749");
            sb_session_free(session);
        }
    }
}

static void test_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {".", "2",      "Enter", "e",   "Enter", "+", "a",
                                       "x", "m",      "u",     "C-r", "I",     "$", ":",
                                       "?", "Escape", "Tab",   "3",   "Enter"};
    for (long at = 0; at < 400; at++) {
        sb_session *session = open_session(DEMO("almost-independent"), false);
        left = at;
        for (size_t index = 0; index < sizeof keys / sizeof keys[0]; index++) {
            sb_session_press(session, keys[index]);
        }
        left = -1;
        assert_non_null(sb_session_environment(session));
        free(sb_session_take_command_line(session));
        sb_session_free(session);
    }
}

static void test_opening_completing_scripting(void **state)
{
    (void)state;
    for (long at = 0; at < 600; at++) {
        left = at;
        sb_session *session = sb_session_new(false, NULL);
        if (session != NULL) {
            sb_session_open(session, DEMO("almost-independent"), NULL);
            left = left < 0 ? -1 : left;
            sb_session_command(session, "set 1,1 1/3", NULL, NULL);
            free(sb_session_script(session, NULL));
            size_t start = 0;
            bool files = false;
            sb_completions_free(sb_command_complete(session, "value ag", 8, &start, &files));
            sb_completions_free(sb_command_complete(session, "set ", 4, &start, &files));
            sb_completions_free(sb_command_complete(session, "s", 1, &start, &files));
            free(sb_session_recovery_notice(session));
        }
        left = -1;
        sb_session_free(session);
    }
}

/* The solving thread publishes a failure, or nothing, and is there for the next request. */
static void test_engine(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    for (long at = 0; at < 150; at++) {
        run(session, at % 2 == 0 ? "uniform" : "undo");
        left = at;
        sb_error error;
        sb_error_clear(&error);
        const sb_results *results = sb_session_results(session, &error);
        left = -1;
        assert_true(results != NULL || error.status == SB_ERROR_MEMORY);
    }
    run(session, "uniform");
    run(session, "expect revenue 1.5");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_goods),
        cmocka_unit_test(test_wanted),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_opening_completing_scripting),
        cmocka_unit_test(test_engine),
    };
    int failed = cmocka_run_group_tests_name("memory", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
