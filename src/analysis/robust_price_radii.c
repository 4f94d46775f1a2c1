/* Where to look at the price of robustness.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "sidebet/robust_price.h"

enum { DECADES = 4, THREE_A_DECADE = 3 * DECADES + 1, MOST_AT_TWO_DIGITS = 60 };

/* The k-th of `points` radii from 10^-DECADES to 1. */
static void set_radius(fmpq_t radius, size_t k, size_t points)
{
    static const char *const thirds[] = {"1", "2", "5"};
    char text[32];
    int length;
    if (points == THREE_A_DECADE) {
        length = snprintf(text, sizeof text, "%se%d", thirds[k % 3], (int)(k / 3) - DECADES);
    } else {
        double exponent = points > 1 ? DECADES * ((double)k / (double)(points - 1) - 1) : 0;
        length = snprintf(text, sizeof text, "%.*e", points > MOST_AT_TWO_DIGITS ? 2 : 1,
                          pow(10, exponent));
    }
    if (length > 0) {
        sb_rational_parse(radius, text, (size_t)length, NULL);
    }
}

/* The radius from which on every box is the whole simplex: nothing below 0 or above 1 is cut off.
 */
static void find_whole(fmpq_t whole, const sb_consistent_set *set)
{
    fmpq_t rest;
    fmpq_init(rest);
    fmpq_zero(whole);
    for (size_t k = 0; k < set->type_count * set->signal_count; k++) {
        if (!set->has_estimate[k / set->signal_count]) {
            continue;
        }
        const fmpq *estimate = set->estimate + k;
        fmpq_one(rest);
        fmpq_sub(rest, rest, estimate);
        if (fmpq_cmp(rest, whole) > 0) {
            fmpq_set(whole, rest);
        }
        if (fmpq_cmp(estimate, whole) > 0) {
            fmpq_set(whole, estimate);
        }
    }
    fmpq_clear(rest);
}

static size_t fill(fmpq *radii, size_t points, const fmpq_t whole)
{
    size_t count = 1; /* the first is 0 */
    for (size_t k = 0; k < points; k++) {
        set_radius(radii + count, k, points);
        if (fmpq_cmp(radii + count, radii + count - 1) <= 0) {
            continue; /* rounding met its neighbour */
        }
        count++;
        if (fmpq_cmp(radii + count - 1, whole) >= 0) {
            break;
        }
    }
    return count;
}

sb_status sb_robust_price_radii(const sb_environment *environment, size_t count, fmpq **radii,
                                size_t *found, sb_error *error)
{
    *radii = NULL;
    *found = 0;
    if (count < 2 || count > SB_ROBUST_PRICE_MAX_POINTS) {
        sb_error_set(error, SB_ERROR_USAGE, "the price of robustness has 2 to %d points, not %zu",
                     SB_ROBUST_PRICE_MAX_POINTS, count);
        sb_error_set_hint(error, "ask for 14 points, or name the radii themselves");
        return SB_ERROR_USAGE;
    }
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_status status = sb_consistent_set_point(&set, environment, error);
    fmpq *made = status == SB_OK ? sb_rationals_new(count) : NULL;
    if (status == SB_OK && made == NULL) {
        status = sb_out_of_memory(error);
    }
    if (status == SB_OK) {
        fmpq_t whole;
        fmpq_init(whole);
        find_whole(whole, &set);
        size_t made_count = fill(made, count - 1, whole);
        fmpq_clear(whole);
        *radii = sb_rationals_copy(made, made_count);
        *found = *radii == NULL ? 0 : made_count;
        status = *radii == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    sb_rationals_free(made, count);
    sb_consistent_set_clear(&set);
    return status;
}
