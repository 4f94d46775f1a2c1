/* The geometry screen: pictures of lines and triangles, the type in hand, live edits.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <flint/flint.h>

#include "unit/view/settled_screens.h"

static void compare_demo(const char *demo, int rows, int columns, bool ascii, const char *name)
{
    sb_session *session = session_of(demo);
    sb_session_press(session, "y");
    compare(session, rows, columns, ascii, name);
    sb_session_free(session);
}

static void test_golden(void **state)
{
    (void)state;
    compare_demo("not-concave.yaml", 24, 80, false, "geometry-line-80x24");
    compare_demo("not-concave.yaml", 24, 80, true, "geometry-line-ascii-80x24");
    compare_demo("not-concave.yaml", 24, 60, false, "geometry-narrow-60x24");
    compare_demo("concave.yaml", 40, 120, false, "geometry-concave-120x40");
    compare_demo("three-bidders.yaml", 12, 40, false, "geometry-words-40x12");
    compare_demo("three-forecasts.yaml", 24, 80, false, "geometry-triangle-80x24");
    compare_demo("three-forecasts.yaml", 40, 120, true, "geometry-triangle-ascii-120x40");
    compare_demo("gaussian.yaml", 24, 80, false, "geometry-components-80x24");
    compare_demo("shared-belief.yaml", 24, 80, false, "geometry-agents-80x24");
}

/* The type that has no side bet is shown first, by mark and by word. */
static void test_failing(void **state)
{
    (void)state;
    sb_session *session = session_of("not-concave.yaml");
    sb_session_press(session, "y");
    expect_at(session, 24, 80, "\xE2\x96\xB8 undecided  worth 1.5", true);
    expect_at(session, 24, 80, "\xE2\x9C\x97 has no side bet", true);
    expect_at(session, 24, 80, "undecided\xC3\x97", true);
    expect_at(session, 24, 80, "mixture", true);
    sb_session_press(session, "Down");
    expect_at(session, 24, 80, "\xE2\x96\xB8 optimist", true);
    expect_at(session, 24, 80, "\xE2\x9C\x93 has a side bet", true);
    expect_at(session, 24, 80, "bet of optimist", true);
    expect_at(session, 24, 80, "+ mixture", false);
    expect_at(session, 24, 80, "\xE2\xA0\x92+", false);
    sb_session_press(session, "Up");
    sb_session_press(session, "Up");
    expect_at(session, 24, 80, "\xE2\x96\xB8 pessimist", true);
    expect_at(session, 24, 80, "optimist  3 = 3 tight", true);
    sb_session_free(session);
}

/* The picture follows the table: a value, a belief, undo. */
static void test_live(void **state)
{
    (void)state;
    sb_session *session = session_of("not-concave.yaml");
    sb_session_press(session, "y");
    settle(session);
    command(session, "step 0.005");
    sb_session_press(session, "+");
    expect_at(session, 24, 80, "worth 2", true);
    expect_at(session, 24, 80, "\xE2\x9C\x93 concave", true);
    expect_at(session, 24, 80, "linear G", true);
    sb_session_press(session, "u");
    expect_at(session, 24, 80, "has no side bet", true);
    command(session, "step 0.015");
    sb_session_press(session, "Right");
    expect_at(session, 24, 80, "believes low: 0.65, high:", true);
    expect_at(session, 24, 80, "has a side bet", true);
    command(session, "add-signal middle");
    expect_at(session, 24, 80, "worth 1.5", true); /* a signal that nobody expects */
    command(session, "value bidder undecided 0");
    expect_at(session, 24, 80, "needs no side bet", true);
    sb_session_free(session);
}

static void test_projections(void **state)
{
    (void)state;
    sb_session *session = session_of("gaussian.yaml");
    sb_session_press(session, "y");
    expect_at(session, 24, 80, "% of the spread", true);
    command(session, "geometry signals 1");
    expect_at(session, 24, 80, "of 10 signals: 1 and all others as one", true);
    command(session, "geometry signals 1 5 9");
    expect_at(session, 24, 80, "1, 5 or 9, given that", true);
    sb_session_press(session, "c");
    expect_at(session, 24, 80, "component 1", true);
    command(session, "remove-signal 9");
    expect_at(session, 24, 80, "of 9 signals", true);
    sb_session_free(session);
    session = session_of("shared-belief.yaml");
    sb_session_press(session, "y");
    expect_at(session, 24, 80, "Beliefs and values of row bidder", true);
    expect_at(session, 24, 80, "what reporting 5 is worth to each type", true);
    sb_session_press(session, "Tab");
    expect_at(session, 24, 80, "Beliefs and values of column bidder", true);
    sb_session_free(session);
}

static void test_every_size(void **state)
{
    (void)state;
    static const char *const demos[] = {"not-concave.yaml", "three-forecasts.yaml",
                                        "three-bidders.yaml", "division.yaml"};
    static const char *const keys[] = {"y", "Down", "Z", "c", "Tab", "PageDown"};
    for (size_t d = 0; d < sizeof demos / sizeof demos[0]; d++) {
        draw_at_every_size(demos[d], keys, sizeof keys / sizeof keys[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),     cmocka_unit_test(test_failing),
        cmocka_unit_test(test_live),       cmocka_unit_test(test_projections),
        cmocka_unit_test(test_every_size),
    };
    int failed = cmocka_run_group_tests_name("geometry screen", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
