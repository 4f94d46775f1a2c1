/* The cell buffer: clipping, wide and combining characters, ASCII, bars.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/ascii.h"
#include "view/canvas.h"
#include "view/lines.h"

/* Draws text at a place of a canvas of 2 rows and 10 columns and compares the whole dump. */
static void expect(bool ascii, int row, int column, int width, const char *text, int drawn,
                   const char *dump)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 2, 10, ascii));
    assert_int_equal(sb_canvas_text(&canvas, row, column, width, SB_STYLE_STRONG, text), drawn);
    char *got = sb_canvas_dump(&canvas);
    assert_string_equal(got, dump);
    free(got);
    sb_canvas_clear(&canvas);
}

static void test_text(void **state)
{
    (void)state;
    expect(false, 0, 0, 10, "hello", 5, "hello\n\n");
    expect(false, 1, 7, 10, "hello", 5, "\n       hel\n"); /* clipped at the edge */
    expect(false, 0, -2, 10, "hello", 5, "llo\n\n");
    expect(false, 5, 0, 10, "hello", 5, "\n\n");
    expect(false, -1, 0, 10, "hello", 5, "\n\n");
    expect(false, 0, 0, 4, "hello", 4, "hel\xE2\x80\xA6\n\n");
    expect(true, 0, 0, 4, "hello", 4, "hel~\n\n");
    expect(false, 0, 0, 1, "hello", 1, "\xE2\x80\xA6\n\n");
    expect(false, 0, 0, 0, "hello", 0, "\n\n");
    expect(false, 0, 0, 10, NULL, 0, "\n\n");
    expect(false, 0, 0, 10, "", 0, "\n\n");
}

static void test_characters_that_must_not_reach_a_terminal(void **state)
{
    (void)state;
    expect(false, 0, 0, 10, "a\033[2Jb", 6, "a\xEF\xBF\xBD[2Jb\n\n");
    expect(false, 0, 0, 10, "a\tb\n", 4,
           "a\xEF\xBF\xBD"
           "b\xEF\xBF\xBD\n\n");
    expect(false, 0, 0, 10, "\xFF\xC3", 2, "\xEF\xBF\xBD\xEF\xBF\xBD\n\n");
    expect(false, 0, 0, 10,
           "a\xC2\x9B"
           "b",
           3,
           "a\xEF\xBF\xBD"
           "b\n\n"); /* C1 control */
    expect(true, 0, 0, 10, "a\033b\xFF", 4, "a?b?\n\n");
}

static void test_wide_and_combining(void **state)
{
    (void)state;
    expect(false, 0, 0, 10, "\xE6\xBC\xA2x", 3, "\xE6\xBC\xA2x\n\n");
    expect(false, 0, 9, 10, "\xE6\xBC\xA2", 2, "\n\n"); /* half of it would be outside */
    expect(false, 0, 0, 2, "\xE6\xBC\xA2\xE6\xBC\xA2", 1, "\xE2\x80\xA6\n\n");
    expect(false, 0, 0, 10, "e\xCC\x81x", 2, "e\xCC\x81x\n\n");
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 1, 6, false));
    sb_canvas_text(&canvas, 0, 1, 4, SB_STYLE_NORMAL, "\xE6\xBC\xA2");
    assert_int_equal(canvas.cells[1].width, 2);
    assert_int_equal(canvas.cells[2].width, 0);
    sb_canvas_text(&canvas, 0, 2, 1, SB_STYLE_NORMAL, "y"); /* over its second half */
    char *dump = sb_canvas_dump(&canvas);
    assert_string_equal(dump, "  y\n");
    free(dump);
    sb_canvas_text(&canvas, 0, 1, 4, SB_STYLE_NORMAL, "\xE6\xBC\xA2");
    sb_canvas_text(&canvas, 0, 1, 1, SB_STYLE_NORMAL, "z"); /* over its first half */
    dump = sb_canvas_dump(&canvas);
    assert_string_equal(dump, " z\n");
    free(dump);
    sb_canvas_clear(&canvas);
}

