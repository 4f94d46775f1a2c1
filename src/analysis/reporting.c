/* What only holds under reporting sets of some kind.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/reporting.h"

sb_status sb_want_nested_reports(const sb_environment *environment, const char *what,
                                 sb_error *error)
{
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        size_t type, between, report;
        if (!sb_environment_reports_are_nested(environment, index, &type, &between, &report)) {
            sb_error_set(error, SB_ERROR_USAGE,
                         "%s cannot be computed from truthful mechanisms alone: %s of type %s may "
                         "report %s, which may report %s, which type %s may not",
                         what, agent->name, agent->types[type], agent->types[between],
                         agent->types[report], agent->types[type]);
            sb_error_set_hint(error, "let type %s of %s report %s too", agent->types[type],
                              agent->name, agent->types[report]);
            return SB_ERROR_USAGE;
        }
    }
    return SB_OK;
}
