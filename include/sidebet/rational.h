/* Rational numbers as people write them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sidebet computes with FLINT's fmpq: 0.251 is 251/1000 and never a double. This header adds
 * reading, writing and arrays; arithmetic is FLINT's own.
 */
#ifndef SIDEBET_RATIONAL_H
#define SIDEBET_RATIONAL_H

#include <stdbool.h>
#include <stddef.h>

#include <flint/flint.h>
#include <flint/fmpq.h>

#include "sidebet/declarations.h"
#include "sidebet/error.h"

SB_DECLARATIONS_BEGIN

/* Longest number accepted, in characters, and largest decimal exponent: 1e400 is read, 1e99999999
 * (a number of a hundred million digits) is refused. */
#define SB_RATIONAL_MAX_TEXT     4096
#define SB_RATIONAL_MAX_EXPONENT 4096

/* How an exact number is written. */
typedef enum sb_number_style {
    SB_NUMBER_DECIMAL, /* a decimal where it terminates within 40 digits, else a fraction */
    SB_NUMBER_FRACTION /* an integer or a fraction in lowest terms */
} sb_number_style;

/* Read a number from text[0..length): an integer, a decimal (.25, 0.251, -3., 1e-3, 2.5E+4) or a
 * fraction of two of these (1/4, -2/3, 0.5/3), with optional blanks around it. A sign may be + or
 * -. Nothing else: no hex, no nan, no inf, no comma. On failure value is unchanged and the message
 * quotes the text. */
sb_status sb_rational_parse(fmpq_t value, const char *text, size_t length, sb_error *error);

/* Exact text of a number, to be freed by the caller; NULL when memory runs out. sb_rational_parse
 * reads it back to the same value (unless it has more than SB_RATIONAL_MAX_TEXT characters even
 * with the zeros at the end of numerator and denominator written as exponents). */
char *sb_rational_format(const fmpq_t value, sb_number_style style);

/* Like sb_rational_format for decimals, with zeros added to reach at least `decimals` digits after
 * the point, so that a table's column lines up (0.250 beside 0.251). */
char *sb_rational_format_padded(const fmpq_t value, size_t decimals);

/* Digits after the point of the exact decimal, or SIZE_MAX where it does not terminate within 40.
 */
size_t sb_rational_decimals(const fmpq_t value);

/* A rounded decimal for people: at most `significant` significant digits (2..17), half away from
 * zero, no trailing zeros after the point, an exponent only where the plain form would be longer
 * than `significant` + 6 characters, the sign not counted ("62501", "-62750", "3.992", "0.0004";
 * with 5 digits 312512500 is "312510000" and 3125125000000 is "3.1251e+12"). Rounded from the exact
 * number, never through a double. Freed by the caller. */
char *sb_rational_approximate(const fmpq_t value, int significant);

/* For people: the short exact text where it has at most `width` characters, else
 * a rounded decimal like sb_rational_approximate's with as many digits as fit, in plain or exponent
 * form (one digit with an exponent where nothing fits). Sets *exact (may be NULL) to whether
 * nothing was rounded away. Freed by the caller. */
char *sb_rational_display(const fmpq_t value, size_t width, bool *exact);

/* The nearest double, half to even (overflows to an infinity, underflows to zero). */
double sb_rational_to_double(const fmpq_t value);

/* The exact value of a finite double; zero for a NaN or an infinity. */
void sb_rational_from_double(fmpq_t value, double number);

/* An array of count zeros (NULL when memory runs out; a valid non-NULL pointer for count 0). */
fmpq *sb_rationals_new(size_t count);
fmpq *sb_rationals_copy(const fmpq *values, size_t count);
void sb_rationals_free(fmpq *values, size_t count); /* values may be NULL */
void sb_rationals_sum(fmpq_t sum, const fmpq *values, size_t count);
/* The inner product of two arrays. */
void sb_rationals_dot(fmpq_t product, const fmpq *left, const fmpq *right, size_t count);

SB_DECLARATIONS_END

#endif
