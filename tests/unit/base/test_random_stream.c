/* The random streams: the reference generator's numbers, and streams that differ.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>

#include "sidebet/random_stream.h"

/* Published outputs of xoshiro256** 1.0 from the state 1, 2, 3, 4. */
static void xoshiro_answers_as_published(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        UINT64_C(11520),
        UINT64_C(0),
        UINT64_C(1509978240),
        UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360),
        UINT64_C(607988272756665600),
        UINT64_C(16172922978634559625),
        UINT64_C(8476171486693032832),
        UINT64_C(10595114339597558777),
        UINT64_C(2904607092377533576),
    };
    sb_random_stream stream = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(sb_random_stream_next(&stream) == expected[i]);
    }
}

/* Published outputs of splitmix64 from 1234567: without coordinates they are the state. */
static void the_state_comes_from_splitmix(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        UINT64_C(6457827717110365317),
        UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423),
        UINT64_C(4593380528125082431),
    };
    sb_random_stream stream;
    sb_random_stream_init(&stream, 1234567, NULL, 0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(stream.state[i] == expected[i]);
    }
}

/* Written down once: a stream of coordinates is the same on every machine and in every release. */
static void coordinates_keep_their_stream(void **state)
{
    (void)state;
    const uint64_t cell[] = {3, 14};
    sb_random_stream stream;
    sb_random_stream_init(&stream, 42, cell, 2);
    assert_true(sb_random_stream_next(&stream) == UINT64_C(945794108054529241));
    assert_true(sb_random_stream_next(&stream) == UINT64_C(15973015204980084262));
}

static void coordinates_make_other_streams(void **state)
{
    (void)state;
    enum { SIDE = 24 };
    uint64_t firsts[SIDE * SIDE * 3];
    size_t count = 0;
    for (uint64_t row = 0; row < SIDE; row++) {
        for (uint64_t column = 0; column < SIDE; column++) {
            const uint64_t cell[] = {row, column, 0};
            for (size_t length = column == 0 ? 1 : 2; length <= 3; length++) {
                sb_random_stream stream;
                sb_random_stream_init(&stream, 7, cell, length);
                firsts[count++] = sb_random_stream_next(&stream);
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_true(firsts[i] != firsts[j]);
        }
    }
}

/* Mean and variance of uniform numbers, each within five standard errors. */
static void uniform_is_uniform(void **state)
{
    (void)state;
    enum { DRAWS = 200000 };
    sb_random_stream stream;
    sb_random_stream_init(&stream, 2026, NULL, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double draw = sb_random_stream_uniform(&stream);
        assert_true(draw >= 0 && draw < 1);
        sum += draw;
        squares += (draw - 0.5) * (draw - 0.5);
    }
    assert_true(fabs(sum / DRAWS - 0.5) < 5 * sqrt(1.0 / 12 / DRAWS));
    assert_true(fabs(squares / DRAWS - 1.0 / 12) < 5 * sqrt(1.0 / 180 / DRAWS));
}

static void the_largest_uniform_is_below_one(void **state)
{
    (void)state;
    /* The output is all ones: rotl(s1 * 5, 7) * 9 = 2^64 - 1. The inverse of 9 is found by hand. */
    const uint64_t ninth = UINT64_C(0x8E38E38E38E38E39);
    const uint64_t fifth = UINT64_C(0xCCCCCCCCCCCCCCCD);
    uint64_t turned = UINT64_MAX * ninth;
    uint64_t second = ((turned >> 7) | (turned << 57)) * fifth;
    sb_random_stream stream = {{0, second, 0, 0}};
    sb_random_stream same = stream;
    assert_true(sb_random_stream_next(&same) == UINT64_MAX);
    double draw = sb_random_stream_uniform(&stream);
    assert_true(draw < 1 && draw > 1 - 0x1p-52);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xoshiro_answers_as_published),
        cmocka_unit_test(the_state_comes_from_splitmix),
        cmocka_unit_test(coordinates_keep_their_stream),
        cmocka_unit_test(coordinates_make_other_streams),
        cmocka_unit_test(uniform_is_uniform),
        cmocka_unit_test(the_largest_uniform_is_below_one),
    };
    return cmocka_run_group_tests_name("random_stream", tests, NULL, NULL);
}
