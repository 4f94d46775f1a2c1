/* Rational numbers: reading, exact writing, doubles, arrays.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/rational.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/power_of_ten.h"

/* ---- reading ---- */

typedef enum number_fault { FAULT_NONE, FAULT_SYNTAX, FAULT_EXPONENT } number_fault;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Read e[+-]digits at text[*at], if it is there, into *exponent. */
static number_fault read_exponent(const char *text, size_t length, size_t *at, long *exponent)
{
    *exponent = 0;
    if (*at == length || (text[*at] != 'e' && text[*at] != 'E')) {
        return FAULT_NONE;
    }
    (*at)++;
    bool negative = *at < length && text[*at] == '-';
    if (*at < length && (text[*at] == '-' || text[*at] == '+')) {
        (*at)++;
    }
    if (*at == length || !is_digit(text[*at])) {
        return FAULT_SYNTAX;
    }
    for (; *at < length && is_digit(text[*at]); (*at)++) {
        if (*exponent <= SB_RATIONAL_MAX_EXPONENT) {
            *exponent = 10 * *exponent + (text[*at] - '0');
        }
    }
    if (*exponent > SB_RATIONAL_MAX_EXPONENT) {
        return FAULT_EXPONENT;
    }
    if (negative) {
        *exponent = -*exponent;
    }
    return FAULT_NONE;
}

/* value = digits * 10^exponent. */
static void set_decimal(fmpq_t value, const char *digits, bool negative, long exponent)
{
    fmpz_set_str(fmpq_numref(value), digits, 10);
    if (negative) {
        fmpz_neg(fmpq_numref(value), fmpq_numref(value));
    }
    fmpz_one(fmpq_denref(value));
    fmpz_t power;
    fmpz_init(power);
    sb_power_of_ten(power, (ulong)labs(exponent));
    if (exponent >= 0) {
        fmpz_mul(fmpq_numref(value), fmpq_numref(value), power);
    } else {
        fmpz_swap(fmpq_denref(value), power);
        fmpq_canonicalise(value);
    }
    fmpz_clear(power);
}

/* An integer or decimal that is all of text[0..length). */
static number_fault read_decimal(fmpq_t value, const char *text, size_t length)
{
    char digits[SB_RATIONAL_MAX_TEXT + 1];
    size_t count = 0;
    size_t at = 0;
    bool negative = length > 0 && text[0] == '-';
    if (length > 0 && (text[0] == '-' || text[0] == '+')) {
        at++;
    }
    while (at < length && is_digit(text[at])) {
        digits[count++] = text[at++];
    }
    long decimals = 0;
    if (at < length && text[at] == '.') {
        at++;
        for (; at < length && is_digit(text[at]); decimals++) {
            digits[count++] = text[at++];
        }
    }
    if (count == 0) {
        return FAULT_SYNTAX;
    }
    digits[count] = '\0';
    long exponent = 0;
    number_fault fault = read_exponent(text, length, &at, &exponent);
    if (fault == FAULT_NONE && at < length) {
        fault = FAULT_SYNTAX;
    }
    if (fault == FAULT_NONE) {
        set_decimal(value, digits, negative, exponent - decimals);
    }
    return fault;
}

/* The text as a message quotes it: what can be printed of its first 40 bytes. */
static void quote(char quoted[64], const char *text, size_t length)
{
    size_t kept = length > 40 ? 40 : length;
    while (kept < length && kept > 0 && ((unsigned char)text[kept] & 0xC0U) == 0x80U) {
        kept--;
    }
    for (size_t i = 0; i < kept; i++) {
        unsigned char c = (unsigned char)text[i];
        quoted[i] = (char)(c < 0x20U || c == 0x7FU ? '?' : c);
    }
    memcpy(quoted + kept, kept < length ? "..." : "", kept < length ? 4 : 1);
}

