/* The figure of beliefs and values: points, their envelope, side bets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_GEOMETRY_H
#define SB_VIEW_PLOT_GEOMETRY_H

#include "sidebet/geometry.h"
#include "view/plot.h"

typedef struct sb_geometry_view {
    const sb_environment *environment;
    const sb_agent_extraction *extraction; /* of the agent */
    const sb_geometry *geometry;
    size_t type;   /* in hand: its picture, its side bet or the mixture above it; SB_NOWHERE: the
                      picture of most types, all their side bets and mixtures */
    bool close_up; /* about the beliefs, not all there could be; not of a triangle */
} sb_geometry_view;

/* Over two signals, or one number of the beliefs: values over it. Else the plane of the beliefs,
 * values as numbers beside the types. Cleared by the caller. */
sb_plot sb_plot_of_geometry(const sb_geometry_view *view);
/* Index of the picture that is drawn: of the type in hand; or of the first type that has no side
 * bet, else of the first that needs one. SB_NOWHERE: there is none. */
size_t sb_geometry_view_picture(const sb_geometry_view *view);
/* "low", "low, rain", "all others": what is at a corner. Freed by the caller; NULL when memory runs
 * out. */
char *sb_geometry_corner_name(const sb_geometry_view *view, size_t corner);
/* "more dry, less rain": what a component is made of. Freed by the caller. */
char *sb_geometry_component_name(const sb_geometry_view *view, size_t component);

#endif
