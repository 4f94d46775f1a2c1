/* The engine: publications in order, superseded work dropped, nothing lost or late.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <poll.h>

#include "property.h"
#include "session/results.h"

/* A square table of two bidders that takes a while to solve. */
static sb_snapshot *random_table(size_t size, uint64_t seed)
{
    property_stream stream = {.state = seed};
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "item: {bidders: [");
    for (int bidder = 0; bidder < 2; bidder++) {
        sb_text_add_format(&text, "%s{name: b%d, values: [", bidder == 0 ? "" : ", ", bidder);
        for (size_t value = 1; value <= size; value++) {
            sb_text_add_format(&text, "%s%zu", value == 1 ? "" : ", ", value);
        }
        sb_text_add(&text, "]}");
    }
    sb_text_add(&text, "]}\nprior:\n");
    for (size_t row = 0; row < size; row++) {
        sb_text_add(&text, "  - [");
        for (size_t column = 0; column < size; column++) {
            sb_text_add_format(&text, "%s%ld", column == 0 ? "" : ", ",
                               property_between(&stream, 1, 1000));
        }
        sb_text_add(&text, "]\n");
    }
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_environment_parse(text.bytes, text.length, "table", &environment, NULL, &error) !=
        SB_OK) {
        fail_msg("%s", error.message);
    }
    sb_text_clear(&text);
    sb_snapshot *snapshot = sb_snapshot_new(environment);
    assert_non_null(snapshot);
    return snapshot;
}

static sb_snapshot *demo(const char *path)
{
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_read(path, &environment, NULL, NULL), SB_OK);
    return sb_snapshot_new(environment);
}

static void wait_readable(const sb_engine *engine)
{
    struct pollfd descriptor = {.fd = sb_engine_descriptor(engine), .events = POLLIN};
    int ready = poll(&descriptor, 1, 120000);
    assert_int_equal(ready, 1);
}

/* The complete results of the newest request; every one on the way belongs to it and only grows. */
static sb_results *wait_complete(sb_engine *engine, const sb_snapshot *snapshot)
{
    sb_results *results = NULL;
    bool had_solution = false;
    bool had_extraction = false;
    double seconds = 0;
    while (results == NULL || !sb_results_complete(results)) {
        sb_results_release(results);
        results = NULL;
        wait_readable(engine);
        results = sb_engine_take(engine);
        if (results == NULL) {
            continue;
        }
        assert_ptr_equal(sb_results_snapshot(results), snapshot);
        assert_true(!had_solution || sb_results_solution(results) != NULL);
        assert_true(!had_extraction || sb_results_extraction(results) != NULL);
        assert_true(sb_results_seconds(results) >= seconds);
        had_solution = sb_results_solution(results) != NULL;
        had_extraction = sb_results_extraction(results) != NULL;
        seconds = sb_results_seconds(results);
    }
    return results;
}

static void expect_revenue(const sb_results *results, long numerator, unsigned long denominator)
{
    assert_string_equal(sb_results_failure(results), "");
    const sb_solution *solution = sb_results_solution(results);
    assert_int_equal(solution->status, SB_LP_OPTIMAL);
    assert_int_equal(solution->proof, SB_PROOF_EXACT);
    fmpq_t expected;
    fmpq_init(expected);
    fmpq_set_si(expected, numerator, denominator);
    assert_true(fmpq_equal(&solution->revenue, expected));
    fmpq_clear(expected);
}

static void test_published_tables(void **state)
{
    (void)state;
    sb_engine *engine = sb_engine_new();
    assert_non_null(engine);
    assert_false(sb_engine_busy(engine));
    assert_null(sb_engine_take(engine));
    static const struct {
        const char *path;
        long numerator;
    } cases[] = {{DEMO("simple-example"), 1500},
                 {DEMO("almost-independent"), 1749},
                 {DEMO("nearby-independent"), 1499}};
    for (size_t index = 0; index < 3; index++) {
        sb_snapshot *snapshot = demo(cases[index].path);
        sb_engine_request(engine, snapshot, NULL, NULL);
        sb_results *results = wait_complete(engine, snapshot);
        expect_revenue(results, cases[index].numerator, 1000);
        assert_non_null(sb_results_extraction(results));
        assert_int_equal(sb_results_ex_post(results)->status, SB_LP_OPTIMAL);
        assert_int_equal(sb_results_without_correlation(results)->status, SB_LP_OPTIMAL);
        sb_snapshot_release(snapshot);
        sb_results_release(results); /* outlives both */
    }
    sb_engine_free(engine);
}

