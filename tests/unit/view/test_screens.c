/* Whole screens: the example as it should look, and every size without a fault.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SIDEBET_GOLDEN=write writes the golden files instead of comparing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/panes.h"
#include "view/view.h"

#include "unit/view/golden.h"

static sb_session *session_of(const char *demo)
{
    sb_error error;
    sb_session *session = sb_session_new(false, &error);
    assert_non_null(session);
    char *path = sb_format_text("%s/demos/%s", SB_SOURCE_DIR, demo);
    assert_int_equal(sb_session_open(session, path, &error), SB_OK);
    free(path);
    return session;
}

static void command(sb_session *session, const char *line)
{
    sb_error error;
    if (sb_session_command(session, line, NULL, &error) != SB_OK) {
        fail_msg("%s: %s", line, error.message);
    }
}

static void press(sb_session *session, const char *keys)
{
    char name[2] = "";
    for (; *keys != '\0'; keys++) {
        name[0] = *keys;
        sb_session_press(session, name);
    }
}

static char *dump(sb_session *session, int rows, int columns, bool ascii)
{
    sb_error error;
    assert_non_null(sb_session_results(session, &error));
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, rows, columns, ascii));
    sb_view_draw(session, &canvas);
    char *text = sb_canvas_dump(&canvas);
    sb_canvas_clear(&canvas);
    return text;
}

static void test_times_are_masked(void **state)
{
    (void)state;
    static const char expected[] = "\xE2\x94\x80\xE2\x94\x80 optimal \xC2\xB7 T ms \xE2\x94\x80";
    static const char *const screens[] = {
        "\xE2\x94\x80\xE2\x94\x80 optimal \xC2\xB7 1 ms \xE2\x94\x80",
        "\xE2\x94\x80 optimal \xC2\xB7 12 ms \xE2\x94\x80",
        "\xE2\x94\x80 optimal \xC2\xB7 <1 ms \xE2\x94\x80",
        "\xE2\x94\x80 optimal \xC2\xB7 1.7 s \xE2\x94\x80",
    };
    for (size_t k = 0; k < sizeof screens / sizeof screens[0]; k++) {
        char *masked = without_time(screens[k]);
        assert_string_equal(masked, expected);
        free(masked);
    }
}

static void compare(sb_session *session, int rows, int columns, bool ascii, const char *name)
{
    compare_with_golden(dump(session, rows, columns, ascii), ascii, name);
}

static void test_golden(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    compare(session, 24, 80, false, "example-80x24");
    compare(session, 40, 120, false, "example-120x40");
    compare(session, 12, 40, false, "example-40x12");
    press(session, "?");
    compare(session, 24, 80, false, "help-80x24");
    sb_session_free(session);
    session = session_of("gaussian.yaml");
    compare(session, 24, 80, false, "gaussian-80x24");
    sb_session_free(session);
    session = session_of("not-concave.yaml");
    compare(session, 24, 80, false, "not-concave-80x24");
    sb_session_free(session);
    session = session_of("divorce.yaml");
    compare(session, 24, 80, false, "divorce-80x24");
    sb_session_free(session);
    session = session_of("two-items.yaml");
    compare(session, 24, 80, false, "two-items-80x24");
    sb_session_free(session);
    session = session_of("public-good.yaml");
    compare(session, 24, 80, false, "public-good-80x24");
    sb_session_free(session);
}

static size_t words_of(sb_session *session, int rows, int columns)
{
    char *text = dump(session, rows, columns, false);
    size_t words = 0;
    bool within = false;
    for (const char *at = text; *at != '\0'; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        words += letter && !within;
        within = letter;
    }
    free(text);
    return words;
}

/* The theme for a projector leaves less to read, even where rules that
 * did not fit before take the place of sentences. */
static void test_fewer_words(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {40, 120}};
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "hints on");
    command(session, "theme projector");
    compare(session, 24, 80, false, "example-projector-80x24");
    compare(session, 40, 120, false, "example-projector-120x40");
    for (size_t k = 0; k < 2; k++) {
        command(session, "theme default");
        size_t usual = words_of(session, sizes[k][0], sizes[k][1]);
        command(session, "theme projector");
        size_t fewer = words_of(session, sizes[k][0], sizes[k][1]);
        if (fewer * 100 > usual * 93) {
            fail_msg("%zu words of %zu are left", fewer, usual);
        }
    }
    sb_session_free(session);
}

