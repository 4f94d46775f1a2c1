/* Well-known mechanisms: the pivot mechanism, and what all of them share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/auctions.h"

#include <stdio.h>

#include "analysis/efficiency.h"
#include "base/memory.h"
#include "sidebet/checker.h"

static const struct {
    const char *name, *explanation;
} descriptions[SB_AUCTION_COUNT] = {
    [SB_AUCTION_VCG] = {"vcg", "The efficient outcome; each agent pays what its presence costs the "
                               "others."},
    [SB_AUCTION_SECOND_PRICE] = {"second-price",
                                 "The highest bid wins and pays the second highest, or the reserve "
                                 "price that earns most."},
    [SB_AUCTION_FIRST_PRICE] = {"first-price",
                                "The highest bid wins and pays itself, with the best reserve price "
                                "at which the truth is a dominant bid."},
    [SB_AUCTION_MYERSON] = {"myerson", "The highest virtual value wins: the optimal auction for "
                                       "independent values."},
};

const char *sb_auction_name(sb_auction_kind kind)
{
    return descriptions[kind].name;
}

const char *sb_auction_explain(sb_auction_kind kind)
{
    return descriptions[kind].explanation;
}

void sb_auctions_init(sb_auctions *auctions)
{
    for (size_t k = 0; k < SB_AUCTION_COUNT; k++) {
        sb_auction *auction = &auctions->auctions[k];
        *auction = (sb_auction){.applies = false};
        fmpq_init(&auction->revenue);
        fmpq_init(&auction->welfare);
        fmpq_init(&auction->reserve_price);
    }
}

void sb_auctions_clear(sb_auctions *auctions)
{
    for (size_t k = 0; k < SB_AUCTION_COUNT; k++) {
        sb_auction *auction = &auctions->auctions[k];
        fmpq_clear(&auction->revenue);
        fmpq_clear(&auction->welfare);
        fmpq_clear(&auction->reserve_price);
        sb_mechanism_free(auction->mechanism);
    }
    sb_auctions_init(auctions);
}

/* ---- shared ---- */

bool sb_auction_wants_item(sb_auction *auction, const sb_environment *environment)
{
    if (environment->form != SB_FORM_ITEM) {
        (void)snprintf(auction->reason, sizeof auction->reason, "it is for one item only");
        return false;
    }
    return true;
}

sb_status sb_auction_begin(sb_auction *auction, const sb_environment *environment, sb_error *error)
{
    sb_mechanism_free(auction->mechanism);
    auction->mechanism = sb_mechanism_new(environment);
    return auction->mechanism == NULL ? sb_out_of_memory(error) : SB_OK;
}

void sb_auction_sell(sb_auction *auction, const sb_environment *environment, size_t profile,
                     size_t winner, const fmpq_t price)
{
    sb_mechanism *mechanism = auction->mechanism;
    size_t outcomes = environment->outcome_count, agents = environment->agent_count;
    /* Outcomes of one item: each agent in order, then nobody. */
    size_t outcome = winner == SB_NOBODY ? agents : winner;
    for (size_t o = 0; o < outcomes; o++) {
        fmpq_set_si(mechanism->allocation + profile * outcomes + o, o == outcome, 1);
    }
    for (size_t agent = 0; agent < agents; agent++) {
        fmpq *payment = mechanism->payments + profile * agents + agent;
        fmpq_zero(payment);
        if (agent == winner) {
            fmpq_set(payment, price);
        }
    }
}

const fmpq *sb_auction_value(const sb_environment *environment, size_t profile, size_t agent)
{
    return environment->agents[agent].values + sb_environment_type_at(environment, profile, agent);
}

/* The mechanism against ex-post IC and IR, whatever the environment's rules are. */
static sb_status holds_ex_post(const sb_environment *environment, const sb_mechanism *mechanism,
                               bool participation, bool *holds, sb_error *error)
{
    sb_environment *copy = sb_environment_copy(environment);
    if (copy == NULL) {
        return sb_out_of_memory(error);
    }
    sb_rules_choose(&copy->rules, SB_RULE_INCENTIVES, participation ? SB_IC_NONE : SB_IC_EX_POST);
    sb_rules_choose(&copy->rules, SB_RULE_PARTICIPATION,
                    participation ? SB_IR_EX_POST : SB_IR_NONE);
    copy->rules.choice[SB_RULE_PAYMENTS] = SB_PAYMENTS_FREE;
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    sb_status status = sb_check_mechanism(copy, mechanism, zero, &check, error);
    *holds = status == SB_OK && check.accepted;
    sb_check_clear(&check);
    fmpq_clear(zero);
    sb_environment_free(copy);
    return status;
}

