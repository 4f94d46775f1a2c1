/* Random reporting sets and rules of agents' own for tests.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_REPORTS_CASES_H
#define SB_TESTS_REPORTS_CASES_H

#include "unit/mechanism/environments.h"

/* Each other report is allowed with `share` chances out of ten. */
static inline void random_reports_of(sb_environment *environment, size_t agent,
                                     property_stream *stream, long share)
{
    size_t count = environment->agents[agent].type_count;
    for (size_t type = 0; type < count; type++) {
        for (size_t report = 0; report < count; report++) {
            if (type != report) {
                assert_int_equal(sb_environment_set_report(environment, agent, type, report,
                                                           property_between(stream, 1, 10) <= share,
                                                           NULL),
                                 SB_OK);
            }
        }
    }
}

/* Of most agents, now few reports and now many. */
static inline void random_reports(sb_environment *environment, property_stream *stream)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (property_between(stream, 0, 3) > 0) {
            random_reports_of(environment, agent, stream, property_between(stream, 0, 9));
        }
    }
}

/* What its reports may report a type may report too. */
static inline void nest_reports(sb_environment *environment, size_t agent)
{
    size_t count = environment->agents[agent].type_count;
    for (size_t k = 0; k < count * count * count; k++) {
        size_t between = k / count / count, type = k / count % count, report = k % count;
        if (type != report && sb_environment_may_report(environment, agent, type, between) &&
            sb_environment_may_report(environment, agent, between, report)) {
            assert_int_equal(
                sb_environment_set_report(environment, agent, type, report, true, NULL), SB_OK);
        }
    }
    assert_true(sb_environment_reports_are_nested(environment, agent, NULL, NULL, NULL));
}

/* Own rules that nothing which has rules of its own may look at. */
static inline void odd_rules(sb_environment *environment)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, agent, SB_IC_NONE);
        sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION, agent,
                            agent == 0 ? SB_IR_EX_POST : SB_IR_EX_ANTE);
    }
}

#endif
