/* Commands about what outcomes are worth: to the agents, to the seller, and outside.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
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

sb_status sb_run_value(sb_call *call)
{
    size_t agent = 0;
    sb_status status = sb_call_agent(call, 0, &agent);
    if (status == SB_OK && sb_call_environment(call)->form != SB_FORM_ITEM) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "this environment has outcomes of its own, not one item with values");
        sb_error_set_hint(call->error, "say utility AGENT TYPE OUTCOME NUMBER");
    }
    return status == SB_OK ? set_of_type(call, agent, "value", sb_environment_set_value) : status;
}

sb_status sb_run_utility(sb_call *call)
{
    size_t agent = 0;
    size_t type = 0;
    size_t outcome = 0;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_agent(call, 0, &agent);
    if (status == SB_OK && sb_call_environment(call)->form == SB_FORM_ITEM) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "with one item for sale, utilities follow from the values");
        sb_error_set_hint(call->error, "say value AGENT TYPE NUMBER");
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
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "utility", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_player(&command, copy, agent);
        sb_names_type(&command, copy, agent, type);
        sb_names_outcome(&command, copy, outcome);
        sb_names_number(&command, number);
        status = sb_environment_set_utility(copy, agent, type, outcome, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
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
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_number(call, 0, number);
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "reserve", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_number(&command, number);
        status = sb_environment_set_reserve(copy, number, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    fmpq_clear(number);
    return status;
}