static void expect_shown(sb_session *session, const char *text)
{
    char *screen = dump(session, 24, 80, false);
    if (strstr(screen, text) == NULL) {
        fail_msg("\"%s\" is not on the screen:\n%s", text, screen);
    }
    free(screen);
}

static void test_what_is_said(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    expect_shown(session, "100 % of surplus");
    expect_shown(session, "\xCF\x83 min 4.0e-06");
    expect_shown(session, "probability 0.251 = 251/1000");
    expect_shown(session, "largest payment 62750 (vertex)");
    press(session, "c");
    expect_shown(session, "given agent 1");
    press(session, "cf");
    expect_shown(session, "251/1000");
    press(session, "f");
    command(session, "ir none");
    expect_shown(session, "revenue is unbounded");
    expect_shown(session, "No best mechanism");
    expect_shown(session, "can grow without");
    /* a sentence too long for its row goes on above it */
    command(session, "echo \"this sentence is so long that it does not fit into the one row which "
                     "there is for it at all\"");
    expect_shown(session, "this sentence is so long");
    expect_shown(session, "at all");
    press(session, "q");
    expect_shown(session, "w saves them, Q leaves and gives them up");
    /* keys stay beside the rules where their names do not fit */
    command(session, "payments bounded:12345.678");
    expect_shown(session, "P none  O revenue  $ bounded:12345.678");
    command(session, "undo");
    press(session, "mmm<<<");
    expect_shown(session, "keep both marginals \xC2\xB1"
                          "0.000001");
    press(session, "m");
    expect_shown(session, "undo 1");
    expect_shown(session, "modified");
    command(session, "undo");
    press(session, "0.3");
    expect_shown(session, "Esc cancel");
    expect_shown(session, "0.3");
    sb_session_press(session, "Enter");
    expect_shown(session, "weights sum to 1.049");
    sb_session_free(session);
    session = session_of("not-concave.yaml");
    expect_shown(session, "what 1/2\xC2\xB7pessimist + 1/2\xC2\xB7optimist");
    expect_shown(session, "53/33");
    sb_session_free(session);
}

/* ---- every size ---- */

static void check_canvas(const sb_canvas *canvas)
{
    assert_true(canvas->cursor_row < canvas->rows && canvas->cursor_column < canvas->columns);
    for (int row = 0; row < canvas->rows; row++) {
        int expected = 0; /* of the cell behind a wide one */
        for (int column = 0; column < canvas->columns; column++) {
            const sb_cell *cell = &canvas->cells[row * canvas->columns + column];
            assert_true(cell->style < SB_STYLE_COUNT);
            if (expected == 1) {
                assert_int_equal(cell->width, 0);
                assert_string_equal(cell->bytes, "");
                expected = 0;
                continue;
            }
            assert_true(cell->width == 1 || cell->width == 2);
            assert_true(cell->bytes[0] != '\0');
            expected = cell->width == 2;
            for (const char *byte = cell->bytes; canvas->ascii && *byte != '\0'; byte++) {
                assert_true((unsigned char)*byte >= 0x20 && (unsigned char)*byte < 0x7F);
            }
        }
        assert_int_equal(expected, 0);
    }
}

static void draw_sizes(sb_session *session, int row_step, int column_step)
{
    for (int rows = 1; rows <= 50; rows += row_step) {
        for (int columns = 1; columns <= 130; columns += column_step) {
            sb_canvas canvas;
            assert_true(sb_canvas_init(&canvas, rows, columns, (rows + columns) % 3 == 0));
            sb_view_draw(session, &canvas);
            check_canvas(&canvas);
            sb_canvas_clear(&canvas);
        }
    }
}

