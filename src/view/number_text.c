/* Numbers as the screens write them: always whole, rounded where they must be, never cut.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/number_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const int most_decimals = 6;
static const int endless_decimals = 4;

/* "0.25" -> ".25", "-0.25" -> "-.25", in place. */
static void drop_leading_zero(char *text)
{
    char *digits = text[0] == '-' ? text + 1 : text;
    if (digits[0] == '0' && digits[1] == '.') {
        memmove(digits, digits + 1, strlen(digits));
    }
}

/* The text if it fits, perhaps without its leading zero; else NULL and it is freed. */
static char *fitted(char *text, int width)
{
    if (text == NULL) {
        return NULL;
    }
    if ((int)strlen(text) > width) {
        drop_leading_zero(text);
    }
    if ((int)strlen(text) > width) {
        free(text);
        return NULL;
    }
    return text;
}

char *sb_number_text(const fmpq_t value, int width, bool fractions)
{
    size_t room = width > 0 ? (size_t)width : 1;
    if (fractions) {
        char *fraction = fitted(sb_rational_format(value, SB_NUMBER_FRACTION), width);
        if (fraction != NULL) {
            return fraction;
        }
    }
    if (sb_rational_decimals(value) == SIZE_MAX) {
        for (int significant = 6; significant >= 2; significant--) {
            char *rounded = fitted(sb_rational_approximate(value, significant), width);
            if (rounded != NULL) {
                return rounded;
            }
        }
    }
    char *wider = fitted(sb_rational_display(value, room + 1, NULL), width);
    return wider != NULL ? wider : sb_rational_display(value, room, NULL);
}

int sb_number_decimals(const fmpq_t value)
{
    size_t decimals = sb_rational_decimals(value);
    return decimals > (size_t)most_decimals ? endless_decimals : (int)decimals;
}

/* value rounded to decimals, half away from zero. */
static void round_decimals(fmpq_t rounded, const fmpq_t value, int decimals)
{
    fmpz_t power;
    fmpz_init(power);
    fmpz_set_ui(power, 10);
    fmpz_pow_ui(power, power, (ulong)decimals);
    fmpz_t doubled;
    fmpz_init(doubled);
    fmpz_mul_2exp(doubled, fmpq_denref(value), 1);
    fmpz_t scaled;
    fmpz_init(scaled);
    fmpz_mul(scaled, fmpq_numref(value), power);
    fmpz_mul_2exp(scaled, scaled, 1);
    if (fmpz_sgn(scaled) < 0) {
        fmpz_sub(scaled, scaled, fmpq_denref(value));
    } else {
        fmpz_add(scaled, scaled, fmpq_denref(value));
    }
    fmpz_tdiv_q(scaled, scaled, doubled);
    fmpq_set_fmpz_frac(rounded, scaled, power);
    fmpz_clear(scaled);
    fmpz_clear(doubled);
    fmpz_clear(power);
}

char *sb_number_in_table(const fmpq_t value, const sb_number_format *format)
{
    if (fmpq_is_zero(value)) {
        return sb_copy_text("0");
    }
    if (format->fractions || format->decimals < 0) {
        return sb_number_text(value, format->width, format->fractions);
    }
    /* As many of the table's decimals as there is room for beside the whole part. */
    for (int decimals = format->decimals; decimals >= 0; decimals--) {
        fmpq_t rounded;
        fmpq_init(rounded);
        round_decimals(rounded, value, decimals);
        char *text = NULL;
        if (!fmpq_is_zero(rounded)) {
            text = fitted(sb_rational_format_padded(rounded, (size_t)decimals), format->width);
        }
        fmpq_clear(rounded);
        if (text != NULL) {
            return text;
        }
    }
    return sb_number_text(value, format->width, false);
}

void sb_number_column(char **texts, const fmpq *values, size_t count, size_t stride, int width,
                      bool fractions)
{
    int before = 0;
    int after = 0;
    for (size_t i = 0; i < count; i++) {
        texts[i] = sb_number_text(values + i * stride, width, fractions);
        if (texts[i] == NULL) {
            continue;
        }
        int whole = (int)strcspn(texts[i], ".");
        int rest = (int)strlen(texts[i]) - whole;
        before = whole > before ? whole : before;
        after = rest > after ? rest : after;
    }
    if (before + after > width) {
        return; /* flush right will have to do */
    }
    for (size_t i = 0; i < count; i++) {
        if (texts[i] == NULL) {
            continue;
        }
        int rest = (int)(strlen(texts[i]) - strcspn(texts[i], "."));
        char *padded = sb_format_text("%s%*s", texts[i], after - rest, "");
        if (padded != NULL) {
            free(texts[i]);
            texts[i] = padded;
        }
    }
}

char *sb_share_text(const fmpq_t part, const fmpq_t whole, int significant)
{
    if (fmpq_sgn(whole) <= 0) {
        return sb_copy_text("");
    }
    fmpq_t percent;
    fmpq_init(percent);
    fmpq_div(percent, part, whole);
    fmpz_mul_ui(fmpq_numref(percent), fmpq_numref(percent), 100);
    fmpq_canonicalise(percent);
    bool all = fmpq_equal(part, whole);
    char *digits = NULL;
    for (; significant <= 17; significant++) {
        free(digits);
        digits = sb_rational_approximate(percent, significant);
        if (digits == NULL || all || strcmp(digits, "100") != 0) {
            break;
        }
    }
    bool misleading = digits != NULL && !all && strcmp(digits, "100") == 0;
    const char *below = fmpq_cmp(part, whole) < 0 ? "just under 100 %" : "just over 100 %";
    char *text = NULL;
    if (digits != NULL) {
        text = misleading ? sb_copy_text(below) : sb_format_text("%s %%", digits);
    }
    free(digits);
    fmpq_clear(percent);
    return text;
}

char *sb_weight_sum_text(const fmpq_t sum, bool fractions)
{
    char *number = sb_number_text(sum, 8, fractions);
    if (number != NULL && !fmpq_is_one(sum) && strcmp(number, "1") == 0) {
        bool below = fmpz_cmp(fmpq_numref(sum), fmpq_denref(sum)) < 0;
        free(number);
        return sb_copy_text(below ? "just under 1" : "just over 1");
    }
    return number;
}

char *sb_duration_text(double seconds)
{
    if (seconds < 0.001) {
        return sb_copy_text("<1 ms");
    }
    if (seconds < 1) {
        return sb_format_text("%.0f ms", seconds * 1000);
    }
    return sb_format_text(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
}
