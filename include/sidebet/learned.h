/* Mechanisms designed from an estimate, and what they earn under the truth.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Revenue under the truth follows the misbelief rule: each type of the bidder knows the true
 * conditional and reports, lies or stays away as suits it (misbelief.h), within what it may report.
 *
 *   known-prior   the optimum at the truth: what the seller would earn who knew it
 *   ex-post       ex-post IC and IR, optimal at the estimate: needs no belief of the bidder
 *   bayesian      optimal at the estimate under the environment's rules, as if it were the truth
 *   robust        robust IC and IR over the estimate's consistent set
 *
 * An optimum has one value and many mechanisms, which are worth the same at the estimate and not
 * under the truth. Which one the simplex method stops at is no fact about the estimate, so all but
 * robust are, where the optimum is proved, an optimal mechanism with the smallest payments
 * (smallest_payments.h): of all that would do, one that wagers least. It need not be the only one:
 * that much is still the solver's, but how much it wagers is not. Each outcome says whether it is
 * of this kind. Where the proof is floating, the rules are deterministic, or the smallest payments
 * take longer than SB_LEARNED_PATIENCE, it is the vertex; so is robust always (its rules leave less
 * to choose; but estimates from few samples tie often, and then robust falls as the solver does).
 */
#ifndef SIDEBET_LEARNED_H
#define SIDEBET_LEARNED_H

#include "sidebet/cancel_flag.h"
#include "sidebet/declarations.h"
#include "sidebet/estimate.h"
#include "sidebet/misbelief.h"
#include "sidebet/robust.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_contender {
    SB_CONTENDER_KNOWN_PRIOR,
    SB_CONTENDER_EX_POST,
    SB_CONTENDER_BAYESIAN,
    SB_CONTENDER_ROBUST,
    SB_CONTENDER_COUNT
} sb_contender;
const char *sb_contender_name(sb_contender contender);    /* "known-prior", "ex-post", ... */
const char *sb_contender_explain(sb_contender contender); /* one sentence */

typedef struct sb_contender_outcome {
    sb_lp_status status; /* of the design */
    sb_proof proof;
    double designed; /* the objective it expected */
    double revenue;  /* what it earns under the truth */
    double max_payment;
    bool smallest_payments;         /* no optimal mechanism pays less at most; false: a vertex */
    size_t truthful, lying, absent; /* types with positive probability, by what they do */
    double seconds;                 /* of the design */
} sb_contender_outcome;

typedef struct sb_learned {
    double full_surplus; /* under the truth */
    sb_contender_outcome outcomes[SB_CONTENDER_COUNT];
    bool set_holds_truth; /* every true conditional lies in the consistent set */
} sb_learned;

typedef struct sb_learned_options {
    bool wanted[SB_CONTENDER_COUNT];
    bool exact; /* prove every design; false: floating. Where a design is not proved, ties within
                   1 / SB_LEARNED_TIES are decided for the seller's intention (truth, then taking
                   part), as exact arithmetic decides true ties */
    const sb_cancel_flag *cancel;
} sb_learned_options;

#define SB_LEARNED_TIES     10000000
#define SB_LEARNED_PATIENCE 5.0 /* seconds for the smallest payments of a design */

/* truth and estimated have the same types, signals and values; set is around the estimated one (it
 * may be NULL where the robust mechanism is not wanted). Contenders that are not wanted are zero.
 * SB_OK also where a design has no optimum: its outcome says so, and its numbers are NaN. */
sb_status sb_learned_compare(const sb_environment *truth, const sb_environment *estimated,
                             const sb_consistent_set *set, const sb_learned_options *options,
                             sb_learned *learned, sb_error *error);

SB_DECLARATIONS_END

#endif
