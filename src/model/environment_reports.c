/* Reporting sets: which types a type may report (partial verification).
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An agent whose sets leave nothing out keeps none, so that such environments are equal and written
 * alike.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_parts.h"

bool sb_environment_may_report(const sb_environment *environment, size_t agent, size_t type,
                               size_t report)
{
    const sb_agent *reporter = &environment->agents[agent];
    return reporter->reports == NULL || type == report ||
           reporter->reports[type * reporter->type_count + report];
}

bool sb_environment_may_report_any(const sb_environment *environment, size_t agent, size_t type)
{
    size_t report = 0;
    size_t count = environment->agents[agent].type_count;
    while (report < count && sb_environment_may_report(environment, agent, type, report)) {
        report++;
    }
    return report == count;
}

bool sb_environment_has_reporting_sets(const sb_environment *environment, size_t agent)
{
    if (agent < environment->agent_count) {
        return environment->agents[agent].reports != NULL;
    }
    for (size_t any = 0; any < environment->agent_count; any++) {
        if (environment->agents[any].reports != NULL) {
            return true;
        }
    }
    return false;
}

bool sb_environment_reports_are_nested(const sb_environment *environment, size_t agent,
                                       size_t *type, size_t *between, size_t *report)
{
    size_t count = environment->agents[agent].type_count;
    bool restricted = environment->agents[agent].reports != NULL;
    for (size_t k = 0; restricted && k < count * count * count; k++) {
        size_t from = k / (count * count), over = k / count % count, to = k % count;
        if (sb_environment_may_report(environment, agent, from, over) &&
            sb_environment_may_report(environment, agent, over, to) &&
            !sb_environment_may_report(environment, agent, from, to)) {
            if (type != NULL) {
                *type = from;
            }
            if (between != NULL) {
                *between = over;
            }
            if (report != NULL) {
                *report = to;
            }
            return false;
        }
    }
    return true;
}

void sb_reports_drop_full(bool **reports, size_t type_count)
{
    for (size_t k = 0; *reports != NULL && k < type_count * type_count; k++) {
        if (!(*reports)[k]) {
            return;
        }
    }
    free(*reports);
    *reports = NULL;
}

static sb_status check_report(const sb_environment *environment, size_t agent, size_t type,
                              size_t report, bool allowed, sb_error *error)
{
    if (agent >= environment->agent_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no agent number %zu: they end at %zu",
                            agent + 1, environment->agent_count);
    }
    size_t count = environment->agents[agent].type_count;
    if (type >= count || report >= count) {
        return sb_error_set(error, SB_ERROR_USAGE, "%s has no type number %zu: they end at %zu",
                            environment->agents[agent].name, (type >= count ? type : report) + 1,
                            count);
    }
    if (type == report && !allowed) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "type %s of %s may always report itself: only other reports can be "
                            "ruled out",
                            environment->agents[agent].types[type],
                            environment->agents[agent].name);
    }
    return SB_OK;
}

/* Sets that leave nothing out, where the agent has none. */
static sb_status begin_sets(sb_agent *reporter, sb_error *error)
{
    if (reporter->reports != NULL) {
        return SB_OK;
    }
    if (reporter->type_count > SB_MAX_REPORTING_TYPES) {
        sb_error_set(error, SB_ERROR_LIMIT,
                     "%s has %zu types, too many for reporting sets: they go with %d or "
                     "fewer",
                     reporter->name, reporter->type_count, SB_MAX_REPORTING_TYPES);
        return SB_ERROR_LIMIT;
    }
    size_t pairs = reporter->type_count * reporter->type_count;
    reporter->reports = sb_allocate(pairs, sizeof *reporter->reports);
    if (reporter->reports == NULL) {
        sb_out_of_memory(error);
        return SB_ERROR_MEMORY;
    }
    memset(reporter->reports, 1, pairs * sizeof *reporter->reports);
    return SB_OK;
}

sb_status sb_environment_set_report(sb_environment *environment, size_t agent, size_t type,
                                    size_t report, bool allowed, sb_error *error)
{
    sb_status status = check_report(environment, agent, type, report, allowed, error);
    if (status != SB_OK) {
        return status;
    }
    if (environment->agents[agent].reports == NULL && allowed) {
        return SB_OK;
    }
    sb_agent *reporter = &environment->agents[agent];
    status = begin_sets(reporter, error);
    if (status == SB_OK) {
        reporter->reports[type * reporter->type_count + report] = allowed;
        sb_reports_drop_full(&reporter->reports, reporter->type_count);
    }
    return status;
}

sb_status sb_environment_set_reports(sb_environment *environment, size_t agent, size_t type,
                                     const bool *allowed, sb_error *error)
{
    sb_status status = check_report(environment, agent, type, type, true, error);
    if (status != SB_OK) {
        return status;
    }
    sb_agent *reporter = &environment->agents[agent];
    status = begin_sets(reporter, error);
    if (status == SB_OK) {
        bool *row = reporter->reports + type * reporter->type_count;
        memcpy(row, allowed, reporter->type_count * sizeof *row);
        row[type] = true;
        sb_reports_drop_full(&reporter->reports, reporter->type_count);
    }
    return status;
}
