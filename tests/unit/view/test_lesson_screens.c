/* The blow-up and misbelief screens and the layers of the table, from real results.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/view/settled_screens.h"

static void expect_shown(sb_session *session, const char *text, bool there)
{
    expect_at(session, 40, 120, text, there);
}

static void test_blow_up(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    sb_session_press(session, "b");
    compare(session, 24, 80, false, "blow-up-80x24");
    compare(session, 40, 120, false, "blow-up-120x40");
    compare(session, 24, 80, true, "blow-up-ascii-80x24");
    expect_shown(session, "1/\xCE\xBB", true);
    /* The cursor's point is applied to the table. */
    sb_session_press(session, "Home");
    expect_shown(session, "\xCE\xBB = 0  revenue 1.499", true);
    const sb_environment *environment = sb_session_environment(session);
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_probability(probability, environment, 0);
    fmpq_t independent;
    fmpq_init(independent);
    fmpq_set_si(independent, 251001, 1000000);
    assert_true(fmpq_equal(probability, independent));
    fmpq_clear(independent);
    fmpq_clear(probability);
    sb_session_press(session, "Tab");
    compare(session, 24, 80, false, "frontier-80x24");
    sb_session_press(session, "Escape");
    expect_shown(session, "Mechanism", true);
    sb_session_free(session);
}

static void test_misbelief(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    sb_session_press(session, "M");
    expect_shown(session, "Nothing is frozen: press z", true);
    sb_session_press(session, "Escape");
    sb_session_press(session, "z");
    sb_session_press(session, "M");
    expect_shown(session, "Every type tells the truth", true);
    command(session, "set 1,1 0.25");
    expect_shown(session, "The seller LOSES", true);
    compare(session, 24, 80, false, "misbelief-80x24");
    compare(session, 40, 120, false, "misbelief-120x40");
    sb_session_press(session, "v");
    expect_shown(session, "Revenue as the truth moves away", true);
    sb_session_press(session, "v");
    command(session, "add-type #2 3");
    expect_shown(session, "the truth has other types than the belief", true);
    sb_session_free(session);
}

static void test_payments(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    expect_shown(session, "largest payment 31375 smallest \xC2\xB7 62750 vertex", true);
    expect_at(session, 24, 80, "pays 31375 smallest \xC2\xB7 62750 vertex", true);
    expect_shown(session, "a vertex", true);
    command(session, "payments-shown smallest");
    expect_shown(session, "smallest payments", true);
    expect_shown(session, "-31375", true);
    expect_shown(session, "-62750", false);
    command(session, "payments-shown vertex");
    expect_shown(session, "-62750", true);
    sb_session_free(session);
}

static void test_sensitivity(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "sensitivity on");
    expect_shown(session, "Sensitivity", true);
    expect_shown(session, "^ kink", true);
    expect_shown(session, "revenue: slope", true);
    sb_session_free(session);
    session = session_of("simple-example.yaml");
    command(session, "sensitivity on");
    expect_shown(session, "independent, so revenue jumps", true);
    expect_shown(session, "0.25!", true);
    command(session, "ir none");
    expect_shown(session, "no derivatives", true);
    sb_session_free(session);
}

/* Both screens, with and without something frozen, at every size. */
static void test_every_size(void **state)
{
    (void)state;
    static const char *const demos[] = {"almost-independent.yaml", "weather.yaml", "divorce.yaml"};
    static const char *const keys[] = {"b", "Tab", "Escape", "M", "Escape",
                                       "z", "M",   "v",      "v", "s"};
    for (size_t d = 0; d < sizeof demos / sizeof demos[0]; d++) {
        draw_at_every_size(demos[d], keys, sizeof keys / sizeof keys[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blow_up),    cmocka_unit_test(test_misbelief),
        cmocka_unit_test(test_payments),   cmocka_unit_test(test_sensitivity),
        cmocka_unit_test(test_every_size),
    };
    int failed = cmocka_run_group_tests_name("lesson screens", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
