/* What the files behind sufficient correlation share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_SUFFICIENT_CORRELATION_H
#define SB_ANALYSIS_SUFFICIENT_CORRELATION_H

#include "analysis/extraction.h"
#include "sidebet/sufficient_correlation.h"

/* The bet of one type, scaled so that its entries are within [-1, 1]: y = (z - centre) / M. */
typedef struct sb_scaled_bet sb_scaled_bet;

/* margin: one a type s, whether the bet must be worth 2 M delta more than v(s) to s. */
sb_status sb_scaled_bet_new(const sb_environment *environment, const sb_beliefs *beliefs,
                            size_t type, const bool *margin, const fmpq_t loss, sb_scaled_bet **bet,
                            sb_error *error);
void sb_scaled_bet_free(sb_scaled_bet *bet); /* NULL allowed */

/* The largest delta <= 2 with 2 M delta <= loss. */
sb_status sb_scaled_bet_largest_radius(sb_scaled_bet *bet, const sb_lp_options *options,
                                       fmpq_t radius, sb_proof *proof, sb_error *error);
/* The bet with the smallest spread M at a delta; *possible false where there is none, or none of
 * finite spread. bet_payments (may be NULL): z, signal_count numbers. */
sb_status sb_scaled_bet_smallest_spread(sb_scaled_bet *bet, const fmpq_t radius,
                                        const sb_lp_options *options, bool *possible, fmpq_t spread,
                                        fmpq *bet_payments, sb_proof *proof, sb_error *error);

/* ---- the search for a ball ---- */

typedef struct sb_ball_search {
    const sb_environment *environment;
    const sb_beliefs *beliefs; /* the bets point at them too */
    const sb_lp_options *options;
    sb_correlation_ball *ball;
    bool apart;           /* every bet must keep off every other type: gamma_t >= 2 M_t delta */
    bool *margin;         /* one a type: bets of others must keep off it */
    sb_scaled_bet **bets; /* one a type served, else NULL */
    sb_error *error;
} sb_ball_search;

/* No type is worth less than the item is to the seller. */
bool sb_ball_search_everyone_may_buy(const sb_ball_search *search);
/* The radius, or why there is none: found, radius, each_type, largest and reason of the ball. */
sb_status sb_ball_search_radius(sb_ball_search *search);
/* From a loss bounded for each type to one bounded in expectation: radius and largest. */
sb_status sb_ball_search_widen(sb_ball_search *search);
/* What these bets may lose in expectation at a radius; *possible false where there are none. */
sb_status sb_ball_search_loss(sb_ball_search *search, const fmpq_t radius, bool *possible,
                              fmpq_t loss);

#endif