sb_status sb_rational_parse(fmpq_t value, const char *text, size_t length, sb_error *error)
{
    while (length > 0 && is_blank(text[length - 1])) {
        length--;
    }
    while (length > 0 && is_blank(text[0])) {
        text++;
        length--;
    }
    char quoted[64];
    quote(quoted, text, length);
    if (length == 0) {
        return sb_error_set(error, SB_ERROR_INPUT, "a number is missing");
    }
    if (length > SB_RATIONAL_MAX_TEXT) {
        return sb_error_set(error, SB_ERROR_INPUT, "the number '%s' has more than %d characters",
                            quoted, SB_RATIONAL_MAX_TEXT);
    }
    const char *slash = memchr(text, '/', length);
    size_t upper_length = slash == NULL ? length : (size_t)(slash - text);
    fmpq_t upper;
    fmpq_t lower;
    fmpq_init(upper);
    fmpq_init(lower);
    fmpq_one(lower);
    number_fault fault = read_decimal(upper, text, upper_length);
    if (fault == FAULT_NONE && slash != NULL) {
        fault = read_decimal(lower, slash + 1, length - upper_length - 1);
    }
    sb_status status = SB_OK;
    if (fault == FAULT_EXPONENT) {
        status = sb_error_set(error, SB_ERROR_INPUT, "the exponent of '%s' is beyond %d", quoted,
                              SB_RATIONAL_MAX_EXPONENT);
    } else if (fault == FAULT_SYNTAX) {
        status = sb_error_set(error, SB_ERROR_INPUT, "'%s' is not a number", quoted);
        sb_error_set_hint(error,
                          "write an integer, a decimal or a fraction, as in 2, 0.251 or 1/4");
    } else if (fmpq_is_zero(lower)) {
        status = sb_error_set(error, SB_ERROR_INPUT, "'%s' divides by zero", quoted);
        sb_error_set_hint(error, "write another number below the line, as in 1/4");
    } else {
        fmpq_div(value, upper, lower);
    }
    fmpq_clear(lower);
    fmpq_clear(upper);
    return status;
}

/* ---- writing exactly ---- */

/* The integer's decimal text in our own memory. */
static char *integer_text(const fmpz_t integer)
{
    char *text = sb_allocate(fmpz_sizeinbase(integer, 10) + 2, 1);
    if (text != NULL) {
        fmpz_get_str(text, 10, integer);
    }
    return text;
}

/* Write the zeros at the end of an integer's text as an exponent, as far as a reader accepts. */
static char *fold_zeros(char *text)
{
    size_t length = strlen(text);
    size_t zeros = 0;
    while (zeros + 1 < length && zeros < SB_RATIONAL_MAX_EXPONENT &&
           text[length - 1 - zeros] == '0') {
        zeros++;
    }
    if (zeros > 5) {
        (void)snprintf(text + length - zeros, zeros, "e%zu", zeros);
    }
    return text;
}

static char *fraction_text(const fmpq_t value)
{
    char *upper = integer_text(fmpq_numref(value));
    char *lower = fmpz_is_one(fmpq_denref(value)) ? NULL : integer_text(fmpq_denref(value));
    if (upper == NULL || (lower == NULL && !fmpz_is_one(fmpq_denref(value)))) {
        free(upper);
        free(lower);
        return NULL;
    }
    if (strlen(upper) + (lower == NULL ? 0 : strlen(lower) + 1) > SB_RATIONAL_MAX_TEXT) {
        fold_zeros(upper);
        if (lower != NULL) {
            fold_zeros(lower);
        }
    }
    if (lower == NULL) {
        return upper;
    }
    char *text = sb_format_text("%s/%s", upper, lower);
    free(upper);
    free(lower);
    return text;
}

size_t sb_rational_decimals(const fmpq_t value)
{
    /* The denominator must be 2^twos * 5^fives. */
    fmpz_t rest;
    fmpz_t base;
    fmpz_init(rest);
    fmpz_init_set_ui(base, 2);
    slong twos = fmpz_remove(rest, fmpq_denref(value), base);
    fmpz_set_ui(base, 5);
    slong fives = fmpz_remove(rest, rest, base);
    bool terminates = fmpz_is_one(rest) && twos <= 40 && fives <= 40;
    fmpz_clear(base);
    fmpz_clear(rest);
    if (!terminates) {
        return SIZE_MAX;
    }
    return (size_t)(twos > fives ? twos : fives);
}

/* Exact decimal with that many digits after the point, which must suffice. */
static char *decimal_text(const fmpq_t value, size_t decimals)
{
    fmpz_t scaled;
    fmpz_init(scaled);
    sb_power_of_ten(scaled, (ulong)decimals);
    fmpz_mul(scaled, scaled, fmpq_numref(value));
    fmpz_divexact(scaled, scaled, fmpq_denref(value));
    fmpz_abs(scaled, scaled);
    char *digits = integer_text(scaled);
    fmpz_clear(scaled);
    if (digits == NULL || (decimals == 0 && fmpq_sgn(value) >= 0)) {
        return digits;
    }
    size_t count = strlen(digits);
    size_t zeros = count > decimals ? 0 : decimals + 1 - count;
    size_t whole = count + zeros - decimals;
    char *text = sb_allocate(count + zeros + 3, 1);
    if (text != NULL) {
        char *end = text;
        if (fmpq_sgn(value) < 0) {
            *end++ = '-';
        }
        for (size_t i = 0; i < count + zeros; i++) {
            if (i == whole) {
                *end++ = '.';
            }
            *end++ = i < zeros ? '0' : digits[i - zeros];
        }
    }
    free(digits);
    return text;
}

char *sb_rational_format(const fmpq_t value, sb_number_style style)
{
    size_t decimals = sb_rational_decimals(value);
    if (style == SB_NUMBER_FRACTION || decimals == SIZE_MAX || decimals == 0) {
        return fraction_text(value);
    }
    return decimal_text(value, decimals);
}

