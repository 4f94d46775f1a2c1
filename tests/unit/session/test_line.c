/* The line of the blow-up screen: what the log, the script and the file say of moves along it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

static void replay(sb_session *session, const char *script)
{
    char *copy = strdup(script);
    assert_non_null(copy);
    for (char *at = strtok(copy, "\n"); at != NULL; at = strtok(NULL, "\n")) {
        run(session, at);
    }
    free(copy);
}

static void expect_script_leads_here(sb_session *session)
{
    sb_error error;
    sb_error_clear(&error);
    char *script = sb_session_script(session, &error);
    if (script == NULL) {
        fail_msg("no script: %s", error.message);
        return;
    }
    sb_session *other = sb_session_new(false, NULL);
    replay(other, script);
    if (!sb_environment_equal(sb_session_environment(other), sb_session_environment(session))) {
        fail_msg("the script leads elsewhere:\n%s", script);
    }
    assert_int_equal(sb_session_modified(other), sb_session_modified(session));
    sb_session_free(other);
    free(script);
}

static void test_moves_are_one_step(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "lambda 0.5");
    run(session, "lambda 0.25");
    run(session, "lambda 0");
    assert_int_equal(sb_session_undo_count(session), 1);
    assert_int_equal(sb_session_redo_count(session), 0);
    assert_true(fmpq_is_zero(sb_session_lambda(session)));
    expect_script_leads_here(session);
    run(session, "undo");
    assert_false(sb_session_modified(session));
    run(session, "expect probability 1,1 0.251");
    run(session, "redo");
    run(session, "expect probability 1,1 0.251001");
    run(session, "lambda 1");
    run(session, "expect probability 1,1 0.251");
    sb_session_free(session);
}

/* Going back to where the line starts takes nothing from what was done before it. */
static void test_earlier_steps_stay(void **state)
{
    (void)state;
    static const char *const walks[][4] = {{"lambda 1", "lambda 0.5", NULL},
                                           {"lambda 0.5", "lambda 1", "lambda 0.25", NULL},
                                           {"lambda 1", "lambda 1", "lambda 0", NULL}};
    for (size_t walk = 0; walk < sizeof walks / sizeof walks[0]; walk++) {
        sb_session *session = open_session(DEMO("almost-independent"), false);
        run(session, "set 1,1 0.3");
        for (size_t step = 0; walks[walk][step] != NULL; step++) {
            run(session, walks[walk][step]);
        }
        assert_int_equal(sb_session_undo_count(session), 2);
        expect_script_leads_here(session);
        run(session, "undo");
        run(session, "expect probability 1,1 0.300/1.049");
        run(session, "undo");
        run(session, "expect probability 1,1 0.251");
        sb_session_free(session);
    }
}

/* A table in between that was edited starts a line of its own. */
static void test_edit_starts_a_line(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "lambda 0.5");
    run(session, "mass scale");
    run(session, "set 1,1 0.4");
    run(session, "lambda 1");
    run(session, "expect probability 1,1 0.4");
    run(session, "lambda 0.5");
    run(session, "undo");
    run(session, "expect probability 1,1 0.4");
    run(session, "undo 2");
    run(session, "expect probability 1,1 0.251");
    sb_session_free(session);
}

/* What was written to the file stays in the log, so that a script leads from it to the present. */
static void test_line_after_save(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "lambda 0.5");
    run(session, line("save %s", in(folder, "x.yaml")));
    run(session, "lambda 0.25");
    assert_true(sb_session_modified(session));
    expect_script_leads_here(session);
    run(session, "undo");
    assert_false(sb_session_modified(session));
    sb_session_free(session);
    remove_folder(folder);
}

static void test_refused(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "lambda -300000", "negative");
    refuse(session, "lambda half", "half");
    run(session, "lambda 0.5");
    refuse(session, "lambda 1000000", "negative");
    assert_int_equal(sb_session_undo_count(session), 1);
    run(session, "undo");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_are_one_step),
        cmocka_unit_test(test_earlier_steps_stay),
        cmocka_unit_test(test_edit_starts_a_line),
        cmocka_unit_test(test_line_after_save),
        cmocka_unit_test(test_refused),
    };
    int failed = cmocka_run_group_tests_name("line", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
