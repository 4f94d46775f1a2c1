/* The largest ball on which one mechanism is nearly optimal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "analysis/sufficient_correlation.h"
#include "base/memory.h"
#include "sidebet/surplus.h"

const char *sb_ball_promise_name(sb_ball_promise promise)
{
    return promise == SB_BALL_TRUTHFUL ? "truthful" : "revenue";
}

void sb_correlation_ball_init(sb_correlation_ball *ball)
{
    *ball = (sb_correlation_ball){.found = false, .proof = SB_PROOF_NONE};
    fmpq_init(&ball->loss);
    fmpq_init(&ball->full_surplus);
    fmpq_init(&ball->radius);
    fmpq_init(&ball->each_type);
    fmpq_init(&ball->spread);
    fmpq_init(&ball->guaranteed);
}

void sb_correlation_ball_clear(sb_correlation_ball *ball)
{
    fmpq_clear(&ball->loss);
    fmpq_clear(&ball->full_surplus);
    fmpq_clear(&ball->radius);
    fmpq_clear(&ball->each_type);
    fmpq_clear(&ball->spread);
    fmpq_clear(&ball->guaranteed);
    free(ball->served);
    sb_rationals_free(ball->spreads, ball->type_count);
    sb_rationals_free(ball->margins, ball->type_count);
    sb_mechanism_free(ball->mechanism);
    sb_correlation_ball_init(ball);
}

/* ---- what is asked ---- */

static sb_status check_question(const sb_environment *environment, const fmpq_t loss,
                                sb_error *error)
{
    if (environment->agent_count != 1 || !environment->has_signal ||
        environment->form != SB_FORM_ITEM) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "sufficient correlation is about one item, one bidder and a signal");
        sb_error_set_hint(error, "describe the other bidders as the signal");
        return SB_ERROR_USAGE;
    }
    for (size_t type = 0; type < environment->agents[0].type_count; type++) {
        if (!fmpq_is_zero(environment->agents[0].outside + type)) {
            sb_error_set(error, SB_ERROR_USAGE, "type %s has an outside option",
                         environment->agents[0].types[type]);
            sb_error_set_hint(error, "take it off the type's value");
            return SB_ERROR_USAGE;
        }
    }
    if (fmpq_sgn(loss) <= 0) {
        sb_error_set(error, SB_ERROR_USAGE, "the loss that is allowed must be above 0");
        sb_error_set_hint(error, "at 0 no prior but one is left");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

static const fmpq *value_of(const sb_ball_search *search, size_t type)
{
    return search->environment->agents[0].values + type;
}

static int compare_with_reserve(const sb_ball_search *search, size_t type)
{
    return fmpq_cmp(value_of(search, type), &search->environment->reserve);
}

static sb_status choose_types(const sb_ball_search *search)
{
    sb_correlation_ball *ball = search->ball;
    size_t count = search->beliefs->type_count;
    ball->type_count = count;
    ball->served = sb_allocate(count, sizeof *ball->served);
    ball->spreads = sb_rationals_new(count);
    ball->margins = sb_rationals_new(count);
    if (ball->served == NULL || ball->spreads == NULL || ball->margins == NULL) {
        return sb_out_of_memory(search->error);
    }
    for (size_t type = 0; type < count; type++) {
        ball->served[type] =
            search->beliefs->has_belief[type] && compare_with_reserve(search, type) > 0;
    }
    return SB_OK;
}

static sb_status make_bets(sb_ball_search *search)
{
    size_t count = search->beliefs->type_count;
    search->margin = sb_allocate(count, sizeof *search->margin);
    search->bets = sb_allocate(count, sizeof(void *));
    if (search->margin == NULL || search->bets == NULL) {
        return sb_out_of_memory(search->error);
    }
    for (size_t type = 0; type < count; type++) {
        search->margin[type] = search->apart || compare_with_reserve(search, type) < 0;
    }
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < search->ball->type_count; type++) {
        if (search->ball->served[type]) {
            status = sb_scaled_bet_new(search->environment, search->beliefs, type, search->margin,
                                       &search->ball->loss, &search->bets[type], search->error);
        }
    }
    return status;
}

static void free_bets(sb_ball_search *search)
{
    for (size_t type = 0; search->bets != NULL && type < search->beliefs->type_count; type++) {
        sb_scaled_bet_free(search->bets[type]);
    }
    free(search->bets);
    free(search->margin);
    search->bets = NULL;
    search->margin = NULL;
}

