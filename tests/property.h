/* Random cases for property tests: fixed seeds, fewer cases under slow tools.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_PROPERTY_H
#define SB_TESTS_PROPERTY_H

#include <stdint.h>
#include <stdlib.h>

/* How many cases to run: all, or a tenth where SIDEBET_TEST_SHORT is set (valgrind). */
static inline int property_cases(int all)
{
    return getenv("SIDEBET_TEST_SHORT") ? (all + 9) / 10 : all;
}

/* splitmix64: the same stream on every machine. */
typedef struct property_stream {
    uint64_t state;
} property_stream;

static inline uint64_t property_next(property_stream *stream)
{
    uint64_t mixed = (stream->state += UINT64_C(0x9e3779b97f4a7c15));
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

/* Uniform on low..high (the bias is far below what a test could see). */
static inline long property_between(property_stream *stream, long low, long high)
{
    return low + (long)(property_next(stream) % (uint64_t)(high - low + 1));
}

/* An element of an array. */
#define PROPERTY_CHOOSE(stream, array)                                                             \
    ((array)[property_between(stream, 0, (long)(sizeof(array) / sizeof((array)[0])) - 1)])

#endif
