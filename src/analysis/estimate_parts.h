/* What the files of the estimate share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ESTIMATE_PARTS_H
#define SB_ANALYSIS_ESTIMATE_PARTS_H

#include "sidebet/estimate.h"

/* ---- estimate_quantile.c ---- */

/* The x at which a Beta(a, b) variable is below with probability tail; a, b > 0, 0 < tail <= 1/2.
 * Within SB_BETA_QUANTILE_ERROR of the true one. */
#define SB_BETA_QUANTILE_ERROR 2e-13
double sb_beta_quantile(double a, double b, double tail);

/* Quantiles of `draws` draws of a Dirichlet distribution, entry by entry: the one below which a
 * share `tail` of an entry's draws lie, and the one above which it does. */
sb_status sb_dirichlet_quantiles(const double *concentrations, size_t count, size_t draws,
                                 double tail, sb_random_stream *stream, double *lower,
                                 double *upper, sb_error *error);

/* ---- estimate_check.c ---- */

/* Options within their ranges, and an environment of one agent and a signal in the samples' shape.
 */
sb_status sb_estimate_check(const sb_environment *environment, const sb_samples *samples,
                            const sb_estimate_options *options, sb_error *error);
/* What is assumed about types without samples, pairs without samples, and few draws. */
void sb_estimate_remark(const sb_environment *environment, const sb_samples *samples,
                        const sb_estimate_options *options, sb_estimate *estimate);

#endif
