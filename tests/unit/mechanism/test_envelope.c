/* Concave envelopes at the beliefs of types: which are extreme, values, side bets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "mechanism/envelope.h"

/* A triangle's corners 0, 1, 2; its middle 3; the middle of a side 4; the corner 2 again, 5; and a
 * point outside, 6, of which and of 1 the corner 0 is the middle. */
static const double points[7][3] = {{1, 0, 0},       {0, 1, 0}, {0, 0, 1}, {1. / 3, 1. / 3, 1. / 3},
                                    {0.5, 0.5, 0.0}, {0, 0, 1}, {2, -1, 0}};
static const double worth[7] = {3, 0, 6, 1, 2, 7, 0};

static void make(sb_envelope *envelope)
{
    assert_true(sb_envelope_init(envelope, 7, 3));
    memcpy(envelope->points, points, sizeof points);
    for (size_t k = 0; k < 3; k++) {
        envelope->coordinates[k] = k;
    }
    for (size_t k = 0; k < 49; k++) {
        envelope->may_report[k] = k / 7 != k % 7;
    }
}

static double value_at(sb_envelope *envelope, size_t report)
{
    assert_true(sb_envelope_classify(envelope, report));
    assert_int_equal(envelope->reports[report].state, SB_ENVELOPE_MIXTURE);
    return sb_envelope_value(envelope, report, worth);
}

static void values(void **state)
{
    (void)state;
    sb_envelope envelope;
    make(&envelope);
    assert_true(fabs(value_at(&envelope, 4) - 1.5) < 1e-12);     /* half of 3, half of 0 */
    assert_true(fabs(value_at(&envelope, 3) - 11. / 3) < 1e-12); /* 7 and 4, not 0 and 1 */
    assert_true(fabs(value_at(&envelope, 2) - 7) < 1e-12);       /* its twin */
    assert_true(fabs(value_at(&envelope, 0) - 4. / 3) < 1e-12);  /* a third of 6, the rest of 4 */
    double sum = 0;
    for (size_t row = 0; row < 3; row++) {
        sum += sb_envelope_weight(&envelope, 3, row);
    }
    assert_true(fabs(sum - 1) < 1e-12);
    /* It goes on from where it was left. */
    const double other[7] = {0, 0, 0, 0, 0, 0, 9};
    assert_true(fabs(sb_envelope_value(&envelope, 0, other) - 4.5) < 1e-12);
    assert_true(fabs(sb_envelope_value(&envelope, 0, worth) - 4. / 3) < 1e-12);
    sb_envelope_clear(&envelope);
}

static void side_bets(void **state)
{
    (void)state;
    sb_envelope envelope;
    make(&envelope);
    /* Of 2 and its twin one may not report the other. */
    envelope.may_report[2 * 7 + 5] = false;
    static const size_t extreme[] = {1, 2, 6};
    for (size_t k = 0; k < 3; k++) {
        double function[3];
        size_t report = extreme[k];
        assert_true(sb_envelope_classify(&envelope, report));
        assert_int_equal(envelope.reports[report].state, SB_ENVELOPE_EXTREME);
        sb_envelope_separate(&envelope, report, function);
        for (size_t type = 0; type < 7; type++) {
            double at = 0;
            for (size_t i = 0; i < 3; i++) {
                at += function[i] * points[type][i];
            }
            assert_true(type == report ? at < -1e-9
                                       : at > 1e-9 || !envelope.may_report[report * 7 + type]);
        }
    }
    sb_envelope_clear(&envelope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(side_bets),
    };
    return cmocka_run_group_tests_name("mechanism/envelope", tests, NULL, NULL);
}
