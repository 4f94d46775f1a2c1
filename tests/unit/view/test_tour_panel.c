/* A tour's panel: beside or below the screens, as it should look, and whatever the size.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "settled_screens.h"

#include "session/tours.h"
#include "view/tour_panel.h"

static void press(sb_session *session, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        settle(session);
        sb_session_press(session, *keys);
    }
}
#define PRESS(session, ...) press((session), (const char *const[]){__VA_ARGS__, NULL})

static sb_session *session_in(const char *tour)
{
    sb_session *session = session_of("weather.yaml");
    char *line = sb_format_text("tour %s/demos/tours/%s.sbt", SB_SOURCE_DIR, tour);
    command(session, line);
    free(line);
    return session;
}

static void at_the_table(void **state)
{
    (void)state;
    sb_session *session = session_in("2-a-slightly-different-distribution");
    PRESS(session, ")", ")");
    compare(session, 24, 80, false, "tour-table-80x24");
    compare(session, 40, 120, false, "tour-table-120x40");
    sb_session_free(session);
}

static void at_other_screens(void **state)
{
    (void)state;
    sb_session *session = session_in("8-robust-mechanisms-step-by-step");
    PRESS(session, ")", ")");
    compare(session, 24, 80, false, "tour-robust-80x24");
    compare(session, 24, 80, true, "tour-robust-ascii-80x24");
    compare(session, 40, 120, false, "tour-robust-120x40");
    PRESS(session, "?");
    expect_at(session, 24, 80, "Who breaks it?", false);
    sb_session_free(session);
    session = session_in("5-necessary-and-sufficient-conditions");
    compare(session, 40, 120, false, "tour-geometry-120x40");
    sb_session_free(session);
}

/* The text is longer than the panel: it moves, and does not run away. */
static void scrolling(void **state)
{
    (void)state;
    sb_session *session = session_in("1-a-simple-example");
    expect_at(session, 16, 60, "Say a number before", false);
    expect_at(session, 16, 60, "1 of 7: Two bidders, one item", true);
    PRESS(session, "}", "}", "}", "}", "}");
    expect_at(session, 16, 60, "Say a number before", true);
    PRESS(session, "{", "{", "{", "{", "{");
    expect_at(session, 16, 60, "1 of 7: Two bidders, one item", true);
    PRESS(session, "}", ")", ")");
    expect_at(session, 24, 80, "2 of 7: All there is", true);
    sb_session_free(session);
}

static void trying(void **state)
{
    (void)state;
    sb_session *session = session_in("1-a-simple-example");
    command(session, "tour step 6");
    expect_at(session, 40, 120, ":set 2,2 0.4", true);
    expect_at(session, 40, 120, "done", false);
    command(session, "mass scale");
    command(session, "set 2,2 0.4");
    expect_at(session, 40, 120, "done", true);
    command(session, "tour leave");
    expect_at(session, 40, 120, ":set 2,2 0.4", false);
    sb_session_free(session);
}

/* Numbers and what is quoted stand out; marks and backquotes are not shown. */
static void styles(void **state)
{
    (void)state;
    sb_session *session = session_in("2-a-slightly-different-distribution");
    command(session, "tour step 7");
    settle(session);
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 40, 120, false));
    sb_view_draw(session, &canvas);
    bool number = false;
    bool quoted = false;
    for (int cell = 0; cell < canvas.rows * canvas.columns; cell++) {
        const sb_cell *at = &canvas.cells[cell];
        assert_string_not_equal(at->bytes, "`");
        quoted = quoted || (at->style == SB_STYLE_KEY && strcmp(at->bytes, "L") == 0);
    }
    command(session, "tour step 2");
    settle(session);
    sb_view_draw(session, &canvas);
    for (int cell = 81; cell < canvas.rows * canvas.columns; cell++) {
        const sb_cell *at = &canvas.cells[cell];
        bool panel = cell % canvas.columns > 80;
        number = number || (panel && at->style == SB_STYLE_STRONG && strcmp(at->bytes, "7") == 0);
    }
    assert_true(number);
    assert_true(quoted);
    sb_canvas_clear(&canvas);
    sb_session_free(session);
}

