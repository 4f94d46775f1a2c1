/* Rational numbers: reading and writing are exact, rounding is right.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sidebet/rational.h"

static void assert_text(char *got, const char *expected)
{
    assert_non_null(got);
    assert_string_equal(got, expected);
    free(got);
}

static void parse(fmpq_t value, const char *text)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_rational_parse(value, text, strlen(text), &error) != SB_OK) {
        fail_msg("'%s' refused: %s", text, error.message);
    }
}

static void accepted_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fraction;
    } cases[] = {
        {"0", "0"},
        {"7", "7"},
        {"-7", "-7"},
        {"+7", "7"},
        {"007", "7"},
        {"-0", "0"},
        {"0.251", "251/1000"},
        {".25", "1/4"},
        {"-.5", "-1/2"},
        {"-3.", "-3"},
        {"3.", "3"},
        {"1e-3", "1/1000"},
        {"2.5E+4", "25000"},
        {"1E2", "100"},
        {"1/4", "1/4"},
        {"-2/3", "-2/3"},
        {"2/-3", "-2/3"},
        {"0.5/3", "1/6"},
        {"1/.5", "2"},
        {"4/6", "2/3"},
        {" 1 ", "1"},
        {"\t0.5\r\n", "1/2"},
        {"1e0003", "1000"},
        {"0e5", "0"},
        {"12345678901234567890123456789", "12345678901234567890123456789"},
        {"0.1000000000000000055511151231257827", "1000000000000000055511151231257827/"
                                                 "10000000000000000000000000000000000"},
    };
    fmpq_t value;
    fmpq_init(value);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(value, cases[i].text);
        assert_true(fmpq_is_canonical(value));
        assert_text(sb_rational_format(value, SB_NUMBER_FRACTION), cases[i].fraction);
    }
    parse(value, "1e400");
    assert_int_equal(fmpz_sizeinbase(fmpq_numref(value), 10), 401);
    fmpq_clear(value);
}

static void refused_texts(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",       " ",     ".",       "-",     "+",     "e5",    "1e",
        "1e+",    "0x10",  "nan",     "inf",   "1,5",   "1.2.3", "1 2",
        "1 / 4",  "1/",    "/4",      "1/2/3", "--1",   "1-",    "1e5.5",
        "1e4097", "one",   "1e-4097", "1/0",   "1/0.0", "0/0",   "1e99999999999999999999",
        "١",      "1\xff", "-1/-",    "1e1e1", "$1",    "1%",    "1_000",
        "0b1"};
    fmpq_t value;
    fmpq_init(value);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fmpq_set_si(value, 5, 7);
        sb_error error;
        sb_error_clear(&error);
        if (sb_rational_parse(value, cases[i], strlen(cases[i]), &error) != SB_ERROR_INPUT) {
            fail_msg("'%s' accepted", cases[i]);
        }
        assert_int_equal(error.status, SB_ERROR_INPUT);
        assert_true(error.message[0] != '\0');
        assert_int_equal(sb_rational_parse(value, cases[i], strlen(cases[i]), NULL),
                         SB_ERROR_INPUT);
        assert_text(sb_rational_format(value, SB_NUMBER_FRACTION), "5/7");
    }
    fmpq_clear(value);
}

static void refusals_quote_the_text(void **state)
{
    (void)state;
    fmpq_t value;
    fmpq_init(value);
    sb_error error;
    assert_int_equal(sb_rational_parse(value, "0.2\x1b[5", 6, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "0.2?[5"));
    assert_int_equal(sb_rational_parse(value, "1\0002", 3, &error), SB_ERROR_INPUT);
    assert_int_equal(sb_rational_parse(value, "3/0", 3, &error), SB_ERROR_INPUT);
    assert_string_equal(error.message, "'3/0' divides by zero");
    char *digits = malloc(SB_RATIONAL_MAX_TEXT + 2);
    assert_non_null(digits);
    memset(digits, '1', SB_RATIONAL_MAX_TEXT + 1);
    assert_int_equal(sb_rational_parse(value, digits, SB_RATIONAL_MAX_TEXT + 1, &error),
                     SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "4096"));
    assert_int_equal(sb_rational_parse(value, digits, SB_RATIONAL_MAX_TEXT, &error), SB_OK);
    assert_int_equal(fmpz_sizeinbase(fmpq_numref(value), 10), SB_RATIONAL_MAX_TEXT);
    digits[0] = '.'; /* as many decimals as there is room for */
    assert_int_equal(sb_rational_parse(value, digits, SB_RATIONAL_MAX_TEXT, &error), SB_OK);
    free(digits);
    /* the text before length is all that is read */
    assert_int_equal(sb_rational_parse(value, "12x", 2, &error), SB_OK);
    assert_text(sb_rational_format(value, SB_NUMBER_FRACTION), "12");
    fmpq_clear(value);
}

