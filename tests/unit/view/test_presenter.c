/* A presenter's screens: nothing of the answer is on them until it is revealed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "settled_screens.h"

#include "session/settings.h"

static const char *const screens[] = {"screen table",     "screen blow-up", "screen geometry",
                                      "screen misbelief", "screen robust",  "screen simulate",
                                      "screen baselines", "screen lp",      "screen incentives"};
enum { screen_count = sizeof screens / sizeof screens[0] };

static void draw_to(sb_session *session, sb_canvas *canvas)
{
    assert_true(sb_canvas_init(canvas, 24, 80, false));
    sb_view_draw(session, canvas);
}

/* Every cell, with its style: a screen that is the same before and after the answer is known tells
 * nothing of it. */
static void hidden_screens_do_not_depend_on_answers(void **state)
{
    (void)state;
    static const char *const demos[] = {"almost-independent.yaml", "weather.yaml",
                                        "three-bidders.yaml", "lottery.yaml"};
    for (size_t demo = 0; demo < sizeof demos / sizeof demos[0]; demo++) {
        for (size_t k = 0; k < screen_count; k++) {
            sb_session *session = session_of(demos[demo]);
            command(session, "presenter on");
            command(session, "sensitivity on");
            command(session, screens[k]);
            sb_session *other = session_of(demos[demo]);
            command(other, "presenter on");
            command(other, "sensitivity on");
            settle(other);
            command(other, screens[k]);
            settle(other);
            command(other, "presenter hide");
            sb_canvas waiting;
            sb_canvas settled;
            draw_to(session, &waiting);
            draw_to(other, &settled);
            char *before = sb_canvas_dump(&waiting);
            char *after = sb_canvas_dump(&settled);
            assert_string_equal(before, after);
            for (int cell = 0; cell < 24 * 80; cell++) {
                assert_int_equal(waiting.cells[cell].style, settled.cells[cell].style);
            }
            free(before);
            free(after);
            sb_canvas_clear(&waiting);
            sb_canvas_clear(&settled);
            sb_session_free(session);
            sb_session_free(other);
        }
    }
}

static void stages(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    sb_session_press(session, "H");
    compare(session, 24, 80, false, "presenter-80x24");
    expect_at(session, 24, 80, "1.749", false);
    sb_session_press(session, "!");
    compare(session, 24, 80, false, "presenter-revenue-80x24");
    expect_at(session, 24, 80, "largest payment ?", true);
    expect_at(session, 24, 80, "who gets what", true);
    sb_session_press(session, "!");
    expect_at(session, 24, 80, "who gets what", false);
    expect_at(session, 24, 80, "can the seller get the full", true);
    sb_session_press(session, "!");
    expect_at(session, 24, 80, "can the seller get the full", false);
    sb_session_press(session, "!");
    expect_at(session, 24, 80, "1.749", false);
    sb_session_free(session);
}

static void an_edit_hides_again(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "presenter on");
    command(session, "presenter all");
    expect_at(session, 24, 80, "1.749", true);
    command(session, "nudge up");
    expect_at(session, 24, 80, "how much can we get?", true);
    command(session, "undo");
    expect_at(session, 24, 80, "1.749", true); /* everybody has seen it */
    command(session, "ic ex-post");
    expect_at(session, 24, 80, "how much can we get?", true);
    command(session, "presenter off");
    expect_at(session, 24, 80, "how much can we get?", false);
    sb_session_free(session);
}

/* Along the curve of the blow-up screen the table changes, which is no edit. */
static void along_a_curve(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "presenter on");
    command(session, "screen blow-up");
    expect_at(session, 24, 80, "how large must the payments be?", true);
    sb_session_press(session, "!");
    expect_at(session, 24, 80, "how large must the payments be?", false);
    sb_session_press(session, "Left");
    assert_true(sb_session_modified(session));
    expect_at(session, 24, 80, "how large must the payments be?", false);
    sb_session_free(session);
}

