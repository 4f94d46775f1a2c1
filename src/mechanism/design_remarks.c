/* What a solution says beside its numbers: where the rules promise less than they seem to.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_program.h"

static void remark_on_impossible_type(const sb_environment *environment, size_t agent, size_t type,
                                      sb_notes *remarks)
{
    int incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent);
    int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent);
    bool interim = incentives == SB_IC_BAYES_NASH || participation == SB_IR_EX_INTERIM;
    bool ex_post = incentives == SB_IC_EX_POST || participation == SB_IR_EX_POST;
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_marginal(probability, environment, agent, type);
    if (interim && fmpq_is_zero(probability)) {
        sb_notes_add(remarks, "%s of type %s has probability zero and so no interim row: %s",
                     sb_environment_player_name(environment, agent),
                     sb_environment_label(environment, agent, type),
                     ex_post ? "only the ex-post rule holds for this type"
                             : "the mechanism promises this type nothing");
    }
    fmpq_clear(probability);
}

/* Without the nested range condition the revelation principle fails (Green and Laffont 1986). */
static void remark_on_reporting_sets(const sb_environment *environment, size_t agent,
                                     sb_notes *remarks)
{
    size_t type = 0, between = 0, report = 0;
    if (sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent) == SB_IC_NONE ||
        sb_environment_reports_are_nested(environment, agent, &type, &between, &report)) {
        return;
    }
    sb_notes_add(remarks,
                 "the reporting sets of %s are not nested (%s may report %s, which may report %s, "
                 "which %s may not): an untruthful mechanism may do better than the best truthful "
                 "one, which is what is computed",
                 sb_environment_player_name(environment, agent),
                 sb_environment_label(environment, agent, type),
                 sb_environment_label(environment, agent, between),
                 sb_environment_label(environment, agent, report),
                 sb_environment_label(environment, agent, type));
}

void sb_design_remark(const sb_environment *environment, sb_notes *remarks)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            remark_on_impossible_type(environment, agent, type, remarks);
        }
        remark_on_reporting_sets(environment, agent, remarks);
    }
}
