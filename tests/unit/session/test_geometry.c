/* The command geometry: what is shown, moving values and beliefs, show and expect, completion.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "unit/session/session_help.h"

#include "session/commands.h"
#include "session/keys.h"

static sb_session *open_demo(const char *demo)
{
    char *path = sb_format_text("%s/demos/%s.yaml", SB_SOURCE_DIR, demo);
    sb_session *session = open_session(path, false);
    free(path);
    return session;
}

static void test_choosing(void **state)
{
    (void)state;
    sb_session *session = open_demo("gaussian");
    run(session, "screen geometry");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_GEOMETRY);
    assert_int_equal(sb_session_geometry_choice(session).signal_count, 0);
    run(session, "geometry signals 3 \"#5\"");
    sb_geometry_choice choice = sb_session_geometry_choice(session);
    assert_int_equal(choice.signal_count, 2);
    assert_int_equal(choice.signals[0], 2);
    assert_int_equal(choice.signals[1], 4);
    expect_output(session, "show geometry", "lumped picture: 3, 5, all others");
    refuse(session, "geometry signals 1 2 3 4", "geometry WORD");
    refuse(session, "geometry signals 1 1", "named twice");
    refuse(session, "geometry signals 11", "no signal `11`");
    refuse(session, "geometry signals", "geometry WORD");
    refuse(session, "geometry nonsense", "say agent, signals");
    refuse(session, "geometry usual 1", "geometry WORD");
    run(session, "geometry components");
    assert_true(sb_session_geometry_choice(session).components);
    expect_output(session, "show geometry", "% of the spread");
    refuse(session, "geometry belief left", "the axes are no signals");
    run(session, "geometry usual");
    assert_false(sb_session_geometry_choice(session).components);
    /* A choice that the table no longer has falls back to the usual picture. */
    run(session, "geometry signals 9 10");
    run(session, "remove-signal 10");
    assert_int_equal(sb_session_geometry_choice(session).signal_count, 0);
    run(session, "undo");
    assert_int_equal(sb_session_geometry_choice(session).signal_count, 2);
    assert_int_equal(sb_session_undo_count(session), 0); /* showing is no change */
    sb_session_free(session);
}

static void test_agents_and_types(void **state)
{
    (void)state;
    sb_session *session = open_demo("shared-belief");
    run(session, "geometry agent column bidder");
    assert_int_equal(sb_session_geometry_choice(session).agent, 1);
    run(session, "geometry type 3");
    assert_int_equal(sb_session_geometry_type(session), 1);
    run(session, "geometry type next");
    assert_int_equal(sb_session_geometry_type(session), 0);
    run(session, "geometry type previous");
    assert_int_equal(sb_session_geometry_type(session), 1);
    run(session, "geometry agent next");
    assert_int_equal(sb_session_geometry_choice(session).agent, 0);
    run(session, "show geometry");
    assert_int_equal(sb_session_geometry_type(session), 1); /* 5, which has no side bet */
    refuse(session, "geometry type 7", "no type");
    refuse(session, "geometry agent nobody", "nobody");
    refuse(session, "geometry agent", "geometry WORD");
    run(session, "expect envelope row bidder 5 6");
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_session_command(session, "expect envelope row bidder 5 5", NULL, &error),
                     SB_ERROR_INPUT);
    refuse(session, "expect envelope row bidder 7 5", "no type");
    refuse(session, "expect envelope 5", "AGENT TYPE");
    sb_session_free(session);
}

/* Values and beliefs move as the table's commands would move them, and are undone as such. */
static void test_moving(void **state)
{
    (void)state;
    sb_session *session = open_demo("not-concave");
    run(session, "geometry value up");
    run(session, "expect envelope bidder undecided 2");
    assert_int_equal(sb_session_undo_count(session), 1);
    char *script = sb_session_script(session, NULL);
    assert_non_null(strstr(script, "value bidder undecided 1.6"));
    free(script);
    run(session, "geometry value down");
    assert_false(sb_session_modified(session));
    run(session, "geometry belief right");
    run(session, "expect probability undecided,low 17/100");
    run(session, "expect probability undecided,high 49/300");
    script = sb_session_script(session, NULL);
    assert_non_null(strstr(script, "mass row\nset undecided,low 0.17\n"));
    free(script);
    assert_int_equal(sb_session_mass_mode(session), SB_MASS_FREE);
    run(session, "step 10");
    run(session, "geometry belief right");
    run(session, "expect probability undecided,low 1/3");
    refuse(session, "geometry belief right", "at the end");
    run(session, "geometry belief left");
    run(session, "expect probability undecided,low 0");
    refuse(session, "geometry value sideways", "up or down");
    run(session, "geometry type optimist");
    run(session, "set optimist,low 0");
    run(session, "set optimist,high 0");
    refuse(session, "geometry belief left", "probability zero");
    sb_session_free(session);
    session = open_demo("almost-independent");
    run(session, "geometry agent next");
    refuse(session, "geometry belief left", "the agent of the table's rows");
    sb_session_free(session);
    session = open_demo("two-items");
    refuse(session, "geometry value up", "several values");
    sb_session_free(session);
    session = open_demo("three-forecasts");
    run(session, "geometry type middle");
    run(session, "geometry belief left"); /* towards rain */
    run(session, "expect probability middle,rain 0.124");
    run(session, "geometry belief right"); /* towards fog */
    run(session, "expect probability middle,rain 7533/61625");
    sb_session_free(session);
}

static void expect_completion(sb_session *session, const char *line, const char *word)
{
    size_t start = 0;
    bool files = false;
    char **words = sb_command_complete(session, line, strlen(line), &start, &files);
    bool found = false;
    for (size_t k = 0; words != NULL && words[k] != NULL; k++) {
        found = found || strcmp(words[k], word) == 0;
    }
    sb_completions_free(words);
    if (!found) {
        fail_msg("%s: %s is not offered", line, word);
    }
}

static void test_completion(void **state)
{
    (void)state;
    sb_session *session = open_demo("three-forecasts");
    expect_completion(session, "geometry ", "signals");
    expect_completion(session, "geometry signals ra", "rain");
    expect_completion(session, "geometry signals rain d", "dry");
    expect_completion(session, "geometry type m", "middle");
    expect_completion(session, "geometry type n", "next");
    expect_completion(session, "geometry agent ", "bidder");
    expect_completion(session, "geometry value ", "up");
    expect_completion(session, "geometry belief ", "left");
    expect_completion(session, "screen ge", "geometry");
    expect_completion(session, "expect env", "envelope");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choosing),
        cmocka_unit_test(test_agents_and_types),
        cmocka_unit_test(test_moving),
        cmocka_unit_test(test_completion),
    };
    int failed = cmocka_run_group_tests_name("geometry of a session", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
