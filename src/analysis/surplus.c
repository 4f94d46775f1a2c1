/* The full surplus: what an all-knowing seller could extract.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/surplus.h"

#include "analysis/efficiency.h"

void sb_full_surplus(fmpq_t surplus, const sb_environment *environment)
{
    fmpq_t sum, best;
    fmpq_init(sum);
    fmpq_init(best);
    size_t profiles = sb_environment_profile_count(environment);
    for (size_t profile = 0; profile < profiles; profile++) {
        if (!fmpq_is_zero(environment->weights + profile)) {
            sb_best_surplus(best, environment, profile, SB_NOWHERE);
            fmpq_addmul(sum, environment->weights + profile, best);
        }
    }
    fmpq_div(surplus, sum, &environment->weight_sum);
    fmpq_clear(sum);
    fmpq_clear(best);
}
