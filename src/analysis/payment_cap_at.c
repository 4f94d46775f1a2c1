/* The payment-cap frontier as data: storage and reading.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "sidebet/payment_cap.h"

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
