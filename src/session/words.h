/* The words of a command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_WORDS_H
#define SB_SESSION_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

typedef struct sb_words {
    size_t count, capacity;
    char **texts;   /* without quotes */
    size_t *starts; /* where in the line each begins, its quote included */
    size_t starts_capacity;
    bool open_quote; /* the last word's quote is not closed */
    bool open_word;  /* the line ends in the last word, no blank behind it */
    bool comment;    /* the line ends in a comment */
} sb_words;

void sb_words_init(sb_words *words);
void sb_words_clear(sb_words *words);

/* Split line[0..length): blanks separate, "double quotes" keep blanks (\" and \\ inside), # starts
 * a comment where it begins the line, or a word and no digit follows (so that #2 can name the
 * second type). An open quote is not an error here: see open_quote. */
sb_status sb_words_split(const char *line, size_t length, sb_words *words, sb_error *error);

/* Join words [from, to) with a separator, in the place of the first. */
sb_status sb_words_join(sb_words *words, size_t from, size_t to, const char *separator,
                        sb_error *error);

/* The same with blanks, every word quoted where it needs it: to be split again. A single word stays
 * as it is. */
sb_status sb_words_join_quoted(sb_words *words, size_t from, size_t to, sb_error *error);

/* Append a word so that it is split back into the same, with quotes where it needs them. */
void sb_words_quote(sb_text *text, const char *word);

#endif
