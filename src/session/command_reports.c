/* Reporting sets: the command that changes them, and what `show reports` prints.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The word behind the type says what the types behind it are, so that no label can be mistaken for
 * it. What is logged says the whole set, whatever it was before.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/text_table.h"

/* ---- changing ---- */

typedef enum set_change { ANY, ONLY, ALSO, NOT } set_change;

static sb_status find_reporter(sb_call *call, size_t *agent, size_t *type)
{
    const sb_environment *environment = sb_call_environment(call);
    sb_status status = sb_call_player(call, 0, agent);
    if (status == SB_OK && *agent >= environment->agent_count) {
        return sb_error_set(call->error, SB_ERROR_USAGE,
                            "`%s` is the signal, which is seen: nobody reports it",
                            call->arguments[0]);
    }
    return status == SB_OK ? sb_call_type(call, 1, *agent, type) : status;
}

/* What the words say, into allowed, where the set of now stands. */
static sb_status read_set(sb_call *call, set_change change, size_t agent, size_t type,
                          bool *allowed)
{
    size_t count = sb_call_environment(call)->agents[agent].type_count;
    bool takes_none = change == ANY && call->count > 3;
    bool takes_some = (change == ALSO || change == NOT) && call->count == 3;
    if (takes_none || takes_some) {
        return sb_call_wrong(call);
    }
    for (size_t report = 0; report < count && (change == ANY || change == ONLY); report++) {
        allowed[report] = change == ANY;
    }
    for (size_t argument = 3; argument < call->count; argument++) {
        size_t report = 0;
        sb_status status = sb_call_type(call, argument, agent, &report);
        if (status != SB_OK) {
            return status;
        }
        if (change == NOT && report == type) {
            return sb_error_set(call->error, SB_ERROR_USAGE,
                                "a type may always report itself: `%s` cannot be ruled out here",
                                call->arguments[argument]);
        }
        allowed[report] = change != NOT;
    }
    allowed[type] = true;
    return SB_OK;
}

/* " any", or " only" and the types but its own. */
static void add_set(sb_text *command, const sb_environment *environment, size_t agent, size_t type)
{
    bool any = sb_environment_may_report_any(environment, agent, type);
    sb_text_add(command, any ? " any" : " only");
    for (size_t report = 0; !any && report < environment->agents[agent].type_count; report++) {
        if (report != type && sb_environment_may_report(environment, agent, type, report)) {
            sb_names_type(command, environment, agent, report);
        }
    }
}

static sb_status set_reports(sb_call *call, size_t agent, size_t type, const bool *allowed)
{
    sb_environment *copy = NULL;
    sb_text command;
    sb_status status = sb_call_begin_named(call, "reports", &copy, &command);
    if (status == SB_OK) {
        status = sb_environment_set_reports(copy, agent, type, allowed, call->error);
        sb_names_player(&command, copy, agent);
        sb_names_type(&command, copy, agent, type);
        add_set(&command, copy, agent, type);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}

sb_status sb_run_reports(sb_call *call)
{
    size_t agent = 0;
    size_t type = 0;
    size_t word = 0;
    sb_status status = find_reporter(call, &agent, &type);
    if (status == SB_OK) {
        status = sb_call_choice(call, 2, call->command->description.choices, &word);
    }
    if (status != SB_OK) {
        return status;
    }
    const sb_environment *environment = sb_call_environment(call);
    size_t count = environment->agents[agent].type_count;
    bool *allowed = sb_allocate(count, sizeof *allowed);
    if (allowed == NULL) {
        return sb_out_of_memory(call->error);
    }
    for (size_t report = 0; report < count; report++) {
        allowed[report] = sb_environment_may_report(environment, agent, type, report);
    }
    status = read_set(call, (set_change)word, agent, type, allowed);
    if (status == SB_OK) {
        status = set_reports(call, agent, type, allowed);
    }
    free(allowed);
    return status;
}

/* ---- showing ---- */

/* A row a type, a column a report. */
static void add_matrix(sb_call *call, size_t agent)
{
    const sb_environment *environment = sb_call_environment(call);
    const sb_agent *reporter = &environment->agents[agent];
    sb_text_table table;
    sb_text_table_init(&table, reporter->type_count + 1, 1);
    sb_text_table_add(&table, "");
    for (size_t type = 0; type < reporter->type_count; type++) {
        sb_text_table_add(&table, reporter->types[type]);
    }
    for (size_t type = 0; type < reporter->type_count; type++) {
        sb_text_table_add(&table, reporter->types[type]);
        for (size_t report = 0; report < reporter->type_count; report++) {
            bool may = sb_environment_may_report(environment, agent, type, report);
            sb_text_table_add(&table, may ? "yes" : "-");
        }
    }
    sb_call_table(call, &table);
}

/* Where the best truthful mechanism may be beaten by one that is not. */
static void add_doubt(sb_call *call, size_t agent)
{
    const sb_environment *environment = sb_call_environment(call);
    char *const *types = environment->agents[agent].types;
    size_t type = 0;
    size_t between = 0;
    size_t report = 0;
    if (!sb_environment_reports_are_nested(environment, agent, &type, &between, &report)) {
        sb_text_add_format(call->output,
                           "  not nested: %s may report %s, which may report %s, which %s may "
                           "not; a mechanism that is not truthful may do better\n",
                           types[type], types[between], types[report], types[type]);
    }
}

/* In the explorer a line has room for the sets as they stand in files. */
static sb_status say_sets(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    const char *before = "";
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (sb_environment_has_reporting_sets(environment, agent)) {
            char *sets = sb_environment_format_reports(environment, agent);
            if (sets == NULL) {
                return sb_out_of_memory(call->error);
            }
            sb_text_add_format(call->output, "%s%s may report %s", before,
                               environment->agents[agent].name, sets);
            before = "; ";
            free(sets);
        }
    }
    return SB_OK;
}

sb_status sb_show_reports(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    if (!sb_environment_has_reporting_sets(environment, SB_NOWHERE)) {
        sb_text_add_format(call->output, "any type may report any%s",
                           call->for_message ? "" : "\n");
        return SB_OK;
    }
    if (call->for_message) {
        return say_sets(call);
    }
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        bool restricted = sb_environment_has_reporting_sets(environment, agent);
        sb_text_add_format(call->output, "%s: %s\n", environment->agents[agent].name,
                           restricted ? "rows may report columns" : "any type may report any");
        if (restricted) {
            add_matrix(call, agent);
            add_doubt(call, agent);
        }
    }
    return SB_OK;
}
