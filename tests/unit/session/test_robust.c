/* The robust run in a session: stepping and undoing, sets, samples, the engine's thread.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <math.h>
#include <poll.h>
#include <time.h>

#include "base/memory.h"
#include "session/commands.h"

/* ---- what is asked for comes by itself ---- */

static bool wait_until(sb_session *session, bool (*done)(const sb_session *session))
{
    for (int tries = 0; tries < 3000; tries++) {
        sb_session_refresh(session);
        if (done(session)) {
            return true;
        }
        struct pollfd waiting = {.fd = sb_session_descriptor(session), .events = POLLIN};
        poll(&waiting, 1, 10);
    }
    return false;
}

static bool is_there(const sb_session *session)
{
    const sb_robust_steps *steps = sb_session_robust_steps(session);
    return steps != NULL && sb_robust_steps_reach(steps, sb_session_robust_plan(session));
}

static bool all_is_there(const sb_session *session)
{
    return !sb_session_solving(session) && sb_session_results_current(session) &&
           sb_results_complete(sb_session_results_at_hand(session));
}

static void press(sb_session *session, const char *key)
{
    sb_session_press(session, key);
    assert_true(wait_until(session, is_there));
}

static const sb_robust_step *step_of(const sb_session *session)
{
    const sb_robust_step *step = sb_session_robust_step(session);
    assert_non_null(step);
    return step;
}

/* ---- scripts ---- */

static void test_steps(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "expect robust-round 0");
    run(session, "expect robust-bound 2.2");
    run(session, "expect robust-violation 0.25");
    run(session, "expect robust-finished no");
    refuse(session, "expect robust-bound 2.1", "2.2 (exact)");
    refuse(session, "robust back", "the first round");
    run(session, "robust step");
    run(session, "expect robust-round 1");
    run(session, "expect robust-bound 2.076");
    run(session, "expect robust-violation 0.18");
    expect_output(session, "show steps", "2.5 reports 1");
    /* The end is known without going there. */
    run(session, "expect robust-optimum 2.05625");
    run(session, "expect robust-round 1");
    run(session, "robust run");
    run(session, "expect robust-round 2");
    run(session, "expect robust-finished yes");
    run(session, "expect robust-violation 0");
    run(session, "expect robust-bound 2.05625");
    expect_output(session, "show robust", "certified");
    expect_output(session, "show robust", "the compact program's optimum: 2.05625 (exact)");
    expect_output(session, "robust step", "round 2 is the last");
    run(session, "robust back");
    run(session, "expect robust-bound 2.076");
    run(session, "robust back 7");
    run(session, "expect robust-round 0");
    run(session, "robust step 2");
    run(session, "expect robust-round 2");
    expect_output(session, "robust round 99", "the run ends with round 2");
    run(session, "robust round 1");
    run(session, "expect robust-bound 2.076");
    /* To a tolerance, not to the end. */
    run(session, "robust run 0.2");
    run(session, "expect robust-round 1");
    run(session, "robust run 0.1");
    run(session, "expect robust-round 2");
    refuse(session, "robust run -1", "below 0");
    refuse(session, "robust round", "usage");
    refuse(session, "robust step 1 1", "usage");
    refuse(session, "robust sideways", "step");
    sb_session_free(session);
}

/* Each move is a step of the history, and undo walks it back; a script repeats it. */
static void test_history(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "robust step");
    run(session, "robust box 0.1");
    run(session, "robust run");
    run(session, "expect robust-bound 1.9175");
    assert_int_equal(sb_session_undo_count(session), 3);
    assert_true(sb_session_modified(session)); /* the box */
    run(session, "undo");
    run(session, "expect robust-round 1");
    run(session, "undo");
    assert_false(sb_session_modified(session)); /* where one is is not the file's */
    run(session, "expect robust-bound 2.076");
    run(session, "undo");
    run(session, "expect robust-round 0");
    run(session, "redo 3");
    run(session, "expect robust-bound 1.9175");
    sb_error error;
    char *script = sb_session_script(session, &error);
    assert_non_null(strstr(script, "robust round 1\nrobust box 0.1\nrobust run\n"));
    free(script);
    sb_session_free(session);
}

