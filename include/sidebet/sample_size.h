/* How many samples make a mechanism nearly optimal: a bound, and what is measured.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One bidder and a signal, one item; N samples of (type, signal) from the prior. The theorem: with
 * beliefs gamma-separated in the 1-norm, a number of samples polynomial in 1/k, 1/gamma, |Theta|,
 * |Omega| and the values suffices for the full surplus less k. The bound here is this program's
 * own; each step holds as it stands, none is claimed to be tight.
 *
 *   1. Spread. A separating vector, scaled by (v_max - v(t) + k) / gamma and shifted, is a side bet
 *      of type t that every other type finds worse than its value by k. So a spread of
 *      M = (v_max - v_min + k) / gamma suffices; the program of sufficient correlation finds the
 *      smallest.
 *   2. Radius. Let the beliefs of the estimate be within delta of the true ones in the 1-norm, with
 *      2 M delta <= k and margins of 2 M delta. Shifted by at most M delta the true bets are side
 *      bets at the estimate, so the seller finds bets there whose spread is no larger, sells them
 *      for M delta less, and earns the full surplus less k under the truth, whatever bet each type
 *      prefers. By step 1: delta = k gamma / (2 (v_max - v_min + k)). Where a type is worth less
 *      than the item is to the seller, it must stay away from all bets: delta is halved, so that
 *      the margins are 4 M delta (and 4 M delta <= k). Of them 2 M delta are left at the estimate
 *      and, by its own belief and after the discount of M delta, nothing under the truth: it finds
 *      each bet at least as dear as the item is worth to it.
 *   3. A type seen n times: its frequencies are within delta of its belief but for a probability of
 *      (2^|Omega| - 2) exp(-n delta^2 / 2) (Weissman and others 2003). For all types at once, with
 *      probability 1 - epsilon / 2:  n = (2 / delta^2) (|Omega| ln 2 + ln(2 |Theta| / epsilon)).
 *   4. Every type is seen n times with probability 1 - epsilon / 2 where N p, p the probability of
 *      the rarest type, is y with y - sqrt(2 y ln(2 |Theta| / epsilon)) = n (Chernoff).
 *
 * Under reporting sets gamma and the bets are about the types that may report each other
 * (separation.h, sufficient_correlation.h), and the steps stand as they are. Where no type may
 * report another of positive probability there is no gamma: `alone`.
 */
#ifndef SIDEBET_SAMPLE_SIZE_H
#define SIDEBET_SAMPLE_SIZE_H

#include "sidebet/cancel_flag.h"
#include "sidebet/declarations.h"
#include "sidebet/learned.h"
#include "sidebet/separation.h"
#include "sidebet/sufficient_correlation.h"

SB_DECLARATIONS_BEGIN

/* ---- the bound ---- */

/* Step 3; types, signals >= 1, radius > 0, 0 < epsilon < 1. */
double sb_samples_for_radius(double radius, size_t types, size_t signals, double epsilon);
/* Step 4. */
double sb_samples_in_all(double for_each_type, double rarest, size_t types, double epsilon);
/* Both backwards: the radius that N samples buy; 2 (every belief) where they buy none. */
double sb_radius_of_samples(double samples, double rarest, size_t types, size_t signals,
                            double epsilon);

/* Steps 1 to 4 by gamma alone: how the bound depends on each number. */
typedef struct sb_sample_numbers {
    double loss, gamma, value_range, rarest, epsilon;
    size_t types, signals;
    bool halved; /* the radius */
} sb_sample_numbers;
/* In all; *radius and *each may be NULL. Infinite where gamma is 0. */
double sb_samples_by_formula(const sb_sample_numbers *numbers, double *radius, double *each);

typedef struct sb_sample_bound {
    fmpq loss;                       /* k */
    double epsilon;                  /* the promise fails with at most this probability */
    size_t type_count, signal_count; /* of positive probability */
    fmpq rarest;                     /* the smallest probability of such a type */
    fmpq value_range;                /* v_max - v_min over such types */
    bool alone; /* nothing to separate: gamma and what follows from it is not set */
    fmpq gamma; /* 1-norm */
    size_t gamma_type;
    fmpq formula_radius; /* step 2 by gamma; 0 where gamma is */
    bool halved;         /* both radii */
    bool found;          /* some radius will do; else reason says why not */
    fmpq radius;         /* the largest that step 2 allows; >= formula_radius */
    fmpq spread;         /* of the bets, at most: k / (2 radius), radius not halved; 0 where one
                            price will do, whatever the beliefs are */
    double each, total;  /* samples of each type, and in all: at the radius */
    double formula_each, formula_total; /* at formula_radius; infinite where that is 0 */
    sb_proof proof;
    char reason[320];
} sb_sample_bound;
/* The numbers of the formula at a bound. */
sb_sample_numbers sb_sample_numbers_of(const sb_sample_bound *bound);
void sb_sample_bound_init(sb_sample_bound *bound);
void sb_sample_bound_clear(sb_sample_bound *bound);

/* loss > 0 and epsilon in (0, 1), an environment as sb_correlation_ball_find takes it: else a usage
 * error. */
sb_status sb_sample_bound_find(const sb_environment *environment, const fmpq_t loss, double epsilon,
                               const sb_lp_options *options, sb_sample_bound *bound,
                               sb_error *error);

/* ---- measured ---- */

typedef struct sb_sample_mean {
    size_t count;                /* repetitions with a number */
    double mean, standard_error; /* NaN without (two) repetitions */
} sb_sample_mean;

/* What is earned under the truth from N samples. */
typedef struct sb_sample_measure {
    size_t sample_count, repetitions;
    sb_sample_mean contenders[SB_CONTENDER_COUNT]; /* those that are wanted */
    sb_sample_mean ball;     /* the ball's mechanism (promise of revenue, the loss bounded for each
                                type) built at the estimate; where the estimate has none, the ex-post
                                optimum's revenue */
    size_t ball_found;       /* repetitions in which the estimate has a ball */
    size_t ball_holds;       /* and in which the true beliefs lie in it */
    size_t kept;             /* repetitions in which the ball's mechanism earned full surplus - k */
    sb_sample_mean distance; /* the largest 1-norm distance of a true belief from the estimate's */
} sb_sample_measure;

typedef struct sb_sample_options {
    sb_estimate_options estimate; /* epsilon of the robust mechanism's set too */
    size_t repetitions;           /* at least 1 */
    uint64_t seed;
    bool wanted[SB_CONTENDER_COUNT];
    const sb_cancel_flag *cancel;
    /* Called after each repetition; false stops (SB_ERROR_CANCELLED). May be NULL. */
    bool (*progress)(void *context, size_t done);
    void *context;
} sb_sample_options;

/* Draw sample_count samples again and again; each repetition's random numbers depend on the seed,
 * sample_count and its number alone. */
sb_status sb_sample_measure_run(const sb_environment *truth, const fmpq_t loss, size_t sample_count,
                                const sb_sample_options *options, sb_sample_measure *measure,
                                sb_error *error);

SB_DECLARATIONS_END

#endif
