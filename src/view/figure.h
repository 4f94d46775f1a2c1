/* The figure of a screen: its plots, and the numbers behind them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each screen has a function for it in its record (sb_screen_view), so that no screen can forget:
 * one without a plot says so. Whoever draws (a canvas, a pen) sees the same plots.
 */
#ifndef SB_VIEW_FIGURE_H
#define SB_VIEW_FIGURE_H

#include "session/session.h"
#include "session/text_table.h"
#include "view/plot.h"

enum { SB_VIEW_FIGURE_MOST = 2 };

typedef struct sb_view_figure {
    size_t count; /* of plots; 0: none */
    sb_plot plots[SB_VIEW_FIGURE_MOST];
    char *caption;      /* what there is to see; NULL: nothing to say */
    char *missing;      /* why there is no plot; NULL where there is one */
    sb_text_table data; /* its first row is the heading; no columns: the points of the plots */
} sb_view_figure;

void sb_view_figure_clear(sb_view_figure *figure);
/* The figure of the session's screen, with what is known; cleared by the caller. */
void sb_view_figure_of(const sb_session *session, sb_view_figure *figure);
/* Its numbers, whatever they are: data, or else the points of all plots. Owned by the figure. */
const sb_text_table *sb_view_figure_numbers(sb_view_figure *figure);

/* One a screen. */
void sb_help_figure(const sb_session *session, sb_view_figure *figure);
void sb_lp_figure(const sb_session *session, sb_view_figure *figure);
void sb_table_figure(const sb_session *session, sb_view_figure *figure);
void sb_incentives_figure(const sb_session *session, sb_view_figure *figure);
void sb_blow_up_figure(const sb_session *session, sb_view_figure *figure);
void sb_geometry_figure(const sb_session *session, sb_view_figure *figure);
void sb_misbelief_figure(const sb_session *session, sb_view_figure *figure);
void sb_robust_figure(const sb_session *session, sb_view_figure *figure);
void sb_simulate_figure(const sb_session *session, sb_view_figure *figure);
void sb_baselines_figure(const sb_session *session, sb_view_figure *figure);

#endif