static void test_settings(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "robust cuts one");
    run(session, "robust step");
    expect_output(session, "show robust", "Round 1: 1 cut");
    run(session, "robust cuts type"); /* another run begins at its beginning */
    run(session, "expect robust-round 0");
    run(session, "robust cuts next");
    assert_int_equal(sb_session_robust_plan(session)->choice, SB_CUTS_ALL);
    run(session, "robust begin nothing");
    refuse(session, "expect robust-bound 1", "unbounded");
    expect_output(session, "show robust", "unbounded");
    run(session, "expect robust-optimum 2.05625");
    run(session, "robust objective worst-case");
    run(session, "robust run");
    run(session, "robust objective next"); /* the end stays the end */
    run(session, "expect robust-finished yes");
    run(session, "expect robust-bound 2.05625");
    refuse(session, "robust objective best", "estimate, worst-case or next");
    refuse(session, "robust cuts", "usage");
    sb_session_free(session);
}

/* ---- sets ---- */

static void test_sets(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "robust none");
    run(session, "expect robust-optimum 2.2");
    run(session, "expect revenue 2.2");
    run(session, "robust everything");
    run(session, "expect robust-optimum 1.75");
    run(session, "expect ex-post-optimum 1.75");
    expect_output(session, "show robust", "every belief");
    run(session, "robust narrower");
    assert_int_equal(sb_session_environment(session)->robust.kind, SB_SET_BOX);
    run(session, "robust box 0.05");
    run(session, "robust wider");
    expect_output(session, "show robust",
                  "box \xC2\xB1"
                  "0.1");
    run(session, "robust narrower");
    run(session, "expect robust-optimum 2.05625");
    refuse(session, "robust box -0.1", "radius");
    refuse(session, "robust box", "usage");
    expect_output(session, "show price", "0.05");
    /* A set that no longer holds the estimate says so, and the table's own answers stay. */
    const char *folder = new_folder();
    const char *lower = in(folder, "lower.csv");
    const char *upper = in(folder, "upper.csv");
    const char *low = "0.7,0.1\n0.4,0.4\n0.1,0.7\n";
    const char *high = "0.9,0.3\n0.6,0.6\n0.3,0.9\n";
    assert_int_equal(sb_text_write_file(lower, low, strlen(low), NULL), SB_OK);
    assert_int_equal(sb_text_write_file(upper, high, strlen(high), NULL), SB_OK);
    char *command = sb_format_text("robust tables %s %s", lower, upper);
    run(session, command);
    run(session, "expect robust-optimum 1.9175"); /* the box of 0.1 */
    refuse(session, "robust wider", "tables");
    run(session, "set 1,rain 0.1");
    refuse(session, "show robust", "type 1");
    run(session, "expect status optimal");
    run(session, "undo");
    run(session, "expect robust-optimum 1.9175");
    refuse(session, "robust tables nowhere.csv nowhere.csv", "nowhere.csv");
    free(command);
    remove_folder(folder);
    sb_session_free(session);
}

static void test_no_form(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "robust step", "one bidder and a signal");
    refuse(session, "show steps", "one bidder and a signal");
    refuse(session, "expect robust-bound 1", "one bidder and a signal");
    sb_session_free(session);
    session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "ir ex-ante");
    refuse(session, "show robust", "no robust run");
    refuse(session, "expect robust-optimum 1", "no robust run");
    sb_session_free(session);
}

