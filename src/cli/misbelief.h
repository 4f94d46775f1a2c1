/* The answer of sidebet misbelief: for people, for programs, for the wall.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_MISBELIEF_H
#define SB_CLI_MISBELIEF_H

#include "base/text.h"
#include "sidebet/misbelief.h"
#include "sidebet/safe_radius.h"

/* The truth at belief + s (TRUTH - belief). */
typedef struct sb_along_point {
    fmpq s;
    fmpq revenue; /* of the frozen mechanism */
    fmpq optimum; /* of this truth; where has_optimum */
    bool has_optimum;
    bool exact; /* optimum */
} sb_along_point;

/* What giving up slack costs and buys; revenue: of that mechanism at TRUTH, where it is optimal. */
typedef struct sb_slack_answer {
    sb_slack_point point;
    fmpq revenue;
} sb_slack_answer;

typedef struct sb_misbelief_answer {
    sb_environment *belief, *truth; /* under the same rules */
    sb_misbelief misbelief;
    sb_solution designed; /* for the belief; its mechanism is frozen */
    bool smallest;        /* which optimal mechanism that is */
    bool exact;           /* every number but those of slacks is proved */
    sb_solution optimum;  /* of the truth */
    bool has_radius;
    sb_safe_radius radius;
    bool along_wanted; /* asked for, and not for the figure alone */
    size_t along_count, along_capacity;
    sb_along_point *along;
    size_t slack_count;
    sb_slack_answer *slacks;
    sb_notes notes;
    double seconds;
} sb_misbelief_answer;

/* What is to be seen, in one sentence of computed numbers; NULL when memory runs out. */
char *sb_misbelief_lesson(const sb_misbelief_answer *answer);

/* `whole` is an sb_misbelief_answer. The table is that of --along or --slack where given, else the
 * replies. */
void sb_report_misbelief(sb_text *text, const void *whole, size_t width);
void sb_json_misbelief(sb_text *text, const void *whole);
void sb_csv_misbelief(sb_text *text, const void *whole);

#endif
