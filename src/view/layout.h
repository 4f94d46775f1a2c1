/* Which pane gets which rectangle of the table screen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three arrangements. `beside`: prior, values and mechanism in a left column, results and
 * conditions in a right one, the binding rules along the bottom. `above`: a wide prior over the
 * whole width, the rest below it. `single`: a narrow screen, one column. Rectangles never overlap;
 * a pane that finds no room gets an empty one; the pane with the keys always finds room.
 */
#ifndef SB_VIEW_LAYOUT_H
#define SB_VIEW_LAYOUT_H

#include "session/session.h"
#include "view/widgets.h"

/* Rows (heading included) and columns with which a pane shows everything. */
typedef struct sb_measures {
    int prior_columns;
    int rows[SB_PANE_COUNT];
    int results_rows;
} sb_measures;

typedef struct sb_layout {
    sb_rectangle rules; /* one row, or empty */
    sb_rectangle results;
    sb_rectangle pane[SB_PANE_COUNT];
} sb_layout;

void sb_layout_compute(sb_layout *layout, const sb_measures *measures, sb_pane active, int top,
                       int rows, int columns);

#endif