/* The prior becomes what the samples say; undo brings the truth back. */
static void test_samples(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "robust draw 1000 seed 7");
    assert_int_equal(sb_session_environment(session)->robust.kind, SB_SET_TABLES);
    char *once = output_of(session, "show robust");
    run(session, "undo");
    run(session, "expect revenue 2.2");
    run(session, "robust draw 1000 seed 8");
    char *other = output_of(session, "show robust");
    assert_string_not_equal(once, other);
    run(session, "undo");
    run(session, "robust draw 1000 epsilon 0.05 seed 7 level per-element");
    char *again = output_of(session, "show robust");
    assert_string_equal(once, again); /* the defaults, said aloud */
    free(once);
    free(other);
    free(again);
    run(session, "undo");
    const char *folder = new_folder();
    const char *path = in(folder, "samples.csv");
    const char *text = "bidder,weather,count\n1,rain,24\n1,dry,6\n2.5,rain,20\n2.5,dry,20\n"
                       "3,rain,6\n3,dry,24\n";
    assert_int_equal(sb_text_write_file(path, text, strlen(text), NULL), SB_OK);
    run(session, line("robust samples %s epsilon 0.1 alpha 1", path));
    run(session, "expect probability 1,rain 25/106");
    run(session, "expect robust-finished no");
    run(session, "undo");
    refuse(session, line("robust samples %s epsilon 2", path), "epsilon");
    refuse(session, line("robust samples %s epsilon", path), "usage");
    refuse(session, line("robust samples %s delta 1", path), "epsilon");
    refuse(session, "robust samples nowhere.csv", "nowhere.csv");
    refuse(session, "robust draw 0", "whole number");
    refuse(session, "robust draw", "usage");
    remove_folder(folder);
    sb_session_free(session);
}

/* The robust mechanism holds where the Bayesian one fails. */
static void test_freeze(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    run(session, "freeze");
    run(session, "set 1,rain 0.225");
    run(session, "set 1,dry 0.075"); /* type 1 believes (0.75, 0.25) */
    expect_output(session, "show misbelief", "exit");
    run(session, "undo 2");
    run(session, "robust run");
    run(session, "robust freeze");
    run(session, "set 1,rain 0.225");
    run(session, "set 1,dry 0.075");
    run(session, "expect reply bidder 1 truth");
    run(session, "undo 3");
    run(session, "robust begin nothing");
    refuse(session, "robust freeze", "no mechanism to freeze");
    sb_session_free(session);
}

/* What is saved replays to the same rounds. */
static void test_save(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    const char *folder = new_folder();
    const char *path = in(folder, "steps.csv");
    run(session, "robust run");
    run(session, line("robust save %s", path));
    refuse(session, line("robust save %s", path), "robust save! FILE");
    refuse(session, line("robust save! %s", sb_session_path(session)), "own file");
    run(session, line("robust save! %s", path));
    char *text = NULL;
    size_t length = 0;
    assert_int_equal(sb_text_read_file(path, 1 << 20, &text, &length, NULL), SB_OK);
    const sb_robust_steps *steps = sb_session_robust_steps(session);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    sb_robust_run *replayed = NULL;
    sb_error error;
    assert_int_equal(sb_robust_history_replay(sb_session_environment(session), &steps->set,
                                              &options, text, length, path, &replayed, &error),
                     SB_OK);
    assert_int_equal(sb_robust_run_count(replayed), steps->count);
    for (size_t k = 0; k < steps->count; k++) {
        assert_true(
            fmpq_equal(&sb_robust_run_round(replayed, k)->objective, &steps->items[k]->objective));
    }
    sb_robust_run_free(replayed);
    free(text);
    refuse(session, "robust save", "usage");
    refuse(session, line("robust save %s/nowhere/x", folder), "nowhere");
    remove_folder(folder);
    sb_session_free(session);
}

/* ---- the explorer ---- */

/* Back and forth leads to the very same rounds. */
static void test_same_rounds(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), true);
    sb_session_press(session, "B");
    assert_true(wait_until(session, all_is_there));
    const sb_robust_step *first = step_of(session);
    assert_int_equal(first->round, 0);
    press(session, "Right");
    const sb_robust_step *second = step_of(session);
    assert_int_equal(second->round, 1);
    assert_true(fmpq_cmp(&second->objective, &first->objective) < 0);
    press(session, "Left");
    assert_ptr_equal(step_of(session), first);
    press(session, "Right");
    assert_ptr_equal(step_of(session), second);
    press(session, "u");
    assert_ptr_equal(step_of(session), first);
    press(session, "End");
    const sb_robust_step *last = step_of(session);
    assert_true(last->finished);
    press(session, "Home");
    assert_ptr_equal(step_of(session), first);
    press(session, "C-r");
    press(session, "u");
    press(session, "u");
    assert_ptr_equal(step_of(session), first);
    press(session, "C-r");
    assert_ptr_equal(step_of(session), last);
    assert_true(wait_until(session, all_is_there));
    const sb_robust_check *check = sb_results_robust_check(sb_session_results_at_hand(session));
    assert_non_null(check);
    assert_true(check->certified && check->compared);
    assert_true(fmpq_equal(&check->compact.objective, &last->objective));
    assert_true(sb_results_price_complete(sb_session_results_at_hand(session)));
    /* A nudge of the table begins the run of another table, at the same place. */
    sb_session_command(session, "set 1,rain 0.25", NULL, NULL);
    assert_true(wait_until(session, is_there));
    assert_true(step_of(session)->finished);
    assert_ptr_not_equal(step_of(session), last);
    sb_session_free(session);
}

