/* The optimal auction for independent values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/auctions.h"
#include "base/memory.h"

typedef struct virtual_values {
    size_t agents;
    fmpq **ironed;
    bool **has;
    size_t *counts;
} virtual_values;

static void values_clear(virtual_values *values)
{
    for (size_t agent = 0; agent < values->agents; agent++) {
        if (values->ironed != NULL && values->counts != NULL) {
            sb_rationals_free(values->ironed[agent], values->counts[agent]);
        }
        if (values->has != NULL) {
            free(values->has[agent]);
        }
    }
    free(values->ironed);
    free(values->has);
    free(values->counts);
}

static sb_status values_init(virtual_values *values, const sb_environment *environment,
                             sb_error *error)
{
    *values = (virtual_values){.agents = environment->agent_count};
    values->ironed = sb_allocate(values->agents, sizeof(void *));
    values->has = sb_allocate(values->agents, sizeof *values->has);
    values->counts = sb_allocate(values->agents, sizeof *values->counts);
    if (values->ironed == NULL || values->has == NULL || values->counts == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < values->agents; agent++) {
        size_t types = environment->agents[agent].type_count;
        values->counts[agent] = types;
        values->ironed[agent] = sb_rationals_new(types);
        values->has[agent] = sb_allocate(types, sizeof **values->has);
        if (values->ironed[agent] == NULL || values->has[agent] == NULL) {
            return sb_out_of_memory(error);
        }
        status = sb_virtual_values(environment, agent, NULL, values->ironed[agent],
                                   values->has[agent], error);
    }
    return status;
}

/* The first bidder with the highest virtual value that is at least the seller's own value. */
static size_t find_winner(const virtual_values *values, const sb_environment *environment,
                          const size_t *types, bool *tied)
{
    size_t winner = SB_NOBODY;
    const fmpq *highest = &environment->reserve;
    *tied = false;
    for (size_t agent = 0; agent < values->agents; agent++) {
        if (!values->has[agent][types[agent]]) {
            continue;
        }
        const fmpq *own = values->ironed[agent] + types[agent];
        int order = fmpq_cmp(own, highest);
        if (order > 0 || (order == 0 && winner == SB_NOBODY)) {
            winner = agent;
            highest = own;
            *tied = order == 0;
        } else {
            *tied = *tied || order == 0;
        }
    }
    return winner;
}

/* The smallest value with which the winner would still win against the same others. */
static const fmpq *threshold(const virtual_values *values, const sb_environment *environment,
                             const size_t *types, size_t winner)
{
    size_t tried[SB_MAX_PLAYERS] = {0};
    for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
        tried[player] = types[player];
    }
    const sb_agent *bidder = &environment->agents[winner];
    const fmpq *smallest = bidder->values + types[winner];
    for (size_t type = 0; type < bidder->type_count; type++) {
        bool tied = false;
        tried[winner] = type;
        if (fmpq_cmp(bidder->values + type, smallest) < 0 &&
            find_winner(values, environment, tried, &tied) == winner) {
            smallest = bidder->values + type;
        }
    }
    return smallest;
}

/* Values are independent of each other (and of the signal, which then tells nothing). */
static sb_status is_independent(const sb_environment *environment, bool *independent,
                                sb_error *error)
{
    sb_environment *product = sb_environment_without_correlation(environment);
    if (product == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t left, right;
    fmpq_init(left);
    fmpq_init(right);
    *independent = true;
    size_t profiles = sb_environment_profile_count(environment);
    for (size_t profile = 0; *independent && profile < profiles; profile++) {
        sb_environment_probability(left, environment, profile);
        sb_environment_probability(right, product, profile);
        *independent = fmpq_equal(left, right);
    }
    fmpq_clear(left);
    fmpq_clear(right);
    sb_environment_free(product);
    return SB_OK;
}

static sb_status hold(sb_auction *auction, const sb_environment *environment,
                      const virtual_values *values, sb_error *error)
{
    sb_status status = sb_auction_begin(auction, environment, error);
    fmpq_t nothing;
    fmpq_init(nothing);
    size_t profiles = status == SB_OK ? auction->mechanism->profile_count : 0;
    for (size_t profile = 0; profile < profiles; profile++) {
        size_t types[SB_MAX_PLAYERS];
        bool tied = false;
        sb_environment_profile_split(environment, profile, types);
        size_t winner = find_winner(values, environment, types, &tied);
        sb_auction_sell(auction, environment, profile, winner,
                        winner == SB_NOBODY ? nothing
                                            : threshold(values, environment, types, winner));
        auction->tied = auction->tied || (tied && !fmpq_is_zero(environment->weights + profile));
    }
    fmpq_clear(nothing);
    return status == SB_OK ? sb_auction_finish(auction, environment, error) : status;
}

sb_status sb_auction_myerson(sb_auction *auction, const sb_environment *environment,
                             sb_error *error)
{
    if (!sb_auction_wants_item(auction, environment)) {
        return SB_OK;
    }
    if (sb_environment_has_reporting_sets(environment, (size_t)-1)) {
        (void)snprintf(auction->reason, sizeof auction->reason,
                       "some types may not report others: it is the optimum only where any type "
                       "may report any");
        return SB_OK;
    }
    bool independent = false;
    sb_status status = is_independent(environment, &independent, error);
    if (status != SB_OK || !independent) {
        (void)snprintf(auction->reason, sizeof auction->reason,
                       "the values are correlated: it is for independent ones");
        return status;
    }
    virtual_values values;
    status = values_init(&values, environment, error);
    if (status == SB_OK) {
        status = hold(auction, environment, &values, error);
    }
    values_clear(&values);
    return status;
}
