/* The nearest word: what a misspelt one was probably meant to be.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_NEAREST_H
#define SB_BASE_NEAREST_H

#include <stddef.h>

typedef struct sb_nearest {
    const char *word;
    const char *best; /* NULL: nothing near enough */
    size_t distance;  /* of best */
} sb_nearest;

void sb_nearest_init(sb_nearest *nearest, const char *word);
/* Offer one more candidate (kept by pointer). Near enough is within a third of the word's length,
 * at least one slip: a letter missing, added, changed, or two swapped. */
void sb_nearest_offer(sb_nearest *nearest, const char *candidate);

#endif
