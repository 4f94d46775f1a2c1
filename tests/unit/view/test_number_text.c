/* Numbers on the screens: whole, aligned, never misleading.
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

#include "view/number_text.h"

static void read(fmpq_t value, const char *text)
{
    assert_int_equal(sb_rational_parse(value, text, strlen(text), NULL), SB_OK);
}

static void expect_text(const char *number, int width, bool fractions, const char *expected)
{
    fmpq_t value;
    fmpq_init(value);
    read(value, number);
    char *text = sb_number_text(value, width, fractions);
    assert_string_equal(text, expected);
    free(text);
    fmpq_clear(value);
}

static void test_number(void **state)
{
    (void)state;
    expect_text("1.749", 9, false, "1.749");
    expect_text("-62750", 9, false, "-62750");
    expect_text("1/4", 9, false, "0.25");
    expect_text("1/4", 9, true, "1/4");
    expect_text("53/33", 9, false, "1.60606");
    expect_text("53/33", 9, true, "53/33");
    expect_text("53/33", 5, false, "1.606");
    expect_text("0.251", 4, false, ".251");    /* a column saved, nothing lost */
    expect_text("1749/1000", 4, true, "1.75"); /* the fraction does not fit: rounded, not cut */
}

static void expect_cell(const char *number, int width, int decimals, const char *expected)
{
    sb_number_format format = {.width = width, .decimals = decimals};
    fmpq_t value;
    fmpq_init(value);
    read(value, number);
    char *text = sb_number_in_table(value, &format);
    assert_string_equal(text, expected);
    free(text);
    fmpq_clear(value);
}

static void test_table(void **state)
{
    (void)state;
    expect_cell("0.25", 5, 3, "0.250");
    expect_cell("0.251", 5, 3, "0.251");
    expect_cell("0.0123", 5, 4, ".0123");
    expect_cell("0.01235", 5, 4, ".0124"); /* half away from zero */
    expect_cell("1/3", 6, 4, "0.3333");
    expect_cell("1", 5, 4, "1.000");
    expect_cell("0", 5, 4, "0");
    expect_cell("0.0000012", 5, 4, "1e-06"); /* not shown as zero */
}

static void test_column(void **state)
{
    (void)state;
    const char *const numbers[] = {"62501", "-62750", "3.992", "0"};
    fmpq *values = sb_rationals_new(4);
    for (int i = 0; i < 4; i++) {
        read(values + i, numbers[i]);
    }
    char *texts[4];
    sb_number_column(texts, values, 4, 1, 10, false);
    assert_string_equal(texts[0], "62501    ");
    assert_string_equal(texts[1], "-62750    ");
    assert_string_equal(texts[2], "3.992");
    assert_string_equal(texts[3], "0    ");
    for (int i = 0; i < 4; i++) {
        free(texts[i]);
    }
    sb_number_column(texts, values, 4, 1, 8, false); /* no room to align */
    assert_string_equal(texts[1], "-62750");
    for (int i = 0; i < 4; i++) {
        free(texts[i]);
    }
    sb_rationals_free(values, 4);
}

static void expect_share(const char *part, const char *whole, int digits, const char *expected)
{
    fmpq_t left;
    fmpq_t right;
    fmpq_init(left);
    fmpq_init(right);
    read(left, part);
    read(right, whole);
    char *text = sb_share_text(left, right, digits);
    assert_string_equal(text, expected);
    free(text);
    fmpq_clear(left);
    fmpq_clear(right);
}

static void test_share(void **state)
{
    (void)state;
    expect_share("1.749", "1.749", 4, "100 %");
    expect_share("1.5", "1.75", 4, "85.71 %");
    expect_share("1.5", "1.75", 3, "85.7 %");
    expect_share("0", "2", 4, "0 %");
    expect_share("1", "0", 4, "");
    expect_share("1.7489999", "1.749", 4, "99.99999 %"); /* short of all is not all */
    expect_share("1.748999999999999999999999", "1.749", 4, "just under 100 %");
    expect_share("1.7489999", "1.749", 3, "99.99999 %");
}

static void expect_sum(const char *sum, const char *expected)
{
    fmpq_t value;
    fmpq_init(value);
    read(value, sum);
    char *text = sb_weight_sum_text(value, false);
    assert_string_equal(text, expected);
    free(text);
    fmpq_clear(value);
}

static void test_sums_and_times(void **state)
{
    (void)state;
    expect_sum("1.2", "1.2");
    expect_sum("1.0000000000001", "just over 1");
    expect_sum("0.9999999999999", "just under 1");
    const double seconds[] = {0.0001, 0.0124, 0.5, 1.24, 75};
    const char *const texts[] = {"<1 ms", "12 ms", "500 ms", "1.2 s", "75 s"};
    for (int i = 0; i < 5; i++) {
        char *text = sb_duration_text(seconds[i]);
        assert_string_equal(text, texts[i]);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number),         cmocka_unit_test(test_table),
        cmocka_unit_test(test_column),         cmocka_unit_test(test_share),
        cmocka_unit_test(test_sums_and_times),
    };
    int failed = cmocka_run_group_tests_name("numbers on the screen", tests, NULL, NULL);
    flint_cleanup(); /* its caches would look like leaks */
    return failed;
}
