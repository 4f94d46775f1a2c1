/* Random numbers that are the same on every machine, in any order of work.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xoshiro256** 1.0 of Blackman and Vigna, its state filled by splitmix64 as they recommend. Without
 * coordinates this is the reference generator seeded with `seed`. Each coordinate is folded into
 * the seed by one more step of splitmix64, whose mixing is a bijection: lists of one length that
 * differ in one place never meet, and others only by a chance of 2^-64.
 */
#include "sidebet/random_stream.h"

#include "base/splitmix.h"

static uint64_t rotate_left(uint64_t value, int by)
{
    return (value << by) | (value >> (64 - by));
}

void sb_random_stream_init(sb_random_stream *stream, uint64_t seed, const uint64_t *coordinates,
                           size_t count)
{
    uint64_t state = seed;
    for (size_t i = 0; i < count; i++) {
        state = sb_splitmix64(&state) ^ coordinates[i];
    }
    /* Four different states give four outputs that differ, so that they are never all zero. */
    for (size_t word = 0; word < 4; word++) {
        stream->state[word] = sb_splitmix64(&state);
    }
}

uint64_t sb_random_stream_next(sb_random_stream *stream)
{
    uint64_t *state = stream->state;
    uint64_t result = rotate_left(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate_left(state[3], 45);
    return result;
}

double sb_random_stream_uniform(sb_random_stream *stream)
{
    return (double)(sb_random_stream_next(stream) >> 11) * 0x1p-53;
}
