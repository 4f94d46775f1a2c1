/* The frozen belief, and what is computed for the screens that ask for more.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <poll.h>
#include <time.h>

static bool wait_until_done(sb_session *session)
{
    for (int tries = 0; tries < 3000; tries++) {
        sb_session_refresh(session);
        if (!sb_session_solving(session) && sb_session_results_current(session) &&
            sb_results_complete(sb_session_results_at_hand(session))) {
            return true;
        }
        struct pollfd waiting = {.fd = sb_session_descriptor(session), .events = POLLIN};
        poll(&waiting, 1, 10);
    }
    return false;
}

/* Freezing again at the same table, but the other optimal mechanism, asks anew. */
static void test_frozen_again(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "show misbelief", "freeze");
    run(session, "payments-shown vertex");
    run(session, "freeze");
    run(session, "expect misbelief-revenue 1.749");
    sb_mechanism *vertex = sb_mechanism_copy(sb_session_belief_mechanism(session));
    run(session, "uniform");
    char *first = output_of(session, "show misbelief");
    run(session, "undo");
    run(session, "payments-shown smallest");
    run(session, "freeze");
    fmpq_t before;
    fmpq_t after;
    fmpq_init(before);
    fmpq_init(after);
    sb_mechanism_max_payment(before, vertex);
    sb_mechanism_max_payment(after, sb_session_belief_mechanism(session));
    assert_true(fmpq_cmp(before, after) > 0);
    run(session, "redo");
    char *second = output_of(session, "show misbelief");
    assert_string_not_equal(first, second);
    free(first);
    free(second);
    run(session, "thaw");
    assert_null(sb_session_belief(session));
    refuse(session, "show misbelief", "freeze");
    fmpq_clear(before);
    fmpq_clear(after);
    sb_mechanism_free(vertex);
    sb_session_free(session);
}

/* The same on the screen, where results go on from earlier ones. */
static void test_frozen_again_live(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), true);
    assert_true(wait_until_done(session));
    sb_session_command(session, "payments-shown vertex", NULL, NULL);
    sb_session_command(session, "freeze", NULL, NULL);
    sb_session_command(session, "screen misbelief", NULL, NULL);
    sb_session_command(session, "uniform", NULL, NULL);
    assert_true(wait_until_done(session));
    const sb_misbelief *known = sb_results_misbelief(sb_session_results_at_hand(session));
    assert_non_null(known);
    fmpq_t first;
    fmpq_init(first);
    fmpq_set(first, &known->joint_revenue);
    sb_session_command(session, "undo", NULL, NULL);
    assert_true(wait_until_done(session));
    sb_session_command(session, "payments-shown smallest", NULL, NULL);
    sb_session_command(session, "freeze", NULL, NULL);
    sb_session_command(session, "redo", NULL, NULL);
    assert_true(wait_until_done(session));
    known = sb_results_misbelief(sb_session_results_at_hand(session));
    assert_non_null(known);
    assert_false(fmpq_equal(first, &known->joint_revenue));
    sb_session_command(session, "thaw", NULL, NULL);
    size_t slack_points = 0;
    assert_null(sb_results_misbelief(sb_session_results_at_hand(session)));
    assert_null(sb_results_safe_radius(sb_session_results_at_hand(session)));
    assert_null(sb_results_slack_points(sb_session_results_at_hand(session), &slack_points));
    sb_session_refresh(session);
    assert_true(wait_until_done(session));
    assert_null(sb_session_belief(session));
    fmpq_clear(first);
    sb_session_free(session);
}

/* What is said in words: which payments, which replies, and why there is nothing. */
static void test_words(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_output(session, "show mechanism", "a vertex's payments (exact)");
    expect_output(session, "show results", "largest payment (vertex)    62750  exact");
    run(session, "payments-shown smallest");
    expect_output(session, "show mechanism", "the smallest payments (exact)");
    expect_output(session, "show mechanism", "-31375");
    expect_output(session, "show results", "largest payment (smallest)    31375  exact");
    expect_output(session, "show smallest", "pays less at most than 31375 (exact)");
    run(session, "freeze");
    run(session, "uniform");
    run(session, "expect reply agent 1 2 1");
    run(session, "expect reply \"agent 1\" 2 1");
    refuse(session, "expect reply agent 1 2 truth", "but it is 1");
    refuse(session, "expect reply 2 truth", "usage");
    expect_output(session, "show misbelief", "when all reply at once");
    run(session, "ic none");
    run(session, "ir none");
    refuse(session, "show cap", "no optimum");
    refuse(session, "show smallest", "no optimum");
    refuse(session, "show sensitivity", "no optimum");
    refuse(session, "freeze", "unbounded");
    assert_non_null(sb_session_belief(session)); /* the earlier one stays */
    run(session, "add-type agent 1 3 3");
    refuse(session, "show misbelief", "2 types of agent 1");
    sb_session_free(session);
}

