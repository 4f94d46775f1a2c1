/* Well-known mechanisms to compare the best one with.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * - vcg: the pivot mechanism (Vickrey, Clarke, Groves). An efficient outcome, the first one where
 *   several are; each agent pays what its presence costs the others and the designer, compared with
 *   the best of the outcomes that are possible without it (sb_environment_outcome_without): without
 *   the seller, or the buyer, there is no trade. Any outcomes. In bilateral trade both take part,
 *   and the designer pays the gains from trade.
 * - second-price: one item. To the highest value, if it is at least the reserve price, for the
 *   larger of the reserve price and the highest other value; the reserve price, one for all
 *   bidders, that earns most at this prior.
 * - first-price: the same, but the winner pays its own bid. Bidding the truth is dominant only with
 *   reserve prices that leave nobody a lower bid that wins: the best of those.
 * - myerson: one item and independent values. To the highest ironed virtual value above the
 *   seller's own value, for the smallest value that still wins (Myerson 1981). No mechanism earns
 *   more at an independent prior under Bayes-Nash IC and ex-interim IR.
 *
 * Under reporting sets the first three remain (with fewer lies to fear, a first-price auction's
 * truth may be dominant at more reserve prices). Virtual values price the lies of any type to any
 * other, so that Myerson's auction is no optimum there, and does not apply. Agents' own rules do
 * not matter: the optimum it claims to be is that under Bayes-Nash IC and ex-interim IR for all.
 *
 * Ties go to the first bidder. All four are dominant-strategy incentive compatible; numbers are
 * those at truthful reports, exact.
 */
#ifndef SIDEBET_AUCTIONS_H
#define SIDEBET_AUCTIONS_H

#include "sidebet/declarations.h"
#include "sidebet/mechanism.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_auction_kind {
    SB_AUCTION_VCG,
    SB_AUCTION_SECOND_PRICE,
    SB_AUCTION_FIRST_PRICE,
    SB_AUCTION_MYERSON,
    SB_AUCTION_COUNT
} sb_auction_kind;
const char *sb_auction_name(sb_auction_kind kind);    /* "vcg", "second-price", ... */
const char *sb_auction_explain(sb_auction_kind kind); /* one sentence */

typedef struct sb_auction {
    bool applies;
    char reason[160];       /* where it does not: why, one sentence without a full stop */
    fmpq revenue, welfare;  /* all that follows: where it applies */
    bool has_reserve_price; /* second- and first-price */
    fmpq reserve_price;
    bool participation;      /* ex-post IR holds as well */
    bool tied;               /* some profile of positive probability has a tie, which the rule above
                                broke; revenue may depend on it only under vcg */
    sb_mechanism *mechanism; /* NULL where it does not apply */
} sb_auction;

typedef struct sb_auctions {
    sb_auction auctions[SB_AUCTION_COUNT];
} sb_auctions;
void sb_auctions_init(sb_auctions *auctions);
void sb_auctions_clear(sb_auctions *auctions);

sb_status sb_auctions_find(const sb_environment *environment, sb_auctions *auctions,
                           sb_error *error);

/* Myerson's virtual values of one bidder of a single item, by its marginal, not conditional on
 * anything: raw phi(v_k) = v_k - (v_{k+1} - v_k) P(v > v_k) / P(v = v_k), and ironed, the slopes of
 * the concave hull of revenue v P(value >= v) over P(value >= v). Types of the same value are one;
 * a type of probability zero has the numbers of the next lower value of positive probability, or,
 * where there is none, has_virtual false. Arrays of type_count; raw may be NULL. */
sb_status sb_virtual_values(const sb_environment *environment, size_t agent, fmpq *raw,
                            fmpq *ironed, bool *has_virtual, sb_error *error);

SB_DECLARATIONS_END

#endif
