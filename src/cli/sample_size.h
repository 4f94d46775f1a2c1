/* The answer of sidebet sample-size, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_SAMPLE_SIZE_H
#define SB_CLI_SAMPLE_SIZE_H

#include "base/text.h"
#include "sidebet/sample_size.h"

/* One number of the formula is another. */
typedef struct sb_sample_change {
    const char *what; /* "k halved" */
    double samples;
} sb_sample_change;
enum { SB_SAMPLE_CHANGES = 6 };

typedef struct sb_sample_size_answer {
    sb_environment *environment; /* under Bayes-Nash, ex-interim, revenue, free payments */
    fmpq full_surplus;
    sb_sample_bound bound;
    sb_sample_change changes[SB_SAMPLE_CHANGES];
    size_t measure_count;
    sb_sample_measure *measures;
    sb_notes notes;
    double seconds;
} sb_sample_size_answer;

/* The contenders that are compared, beside the ball's mechanism. */
enum { SB_SAMPLE_CONTENDERS = 3 };
extern const sb_contender sb_sample_contenders[SB_SAMPLE_CONTENDERS];
/* The distance of beliefs that the bound allows for with this many samples. */
double sb_sample_bound_distance(const sb_sample_size_answer *answer, size_t samples);

/* `whole` is an sb_sample_size_answer. */
void sb_report_sample_size(sb_text *text, const void *whole, size_t width);
void sb_json_sample_size(sb_text *text, const void *whole);
void sb_csv_sample_size(sb_text *text, const void *whole);

#endif
