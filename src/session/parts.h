/* How results are put together, part by part.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part is filled in by the thread that computes it, then handed to a new sb_results and never
 * changed again. Results that follow one another share the parts they have in common.
 */
#ifndef SB_SESSION_PARTS_H
#define SB_SESSION_PARTS_H

#include <stdatomic.h>

#include "session/results.h"

typedef enum sb_part_kind {
    SB_PART_SOLUTION,
    SB_PART_EXTRACTION,
    SB_PART_EX_POST,
    SB_PART_WITHOUT_CORRELATION,
    SB_PART_GEOMETRY, /* this and what follows: only where it is wanted */
    SB_PART_AUCTIONS,
    SB_PART_ROBUST,
    SB_PART_ROBUST_CHECK,
    SB_PART_SMALLEST,
    SB_PART_SWEEP,
    SB_PART_CAP,
    SB_PART_MISBELIEF,
    SB_PART_BELIEF,
    SB_PART_PRICE,
    SB_PART_SENSITIVITY, /* last: it takes the longest, and a screen may wait for the rest */
    SB_PART_SEARCH,      /* published from within the search for the solution */
    SB_PART_COUNT
} sb_part_kind;

#define SB_SLACK_POINTS 3

/* What a frozen mechanism does where the environment of the results is the truth. */
typedef struct sb_misbelief_part {
    sb_misbelief misbelief;
    sb_belief_curve curve;
} sb_misbelief_part;

/* Facts about the belief alone. */
typedef struct sb_belief_part {
    sb_safe_radius radius;
    sb_slack_point slack[SB_SLACK_POINTS];
    size_t slack_count;
} sb_belief_part;

typedef struct sb_part {
    atomic_size_t references;
    sb_part_kind kind;
    sb_snapshot *key; /* the curve's or the belief's snapshot; else NULL */
    bool partial;
    union {
        sb_solution solution;
        sb_extraction extraction;
        sb_baseline baseline;
        sb_geometry geometry;
        sb_known_auctions auctions;
        sb_search search;
        sb_smallest_payments smallest;
        sb_sensitivity sensitivity;
        sb_sweep sweep;
        sb_cap cap;
        sb_misbelief_part misbelief;
        sb_belief_part belief;
        sb_robust_steps robust;
        sb_robust_check robust_check;
        sb_price_curve price;
    } is;
} sb_part;
/* An empty part of a kind; NULL when memory runs out. */
sb_part *sb_part_new(sb_part_kind kind);
sb_part *sb_part_keep(sb_part *part); /* NULL allowed; returns part */
void sb_part_release(sb_part *part);  /* NULL allowed */
/* What to fill in: of the kind the part was made for. */
sb_solution *sb_part_solution(sb_part *part);
sb_extraction *sb_part_extraction(sb_part *part);
sb_baseline *sb_part_baseline(sb_part *part);
sb_geometry *sb_part_geometry(sb_part *part);
sb_known_auctions *sb_part_auctions(sb_part *part);
sb_search *sb_part_search(sb_part *part);
sb_smallest_payments *sb_part_smallest(sb_part *part);
sb_sensitivity *sb_part_sensitivity(sb_part *part);
sb_sweep *sb_part_sweep(sb_part *part);
sb_cap *sb_part_cap(sb_part *part);
sb_misbelief_part *sb_part_misbelief(sb_part *part);
sb_belief_part *sb_part_belief(sb_part *part);
sb_robust_steps *sb_part_robust(sb_part *part);
sb_robust_check *sb_part_robust_check(sb_part *part);
sb_price_curve *sb_part_price(sb_part *part);
/* What a wanted part is about beside the results' snapshot: the curve's or the belief's snapshot.
 * Keeps its own reference. */
void sb_part_set_key(sb_part *part, sb_snapshot *key);
/* A sweep or frontier that is not done yet. */
void sb_part_set_partial(sb_part *part);

/* Nothing known yet but the full surplus. Keeps its own reference to the snapshot. */
sb_results *sb_results_new(sb_snapshot *snapshot);
/* The same with what earlier results (NULL allowed) hold that is true of the snapshot too: all of
 * it where they are of the same one, else the curves and the facts about the belief; but nothing
 * about another curve or belief than the one wanted. May be the earlier ones themselves. */
sb_results *sb_results_going_on(sb_snapshot *snapshot, sb_results *earlier, const sb_wants *wants);
/* New results that share all parts of the earlier ones, with one more, or another, part (taken
 * over, also on failure; NULL: none). NULL when memory runs out. */
sb_results *sb_results_with(const sb_results *earlier, sb_part *part);
/* The same without what is known of a belief; NULL when memory runs out. */
sb_results *sb_results_without_belief(const sb_results *earlier);
/* Before publication only. */
void sb_results_set_seconds(sb_results *results, double seconds);
void sb_results_set_complete(sb_results *results, bool complete);
/* Whether a part is known, maybe not whole, and about the curve or belief wanted now. */
bool sb_results_is_about(const sb_results *results, sb_part_kind kind, const sb_wants *wants);
/* Whether a part is known, whole, and about what is wanted now. */
bool sb_results_satisfy(const sb_results *results, sb_part_kind kind, const sb_wants *wants);
void sb_results_set_failure(sb_results *results, const char *sentence); /* the first one is kept */

#endif