static void messages(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "presenter on");
    settle(session);
    (void)sb_session_command(session, "ask revenue", NULL, NULL);
    const char *text = NULL;
    assert_int_not_equal(sb_session_message(session, &text), SB_MESSAGE_NONE);
    assert_non_null(strstr(text, "1.749"));
    expect_at(session, 24, 80, "1.749", false);
    /* What is right is answered as what is wrong. */
    static const char *const guesses[] = {"expect revenue 3", "expect revenue 1.749"};
    for (size_t k = 0; k < sizeof guesses / sizeof guesses[0]; k++) {
        assert_int_equal(sb_session_command(session, guesses[k], NULL, NULL), SB_ERROR_USAGE);
        assert_int_equal(sb_session_message(session, &text), SB_MESSAGE_ERROR);
        assert_non_null(strstr(text, "the answers are hidden"));
        expect_at(session, 24, 80, "1.749", false);
    }
    command(session, "presenter all");
    assert_int_equal(sb_session_command(session, guesses[0], NULL, NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_session_command(session, guesses[1], NULL, NULL), SB_OK);
    command(session, "presenter hide");
    command(session, "echo \"a word\"");
    expect_at(session, 24, 80, "a word", true);
    sb_session_free(session);
}

/* Scripts answer all the same. */
static void the_prompt(void **state)
{
    (void)state;
    sb_error error;
    sb_session *session = sb_session_new(false, &error);
    char *path = sb_format_text("open \"%s/demos/almost-independent.yaml\"", SB_SOURCE_DIR);
    sb_text output;
    sb_text_init(&output);
    assert_int_equal(sb_session_command(session, path, &output, &error), SB_OK);
    free(path);
    assert_int_equal(sb_session_command(session, "presenter next", &output, &error),
                     SB_ERROR_USAGE);
    assert_int_equal(sb_session_command(session, "presenter on", &output, &error), SB_OK);
    assert_int_equal(sb_session_command(session, "ask revenue", &output, &error), SB_OK);
    assert_non_null(strstr(output.bytes, "1.749"));
    sb_text_clear(&output);
    sb_session_free(session);
}

static void palette_and_suggestions(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    (void)setenv("XDG_STATE_HOME", "/nowhere", 1);
    static const char *const keys[] = {"C-p", "s", "c", "r", "e", "e", "n"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        sb_session_press(session, keys[k]);
    }
    expect_at(session, 24, 80, "> screen", true);
    expect_at(session, 24, 80, "y      screen geometry", true);
    expect_at(session, 24, 80, "Enter run", true);
    sb_session_press(session, "Escape");
    expect_at(session, 24, 120, "b payments near independence", false);
    command(session, "hints on");
    expect_at(session, 24, 120, "b payments near independence", true);
    command(session, "unbind b");
    expect_at(session, 24, 120, "F2 payments near independence", true);
    command(session, "presenter on");
    expect_at(session, 24, 120, "payments near independence", false);
    expect_at(session, 24, 120, "! how much can we get?", true);
    command(session, "presenter off");
    command(session, "independent");
    command(session, "select 1 1");
    expect_at(session, 24, 120, "y why full surplus fails", true);
    command(session, "theme projector");
    expect_at(session, 24, 120, "mass mode", true);
    expect_at(session, 24, 120, "C-r redo", false);
    command(session, "bind J redo");
    expect_at(session, 24, 120, "J redo", true);
    command(session, "screen help");
    expect_at(session, 450, 120, "Keys that you have bound", true);
    sb_session_free(session);
}

/* What is drawn can be clicked: cells, panes, keys. */
static void targets(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    settle(session);
    sb_canvas canvas;
    draw_to(session, &canvas);
    const sb_target *cell = sb_canvas_target_at(&canvas, 6, 21);
    assert_non_null(cell);
    assert_false(cell->is_key);
    command(session, cell->text);
    assert_int_equal(sb_session_display(session)->cursor[0], 1);
    assert_int_equal(sb_session_display(session)->cursor[1], 1);
    bool undo = false;
    bool pane = false;
    for (size_t k = 0; k < canvas.target_count; k++) {
        undo = undo || (canvas.targets[k].is_key && strcmp(canvas.targets[k].text, "u") == 0 &&
                        canvas.targets[k].row == 23);
        pane = pane || strcmp(canvas.targets[k].text, "pane mechanism") == 0;
    }
    assert_true(undo && pane);
    assert_null(sb_canvas_target_at(&canvas, 0, 0));
    sb_canvas_clear(&canvas);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_screens_do_not_depend_on_answers),
        cmocka_unit_test(stages),
        cmocka_unit_test(an_edit_hides_again),
        cmocka_unit_test(along_a_curve),
        cmocka_unit_test(messages),
        cmocka_unit_test(the_prompt),
        cmocka_unit_test(palette_and_suggestions),
        cmocka_unit_test(targets),
    };
    return cmocka_run_group_tests_name("presenter", tests, NULL, NULL);
}
