/* Words of a command line: splitting, quoting, joining.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#include "property.h"
#include "session/words.h"

static void expect_words(const char *line, size_t count, ...)
{
    sb_words words;
    sb_words_init(&words);
    assert_int_equal(sb_words_split(line, strlen(line), &words, NULL), SB_OK);
    assert_int_equal(words.count, count);
    va_list expected;
    va_start(expected, count);
    for (size_t word = 0; word < count; word++) {
        assert_string_equal(words.texts[word], va_arg(expected, const char *));
    }
    va_end(expected);
    sb_words_clear(&words);
}

static void test_split(void **state)
{
    (void)state;
    expect_words("", 0);
    expect_words("  \t ", 0);
    expect_words("set 1,2  0.25 ", 3, "set", "1,2", "0.25");
    expect_words("value \"agent 1\" 2 3", 4, "value", "agent 1", "2", "3");
    expect_words("title \"a \\\"b\\\" \\\\ c\"", 2, "title", "a \"b\" \\ c");
    expect_words("a\"b c\"d", 1, "ab cd");
    expect_words("title \"\"", 2, "title", "");
    expect_words("a\\b", 1, "a\\b");
}

static void test_comments(void **state)
{
    (void)state;
    expect_words("# all", 0);
    expect_words("#1 all", 0);
    expect_words("undo # one", 1, "undo");
    expect_words("undo #one", 1, "undo");
    expect_words("set #1,#2 .5", 3, "set", "#1,#2", ".5");
    expect_words("echo a#b", 2, "echo", "a#b");
    expect_words("echo \"# no comment\"", 2, "echo", "# no comment");
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool open_quote, open_word, comment;
    } cases[] = {{"set", false, true, false},
                 {"set ", false, false, false},
                 {"title \"a b", true, true, false},
                 {"title \"a b\"", false, true, false},
                 {"undo # x", false, false, true}};
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        sb_words words;
        sb_words_init(&words);
        sb_words_split(cases[index].line, strlen(cases[index].line), &words, NULL);
        assert_int_equal(words.open_quote, cases[index].open_quote);
        assert_int_equal(words.open_word, cases[index].open_word);
        assert_int_equal(words.comment, cases[index].comment);
        sb_words_clear(&words);
    }
}

static void test_join(void **state)
{
    (void)state;
    sb_words words;
    sb_words_init(&words);
    sb_words_split("a b c d", 7, &words, NULL);
    assert_int_equal(sb_words_join(&words, 1, 3, ",", NULL), SB_OK);
    assert_int_equal(words.count, 3);
    assert_string_equal(words.texts[1], "b,c");
    assert_string_equal(words.texts[2], "d");
    assert_int_equal(words.starts[2], 6);
    assert_int_equal(sb_words_join(&words, 2, 2, ",", NULL), SB_OK);
    assert_int_equal(words.count, 3);
    sb_words_clear(&words);
}

/* Whatever is quoted is read back. */
static void test_quote_round_trip(void **state)
{
    (void)state;
    static const char alphabet[] = "ab1,#\"\\ ()\t-.";
    property_stream stream = {.state = 11};
    for (int index = 0; index < property_cases(5000); index++) {
        char word[12];
        size_t length = (size_t)property_between(&stream, 0, 10);
        for (size_t at = 0; at < length; at++) {
            word[at] = alphabet[property_between(&stream, 0, sizeof alphabet - 2)];
        }
        word[length] = '\0';
        sb_text line;
        sb_text_init(&line);
        sb_text_add(&line, "title ");
        sb_words_quote(&line, word);
        sb_text_add(&line, " end");
        expect_words(line.bytes, 3, "title", word, "end");
        sb_text_clear(&line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_quote_round_trip),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
