/* How the optimum moves with each cell of the prior, as a layer on its table.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The palette diverges: its middle is no change, its ends the largest change there is. A sign and a
 * mark say the same without colour: ^ a kink, ! a jump.
 */
#ifndef SB_VIEW_SENSITIVITY_LAYER_H
#define SB_VIEW_SENSITIVITY_LAYER_H

#include "sidebet/sensitivity.h"
#include "view/widgets.h"

/* The number a cell shows: its derivative (of a kink the steeper side's); of a jump its size. False
 * where there is none. */
bool sb_sensitivity_number(fmpq_t number, const sb_sensitivity_cell *cell);
/* The largest |number| of all cells; 0 where there is none. */
double sb_sensitivity_largest(const sb_sensitivity *sensitivity);
sb_style sb_sensitivity_style(const sb_sensitivity_cell *cell, double largest);
/* "-1.25 ", "0.5^", "0.25!", "-" (cannot move), "?" (not confirmed), of at most width columns.
 * Freed by the caller; NULL when memory runs out. */
char *sb_sensitivity_text(const sb_sensitivity_cell *cell, int width, bool fractions);
/* "-1.25 (the palette) 1.25  ^ kink  ! jump", as much of it as fits. */
void sb_sensitivity_legend_draw(sb_canvas *canvas, int row, int column, int width, double largest);
/* Both sides of a cell in words. Freed by the caller; NULL when memory runs out. */
char *sb_sensitivity_sentence(const sb_sensitivity_cell *cell, const char *objective,
                              bool at_independence, bool fractions);

#endif
