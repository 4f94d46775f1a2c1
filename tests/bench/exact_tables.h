/* Tables whose optima are hard to prove: near independence, and discretised normals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Priors over values 1..k for two bidders (or one bidder and a signal of k values): seeded random
 * ones of four digits, the same moved toward independence (lambda of it and the rest product of
 * marginals), discretised normals, and .25 + d .25 / .25 .25 - d.
 */
#ifndef SB_TESTS_EXACT_TABLES_H
#define SB_TESTS_EXACT_TABLES_H

#include "bench/tables.h"
#include "normal_prior.h"

typedef enum table_kind { TWO_BY_TWO, RANDOM, NORMAL } table_kind;

typedef struct exact_table {
    table_kind kind;
    size_t bidders, size;
    const char *lambda; /* d for TWO_BY_TWO; NULL: as it is */
} exact_table;

static inline void exact_table_name(const exact_table *t, char *text, size_t size)
{
    static const char *const names[] = {"d =", "random", "normal"};
    if (t->kind == TWO_BY_TWO) {
        snprintf(text, size, "2x2 d = %s", t->lambda);
    } else {
        snprintf(text, size, "%zux%zu %s%s%s%s", t->size, t->size, names[t->kind],
                 t->bidders == 1 ? " 1 bidder" : "", t->lambda ? " lambda " : "",
                 t->lambda ? t->lambda : "");
    }
}

static inline void exact_table_fill(const exact_table *t, fmpq *weights, const fmpq_t number)
{
    if (t->kind == TWO_BY_TWO) {
        for (size_t cell = 0; cell < 4; cell++) {
            fmpq_set_si(weights + cell, 1, 4);
        }
        fmpq_add(weights, weights, number);
        fmpq_sub(weights + 3, weights + 3, number);
    } else if (t->kind == RANDOM) {
        property_stream stream = {t->size};
        fill_random(weights, t->size * t->size, &stream);
    } else {
        fill_normal(weights, t->size, SB_NORMAL_DIGITS);
    }
}

/* lambda times the prior and the rest its product of marginals. */
static inline void exact_table_mix(const sb_environment *environment, fmpq *weights,
                                   const fmpq_t lambda)
{
    sb_environment *independent = sb_environment_without_correlation(environment);
    if (!independent) {
        fprintf(stderr, "no table without correlation\n");
        exit(3);
    }
    fmpq_t part, rest;
    fmpq_init(part);
    fmpq_init(rest);
    fmpq_sub_si(rest, lambda, 1);
    fmpq_neg(rest, rest);
    for (size_t cell = 0; cell < sb_environment_profile_count(environment); cell++) {
        sb_environment_probability(part, environment, cell);
        fmpq_mul(weights + cell, part, lambda);
        sb_environment_probability(part, independent, cell);
        fmpq_addmul(weights + cell, part, rest);
    }
    fmpq_clear(part);
    fmpq_clear(rest);
    sb_environment_free(independent);
}

static inline sb_environment *exact_table_make(const exact_table *t)
{
    sb_environment *environment = blank_table(t->bidders, t->size, t->bidders == 1);
    fmpq *weights = sb_rationals_new(t->size * t->size);
    fmpq_t number;
    fmpq_init(number);
    if (t->lambda) {
        sb_rational_parse(number, t->lambda, strlen(t->lambda), NULL);
    }
    exact_table_fill(t, weights, number);
    sb_environment_set_weights(environment, weights, NULL);
    if (t->lambda && t->kind != TWO_BY_TWO) {
        exact_table_mix(environment, weights, number);
        sb_environment_set_weights(environment, weights, NULL);
    }
    fmpq_clear(number);
    sb_rationals_free(weights, t->size * t->size);
    return environment;
}

#endif
