/* Who gets what and who pays what: a line a profile.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PROFILE_LIST_H
#define SB_VIEW_PROFILE_LIST_H

#include "sidebet/mechanism.h"
#include "view/widgets.h"

typedef struct sb_profile_list {
    const sb_environment *environment;
    const sb_mechanism *mechanism;
    const size_t *profiles; /* which; NULL: all */
    size_t count;           /* how many in all */
    size_t first;           /* place in the list of the first one drawn */
    size_t selected;        /* a profile, or SB_NOWHERE */
    size_t agent;           /* whose payments alone are shown; SB_NOWHERE: everybody's */
    bool stale, fractions;
    bool paid; /* there are payments at all */
} sb_profile_list;

/* Profiles that fit into an area, below the line of titles. */
size_t sb_profile_list_shown(const sb_profile_list *list, sb_rectangle area);
/* The place in the list of the one selected, or where it would be. */
size_t sb_profile_list_place(const sb_profile_list *list);
void sb_profile_list_draw(const sb_profile_list *list, sb_canvas *canvas, sb_rectangle area);

/* "agent 1", "agent 1 0.75, nobody 0.25": who gets the item, or which outcome happens. What does
 * not fit into width columns is left out whole and marked by an ellipsis. */
char *sb_allocation_text(const sb_environment *environment, const sb_canvas *canvas, int width,
                         const fmpq *probabilities, bool fractions);

#endif
