/* How results are put together, part by part.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part is filled in by the thread that computes it, then handed to a new sb_results and never
 * changed again. Results that follow one another share the parts they have in common.
 */
#ifndef SB_SESSION_PARTS_H
#define SB_SESSION_PARTS_H

#include "session/results.h"

typedef enum sb_part_kind {
    SB_PART_SOLUTION,
    SB_PART_EXTRACTION,
    SB_PART_EX_POST,
    SB_PART_WITHOUT_CORRELATION,
    SB_PART_COUNT
} sb_part_kind;

typedef struct sb_part sb_part;
/* An empty part of a kind; NULL when memory runs out. */
sb_part *sb_part_new(sb_part_kind kind);
void sb_part_release(sb_part *part); /* NULL allowed */
/* What to fill in: of the kind the part was made for. */
sb_solution *sb_part_solution(sb_part *part);
sb_extraction *sb_part_extraction(sb_part *part);
sb_baseline *sb_part_baseline(sb_part *part);

/* Nothing known yet but the full surplus. Keeps its own reference to the snapshot. */
sb_results *sb_results_new(sb_snapshot *snapshot);
/* New results that share all parts of the earlier ones, with one more, or another, part (taken
 * over, also on failure; NULL: none). NULL when memory runs out. */
sb_results *sb_results_with(const sb_results *earlier, sb_part *part);
/* Before publication only. */
void sb_results_set_seconds(sb_results *results, double seconds);
void sb_results_set_complete(sb_results *results);
void sb_results_set_failure(sb_results *results, const char *sentence); /* the first one is kept */

#endif