/* Another box keeps all that does not depend on it. */
static void test_shared(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), true);
    sb_session_press(session, "B");
    assert_true(wait_until(session, all_is_there));
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_solution *solution = sb_results_solution(results);
    size_t known = sb_results_price(results)->price.count;
    press(session, "+");
    assert_true(wait_until(session, all_is_there));
    results = sb_session_results_at_hand(session);
    assert_ptr_equal(sb_results_solution(results), solution);
    assert_int_equal(sb_results_price(results)->price.count, known + 1);
    for (size_t k = 1; k <= known; k++) {
        const sb_price_point *points = sb_results_price(results)->price.points;
        assert_true(fmpq_cmp(&points[k - 1].radius, &points[k].radius) < 0);
        assert_true(fmpq_cmp(&points[k - 1].objective, &points[k].objective) >= 0);
    }
    sb_session_free(session);
}

/* A long run does not hold the keys up, stops where it is asked to, and ends with the session. */
static void test_long_run(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-bell"), true);
    sb_session_command(session, "robust cuts one", NULL, NULL);
    sb_session_press(session, "B");
    assert_true(wait_until(session, is_there));
    sb_session_press(session, "End");
    struct timespec before;
    struct timespec after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    for (int k = 0; k < 100; k++) {
        sb_session_press(session, k % 2 == 0 ? "Down" : "Tab");
        sb_session_refresh(session);
    }
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(after.tv_sec - before.tv_sec <= 1);
    for (int tries = 0; tries < 3000 && step_of(session)->round < 3; tries++) {
        struct pollfd waiting = {.fd = sb_session_descriptor(session), .events = POLLIN};
        poll(&waiting, 1, 10);
        sb_session_refresh(session);
    }
    assert_false(step_of(session)->finished);
    size_t newest = step_of(session)->round;
    sb_session_press(session, "Left");
    assert_int_equal(sb_session_robust_plan(session)->round, newest - 1);
    assert_true(wait_until(session, is_there));
    assert_int_equal(step_of(session)->round, newest - 1);
    sb_session_press(session, "End"); /* and the session is freed in the middle of it */
    sb_session_free(session);
}

/* Everything in any order, without waiting. */
static void test_walk(void **state)
{
    (void)state;
    static const char *const acts[] = {"robust step",
                                       "robust back",
                                       "robust run",
                                       "robust round 0",
                                       "robust wider",
                                       "robust narrower",
                                       "robust none",
                                       "robust box 0.2",
                                       "undo",
                                       "redo",
                                       "undo 3",
                                       "robust cuts next",
                                       "robust begin next",
                                       "robust objective next",
                                       "robust type next",
                                       "robust type worst",
                                       "screen table",
                                       "screen robust",
                                       "robust draw 50 seed 3",
                                       "set 1,rain 0.2",
                                       "ic ex-post",
                                       "ic bayes-nash",
                                       "ir ex-post",
                                       "ir ex-interim",
                                       "robust freeze",
                                       "screen misbelief",
                                       "robust run 0.01",
                                       "screen blow-up",
                                       "lambda 1/2",
                                       "remove-type bidder #1",
                                       "add-signal fog",
                                       "robust view next"};
    enum { act_count = sizeof acts / sizeof acts[0] };
    unsigned long long random = 5;
    sb_session *session = open_session(DEMO("doubtful-forecast"), true);
    for (int turn = 0; turn < 300; turn++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        sb_session_command(session, acts[(random >> 33) % act_count], NULL, NULL);
        sb_session_refresh(session);
        const sb_robust_step *step = sb_session_robust_step(session);
        size_t types = sb_session_environment(session)->agents[0].type_count;
        assert_true(sb_session_robust_type(session) < types);
        assert_true(step == NULL || step->type_count == types);
    }
    sb_session_command(session, "screen robust", NULL, NULL);
    assert_true(wait_until(session, all_is_there));
    assert_string_equal(sb_results_failure(sb_session_results_at_hand(session)), "");
    sb_session_free(session);
}

