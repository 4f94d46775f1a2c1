/* The answer of sidebet estimate: for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_ESTIMATE_H
#define SB_CLI_ESTIMATE_H

#include "base/text.h"
#include "sidebet/estimate.h"

typedef struct sb_estimate_answer {
    sb_environment *environment; /* as read: labels, and the prior that coverage draws from */
    sb_samples *samples;         /* NULL: coverage alone was asked for */
    sb_estimate_options options; /* alpha is never NULL */
    sb_estimate estimate;        /* with samples */

    size_t coverage_samples; /* of a repetition */
    sb_coverage coverage;    /* repetitions 0: not measured */

    sb_notes notes;
    double seconds;
} sb_estimate_answer;

/* Each fills an initialised, empty text; `whole` is an sb_estimate_answer. */
void sb_report_estimate(sb_text *text, const void *whole, size_t width);
void sb_json_estimate(sb_text *text, const void *whole);
/* One line a pair; without samples, one line of coverage. */
void sb_csv_estimate(sb_text *text, const void *whole);

#endif