/* Many requests at once: the last is answered, no other is ever seen. */
static void test_supersede(void **state)
{
    (void)state;
    sb_engine *engine = sb_engine_new();
    for (int round = 0; round < property_cases(20); round++) {
        for (size_t edit = 0; edit < 5; edit++) {
            sb_snapshot *large = random_table(8, (uint64_t)round * 10 + edit);
            sb_engine_request(engine, large, NULL, NULL);
            assert_true(sb_engine_busy(engine));
            sb_results *early = sb_engine_take(engine);
            assert_true(early == NULL || sb_results_snapshot(early) == large);
            sb_results_release(early);
            if (edit % 2 == 1) {
                struct timespec moment = {.tv_nsec = 2000000};
                nanosleep(&moment, NULL);
            }
            sb_snapshot_release(large);
        }
        sb_snapshot *last = demo(DEMO("almost-independent"));
        sb_engine_request(engine, last, NULL, NULL);
        sb_results *results = wait_complete(engine, last);
        expect_revenue(results, 1749, 1000);
        sb_results_release(results);
        sb_snapshot_release(last);
    }
    sb_engine_free(engine);
}

/* Leaving while it works: cancelled and joined, not waited for. */
static void test_free_while_busy(void **state)
{
    (void)state;
    for (int round = 0; round < property_cases(10); round++) {
        sb_engine *engine = sb_engine_new();
        sb_snapshot *large = random_table(16, (uint64_t)round);
        sb_engine_request(engine, large, NULL, NULL);
        struct timespec moment = {.tv_nsec = (long)round * 3000000};
        nanosleep(&moment, NULL);
        sb_engine_free(engine);
        sb_snapshot_release(large);
    }
}

static void test_solve_now(void **state)
{
    (void)state;
    sb_engine *engine = sb_engine_new();
    sb_snapshot *small = demo(DEMO("almost-independent"));
    sb_results *results = sb_engine_solve_now(engine, small, NULL, NULL, NULL);
    assert_true(sb_results_complete(results));
    expect_revenue(results, 1749, 1000);
    sb_results_release(results);
    assert_false(sb_engine_busy(engine));
    /* What the thread works on already is waited for, and still to be taken. */
    sb_engine_request(engine, small, NULL, NULL);
    results = sb_engine_solve_now(engine, small, NULL, NULL, NULL);
    assert_true(sb_results_complete(results));
    sb_results *taken = sb_engine_take(engine);
    assert_ptr_equal(taken, results);
    sb_results_release(taken);
    sb_results_release(results);
    /* Another one is solved beside it. */
    sb_snapshot *large = random_table(12, 3);
    sb_engine_request(engine, large, NULL, NULL);
    results = sb_engine_solve_now(engine, small, NULL, NULL, NULL);
    expect_revenue(results, 1749, 1000);
    sb_results_release(results);
    sb_engine_free(engine);
    sb_snapshot_release(small);
    sb_snapshot_release(large);
}

/* An interactive session: typing goes on, answers arrive, undo finds the old answers. */
static void test_interactive_session(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), true);
    assert_true(sb_session_solving(session) || sb_session_results(session, NULL) != NULL);
    run(session, "expect revenue 1.749");
    assert_true(sb_session_results_current(session));
    sb_session_press(session, ".");
    sb_session_press(session, "3");
    sb_session_press(session, "Enter");
    assert_non_null(sb_session_results_at_hand(session)); /* the earlier one stays on the screen */
    sb_session_press(session, "u");
    while (sb_session_solving(session) || !sb_session_results_current(session) ||
           !sb_results_complete(sb_session_results_at_hand(session))) {
        struct pollfd descriptor = {.fd = sb_session_descriptor(session), .events = POLLIN};
        poll(&descriptor, 1, 1000);
        sb_session_refresh(session);
    }
    sb_session_refresh(session);
    assert_false(sb_session_refresh(session));
    expect_revenue(sb_session_results_at_hand(session), 1749, 1000);
    sb_session_free(session);
}

static void test_lazy_session(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    assert_int_equal(sb_session_descriptor(session), -1);
    assert_null(sb_session_results_at_hand(session));
    assert_false(sb_session_solving(session));
    assert_false(sb_session_refresh(session));
    const sb_results *results = sb_session_results(session, NULL);
    assert_true(sb_results_complete(results));
    run(session, "uniform");
    assert_ptr_equal(sb_session_results_at_hand(session), results);
    assert_false(sb_session_results_current(session));
    sb_session_free(session);
    session = sb_session_new(false, NULL);
    assert_null(sb_session_results(session, NULL));
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_tables),    cmocka_unit_test(test_supersede),
        cmocka_unit_test(test_free_while_busy),     cmocka_unit_test(test_solve_now),
        cmocka_unit_test(test_interactive_session), cmocka_unit_test(test_lazy_session),
    };
    int failed = cmocka_run_group_tests_name("engine", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