char *sb_rational_format_padded(const fmpq_t value, size_t decimals)
{
    size_t needed = sb_rational_decimals(value);
    if (needed == SIZE_MAX || decimals == 0) {
        return sb_rational_format(value, SB_NUMBER_DECIMAL);
    }
    return decimal_text(value, needed > decimals ? needed : decimals);
}

/* ---- doubles ---- */

double sb_rational_to_double(const fmpq_t value)
{
    if (fmpq_is_zero(value)) {
        return 0.0;
    }
    fmpz_t upper;
    fmpz_t lower;
    fmpz_t rest;
    fmpz_init(upper);
    fmpz_init_set(lower, fmpq_denref(value));
    fmpz_init(rest);
    fmpz_abs(upper, fmpq_numref(value));
    /* 2^exponent <= |value| < 2^(exponent + 1), up to one too small. */
    slong exponent = (slong)fmpz_bits(upper) - (slong)fmpz_bits(lower) - 1;
    double result = 0.0;
    if (exponent > DBL_MAX_EXP) {
        result = HUGE_VAL;
    } else if (exponent >= DBL_MIN_EXP - DBL_MANT_DIG - 2) {
        slong shift = exponent < 0 ? -exponent : exponent;
        fmpz_mul_2exp(exponent < 0 ? upper : lower, exponent < 0 ? upper : lower, (ulong)shift);
        fmpz_mul_2exp(rest, lower, 1);
        if (fmpz_cmp(upper, rest) >= 0) {
            exponent++;
            fmpz_swap(lower, rest);
        }
        /* Now 1 <= upper/lower < 2. Count units in the last place of the double, coarser ones below
         * the normal range, and round half to even. */
        slong bits = DBL_MANT_DIG - 1;
        if (exponent < DBL_MIN_EXP - 1) {
            bits -= DBL_MIN_EXP - 1 - exponent;
        }
        if (bits >= 0) {
            fmpz_mul_2exp(upper, upper, (ulong)bits);
        } else {
            fmpz_mul_2exp(lower, lower, (ulong)-bits);
        }
        fmpz_fdiv_qr(upper, rest, upper, lower);
        fmpz_mul_2exp(rest, rest, 1);
        int half = fmpz_cmp(rest, lower);
        if (half > 0 || (half == 0 && fmpz_is_odd(upper))) {
            fmpz_add_ui(upper, upper, 1);
        }
        result = ldexp((double)fmpz_get_ui(upper), (int)(exponent - bits));
    }
    int sign = fmpq_sgn(value);
    fmpz_clear(rest);
    fmpz_clear(lower);
    fmpz_clear(upper);
    return sign < 0 ? -result : result;
}

void sb_rational_from_double(fmpq_t value, double number)
{
    fmpq_zero(value);
    if (!isfinite(number) || number == 0.0) {
        return;
    }
    int exponent = 0;
    double mantissa = frexp(number, &exponent);
    fmpz_set_d(fmpq_numref(value), ldexp(mantissa, DBL_MANT_DIG));
    exponent -= DBL_MANT_DIG;
    if (exponent >= 0) {
        fmpq_mul_2exp(value, value, (ulong)exponent);
    } else {
        fmpq_div_2exp(value, value, (ulong)-exponent);
    }
}

/* ---- arrays ---- */

fmpq *sb_rationals_new(size_t count)
{
    fmpq *values = sb_allocate(count, sizeof *values);
    for (size_t i = 0; values != NULL && i < count; i++) {
        fmpq_init(values + i);
    }
    return values;
}

fmpq *sb_rationals_copy(const fmpq *values, size_t count)
{
    fmpq *copy = sb_rationals_new(count);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        fmpq_set(copy + i, values + i);
    }
    return copy;
}

void sb_rationals_free(fmpq *values, size_t count)
{
    for (size_t i = 0; values != NULL && i < count; i++) {
        fmpq_clear(values + i);
    }
    free(values);
}

void sb_rationals_sum(fmpq_t sum, const fmpq *values, size_t count)
{
    fmpq_t total;
    fmpq_init(total);
    for (size_t i = 0; i < count; i++) {
        fmpq_add(total, total, values + i);
    }
    fmpq_swap(sum, total);
    fmpq_clear(total);
}

void sb_rationals_dot(fmpq_t product, const fmpq *left, const fmpq *right, size_t count)
{
    fmpq_t total;
    fmpq_init(total);
    for (size_t i = 0; i < count; i++) {
        if (!fmpq_is_zero(left + i) && !fmpq_is_zero(right + i)) {
            fmpq_addmul(total, left + i, right + i);
        }
    }
    fmpq_swap(product, total);
    fmpq_clear(total);
}
