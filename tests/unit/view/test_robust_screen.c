/* The robust screen, from real runs: the belief line, the triangle, tables, the words.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/view/settled_screens.h"

#include "view/robust.h"

/* Two signals: the line. */
static void test_line(void **state)
{
    (void)state;
    sb_session *session = session_of("doubtful-forecast.yaml");
    sb_session_press(session, "B");
    compare(session, 24, 80, false, "robust-start-80x24");
    sb_session_press(session, "Right");
    compare(session, 24, 80, false, "robust-line-80x24");
    compare(session, 24, 80, true, "robust-line-ascii-80x24");
    compare(session, 40, 120, false, "robust-line-120x40");
    /* Another type, chosen, then the one with the most broken rule again. */
    expect_at(session, 24, 80, "Type 2.5 reports 1 and gains 0.18", true);
    sb_session_press(session, "Up");
    expect_at(session, 24, 80, "Type 1:", true);
    sb_session_press(session, "t");
    expect_at(session, 24, 80, "Type 2.5 reports 1 and gains 0.18", true);
    sb_session_press(session, "Z");
    compare(session, 24, 80, false, "robust-zoom-80x24");
    sb_session_press(session, "Z");
    sb_session_press(session, "End");
    expect_at(session, 24, 80, "broken rules none", true);
    expect_at(session, 24, 80, "agrees: 2.05625 (exact)", true);
    sb_session_press(session, "Tab");
    expect_at(session, 24, 80, "Beliefs of type", true);
    sb_session_press(session, "Tab");
    compare(session, 24, 80, false, "robust-price-80x24");
    sb_session_press(session, "Escape");
    expect_at(session, 24, 80, "Mechanism", true);
    sb_session_free(session);
}

/* Three: the triangle, cut by constraints. */
static void test_triangle(void **state)
{
    (void)state;
    sb_session *session = session_of("three-forecasts.yaml");
    sb_session_press(session, "B");
    compare(session, 24, 80, false, "robust-triangle-80x24");
    sb_session_press(session, "Right");
    compare(session, 40, 120, false, "robust-triangle-120x40");
    compare(session, 30, 90, true, "robust-triangle-ascii-90x30");
    sb_session_press(session, "Z");
    compare(session, 24, 80, false, "robust-triangle-zoom-80x24");
    sb_session_free(session);
}

/* More: tables. */
static void test_tables(void **state)
{
    (void)state;
    sb_session *session = session_of("weather.yaml");
    command(session, "add-signal hail");
    command(session, "add-signal snow");
    command(session, "mass free");
    command(session, "set 1,hail 0.1");
    command(session, "set 2,snow 0.2");
    command(session, "set 3,hail 0.1");
    command(session, "robust box 0.05");
    sb_session_press(session, "B");
    compare(session, 24, 80, false, "robust-tables-80x24");
    command(session, "robust view numbers");
    compare(session, 40, 120, false, "robust-tables-120x40");
    /* Fewer rows than signals: the numbers scroll. */
    command(session, "add-signal heat");
    command(session, "add-signal wind");
    command(session, "add-signal fog");
    command(session, "add-signal dew");
    expect_at(session, 14, 80, "1-6/8", true);
    sb_session_press(session, "PageDown");
    expect_at(session, 14, 80, "3-8/8", true);
    sb_session_free(session);
}

/* Beginnings without rows, sets that fail, environments without a robust form. */
static void test_words(void **state)
{
    (void)state;
    sb_session *session = session_of("doubtful-forecast.yaml");
    command(session, "robust begin nothing");
    sb_session_press(session, "B");
    expect_at(session, 24, 80, "bound unbounded", true);
    expect_at(session, 24, 80, "along a ray", true);
    expect_at(session, 24, 80, "gaining without end", true);
    command(session, "robust begin estimate");
    command(session, "robust objective worst-case");
    expect_at(session, 24, 80, "worst case", true);
    command(session, "robust run");
    expect_at(session, 24, 80, "ex-post at the estimate 1.", true); /* no limit of the certain */
    command(session, "robust begin nothing");
    expect_at(session, 24, 80, "worst case", true);
    expect_at(session, 24, 50, "worst case", true);
    expect_at(session, 12, 40, "round ", true);
    command(session, "robust begin estimate");
    command(session, "robust objective estimate");
    command(session, "ir ex-ante");
    expect_at(session, 24, 80, "ex-ante", true);
    expect_at(session, 24, 80, "Type", false);
    sb_session_free(session);
    session = session_of("three-forecasts.yaml");
    sb_session_press(session, "B");
    command(session, "set low,rain 0.5");
    expect_at(session, 24, 80, "low", true);
    expect_at(session, 24, 80, "does not hold", true);
    command(session, "undo");
    expect_at(session, 24, 80, "Type", true);
    sb_session_free(session);
    /* A row about the revenue has the seller's line, not the lie's. */
    session = session_of("weather.yaml");
    command(session, "robust box 0.1");
    command(session, "robust objective worst-case");
    command(session, "robust cuts type");
    command(session, "robust type 2");
    command(session, "robust view numbers");
    command(session, "robust step");
    sb_session_press(session, "B");
    expect_at(session, 24, 80, "Type 2 brings 0.153846 less", true);
    expect_at(session, 24, 80, "the seller gets", true);
    expect_at(session, 24, 100, "brings", true);
    sb_session_free(session);
    session = session_of("almost-independent.yaml");
    sb_session_press(session, "B");
    expect_at(session, 24, 80, "one bidder and a signal", true);
    sb_session_free(session);
}

/* A type of probability zero has no set. */
static void test_zero_type(void **state)
{
    (void)state;
    sb_session *session = session_of("doubtful-forecast.yaml");
    command(session, "add-type bidder 4");
    sb_session_press(session, "B");
    expect_at(session, 24, 80, "no set", true);
    command(session, "robust type 4");
    command(session, "robust view numbers");
    expect_at(session, 24, 80, "no set", true);
    command(session, "add-signal fog");
    command(session, "add-signal snow");
    expect_at(session, 24, 80, "no set", true);
    sb_session_free(session);
}

static void test_every_size(void **state)
{
    (void)state;
    static const char *const demos[] = {"doubtful-forecast.yaml", "three-forecasts.yaml",
                                        "almost-independent.yaml", "not-concave.yaml"};
    static const char *const keys[] = {"B", "Right", "Tab", "End", "Tab", "Down", "+", "Z"};
    for (size_t d = 0; d < sizeof demos / sizeof demos[0]; d++) {
        draw_at_every_size(demos[d], keys, sizeof keys / sizeof keys[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),      cmocka_unit_test(test_triangle),
        cmocka_unit_test(test_tables),    cmocka_unit_test(test_words),
        cmocka_unit_test(test_zero_type), cmocka_unit_test(test_every_size),
    };
    int failed = cmocka_run_group_tests_name("robust screen", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
