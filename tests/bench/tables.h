/* Tables of the kinds that matter for speed, seeded: values 1..k for each bidder.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   full       one bidder and a signal, random weights of four digits: full rank, full extraction
 *   gaussian   the midpoint grid of a bivariate normal, correlation 1/2, to twelve digits
 *   mixtures   every second type believes what two others believe together: no full extraction
 *   rank       weights of rank 3
 *   two, three that many bidders, random weights of four digits
 */
#ifndef SB_TESTS_TABLES_H
#define SB_TESTS_TABLES_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "property.h"
#include "sidebet/environment.h"

static inline sb_environment *blank_table(size_t bidders, size_t size, bool signal)
{
    static const char *const names[] = {"agent 1", "agent 2", "agent 3", "agent 4"};
    fmpq *values = sb_rationals_new(size);
    for (size_t type = 0; type < size; type++) {
        fmpq_set_si(&values[type], (slong)type + 1, 1);
    }
    sb_bidder_description described[4];
    for (size_t i = 0; i < bidders; i++) {
        described[i] = (sb_bidder_description){names[i], size, NULL, values};
    }
    sb_environment *environment = NULL;
    if (sb_environment_new_item(described, bidders, signal ? "signal" : NULL, signal ? size : 0,
                                NULL, NULL, &environment, NULL) != SB_OK) {
        fprintf(stderr, "no table of %zu types\n", size);
        exit(3);
    }
    sb_rationals_free(values, size);
    return environment;
}

static inline void fill_random(fmpq *weights, size_t count, property_stream *stream)
{
    for (size_t cell = 0; cell < count; cell++) {
        fmpq_set_si(&weights[cell], property_between(stream, 1, 9999), 10000);
    }
}

static inline void fill_gaussian(fmpq *weights, size_t size)
{
    for (size_t cell = 0; cell < size * size; cell++) {
        double a = -2 + 4 * (double)(cell / size) / (double)(size - 1);
        double b = -2 + 4 * (double)(cell % size) / (double)(size - 1);
        double density = exp(-(a * a - a * b + b * b) / 1.5);
        fmpq_set_si(&weights[cell], lround(1e12 * density), 1000000);
    }
}

static inline void fill_mixtures(fmpq *weights, size_t size, property_stream *stream)
{
    fill_random(weights, size * size, stream);
    for (size_t type = 1; type < size; type += 2) {
        size_t first = (size_t)property_between(stream, 0, (long)(size - 1) / 2) * 2;
        size_t second = (size_t)property_between(stream, 0, (long)(size - 1) / 2) * 2;
        long share = property_between(stream, 1, 9);
        for (size_t signal = 0; signal < size; signal++) {
            fmpq *weight = weights + type * size + signal;
            fmpq_mul_si(weight, weights + first * size + signal, share);
            fmpq_t other;
            fmpq_init(other);
            fmpq_mul_si(other, weights + second * size + signal, 10 - share);
            fmpq_add(weight, weight, other);
            fmpq_div_2exp(weight, weight, 3);
            fmpq_clear(other);
        }
    }
}

static inline void fill_rank(fmpq *weights, size_t size, size_t rank, property_stream *stream)
{
    fmpq *left = sb_rationals_new(size * rank), *right = sb_rationals_new(size * rank);
    fill_random(left, size * rank, stream);
    fill_random(right, size * rank, stream);
    for (size_t cell = 0; cell < size * size; cell++) {
        for (size_t k = 0; k < rank; k++) {
            fmpq_addmul(&weights[cell], left + cell / size * rank + k,
                        right + cell % size * rank + k);
        }
    }
    sb_rationals_free(left, size * rank);
    sb_rationals_free(right, size * rank);
}

static inline sb_environment *table_of_kind(const char *kind, size_t size)
{
    size_t bidders = strcmp(kind, "two") == 0 ? 2 : strcmp(kind, "three") == 0 ? 3 : 1;
    sb_environment *environment = blank_table(bidders, size, bidders == 1);
    size_t profiles = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(profiles);
    property_stream stream = {size + 17};
    if (strcmp(kind, "gaussian") == 0) {
        fill_gaussian(weights, size);
    } else if (strcmp(kind, "mixtures") == 0) {
        fill_mixtures(weights, size, &stream);
    } else if (strcmp(kind, "rank") == 0) {
        fill_rank(weights, size, 3, &stream);
    } else {
        fill_random(weights, profiles, &stream);
    }
    sb_environment_set_weights(environment, weights, NULL);
    sb_rationals_free(weights, profiles);
    return environment;
}

/* Two bidders, random weights: another table than that of the kind "two". */
static inline sb_environment *random_table(size_t size)
{
    sb_environment *environment = blank_table(2, size, false);
    fmpq *weights = sb_rationals_new(size * size);
    property_stream stream = {size};
    fill_random(weights, size * size, &stream);
    sb_environment_set_weights(environment, weights, NULL);
    sb_rationals_free(weights, size * size);
    return environment;
}

/* "interim", "ex-post" (both rules), or "ex-post-ir". */
static inline void table_rules(sb_environment *environment, const char *rules)
{
    bool both = strcmp(rules, "ex-post") == 0;
    sb_rules_set(&environment->rules, "ic", both ? "ex-post" : "bayes-nash", NULL);
    sb_rules_set(&environment->rules, "ir",
                 both || strcmp(rules, "ex-post-ir") == 0 ? "ex-post" : "ex-interim", NULL);
}

/* One cell a tenth larger. */
static inline void table_edit(sb_environment *environment, unsigned turn)
{
    size_t profile = (turn * 37 + 11) % sb_environment_profile_count(environment);
    fmpq_t weight;
    fmpq_init(weight);
    fmpq_mul_si(weight, environment->weights + profile, 11);
    fmpz_t ten;
    fmpz_init_set_ui(ten, 10);
    fmpq_div_fmpz(weight, weight, ten);
    sb_environment_set_weight(environment, profile, weight, NULL);
    fmpz_clear(ten);
    fmpq_clear(weight);
}

#endif
