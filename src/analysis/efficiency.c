/* Efficient outcomes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/efficiency.h"

#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/design.h"

void sb_outcome_surplus(fmpq_t surplus, const sb_environment *environment, size_t profile,
                        size_t outcome, size_t without)
{
    fmpq_set(surplus, environment->designer + outcome);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (agent != without) {
            size_t type = sb_environment_type_at(environment, profile, agent);
            fmpq_add(surplus, surplus,
                     environment->agents[agent].utilities + type * environment->outcome_count +
                         outcome);
        }
    }
}

void sb_best_surplus(fmpq_t best, const sb_environment *environment, size_t profile, size_t without)
{
    fmpq_t surplus;
    fmpq_init(surplus);
    for (size_t o = 0; o < environment->outcome_count; o++) {
        sb_outcome_surplus(surplus, environment, profile, o, without);
        if (o == 0 || fmpq_cmp(surplus, best) > 0) {
            fmpq_set(best, surplus);
        }
    }
    fmpq_clear(surplus);
}

sb_status sb_efficiency_find(sb_efficiency *efficiency, const sb_environment *environment,
                             sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t outcomes = environment->outcome_count;
    *efficiency = (sb_efficiency){.unique = true, .full_support = true};
    efficiency->efficient = sb_allocate(profiles * outcomes, sizeof *efficiency->efficient);
    if (efficiency->efficient == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t best, surplus;
    fmpq_init(best);
    fmpq_init(surplus);
    for (size_t profile = 0; profile < profiles; profile++) {
        sb_best_surplus(best, environment, profile, SB_NOWHERE);
        size_t count = 0;
        for (size_t o = 0; o < outcomes; o++) {
            sb_outcome_surplus(surplus, environment, profile, o, SB_NOWHERE);
            bool is_best = fmpq_equal(surplus, best);
            efficiency->efficient[profile * outcomes + o] = is_best;
            count += is_best;
        }
        bool possible = !fmpq_is_zero(environment->weights + profile);
        efficiency->full_support = efficiency->full_support && possible;
        efficiency->unique = efficiency->unique && (count == 1 || !possible);
    }
    fmpq_clear(best);
    fmpq_clear(surplus);
    return SB_OK;
}

void sb_efficiency_clear(sb_efficiency *efficiency)
{
    free(efficiency->efficient);
    *efficiency = (sb_efficiency){.efficient = NULL};
}
