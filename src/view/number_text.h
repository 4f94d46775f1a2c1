/* Numbers as the screens write them: always whole, rounded where they must be, never cut.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every text is freed by the caller and NULL when memory runs out.
 */
#ifndef SB_VIEW_NUMBER_TEXT_H
#define SB_VIEW_NUMBER_TEXT_H

#include <stdbool.h>

#include "sidebet/rational.h"

/* A number in at most width columns where that is possible: as a fraction where fractions are
 * wanted and it fits, else like sb_rational_display, without the zero before the point where that
 * saves the column that is missing. */
char *sb_number_text(const fmpq_t value, int width, bool fractions);

/* How a table's numbers are written so that they line up. */
typedef struct sb_number_format {
    int width;      /* columns a number may take */
    int decimals;   /* digits after the point of every number; -1: as many as each needs */
    bool fractions; /* fractions where they are short */
} sb_number_format;

/* What one number asks of its table: digits after the point of its exact decimal, 4 where that does
 * not end or is longer than 6. */
int sb_number_decimals(const fmpq_t value);

/* One number of such a table: rounded to the format's decimals, ".0123" where "0.0123" is too wide;
 * 0 as "0"; a number that would be rounded to zero keeps a digit ("1e-6"). */
char *sb_number_in_table(const fmpq_t value, const sb_number_format *format);

/* Texts of count numbers (stride apart) of one column, padded with blanks so that their decimal
 * points stand above each other, each of at most width columns. Texts go to texts[0..count). */
void sb_number_column(char **texts, const fmpq *values, size_t count, size_t stride, int width,
                      bool fractions);

/* part / whole in percent, to so many digits or more: "100 %", "85.76 %"; never "100 %" or "0 %"
 * where it is not. "" where whole is not positive. */
char *sb_share_text(const fmpq_t part, const fmpq_t whole, int significant);

/* "1.2"; "just over 1" where rounding would say 1. */
char *sb_weight_sum_text(const fmpq_t sum, bool fractions);

/* A duration: "<1 ms", "12 ms", "1.2 s". */
char *sb_duration_text(double seconds);

#endif