/* Every pane with the keys, and typing, conditionals, fractions, help. */
static void draw_all(sb_session *session)
{
    sb_error error;
    assert_non_null(sb_session_results(session, &error));
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        draw_sizes(session, 5, 9);
        sb_session_press(session, "Tab");
    }
    press(session, "cf");
    command(session, "move last");
    draw_sizes(session, 4, 8);
    press(session, "0.123456789012345678901234567890");
    draw_sizes(session, 7, 7);
    sb_session_press(session, "Escape");
    press(session, "?");
    draw_sizes(session, 7, 11);
    press(session, "?");
}

static void draw_made(const size_t *sizes, size_t agents, size_t signals)
{
    sb_bidder_description bidders[3];
    fmpq *values = sb_rationals_new(12);
    const char *const names[] = {"agent 1", "\xE6\xBC\xA2\xE5\xAD\x97 und e\xCC\x81t\xC3\xA9",
                                 "third"};
    const char *labels[12];
    char texts[12][32];
    for (size_t k = 0; k < 12; k++) {
        fmpq_set_si(values + k, (slong)k * 7 - 3, k % 3 == 0 ? 1 : 3);
        (void)snprintf(texts[k], sizeof texts[k], k % 4 == 3 ? "a very long type %zu" : "t%zu", k);
        labels[k] = texts[k];
    }
    for (size_t i = 0; i < agents; i++) {
        bidders[i] = (sb_bidder_description){names[i], sizes[i], i == 1 ? labels : NULL, values};
    }
    sb_environment *environment = NULL;
    sb_error error;
    sb_status status = sb_environment_new_item(bidders, agents, signals > 0 ? "weather" : NULL,
                                               signals, NULL, values + 1, &environment, &error);
    if (status != SB_OK) {
        fail_msg("%s", error.message);
    }
    size_t profiles = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(profiles);
    unsigned long long random = 12345;
    for (size_t k = 0; k < profiles; k++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        fmpq_set_si(weights + k, (slong)((random >> 33) % 1000), 1000);
    }
    fmpq_set_si(weights, 1, 7);
    assert_int_equal(sb_environment_set_weights(environment, weights, &error), SB_OK);
    sb_rationals_free(weights, profiles);
    sb_rationals_free(values, 12);
    sb_session *session = sb_session_new(false, &error);
    assert_non_null(session);
    sb_session_adopt(session, environment, NULL);
    draw_all(session);
    sb_session_free(session);
}

static void test_every_size(void **state)
{
    (void)state;
    const size_t shapes[][3] = {{1, 1, 0}, {1, 12, 0},  {12, 1, 0}, {2, 2, 0},
                                {3, 7, 0}, {10, 10, 0}, {12, 12, 0}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        draw_made(shapes[i], 2, 0);
    }
    const size_t three[] = {2, 3, 2};
    draw_made(three, 3, 0);
    draw_made(three, 2, 3);
    draw_made(three, 1, 0);
    draw_made(three, 1, 9);
}

static void test_every_demo(void **state)
{
    (void)state;
    const char *const demos[] = {"divorce.yaml", "gaussian.yaml", "shared-belief.yaml"};
    for (size_t i = 0; i < sizeof demos / sizeof demos[0]; i++) {
        sb_session *session = session_of(demos[i]);
        draw_all(session);
        sb_session_free(session);
    }
}

/* The line of rules does not speak for all agents where they differ. */
static void test_agents_that_differ(void **state)
{
    (void)state;
    sb_session *session = session_of("one-may-walk-away.yaml");
    expect_shown(session, "P ex-interim (Ann: ex-post)  O revenue");
    command(session, "rename Ann Annabel Lee of the sea");
    command(session, "ic none Ben");
    expect_shown(session, "I bayes-nash (1 differs)  P ex-interim (1 differs)  O revenue  $ free");
    char *wide = dump(session, 30, 160, false);
    assert_non_null(strstr(wide, "I ic bayes-nash (Ben: none)   "
                                 "P ir ex-interim (Annabel Lee of the sea: ex-post)   O objec"));
    free(wide);
    draw_all(session);
    sb_session_free(session);
    session = session_of("receipts.yaml");
    wide = dump(session, 30, 120, false);
    assert_non_null(strstr(wide, "$ payments balanced   reports of seller limited"));
    free(wide);
    char *narrow = dump(session, 24, 80, false);
    assert_non_null(strstr(narrow, "costs of seller \xC2\xB7 * limited"));
    assert_non_null(strstr(narrow, " seller    0*  2*  4 "));
    free(narrow);
    command(session, "reports seller 0 any");
    command(session, "reports seller 2 any");
    wide = dump(session, 30, 120, false);
    assert_null(strstr(wide, "limited"));
    free(wide);
    narrow = dump(session, 24, 80, false);
    assert_null(strstr(narrow, "limited"));
    assert_null(strstr(narrow, "0*"));
    free(narrow);
    draw_all(session);
    sb_session_free(session);
}

