/* Where an axis is marked, and with what numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_ticks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double nearly = 1e-9; /* of a step: what rounding may add to a multiple */

void sb_plot_number(char *text, size_t size, double number)
{
    (void)snprintf(text, size, "%.5g", number);
    char *exponent = strchr(text, 'e');
    if (exponent == NULL) {
        return;
    }
    char *from = exponent + 1;
    char *to = exponent + 1;
    if (*from == '-') {
        to++;
        from++;
    } else if (*from == '+') {
        from++;
    }
    while (from[0] == '0' && from[1] != '\0') {
        from++;
    }
    memmove(to, from, strlen(from) + 1);
}

/* ---- linear ---- */

static double multiples(double low, double high, double step)
{
    return floor(high / step + nearly) - ceil(low / step - nearly) + 1;
}

double sb_plot_step(double low, double high, int most)
{
    static const double factors[] = {1, 2, 5};
    double range = high - low;
    if (!(range > 0) || !isfinite(range)) {
        return 1;
    }
    double power = pow(10, floor(log10(range / (most > 0 ? most : 1))) - 1);
    for (int tries = 0; tries < 6; tries++) {
        for (size_t k = 0; k < 3; k++) {
            if (multiples(low, high, power * factors[k]) <= most) {
                return power * factors[k];
            }
        }
        power *= 10;
    }
    return power * 10;
}

static void linear_ticks(sb_plot_ticks *ticks, const sb_plot_axis *axis, int most)
{
    double step = sb_plot_step(axis->low, axis->high, most);
    double first = ceil(axis->low / step - nearly);
    int decimals = (int)ceil(-log10(step) - nearly);
    decimals = decimals < 0 ? 0 : decimals > 12 ? 12 : decimals;
    bool plain = fmax(fabs(axis->low), fabs(axis->high)) < 1e6;
    for (int k = 0; k < most; k++) {
        double value = (first + k) * step;
        if (value > axis->high + step * nearly) {
            break;
        }
        sb_plot_tick *tick = &ticks->ticks[ticks->count++];
        tick->value = fabs(value) < step / 2 ? 0 : value;
        if (plain) {
            (void)snprintf(tick->label, sizeof tick->label, "%.*f", decimals, tick->value);
        } else {
            sb_plot_number(tick->label, sizeof tick->label, tick->value);
        }
    }
}

/* ---- logarithmic ---- */

static const char *const superscripts[] = {
    "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",     "\xE2\x81\xB4",
    "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7", "\xE2\x81\xB8", "\xE2\x81\xB9"};

/* "10⁻³", "2·10⁵"; in ASCII "1e-3", "2e5". */
static void power_label(char *label, size_t size, int factor, int exponent, bool ascii)
{
    if (ascii) {
        (void)snprintf(label, size, "%de%d", factor, exponent);
        return;
    }
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%d", exponent < 0 ? -exponent : exponent);
    char raised[13] = ""; /* of four digits at most */
    size_t used = 0;
    for (const char *digit = digits; *digit != '\0'; digit++) {
        const char *superscript = superscripts[*digit - '0'];
        size_t length = strlen(superscript);
        if (used + length >= sizeof raised) {
            break;
        }
        memcpy(raised + used, superscript, length + 1);
        used += length;
    }
    const char *sign = exponent < 0 ? "\xE2\x81\xBB" : "";
    if (factor == 1) {
        (void)snprintf(label, size, "10%s%s", sign, raised);
    } else {
        (void)snprintf(label, size,
                       "%d\xC2\xB7"
                       "10%s%s",
                       factor, sign, raised);
    }
}

static void add_power(sb_plot_ticks *ticks, const sb_plot_axis *axis, int factor, int exponent,
                      bool plain, bool ascii)
{
    double value = factor * pow(10, exponent);
    double place = sb_plot_place(axis, value);
    if (!(place >= -nearly && place <= 1 + nearly) || ticks->count == SB_PLOT_MOST_TICKS) {
        return;
    }
    sb_plot_tick *tick = &ticks->ticks[ticks->count++];
    tick->value = value;
    if (plain) {
        (void)snprintf(tick->label, sizeof tick->label, "%.*f", exponent < 0 ? -exponent : 0,
                       value);
    } else if (factor == 1 && exponent == 0) {
        (void)snprintf(tick->label, sizeof tick->label, "1");
    } else {
        power_label(tick->label, sizeof tick->label, factor, exponent, ascii);
    }
}

static void logarithmic_ticks(sb_plot_ticks *ticks, const sb_plot_axis *axis, int most, bool ascii)
{
    int first = (int)ceil(log10(axis->low) - nearly);
    int last = (int)floor(log10(axis->high) + nearly);
    bool plain = axis->low >= 0.0099 && axis->high <= 10001;
    int decades = last - first + 1;
    /* Few decades: 1, 2 and 5 of each, where there is room for them. */
    if (decades <= 2 && most >= 3 * decades + 2) {
        static const int factors[] = {1, 2, 5};
        for (int exponent = first - 1; exponent <= last; exponent++) {
            for (size_t k = 0; k < 3; k++) {
                add_power(ticks, axis, factors[k], exponent, plain, ascii);
            }
        }
        return;
    }
    int step = 1;
    while ((decades + step - 1) / step > most) {
        step++;
    }
    /* Multiples of the step, so that 1 is among them. */
    int start = first;
    while (start % step != 0) {
        start++;
    }
    for (int exponent = start; exponent <= last; exponent += step) {
        add_power(ticks, axis, 1, exponent, plain, ascii);
    }
}

void sb_plot_ticks_of(sb_plot_ticks *ticks, const sb_plot_axis *axis, int most, bool ascii)
{
    ticks->count = 0;
    most = most > SB_PLOT_MOST_TICKS ? SB_PLOT_MOST_TICKS : most;
    if (most < 1 || !(axis->high > axis->low) || (axis->logarithmic && !(axis->low > 0))) {
        return;
    }
    if (axis->logarithmic) {
        logarithmic_ticks(ticks, axis, most, ascii);
    } else {
        linear_ticks(ticks, axis, most);
    }
}