static void exact_texts(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"251/1000", "0.251"},
        {"-1/8", "-0.125"},
        {"-3/2", "-1.5"},
        {"1/3", "1/3"},
        {"-2/7", "-2/7"},
        {"100", "100"},
        {"0", "0"},
        {"1/1000", "0.001"},
        {"-5/4", "-1.25"},
        {"1e-40", "0.0000000000000000000000000000000000000001"},
        {"1e-41", "1/100000000000000000000000000000000000000000"},
    };
    fmpq_t value;
    fmpq_init(value);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(value, cases[i][0]);
        assert_text(sb_rational_format(value, SB_NUMBER_DECIMAL), cases[i][1]);
    }
    parse(value, "1e-40");
    assert_int_equal(sb_rational_decimals(value), 40);
    parse(value, "1e-41");
    assert_true(sb_rational_decimals(value) == SIZE_MAX);
    parse(value, "3/8");
    assert_int_equal(sb_rational_decimals(value), 3);
    assert_text(sb_rational_format_padded(value, 5), "0.37500");
    assert_text(sb_rational_format_padded(value, 1), "0.375");
    parse(value, "-2");
    assert_int_equal(sb_rational_decimals(value), 0);
    assert_text(sb_rational_format_padded(value, 3), "-2.000");
    assert_text(sb_rational_format_padded(value, 0), "-2");
    parse(value, "0");
    assert_text(sb_rational_format_padded(value, 2), "0.00");
    parse(value, "1/3");
    assert_text(sb_rational_format_padded(value, 3), "1/3");
    assert_true(sb_rational_decimals(value) == SIZE_MAX);
    fmpq_clear(value);
}

static void every_number_reads_back(void **state)
{
    (void)state;
    flint_rand_t random;
    flint_randinit(random);
    fmpq_t value;
    fmpq_t back;
    fmpz_t power;
    fmpq_init(value);
    fmpq_init(back);
    fmpz_init(power);
    for (int i = 0; i < 4000; i++) {
        fmpq_randtest(value, random, 1 + (flint_bitcnt_t)(i % 300));
        if (i % 2 == 1) { /* terminating decimals */
            fmpz_set_ui(power, i % 4 == 1 ? 10 : 5);
            fmpz_pow_ui(power, power, (ulong)(i % 45));
            fmpz_one(fmpq_denref(value));
            fmpq_div_fmpz(value, value, power);
        }
        for (int style = 0; style < 2; style++) {
            char *text = sb_rational_format(value, (sb_number_style)style);
            assert_non_null(text);
            parse(back, text);
            assert_true(fmpq_equal(value, back));
            free(text);
        }
        char *text = sb_rational_format_padded(value, (size_t)(i % 50));
        parse(back, text);
        assert_true(fmpq_equal(value, back));
        free(text);
    }
    static const char *const extremes[] = {"1e4096", "-9e4096", "1e-4096", "3e4096/7", "1/7e4000"};
    for (size_t i = 0; i < sizeof extremes / sizeof *extremes; i++) {
        parse(value, extremes[i]);
        char *text = sb_rational_format(value, SB_NUMBER_DECIMAL);
        parse(back, text);
        assert_true(fmpq_equal(value, back));
        free(text);
    }
    fmpz_clear(power);
    fmpq_clear(back);
    fmpq_clear(value);
    flint_randclear(random);
}

