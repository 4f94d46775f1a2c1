/* From samples to beliefs: posterior, intervals, the epsilon-consistent set.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The joint distribution of (type, signal) has a Dirichlet prior with the same concentration alpha
 * for every pair; after the samples its concentrations are alpha + count. pi^ is the posterior
 * mean. Given a type the signal's conditional is Dirichlet too, with the row's concentrations, and
 * one element's marginal is Beta(a, A - a), a its concentration and A the row's sum.
 *
 * The interval of an element is its central posterior interval of probability `level`: exact
 * quantiles of that Beta, or empirical quantiles of draws of the row. It always holds the mean (it
 * is widened to where a skew distribution's does not).
 *
 *   per-element   level = 1 - epsilon for each element by itself
 *   simultaneous  every element of every type with probability >= 1 - epsilon at once
 *                 (Bonferroni: level = 1 - epsilon / (|Theta| |Omega|))
 *   row           every element of one type at once (level = 1 - epsilon / |Omega|)
 *
 * A type that was never seen has the prior's row: mean 1/|Omega|, intervals of
 * Beta(alpha, (|Omega| - 1) alpha). Nothing is known of it but alpha; the result says so.
 * Bounds are rounded outwards to 12 digits, so that they are short rationals.
 */
#ifndef SIDEBET_ESTIMATE_H
#define SIDEBET_ESTIMATE_H

#include "sidebet/consistent_set.h"
#include "sidebet/declarations.h"
#include "sidebet/samples.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_interval_level {
    SB_LEVEL_PER_ELEMENT,
    SB_LEVEL_ROW,
    SB_LEVEL_SIMULTANEOUS
} sb_interval_level;
typedef enum sb_interval_method { SB_INTERVAL_BETA, SB_INTERVAL_QUANTILES } sb_interval_method;
const char *sb_interval_level_name(sb_interval_level level);    /* "per-element", "row", ... */
const char *sb_interval_method_name(sb_interval_method method); /* "beta", "quantiles" */

typedef struct sb_estimate_options {
    fmpq *alpha;    /* from 1e-6 to 1e6; NULL: 1 */
    double epsilon; /* in (0, 1) */
    sb_interval_level level;
    sb_interval_method method;
    size_t draws;  /* quantiles: of the posterior, per row; from 100, times signals to 10^7 */
    uint64_t seed; /* quantiles */
} sb_estimate_options;
#define SB_ESTIMATE_OPTIONS_DEFAULT                                                                \
    ((sb_estimate_options){.alpha = NULL,                                                          \
                           .epsilon = 0.05,                                                        \
                           .level = SB_LEVEL_PER_ELEMENT,                                          \
                           .method = SB_INTERVAL_BETA,                                             \
                           .draws = 10000,                                                         \
                           .seed = 1})

typedef struct sb_estimate {
    size_t type_count, signal_count;
    fmpq *joint;         /* posterior mean of the joint probabilities, exact */
    fmpq *mean;          /* of the conditionals, exact, at [type * signal_count + signal] */
    fmpq *lower, *upper; /* of the conditionals */
    double level;        /* of each element's interval */
    size_t unseen_count; /* types without a sample */
    sb_notes remarks;    /* what is assumed about unseen types and zero counts */
} sb_estimate;
void sb_estimate_init(sb_estimate *estimate);
void sb_estimate_clear(sb_estimate *estimate);

/* options NULL: the default. Usage error where an option is out of its range. estimate is
 * initialised; on failure it is empty or, after a usage error, what it was. */
sb_status sb_estimate_from_samples(const sb_environment *environment, const sb_samples *samples,
                                   const sb_estimate_options *options, sb_estimate *estimate,
                                   sb_error *error);
/* A copy of the environment whose prior is the posterior mean and whose `robust` is the tables of
 * the intervals, with the linear constraints that there were; and the set of the intervals alone.
 */
sb_status sb_estimate_environment(const sb_environment *environment, const sb_estimate *estimate,
                                  sb_environment **estimated, sb_error *error);
sb_status sb_estimate_set(const sb_environment *estimated, const sb_estimate *estimate,
                          sb_consistent_set *set, sb_error *error);

/* How often the set holds the truth, measured: `repetitions` times `sample_count` samples are drawn
 * from the environment's prior, and the set is built from them. */
typedef struct sb_coverage {
    size_t repetitions;
    double element; /* share of all elements held */
    double row;     /* share of rows (types) held entirely */
    double table;   /* share of repetitions in which every element is held */
} sb_coverage;
/* A type of probability zero has no belief to hold and is left out. The seed of the options is not
 * used. */
sb_status sb_estimate_coverage(const sb_environment *truth, size_t sample_count, size_t repetitions,
                               uint64_t seed, const sb_estimate_options *options,
                               sb_coverage *coverage, sb_error *error);

SB_DECLARATIONS_END

#endif
