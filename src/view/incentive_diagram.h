/* An incentive graph drawn into cells, apart from where it comes from.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_INCENTIVE_DIAGRAM_H
#define SB_VIEW_INCENTIVE_DIAGRAM_H

#include "sidebet/incentive_graph.h"
#include "view/widgets.h"

typedef struct sb_incentive_look {
    const sb_environment *environment;
    const sb_incentive_graph *graph;
    size_t cursor;       /* the edge under the cursor; SB_NOWHERE: none */
    size_t type, report; /* the cell under the cursor of a matrix (report type_count: stays
                            away); type SB_NOWHERE: none */
    bool fractions, stale;
} sb_incentive_look;

/* Whether the graph is drawn with arrows in so many columns; else as a matrix. */
bool sb_incentive_is_diagram(const sb_incentive_look *look, int columns);
/* Rows that show all of it. */
int sb_incentive_rows(const sb_incentive_look *look, int columns);
/* Nodes are columns, each edge is an arrow in a row of its own with its dual behind it; or a
 * matrix, true types down and reports across. What does not fit is scrolled to the cursor. */
void sb_incentive_draw(const sb_incentive_look *look, sb_canvas *canvas, sb_rectangle area);
/* "2 would as soon report 1: dual 0.25, at 2 of 3 profiles of the others". Freed by the caller. */
char *sb_incentive_edge_sentence(const sb_incentive_look *look, const sb_incentive_edge *edge);
/* What the marks of a matrix mean. Static. */
const char *sb_incentive_matrix_legend(void);

#endif
