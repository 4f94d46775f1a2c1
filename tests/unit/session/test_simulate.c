/* The simulation of a session: planned, started, paused, changed, given up.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/session/session_help.h"

#include <poll.h>
#include <unistd.h>

#include "session/keys.h"

/* A session of its own table, small enough to be quick. */
static sb_session *small_session(bool interactive)
{
    sb_session *session = open_session(DEMO("weather"), interactive);
    run(session, "simulate samples 10,100");
    run(session, "simulate repetitions 4");
    return session;
}

static size_t done(const sb_session *session)
{
    return sb_simulation_done(sb_session_simulation(session));
}

static double revenue(const sb_session *session, size_t cell, sb_contender contender)
{
    sb_simulation_summary summary;
    const sb_simulation *simulation = sb_session_simulation(session);
    sb_simulation_summarise(&simulation->cells[cell], simulation->plan.repetitions, contender,
                            &summary);
    return summary.mean;
}

/* Wait for the background as the terminal does; fails after a minute. */
static void await_outcomes(sb_session *session, size_t least)
{
    for (int rounds = 0; done(session) < least; rounds++) {
        struct pollfd descriptor = {.fd = sb_session_simulation_descriptor(session),
                                    .events = POLLIN};
        assert_true(poll(&descriptor, 1, 10000) == 1 && rounds < 6000);
        assert_true(sb_session_refresh(session));
    }
}

static void await_end(sb_session *session)
{
    await_outcomes(session, sb_simulation_total(sb_session_simulation(session)));
    while (sb_session_simulating(session)) {
        usleep(1000);
    }
    (void)sb_session_refresh(session);
}

static void a_script_runs_to_the_end(void **state)
{
    (void)state;
    sb_session *session = small_session(false);
    assert_true(sb_session_simulation_of_table(session));
    assert_int_equal(sb_simulation_total(sb_session_simulation(session)), 8);
    assert_int_equal(done(session), 0);
    char *text = output_of(session, "simulate start");
    assert_string_equal(text, "8 of 8 repetitions are done\n");
    free(text);
    text = output_of(session, "show simulation");
    assert_non_null(strstr(text, "samples       known-prior"));
    assert_non_null(strstr(text, "0.8333 +- 0.0000")); /* 5/6 of the surplus can be extracted */
    free(text);
    sb_session_free(session);
}

/* In the background the same numbers come out; pausing and going on changes none. */
static void the_background_agrees(void **state)
{
    (void)state;
    sb_session *script = small_session(false), *session = small_session(true);
    run(script, "simulate start");
    assert_false(sb_session_simulating(session));
    assert_false(sb_session_simulation_seconds_left(session) >= 0);
    sb_session_press(session, "N");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_SIMULATE);
    sb_session_press(session, "Space");
    await_outcomes(session, 1);
    sb_session_press(session, "Space"); /* where it is not at its end already, it pauses */
    run(session, "simulate pause");
    assert_false(sb_session_simulating(session));
    size_t paused = done(session);
    assert_true(paused >= 1);
    run(session, "simulate start");
    await_end(session);
    for (size_t cell = 0; cell < 2; cell++) {
        for (int k = 0; k < SB_CONTENDER_COUNT; k++) {
            assert_true(revenue(session, cell, (sb_contender)k) ==
                        revenue(script, cell, (sb_contender)k));
        }
    }
    sb_session_free(session);
    sb_session_free(script);
}

/* More repetitions and other samples keep what is done; another seed does not. */
static void what_is_true_is_kept(void **state)
{
    (void)state;
    sb_session *session = small_session(false);
    run(session, "simulate start");
    double before = revenue(session, 1, SB_CONTENDER_ROBUST);
    run(session, "simulate repetitions 6");
    assert_int_equal(done(session), 8);
    run(session, "simulate samples 30 100, 10");
    assert_int_equal(done(session), 8);
    assert_int_equal(sb_simulation_total(sb_session_simulation(session)), 18);
    assert_true(revenue(session, 1, SB_CONTENDER_ROBUST) == before);
    run(session, "simulate mechanisms robust ex-post");
    assert_int_equal(done(session), 8);
    run(session, "simulate mechanisms robust,bayesian"); /* the Bayesian ones are still there */
    assert_int_equal(done(session), 0);
    run(session, "simulate start");
    assert_int_equal(done(session), 18);
    run(session, "simulate seed 2");
    assert_int_equal(done(session), 0);
    run(session, "simulate start");
    run(session, "simulate cancel");
    assert_int_equal(done(session), 0);
    assert_int_equal(sb_simulation_total(sb_session_simulation(session)), 18);
    sb_session_free(session);
}

