/* What the baselines screen says, apart from how it is laid out.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_BASELINES_H
#define SB_VIEW_BASELINES_H

#include "session/comparison.h"
#include "view/bars.h"

typedef struct sb_baselines_look {
    const sb_environment *environment; /* of the results */
    const sb_results *results;         /* NULL: nothing is known */
    const sb_mechanism *best;          /* the optimal mechanism on show, or NULL */
    const size_t *profiles;            /* that are listed; NULL: all */
    size_t count;                      /* how many */
    size_t agent;                      /* whose payments alone; SB_NOWHERE: everybody's */
    const char *filter;                /* for the heading; NULL: none */
    size_t chosen, scroll;
    bool solving, stale, fractions;
} sb_baselines_look;

/* One bar each, in the order of the list: number, proof word, or why there is none. */
void sb_baselines_bars(const sb_baselines_look *look, sb_bar bars[SB_COMPARISON_COUNT]);

/* The chosen one in words; no more than one sentence where it does not apply. */
void sb_baselines_words(sb_lines *lines, const sb_canvas *canvas, int width,
                        const sb_baselines_look *look);

#endif
