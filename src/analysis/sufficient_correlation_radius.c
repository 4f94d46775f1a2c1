/* The largest radius of a ball of beliefs on which bets of finite spread keep their promise.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With the loss bounded for each type, delta is the smallest over the types of a linear program's
 * optimum: exact. In expectation the loss is 2 delta sum_t pi(t) M_t(delta) where the bets keep off
 * all other types, else 2 delta M(delta) for each type that may buy, M the largest spread. Both
 * grow with delta; the largest delta is found by halving, and rounded down to a short number at
 * which the bets are solved exactly.
 */
#include <stdio.h>

#include "analysis/sufficient_correlation.h"

/* A type that is worth less must not buy, and is kept off all bets. */
static bool may_buy(const sb_ball_search *search, size_t type)
{
    const sb_environment *environment = search->environment;
    return fmpq_cmp(environment->agents[0].values + type, &environment->reserve) >= 0;
}

bool sb_ball_search_everyone_may_buy(const sb_ball_search *search)
{
    bool all = true;
    for (size_t type = 0; type < search->beliefs->type_count; type++) {
        all = all && (!search->beliefs->has_belief[type] || may_buy(search, type));
    }
    return all;
}

/* A type that bets cannot tell from a mixture of others. */
static sb_status say_why(sb_ball_search *search, size_t type)
{
    static const char no_bet[] = "the full surplus cannot be extracted: type %s has no side bet, "
                                 "since a mixture of other types believes the same and is worth "
                                 "more";
    static const char no_margin[] =
        "a mixture of other types believes what type %s believes and is "
        "worth just as much, so that beliefs which are wrong by "
        "however little may tempt one of them; %s";
    fmpq_t zero, spread;
    fmpq_init(zero);
    fmpq_init(spread);
    bool possible = false;
    sb_status status =
        sb_scaled_bet_smallest_spread(search->bets[type], zero, search->options, &possible, spread,
                                      NULL, &search->ball->proof, search->error);
    const char *label = search->environment->agents[0].types[type];
    const char *rest = sb_ball_search_everyone_may_buy(search)
                           ? "the promise of revenue alone can still be kept"
                           : "and some type must not buy, being worth less than the item is to the "
                             "seller";
    if (possible) {
        snprintf(search->ball->reason, sizeof search->ball->reason, no_margin, label, rest);
    } else {
        snprintf(search->ball->reason, sizeof search->ball->reason, no_bet, label);
    }
    fmpq_clear(zero);
    fmpq_clear(spread);
    return status;
}

/* ---- the radius ---- */

/* The largest at which no type loses more than is allowed. */
static sb_status find_radius(sb_ball_search *search)
{
    sb_correlation_ball *ball = search->ball;
    fmpq_t radius;
    fmpq_init(radius);
    sb_status status = SB_OK;
    ball->found = true;
    bool first = true;
    for (size_t type = 0; status == SB_OK && ball->found && type < ball->type_count; type++) {
        if (search->bets[type] == NULL) {
            continue;
        }
        status = sb_scaled_bet_largest_radius(search->bets[type], search->options, radius,
                                              &ball->proof, search->error);
        if (status == SB_OK && fmpq_sgn(radius) <= 0) {
            ball->found = false;
            status = say_why(search, type);
        } else if (first || fmpq_cmp(radius, &ball->radius) < 0) {
            fmpq_set(&ball->radius, radius);
        }
        first = false;
    }
    if (status == SB_OK && first) {
        ball->found = false;
        snprintf(ball->reason, sizeof ball->reason, "no type is worth serving");
    }
    fmpq_clear(radius);
    return status;
}

sb_status sb_ball_search_loss(sb_ball_search *search, const fmpq_t radius, bool *possible,
                              fmpq_t loss)
{
    fmpq_t spread, share, largest, buyers;
    fmpq_init(spread);
    fmpq_init(share);
    fmpq_init(largest);
    fmpq_init(buyers);
    sb_status status = SB_OK;
    *possible = true;
    fmpq_zero(loss);
    for (size_t type = 0; status == SB_OK && *possible && type < search->ball->type_count; type++) {
        sb_environment_marginal(share, search->environment, 0, type);
        if (may_buy(search, type)) {
            fmpq_add(buyers, buyers, share);
        }
        if (search->bets[type] == NULL) {
            continue;
        }
        status =
            sb_scaled_bet_smallest_spread(search->bets[type], radius, search->options, possible,
                                          spread, NULL, &search->ball->proof, search->error);
        fmpq_addmul(loss, spread, share);
        if (fmpq_cmp(spread, largest) > 0) {
            fmpq_set(largest, spread);
        }
    }
    if (!search->apart) {
        fmpq_mul(loss, largest, buyers);
    }
    fmpq_mul(loss, loss, radius);
    fmpq_mul_2exp(loss, loss, 1);
    fmpq_clear(spread);
    fmpq_clear(share);
    fmpq_clear(largest);
    fmpq_clear(buyers);
    return status;
}

