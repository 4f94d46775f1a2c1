/* A panel that is a table: a cell a number, darker where it is larger.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_MATRIX_H
#define SB_CLI_FIGURE_MATRIX_H

#include "cli/figure_panel.h"
#include "view/plot_matrix.h"

/* Left of the cells: the rows' player and their names. */
double sb_matrix_names_width(const sb_plot *plot);
double sb_matrix_width(const sb_plot *plot, double frame_width);
/* Whether every cell has its number written in it. */
bool sb_matrix_has_numbers(const sb_plot *plot, double frame_width);
void sb_matrix_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                          double frame_width);

#endif