sb_status sb_auction_finish(sb_auction *auction, const sb_environment *environment, sb_error *error)
{
    bool truthful = false;
    sb_status status = holds_ex_post(environment, auction->mechanism, false, &truthful, error);
    if (status == SB_OK) {
        status =
            holds_ex_post(environment, auction->mechanism, true, &auction->participation, error);
    }
    if (status == SB_OK) {
        auction->applies = truthful;
        sb_mechanism_revenue(&auction->revenue, environment, auction->mechanism);
        sb_mechanism_welfare(&auction->welfare, environment, auction->mechanism);
    }
    return status;
}

/* ---- the pivot mechanism ---- */

/* The first efficient outcome; *tied: there are others. */
static size_t efficient_outcome(const sb_environment *environment, size_t profile, bool *tied)
{
    fmpq_t best, surplus;
    fmpq_init(best);
    fmpq_init(surplus);
    sb_best_surplus(best, environment, profile, SB_NOBODY);
    size_t chosen = SB_NOBODY;
    *tied = false;
    for (size_t o = 0; o < environment->outcome_count; o++) {
        sb_outcome_surplus(surplus, environment, profile, o, SB_NOBODY);
        if (fmpq_equal(surplus, best)) {
            *tied = chosen != SB_NOBODY;
            chosen = chosen == SB_NOBODY ? o : chosen;
        }
    }
    fmpq_clear(best);
    fmpq_clear(surplus);
    return chosen;
}

/* The most that the others and the designer get where an agent is not there: of the outcomes that
 * are possible without it. A unit is then not its, and without buyer or seller there is no trade.
 */
static void best_without(fmpq_t best, const sb_environment *environment, size_t profile,
                         size_t agent)
{
    bool away[SB_MAX_PLAYERS] = {false};
    away[agent] = true;
    fmpq_t surplus;
    fmpq_init(surplus);
    bool first = true;
    for (size_t o = 0; o < environment->outcome_count; o++) {
        if (sb_environment_outcome_without(environment, o, away) != o) {
            continue;
        }
        sb_outcome_surplus(surplus, environment, profile, o, agent);
        if (first || fmpq_cmp(surplus, best) > 0) {
            fmpq_set(best, surplus);
        }
        first = false;
    }
    fmpq_clear(surplus);
}

static sb_status pivot(sb_auction *auction, const sb_environment *environment, sb_error *error)
{
    sb_status status = sb_auction_begin(auction, environment, error);
    if (status != SB_OK) {
        return status;
    }
    fmpq_t absent, present;
    fmpq_init(absent);
    fmpq_init(present);
    sb_mechanism *mechanism = auction->mechanism;
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        bool tied = false;
        size_t outcome = efficient_outcome(environment, profile, &tied);
        auction->tied = auction->tied || (tied && !fmpq_is_zero(environment->weights + profile));
        fmpq_one(mechanism->allocation + profile * mechanism->outcome_count + outcome);
        for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
            best_without(absent, environment, profile, agent);
            sb_outcome_surplus(present, environment, profile, outcome, agent);
            fmpq_sub(mechanism->payments + profile * mechanism->agent_count + agent, absent,
                     present);
        }
    }
    fmpq_clear(absent);
    fmpq_clear(present);
    return sb_auction_finish(auction, environment, error);
}

sb_status sb_auctions_find(const sb_environment *environment, sb_auctions *auctions,
                           sb_error *error)
{
    sb_auctions_clear(auctions);
    sb_auction *all = auctions->auctions;
    sb_status status = pivot(&all[SB_AUCTION_VCG], environment, error);
    if (status == SB_OK) {
        status = sb_auction_second_price(&all[SB_AUCTION_SECOND_PRICE], environment, error);
    }
    if (status == SB_OK) {
        status = sb_auction_first_price(&all[SB_AUCTION_FIRST_PRICE], environment, error);
    }
    if (status == SB_OK) {
        status = sb_auction_myerson(&all[SB_AUCTION_MYERSON], environment, error);
    }
    if (status != SB_OK) {
        sb_auctions_clear(auctions);
    }
    return status;
}
