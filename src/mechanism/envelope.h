/* The best mixture of other types that believes what one type believes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beliefs of types are points whose coordinates are parts of those of independent types. Given what
 * a type's belief is worth to each type that may report it, the value of the concave envelope at
 * that report is
 *     max  sum_t weights[t] worth[t]   with  sum_t weights[t] point(t) = point(report), weights >=
 * 0 over the types that may report it. No such weights: the report is extreme, and there is a
 * linear function that is negative at it and positive at all of them. In double precision, by the
 * simplex method on a small full table; a report goes on from where it was left.
 */
#ifndef SB_MECHANISM_ENVELOPE_H
#define SB_MECHANISM_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum sb_envelope_state {
    SB_ENVELOPE_UNKNOWN,
    SB_ENVELOPE_MIXTURE,
    SB_ENVELOPE_EXTREME,
    SB_ENVELOPE_FAILED /* too badly conditioned */
} sb_envelope_state;

typedef struct sb_envelope_report {
    sb_envelope_state state;
    double *table; /* a row a coordinate and one of reduced costs; a column a type and the right
                      side */
    size_t *basis; /* per row: a type, or types + coordinate: no type, an artificial one */
    double extremeness; /* where it is extreme: how negative the function is, largest is 1 or so */
} sb_envelope_report;

typedef struct sb_envelope {
    size_t types, rank;
    double *points;      /* type by coordinate; they sum to 1 */
    size_t *coordinates; /* the type whose point is each unit vector */
    bool *may_report;    /* report by type */
    sb_envelope_report *reports;
} sb_envelope;

/* Zeroed arrays to fill; false when memory runs out. */
bool sb_envelope_init(sb_envelope *envelope, size_t types, size_t rank);
void sb_envelope_clear(sb_envelope *envelope);

/* Where a report stands; finds out what is not known. False when memory runs out. */
bool sb_envelope_classify(sb_envelope *envelope, size_t report);
/* The value of the envelope at a mixture. Its basis and right side are the best weights. */
double sb_envelope_value(sb_envelope *envelope, size_t report, const double *worth);
/* The weight of what is basic in a row. */
double sb_envelope_weight(const sb_envelope *envelope, size_t report, size_t row);
/* Of an extreme report: the function's value at each unit vector. It is positive at all that may
 * report it. */
void sb_envelope_separate(const sb_envelope *envelope, size_t report, double *function);

#endif
