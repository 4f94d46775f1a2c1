/* What the misbelief screen has to say beside its tables, apart from where it comes from: so it can
 * be drawn from any evaluation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_MISBELIEF_PANEL_H
#define SB_VIEW_MISBELIEF_PANEL_H

#include "sidebet/misbelief.h"
#include "sidebet/safe_radius.h"
#include "view/widgets.h"

typedef struct sb_misbelief_panel {
    const sb_environment *truth;   /* of the evaluation */
    const sb_misbelief *misbelief; /* NULL: not known yet */
    const fmpq *truth_optimum;     /* the best mechanism's for the truth; NULL: not known */
    const char *optimum_word;      /* shown where there is no number */
    const sb_safe_radius *radius;  /* of the frozen mechanism at its belief; NULL: not known */
    const sb_slack_point *slack;   /* mechanisms that give some slack up */
    size_t slack_count;
    size_t curve_count; /* the truth moves from the belief */
    const double *curve_s, *curve_frozen, *curve_optimum;
    size_t point; /* of the curve, under the cursor; SB_NOWHERE: where the table is */
    bool show_curve;
    size_t agent; /* whose replies come first where not all fit */
    bool fractions, stale;
} sb_misbelief_panel;

/* misbelief_panel.c */
void sb_misbelief_panel_draw(const sb_misbelief_panel *panel, sb_canvas *canvas, sb_rectangle area);

/* misbelief_text.c */

/* "The seller loses 3.2 where 1.749 was promised: 2 of 4 types walk away, 1 lies." Freed by the
 * caller; NULL when memory runs out. *bad: less than was promised. */
char *sb_misbelief_sentence(const sb_misbelief *misbelief, bool fractions, bool *bad);
/* A line a type of every agent, after one with the agent's name; *first: the line of `agent`. */
void sb_misbelief_reply_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                              const sb_misbelief_panel *panel, size_t *first);
void sb_misbelief_radius_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                               const sb_misbelief_panel *panel);

#endif