/* What a search cannot give is not said to lack an optimum, and what is largest is said. */
static void test_deterministic_words(void **state)
{
    (void)state;
    static const char *const lines[] = {"show cap", "show sensitivity"};
    sb_session *session = open_session(DEMO("weather"), false);
    run(session, "deterministic true");
    expect_output(session, "solve", "optimal, exact: revenue 5/3");
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        refuse(session, lines[k], "known for randomised mechanisms only");
        refuse(session, lines[k], "say deterministic false");
    }
    expect_output(session, "show smallest",
                  "no optimal mechanism with these outcomes pays less at most than ");
    char *text = output_of(session, "show binding");
    assert_non_null(strstr(text, "  bidder of type 1 takes part\n"));
    assert_null(strstr(text, "dual"));
    free(text);
    run(session, "deterministic false");
    expect_output(session, "show binding", "  dual\n");
    run(session, "objective weights:0.5*revenue+0.25*agents");
    expect_output(session, "solve", "optimal, exact: weighted objective 41/48, revenue 19/12, ");
    expect_output(session, "show results", "weighted objective          41/48  exact");
    sb_session_free(session);
}

/* While the cursor moves along the curves they stay, whole. */
static void test_curves_stay(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), true);
    sb_session_command(session, "screen blow-up", NULL, NULL);
    assert_true(wait_until_done(session));
    const sb_results *results = sb_session_results_at_hand(session);
    assert_true(sb_results_sweep_complete(results));
    assert_true(sb_results_cap_complete(results));
    const sb_sweep *sweep = sb_results_sweep(results);
    assert_true(sweep->count > 10);
    static const char *const keys[] = {"Left", "Left", "Home", "Right", "End", "Left"};
    for (size_t key = 0; key < sizeof keys / sizeof keys[0]; key++) {
        sb_session_press(session, keys[key]);
        for (int turn = 0; turn < 3000; turn++) {
            bool solving = sb_session_solving(session);
            sb_session_refresh(session);
            results = sb_session_results_at_hand(session);
            assert_ptr_equal(sb_results_sweep(results), sweep);
            assert_true(sb_results_sweep_complete(results));
            assert_true(sb_results_cap_complete(results));
            if (!solving && sb_session_results_current(session)) {
                break;
            }
            struct timespec little = {.tv_nsec = 200000};
            nanosleep(&little, NULL);
        }
        assert_true(sb_session_results_current(session));
    }
    assert_int_equal(sb_session_undo_count(session), 1);
    sb_session_press(session, "Escape");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_TABLE);
    sb_session_free(session);
}

/* The cursor is at the point where the table is; elsewhere it moves to the next one that way. */
static void test_cursor_of_curves(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), true);
    sb_session_command(session, "screen blow-up", NULL, NULL);
    assert_true(wait_until_done(session));
    const sb_display *display = sb_session_display(session);
    const sb_sweep *sweep = sb_results_sweep(sb_session_results_at_hand(session));
    assert_true(fmpq_is_one(&sweep->points[display->curve_cursor].lambda));
    size_t one = display->curve_cursor;
    sb_session_press(session, "Left");
    assert_int_equal(display->curve_cursor, one - 1);
    assert_true(fmpq_equal(sb_session_lambda(session), &sweep->points[one - 1].lambda));
    sb_session_press(session, "u");
    assert_int_equal(display->curve_cursor, one);
    sb_session_command(session, "lambda 999/1000", NULL, NULL);
    assert_true(display->curve_cursor >= sweep->count);
    sb_session_press(session, "Right");
    assert_int_equal(display->curve_cursor, one);
    sb_session_command(session, "lambda 999/1000", NULL, NULL);
    sb_session_press(session, "Left");
    assert_int_equal(display->curve_cursor, one - 1);
    sb_session_press(session, "Home");
    assert_true(fmpq_is_zero(sb_session_lambda(session)));
    sb_session_press(session, "Tab");
    assert_true(wait_until_done(session));
    const sb_cap *cap = sb_results_cap(sb_session_results_at_hand(session));
    assert_true(cap->count >= 3);
    assert_true(display->curve_cursor >= cap->count); /* payments are free */
    sb_session_press(session, "Left");
    assert_int_equal(display->curve_cursor, cap->count - 1);
    sb_session_press(session, "Left");
    const sb_rules *rules = &sb_session_environment(session)->rules;
    assert_int_equal(rules->choice[SB_RULE_PAYMENTS], SB_PAYMENTS_BOUNDED);
    assert_true(fmpq_equal(&rules->payment_bound, &cap->points[cap->count - 2].bound));
    assert_true(wait_until_done(session));
    assert_int_equal(display->curve_cursor, cap->count - 2);
    const sb_solution *solution = sb_results_solution(sb_session_results_at_hand(session));
    assert_true(fmpq_equal(&solution->objective, &cap->points[cap->count - 2].objective));
    assert_int_equal(sb_session_undo_count(session), 1);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frozen_again), cmocka_unit_test(test_frozen_again_live),
        cmocka_unit_test(test_words),        cmocka_unit_test(test_deterministic_words),
        cmocka_unit_test(test_curves_stay),  cmocka_unit_test(test_cursor_of_curves),
    };
    int failed = cmocka_run_group_tests_name("belief", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