static int style_of(const sb_canvas *canvas, const char *word)
{
    for (int row = 0; row < canvas->rows; row++) {
        for (int column = 0; column + (int)strlen(word) <= canvas->columns; column++) {
            const sb_cell *cells = &canvas->cells[row * canvas->columns + column];
            size_t k = 0;
            while (word[k] != '\0' && cells[k].bytes[0] == word[k]) {
                k++;
            }
            if (word[k] == '\0') {
                return cells[0].style;
            }
        }
    }
    return -1;
}

/* While the engine works the old numbers stay, dimmed, and the screen says what is going on. */
static void test_solving(void **state)
{
    (void)state;
    sb_error error;
    sb_session *session = sb_session_new(true, &error);
    assert_non_null(session);
    char *path = sb_format_text("%s/demos/gaussian.yaml", SB_SOURCE_DIR);
    assert_int_equal(sb_session_open(session, path, &error), SB_OK);
    free(path);
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 24, 80, false));
    sb_view_draw(session, &canvas); /* nothing has been taken from the engine yet */
    assert_int_equal(style_of(&canvas, "solving"), SB_STYLE_WARNING);
    assert_int_equal(style_of(&canvas, "revenue 5.5"), -1);
    struct pollfd ready = {sb_session_descriptor(session), POLLIN, 0};
    while (sb_session_results_at_hand(session) == NULL ||
           !sb_results_complete(sb_session_results_at_hand(session))) {
        assert_int_equal(poll(&ready, 1, 60000), 1);
        (void)sb_session_refresh(session);
    }
    sb_view_draw(session, &canvas);
    assert_int_equal(style_of(&canvas, "solving"), -1);
    assert_int_equal(style_of(&canvas, "revenue 5.5"), SB_STYLE_STRONG);
    assert_int_equal(style_of(&canvas, "exact"), SB_STYLE_GOOD);
    command(session, "nudge up");
    sb_view_draw(session, &canvas);
    assert_int_equal(style_of(&canvas, "solving"), SB_STYLE_WARNING);
    assert_int_equal(style_of(&canvas, "revenue 5.5"), SB_STYLE_DIM);
    sb_canvas_clear(&canvas);
    sb_session_free(session);
}

static void test_nothing_open(void **state)
{
    (void)state;
    sb_error error;
    sb_session *session = sb_session_new(false, &error);
    assert_non_null(session);
    draw_sizes(session, 5, 9);
    sb_session_free(session);
}

static void test_too_small(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    char *screen = dump(session, 5, 30, false);
    assert_string_equal(screen,
                        "sidebet needs 40 columns and\n12 rows; this terminal has 30\nand 5."
                        "\n\n\n");
    free(screen);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times_are_masked),   cmocka_unit_test(test_golden),
        cmocka_unit_test(test_fewer_words),        cmocka_unit_test(test_what_is_said),
        cmocka_unit_test(test_every_size),         cmocka_unit_test(test_every_demo),
        cmocka_unit_test(test_agents_that_differ), cmocka_unit_test(test_solving),
        cmocka_unit_test(test_nothing_open),       cmocka_unit_test(test_too_small),
    };
    int failed = cmocka_run_group_tests_name("screens", tests, NULL, NULL);
    flint_cleanup(); /* its caches would look like leaks */
    return failed;
}
