/* The discretised normal prior that tests and measurements take.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_NORMAL_PRIOR_H
#define SB_TESTS_NORMAL_PRIOR_H

#include "model/prior_generators.h"

/* Correlation 1/2, on size by size points of -2..2. */
static inline void fill_normal(fmpq *weights, size_t size, int digits)
{
    fmpq_t correlation, from, to;
    fmpq_init(correlation);
    fmpq_init(from);
    fmpq_init(to);
    fmpq_set_si(correlation, 1, 2);
    fmpq_set_si(from, -2, 1);
    fmpq_set_si(to, 2, 1);
    sb_prior_bivariate_normal(weights, size, size, correlation, from, to, digits);
    fmpq_clear(correlation);
    fmpq_clear(from);
    fmpq_clear(to);
}

#endif
