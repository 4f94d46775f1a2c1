/* What the files of the well-known mechanisms share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_AUCTIONS_H
#define SB_ANALYSIS_AUCTIONS_H

#include "sidebet/auctions.h"

#define SB_NOBODY ((size_t)-1)

/* One item, already for sale: no reason why not; else says so in the auction. */
bool sb_auction_wants_item(sb_auction *auction, const sb_environment *environment);
/* A mechanism without sale; memory error on failure. */
sb_status sb_auction_begin(sb_auction *auction, const sb_environment *environment, sb_error *error);
/* At a profile the item goes to an agent (SB_NOBODY: it is kept) for a price. */
void sb_auction_sell(sb_auction *auction, const sb_environment *environment, size_t profile,
                     size_t winner, const fmpq_t price);
/* Count what the mechanism earns and whether it keeps ex-post participation. */
sb_status sb_auction_finish(sb_auction *auction, const sb_environment *environment,
                            sb_error *error);
/* The value of an agent at a profile. */
const fmpq *sb_auction_value(const sb_environment *environment, size_t profile, size_t agent);

sb_status sb_auction_second_price(sb_auction *auction, const sb_environment *environment,
                                  sb_error *error);
sb_status sb_auction_first_price(sb_auction *auction, const sb_environment *environment,
                                 sb_error *error);
sb_status sb_auction_myerson(sb_auction *auction, const sb_environment *environment,
                             sb_error *error);

#endif
