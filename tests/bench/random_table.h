/* The table that the measurements share: two bidders with values 1..k, a seeded prior of four
 * digits. Copyright (C) 2026 the sidebet authors SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_RANDOM_TABLE_H
#define SB_TESTS_RANDOM_TABLE_H

#include <stdio.h>
#include <stdlib.h>

#include "property.h"
#include "sidebet/environment.h"

static inline sb_environment *random_table(size_t size)
{
    fmpq *values = sb_rationals_new(size);
    for (size_t type = 0; type < size; type++) {
        fmpq_set_si(&values[type], (slong)type + 1, 1);
    }
    sb_bidder_description bidders[2] = {{"agent 1", size, NULL, values},
                                        {"agent 2", size, NULL, values}};
    sb_environment *environment = NULL;
    if (sb_environment_new_item(bidders, 2, NULL, 0, NULL, NULL, &environment, NULL) != SB_OK) {
        fprintf(stderr, "no table of %zu types\n", size);
        exit(3);
    }
    property_stream stream = {size};
    fmpq *weights = sb_rationals_new(size * size);
    for (size_t cell = 0; cell < size * size; cell++) {
        fmpq_set_si(&weights[cell], property_between(&stream, 1, 9999), 10000);
    }
    sb_environment_set_weights(environment, weights, NULL);
    sb_rationals_free(weights, size * size);
    sb_rationals_free(values, size);
    return environment;
}

#endif