/* The truth is the table of the start: an edit makes it outdated, the next start follows. */
static void the_truth_of_the_start(void **state)
{
    (void)state;
    sb_session *session = small_session(false);
    run(session, "simulate start");
    assert_false(sb_session_simulation_outdated(session));
    run(session, "uniform");
    assert_true(sb_session_simulation_outdated(session));
    assert_int_equal(done(session), 8);
    run(session, "undo");
    assert_false(sb_session_simulation_outdated(session));
    run(session, "redo");
    double before = revenue(session, 0, SB_CONTENDER_KNOWN_PRIOR);
    run(session, "simulate start");
    assert_false(sb_session_simulation_outdated(session));
    assert_true(revenue(session, 0, SB_CONTENDER_KNOWN_PRIOR) < before);
    run(session, "simulate truth normal");
    assert_false(sb_session_simulation_of_table(session));
    run(session, "simulate types 3,4");
    run(session, "simulate correlation 0,1/2");
    run(session, "simulate epsilon 0.05,0.1");
    run(session, "simulate signals 2");
    assert_int_equal(sb_session_simulation(session)->cell_count, 16);
    run(session, "simulate signals types");
    run(session, "simulate level simultaneous");
    assert_int_equal(sb_session_simulation(session)->plan.estimate.level, SB_LEVEL_SIMULTANEOUS);
    sb_session_free(session);
}

/* After an edit the key goes on with the table of the start; nothing done is lost for good. */
static void what_is_done_is_not_lost(void **state)
{
    (void)state;
    sb_session *session = small_session(true);
    run(session, "simulate repetitions 5000");
    run(session, "simulate start");
    await_outcomes(session, 1);
    run(session, "simulate pause");
    size_t paused = done(session);
    run(session, "uniform");
    assert_true(sb_session_simulation_outdated(session));
    run(session, "simulate toggle");
    assert_true(sb_session_simulation_outdated(session));
    await_outcomes(session, paused + 1);
    run(session, "simulate pause");
    paused = done(session);
    assert_true(sb_session_simulation_outdated(session));
    run(session, "screen simulate");
    sb_session_press(session, "x");
    assert_non_null(strstr(message_of(session), "simulate restore"));
    assert_int_equal(done(session), 0);
    assert_false(sb_session_simulation_outdated(session)); /* the next start takes this table */
    assert_true(sb_session_simulation_of_table(session));
    run(session, "simulate restore");
    assert_int_equal(done(session), paused);
    assert_true(sb_session_simulation_outdated(session));
    char *text = output_of(session, "simulate start"); /* anew */
    assert_non_null(strstr(text, "simulate restore"));
    free(text);
    assert_false(sb_session_simulation_outdated(session));
    run(session, "simulate pause");
    run(session, "simulate restore");
    assert_int_equal(done(session), paused);
    sb_session_free(session);
    session = small_session(false);
    refuse(session, "simulate restore", "no simulation was given up");
    run(session, "simulate start");
    expect_output(session, "simulate seed 2", "8 repetitions are given up");
    run(session, "simulate restore");
    assert_int_equal(done(session), 8);
    run(session, "uniform");
    refuse(session, "simulate toggle", "simulate start begins anew");
    assert_int_equal(done(session), 8);
    sb_session_free(session);
}

/* Leaving the explorer asks for more than a few seconds of work that no file holds. */
static void quitting_asks(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = small_session(true);
    run(session, "simulate start");
    await_end(session);
    sb_simulation *simulation = (sb_simulation *)sb_session_simulation(session);
    for (size_t k = 0; k < simulation->cell_count; k++) {
        simulation->cells[k].outcomes[0].outcomes[SB_CONTENDER_ROBUST].seconds = 2;
    }
    sb_session_press(session, "q");
    assert_false(sb_session_quitting(session));
    assert_non_null(strstr(message_of(session), "simulate save FILE"));
    assert_int_not_equal(sb_session_command(session, "open " DEMO("concave"), NULL, NULL), SB_OK);
    assert_int_equal(done(session), 8);
    run(session, line("simulate save %s", in(folder, "kept.csv")));
    sb_session_press(session, "q");
    assert_true(sb_session_quitting(session));
    remove_folder(folder);
    sb_session_free(session);
}

/* The truth of loaded results is not the table, unless it is. */
static void results_of_another_table(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = small_session(false);
    run(session, "simulate start");
    run(session, line("simulate save %s", in(folder, "kept.csv")));
    run(session, line("simulate load %s", in(folder, "kept.csv")));
    assert_true(sb_session_simulation_of_table(session));
    run(session, "uniform");
    assert_true(sb_session_simulation_outdated(session));
    run(session, line("simulate load %s", in(folder, "kept.csv")));
    assert_false(sb_session_simulation_of_table(session));
    assert_false(sb_session_simulation_outdated(session));
    run(session, "simulate repetitions 5"); /* goes on with the truth of the file */
    run(session, "simulate start");
    assert_false(sb_session_simulation_of_table(session));
    assert_int_equal(done(session), 10);
    run(session, "simulate truth table");
    assert_true(sb_session_simulation_of_table(session));
    assert_int_equal(done(session), 0);
    remove_folder(folder);
    sb_session_free(session);
}

