/* The revenue program of two bidders, one item, written out: as this layer is for.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns per profile (a, b): the probabilities that nobody, bidder 1 or bidder 2 gets the item,
 * and two free payments. Rows: probabilities sum to 1; Bayes-Nash incentive compatibility and
 * ex-interim individual rationality, both multiplied by the type's probability. Maximise expected
 * payments.
 */
#ifndef TESTS_UNIT_LP_TWO_BIDDERS_H
#define TESTS_UNIT_LP_TWO_BIDDERS_H

#include <stdlib.h>

#include "sidebet/linear_program.h"

/* The program under construction: a row is gathered here. */
typedef struct two_bidders {
    sb_lp *lp;
    size_t types;
    const fmpq *prior; /* row a, column b */
    size_t *columns;
    fmpq *coefficients;
    size_t count;
} two_bidders;

static inline size_t profile_of(const two_bidders *build, int bidder, size_t own, size_t other)
{
    return bidder == 0 ? own * build->types + other : other * build->types + own;
}

/* Add scale * (interim utility of `type` when reporting `report`) to the row. */
static inline void add_interim_utility(two_bidders *build, int bidder, size_t type, size_t report,
                                       slong scale)
{
    for (size_t other = 0; other < build->types; other++) {
        const fmpq *probability = &build->prior[profile_of(build, bidder, type, other)];
        size_t first = 5 * profile_of(build, bidder, report, other);
        build->columns[build->count] = first + 1 + (size_t)bidder;
        fmpq_mul_si(&build->coefficients[build->count++], probability, scale * (slong)(type + 1));
        build->columns[build->count] = first + 3 + (size_t)bidder;
        fmpq_mul_si(&build->coefficients[build->count++], probability, -scale);
    }
}

static inline void finish_row(two_bidders *build, const fmpq *lower, const fmpq *upper)
{
    (void)sb_lp_add_row(build->lp, NULL, lower, upper, build->count, build->columns,
                        build->coefficients, NULL, NULL);
    build->count = 0;
}

/* types x types, values 1 .. types. Freed by the caller. */
static inline sb_lp *two_bidders_program(size_t types, const fmpq *prior)
{
    two_bidders build = {.lp = sb_lp_new(SB_MAXIMISE), .types = types, .prior = prior};
    build.columns = calloc(4 * types + 3, sizeof *build.columns);
    build.coefficients = sb_rationals_new(4 * types + 3);
    fmpq_t zero;
    fmpq_t one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    for (size_t profile = 0; profile < types * types; profile++) {
        for (int k = 0; k < 3; k++) {
            (void)sb_lp_add_column(build.lp, NULL, zero, NULL, NULL, NULL, NULL);
        }
        for (int k = 0; k < 2; k++) {
            (void)sb_lp_add_column(build.lp, NULL, NULL, NULL, &prior[profile], NULL, NULL);
        }
        for (size_t k = 0; k < 3; k++) {
            build.columns[build.count] = 5 * profile + k;
            fmpq_one(&build.coefficients[build.count++]);
        }
        finish_row(&build, one, one);
    }
    for (int bidder = 0; bidder < 2; bidder++) {
        for (size_t type = 0; type < types; type++) {
            add_interim_utility(&build, bidder, type, type, 1);
            finish_row(&build, zero, NULL);
            for (size_t report = 0; report < types; report++) {
                if (report != type) {
                    add_interim_utility(&build, bidder, type, type, 1);
                    add_interim_utility(&build, bidder, type, report, -1);
                    finish_row(&build, zero, NULL);
                }
            }
        }
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    free(build.columns);
    sb_rationals_free(build.coefficients, 4 * types + 3);
    return build.lp;
}

#endif
