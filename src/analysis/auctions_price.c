/* First- and second-price auctions with the reserve price that earns most.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two neighbouring values a higher reserve price earns at least as much, so that the best
 * is one of the values. Values below the seller's own are no reserve price at all: selling there
 * loses money.
 */
#include <stdio.h>

#include "analysis/auctions.h"
#include "base/memory.h"

/* Who wins at a reserve price, and the price under either rule. */
static size_t find_winner(const sb_environment *environment, size_t profile, const fmpq_t reserve,
                          bool first_price, fmpq_t price, bool *tied)
{
    size_t winner = SB_NOBODY;
    fmpq_set(price, reserve);
    *tied = false;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        const fmpq *value = sb_auction_value(environment, profile, agent);
        if (fmpq_cmp(value, reserve) < 0) {
            continue;
        }
        const fmpq *best =
            winner == SB_NOBODY ? NULL : sb_auction_value(environment, profile, winner);
        if (best == NULL || fmpq_cmp(value, best) > 0) {
            if (best != NULL) {
                fmpq_set(price, best);
            }
            winner = agent;
            *tied = false;
        } else {
            *tied = fmpq_equal(value, best);
            if (fmpq_cmp(value, price) > 0) {
                fmpq_set(price, value);
            }
        }
    }
    if (first_price && winner != SB_NOBODY) {
        fmpq_set(price, sb_auction_value(environment, profile, winner));
    }
    return winner;
}

static sb_status hold(sb_auction *auction, const sb_environment *environment, const fmpq_t reserve,
                      bool first_price, sb_error *error)
{
    sb_status status = sb_auction_begin(auction, environment, error);
    if (status != SB_OK) {
        return status;
    }
    fmpq_t price;
    fmpq_init(price);
    auction->tied = false;
    for (size_t profile = 0; profile < auction->mechanism->profile_count; profile++) {
        bool tied = false;
        size_t winner = find_winner(environment, profile, reserve, first_price, price, &tied);
        sb_auction_sell(auction, environment, profile, winner, price);
        auction->tied = auction->tied || (tied && !fmpq_is_zero(environment->weights + profile));
    }
    fmpq_clear(price);
    fmpq_set(&auction->reserve_price, reserve);
    auction->has_reserve_price = true;
    return sb_auction_finish(auction, environment, error);
}

/* Try every value as the reserve price, then hold the auction with the best one. */
static sb_status best_reserve(sb_auction *auction, const sb_environment *environment,
                              bool first_price, sb_error *error)
{
    const fmpq *best = NULL;
    fmpq_t most;
    fmpq_init(most);
    sb_status status = SB_OK;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        const sb_agent *bidder = &environment->agents[agent];
        for (size_t type = 0; status == SB_OK && type < bidder->type_count; type++) {
            const fmpq *reserve = bidder->values + type;
            if (fmpq_cmp(reserve, &environment->reserve) < 0) {
                continue;
            }
            status = hold(auction, environment, reserve, first_price, error);
            int order = best == NULL ? 1 : fmpq_cmp(&auction->revenue, most);
            bool lower = order == 0 && fmpq_cmp(reserve, best) < 0;
            if (status == SB_OK && auction->applies && (order > 0 || lower)) {
                best = reserve;
                fmpq_set(most, &auction->revenue);
            }
        }
    }
    if (status == SB_OK && best != NULL) {
        status = hold(auction, environment, best, first_price, error);
    } else {
        sb_mechanism_free(auction->mechanism);
        auction->mechanism = NULL;
        auction->applies = auction->has_reserve_price = false;
        (void)snprintf(auction->reason, sizeof auction->reason, "%s",
                       first_price ? "at no reserve price is the truth a dominant bid"
                                   : "nobody values the item as much as the seller");
    }
    fmpq_clear(most);
    return status;
}

sb_status sb_auction_second_price(sb_auction *auction, const sb_environment *environment,
                                  sb_error *error)
{
    return sb_auction_wants_item(auction, environment)
               ? best_reserve(auction, environment, false, error)
               : SB_OK;
}

sb_status sb_auction_first_price(sb_auction *auction, const sb_environment *environment,
                                 sb_error *error)
{
    return sb_auction_wants_item(auction, environment)
               ? best_reserve(auction, environment, true, error)
               : SB_OK;
}