static void rounding_for_people(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int significant;
        const char *text;
    } cases[] = {
        {"0", 4, "0"},
        {"62501", 5, "62501"},
        {"-62750", 5, "-62750"},
        {"62501", 4, "62500"},
        {"3.992", 4, "3.992"},
        {"3.992", 2, "4"},
        {"0.0004", 4, "0.0004"},
        {"0.9995", 3, "1"},
        {"0.9994", 3, "0.999"},
        {"9.995", 3, "10"},
        {"99.95", 3, "100"},
        {"-0.9995", 3, "-1"},
        {"0.9995", 4, "0.9995"},
        {"1/3", 4, "0.3333"},
        {"2/3", 4, "0.6667"},
        {"-2/3", 2, "-0.67"},
        {"2.5", 2, "2.5"},
        {"0.125", 2, "0.13"},
        {"-0.125", 2, "-0.13"},
        {"0.115", 2, "0.12"}, /* the nearest double of 0.115 is below it */
        {"1.005", 3, "1.01"},
        {"1e-7", 2, "1e-07"},
        {"1e-7", 3, "0.0000001"},
        {"1.5e-7", 3, "1.5e-07"},
        {"12345e-12", 3, "1.23e-08"},
        {"1e-400", 5, "1e-400"},
        {"1e400", 5, "1e+400"},
        {"-9.9996e99", 4, "-1e+100"},
        {"312512500", 5, "312510000"},
        {"3125125000000", 5, "3.1251e+12"},
        {"99999999999", 5, "1e+11"},
        {"10000000000", 5, "10000000000"},
        {"100000000000", 5, "1e+11"},
        {"12345678901234567", 17, "12345678901234567"},
        {"0.12345678901234567", 17, "0.12345678901234567"},
        {"3.14159", 1, "3.1"}, /* below the range: 2 */
        {"3.14159", 99, "3.14159"},
    };
    fmpq_t value;
    fmpq_init(value);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(value, cases[i].value);
        assert_text(sb_rational_approximate(value, cases[i].significant), cases[i].text);
    }
    fmpq_clear(value);
}

static void rounding_is_nearest(void **state)
{
    (void)state;
    flint_rand_t random;
    flint_randinit(random);
    fmpq_t value;
    fmpq_t shown;
    fmpq_t half;
    fmpq_init(value);
    fmpq_init(shown);
    fmpq_init(half);
    for (int i = 0; i < 3000; i++) {
        fmpq_randtest_not_zero(value, random, 1 + (flint_bitcnt_t)(i % 120));
        int significant = 2 + i % 16;
        char *text = sb_rational_approximate(value, significant);
        parse(shown, text);
        free(text);
        /* |shown - value| <= half a unit of the last digit <= |value| 10^(1-significant) / 2 */
        fmpq_set_si(half, 1, 2);
        for (int digit = 1; digit < significant; digit++) {
            fmpq_div_fmpz(half, half, (fmpz[1]){10});
        }
        fmpq_mul(half, half, value);
        fmpq_abs(half, half);
        fmpq_sub(shown, shown, value);
        fmpq_abs(shown, shown);
        assert_true(fmpq_cmp(shown, half) <= 0);
    }
    fmpq_clear(half);
    fmpq_clear(shown);
    fmpq_clear(value);
    flint_randclear(random);
}

static void display_fits(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        size_t width;
        const char *text;
        bool exact;
    } cases[] = {
        {"0.251", 6, "0.251", true},
        {"1/3", 6, "1/3", true},
        {"251/3000", 6, "0.0837", false},
        {"-62750", 6, "-62750", true},
        {"-62750", 5, "-6e+04", false},
        {"312512500", 9, "312512500", true},
        {"312512500", 8, "3.13e+08", false},
        {"312512500", 7, "3.1e+08", false},
        {"312512500.5", 10, "312512501", false},
        {"1e30", 6, "1e+30", true},
        {"1e4000", 7, "1e+4000", true},
        {"0.0000000000000000000000000000000000000001", 8, "1e-40", true},
        {"2/3", 2, "7e-01", false},
        {"0.96", 3, "1", false},
        {"1234567/1000", 6, "1234.6", false},
    };
    fmpq_t value;
    fmpq_init(value);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(value, cases[i].value);
        bool exact = !cases[i].exact;
        assert_text(sb_rational_display(value, cases[i].width, &exact), cases[i].text);
        assert_int_equal(exact, cases[i].exact);
        assert_text(sb_rational_display(value, cases[i].width, NULL), cases[i].text);
    }
    fmpq_clear(value);
}

