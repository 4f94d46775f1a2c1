/* Texts, their width, errors and notes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* The library's one source of memory, made to fail at will. */
static int allocations_left = INT_MAX;

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (allocations_left <= 0) {
        return NULL;
    }
    allocations_left--;
    return realloc(memory, bytes);
}

static void texts_grow(void **state)
{
    (void)state;
    sb_text text;
    sb_text_init(&text);
    size_t length = 0;
    for (int i = 0; i < 2000; i++) {
        sb_text_add(&text, "ab");
        sb_text_add_part(&text, "cde", 1);
        sb_text_add_format(&text, "%d", i % 10);
        length += 4;
        assert_int_equal(text.length, length);
        assert_int_equal(strlen(text.bytes), length);
    }
    fmpq_t value;
    fmpq_init(value);
    fmpq_set_si(value, 1, 4);
    sb_text_add_rational(&text, value, SB_NUMBER_DECIMAL);
    sb_text_add_rational(&text, value, SB_NUMBER_FRACTION);
    fmpq_clear(value);
    char *taken = sb_text_take(&text, NULL);
    assert_non_null(taken);
    assert_memory_equal(taken, "abc0abc1", 8);
    assert_string_equal(taken + length, "0.251/4");
    free(taken);
    assert_int_equal(text.length, 0);
    taken = sb_text_take(&text, NULL);
    assert_string_equal(taken, "");
    free(taken);
}

static void a_failed_append_is_told_at_the_end(void **state)
{
    (void)state;
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "kept");
    allocations_left = 0;
    sb_text_add_format(&text, "%100d", 1);
    allocations_left = INT_MAX;
    sb_text_add(&text, "ignored");
    assert_true(text.failed);
    assert_string_equal(text.bytes, "kept");
    sb_error error;
    assert_null(sb_text_take(&text, &error));
    assert_int_equal(error.status, SB_ERROR_MEMORY);
    assert_false(text.failed);
    allocations_left = 0;
    assert_null(sb_allocate(1, 1));
    assert_null(sb_copy_text("x"));
    assert_null(sb_format_text("%d", 1));
    assert_null(sb_rationals_new(3));
    allocations_left = INT_MAX;
}

static void memory(void **state)
{
    (void)state;
    assert_null(sb_allocate(SIZE_MAX / 2, 3));
    void *nothing = sb_allocate(0, 8);
    assert_non_null(nothing);
    free(nothing);
    char *part = sb_copy_text_part("abc", 2);
    assert_string_equal(part, "ab");
    free(part);
    part = sb_copy_text_part("abc", 99);
    assert_string_equal(part, "abc");
    free(part);
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        assert_true(sb_grow(&items, &capacity, i + 1, sizeof *items));
        assert_true(capacity > i);
        assert_int_equal(items[i], 0);
        items[i] = (int)i + 1;
    }
    size_t before = capacity;
    assert_false(sb_grow(&items, &capacity, SIZE_MAX / 2, sizeof *items));
    assert_int_equal(capacity, before);
    assert_int_equal(items[999], 1000);
    free(items);
}

static void widths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"é", 1},
        {"e\xcc\x81", 1}, /* e and a combining acute */
        {"θ′ ∈ Ω", 6},
        {"日本", 4},
        {"한국", 4},
        {"ｆ", 2}, /* full width f */
        {"😀", 2},
        {"a\xe2\x80\x8d"
         "b",
         2},                  /* zero width joiner */
        {"❤\xef\xb8\x8f", 1}, /* a heart and a variation selector */
        {"ไทย้", 3},           /* Thai with a tone mark */
        {"▁█░⣿─", 5},
        {"𠀀", 2}, /* U+20000 */
        {"\x01\x7f", 2},
        {"\xc2\x85", 1}, /* a C1 control */
        {"\xff\xfe", 2},
        {"\xe2\x82", 2},         /* a cut character */
        {"\xc0\xaf", 2},         /* an overlong slash */
        {"\xed\xa0\x80", 3},     /* half a surrogate pair */
        {"\xf4\x90\x80\x80", 4}, /* beyond U+10FFFF */
        {"a\xe2\x82"
         "b",
         4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (sb_text_width(cases[i].text) != cases[i].width) {
            fail_msg("'%s' has width %zu, not %zu", cases[i].text, sb_text_width(cases[i].text),
                     cases[i].width);
        }
    }
}

static void characters(void **state)
{
    (void)state;
    uint32_t character = 0;
    assert_int_equal(sb_text_character("a", 1, &character), 1);
    assert_int_equal(character, 'a');
    assert_int_equal(sb_text_character("\0", 1, &character), 1);
    assert_int_equal(character, 0);
    assert_int_equal(sb_text_character("é", 2, &character), 2);
    assert_int_equal(character, 0xE9);
    assert_int_equal(sb_text_character("θ", 2, NULL), 2);
    assert_int_equal(sb_text_character("€", 3, &character), 3);
    assert_int_equal(character, 0x20AC);
    assert_int_equal(sb_text_character("😀", 4, &character), 4);
    assert_int_equal(character, 0x1F600);
    assert_int_equal(sb_text_character("€", 2, &character), 0);
    assert_int_equal(sb_text_character("", 0, &character), 0);
    assert_int_equal(sb_text_character("\x80", 1, &character), 0);
    assert_true(sb_text_is_printable("agent 1 θ"));
    assert_true(sb_text_is_printable(""));
    assert_false(sb_text_is_printable("a\tb"));
    assert_false(sb_text_is_printable("a\x1b[1m"));
    assert_false(sb_text_is_printable("\xc2\x9b"
                                      "1m"));
    assert_false(sb_text_is_printable("\xe2\x80\xa8"));
    assert_false(sb_text_is_printable("\xff"));
    assert_false(sb_text_is_printable("a\xe2\x80\xae"
                                      "b")); /* turns the direction */
    assert_false(sb_text_is_printable("\xe2\x81\xa6"));
    assert_true(sb_text_is_printable("\xe2\x80\x8d")); /* joins letters */
}

