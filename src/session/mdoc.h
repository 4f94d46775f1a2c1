/* Reading the manual's source: mdoc, as far as its pages use it, into blocks of running text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tests compare it with mandoc, word by word.
 */
#ifndef SB_SESSION_MDOC_H
#define SB_SESSION_MDOC_H

#include "base/text.h"

typedef enum sb_manual_kind {
    SB_MANUAL_SECTION,
    SB_MANUAL_SUBSECTION,
    SB_MANUAL_TAG, /* what an entry of a list is about */
    SB_MANUAL_PARAGRAPH,
    SB_MANUAL_LITERAL /* a line that is not to be broken */
} sb_manual_kind;

typedef struct sb_manual_block {
    sb_manual_kind kind;
    int depth;  /* how many lists it is inside of */
    bool apart; /* an empty line goes before it */
    char *text;
} sb_manual_block;

typedef struct sb_manual_text {
    sb_manual_block *blocks;
    size_t count, capacity;
    bool failed; /* memory ran out: blocks are missing */
} sb_manual_text;

void sb_manual_text_init(sb_manual_text *text);
void sb_manual_text_clear(sb_manual_text *text);
void sb_manual_text_add(sb_manual_text *text, sb_manual_kind kind, int depth, bool apart,
                        const char *words);
/* Add lines [from, to) of a page. */
void sb_mdoc_read(const char *const *page, size_t from, size_t to, sb_manual_text *text);

/* ---- one line (mdoc_line.c) ---- */

/* Running text that grows word by word. */
typedef struct sb_mdoc_flow {
    sb_text text;
    bool joined; /* the next word follows without a blank */
} sb_mdoc_flow;
/* A line of text. */
void sb_mdoc_add_text(sb_mdoc_flow *flow, const char *line);
/* A line of macros, or the arguments of one that is not running text: without the dot. */
void sb_mdoc_add_macros(sb_mdoc_flow *flow, const char *line);
/* A line to be kept as it is, but for what is escaped. */
void sb_mdoc_add_literal(sb_text *text, const char *line);

/* The words of a line of macros: "quoted ones" are never macros or punctuation. */
enum { SB_MDOC_MOST_WORDS = 64, SB_MDOC_LONGEST_LINE = 512 };
typedef struct sb_mdoc_words {
    size_t count;
    const char *texts[SB_MDOC_MOST_WORDS];
    bool quoted[SB_MDOC_MOST_WORDS];
    char bytes[SB_MDOC_LONGEST_LINE];
} sb_mdoc_words;
void sb_mdoc_split(sb_mdoc_words *words, const char *line);
/* Whether a word is the name of a macro. */
bool sb_mdoc_is_macro(const sb_mdoc_words *words, size_t index);

#endif
