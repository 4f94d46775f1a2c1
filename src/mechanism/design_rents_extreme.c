/* Payments for an extreme report: a fee, and a side bet in few digits.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_kernel.h"
#include "mechanism/design_rents_paying.h"

/* A side bet keeps this many binary digits more than it needs to separate. */
#define DIGITS_TO_SPARE 4

/* The short number with `digits` binary digits after the point that is at least as large. */
static void round_up(fmpq_t number, slong digits)
{
    fmpz_t rounded;
    fmpz_init(rounded);
    fmpq_t scaled;
    fmpq_init(scaled);
    if (digits >= 0) {
        fmpq_mul_2exp(scaled, number, (flint_bitcnt_t)digits);
    } else {
        fmpq_div_2exp(scaled, number, (flint_bitcnt_t)-digits);
    }
    fmpz_cdiv_q(rounded, fmpq_numref(scaled), fmpq_denref(scaled));
    fmpq_set_fmpz(number, rounded);
    if (digits >= 0) {
        fmpq_div_2exp(number, number, (flint_bitcnt_t)digits);
    } else {
        fmpq_mul_2exp(number, number, (flint_bitcnt_t)-digits);
    }
    fmpq_clear(scaled);
    fmpz_clear(rounded);
}

/* The most that the report is worth to a type that may make it, a unit of its weight: in
 * work->value, rounded up to few digits. False: there is none. */
static bool find_most(sb_rents_paying *work)
{
    fmpq_t worth;
    fmpq_init(worth);
    bool found = false;
    for (size_t type = 0; type < work->own->envelope.types; type++) {
        if (sb_rents_may_report(work, type)) {
            fmpq_div(worth, sb_rents_worth_of(work, type), work->own->totals + type);
            if (!found || fmpq_cmp(worth, work->value) > 0) {
                fmpq_swap(worth, work->value);
            }
            found = true;
        }
    }
    fmpq_clear(worth);
    if (found) {
        int exponent = 0;
        (void)frexp(sb_rational_to_double(work->value), &exponent);
        round_up(work->value, 12 - exponent);
    }
    return found;
}

/* The side bet of an extreme report in few digits; false: it does not separate in rationals. */
static bool make_side_bet(sb_rents_paying *work)
{
    const sb_envelope *envelope = &work->own->envelope;
    double *function = sb_allocate(envelope->rank, sizeof *function);
    if (function == NULL) {
        return false;
    }
    double size = 0;
    for (size_t type = 0; type < envelope->types; type++) {
        double sum = 0;
        for (size_t k = 0; k < envelope->rank; k++) {
            sum += fabs(envelope->points[type * envelope->rank + k]);
        }
        size = fmax(size, sum);
    }
    int exponent = 0;
    (void)frexp(envelope->reports[work->report].extremeness / 2 / size, &exponent);
    exponent -= DIGITS_TO_SPARE;
    sb_envelope_separate(envelope, work->report, function);
    fmpz_one(work->denominator);
    for (size_t k = 0; k < envelope->rank; k++) {
        fmpz_set_d(work->numerators + k, round(ldexp(function[k], -exponent)));
    }
    free(function);
    sb_rents_expect_payment(work, work->report);
    bool good = fmpz_sgn(work->left) < 0;
    for (size_t type = 0; good && type < envelope->types; type++) {
        if (sb_rents_may_report(work, type)) {
            sb_rents_expect_payment(work, type);
            good = fmpz_sgn(work->left) >= 0;
        }
    }
    return good;
}

/* work->numerators is a side bet: the fee in work->value, and as much of the bet as makes the truth
 * pay what it is worth. */
static void pay_fee_and_bet(sb_rents_paying *work)
{
    const sb_rents_agent *own = work->own;
    fmpq_t times;
    fmpq_init(times);
    fmpq_mul(times, work->value, own->totals + work->report);
    fmpq_sub(times, work->truth, times);
    sb_rents_expect_payment(work, work->report);
    fmpq_mul_fmpz(times, times, own->scales + work->report);
    fmpq_div_fmpz(times, times, work->left);
    for (size_t k = 0; k < own->envelope.rank; k++) {
        fmpq_mul_fmpz(work->payments + k, times, work->numerators + k);
        fmpq_add(work->payments + k, work->payments + k, work->value);
    }
    fmpq_clear(times);
}

/* Everybody pays the same, a unit of weight. */
static void pay_fee(sb_rents_paying *work)
{
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpq_set(work->payments + k, work->value);
    }
}

bool sb_rents_pay_extreme(sb_rents_paying *work, bool bet)
{
    const sb_rents_agent *own = work->own;
    bool weighs = sb_rents_has_weight(work->rents, work->agent, work->report);
    bool found = find_most(work);
    if (weighs) {
        fmpq_t own_worth;
        fmpq_init(own_worth);
        fmpq_div(own_worth, work->truth, own->totals + work->report);
        bool needed = found && fmpq_cmp(work->value, own_worth) > 0;
        if (!needed) {
            fmpq_swap(work->value, own_worth);
        }
        fmpq_clear(own_worth);
        if (needed) {
            bool made = bet || make_side_bet(work);
            if (made) {
                pay_fee_and_bet(work);
            }
            return made;
        }
    } else if (!found) {
        fmpq_zero(work->value);
    }
    pay_fee(work);
    return true;
}
