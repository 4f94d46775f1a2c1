/* Samples of (type, signal) of one bidder: drawn from a prior, read and written as CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the counts matter to every estimate here. A file holds one sample a line, `type,signal`
 * under a header of the two players' names, or with a third column `count` one pair a line. Labels
 * are those of the environment (or "#k"), in CSV quoting.
 */
#ifndef SIDEBET_SAMPLES_H
#define SIDEBET_SAMPLES_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"
#include "sidebet/random_stream.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_samples {
    size_t type_count, signal_count;
    size_t *counts; /* at [type * signal_count + signal] */
    size_t total;
} sb_samples;

/* No samples yet, in the shape of an environment with one agent and a signal (usage error else). */
sb_status sb_samples_new(const sb_environment *environment, sb_samples **samples, sb_error *error);
void sb_samples_free(sb_samples *samples);              /* NULL allowed */
sb_samples *sb_samples_copy(const sb_samples *samples); /* NULL when memory runs out */
/* How many samples have a type. */
size_t sb_samples_of_type(const sb_samples *samples, size_t type);

/* Draw `count` more samples from the prior: each by comparing 64 random bits with the exact
 * cumulative distribution (so that a pair of probability zero never appears). If `sequence` is not
 * NULL it receives the profile numbers in the order drawn (count of them). */
sb_status sb_samples_draw(sb_samples *samples, const sb_environment *environment, size_t count,
                          sb_random_stream *stream, size_t *sequence, sb_error *error);

/* Read a CSV file ("-": standard input), or parse its text. Errors name file, line and column. */
sb_status sb_samples_read(const char *path, const sb_environment *environment, sb_samples **samples,
                          sb_error *error);
sb_status sb_samples_parse(const char *text, size_t length, const char *name,
                           const sb_environment *environment, sb_samples **samples,
                           sb_error *error);
/* The CSV text. sequence NULL: with a count column, one pair a line, pairs never seen left out;
 * else one sample a line in that order. Freed by the caller. */
sb_status sb_samples_format(const sb_samples *samples, const sb_environment *environment,
                            const size_t *sequence, size_t count, char **text, sb_error *error);

SB_DECLARATIONS_END

#endif
