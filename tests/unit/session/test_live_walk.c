/* Random keys and commands in the explorer while the engine works: every publication belongs to
 * what was asked last, and nothing is computed for a belief or a curve that is gone.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <time.h>

#include "property.h"

static const char *const keys[] = {
    "Left", "Right", "Up",     "Down", "Home", "End",    "Tab", "S-Tab", "+",    "-",     "u", "U",
    "m",    "I",     "P",      "$",    "O",    "f",      "c",   "p",     "s",    "z",     "b", "M",
    "F2",   "F4",    "Escape", "v",    "?",    "Escape", "b",   "Left",  "Left", "Right", "M"};
static const char *const commands[] = {"lambda 0.5",
                                       "lambda 1/1000",
                                       "lambda 1",
                                       "thaw",
                                       "screen misbelief",
                                       "independent",
                                       "uniform",
                                       "mass scale",
                                       "undo 3",
                                       "payments bounded:2",
                                       "freeze",
                                       "payments free",
                                       "screen blow-up",
                                       "curve cap",
                                       "show misbelief",
                                       "reload",
                                       "screen table",
                                       "ir ex-post",
                                       "ic ex-post",
                                       "payments-shown smallest",
                                       "ic none #1",
                                       "ir ex-ante #1",
                                       "reports #1 #1 only",
                                       "reports #1 #2 not #1"};

/* What is at hand fits the session. */
static void look(sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    sb_payments_shown kind = SB_SHOWN_VERTEX;
    const fmpq *largest = NULL;
    const sb_mechanism *shown = sb_session_shown_mechanism(session, &kind, &largest);
    if (shown != NULL) {
        fmpq_t found;
        fmpq_init(found);
        sb_mechanism_max_payment(found, shown);
        assert_true(sb_results_solution(results)->proof != SB_PROOF_EXACT ||
                    fmpq_equal(found, largest));
        fmpq_clear(found);
    }
    assert_true((sb_session_belief(session) == NULL) ==
                (sb_session_belief_mechanism(session) == NULL));
    if (results == NULL || !sb_session_results_current(session)) {
        return;
    }
    const sb_sweep *sweep = sb_results_sweep(results);
    for (size_t point = 1; sweep != NULL && point < sweep->count; point++) {
        assert_true(fmpq_cmp(&sweep->points[point - 1].lambda, &sweep->points[point].lambda) < 0);
    }
    const sb_cap *cap = sb_results_cap(results);
    for (size_t point = 1; cap != NULL && point < cap->count; point++) {
        assert_true(fmpq_cmp(&cap->points[point - 1].bound, &cap->points[point].bound) < 0);
    }
}

static void finish(sb_session *session)
{
    for (int turn = 0; turn < 30000; turn++) {
        bool solving = sb_session_solving(session);
        sb_session_refresh(session);
        look(session);
        if (!solving) {
            break;
        }
        struct timespec little = {.tv_nsec = 1000000};
        nanosleep(&little, NULL);
    }
    assert_false(sb_session_solving(session));
    assert_true(sb_session_results_current(session));
    const sb_results *results = sb_session_results_at_hand(session);
    assert_true(sb_results_complete(results));
    assert_string_equal(sb_results_failure(results), "");
    const sb_solution *solution = sb_results_solution(results);
    bool optimal = solution->status == SB_LP_OPTIMAL;
    sb_screen screen = sb_session_display(session)->screen;
    assert_true(!optimal || sb_results_smallest(results)->mechanism != NULL);
    if (screen == SB_SCREEN_BLOW_UP) {
        assert_true(sb_results_sweep_complete(results));
        assert_true(sb_results_cap_complete(results));
    }
    if (screen == SB_SCREEN_MISBELIEF && sb_session_belief(session) != NULL) {
        const sb_misbelief *known = sb_results_misbelief(results);
        assert_non_null(known);
        assert_non_null(sb_results_safe_radius(results));
        fmpq_t designed;
        fmpq_init(designed);
        sb_mechanism_revenue(designed, sb_session_belief(session),
                             sb_session_belief_mechanism(session));
        assert_true(fmpq_equal(designed, &known->designed_revenue));
        fmpq_clear(designed);
    }
}

static void test_live_walk(void **state)
{
    (void)state;
    property_stream stream = {.state = 11};
    static const char *const paths[] = {DEMO("almost-independent"), DEMO("weather"),
                                        DEMO("shared-belief"), DEMO("gaussian")};
    int cases = property_cases(6);
    for (int walk = 0; walk < cases; walk++) {
        sb_session *session = open_session(paths[walk % 4], true);
        for (int step = 0; step < 60; step++) {
            if (property_between(&stream, 0, 3) == 0) {
                sb_session_command(session, commands[property_between(&stream, 0, 19)], NULL, NULL);
            } else {
                sb_session_press(session, keys[property_between(&stream, 0, 34)]);
            }
            sb_session_refresh(session);
            look(session);
            struct timespec moment = {.tv_nsec = property_between(&stream, 0, 3) * 2000000};
            nanosleep(&moment, NULL);
        }
        if (walk % 3 != 2) {
            finish(session); /* else it ends in the middle of the work */
        }
        sb_session_free(session);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_live_walk),
    };
    int failed = cmocka_run_group_tests_name("live walk", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
