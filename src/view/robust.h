/* What the robust screen has to say, apart from where it comes from.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_ROBUST_H
#define SB_VIEW_ROBUST_H

#include "session/session.h"
#include "view/plot.h"
#include "view/widgets.h"

typedef struct sb_robust_look {
    const sb_environment *environment; /* one agent and a signal */
    const sb_robust_plan *plan;
    const sb_robust_steps *steps; /* NULL: none known */
    const sb_robust_step *step;   /* the round in hand; NULL: none known */
    const sb_robust_check *check; /* NULL: none known */
    const sb_price_curve *price;  /* NULL: none known; maybe not whole */
    bool price_complete;
    const sb_solution *bayesian; /* NULL: not known */
    const sb_baseline *ex_post;  /* NULL: not known */
    size_t type;                 /* whose beliefs are shown */
    sb_robust_view view;
    size_t scroll; /* the first signal in the numbers; clamped */
    bool zoom;     /* about the set of the type in hand */
    bool solving, fractions;
} sb_robust_look;

/* What the screen shows of a session (robust_screen.c). */
sb_robust_look sb_robust_look_of(const sb_session *session);

/* ---- robust_text.c ---- */

/* The set, how the run goes, the numbers a lecturer says, the sentence of the round. */
void sb_robust_head_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                          const sb_robust_look *look);
/* "Type 3 would report 2, gain 0.31"; freed by the caller, NULL when memory runs out. */
char *sb_robust_row_title(const sb_robust_look *look);
/* Whether a row is broken, beyond rounding where the round is floating; or held with equality. */
bool sb_robust_broken(const sb_robust_look *look, const sb_robust_row *row);
bool sb_robust_tight(const sb_robust_look *look, const sb_robust_row *row);
/* "reports 2", "stays away", "brings less". */
char *sb_robust_row_words(const sb_robust_look *look, const sb_robust_row *row);

/* ---- belief_numbers.c ---- */

/* What the seller gets of a truthful type at a signal: the payment and its own value. */
void sb_robust_revenue_at(fmpq_t revenue, const sb_robust_look *look, size_t type, size_t signal);
/* What a type gains by the truth over what its row says, at each signal: signal_count doubles.
 * False where there is no mechanism or no such row. */
bool sb_robust_gains(const sb_robust_look *look, size_t type, double *gains);
/* Signal by signal: estimate, bounds, the worst belief, the gain there. main: in the place of a
 * drawing. */
void sb_belief_table_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area,
                          bool main);
/* A line a type: its most broken row, by how much, at which belief. */
void sb_belief_rows_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area);

/* ---- belief_line.c, belief_triangle.c: two and three signals ---- */

void sb_belief_line_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area);
void sb_belief_triangle_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area);

/* ---- robust_plots.c ---- */

/* The bound round by round, as far as the one in hand, and its limits. */
sb_plot sb_plot_of_bound(const sb_robust_look *look);
/* Revenue against the size of the box, and its limits. */
sb_plot sb_plot_of_price(const sb_robust_look *look);

#endif
