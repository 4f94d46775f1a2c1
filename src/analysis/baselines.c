/* Optima beside the main one: under ex-post rules, and without correlation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "sidebet/surplus.h"

void sb_baseline_init(sb_baseline *baseline)
{
    *baseline = (sb_baseline){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&baseline->objective);
}

void sb_baseline_clear(sb_baseline *baseline)
{
    fmpq_clear(&baseline->objective);
    sb_baseline_init(baseline);
}

sb_status sb_baseline_ex_post(const sb_environment *environment, sb_design_solver *solver,
                              const sb_lp_options *options, sb_baseline *baseline, sb_error *error)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_rules_copy(&rules, &environment->rules);
    sb_rules_choose(&rules, SB_RULE_INCENTIVES, SB_IC_EX_POST);
    sb_rules_choose(&rules, SB_RULE_PARTICIPATION, SB_IR_EX_POST);
    sb_status status = sb_design_value(environment, &rules, solver, options, &baseline->status,
                                       &baseline->proof, &baseline->objective, error);
    sb_rules_clear(&rules);
    return status;
}

sb_status sb_baseline_without_correlation(const sb_environment *environment,
                                          sb_design_solver *solver, const sb_lp_options *options,
                                          sb_baseline *baseline, sb_error *error)
{
    sb_environment *independent = sb_environment_without_correlation(environment);
    if (independent == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status =
        sb_design_value(independent, &environment->rules, solver, options, &baseline->status,
                        &baseline->proof, &baseline->objective, error);
    sb_environment_free(independent);
    return status;
}
