/* The answer of sidebet ball, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_BALL_H
#define SB_CLI_BALL_H

#include "base/text.h"
#include "cli/options.h"
#include "sidebet/sufficient_correlation.h"

/* One loss and one promise. */
typedef struct sb_ball_entry {
    sb_correlation_ball ball;
    bool has_kept; /* truthful balls that were found and proved */
    sb_kept_ball kept;
} sb_ball_entry;

typedef struct sb_ball_answer {
    sb_environment *environment; /* under Bayes-Nash, ex-interim, revenue, free payments */
    const sb_number_list *losses;
    size_t count;
    sb_ball_entry *entries; /* by loss, then by promise */
    sb_solution optimum;
    sb_kept_ball *optimum_kept; /* of the optimal mechanism, one a loss; NULL unless proved */
    sb_notes notes;
    double seconds;
} sb_ball_answer;

/* `whole` is an sb_ball_answer. */
void sb_report_ball(sb_text *text, const void *whole, size_t width);
void sb_json_ball(sb_text *text, const void *whole);
void sb_csv_ball(sb_text *text, const void *whole);

#endif
