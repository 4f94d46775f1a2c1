/* The rows of the LP screen: which there are, in which order.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list of lines is never made: each is found where it is looked at, so that programs of any size
 * can be scrolled. Line 0 of all rules is the objective.
 */
#ifndef SB_SESSION_LP_ROWS_H
#define SB_SESSION_LP_ROWS_H

#include "session/session.h"
#include "sidebet/design_text.h"
#include "sidebet/incentive_graph.h"

typedef struct sb_lp_rows {
    sb_design_listing *listing;  /* of the environment in hand */
    const sb_solution *solution; /* optimal, and of that environment; NULL: none */
    size_t first, count;         /* rows of the rule shown, or of all */
    bool objective;              /* the first line */
    size_t front_count;          /* rows put first: those that bind, worth something before the */
    size_t *front;               /* others; */
    size_t *sorted;              /* the same in the order of the rows */
    size_t lines;
} sb_lp_rows;

/* As the display says; false where nothing is open, or memory ran out. Cleared in any case. */
bool sb_lp_rows_init(sb_lp_rows *rows, const sb_session *session);
void sb_lp_rows_clear(sb_lp_rows *rows);
/* The row of a line: the listing's row_count is the objective. line < lines. */
size_t sb_lp_rows_at(const sb_lp_rows *rows, size_t line);
/* The line of a row; 0 where it is not shown. */
size_t sb_lp_rows_line(const sb_lp_rows *rows, size_t row);

/* The solution of the environment in hand where it is known and optimal, else NULL. */
const sb_solution *sb_lp_solution(const sb_session *session);

/* As many types as a diagram with arrows takes; more are a matrix. */
#define SB_INCENTIVES_DIAGRAM_TYPES ((size_t)8)
/* What the incentive screen draws as arrows, with a cursor on an edge; else a matrix with a cursor
 * on a pair. */
bool sb_incentives_by_edge(const sb_session *session);
/* The graph that the screen shows; false where there is none. Cleared in any case. */
bool sb_incentives_graph(sb_incentive_graph *graph, const sb_session *session);
/* As many rules as slacks are computed of at once, for the edges that do not bind. */
#define SB_INCENTIVES_MOST_SLACKS ((size_t)3000)

#endif
