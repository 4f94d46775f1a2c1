/* The nearest word: what a misspelt one was probably meant to be.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/nearest.h"

#include <string.h>

enum { LONGEST_WORD = 40 }; /* longer words are not looked up: no option is that long */

static size_t minimum(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* Slips between two words (optimal string alignment), row by row; a swap looks two rows back. */
static size_t slips(const char *left, size_t left_length, const char *right, size_t right_length)
{
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= right_length; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= left_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= right_length; j++) {
            size_t change = above[j - 1] + (left[i - 1] != right[j - 1]);
            row[j] = minimum(change, minimum(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                row[j] = minimum(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[left_length % 3][right_length];
}

void sb_nearest_init(sb_nearest *nearest, const char *word)
{
    nearest->word = word;
    nearest->best = NULL;
    nearest->distance = strlen(word) / 3;
    if (nearest->distance == 0) {
        nearest->distance = 1;
    }
    nearest->distance++;
}

void sb_nearest_offer(sb_nearest *nearest, const char *candidate)
{
    size_t word_length = strlen(nearest->word);
    size_t candidate_length = strlen(candidate);
    if (word_length < 2 || word_length > LONGEST_WORD || candidate_length > LONGEST_WORD) {
        return;
    }
    size_t distance = slips(nearest->word, word_length, candidate, candidate_length);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = candidate;
    }
}
