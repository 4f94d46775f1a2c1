/* Tours: reading, telling and playing them, also when memory runs out.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <poll.h>
#include <unistd.h>

#include "base/memory.h"
#include "session/keys.h"
#include "session/settings.h"
#include "session/touring.h"
#include "session/tours.h"

#define TOUR(name) SB_SOURCE_DIR "/demos/tours/" name ".sbt"
#define FIRST      TOUR("1-a-simple-example")
#define SECOND     TOUR("2-a-slightly-different-distribution")
#define ROBUST     TOUR("8-robust-mechanisms-step-by-step")

static long left = -1; /* allocations until one fails; negative: none fails */

void *sb_memory_resize(void *memory, size_t bytes);

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (left >= 0 && left-- == 0) {
        return NULL;
    }
    return realloc(memory, bytes);
}

static size_t step_of(const sb_session *session)
{
    size_t step = 99;
    assert_non_null(sb_session_tour(session, &step));
    return step;
}

static char *plain(const sb_session *session, size_t paragraph)
{
    char *text = sb_copy_text(sb_session_tour_paragraph(session, paragraph));
    assert_non_null(text);
    sb_tour_plain(text);
    return text;
}

/* A key, and what it brings is there: under load a step may take its time. */
static void arrive(sb_session *session)
{
    while (sb_session_tour_walks(session, NULL)) {
        struct pollfd ready = {sb_session_tour_descriptor(session), POLLIN, 0};
        (void)poll(&ready, 1, 1000);
        (void)sb_session_refresh(session);
    }
}

static void press(sb_session *session, const char *key)
{
    sb_session_press(session, key);
    arrive(session);
}

static void begin_tour(sb_session *session, const char *path)
{
    char *line = sb_format_text("tour %s", path);
    assert_int_equal(sb_session_command(session, line, NULL, NULL), SB_OK);
    free(line);
    arrive(session);
}

/* ---- reading ---- */

static void test_read(void **state)
{
    (void)state;
    sb_tour *tour = NULL;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_tour_read(FIRST, &tour, &error), SB_OK);
    assert_string_equal(tour->title, "A simple example");
    assert_int_equal(tour->step_count, 7);
    assert_string_equal(tour->steps[0].commands[0].text, "open ../simple-example.yaml");
    assert_int_equal(tour->steps[0].paragraph_count, 2);
    assert_non_null(strstr(tour->steps[0].question.text, "Say a number"));
    assert_null(tour->steps[1].question.text);
    assert_int_equal(tour->steps[5].try_count, 2);
    assert_string_equal(tour->steps[5].tries[1].text, "set 2,2 0.4");
    assert_true(tour->folder[strlen(tour->folder) - 1] == '/');
    sb_tour_free(tour);
    assert_int_equal(sb_tour_read(SB_SOURCE_DIR "/none.sbt", &tour, &error), SB_ERROR_IO);
}

static void test_read_memory(void **state)
{
    (void)state;
    for (long at = 0;; at++) {
        sb_tour *tour = NULL;
        sb_error error;
        sb_error_clear(&error);
        left = at;
        sb_status status = sb_tour_read(FIRST, &tour, &error);
        bool unreached = left >= 0;
        left = -1;
        if (unreached) {
            assert_int_equal(status, SB_OK);
            sb_tour_free(tour);
            break;
        }
        /* where a command is looked at a failure may leave a word of a hint away, no more */
        assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
        assert_true((status == SB_OK) == (tour != NULL));
        sb_tour_free(tour);
    }
}

static void test_check_memory(void **state)
{
    (void)state;
    sb_tour *tour = NULL;
    assert_int_equal(sb_tour_read(ROBUST, &tour, NULL), SB_OK);
    size_t checked = 0;
    assert_int_equal(sb_tour_check(tour, &checked, NULL), SB_OK);
    assert_int_equal(checked, 11);
    for (long at = 0; at < 40000; at += 1 + at / 8) {
        sb_error error;
        sb_error_clear(&error);
        left = at;
        sb_status status = sb_tour_check(tour, &checked, &error);
        left = -1;
        if (status != SB_OK) {
            assert_int_not_equal(error.status, SB_OK);
        }
    }
    sb_tour_free(tour);
}

/* ---- the list ---- */

