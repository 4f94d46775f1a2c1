/* Single item under ex-post IC, any type free to report any: prices that leave one agent no rent.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When the others are k, let a(k) be what the item is worth without the agent: the largest of the
 * others' values and the reserve. A type above a(k) gets the item, one below does not, one at a(k)
 * may or may not. Under ex-post IC all types that get it for sure pay the same x(k), all that
 * surely do not pay the same y(k), and types at a(k) (which all have the same value) get the same
 * utility u(k) with some chance p(k). Truth is then best if and only if
 *     L <= x - y <= H,    u >= a - x,  u + (H - a) p <= H - x,    u >= -y,  u + (L - a) p <= -y,
 * L the largest value that does not get it and H the smallest that does, among types for which k
 * has positive probability: any other type picks its best from the menu, and costs nothing.
 * The agent keeps no rent if every type's expected utility is its outside option.
 */
#include <stdlib.h>

#include "analysis/extraction.h"
#include "base/memory.h"

enum { PRICE, PAYMENT, TIED_UTILITY, TIED_CHANCE, COLUMNS_EACH };

typedef struct price_search {
    const sb_environment *environment;
    const sb_beliefs *beliefs;
    fmpq *alternatives; /* a(k) */
    sb_lp *program;
    sb_error *error;
} price_search;

static size_t column_of(size_t others, int which)
{
    return others * COLUMNS_EACH + (size_t)which;
}

static const fmpq *value_of(const price_search *search, size_t type)
{
    return search->environment->agents[search->beliefs->agent].values + type;
}

void sb_item_alternatives(fmpq *alternatives, const sb_environment *environment,
                          const sb_beliefs *beliefs)
{
    for (size_t k = 0; k < beliefs->others_count; k++) {
        fmpq *best = alternatives + k;
        fmpq_set(best, &environment->reserve);
        size_t profile = sb_environment_profile_of(environment, beliefs->agent, 0, k);
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            const fmpq *value = environment->agents[agent].values +
                                sb_environment_type_at(environment, profile, agent);
            if (agent != beliefs->agent && fmpq_cmp(value, best) > 0) {
                fmpq_set(best, value);
            }
        }
    }
}

