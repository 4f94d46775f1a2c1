/* A number three rows high, for the back of the classroom.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_BIG_NUMBER_H
#define SB_VIEW_BIG_NUMBER_H

#include "view/canvas.h"

enum { SB_BIG_ROWS = 3 };

/* Columns a number's text takes in big digits; 0 where it cannot be written so (an ASCII canvas, a
 * character without a big form). */
int sb_big_number_columns(const sb_canvas *canvas, const char *text);
void sb_big_number_draw(sb_canvas *canvas, int row, int column, sb_style style, const char *text);

#endif
