/* Rules by agent and reporting sets for tests, and what they mean, from the definitions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_MECHANISM_OWN_H
#define SB_TESTS_MECHANISM_OWN_H

#include "unit/mechanism/environments.h"

static inline void set_own(sb_environment *environment, size_t agent, const char *ic,
                           const char *ir)
{
    assert_int_equal(sb_environment_set_rule(environment, SB_RULE_INCENTIVES, agent, ic, NULL),
                     SB_OK);
    assert_int_equal(sb_environment_set_rule(environment, SB_RULE_PARTICIPATION, agent, ir, NULL),
                     SB_OK);
}

/* "110 010 011": what each type may report, one flag a type. */
static inline void set_reports(sb_environment *environment, size_t agent, const char *flags)
{
    size_t count = environment->agents[agent].type_count;
    assert_int_equal(strlen(flags), count * (count + 1) - 1);
    for (size_t k = 0; k < count * count; k++) {
        size_t type = k / count, report = k % count;
        bool allowed = flags[type * (count + 1) + report] == '1';
        if (type != report) {
            assert_int_equal(
                sb_environment_set_report(environment, agent, type, report, allowed, NULL), SB_OK);
        } else {
            assert_true(allowed);
        }
    }
}

/* Each report is left out with chance 2/5. */
static inline void random_reports(sb_environment *environment, property_stream *stream)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        size_t count = environment->agents[agent].type_count;
        for (size_t k = 0; k < count * count; k++) {
            if (k / count != k % count && property_between(stream, 0, 4) < 2) {
                assert_int_equal(sb_environment_set_report(environment, agent, k / count, k % count,
                                                           false, NULL),
                                 SB_OK);
            }
        }
    }
}

/* Any choice for any agent; interim: none that is ex-post. */
static inline void random_own_rules(sb_environment *environment, property_stream *stream,
                                    bool interim)
{
    static const char *const incentives[] = {"bayes-nash", "none", "ex-post"};
    static const char *const participations[] = {"ex-interim", "ex-interim", "ex-ante", "none",
                                                 "ex-post"};
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        set_own(environment, agent, incentives[property_between(stream, 0, interim ? 1 : 2)],
                participations[property_between(stream, 0, interim ? 3 : 4)]);
    }
}

#endif
