/* What has a robust form, and how closely its rules are looked at.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_program.h"

sb_status sb_robust_check_form(const sb_environment *environment, const sb_consistent_set *set,
                               sb_error *error)
{
    if (environment->agent_count != 1 || !environment->has_signal) {
        sb_error_set(error, SB_ERROR_USAGE, "robust design needs one agent and a signal");
        sb_error_set_hint(error, "with several agents, let the others' types be the signal");
        return SB_ERROR_USAGE;
    }
    if (sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0) == SB_IR_EX_ANTE) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "ex-ante participation has no robust form: it sums over types, and a "
                     "consistent set is about each type's belief");
        sb_error_set_hint(error, "choose ir: ex-interim");
        return SB_ERROR_USAGE;
    }
    if (sb_design_want_randomised(environment, "the robust optimum", error) != SB_OK) {
        return SB_ERROR_USAGE;
    }
    if (set->type_count != environment->agents[0].type_count ||
        set->signal_count != environment->signal_count) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the consistent set has %zu types and %zu signals, the environment %zu "
                            "and %zu",
                            set->type_count, set->signal_count, environment->agents[0].type_count,
                            environment->signal_count);
    }
    return SB_OK;
}

void sb_robust_tolerance(fmpq_t tolerance, const sb_environment *environment,
                         const sb_robust_options *options)
{
    fmpq_zero(tolerance);
    if (options->lp.exact) {
        return;
    }
    fmpq_t largest, size;
    fmpq_init(largest);
    fmpq_init(size);
    const sb_agent *bidder = &environment->agents[0];
    for (size_t k = 0; k < bidder->type_count * environment->outcome_count; k++) {
        fmpq_abs(size, bidder->utilities + k);
        if (fmpq_cmp(size, largest) > 0) {
            fmpq_set(largest, size);
        }
    }
    fmpq_add_si(largest, largest, 1);
    sb_rational_from_double(tolerance, options->tolerance);
    fmpq_mul(tolerance, tolerance, largest);
    fmpq_clear(largest);
    fmpq_clear(size);
}
