/* What the best mechanism is compared with: bounds, other rules, well-known mechanisms.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One list for the screen, for `show` and for `expect`.
 */
#ifndef SB_SESSION_COMPARISON_H
#define SB_SESSION_COMPARISON_H

#include "session/session.h"

enum {
    SB_COMPARISON_OPTIMUM,
    SB_COMPARISON_FULL_SURPLUS,
    SB_COMPARISON_EX_POST,
    SB_COMPARISON_NO_CORRELATION,
    SB_COMPARISON_AUCTIONS, /* the first of sb_auction_kind */
    SB_COMPARISON_COUNT = SB_COMPARISON_AUCTIONS + SB_AUCTION_COUNT
};

/* "optimum", "full-surplus", "ex-post", "no-correlation", "vcg", ... */
const char *sb_comparison_name(size_t index);
/* The same for people: under another objective than revenue the bound is "largest-welfare", which
 * is what it is then. */
const char *sb_comparison_title(size_t index, const sb_environment *environment);

/* Everything points into the results. */
typedef struct sb_comparison {
    bool known;                    /* false: still being computed, or not asked for */
    const fmpq *objective;         /* NULL: there is none */
    const fmpq *revenue, *welfare; /* of a mechanism; NULL where there is none */
    const char *word;              /* the proof's word; where there is no number why: "infeasible",
                                      "does not apply" */
    bool exact;                    /* the number is proved */
    bool incumbent;                /* no optimum: the best that a search found */
    bool breaks_rules;             /* a mechanism that the rules in force do not allow */
    const sb_mechanism *mechanism; /* NULL: none is kept */
} sb_comparison;

/* results may be NULL: nothing is known. best: the optimal mechanism that is shown, or NULL. */
sb_comparison sb_comparison_at(const sb_results *results, const sb_mechanism *best, size_t index);

/* What it is, what its payments rest on, or why it does not apply: one sentence or a few. Freed by
 * the caller; NULL when memory runs out. */
char *sb_comparison_sentence(const sb_results *results, size_t index);

#endif
