/* What a robust optimum lies between: no doubt, and any belief.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/robust_price.h"

sb_status sb_robust_limits(const sb_environment *environment, const sb_lp_options *options,
                           sb_baseline *bayesian, sb_baseline *ex_post, sb_error *error)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_rules_copy(&rules, &environment->rules);
    if (sb_rules_of(&rules, SB_RULE_INCENTIVES, 0) == SB_IC_BAYES_NASH) {
        sb_rules_choose(&rules, SB_RULE_INCENTIVES, SB_IC_EX_POST);
    }
    if (sb_rules_of(&rules, SB_RULE_PARTICIPATION, 0) == SB_IR_EX_INTERIM) {
        sb_rules_choose(&rules, SB_RULE_PARTICIPATION, SB_IR_EX_POST);
    }
    sb_status status = sb_design_value(environment, NULL, NULL, options, &bayesian->status,
                                       &bayesian->proof, &bayesian->objective, error);
    if (status == SB_OK) {
        status = sb_design_value(environment, &rules, NULL, options, &ex_post->status,
                                 &ex_post->proof, &ex_post->objective, error);
    }
    sb_rules_clear(&rules);
    return status;
}
