/* Commands about what outcomes are worth: to the agents, to the seller, and outside.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/command.h"

/* The end of a command AGENT TYPE NUMBER: the one number that `set` sets. */
static sb_status set_of_type(sb_call *call, size_t agent, const char *name,
                             sb_status (*set)(sb_environment *, size_t, size_t, const fmpq_t,
                                              sb_error *))
{
    size_t type = 0;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_type(call, 1, agent, &type);
    if (status == SB_OK) {
        status = sb_call_number(call, 2, number);
    }
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, name, &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_player(&command, copy, agent);
        sb_names_type(&command, copy, agent, type);
        sb_names_number(&command, number);
        status = set(copy, agent, type, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    fmpq_clear(number);
    return status;
}

/* Set one entry, and log the command `value` or `utility` that does it again. */
sb_status sb_set_entry(sb_call *call, size_t agent, size_t type, size_t entry, const fmpq_t number)
{
    sb_environment *copy = NULL;
    sb_text command;
    bool general = sb_call_environment(call)->form == SB_FORM_GENERAL;
    sb_status status = sb_call_begin_named(call, general ? "utility" : "value", &copy, &command);
    if (status == SB_OK) {
        sb_names_player(&command, copy, agent);
        sb_names_type(&command, copy, agent, type);
        if (general) {
            sb_names_outcome(&command, copy, entry);
        } else if (sb_environment_entry_count(copy, agent) > 1) {
            sb_names_entry(&command, copy, agent, entry);
        }
        sb_names_number(&command, number);
        status = sb_environment_set_entry(copy, agent, type, entry, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}

/* Which of an agent's several values is meant, between the type and the number. */
static sb_status find_entry(sb_call *call, size_t agent, size_t *entry)
{
    const sb_environment *environment = sb_call_environment(call);
    *entry = 0;
    if (call->count > 3) {
        return sb_environment_find_entry(environment, agent, call->arguments[2], entry,
                                         call->error);
    }
    if (sb_environment_entry_count(environment, agent) == 1) {
        return SB_OK;
    }
    char *name = sb_environment_entry_name(environment, agent, 0);
    sb_error_set(call->error, SB_ERROR_USAGE, "the types of `%s` have several values each",
                 environment->agents[agent].name);
    sb_error_set_hint(call->error, "say of what, as in value AGENT TYPE %s NUMBER",
                      name == NULL ? "" : name);
    free(name);
    return SB_ERROR_USAGE;
}

sb_status sb_run_value(sb_call *call)
{
    size_t agent = 0;
    size_t type = 0;
    size_t entry = 0;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_agent(call, 0, &agent);
    if (status == SB_OK && sb_call_environment(call)->form == SB_FORM_GENERAL) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "this environment has outcomes of its own, not one item with values");
        sb_error_set_hint(call->error, "say utility AGENT TYPE OUTCOME NUMBER");
    }
    if (status == SB_OK) {
        status = sb_call_type(call, 1, agent, &type);
    }
    if (status == SB_OK) {
        status = find_entry(call, agent, &entry);
    }
    if (status == SB_OK) {
        status = sb_call_number(call, call->count - 1, number);
    }
    if (status == SB_OK) {
        status = sb_set_entry(call, agent, type, entry, number);
    }
    fmpq_clear(number);
    return status;
}

sb_status sb_run_utility(sb_call *call)
{
    size_t agent = 0;
    size_t type = 0;
    size_t outcome = 0;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_agent(call, 0, &agent);
    if (status == SB_OK && sb_call_environment(call)->form != SB_FORM_GENERAL) {
        bool several = sb_environment_entry_count(sb_call_environment(call), agent) > 1;
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              sb_call_environment(call)->form == SB_FORM_ITEM
                                  ? "with one item for sale, utilities follow from the values"
                                  : "in this environment utilities follow from the values");
        sb_error_set_hint(call->error, several ? "say value AGENT TYPE OF NUMBER"
                                               : "say value AGENT TYPE NUMBER");
    }
    if (status == SB_OK) {
        status = sb_call_type(call, 1, agent, &type);
    }
    if (status == SB_OK) {
        status = sb_names_find_outcome(sb_call_environment(call), call->arguments[2], &outcome,
                                       call->error);
    }
    if (status == SB_OK) {
        status = sb_call_number(call, 3, number);
    }
    if (status == SB_OK) {
        status = sb_set_entry(call, agent, type, outcome, number);
    }
    fmpq_clear(number);
    return status;
}

sb_status sb_run_outside(sb_call *call)
{
    size_t agent = 0;
    sb_status status = sb_call_agent(call, 0, &agent);
    return status == SB_OK ? set_of_type(call, agent, "outside", sb_environment_set_outside)
                           : status;
}

sb_status sb_run_designer(sb_call *call)
{
    size_t outcome = 0;
    fmpq_t number;
    fmpq_init(number);
    sb_status status =
        sb_names_find_outcome(sb_call_environment(call), call->arguments[0], &outcome, call->error);
    if (status == SB_OK) {
        status = sb_call_number(call, 1, number);
    }
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "designer", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_outcome(&command, copy, outcome);
        sb_names_number(&command, number);
        status = sb_environment_set_designer(copy, outcome, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    fmpq_clear(number);
    return status;
}

sb_status sb_run_reserve(sb_call *call)
{
    size_t good = 0;
    bool named = call->count > 1;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = named ? sb_call_good(call, 0, &good) : SB_OK;
    if (status == SB_OK) {
        status = sb_call_number(call, call->count - 1, number);
    }
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "reserve", &copy, &command);
    }
    if (status == SB_OK) {
        if (named) {
            sb_names_good(&command, copy, good);
        }
        sb_names_number(&command, number);
        status = named ? sb_environment_set_good_reserve(copy, good, number, call->error)
                       : sb_environment_set_reserve(copy, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    fmpq_clear(number);
    return status;
}

sb_status sb_run_cost(sb_call *call)
{
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_number(call, 0, number);
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "cost", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_number(&command, number);
        status = sb_environment_set_cost(copy, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    fmpq_clear(number);
    return status;
}
