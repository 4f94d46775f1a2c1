/* Commands that add, remove and rename types and signals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "session/command.h"

/* ---- adding ---- */

/* The value of a new type: said, or read off a label that is a number; *value NULL: none needed. */
static sb_status new_value(sb_call *call, size_t player, const char *label, const char *said,
                           fmpq_t number, bool *needed)
{
    const sb_environment *environment = sb_call_environment(call);
    *needed = player < environment->agent_count && environment->agents[player].value_count == 1;
    if (!*needed && said != NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE, "a new type of `%s` takes no value",
                     sb_environment_player_name(environment, player));
        sb_error_set_hint(call->error, "say add-type PLAYER LABEL");
        return SB_ERROR_USAGE;
    }
    if (!*needed) {
        return SB_OK;
    }
    const char *text = said != NULL ? said : label;
    sb_status status = sb_rational_parse(number, text, strlen(text), call->error);
    if (status != SB_OK && said == NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE,
                     "a type labelled `%s` needs a value: what the item is worth to it", label);
        sb_error_set_hint(call->error, "say add-type PLAYER LABEL VALUE");
        return SB_ERROR_USAGE;
    }
    return status;
}

static sb_status add_type(sb_call *call, size_t player, const char *label, const char *said)
{
    bool needed = false;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = new_value(call, player, label, said, number, &needed);
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "add-type", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_player(&command, copy, player);
        sb_text_add(&command, " ");
        sb_words_quote(&command, label);
        if (needed) {
            sb_names_number(&command, number);
        }
        status = sb_environment_add_type(copy, player, label, needed ? number : NULL, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    fmpq_clear(number);
    return status;
}

static sb_status remove_type(sb_call *call, size_t player, size_t type)
{
    sb_environment *copy = NULL;
    sb_text command;
    sb_status status = sb_call_begin_named(call, "remove-type", &copy, &command);
    if (status == SB_OK) {
        sb_names_player(&command, copy, player);
        sb_names_type(&command, copy, player, type);
        status = sb_environment_remove_type(copy, player, type, call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}

sb_status sb_run_add_type(sb_call *call)
{
    size_t player = 0;
    sb_status status = sb_call_player(call, 0, &player);
    return status != SB_OK ? status
                           : add_type(call, player, call->arguments[1],
                                      call->count > 2 ? call->arguments[2] : NULL);
}

sb_status sb_run_remove_type(sb_call *call)
{
    size_t player = 0;
    size_t type = 0;
    sb_status status = sb_call_player(call, 0, &player);
    if (status == SB_OK) {
        status = sb_call_type(call, 1, player, &type);
    }
    return status == SB_OK ? remove_type(call, player, type) : status;
}

static sb_status need_signal(sb_call *call, size_t *player)
{
    const sb_environment *environment = sb_call_environment(call);
    if (!environment->has_signal) {
        sb_error_set(call->error, SB_ERROR_USAGE, "this environment has no external signal");
        sb_error_set_hint(call->error, "types of agents: add-type, remove-type");
        return SB_ERROR_USAGE;
    }
    *player = environment->agent_count;
    return SB_OK;
}

sb_status sb_run_add_signal(sb_call *call)
{
    size_t player = 0;
    sb_status status = need_signal(call, &player);
    return status == SB_OK ? add_type(call, player, call->arguments[0], NULL) : status;
}

sb_status sb_run_remove_signal(sb_call *call)
{
    size_t player = 0;
    size_t type = 0;
    sb_status status = need_signal(call, &player);
    if (status == SB_OK) {
        status = sb_call_type(call, 0, player, &type);
    }
    return status == SB_OK ? remove_type(call, player, type) : status;
}

/* ---- renaming ---- */

sb_status sb_run_rename_type(sb_call *call)
{
    size_t player = 0;
    size_t type = 0;
    sb_status status = sb_call_player(call, 0, &player);
    if (status == SB_OK) {
        status = sb_call_type(call, 1, player, &type);
    }
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "rename-type", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_player(&command, copy, player);
        sb_names_type(&command, copy, player, type);
        sb_text_add(&command, " ");
        sb_words_quote(&command, call->arguments[2]);
        status = sb_environment_rename_type(copy, player, type, call->arguments[2], call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}

sb_status sb_run_rename(sb_call *call)
{
    size_t player = 0;
    sb_status status = sb_call_player(call, 0, &player);
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "rename", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_player(&command, copy, player);
        sb_text_add(&command, " ");
        sb_words_quote(&command, call->arguments[1]);
        status = sb_environment_rename_player(copy, player, call->arguments[1], call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}
