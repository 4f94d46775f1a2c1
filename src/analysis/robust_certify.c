/* What is certain of a mechanism: that it is robust, and what it brings in the worst case.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_program.h"
#include "base/memory.h"

sb_status sb_robust_worst_case(fmpq_t revenue, const sb_environment *environment,
                               const sb_consistent_set *set, const sb_mechanism *mechanism,
                               sb_error *error)
{
    sb_status status = sb_robust_check_form(environment, set, error);
    fmpq *values = sb_rationals_new(environment->signal_count);
    if (values == NULL) {
        return sb_out_of_memory(error);
    }
    sb_rules rules;
    sb_rules_init(&rules); /* revenue */
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &rules);
    fmpq_t sum, least;
    fmpq_init(sum);
    fmpq_init(least);
    for (size_t type = 0; status == SB_OK && type < set->type_count; type++) {
        if (set->has_estimate[type]) {
            sb_robust_expectations(values, environment, &weights, mechanism, type);
            status = sb_consistent_set_worst(set, type, values, NULL, least, error);
            fmpq_addmul(sum, set->marginal + type, least);
        }
    }
    fmpq_set(revenue, sum);
    sb_objective_weights_clear(&weights);
    sb_rules_clear(&rules);
    fmpq_clear(sum);
    fmpq_clear(least);
    sb_rationals_free(values, environment->signal_count);
    return status;
}

sb_status sb_robust_certify(const sb_environment *environment, const sb_consistent_set *set,
                            const sb_mechanism *mechanism, bool *holds, sb_cut *worst,
                            sb_error *error)
{
    sb_status status = sb_robust_check_form(environment, set, error);
    if (status != SB_OK) {
        return status;
    }
    int incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, 0);
    int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0);
    sb_robust_question question = {.environment = environment,
                                   .set = set,
                                   .mechanism = mechanism,
                                   .incentives = incentives == SB_IC_BAYES_NASH,
                                   .participation = participation == SB_IR_EX_INTERIM,
                                   .ex_post_incentives = incentives == SB_IC_EX_POST,
                                   .ex_post_participation = participation == SB_IR_EX_POST};
    sb_cut *found = NULL;
    size_t count = 0;
    status = sb_robust_find(&question, &found, &count, error);
    *holds = status == SB_OK && count == 0;
    if (status == SB_OK && count > 0 && worst != NULL) {
        status = sb_cut_copy(worst, &found[0], set->signal_count, error);
    }
    sb_cuts_free(found, count, set->signal_count);
    return status;
}
