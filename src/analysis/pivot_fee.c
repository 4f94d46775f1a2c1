/* A participation fee on top of the pivot mechanism: dominant strategies, all rents taken.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the pivot mechanism agent i keeps, at every profile, the surplus with it less the surplus
 * without it, whichever efficient outcome is chosen. A fee c(psi_-i) does not depend on its report,
 * so truth stays dominant, and it takes everything if Gamma_i c = the interim rents.
 */
#include "analysis/extraction.h"

/* The interim rent of a type less its outside option. */
static void interim_rent(fmpq_t rent, const sb_environment *environment, const sb_beliefs *beliefs,
                         size_t type)
{
    fmpq_t with, without;
    fmpq_init(with);
    fmpq_init(without);
    fmpq_neg(rent, environment->agents[beliefs->agent].outside + type);
    const fmpq *belief = sb_belief_of(beliefs, type);
    for (size_t others = 0; others < beliefs->others_count; others++) {
        if (!fmpq_is_zero(belief + others)) {
            size_t profile = sb_environment_profile_of(environment, beliefs->agent, type, others);
            sb_best_surplus(with, environment, profile, SB_NOWHERE);
            sb_best_surplus(without, environment, profile, beliefs->agent);
            fmpq_sub(with, with, without);
            fmpq_addmul(rent, belief + others, with);
        }
    }
    fmpq_clear(with);
    fmpq_clear(without);
}

sb_status sb_pivot_fee_find(fmpq **fee, sb_decision *decision, const sb_environment *environment,
                            const sb_beliefs *beliefs, const sb_lp_options *options,
                            sb_error *error)
{
    *decision = SB_DECISION_OPEN;
    *fee = NULL;
    sb_lp *program = sb_lottery_program_new(beliefs->others_count, error);
    if (program == NULL) {
        return SB_ERROR_MEMORY;
    }
    fmpq_t rent;
    fmpq_init(rent);
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < beliefs->type_count; type++) {
        if (beliefs->has_belief[type]) {
            interim_rent(rent, environment, beliefs, type);
            status =
                sb_lottery_program_add(program, sb_belief_of(beliefs, type), beliefs->others_count,
                                       rent, rent, 0, NULL, NULL, error);
        }
    }
    if (status == SB_OK) {
        status = sb_lottery_program_solve(program, beliefs, options, decision, fee, &result, error);
    }
    sb_lp_result_clear(&result);
    fmpq_clear(rent);
    sb_lp_free(program);
    return status;
}
