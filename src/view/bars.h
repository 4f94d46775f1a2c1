/* Numbers below each other, with bars that compare them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_BARS_H
#define SB_VIEW_BARS_H

#include "view/widgets.h"

typedef struct sb_bar {
    const char *label;
    const fmpq *number; /* NULL: not known, or there is none */
    const char *word;   /* shown instead of a number */
    const char *note;   /* behind the number, where the bars have notes; NULL: nothing */
    sb_style style, note_style;
} sb_bar;

typedef struct sb_bars {
    const sb_bar *list;
    size_t count;
    size_t first; /* those before it are not drawn, but the scale is theirs too */
    int label_columns;
    int note_columns; /* 0: no notes */
    size_t chosen;    /* the one with a mark in front; SB_NOWHERE: none */
    bool stale, fractions;
} sb_bars;

/* One a row, as many as there are rows; returns how many. */
int sb_bars_draw(const sb_bars *bars, sb_canvas *canvas, sb_rectangle area);

#endif
