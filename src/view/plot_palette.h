/* The colours of figures in files: told apart by people of every kind of colour vision.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After Okabe and Ito, on white; darker than theirs, so that letters in them can be read.
 * Colour never tells alone: lines have dashes and markers, and their names beside them.
 */
#ifndef SB_VIEW_PLOT_PALETTE_H
#define SB_VIEW_PLOT_PALETTE_H

#include "view/canvas.h"

typedef struct sb_plot_colour {
    unsigned char red, green, blue;
} sb_plot_colour;

/* Of a series with this style; grey for styles that are no curve's. */
sb_plot_colour sb_plot_colour_of(sb_style style);

#endif
