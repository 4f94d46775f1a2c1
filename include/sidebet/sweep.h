/* Along the line from independence through the prior and beyond.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     pi_lambda = lambda pi + (1 - lambda) pi°,   pi° the product of pi's marginals
 *
 * All pi_lambda have the same marginals. lambda = 0 is independence, 1 the prior; larger ones are
 * possible while no probability is negative. Rules, common or an agent's own, and what types may
 * report stay those of the environment; what is said of full surplus extraction is about its own
 * rules (full_extraction.h).
 */
#ifndef SIDEBET_SWEEP_H
#define SIDEBET_SWEEP_H

#include "sidebet/declarations.h"
#include "sidebet/full_extraction.h"
#include "sidebet/smallest_payments.h"
#include "sidebet/surplus.h"

SB_DECLARATIONS_BEGIN

/* The environment at lambda, its weights on the scale of the given ones. Input error where a
 * probability would be negative. */
sb_status sb_sweep_environment(const sb_environment *environment, const fmpq_t lambda,
                               sb_environment **at_lambda, sb_error *error);
/* The largest lambda: false when there is no limit (the prior is independent already). */
bool sb_sweep_largest_lambda(fmpq_t lambda, const sb_environment *environment);

typedef struct sb_sweep_point {
    fmpq lambda;
    sb_lp_status status;
    sb_proof proof; /* the weakest of all numbers of the point */
    fmpq revenue;   /* the optimal objective under the environment's rules; optimal only, as are the
                       two payments */
    fmpq full_surplus;   /* where the objective is not revenue: the largest welfare */
    fmpq ex_post;        /* ex-post IC and IR */
    fmpq vertex_payment; /* largest payment at the vertex */
    fmpq smallest_payment;
    bool has_smallest_payment, has_ex_post;
    double smallest_singular_value; /* the smallest of the agents' Gamma_i */
} sb_sweep_point;

typedef struct sb_sweep {
    size_t count;
    sb_sweep_point *points; /* by lambda, ascending */
} sb_sweep;
void sb_sweep_init(sb_sweep *sweep);
void sb_sweep_clear(sb_sweep *sweep);

#define SB_SWEEP_MAX_POINTS  300
#define SB_SWEEP_MAX_DECADES 100

typedef struct sb_sweep_options {
    size_t points; /* per decade of [10^-decades, 1], 1 to SB_SWEEP_MAX_POINTS */
    int decades;   /* how near to independence, 0 to SB_SWEEP_MAX_DECADES */
    bool beyond;   /* go on from 1 to the largest lambda (at most 10 points) */
    bool payments; /* the second stage too */
    sb_lp_options lp;
    /* Called after each point with its number done and the number planned; false stops
     * (SB_ERROR_CANCELLED, the points so far are kept). May be NULL. */
    bool (*progress)(void *context, const sb_sweep *so_far, size_t planned);
    void *context;
} sb_sweep_options;
#define SB_SWEEP_OPTIONS_DEFAULT                                                                   \
    ((sb_sweep_options){.points = 4,                                                               \
                        .decades = 6,                                                              \
                        .beyond = true,                                                            \
                        .payments = true,                                                          \
                        .lp = {.exact = true, .time_limit = 0, .cancel = NULL}})

/* The lambdas of a run, ascending: 0, then short rationals spaced evenly in the logarithm up to 1
 * (three a decade: 1, 2, 5; else rounded to three digits, with more than a hundred a decade to
 * four), then linearly beyond (in the logarithm where the largest is over 10), the largest itself
 * last. Freed by the caller with sb_rationals_free(*lambdas, *count). Usage error where an option
 * is out of its range. */
sb_status sb_sweep_lambdas(const sb_environment *environment, const sb_sweep_options *options,
                           fmpq **lambdas, size_t *count, sb_error *error);
/* The points of sb_sweep_lambdas. Solved from 1 outwards in both directions, each point started
 * from its neighbour's basis. options NULL: the default. */
sb_status sb_sweep_run(const sb_environment *environment, const sb_sweep_options *options,
                       sb_sweep *sweep, sb_error *error);
/* Chosen lambdas, in the order given. */
sb_status sb_sweep_run_at(const sb_environment *environment, const fmpq *lambdas, size_t count,
                          const sb_sweep_options *options, sb_sweep *sweep, sb_error *error);

SB_DECLARATIONS_END

#endif
