/* The search for a deterministic mechanism in an interactive session: shown, stopped, gone on with.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <math.h>
#include <poll.h>
#include <unistd.h>

#include "session/comparison.h"
#include "sidebet/checker.h"

/* 5 x 5 types: minutes of search. */
static const char hard[] = "item:\n"
                           "  bidders:\n"
                           "    - {name: ann, values: [1, 3, 4, 7, 9]}\n"
                           "    - {name: bob, values: [2, 3, 5, 6, 8]}\n"
                           "prior:\n"
                           "  - [9, 2, 7, 1, 3]\n"
                           "  - [3, 8, 2, 5, 6]\n"
                           "  - [1, 4, 9, 3, 2]\n"
                           "  - [6, 1, 2, 8, 5]\n"
                           "  - [4, 7, 1, 2, 9]\n"
                           "rules: {ir: ex-post, payments: \"bounded:3\", deterministic: true}\n";

static sb_session *search_session(void)
{
    char path[] = "/tmp/sidebet-search-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, hard, sizeof hard - 1), sizeof hard - 1);
    close(file);
    sb_session *session = open_session(path, true);
    unlink(path);
    return session;
}

static void wait_a_little(sb_session *session)
{
    struct pollfd ready = {sb_session_descriptor(session), POLLIN, 0};
    (void)poll(&ready, 1, 50);
    (void)sb_session_refresh(session);
}

static const sb_search *search_of(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    return results == NULL ? NULL : sb_results_search(results);
}

static const sb_solution *solution_of(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    return results == NULL ? NULL : sb_results_solution(results);
}

/* Until a mechanism, and how far the search is, are there. */
static void wait_for_search(sb_session *session)
{
    while (search_of(session) == NULL || solution_of(session) == NULL ||
           !search_of(session)->progress.has_solution) {
        wait_a_little(session);
    }
}

static void press(sb_session *session, const char *key)
{
    sb_session_press(session, key);
}

static void test_stop_and_go_on(void **state)
{
    (void)state;
    sb_session *session = search_session();
    wait_for_search(session);
    assert_true(sb_session_searching(session));
    const sb_integer_progress *progress = &search_of(session)->progress;
    assert_true(isfinite(progress->bound) && progress->bound >= progress->objective);
    assert_true(progress->nodes > 0);
    /* What takes no search does not wait for it. */
    while (sb_results_extraction(sb_session_results_at_hand(session)) == NULL) {
        wait_a_little(session);
    }
    /* The proof in rationals begins at the root, but what is known is not forgotten. */
    double bound = progress->bound;
    size_t nodes = progress->nodes;
    for (int looked = 0; looked < 10; looked++) {
        wait_a_little(session);
        progress = &search_of(session)->progress;
        assert_true(progress->bound <= bound && progress->nodes >= nodes);
        bound = progress->bound;
        nodes = progress->nodes;
    }
    press(session, "K");
    assert_true(sb_session_search_stopped(session));
    while (!search_of(session)->stopped) {
        wait_a_little(session);
    }
    const sb_solution *solution = solution_of(session);
    assert_int_equal(solution->status, SB_LP_OPTIMAL);
    assert_int_equal(solution->proof, SB_PROOF_FLOATING);
    assert_true(solution->searched && solution->incumbent);
    assert_string_equal(sb_solution_status_name(solution), "incumbent");
    assert_string_equal(sb_solution_proof_words(solution), "not proved");
    assert_string_equal(
        sb_comparison_at(sb_session_results_at_hand(session), NULL, SB_COMPARISON_OPTIMUM).word,
        "not proved");
    /* Kept, and a mechanism that obeys every rule. */
    fmpq_t zero;
    fmpq_t kept;
    fmpq_init(zero);
    fmpq_init(kept);
    fmpq_set(kept, &solution->objective);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(sb_session_environment(session), solution->mechanism, zero,
                                        &check, NULL),
                     SB_OK);
    assert_true(check.accepted);
    sb_check_clear(&check);
    /* Another screen asks for more, and does not begin the search again. */
    run(session, "screen baselines");
    while (sb_results_auctions(sb_session_results_at_hand(session)) == NULL) {
        wait_a_little(session);
    }
    assert_true(search_of(session)->stopped);
    /* Gone on with, it does not forget the best. */
    press(session, "K");
    assert_false(sb_session_search_stopped(session));
    while (search_of(session)->stopped) {
        wait_a_little(session);
    }
    assert_true(sb_session_searching(session));
    assert_true(fmpq_cmp(&solution_of(session)->objective, kept) >= 0);
    assert_true(search_of(session)->progress.objective >= sb_rational_to_double(kept) - 1e-9);
    fmpq_clear(kept);
    fmpq_clear(zero);
    sb_session_free(session);
}

/* An edit begins anew, and what was stopped was of the other table. */
static void test_edit(void **state)
{
    (void)state;
    sb_session *session = search_session();
    wait_for_search(session);
    run(session, "search stop");
    refuse(session, "search stop", "nothing is searched for");
    run(session, "mass free");
    run(session, "set 1,2 10");
    assert_false(sb_session_search_stopped(session));
    refuse(session, "search go-on", "no search was stopped");
    while (!sb_session_results_current(session)) {
        wait_a_little(session);
    }
    wait_for_search(session);
    assert_false(search_of(session)->stopped);
    /* Randomised: nothing is searched for, and the answer is there at once. */
    run(session, "deterministic false");
    while (!sb_session_results_current(session) || sb_session_solving(session)) {
        wait_a_little(session);
    }
    assert_int_equal(solution_of(session)->proof, SB_PROOF_EXACT);
    assert_null(search_of(session));
    refuse(session, "search stop", "nothing is searched for");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stop_and_go_on),
        cmocka_unit_test(test_edit),
    };
    int failed = cmocka_run_group_tests_name("search", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