/* ---- the mechanism ---- */

/* The smallest gain over its value of another type that may report this one in this bet. */
static void find_margin(const sb_ball_search *search, size_t type, const fmpq *bet)
{
    const sb_beliefs *beliefs = search->beliefs;
    fmpq *margin = search->ball->margins + type;
    fmpq_t gap;
    fmpq_init(gap);
    bool first = true;
    for (size_t s = 0; s < beliefs->type_count; s++) {
        if (s == type || !beliefs->has_belief[s] ||
            !sb_environment_may_report(search->environment, 0, s, type)) {
            continue;
        }
        sb_rationals_dot(gap, bet, sb_belief_of(beliefs, s), beliefs->others_count);
        fmpq_sub(gap, gap, value_of(search, s));
        if (first || fmpq_cmp(gap, margin) < 0) {
            fmpq_set(margin, gap);
        }
        first = false;
    }
    fmpq_clear(gap);
}

/* Sell the item to a type, or keep it. bet NULL: keep. */
static void write_type(const sb_ball_search *search, size_t type, const fmpq *bet)
{
    enum { GETS, NOBODY };
    sb_mechanism *mechanism = search->ball->mechanism;
    fmpq_t discount;
    fmpq_init(discount);
    fmpq_mul(discount, search->ball->spreads + type, &search->ball->radius);
    for (size_t k = 0; k < search->beliefs->others_count; k++) {
        size_t profile = sb_environment_profile_of(search->environment, 0, type, k);
        fmpq_one(mechanism->allocation + profile * mechanism->outcome_count +
                 (bet == NULL ? NOBODY : GETS));
        if (bet != NULL) {
            fmpq_sub(mechanism->payments + profile, bet + k, discount);
        }
    }
    fmpq_clear(discount);
}

static sb_status write_mechanism(sb_ball_search *search)
{
    sb_correlation_ball *ball = search->ball;
    size_t signals = search->beliefs->others_count;
    fmpq *bet = sb_rationals_new(signals);
    ball->mechanism = sb_mechanism_new(search->environment);
    sb_status status =
        bet == NULL || ball->mechanism == NULL ? sb_out_of_memory(search->error) : SB_OK;
    for (size_t type = 0; status == SB_OK && type < ball->type_count; type++) {
        bool possible = true;
        if (ball->served[type]) {
            status = sb_scaled_bet_smallest_spread(search->bets[type], &ball->radius,
                                                   search->options, &possible, ball->spreads + type,
                                                   bet, &ball->proof, search->error);
        }
        if (status == SB_OK && !possible) {
            status = sb_error_set(search->error, SB_ERROR_LIMIT,
                                  "a side bet that was there is no longer found; the floating "
                                  "answers are not good enough");
        }
        if (status == SB_OK && ball->served[type]) {
            find_margin(search, type, bet);
            if (fmpq_cmp(ball->spreads + type, &ball->spread) > 0) {
                fmpq_set(&ball->spread, ball->spreads + type);
            }
        }
        if (status == SB_OK) {
            write_type(search, type, ball->served[type] ? bet : NULL);
        }
    }
    sb_rationals_free(bet, signals);
    return status;
}

/* Full surplus less 2 delta M of those who may pay less. */
static void find_guarantee(const sb_ball_search *search)
{
    sb_correlation_ball *ball = search->ball;
    fmpq_t share, loss;
    fmpq_init(share);
    fmpq_init(loss);
    for (size_t type = 0; type < ball->type_count; type++) {
        sb_environment_marginal(share, search->environment, 0, type);
        if (search->apart) {
            fmpq_addmul(loss, share, ball->spreads + type);
        } else if (compare_with_reserve(search, type) >= 0) {
            fmpq_addmul(loss, share, &ball->spread);
        }
    }
    fmpq_mul(loss, loss, &ball->radius);
    fmpq_mul_2exp(loss, loss, 1);
    fmpq_sub(&ball->guaranteed, &ball->full_surplus, loss);
    fmpq_clear(share);
    fmpq_clear(loss);
}

/* ---- all ---- */

