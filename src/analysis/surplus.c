/* The largest welfare, and the full surplus: what an all-knowing seller could extract.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/surplus.h"

#include "analysis/efficiency.h"

void sb_largest_welfare(fmpq_t welfare, const sb_environment *environment)
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
    fmpq_div(welfare, sum, &environment->weight_sum);
    fmpq_clear(sum);
    fmpq_clear(best);
}

void sb_full_surplus(fmpq_t surplus, const sb_environment *environment)
{
    fmpq_t probability;
    fmpq_init(probability);
    sb_largest_welfare(surplus, environment);
    for (size_t i = 0; i < environment->agent_count; i++) {
        for (size_t t = 0; t < environment->agents[i].type_count; t++) {
            sb_environment_marginal(probability, environment, i, t);
            fmpq_submul(surplus, probability, environment->agents[i].outside + t);
        }
    }
    fmpq_clear(probability);
}

void sb_objective_limit(fmpq_t limit, const sb_environment *environment)
{
    if (environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE) {
        sb_full_surplus(limit, environment);
    } else {
        sb_largest_welfare(limit, environment);
    }
}

const char *sb_objective_limit_noun(const sb_environment *environment)
{
    return environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE ? "full surplus"
                                                                                : "largest welfare";
}