static void doubles(void **state)
{
    (void)state;
    fmpq_t value;
    fmpq_init(value);
    static const char *const texts[] = {"0",
                                        "0.1",
                                        "-0.251",
                                        "1/3",
                                        "9007199254740993",
                                        "-9007199254740995",
                                        "1e-7",
                                        "1e308",
                                        "1e-308",
                                        "4.9e-324",
                                        "2.4e-324",
                                        "2.5e-324",
                                        "5e-324",
                                        "-3e-320",
                                        "1.7976931348623157e308",
                                        "1e22",
                                        "123456789.123456789e-200",
                                        "2.2250738585072011e-308",
                                        "2.2250738585072014e-308",
                                        "1.00000000000000011102230246251565",
                                        "1.000000000000000111022302462515655",
                                        "1e400",
                                        "-1e4000",
                                        "1e-400",
                                        "1.7976931348623159e308"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        parse(value, texts[i]);
        double expected = strtod(texts[i], NULL);
        if (strchr(texts[i], '/') != NULL) {
            expected = 1.0 / 3.0;
        }
        assert_true(sb_rational_to_double(value) == expected);
    }
    parse(value, "1e4000/1e3999");
    assert_true(sb_rational_to_double(value) == 10.0);
    fmpz_set_ui(fmpq_numref(value), 7);
    fmpz_pow_ui(fmpq_numref(value), fmpq_numref(value), 5000);
    fmpz_set_ui(fmpq_denref(value), 3);
    fmpz_pow_ui(fmpq_denref(value), fmpq_denref(value), 8855);
    assert_true(fabs(log(sb_rational_to_double(value)) - (5000 * log(7) - 8855 * log(3))) < 1e-9);
    flint_rand_t random;
    flint_randinit(random);
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = ((uint64_t)n_randlimb(random));
        double number = 0;
        memcpy(&number, &bits, sizeof number);
        sb_rational_from_double(value, number);
        if (isfinite(number)) {
            assert_true(fmpq_is_canonical(value));
            assert_true(sb_rational_to_double(value) == number);
        } else {
            assert_true(fmpq_is_zero(value));
        }
    }
    flint_randclear(random);
    sb_rational_from_double(value, 0.375);
    assert_text(sb_rational_format(value, SB_NUMBER_FRACTION), "3/8");
    sb_rational_from_double(value, -HUGE_VAL);
    assert_true(fmpq_is_zero(value));
    sb_rational_from_double(value, DBL_TRUE_MIN);
    assert_true(sb_rational_to_double(value) == DBL_TRUE_MIN);
    fmpq_clear(value);
}

static void arrays(void **state)
{
    (void)state;
    fmpq *left = sb_rationals_new(4);
    assert_non_null(left);
    for (size_t i = 0; i < 4; i++) {
        assert_true(fmpq_is_zero(left + i));
        fmpq_set_si(left + i, (slong)i + 1, 3);
    }
    parse(left + 3, "1e60/7");
    fmpq *right = sb_rationals_copy(left, 4);
    assert_non_null(right);
    fmpq_t total;
    fmpq_init(total);
    sb_rationals_sum(total, left, 3);
    assert_text(sb_rational_format(total, SB_NUMBER_FRACTION), "2");
    sb_rationals_dot(total, left, right, 3);
    assert_text(sb_rational_format(total, SB_NUMBER_FRACTION), "14/9");
    fmpq_zero(left + 3);
    assert_false(fmpq_is_zero(right + 3));
    sb_rationals_sum(left, left, 4); /* into one of its own terms */
    assert_text(sb_rational_format(left, SB_NUMBER_FRACTION), "2");
    fmpq_clear(total);
    sb_rationals_free(left, 4);
    sb_rationals_free(right, 4);
    sb_rationals_free(NULL, 3);
    fmpq *none = sb_rationals_new(0);
    assert_non_null(none);
    fmpq_init(total);
    fmpq_one(total);
    sb_rationals_sum(total, none, 0);
    assert_true(fmpq_is_zero(total));
    fmpq_clear(total);
    sb_rationals_free(none, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepted_texts),
        cmocka_unit_test(refused_texts),
        cmocka_unit_test(refusals_quote_the_text),
        cmocka_unit_test(exact_texts),
        cmocka_unit_test(every_number_reads_back),
        cmocka_unit_test(rounding_for_people),
        cmocka_unit_test(rounding_is_nearest),
        cmocka_unit_test(display_fits),
        cmocka_unit_test(doubles),
        cmocka_unit_test(arrays),
    };
    int failed = cmocka_run_group_tests_name("rational", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
