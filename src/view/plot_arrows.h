/* A directed graph as a picture: nodes on a line, arrows as arcs over and under it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An arrow to the right is an arc above the line, one to the left an arc below: direction shows
 * twice. No two arcs have their middles in the same place, so that each has room for its number.
 */
#ifndef SB_VIEW_PLOT_ARROWS_H
#define SB_VIEW_PLOT_ARROWS_H

#include "view/plot.h"

typedef struct sb_plot_node {
    char *name;
    bool box; /* no type, but something that is decided */
} sb_plot_node;

typedef struct sb_plot_arrow {
    size_t from, to;
    sb_plot_line line;
    char *label; /* NULL: none */
} sb_plot_arrow;

typedef struct sb_plot_arrows {
    size_t node_count, arrow_count;
    sb_plot_node *nodes;
    sb_plot_arrow *arrows;
    char *nothing; /* what is said where there is no arrow; NULL: nothing */
} sb_plot_arrows;

/* NULL when memory runs out. Names and labels are NULL. */
sb_plot_arrows *sb_plot_arrows_new(size_t node_count, size_t arrow_count);
void sb_plot_arrows_free(sb_plot_arrows *arrows); /* NULL: nothing */

#endif