static void the_cursor_stays_on_the_axes(void **state)
{
    (void)state;
    sb_session *session = small_session(true);
    const sb_display *display = sb_session_display(session);
    run(session, "screen simulate");
    sb_session_press(session, "Right");
    assert_int_equal(display->simulation_at[SB_AXIS_SAMPLES], 1);
    sb_session_press(session, "Right");
    assert_int_equal(display->simulation_at[SB_AXIS_SAMPLES], 1);
    run(session, "simulate samples 10");
    assert_int_equal(display->simulation_at[SB_AXIS_SAMPLES], 0);
    run(session, "simulate epsilon 0.05 0.1 0.2");
    assert_int_equal(display->simulation_axis, SB_AXIS_EPSILON);
    sb_session_press(session, "End");
    assert_int_equal(display->simulation_at[SB_AXIS_EPSILON], 2);
    run(session, "simulate samples 10 20");
    sb_session_press(session, "Tab");
    assert_int_equal(display->simulation_axis, SB_AXIS_SAMPLES);
    sb_session_press(session, "Escape");
    assert_int_equal(display->screen, SB_SCREEN_TABLE);
    sb_session_free(session);
}

/* A table that cannot be a truth: the bivariate normal is planned. */
static void two_bidders(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "screen simulate");
    assert_false(sb_session_simulation_of_table(session));
    refuse(session, "simulate truth table", "one bidder and a signal");
    refuse(session, "simulate samples 0", "0 samples");
    refuse(session, "simulate samples 1.5", "whole numbers");
    refuse(session, "simulate samples ten", "'ten'");
    refuse(session, "simulate correlation 1", "correlation 1");
    refuse(session, "simulate epsilon 0", "epsilon 0");
    refuse(session, "simulate mechanisms best", "there is no mechanism 'best'");
    refuse(session, "simulate types", "simulate WORD");
    refuse(session, "simulate faster", "faster");
    refuse(session, "simulate load /nonexistent", "nonexistent");
    sb_session_free(session);
}

static void files(void **state)
{
    (void)state;
    char path[] = "/tmp/sidebet-simulate-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    sb_session *session = small_session(false);
    run(session, "simulate start");
    char line[64];
    snprintf(line, sizeof line, "simulate save %s", path);
    refuse(session, line, "exists already");
    refuse(session, line, "simulate save! FILE");
    snprintf(line, sizeof line, "simulate save! %s", path);
    run(session, line);
    double before = revenue(session, 0, SB_CONTENDER_ROBUST);
    run(session, "simulate cancel");
    snprintf(line, sizeof line, "simulate load %s", path);
    run(session, line);
    assert_int_equal(done(session), 8);
    assert_true(revenue(session, 0, SB_CONTENDER_ROBUST) == before);
    snprintf(line, sizeof line, "simulate csv %s", path);
    refuse(session, line, "simulate csv! FILE");
    snprintf(line, sizeof line, "simulate csv! %s", path);
    run(session, line);
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(sb_text_read_file(path, 100000, &bytes, &length, NULL), SB_OK);
    assert_non_null(strstr(bytes, "samples,types,signals"));
    assert_non_null(strstr(bytes, "\n100,3,2,,0.05,1,robust,4,0,"));
    free(bytes);
    unlink(path);
    sb_session_free(session);
}

/* Quitting does not wait for what runs. */
static void freed_while_it_runs(void **state)
{
    (void)state;
    sb_session *session = small_session(true);
    run(session, "simulate repetitions 50000");
    run(session, "simulate start");
    assert_true(sb_session_simulating(session));
    await_outcomes(session, 1);
    assert_true(sb_session_simulation_seconds_left(session) >= 0);
    run(session, "simulate samples 20"); /* goes on by itself with the new plan */
    assert_true(sb_session_simulating(session));
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_runs_to_the_end),
        cmocka_unit_test(the_background_agrees),
        cmocka_unit_test(what_is_true_is_kept),
        cmocka_unit_test(the_truth_of_the_start),
        cmocka_unit_test(what_is_done_is_not_lost),
        cmocka_unit_test(quitting_asks),
        cmocka_unit_test(results_of_another_table),
        cmocka_unit_test(the_cursor_stays_on_the_axes),
        cmocka_unit_test(two_bidders),
        cmocka_unit_test(files),
        cmocka_unit_test(freed_while_it_runs),
    };
    return cmocka_run_group_tests_name("the simulation of a session", tests, NULL, NULL);
}
