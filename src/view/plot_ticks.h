/* Where an axis is marked, and with what numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_TICKS_H
#define SB_VIEW_PLOT_TICKS_H

#include "view/plot.h"

enum { SB_PLOT_MOST_TICKS = 32 };

typedef struct sb_plot_tick {
    double value;
    char label[32]; /* UTF-8 */
} sb_plot_tick;

typedef struct sb_plot_ticks {
    size_t count;
    sb_plot_tick ticks[SB_PLOT_MOST_TICKS]; /* ascending, within the axis */
} sb_plot_ticks;

/* At most `most` ticks (SB_PLOT_MOST_TICKS at the very most): whole decades on a logarithmic axis,
 * every so many where all are too many, 1, 2 and 5 of each where there are few; else multiples of
 * a 1-2-5 step. Decades are written 10⁻³ (`ascii`: 1e-3) beyond 0.01 to 1000. */
void sb_plot_ticks_of(sb_plot_ticks *ticks, const sb_plot_axis *axis, int most, bool ascii);

/* The smallest step of 1, 2 or 5 times a power of ten with which at most `most` multiples lie
 * between low and high. */
double sb_plot_step(double low, double high, int most);

/* A number as a reader of a plot wants it: five significant digits, "3.1e+12" as "3.1e12". */
void sb_plot_number(char *text, size_t size, double number);

#endif