static void errors(void **state)
{
    (void)state;
    sb_error error;
    char text[2048];
    assert_int_equal(sb_error_set(&error, SB_ERROR_INPUT, "%s is %d", "it", 3), SB_ERROR_INPUT);
    sb_error_format(&error, text, sizeof text);
    assert_string_equal(text, "it is 3");
    sb_error_set_place(&error, "a.yaml", 2, 5);
    sb_error_set_hint(&error, "write %d", 4);
    sb_error_format(&error, text, sizeof text);
    assert_string_equal(text, "a.yaml:2:5: it is 3; write 4");
    sb_error_set_place(&error, NULL, 7, 0);
    sb_error_format(&error, text, sizeof text);
    assert_string_equal(text, "a.yaml:7: it is 3; write 4");
    sb_error_set(&error, SB_ERROR_USAGE, "in brief: %s", error.message); /* into itself */
    sb_error_format(&error, text, sizeof text);
    assert_string_equal(text, "in brief: it is 3");
    sb_error_set_place(&error, NULL, 7, 2);
    sb_error_format(&error, text, sizeof text);
    assert_string_equal(text, "line 7, column 2: in brief: it is 3");
    sb_error_format(&error, text, 8);
    assert_string_equal(text, "line 7,");
    text[0] = 'x';
    sb_error_format(&error, text, 0);
    assert_int_equal(text[0], 'x');
    sb_error_clear(&error);
    assert_int_equal(error.status, SB_OK);
    assert_string_equal(error.message, "");
    assert_string_equal(error.file, "");
    /* nobody wants the details */
    assert_int_equal(sb_error_set(NULL, SB_ERROR_IO, "x"), SB_ERROR_IO);
    sb_error_set_place(NULL, "x", 1, 1);
    sb_error_set_hint(NULL, "x");
    sb_error_clear(NULL);
}

/* What others wrote is shown without what a terminal would obey. */
static void made_printable(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"plain \xCE\xB8", "", "plain \xCE\xB8"},
        {"a\x1B[31mb\x7F", "", "a?[31mb?"},
        {"\xC2\x9B"
         "1m",
         "", "?1m"},
        {"a\xE2\x80\xAE"
         "b\xE2\x81\xA6\xE2\x80\x8F\xD8\x9C",
         "", "a?b???"},
        {"a\xFF\xC3", "", "a??"},
        {"a\nb\tc\r", "\n\t", "a\nb\tc?"},
        {"a\nb", "", "a?b"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char *text = sb_copy_text(cases[k][0]);
        assert_non_null(text);
        sb_text_make_printable(text, cases[k][1]);
        assert_string_equal(text, cases[k][2]);
        free(text);
    }
    sb_error error;
    char shown[200];
    sb_error_set(&error, SB_ERROR_INPUT, "no '\x1B]52;c;x\x07'");
    sb_error_set_place(&error, "\xC2\x9B.yaml", 1, 2);
    sb_error_format(&error, shown, sizeof shown);
    assert_string_equal(shown, "?.yaml:1:2: no '?]52;c;x?'");
}

static void long_errors_are_cut_between_characters(void **state)
{
    (void)state;
    sb_error error;
    char longer[2001];
    for (size_t i = 0; i < 2000; i += 2) {
        memcpy(longer + i, "θ", 2);
    }
    longer[2000] = '\0';
    sb_error_set(&error, SB_ERROR_INPUT, "%s", longer);
    assert_true(sb_text_is_printable(error.message));
    assert_int_equal(strlen(error.message), sizeof error.message - 2);
    sb_error_set(&error, SB_ERROR_INPUT, "x%s", longer);
    assert_true(sb_text_is_printable(error.message));
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    sb_error_set_hint(&error, "%s", longer);
    sb_error_set_place(&error, longer, 1, 1);
    assert_true(sb_text_is_printable(error.hint));
    assert_true(sb_text_is_printable(error.file));
    char text[100];
    sb_error_format(&error, text, sizeof text);
    assert_true(sb_text_is_printable(text));
    assert_int_equal(strlen(text), 98);
}

static void notes(void **state)
{
    (void)state;
    sb_notes list;
    sb_notes_init(&list);
    for (int i = 0; i < 20; i++) {
        sb_notes_add(&list, "note %d", i);
    }
    assert_int_equal(list.count, 20);
    assert_string_equal(list.texts[0], "note 0");
    assert_string_equal(list.texts[19], "note 19");
    for (int left = 0; left < 2; left++) {
        allocations_left = left;
        sb_notes_add(&list, "dropped");
        assert_int_equal(list.count, 20);
    }
    allocations_left = INT_MAX;
    sb_notes_clear(&list);
    assert_int_equal(list.count, 0);
    sb_notes_add(NULL, "nobody reads it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_grow),     cmocka_unit_test(a_failed_append_is_told_at_the_end),
        cmocka_unit_test(memory),         cmocka_unit_test(widths),
        cmocka_unit_test(characters),     cmocka_unit_test(errors),
        cmocka_unit_test(made_printable), cmocka_unit_test(long_errors_are_cut_between_characters),
        cmocka_unit_test(notes),
    };
    int failed = cmocka_run_group_tests_name("text", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