/* Can the ball be this large, by the expected loss? */
static sb_status try_radius(sb_ball_search *search, const fmpq_t radius, bool *fits)
{
    fmpq_t loss;
    fmpq_init(loss);
    sb_status status = sb_ball_search_loss(search, radius, fits, loss);
    *fits = *fits && fmpq_cmp(loss, &search->ball->loss) <= 0;
    fmpq_clear(loss);
    return status;
}

/* The largest number of seven significant decimal digits that is at most this one (> 0). */
static void shorten_downwards(fmpq_t number)
{
    fmpq_t ten, scaled, bound;
    fmpz_t whole;
    fmpq_init(ten);
    fmpq_init(scaled);
    fmpq_init(bound);
    fmpz_init(whole);
    fmpq_set_si(ten, 10, 1);
    fmpq_set_si(bound, 1000000, 1);
    fmpq_set(scaled, number);
    slong digits = 0;
    for (; fmpq_cmp(scaled, bound) < 0; digits++) {
        fmpq_mul(scaled, scaled, ten);
    }
    fmpz_fdiv_q(whole, fmpq_numref(scaled), fmpq_denref(scaled));
    fmpq_set_fmpz(number, whole);
    for (; digits > 0; digits--) {
        fmpq_div(number, number, ten);
    }
    fmpq_clear(ten);
    fmpq_clear(scaled);
    fmpq_clear(bound);
    fmpz_clear(whole);
}

/* Halve [low, high] to a factor of 1 + 2^-21; low fits and high does not. */
static sb_status bisect(sb_ball_search *search, fmpq_t low, fmpq_t high)
{
    enum { STEPS = 48 };
    fmpq_t middle, gap;
    fmpq_init(middle);
    fmpq_init(gap);
    sb_status status = SB_OK;
    for (int step = 0; status == SB_OK && step < STEPS; step++) {
        fmpq_sub(gap, high, low);
        fmpq_mul_2exp(middle, gap, 21);
        if (fmpq_cmp(middle, low) <= 0) {
            break;
        }
        fmpq_div_2exp(gap, gap, 1);
        fmpq_add(middle, low, gap);
        shorten_downwards(middle);
        if (fmpq_cmp(middle, low) <= 0) {
            break;
        }
        bool fits = false;
        status = try_radius(search, middle, &fits);
        fmpq_set(fits ? low : high, middle);
    }
    fmpq_clear(middle);
    fmpq_clear(gap);
    return status;
}

sb_status sb_ball_search_widen(sb_ball_search *search)
{
    sb_correlation_ball *ball = search->ball;
    fmpq_t high, all;
    fmpq_init(high);
    fmpq_init(all);
    fmpq_set_si(all, 2, 1);
    fmpq_set(high, &ball->radius);
    bool fits = true;
    sb_status status = SB_OK;
    while (status == SB_OK && fits && fmpq_cmp(&ball->radius, all) < 0) {
        fmpq_mul_2exp(high, high, 1);
        if (fmpq_cmp(high, all) > 0) {
            fmpq_set(high, all);
        }
        status = try_radius(search, high, &fits);
        if (status == SB_OK && fits) {
            fmpq_set(&ball->radius, high);
        }
    }
    ball->largest = fits;
    if (status == SB_OK && !fits) {
        status = bisect(search, &ball->radius, high);
    }
    fmpq_clear(high);
    fmpq_clear(all);
    return status;
}

sb_status sb_ball_search_radius(sb_ball_search *search)
{
    sb_status status = find_radius(search);
    search->ball->largest = true;
    fmpq_set(&search->ball->each_type, &search->ball->radius);
    return status;
}
