/* Indistinguishable priors: why nearly independent priors cannot be learned.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One agent and a signal. The priors pi_lambda = lambda pi + (1 - lambda) pi° approach the product
 * pi° of pi's marginals, the limit. For every lambda > 0 a mechanism may extract the full surplus;
 * at the limit none earns more than the best that ignores the signal. Yet N samples, for whatever
 * N, hardly tell a pi_lambda with small lambda from the limit, and a mechanism made for the wrong
 * one of them earns little. So no mechanism made from samples promises more than the limit's
 * optimum over such a sequence. All of this in numbers:
 *
 *  - How far from the limit: total variation (exact), Kullback-Leibler divergence, and the gap 1 -
 *    sum_psi sqrt(pi_lambda(psi) pi°(psi)) of the Bhattacharyya coefficient B. The best test of N
 *    samples between the two, at even odds, is right with probability (1 + T) / 2, where T, the
 * total variation of N samples, lies between 1 - B^N and min(sqrt(1 - B^2N), N times that of one,
 *    sqrt(N divergence / 2)).
 *  - The likelihood of one and the same sample under each prior.
 *  - What the mechanism designed at each prior earns when another is the truth, by the bidder's
 * best replies (misbelief.h).
 *  - The guarantee V of the priors j .. m - 1 (the limit left out): the largest number that some
 *    mechanism earns at least at each of them. The bidder knows the prior, so a type is a pair of
 *    type and prior, and the mechanism may ask for both: one linear program, exact, over all
 *    mechanisms that see no samples and that every type takes part in at each of these priors.
 *  - With samples: whatever such mechanism is made from them, at one of these priors it earns at
 *    most
 *        V + (W - V) min(1, sum_i T_N(i, m - 1)),
 *    W the largest optimum among these priors, T_N(i, m - 1) the total variation of N samples
 *    between prior i and the last. (The part of the samples' distribution that all these priors
 *    share tells nothing: the mechanisms made there are, in the mean, one that sees no samples, and
 *    at one of the priors it earns at most V. On the rest no more than that prior's optimum may be
 *    had.) Under rules that leave it below the full surplus W makes the bound better. The least
 *    bound over j is what the whole sequence can be promised.
 *
 * Reporting sets: a pair may report any prior with any type that its own type may report. That the
 * best truthful mechanism is the best one of all needs nested sets (environment.h); with others
 * there are no guarantees.
 */
#ifndef SIDEBET_INDISTINGUISHABLE_H
#define SIDEBET_INDISTINGUISHABLE_H

#include "sidebet/declarations.h"
#include "sidebet/misbelief.h"
#include "sidebet/samples.h"
#include "sidebet/smallest_payments.h"

SB_DECLARATIONS_BEGIN

/* How well N samples tell two distributions apart. */
typedef struct sb_test_power {
    double total_variation; /* of one sample */
    double gap;             /* 1 - B */
    double divergence;      /* of the first from the second, in nats; may be infinite */
    double least, most;     /* bounds of T for N samples */
    double samples_needed;  /* fewer and the best test is right with probability below 1 - error */
    double samples_enough;  /* with these it is right with at least that */
} sb_test_power;
/* Two environments of the same shape; error in (0, 1/2). */
sb_status sb_test_power_find(const sb_environment *first, const sb_environment *second,
                             double samples, double error_probability, sb_test_power *power,
                             sb_error *error);

typedef struct sb_near_prior {
    fmpq lambda;
    sb_lp_status status;
    sb_proof proof;
    fmpq optimum;          /* optimal only */
    bool extracts;         /* optimum = full surplus, proved */
    fmpq max_payment;      /* of the mechanism designed here: the smallest of all optimal ones */
    fmpq total_variation;  /* from the limit, of one sample */
    sb_test_power power;   /* against the limit */
    double log_likelihood; /* of the sample; -infinity where it is impossible */
    double posterior;      /* of this prior, all of them with the limit equally likely before */
    bool has_guarantee;    /* V of this prior and the smaller lambdas: not for the limit, with more
                              than SB_MOST_PAIRS pairs, nor without a proof of it and of their
                              optima */
    fmpq guarantee;
    double bound; /* of what any mechanism made from the samples earns at one of these priors */
} sb_near_prior;

typedef struct sb_indistinguishable {
    size_t count; /* priors, by lambda descending; the last is the limit, lambda 0 */
    sb_near_prior *priors;
    fmpq full_surplus;  /* the same for all */
    sb_samples *sample; /* of the last option; its total may be 0 */
    fmpq *revenue;      /* designed at prior i, truth prior j: at [i * count + j] */
    bool complete;      /* every prior has an optimum, so that revenue is set */
    size_t bound_at;    /* whose bound is the least; SB_NOWHERE without a guarantee */
} sb_indistinguishable;
void sb_indistinguishable_init(sb_indistinguishable *answer);
void sb_indistinguishable_clear(sb_indistinguishable *answer);

/* Guarantees are looked for over at most so many pairs of type and prior: the programs grow fast.
 */
#define SB_MOST_PAIRS 24

typedef struct sb_indistinguishable_options {
    size_t lambda_count;
    const fmpq *lambdas; /* > 0, distinct; NULL: 1, 1/10, .. 1/100000 */
    size_t sample_count; /* N */
    uint64_t seed;
    size_t drawn_from; /* the prior that the sample is drawn from; SB_NOWHERE: the limit */
    double error;      /* of the best test, for the numbers of samples; in (0, 1/2) */
    bool guarantees;
    sb_lp_options lp;
    /* Called after each optimum and each guarantee; false stops (SB_ERROR_CANCELLED). May be NULL.
     */
    bool (*progress)(void *context, size_t done, size_t planned);
    void *context;
} sb_indistinguishable_options;
#define SB_INDISTINGUISHABLE_OPTIONS_DEFAULT                                                       \
    ((sb_indistinguishable_options){.lambda_count = 0,                                             \
                                    .lambdas = NULL,                                               \
                                    .sample_count = 1000,                                          \
                                    .seed = 1,                                                     \
                                    .drawn_from = SB_NOWHERE,                                      \
                                    .error = 0.05,                                                 \
                                    .guarantees = true,                                            \
                                    .lp = {.exact = true, .time_limit = 0, .cancel = NULL}})

/* Usage error unless one agent and a signal, the objective is revenue, types may stay away
 * (ex-interim or ex-post individual rationality) and mechanisms may be randomised, and for
 * guarantees reporting sets are nested; input error where a lambda makes a probability negative.
 * options NULL: the default. */
sb_status sb_indistinguishable_find(const sb_environment *environment,
                                    const sb_indistinguishable_options *options,
                                    sb_indistinguishable *answer, sb_error *error);

/* The largest number that one mechanism earns at least at each of several priors, the bidder's best
 * replies known to the designer: see above. The environments differ in their weights alone; their
 * rules and reporting sets are those of the first, and nested (usage error else). *status optimal:
 * guarantee is set, and proof says how well. */
sb_status sb_guarantee_find(const sb_environment *const *environments, size_t count,
                            const sb_lp_options *options, sb_lp_status *status, sb_proof *proof,
                            fmpq_t guarantee, sb_error *error);

SB_DECLARATIONS_END

#endif
