/* The payment-cap frontier as data: storage and reading.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/payment_cap_program.h"

void sb_cap_init(sb_cap *cap)
{
    *cap = (sb_cap){.proof = SB_PROOF_NONE};
}

void sb_cap_clear(sb_cap *cap)
{
    for (size_t k = 0; k < cap->count; k++) {
        fmpq_clear(&cap->points[k].bound);
        fmpq_clear(&cap->points[k].objective);
    }
    free(cap->points);
    sb_cap_init(cap);
}

static void remove_point(sb_cap *cap, size_t at)
{
    fmpq_clear(&cap->points[at].bound);
    fmpq_clear(&cap->points[at].objective);
    memmove(cap->points + at, cap->points + at + 1, (cap->count - at - 1) * sizeof *cap->points);
    cap->count--;
}

void sb_cap_drop_points_between(sb_cap *cap)
{
    fmpq_t before, after, rise, run;
    fmpq_init(before);
    fmpq_init(after);
    fmpq_init(rise);
    fmpq_init(run);
    for (size_t k = 1; k + 1 < cap->count;) {
        const sb_cap_point *point = &cap->points[k];
        fmpq_sub(rise, &point->objective, &point[-1].objective);
        fmpq_sub(run, &point->bound, &point[-1].bound);
        fmpq_div(before, rise, run);
        fmpq_sub(rise, &point[1].objective, &point->objective);
        fmpq_sub(run, &point[1].bound, &point->bound);
        fmpq_div(after, rise, run);
        if (fmpq_equal(before, after)) {
            remove_point(cap, k);
        } else {
            k++;
        }
    }
    fmpq_clear(before);
    fmpq_clear(after);
    fmpq_clear(rise);
    fmpq_clear(run);
}

bool sb_cap_at(fmpq_t objective, const sb_cap *cap, const fmpq_t bound)
{
    if (cap->count == 0 || fmpq_cmp(bound, &cap->points[0].bound) < 0) {
        return false;
    }
    size_t after = 1;
    while (after < cap->count && fmpq_cmp(bound, &cap->points[after].bound) > 0) {
        after++;
    }
    const sb_cap_point *left = &cap->points[after - 1];
    if (after == cap->count) {
        fmpq_set(objective, &left->objective);
        return cap->complete || fmpq_equal(bound, &left->bound);
    }
    fmpq_t run, share;
    fmpq_init(run);
    fmpq_init(share);
    fmpq_sub(share, bound, &left->bound);
    fmpq_sub(run, &left[1].bound, &left->bound);
    fmpq_div(share, share, run);
    fmpq_sub(run, &left[1].objective, &left->objective);
    fmpq_mul(share, share, run);
    fmpq_add(objective, &left->objective, share);
    fmpq_clear(run);
    fmpq_clear(share);
    return true;
}
