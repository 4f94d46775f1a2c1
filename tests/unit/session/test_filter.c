/* The filter of the lists of profiles, and whose numbers are shown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include "session/filter.h"

/* The profiles that pass, as "(1, 2) (2, 2) ". */
static void expect_passing(const sb_session *session, const char *labels)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t count = 0;
    size_t *profiles = sb_session_filtered(session, environment, &count);
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; k < count; k++) {
        char *label = sb_environment_profile_label(environment, profiles == NULL ? k : profiles[k]);
        sb_text_add_format(&text, "%s ", label);
        free(label);
    }
    free(profiles);
    char *found = sb_text_take(&text, NULL);
    assert_string_equal(found, labels);
    free(found);
}

static void test_conditions(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("three-bidders"), false);
    run(session, "filter Ann=2 Cem=3");
    assert_string_equal(sb_session_filter(session), "Ann=2 Cem=3");
    expect_passing(session, "(2, 1, 3) (2, 2, 3) (2, 3, 3) ");
    run(session, "filter Ann=1 Ann=2 Ben=1 Cem=#3"); /* the same player: one of these */
    expect_passing(session, "(1, 1, 3) (2, 1, 3) ");
    refuse(session, "filter Ann=7", "7");
    refuse(session, "filter Dan=1", "Dan");
    assert_string_equal(sb_session_filter(session), "Ann=1 Ann=2 Ben=1 Cem=#3");
    run(session, "filter");
    assert_null(sb_session_filter(session));
    size_t count = 0;
    assert_null(sb_session_filtered(session, sb_session_environment(session), &count));
    assert_int_equal(count, 27);
    sb_session_free(session);
}

/* Names of several words, texts, labels that hold them. */
static void test_words(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "filter agent 1=2");
    expect_passing(session, "(2, 1) (2, 2) ");
    run(session, "filter 2 agent 1=1");
    expect_passing(session, "(1, 2) ");
    run(session, "filter 1 2");
    expect_passing(session, "(1, 2) (2, 1) ");
    run(session, "rename-type \"agent 1\" 1 low one");
    run(session, "filter low");
    expect_passing(session, "(low one, 1) (low one, 2) ");
    /* What is gone lets nothing pass, and ends with the filter. */
    run(session, "filter \"agent 1=low one\"");
    expect_passing(session, "(low one, 1) (low one, 2) ");
    run(session, "rename-type \"agent 1\" #1 first");
    expect_passing(session, "");
    run(session, "filter");
    run(session, "open! " DEMO("three-bidders"));
    assert_null(sb_session_filter(session));
    sb_session_free(session);
}

/* The cursor walks the list. */
static void test_cursor(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("three-bidders"), false);
    const sb_display *display = sb_session_display(session);
    run(session, "list on");
    run(session, "filter Ben=2");
    assert_int_equal(display->cursor[1], 1);
    run(session, "move down");
    assert_int_equal(display->cursor[2], 1);
    run(session, "move last");
    assert_int_equal(display->cursor[0], 2);
    assert_int_equal(display->cursor[1], 1);
    assert_int_equal(display->cursor[2], 2);
    run(session, "move up");
    assert_int_equal(display->cursor[2], 1);
    run(session, "move row-first");
    assert_int_equal(display->cursor[0], 0);
    assert_int_equal(display->cursor[1], 1);
    /* One agent's table: down is the agent's next type, right the others' next profile. */
    run(session, "list off");
    run(session, "filter");
    run(session, "select 1,1,1");
    run(session, "agent Ben");
    run(session, "move down");
    assert_int_equal(display->cursor[1], 1);
    run(session, "move right");
    assert_int_equal(display->cursor[2], 1);
    run(session, "move row-last");
    assert_int_equal(display->cursor[0], 2);
    assert_int_equal(display->cursor[1], 1);
    assert_int_equal(display->cursor[2], 2);
    sb_session_free(session);
}

static void test_whose(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("three-bidders"), false);
    const sb_environment *environment = sb_session_environment(session);
    assert_int_equal(sb_session_whose(session, environment), SB_NOWHERE);
    run(session, "agent next");
    assert_int_equal(sb_session_whose(session, environment), 0);
    run(session, "agent previous");
    run(session, "agent previous");
    assert_int_equal(sb_session_whose(session, environment), 2);
    run(session, "agent next");
    assert_int_equal(sb_session_whose(session, environment), SB_NOWHERE);
    refuse(session, "agent Dan", "Dan");
    char *mechanism = output_of(session, "show mechanism");
    assert_non_null(strstr(mechanism, "Ann pays  Ben pays  Cem pays"));
    free(mechanism);
    run(session, "agent Ben");
    mechanism = output_of(session, "show mechanism");
    assert_non_null(strstr(mechanism, "Cem gets it  Ben pays\n"));
    free(mechanism);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_whose),
    };
    int failed = cmocka_run_group_tests_name("filter", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
