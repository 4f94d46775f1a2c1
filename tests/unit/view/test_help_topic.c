/* A topic of the manual on the help screen, and the search for a text there.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "view/help_topic.h"

static void topic_lines(sb_lines *lines, const char *topic, int width)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 24, width + 2, false));
    sb_lines_init(lines);
    sb_help_topic_lines(lines, &canvas, width, topic);
    for (size_t i = 0; i < lines->count; i++) {
        char *text = sb_lines_text(lines, i);
        assert_non_null(text);
        assert_true(sb_canvas_text_width(&canvas, text) <= width);
        free(text);
    }
    sb_canvas_clear(&canvas);
}

/* The first line that has the text; fails where none has. */
static size_t line_of(const sb_lines *lines, const char *wanted)
{
    for (size_t i = 0; i < lines->count; i++) {
        char *text = sb_lines_text(lines, i);
        bool found = text != NULL && strstr(text, wanted) != NULL;
        free(text);
        if (found) {
            return i;
        }
    }
    fail_msg("no line has '%s'", wanted);
    return 0;
}

static void test_topic(void **state)
{
    (void)state;
    for (int width = 38; width <= 118; width += 40) {
        sb_lines lines;
        topic_lines(&lines, "box", width);
        assert_int_equal(lines.items[line_of(&lines, "OPTIONS")].spans[0].style, SB_STYLE_HEADING);
        assert_int_equal(lines.items[line_of(&lines, "--box NUMBER")].spans[0].style, SB_STYLE_KEY);
        assert_true(line_of(&lines, "Hold for every") > line_of(&lines, "--box NUMBER"));
        assert_true(line_of(&lines, "sidebet(5)") > line_of(&lines, "--box NUMBER"));
        sb_lines_clear(&lines);
    }
}

static void test_search(void **state)
{
    (void)state;
    sb_lines lines;
    topic_lines(&lines, "exit status", 78);
    sb_display display = {.help_scroll = 3};
    size_t first = 3;
    assert_null(sb_help_search(&lines, &display, &first));
    assert_int_equal(first, 3);

    strcpy(display.help_search, "ANSWER");
    char *note = sb_help_search(&lines, &display, &first);
    assert_non_null(strstr(note, "'ANSWER' 1 of "));
    size_t found = line_of(&lines, "answer");
    assert_int_equal(first, found - 2);
    assert_int_equal(lines.items[found].spans[0].style, SB_STYLE_ENTRY);
    free(note);

    /* Round in a circle, both ways, and scrolled from there. */
    display.help_match = -1;
    note = sb_help_search(&lines, &display, &first);
    size_t last = first;
    assert_true(last > found);
    free(note);
    display.help_offset = -2;
    free(sb_help_search(&lines, &display, &first));
    assert_int_equal(first, last - 2);
    display.help_offset = -1000;
    free(sb_help_search(&lines, &display, &first));
    assert_int_equal(first, 0);

    strcpy(display.help_search, "xyzzy");
    first = 5;
    note = sb_help_search(&lines, &display, &first);
    assert_string_equal(note, "no 'xyzzy' here");
    assert_int_equal(first, 5);
    free(note);
    sb_lines_clear(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_topic), cmocka_unit_test(test_search)};
    return cmocka_run_group_tests_name("help topic", tests, NULL, NULL);
}