static sb_status find_alternatives(price_search *search)
{
    search->alternatives = sb_rationals_new(search->beliefs->others_count);
    if (search->alternatives == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_item_alternatives(search->alternatives, search->environment, search->beliefs);
    return SB_OK;
}

static sb_status add_columns(price_search *search)
{
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    size_t count = search->beliefs->others_count * COLUMNS_EACH;
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        bool chance = k % COLUMNS_EACH == TIED_CHANCE;
        status = sb_lp_add_column(search->program, NULL, chance ? zero : NULL, chance ? one : NULL,
                                  NULL, NULL, search->error);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    return status;
}

/* first + second (signs given), and a multiple of the tied chance, between two bounds. */
static sb_status add_menu_row(price_search *search, size_t others, int first, int second,
                              int second_sign, const fmpq *chance, const fmpq *lower,
                              const fmpq *upper)
{
    size_t columns[3] = {column_of(others, first), column_of(others, second),
                         column_of(others, TIED_CHANCE)};
    fmpq *coefficients = sb_rationals_new(3);
    if (coefficients == NULL) {
        return sb_out_of_memory(search->error);
    }
    fmpq_set_si(coefficients, 1, 1);
    fmpq_set_si(coefficients + 1, second_sign, 1);
    if (chance != NULL) {
        fmpq_set(coefficients + 2, chance);
    }
    sb_status status = sb_lp_add_row(search->program, NULL, lower, upper, 3, columns, coefficients,
                                     NULL, search->error);
    sb_rationals_free(coefficients, 3);
    return status;
}

/* Tied types against those just above (PRICE) or just below (PAYMENT): utility + price >= floor and
 * utility + price + (neighbour - a) chance <= ceiling. */
static sb_status add_tied_rows(price_search *search, size_t others, int against,
                               const fmpq *neighbour, const fmpq *floor, const fmpq *ceiling)
{
    fmpq_t slope;
    fmpq_init(slope);
    fmpq_sub(slope, neighbour, search->alternatives + others);
    sb_status status = add_menu_row(search, others, TIED_UTILITY, against, 1, NULL, floor, NULL);
    if (status == SB_OK) {
        status = add_menu_row(search, others, TIED_UTILITY, against, 1, slope, NULL, ceiling);
    }
    fmpq_clear(slope);
    return status;
}

static sb_status add_menu_rows(price_search *search, size_t others)
{
    const fmpq *low = NULL, *high = NULL, *alternative = search->alternatives + others;
    bool tied = false;
    for (size_t type = 0; type < search->beliefs->type_count; type++) {
        if (fmpq_is_zero(sb_belief_of(search->beliefs, type) + others)) {
            continue;
        }
        const fmpq *value = value_of(search, type);
        int order = fmpq_cmp(value, alternative);
        tied = tied || order == 0;
        if (order > 0 && (high == NULL || fmpq_cmp(value, high) < 0)) {
            high = value;
        }
        if (order < 0 && (low == NULL || fmpq_cmp(value, low) > 0)) {
            low = value;
        }
    }
    sb_status status = SB_OK;
    if (low != NULL || high != NULL) {
        status = add_menu_row(search, others, PRICE, PAYMENT, -1, NULL, low, high);
    }
    if (status == SB_OK && tied && high != NULL) {
        status = add_tied_rows(search, others, PRICE, high, alternative, high);
    }
    if (status == SB_OK && tied && low != NULL) {
        fmpq_t zero;
        fmpq_init(zero);
        status = add_tied_rows(search, others, PAYMENT, low, zero, zero);
        fmpq_clear(zero);
    }
    return status;
}

/* The expected payment of a type (less its utility where it is tied) is what it is worth. */
static sb_status add_type_row(price_search *search, size_t type)
{
    size_t count = search->beliefs->others_count;
    size_t *columns = sb_allocate(count, sizeof *columns);
    fmpq *coefficients = sb_rationals_new(count);
    if (columns == NULL || coefficients == NULL) {
        free(columns);
        sb_rationals_free(coefficients, count);
        return sb_out_of_memory(search->error);
    }
    fmpq_t worth;
    fmpq_init(worth);
    fmpq_neg(worth, search->environment->agents[search->beliefs->agent].outside + type);
    const fmpq *belief = sb_belief_of(search->beliefs, type);
    for (size_t k = 0; k < count; k++) {
        int order = fmpq_cmp(value_of(search, type), search->alternatives + k);
        columns[k] = column_of(k, order > 0 ? PRICE : order < 0 ? PAYMENT : TIED_UTILITY);
        fmpq_set(coefficients + k, belief + k);
        if (order == 0) {
            fmpq_neg(coefficients + k, coefficients + k);
        } else if (order > 0) {
            fmpq_addmul(worth, belief + k, value_of(search, type));
        }
    }
    sb_status status = sb_lp_add_row(search->program, NULL, worth, worth, count, columns,
                                     coefficients, NULL, search->error);
    fmpq_clear(worth);
    free(columns);
    sb_rationals_free(coefficients, count);
    return status;
}

/* |x(k)| <= M, to be minimised. */
static sb_status minimise_largest_price(price_search *search)
{
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    size_t largest = 0;
    sb_status status =
        sb_lp_add_column(search->program, NULL, zero, NULL, one, &largest, search->error);
    fmpq *coefficients = sb_rationals_new(2);
    if (coefficients == NULL) {
        status = sb_out_of_memory(search->error);
    }
    for (size_t k = 0; status == SB_OK && k < 2 * search->beliefs->others_count; k++) {
        size_t columns[2] = {largest, column_of(k / 2, PRICE)};
        fmpq_one(coefficients);
        fmpq_set_si(coefficients + 1, k % 2 == 0 ? 1 : -1, 1);
        status = sb_lp_add_row(search->program, NULL, zero, NULL, 2, columns, coefficients, NULL,
                               search->error);
    }
    sb_rationals_free(coefficients, 2);
    fmpq_clear(zero);
    fmpq_clear(one);
    return status;
}

static sb_status build_program(price_search *search, bool smallest_prices)
{
    search->program = sb_lp_new(SB_MINIMISE);
    if (search->program == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_status status = find_alternatives(search);
    if (status == SB_OK) {
        status = add_columns(search);
    }
    for (size_t type = 0; status == SB_OK && type < search->beliefs->type_count; type++) {
        if (search->beliefs->has_belief[type]) {
            status = add_type_row(search, type);
        }
    }
    for (size_t k = 0; status == SB_OK && k < search->beliefs->others_count; k++) {
        status = add_menu_rows(search, k);
    }
    if (status == SB_OK && smallest_prices) {
        status = minimise_largest_price(search);
    }
    return status;
}

static sb_status read_prices(const price_search *search, const sb_lp_result *result, fmpq **prices)
{
    *prices = sb_rationals_new(search->beliefs->others_count);
    if (*prices == NULL) {
        return sb_out_of_memory(search->error);
    }
    for (size_t k = 0; k < search->beliefs->others_count; k++) {
        fmpq_set(*prices + k, result->columns + column_of(k, PRICE));
    }
    return SB_OK;
}

sb_status sb_posted_prices_find(fmpq **prices, sb_decision *decision,
                                const sb_environment *environment, const sb_beliefs *beliefs,
                                const sb_lp_options *options, sb_error *error)
{
    *decision = SB_DECISION_OPEN;
    price_search search = {.environment = environment, .beliefs = beliefs, .error = error};
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = build_program(&search, prices != NULL);
    if (status == SB_OK) {
        status = sb_lp_solve(search.program, NULL, options, &result, error);
    }
    if (status == SB_OK && result.proof == SB_PROOF_EXACT) {
        if (result.status == SB_LP_INFEASIBLE) {
            *decision = SB_DECISION_NO;
        } else if (result.status == SB_LP_OPTIMAL) {
            *decision = SB_DECISION_YES;
            status = prices == NULL ? SB_OK : read_prices(&search, &result, prices);
        }
    }
    sb_lp_result_clear(&result);
    sb_lp_free(search.program);
    sb_rationals_free(search.alternatives, beliefs->others_count);
    return status;
}
