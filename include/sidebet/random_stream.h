/* Random numbers that are the same on every machine, in any order of work.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stream is xoshiro256** started by splitmix64 from a seed and a list of coordinates (the cell of
 * a sweep, the repetition, ...): streams of different coordinates are independent for every
 * practical purpose, so that work may be spread over threads and machines in any order.
 */
#ifndef SIDEBET_RANDOM_STREAM_H
#define SIDEBET_RANDOM_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "sidebet/declarations.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_random_stream {
    uint64_t state[4];
} sb_random_stream;

/* Start a stream. coordinates may be NULL for count 0. */
void sb_random_stream_init(sb_random_stream *stream, uint64_t seed, const uint64_t *coordinates,
                           size_t count);
/* Uniform on 0 .. 2^64 - 1. */
uint64_t sb_random_stream_next(sb_random_stream *stream);
/* Uniform on [0, 1): the upper 53 bits. */
double sb_random_stream_uniform(sb_random_stream *stream);

SB_DECLARATIONS_END

#endif