/* The truthful ball; kept where it is no smaller than this one, else this one is. */
static sb_status take_larger(sb_ball_search *search, sb_ball_search *others)
{
    sb_correlation_ball *ball = search->ball;
    fmpq_t radius, each_type;
    fmpq_init(radius);
    fmpq_init(each_type);
    fmpq_set(radius, &ball->radius);
    fmpq_set(each_type, &ball->each_type);
    sb_status status = sb_ball_search_radius(others);
    if (status == SB_OK) {
        status = sb_ball_search_widen(others);
    }
    fmpq_set(&ball->each_type, each_type);
    if (status == SB_OK && fmpq_cmp(&ball->radius, radius) >= 0) {
        sb_ball_search before = *search;
        *search = *others;
        *others = before;
    } else { /* by less than a millionth */
        fmpq_set(&ball->radius, radius);
    }
    fmpq_clear(radius);
    fmpq_clear(each_type);
    return status;
}

/* Bets that keep off all other types have more spread, but each type loses by its own alone. What
 * they may lose grows with the radius: where it is too much at this one, the truthful ball is
 * smaller. */
static sb_status try_apart(sb_ball_search *search)
{
    sb_correlation_ball *ball = search->ball;
    sb_ball_search others = *search;
    others.apart = true;
    bool possible = false;
    fmpq_t loss;
    fmpq_init(loss);
    sb_status status = make_bets(&others);
    if (status == SB_OK) {
        status = sb_ball_search_loss(&others, &ball->radius, &possible, loss);
    }
    if (status == SB_OK && possible && fmpq_cmp(loss, &ball->loss) <= 0) {
        status = take_larger(search, &others);
    }
    free_bets(&others);
    fmpq_clear(loss);
    return status;
}

/* From a loss bounded for each type to one bounded in expectation. */
static sb_status widen(sb_ball_search *search)
{
    sb_status status = SB_OK;
    if (search->apart ||
        !sb_ball_search_everyone_may_buy(search)) { /* else the largest spread alone decides */
        status = sb_ball_search_widen(search);
    }
    if (status == SB_OK && !search->apart && fmpq_cmp_si(&search->ball->radius, 2) < 0) {
        status = try_apart(search);
    }
    return status;
}

static sb_status search_ball(sb_ball_search *search, bool for_each_type)
{
    sb_correlation_ball *ball = search->ball;
    sb_full_surplus(&ball->full_surplus, search->environment);
    ball->proof = SB_PROOF_EXACT;
    sb_status status = choose_types(search);
    if (status == SB_OK) {
        status = make_bets(search);
    }
    if (status == SB_OK) {
        status = sb_ball_search_radius(search);
    }
    if (status == SB_OK && ball->found && !for_each_type) {
        status = widen(search);
    }
    if (status != SB_OK || !ball->found) {
        return status;
    }
    status = write_mechanism(search);
    if (status == SB_OK) {
        find_guarantee(search);
    }
    return status;
}

static sb_status find_ball(const sb_environment *environment, sb_ball_promise promise,
                           const fmpq_t loss, bool for_each_type, const sb_lp_options *options,
                           sb_correlation_ball *ball, sb_error *error)
{
    sb_correlation_ball_clear(ball);
    sb_status status = check_question(environment, loss, error);
    if (status != SB_OK) {
        return status;
    }
    sb_beliefs beliefs;
    sb_ball_search search = {.environment = environment,
                             .beliefs = &beliefs,
                             .options = options,
                             .ball = ball,
                             .apart = promise == SB_BALL_TRUTHFUL,
                             .error = error};
    status = sb_beliefs_find(&beliefs, environment, 0, error);
    if (status != SB_OK) {
        return status;
    }
    ball->promise = promise;
    fmpq_set(&ball->loss, loss);
    status = search_ball(&search, for_each_type);
    free_bets(&search);
    sb_beliefs_clear(&beliefs);
    if (status != SB_OK) {
        sb_correlation_ball_clear(ball);
    }
    return status;
}

sb_status sb_correlation_ball_find(const sb_environment *environment, sb_ball_promise promise,
                                   const fmpq_t loss, const sb_lp_options *options,
                                   sb_correlation_ball *ball, sb_error *error)
{
    return find_ball(environment, promise, loss, false, options, ball, error);
}

sb_status sb_correlation_ball_for_each_type(const sb_environment *environment,
                                            sb_ball_promise promise, const fmpq_t loss,
                                            const sb_lp_options *options, sb_correlation_ball *ball,
                                            sb_error *error)
{
    return find_ball(environment, promise, loss, true, options, ball, error);
}
