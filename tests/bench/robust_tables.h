/* Tables and consistent sets for measuring robust design.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One bidder with values 1..k and a signal: the discretised normal (correlation 1/2 on -2..2, ten
 * digits) with boxes of radius .01, or random weights of four digits with boxes of .005.
 */
#ifndef SB_TESTS_ROBUST_TABLES_H
#define SB_TESTS_ROBUST_TABLES_H

#include <stdio.h>
#include <stdlib.h>

#include "bench/tables.h"
#include "normal_prior.h"
#include "sidebet/robust.h"

static inline sb_environment *robust_table(size_t size, bool normal)
{
    sb_environment *environment = blank_table(1, size, true);
    fmpq *weights = sb_rationals_new(size * size);
    if (normal) {
        fill_normal(weights, size, 10);
    } else {
        sb_prior_random(weights, size * size, size, 4);
    }
    sb_environment_set_weights(environment, weights, NULL);
    sb_rationals_free(weights, size * size);
    return environment;
}

static inline void robust_box(sb_consistent_set *set, const sb_environment *environment,
                              bool normal)
{
    fmpq_t radius;
    fmpq_init(radius);
    fmpq_set_si(radius, normal ? 10 : 5, 1000);
    sb_consistent_set_init(set);
    sb_error error;
    if (sb_consistent_set_box(set, environment, radius, &error) != SB_OK) {
        fprintf(stderr, "no box: %s\n", error.message);
        exit(3);
    }
    fmpq_clear(radius);
}

#endif