/* A presenter hides what was computed, and only that. */
static void hidden(void **state)
{
    (void)state;
    sb_session *session = session_in("2-a-slightly-different-distribution");
    command(session, "tour step 2");
    command(session, "presenter on");
    compare(session, 40, 120, false, "tour-presenter-120x40");
    command(session, "presenter all");
    expect_at(session, 40, 120, "The best mechanism earns 1.749", true);
    command(session, "presenter hide");
    compare(session, 40, 120, false, "tour-presenter-120x40");
    sb_session_free(session);
}

/* A question stands without its answer, at every size, until the next key. */
static void asked(void **state)
{
    (void)state;
    sb_session *session = session_in("1-a-simple-example");
    compare(session, 24, 80, false, "tour-asked-80x24");
    compare(session, 40, 120, false, "tour-asked-120x40");
    expect_at(session, 24, 80, ") answer", true);
    for (int rows = 14; rows < 45; rows++) {
        for (int columns = 60; columns < 140; columns += 20) {
            expect_at(session, rows, columns, "1.75", false);
            expect_at(session, rows, columns, "1.25", false);
            expect_at(session, rows, columns, "85.7", false);
        }
    }
    PRESS(session, ")");
    expect_at(session, 24, 80, "1.75", true);
    expect_at(session, 24, 80, ") next step", true);
    PRESS(session, ")", ")"); /* what the text says is hidden with the screen */
    expect_at(session, 24, 80, "3 of 7", true);
    expect_at(session, 24, 80, "1.25", false);
    expect_at(session, 24, 80, "brings ?", true);
    PRESS(session, ")");
    expect_at(session, 24, 80, "brings 1.5", true);
    sb_session_free(session);
}

/* A lecturer at 80 by 24 need not move the text of any step of the tours that come along. */
static void every_step_fits(void **state)
{
    (void)state;
    setenv("SIDEBET_DATA", SB_SOURCE_DIR, 1);
    sb_tours tours;
    assert_int_equal(sb_tours_list(&tours, NULL), SB_OK);
    assert_int_equal(tours.count, 10);
    for (size_t k = 0; k < tours.count; k++) {
        sb_session *session = sb_session_new(false, NULL);
        assert_int_equal(sb_touring_begin(session, tours.each[k].path, 0, NULL), SB_OK);
        size_t steps = sb_session_tour(session, NULL)->step_count;
        for (size_t step = 0; step < steps; step++) {
            assert_int_equal(sb_touring_go(session, step, NULL), SB_OK);
            sb_canvas canvas;
            assert_true(sb_canvas_init(&canvas, 24, 80, false));
            sb_rectangle place = sb_tour_panel_place(session, &canvas, 1, 21);
            sb_canvas_erase(&canvas);
            sb_tour_panel_draw(session, &canvas, place);
            char *text = sb_canvas_dump(&canvas);
            if (strstr(text, "\xE2\x96\xBC") != NULL) {
                fail_msg("%s, step %zu, is longer than its panel:\n%s", tours.each[k].path,
                         step + 1, text);
            }
            free(text);
            sb_canvas_clear(&canvas);
        }
        sb_session_free(session);
    }
    sb_tours_clear(&tours);
}

static void every_size(void **state)
{
    (void)state;
    sb_session *session = session_in("2-a-slightly-different-distribution");
    command(session, "tour step 7");
    settle(session);
    for (int rows = 1; rows < 45; rows++) {
        for (int columns = 1; columns < 140; columns += 1 + columns / 40) {
            sb_canvas canvas;
            assert_true(sb_canvas_init(&canvas, rows, columns, columns % 2 == 0));
            sb_view_draw(session, &canvas);
            sb_canvas_clear(&canvas);
        }
    }
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_the_table),    cmocka_unit_test(at_other_screens),
        cmocka_unit_test(scrolling),       cmocka_unit_test(trying),
        cmocka_unit_test(styles),          cmocka_unit_test(asked),
        cmocka_unit_test(every_step_fits), cmocka_unit_test(every_size),
        cmocka_unit_test(hidden),
    };
    int failed = cmocka_run_group_tests_name("tour_panel", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