static void test_list(void **state)
{
    (void)state;
    setenv("SIDEBET_DATA", SB_SOURCE_DIR, 1);
    sb_tours tours;
    assert_int_equal(sb_tours_list(&tours, NULL), SB_OK);
    assert_int_equal(tours.count, 10);
    for (size_t k = 0; k < tours.count; k++) {
        assert_int_equal(tours.each[k].number, (long)k + 1);
        char *found = sb_tours_find(tours.each[k].name, NULL);
        assert_string_equal(found, tours.each[k].path);
        free(found);
    }
    sb_tours_clear(&tours);
    char *path = sb_tours_find("8", NULL);
    assert_non_null(strstr(path, "8-robust"));
    free(path);
    path = sb_tours_find("robust", NULL);
    assert_non_null(strstr(path, "8-robust"));
    free(path);
    assert_null(sb_tours_find("a-", NULL)); /* the beginning of several */
    assert_null(sb_tours_find("11", NULL));
    for (long at = 0; at < 60; at++) {
        left = at;
        path = sb_tours_find("3", NULL);
        left = -1;
        free(path);
    }
}

/* ---- playing ---- */

static void test_play(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), false);
    run(session, "set 1,rain 0.2");
    const sb_environment *own = sb_session_environment(session);
    assert_int_equal(sb_touring_begin(session, SECOND, 1, NULL), SB_OK);
    assert_ptr_equal(sb_session_environment(sb_session_aside(session)), own);
    assert_int_equal(step_of(session), 1);
    char *text = plain(session, 0);
    assert_non_null(strstr(text, "The best mechanism earns 1.749. The full surplus is 1.749."));
    free(text);
    assert_null(sb_session_tour_paragraph(session, 2));
    assert_non_null(strchr(sb_session_tour_paragraph(session, 0), SB_TOUR_NUMBER_BEGINS));
    run(session, "set 1,1 0.3"); /* makes no difference to the next step */
    run(session, "tour next");
    run(session, "expect revenue 1.749");
    assert_int_equal(sb_session_undo_count(session), 0);
    run(session, "tour step 7");
    assert_int_equal(step_of(session), 6);
    run(session, "tour back");
    assert_int_equal(step_of(session), 5);
    refuse(session, "tour step 9", "from 1 to 8");
    refuse(session, "open " DEMO("weather"), "tour leave");
    refuse(session, "open! " DEMO("weather"), "tour leave");
    refuse(session, "recover", "tour leave");
    refuse(session, "save", "save FILE");
    run(session, "tour leave");
    assert_ptr_equal(sb_session_environment(session), own);
    assert_true(sb_session_modified(session));
    assert_null(sb_session_tour(session, NULL));
    refuse(session, "tour leave", "no tour is being played");
    refuse(session, "tour next", "no tour is being played");
    refuse(session, "tour down", "no tour is being played");
    run(session, "tour resume");
    assert_int_equal(step_of(session), 5);
    run(session, "tour " FIRST); /* another one: the first is left */
    assert_int_equal(step_of(session), 0);
    refuse(session, "tour back", "first step");
    run(session, "tour step 7");
    refuse(session, "tour next", "last step");
    run(session, "tour leave");
    assert_ptr_equal(sb_session_environment(session), own);
    sb_session_free(session);
}

/* A tour that cannot begin leaves everything as it was. */
static void test_refused(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), false);
    refuse(session, "tour nonsense", "there is no tour and no file");
    refuse(session, "tour ./none.sbt", "none.sbt");
    assert_null(sb_session_tour(session, NULL));
    assert_int_equal(sb_touring_begin(session, FIRST, 7, NULL), SB_ERROR_USAGE);
    run(session, "tour " FIRST);
    refuse(session, "tour ./none.sbt", "none.sbt");
    assert_int_equal(step_of(session), 0);
    sb_session_free(session); /* with what was put aside */
}

/* Where nothing was open, the tour's example stays. */
static void test_nothing_before(void **state)
{
    (void)state;
    sb_session *session = sb_session_new(false, NULL);
    run(session, "tour " FIRST);
    run(session, "tour leave");
    run(session, "expect revenue 1.5");
    run(session, "quit");
    assert_true(sb_session_quitting(session));
    sb_session_free(session);
}

static void test_tried(void **state)
{
    (void)state;
    sb_session *session = sb_session_new(false, NULL);
    assert_int_equal(sb_touring_begin(session, FIRST, 5, NULL), SB_OK);
    assert_false(sb_session_tour_tried(session));
    run(session, "mass scale");
    run(session, "set 2,2 0.3");
    assert_false(sb_session_tour_tried(session));
    run(session, "set 2,2 0.4");
    assert_true(sb_session_tour_tried(session));
    run(session, "undo");
    assert_false(sb_session_tour_tried(session));
    run(session, "tour back"); /* nothing to try there */
    assert_false(sb_session_tour_tried(session));
    sb_session_free(session);
}