static void test_ascii(void **state)
{
    (void)state;
    expect(true, 0, 0, 10, "\xCF\x83 \xE2\x9C\x93 \xC3\x97", 9, "sigma + x\n\n");
    expect(true, 0, 0, 10, "\xC3\xA9\xE6\xBC\xA2", 2, "??\n\n");
    expect(true, 0, 0, 10, "wait\xE2\x80\xA6", 7, "wait...\n\n");
    for (uint32_t character = 0x20; character < 0x7F; character++) {
        const char *spelling = sb_ascii_spelling(character);
        assert_int_equal(spelling[0], character);
        assert_int_equal(spelling[1], '\0');
    }
    assert_string_equal(sb_ascii_spelling(0x07), "?");
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 1, 20, true));
    assert_int_equal(sb_canvas_text_width(&canvas, "\xCF\x83 \xE2\x80\xA6"), 9);
    sb_canvas_clear(&canvas);
}

/* A text console: letters and light lines stay, symbols are spelt, bars are in halves. */
static void test_letters(void **state)
{
    (void)state;
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 3, 20, true));
    canvas.letters = true;
    sb_canvas_text(&canvas, 0, 0, 20, SB_STYLE_NORMAL,
                   "\xC3\xA9 \xCF\x83 \xE2\x94\x80\xE2\x94\x81 \xE2\x97\x8F \xD0\xB6");
    sb_canvas_bar(&canvas, 1, 0, 4, 0.375, SB_STYLE_BAR_REVENUE);
    sb_canvas_bar(&canvas, 2, 0, 4, 1e-9, SB_STYLE_BAR_REVENUE);
    char *dump = sb_canvas_dump(&canvas);
    assert_string_equal(dump, "\xC3\xA9 sigma \xE2\x94\x80= * \xD0\xB6\n"
                              "\xE2\x96\x88\xE2\x96\x8C\n\xE2\x96\x8C\n");
    free(dump);
    sb_canvas_clear(&canvas);
}

static void test_right(void **state)
{
    (void)state;
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 1, 10, false));
    assert_int_equal(sb_canvas_text_right(&canvas, 0, 1, 6, SB_STYLE_NORMAL, "ab"), 2);
    char *dump = sb_canvas_dump(&canvas);
    assert_string_equal(dump, "     ab\n");
    free(dump);
    sb_canvas_clear(&canvas);
}

static void bar(bool ascii, double fraction, const char *expected)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 1, 4, ascii));
    sb_canvas_bar(&canvas, 0, 0, 4, fraction, SB_STYLE_BAR_REVENUE);
    char *dump = sb_canvas_dump(&canvas);
    assert_string_equal(dump, expected);
    free(dump);
    sb_canvas_clear(&canvas);
}

static void test_bars(void **state)
{
    (void)state;
    bar(false, 1, "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\n");
    bar(false, 2, "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\n");
    bar(false, 0.375, "\xE2\x96\x88\xE2\x96\x8C\n");
    bar(false, 1e-9, "\xE2\x96\x8F\n"); /* something is not nothing */
    bar(false, 0, "\n");
    bar(false, -1, "\n");
    bar(false, (double)NAN, "\n");
    bar(true, 0.5, "##\n");
    bar(true, 1e-9, "#\n");
}

static void test_lines_wrap(void **state)
{
    (void)state;
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 3, 12, false));
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, &canvas, SB_STYLE_NORMAL, 2, 12, "one two three averyverylongword");
    assert_int_equal(lines.count, 3);
    char *text = sb_lines_text(&lines, 0);
    assert_string_equal(text, "  one two");
    free(text);
    text = sb_lines_text(&lines, 2);
    assert_string_equal(text, "  averyverylongword");
    free(text);
    sb_lines_draw(&lines, &canvas, 0, 0, 3, 12, 1, SB_STYLE_COUNT);
    char *dump = sb_canvas_dump(&canvas);
    assert_string_equal(dump, "  three\n  averyvery\xE2\x80\xA6\n\n");
    free(dump);
    sb_lines_clear(&lines);
    sb_canvas_clear(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_characters_that_must_not_reach_a_terminal),
        cmocka_unit_test(test_wide_and_combining),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_right),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_lines_wrap),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
