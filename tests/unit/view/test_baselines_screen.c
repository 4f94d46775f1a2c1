/* The baselines screen: bars with their proofs, what applies where, the chosen mechanism.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/view/settled_screens.h"

#include "view/baselines.h"

static void test_independent(void **state)
{
    (void)state;
    sb_session *session = session_of("simple-example.yaml");
    sb_session_press(session, "E");
    compare(session, 24, 80, false, "baselines-80x24");
    for (int k = 0; k < 5; k++) {
        sb_session_press(session, "Down");
    }
    compare(session, 40, 120, false, "baselines-120x40");
    compare(session, 24, 80, true, "baselines-ascii-80x24");
    expect_at(session, 24, 80, "Reserve price 2. Ties go to the first.", true);
    sb_session_press(session, "Escape");
    expect_at(session, 24, 80, "Mechanism", true);
    sb_session_free(session);
}

/* Correlated: Myerson says why not. Live: it applies once the prior is a product. */
static void test_applies_live(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "screen baselines");
    command(session, "baseline myerson");
    expect_at(session, 24, 80, "myerson        the values are correlated", true);
    expect_at(session, 24, 80, "does not apply, as the values are", true);
    command(session, "independent");
    expect_at(session, 24, 80, "the values are correlated", false);
    expect_at(session, 24, 80, "100 % of the optimum", true);
    sb_session_press(session, "u");
    expect_at(session, 24, 80, "myerson        the values are correlated", true);
    sb_session_free(session);
}

/* A mechanism that earns more than the best one breaks a rule, and the screen says which. */
static void test_breaks_rules(void **state)
{
    (void)state;
    sb_session *session = session_of("bilateral-trade/five-points.yaml");
    command(session, "screen baselines");
    command(session, "baseline vcg");
    expect_at(session, 24, 80, "vcg              2.2     breaks rules", true);
    expect_at(session, 24, 80, "breaks the rules in force", true);
    expect_at(session, 24, 80, "first-price    it is for one item only", true);
    sb_session_free(session);
}

/* Many profiles scroll; another choice begins at the first again. */
static void test_scroll(void **state)
{
    (void)state;
    sb_session *session = session_of("three-bidders.yaml");
    command(session, "screen baselines");
    command(session, "baseline second-price");
    expect_at(session, 24, 80, "1-7 of 27", true);
    sb_session_press(session, "PageDown");
    expect_at(session, 24, 80, "11-17 of 27", true);
    sb_session_press(session, "End");
    expect_at(session, 24, 80, "21-27 of 27", true);
    sb_session_press(session, "Down");
    expect_at(session, 24, 80, "1-7 of 27", true);
    for (int rows = 12; rows < 30; rows++) { /* what does not fit is cut, nothing is drawn over */
        char *text = dump(session, rows, 40, false);
        assert_non_null(strstr(text, "first-price"));
        free(text);
    }
    sb_session_free(session);
}

/* Frozen, a dominant-strategy mechanism keeps what it promised but for the prior. */
static void test_freeze(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "screen baselines");
    command(session, "baseline ex-post");
    settle(session);
    sb_session_press(session, "F");
    const char *message = NULL;
    assert_int_equal(sb_session_message(session, &message), SB_MESSAGE_ERROR);
    assert_non_null(strstr(message, "ex-post has no mechanism that could be frozen"));
    command(session, "baseline vcg");
    settle(session);
    sb_session_press(session, "F");
    assert_non_null(sb_session_belief_mechanism(session));
    command(session, "mass free");
    command(session, "set 1,1 0.5");
    command(session, "screen misbelief");
    expect_at(session, 24, 80, "truth", true);
    sb_session_free(session);
}

/* The view model alone: nothing known, and no optimum. */
static void test_words(void **state)
{
    (void)state;
    sb_bar bars[SB_COMPARISON_COUNT];
    sb_baselines_look look = {.solving = true};
    sb_baselines_bars(&look, bars);
    for (size_t index = 0; index < SB_COMPARISON_COUNT; index++) {
        assert_null(bars[index].number);
        assert_string_equal(bars[index].word, "computing\xE2\x80\xA6");
    }
    assert_string_equal(bars[SB_COMPARISON_AUCTIONS + SB_AUCTION_MYERSON].label, "myerson");
    sb_session *session = session_of("simple-example.yaml");
    command(session, "screen baselines");
    command(session, "ic none");
    command(session, "ir none");
    expect_at(session, 24, 80, "optimum        unbounded", true);
    expect_at(session, 24, 80, "vcg                 1.25 exact", true);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_independent),  cmocka_unit_test(test_applies_live),
        cmocka_unit_test(test_breaks_rules), cmocka_unit_test(test_scroll),
        cmocka_unit_test(test_freeze),       cmocka_unit_test(test_words),
    };
    int failed = cmocka_run_group_tests_name("baselines_screen", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