/* In the explorer q leaves the tour, and what a reader keeps unsaved is what was put aside. */
static void test_quit(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), true);
    begin_tour(session, FIRST);
    press(session, ")"); /* the answer */
    press(session, ")");
    assert_int_equal(step_of(session), 1);
    press(session, "(");
    assert_int_equal(step_of(session), 0);
    sb_session_press(session, "}");
    assert_int_equal(sb_session_display(session)->tour_scroll, 3);
    sb_session_press(session, "{");
    assert_int_equal(sb_session_display(session)->tour_scroll, 0);
    sb_session_press(session, "q");
    assert_false(sb_session_quitting(session));
    assert_null(sb_session_tour(session, NULL));
    assert_null(sb_key_find(session, ")"));
    assert_int_equal(sb_session_command(session, "tour", NULL, NULL), SB_OK);
    arrive(session);
    sb_session_press(session, "C-x");
    sb_session_press(session, "q");
    assert_true(sb_session_quitting(session));
    sb_session_free(session);
}

/* A step that asks hides the answers in the way of a presenter, until they are asked for. */
static void test_asked(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), true);
    assert_true(sb_session_shows(session, SB_REVEALED_ALL));
    begin_tour(session, FIRST);
    assert_true(sb_session_asked(session));
    assert_false(sb_session_shows(session, SB_REVEALED_REVENUE));
    sb_session_press(session, "!"); /* a stage at a time */
    assert_true(sb_session_shows(session, SB_REVEALED_REVENUE));
    assert_true(sb_session_asked(session));
    press(session, ")"); /* all the rest */
    assert_int_equal(step_of(session), 0);
    assert_false(sb_session_asked(session));
    assert_true(sb_session_shows(session, SB_REVEALED_ALL));
    assert_int_equal(sb_session_command(session, "set 1,1 0.3", NULL, NULL), SB_OK);
    assert_true(sb_session_shows(session, SB_REVEALED_ALL)); /* it was answered */
    press(session, ")");
    assert_int_equal(step_of(session), 1);
    assert_false(sb_session_hides(session));
    press(session, "(");
    assert_true(sb_session_asked(session));
    sb_session_press(session, "C-x");
    assert_false(sb_session_hides(session)); /* the reader hid nothing */
    sb_session_free(session);
}

static void test_asked_of_presenter(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), true);
    sb_session_press(session, "H");
    begin_tour(session, FIRST);
    press(session, ")");
    assert_false(sb_session_asked(session));
    press(session, ")"); /* asks nothing, and a presenter hides it all the same */
    assert_false(sb_session_shows(session, SB_REVEALED_REVENUE));
    press(session, ")");
    assert_int_equal(step_of(session), 2);
    assert_true(sb_session_asked(session));
    sb_session_press(session, "H"); /* shows the answers, also to the tour's question */
    assert_true(sb_session_shows(session, SB_REVEALED_ALL));
    sb_session_press(session, "C-x");
    assert_false(sb_session_settings(session)->presenter);
    sb_session_free(session);
    session = open_session(DEMO("weather"), true); /* what a presenter wants stays beyond a tour */
    begin_tour(session, FIRST);
    sb_session_press(session, "H");
    sb_session_press(session, "C-x");
    assert_false(sb_session_shows(session, SB_REVEALED_REVENUE));
    sb_session_free(session);
    session = sb_session_new(false, NULL); /* nothing is hidden from a script */
    run(session, "tour " FIRST);
    run(session, "tour next");
    assert_int_equal(step_of(session), 1);
    sb_session_free(session);
}

/* A tour whose second step takes minutes. */
static char *slow_tour(void)
{
    char *path = sb_copy_text("/tmp/sidebet-slow-XXXXXX.sbt");
    int descriptor = mkstemps(path, 4);
    assert_true(descriptor >= 0);
    static const char text[] = "tour Slow\nstep One\n: open " SB_SOURCE_DIR
                               "/demos/doubtful-forecast.yaml\nNothing.\nstep Two\n"
                               ": simulate truth table\n: simulate samples 100\n"
                               ": simulate repetitions 100000\n: simulate start\n"
                               "It is {simulated bayesian to 1}.\n";
    assert_int_equal(write(descriptor, text, sizeof text - 1), sizeof text - 1);
    close(descriptor);
    return path;
}

static void fails(sb_session *session, const char *line, const char *sentence)
{
    sb_error error;
    sb_error_clear(&error);
    assert_int_not_equal(sb_session_command(session, line, NULL, &error), SB_OK);
    assert_non_null(strstr(error.message, sentence));
}

