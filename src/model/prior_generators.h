/* Priors made by a rule: a discretised normal, random weights.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact and the same on every machine: integers throughout, no doubles. Weights are initialised
 * arrays of the caller.
 */
#ifndef SB_MODEL_PRIOR_GENERATORS_H
#define SB_MODEL_PRIOR_GENERATORS_H

#include "sidebet/environment.h"

#define SB_NORMAL_DIGITS     12 /* unless a file says otherwise */
#define SB_NORMAL_MAX_DIGITS 40
#define SB_RANDOM_DIGITS     4
#define SB_RANDOM_MAX_DIGITS 18

/* Density exp(-(a^2 - 2 rho a b + b^2) / (2 (1 - rho^2))) at equally spaced points a (rows) and b
 * (columns) from `from` to `to`, both ends included (a single point sits in the middle), normalised
 * and rounded to `digits` digits after the point. -1 < rho < 1 and from <= to. */
void sb_prior_bivariate_normal(fmpq *weights, size_t rows, size_t columns, const fmpq_t correlation,
                               const fmpq_t from, const fmpq_t to, int digits);

/* Uniform on 1, 2, .. 10^digits, over 10^digits; splitmix64 from the seed. */
void sb_prior_random(fmpq *weights, size_t count, unsigned long long seed, int digits);

#endif