static void test_complete(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-forecast"), false);
    static const struct {
        const char *line, *first;
        bool files;
    } cases[] = {{"robust st", "step", false},
                 {"robust cuts t", "type", false},
                 {"robust tables lo", NULL, true},
                 {"robust samples x", NULL, true},
                 {"robust samples x ep", "epsilon", false},
                 {"robust draw 5 s", "seed", false},
                 {"robust type 2", "2.5", false},
                 {"robust objective w", "worst-case", false},
                 {"robust draw 5", NULL, false}};
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        size_t start = 0;
        bool files = false;
        char **words =
            sb_command_complete(session, cases[k].line, strlen(cases[k].line), &start, &files);
        assert_int_equal(files, cases[k].files);
        assert_int_equal(words == NULL, cases[k].first == NULL);
        if (words != NULL) {
            assert_string_equal(words[0], cases[k].first);
        }
        sb_completions_free(words);
    }
    sb_session_free(session);
}

/* Where floating rounds take over, the exact ones before stay the very same, and the end is proved
 * in the background. */
static void test_slow_rounds(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("doubtful-bell"), true);
    press(session, "B");
    run(session, "robust cuts all");
    press(session, "Right");
    const sb_robust_step *first = step_of(session);
    assert_int_equal(first->round, 1);
    sb_proof proof = first->proof;
    run(session, "robust run");
    assert_true(wait_until(session, all_is_there));
    const sb_robust_step *last = step_of(session);
    assert_true(last->finished);
    const sb_robust_check *check = sb_results_robust_check(sb_session_results_at_hand(session));
    assert_non_null(check);
    if (last->proof != SB_PROOF_EXACT) {
        assert_true(check->proved);
        assert_true(fabs(sb_rational_to_double(&check->optimum) - 5.1153168) < 1e-6);
    }
    sb_session_press(session, "u");
    assert_true(wait_until(session, is_there));
    assert_ptr_equal(step_of(session), first);
    assert_int_equal(step_of(session)->proof, proof);
    sb_session_free(session);
}

/* Constraints that leave the estimate out: what helps is named, and there is no run to go to. */
static void test_constraints_without_estimate(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("three-forecasts"), true);
    press(session, "B");
    run(session, "robust draw 50");
    assert_true(wait_until(session, is_there));
    const sb_robust_steps *steps = sb_session_robust_steps(session);
    assert_non_null(strstr(steps->problem, "constraint"));
    assert_non_null(strstr(steps->problem, "change the linear constraints"));
    size_t undo = sb_session_undo_count(session);
    refuse(session, "robust run", "there is no robust run");
    assert_int_equal(sb_session_undo_count(session), undo);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slow_rounds), cmocka_unit_test(test_constraints_without_estimate),
        cmocka_unit_test(test_steps),       cmocka_unit_test(test_history),
        cmocka_unit_test(test_settings),    cmocka_unit_test(test_sets),
        cmocka_unit_test(test_no_form),     cmocka_unit_test(test_samples),
        cmocka_unit_test(test_freeze),      cmocka_unit_test(test_save),
        cmocka_unit_test(test_same_rounds), cmocka_unit_test(test_shared),
        cmocka_unit_test(test_long_run),    cmocka_unit_test(test_walk),
        cmocka_unit_test(test_complete),
    };
    int failed = cmocka_run_group_tests_name("robust", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