/* A step that takes its time leaves the reader where he is, who can act and stay. */
static void test_in_the_background(void **state)
{
    (void)state;
    char *path = slow_tour();
    sb_session *session = open_session(DEMO("weather"), true);
    begin_tour(session, path);
    size_t next = 99;
    assert_false(sb_session_tour_walks(session, &next));
    fails(session, "tour stay", "no step is being computed");
    sb_session_press(session, ")");
    assert_true(sb_session_tour_walks(session, &next));
    assert_int_equal(next, 1);
    assert_int_equal(step_of(session), 0);
    const char *message = NULL;
    assert_int_equal(sb_session_message(session, &message), SB_MESSAGE_INFO);
    assert_non_null(strstr(message, "computing step 2"));
    fails(session, "tour next", "still on the way to step 2");
    fails(session, "tour " FIRST, "still on the way to step 2");
    assert_int_equal(sb_session_command(session, "set 1,rain 0.3", NULL, NULL), SB_OK);
    assert_int_equal(sb_session_undo_count(session), 1);
    assert_false(sb_touring_refresh(session));
    assert_int_equal(sb_session_command(session, "tour stay", NULL, NULL), SB_OK);
    assert_false(sb_session_tour_walks(session, NULL));
    assert_int_equal(sb_session_undo_count(session), 1); /* what was tried is there */
    sb_session_press(session, ")");
    assert_true(sb_session_tour_walks(session, NULL));
    sb_session_press(session, "C-x"); /* leaving gives it up too */
    assert_false(sb_session_tour_walks(session, NULL));
    assert_null(sb_session_tour(session, NULL));
    begin_tour(session, path);
    sb_session_press(session, ")");
    assert_true(sb_session_tour_walks(session, NULL));
    sb_session_free(session); /* and so does the end */
    unlink(path);
    free(path);
}

/* What is being typed into is not taken away under the reader's hands. */
static void test_arrives_when_typed(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), true);
    begin_tour(session, FIRST);
    press(session, ")");
    assert_int_equal(sb_session_command(session, "edit", NULL, NULL), SB_OK);
    assert_true(sb_session_entry(session)->active);
    assert_int_equal(sb_touring_set_out(session, NULL, 3, NULL), SB_OK);
    sb_session_press(session, "Escape");
    arrive(session);
    assert_int_equal(step_of(session), 3);
    sb_session_free(session);
}

static void test_play_memory(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), false);
    run(session, "set 1,rain 0.2");
    const sb_environment *own = sb_session_environment(session);
    for (long at = 0; at < 40000; at += 1 + at / 6) {
        sb_error error;
        sb_error_clear(&error);
        left = at;
        sb_status status = sb_touring_begin(session, FIRST, 1, &error);
        if (status == SB_OK) {
            status = sb_touring_go(session, 2, &error);
            bool told = sb_session_tour_paragraph(session, 0) != NULL;
            left = -1;
            assert_true(told);
            assert_int_equal(step_of(session), status == SB_OK ? 2 : 1);
            sb_touring_leave(session);
        } else {
            left = -1;
            assert_int_not_equal(error.status, SB_OK);
        }
        left = -1;
        assert_ptr_equal(sb_session_environment(session), own);
        assert_null(sb_session_tour(session, NULL));
    }
    sb_session_free(session);
}

/* ---- new questions ---- */

static void test_questions(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "expect marginal agent 1 2 0.499");
    run(session, "expect belief agent 1 1,2 250/501");
    run(session, "expect value agent 2 2 2");
    run(session, "payments-shown smallest");
    run(session, "expect payment agent 1 1,2 -31375");
    run(session, "expect allocation agent 1 gets it 2,1 1");
    run(session, "expect rent agent 1 2 0");
    run(session, "expect distinct-beliefs agent 1 2");
    refuse(session, "expect separation agent 1 0", "expected separation 0");
    refuse(session, "ask safe-radius", "no mechanism is frozen");
    run(session, "freeze");
    run(session, "expect safe-radius 0");
    refuse(session, "ask simulated robust", "nothing is simulated");
    refuse(session, "ask rent", "usage: ask rent AGENT TYPE");
    refuse(session, "ask sample-size 0.1 0.05", "");
    run(session, "ir none");
    run(session, "ic none");
    refuse(session, "ask rent agent 1 1", "unbounded");
    run(session, "open! " DEMO("learning-is-impossible/forecast"));
    run(session, "expect separation bidder 1");
    run(session, "expect sample-size 0.1 0.05 11619");
    sb_session_free(session);
    session = open_session(DEMO("two-items"), false);
    refuse(session, "ask value a 1+1", "more than one number");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_read_memory),
        cmocka_unit_test(test_check_memory),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_play),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_nothing_before),
        cmocka_unit_test(test_tried),
        cmocka_unit_test(test_quit),
        cmocka_unit_test(test_asked),
        cmocka_unit_test(test_in_the_background),
        cmocka_unit_test(test_arrives_when_typed),
        cmocka_unit_test(test_asked_of_presenter),
        cmocka_unit_test(test_play_memory),
        cmocka_unit_test(test_questions),
    };
    int failed = cmocka_run_group_tests_name("tour", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
