/* Rational numbers rounded for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The digits are rounded once, from the exact number, half away from zero; no double is involved.
 */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/power_of_ten.h"
#include "base/text.h"
#include "sidebet/rational.h"

/* |value| rounded: 0.d1d2d3... * 10^(exponent + 1), without zeros at the end. */
typedef struct rounded {
    char digits[32];
    size_t count;
    slong exponent; /* of the first digit: 10^exponent */
    bool negative, exact;
} rounded;

/* The exponent of the first digit: 10^exponent <= upper/lower < 10^(exponent + 1). */
static slong leading_exponent(const fmpz_t upper, const fmpz_t lower)
{
    /* A size is right or one too big, so this is the exponent or a little more. */
    slong exponent = (slong)fmpz_sizeinbase(upper, 10) - (slong)fmpz_sizeinbase(lower, 10) + 1;
    fmpz_t power;
    fmpz_t left;
    fmpz_t right;
    fmpz_init(power);
    fmpz_init(left);
    fmpz_init(right);
    for (;; exponent--) {
        sb_power_of_ten(power, (ulong)(exponent < 0 ? -exponent : exponent));
        if (exponent < 0) {
            fmpz_mul(left, upper, power);
            fmpz_set(right, lower);
        } else {
            fmpz_set(left, upper);
            fmpz_mul(right, lower, power);
        }
        if (fmpz_cmp(left, right) >= 0) {
            break;
        }
    }
    fmpz_clear(right);
    fmpz_clear(left);
    fmpz_clear(power);
    return exponent;
}

static void round_digits(rounded *result, const fmpq_t value, slong exponent, int significant)
{
    fmpz_t upper;
    fmpz_t lower;
    fmpz_t rest;
    fmpz_init(upper);
    fmpz_init_set(lower, fmpq_denref(value));
    fmpz_init(rest);
    fmpz_abs(upper, fmpq_numref(value));
    slong shift = significant - 1 - exponent;
    sb_power_of_ten(rest, (ulong)(shift < 0 ? -shift : shift));
    fmpz_mul(shift < 0 ? lower : upper, shift < 0 ? lower : upper, rest);
    fmpz_fdiv_qr(upper, rest, upper, lower);
    result->exact = fmpz_is_zero(rest);
    fmpz_mul_2exp(rest, rest, 1);
    if (fmpz_cmp(rest, lower) >= 0) {
        fmpz_add_ui(upper, upper, 1);
    }
    fmpz_get_str(result->digits, 10, upper);
    result->negative = fmpq_sgn(value) < 0;
    result->count = strlen(result->digits);
    /* 9.996 rounded to three digits is 10.0: one digit more. */
    result->exponent = exponent + (slong)result->count - significant;
    while (result->count > 1 && result->digits[result->count - 1] == '0') {
        result->count--;
    }
    fmpz_clear(rest);
    fmpz_clear(lower);
    fmpz_clear(upper);
}

static void add_zeros(sb_text *text, slong count)
{
    for (slong i = 0; i < count; i++) {
        sb_text_add_part(text, "0", 1);
    }
}

static void add_plain(sb_text *text, const rounded *number)
{
    slong count = (slong)number->count;
    if (number->exponent < 0) {
        sb_text_add(text, "0.");
        add_zeros(text, -number->exponent - 1);
        sb_text_add_part(text, number->digits, number->count);
    } else if (number->exponent >= count - 1) {
        sb_text_add_part(text, number->digits, number->count);
        add_zeros(text, number->exponent + 1 - count);
    } else {
        size_t whole = (size_t)number->exponent + 1;
        sb_text_add_part(text, number->digits, whole);
        sb_text_add(text, ".");
        sb_text_add_part(text, number->digits + whole, number->count - whole);
    }
}

static slong plain_length(const rounded *number)
{
    slong count = (slong)number->count;
    if (number->exponent < 0) {
        return 1 - number->exponent + count;
    }
    return number->exponent >= count - 1 ? number->exponent + 1 : count + 1;
}

static char *rounded_text(const rounded *number, bool plain)
{
    sb_text text;
    sb_text_init(&text);
    if (number->negative) {
        sb_text_add(&text, "-");
    }
    if (plain) {
        add_plain(&text, number);
    } else {
        sb_text_add_part(&text, number->digits, 1);
        if (number->count > 1) {
            sb_text_add(&text, ".");
            sb_text_add_part(&text, number->digits + 1, number->count - 1);
        }
        slong size = number->exponent < 0 ? -number->exponent : number->exponent;
        sb_text_add_format(&text, "e%c%02ld", number->exponent < 0 ? '-' : '+', (long)size);
    }
    return sb_text_take(&text, NULL);
}

char *sb_rational_approximate(const fmpq_t value, int significant)
{
    if (fmpq_is_zero(value)) {
        return sb_copy_text("0");
    }
    significant = significant < 2 ? 2 : significant > 17 ? 17 : significant;
    fmpz_t size;
    fmpz_init(size);
    fmpz_abs(size, fmpq_numref(value));
    slong exponent = leading_exponent(size, fmpq_denref(value));
    fmpz_clear(size);
    rounded number;
    round_digits(&number, value, exponent, significant);
    return rounded_text(&number, plain_length(&number) <= significant + 6);
}

/* The exact text unless it plainly has more than width characters: a number of thousands of digits
 * is not written out to be thrown away. *too_long tells a NULL for length from one for memory. */
static char *exact_within(const fmpq_t value, size_t width, bool *too_long)
{
    *too_long = true;
    size_t digits = fmpz_sizeinbase(fmpq_numref(value), 10);
    if (digits > 45 && digits - 45 > width) {
        return NULL;
    }
    char *text = sb_rational_format(value, SB_NUMBER_DECIMAL);
    *too_long = text != NULL && strlen(text) > width;
    if (*too_long) {
        free(text);
        return NULL;
    }
    return text;
}

char *sb_rational_display(const fmpq_t value, size_t width, bool *exact)
{
    bool too_long = false;
    char *text = exact_within(value, width, &too_long);
    if (exact != NULL) {
        *exact = true;
    }
    if (!too_long) {
        return text;
    }
    fmpz_t size;
    fmpz_init(size);
    fmpz_abs(size, fmpq_numref(value));
    slong exponent = fmpz_is_zero(size) ? 0 : leading_exponent(size, fmpq_denref(value));
    fmpz_clear(size);
    rounded number;
    for (int significant = 17; significant >= 1; significant--) {
        round_digits(&number, value, exponent, significant);
        for (int plain = plain_length(&number) <= significant + 6; plain >= 0; plain--) {
            text = rounded_text(&number, plain != 0);
            if (text == NULL || strlen(text) <= width || (significant == 1 && plain == 0)) {
                if (exact != NULL) {
                    *exact = number.exact;
                }
                return text;
            }
            free(text);
        }
    }
    return NULL;
}
