/* Reading a command's arguments, and beginning and ending a change.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

const sb_environment *sb_call_environment(const sb_call *call)
{
    return sb_session_environment(call->session);
}

sb_status sb_call_wrong(sb_call *call)
{
    sb_error_set(call->error, SB_ERROR_USAGE, "%s cannot be used like this",
                 call->command->description.name);
    sb_error_set_hint(call->error, "usage: %s", call->command->description.synopsis);
    return SB_ERROR_USAGE;
}

sb_status sb_call_join(sb_call *call, size_t from, size_t to, const char *separator)
{
    sb_status status = sb_words_join(call->words, from + 1, to + 1, separator, call->error);
    call->count = call->words->count - 1;
    return status;
}

sb_status sb_call_number(sb_call *call, size_t argument, fmpq_t number)
{
    const char *text = call->arguments[argument];
    return sb_rational_parse(number, text, strlen(text), call->error);
}

sb_status sb_call_count(sb_call *call, size_t argument, size_t least, size_t most, size_t *number)
{
    const char *text = call->arguments[argument];
    size_t value = 0;
    bool digits = text[0] != '\0';
    for (const char *at = text; *at != '\0' && digits; at++) {
        digits = *at >= '0' && *at <= '9' && value <= most;
        value = value * 10 + (size_t)(*at - '0');
    }
    if (!digits || value < least || value > most) {
        sb_error_set(call->error, SB_ERROR_USAGE, "`%s` is not a whole number from %zu to %zu",
                     text, least, most);
        sb_error_set_hint(call->error, "usage: %s", call->command->description.synopsis);
        return SB_ERROR_USAGE;
    }
    *number = value;
    return SB_OK;
}

sb_status sb_call_choice(sb_call *call, size_t argument, const char *const *choices, size_t *choice)
{
    for (size_t index = 0; choices[index] != NULL; index++) {
        if (strcmp(choices[index], call->arguments[argument]) == 0) {
            *choice = index;
            return SB_OK;
        }
    }
    sb_text list;
    sb_text_init(&list);
    for (size_t index = 0; choices[index] != NULL; index++) {
        sb_text_add(&list, index == 0 ? "" : choices[index + 1] == NULL ? " or " : ", ");
        sb_text_add(&list, choices[index]);
    }
    char *text = sb_text_take(&list, call->error);
    if (text == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_error_set(call->error, SB_ERROR_USAGE, "%s does not know `%s`",
                 call->command->description.name, call->arguments[argument]);
    sb_error_set_hint(call->error, "say %s", text);
    free(text);
    return SB_ERROR_USAGE;
}

sb_status sb_call_switch(sb_call *call, bool *value)
{
    if (call->count == 0) {
        *value = !*value;
        return SB_OK;
    }
    static const char *const words[] = {"on", "off", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, words, &choice);
    if (status == SB_OK) {
        *value = choice == 0;
    }
    return status;
}

sb_status sb_call_player(sb_call *call, size_t argument, size_t *player)
{
    return sb_environment_find_player(sb_call_environment(call), call->arguments[argument], player,
                                      call->error);
}

sb_status sb_call_agent(sb_call *call, size_t argument, size_t *agent)
{
    sb_status status = sb_call_player(call, argument, agent);
    if (status == SB_OK && *agent >= sb_call_environment(call)->agent_count) {
        return sb_error_set(call->error, SB_ERROR_USAGE,
                            "`%s` is the signal, which is seen and not bid on: it has no values",
                            call->arguments[argument]);
    }
    return status;
}

sb_status sb_call_type(sb_call *call, size_t argument, size_t player, size_t *type)
{
    return sb_environment_find_type(sb_call_environment(call), player, call->arguments[argument],
                                    type, call->error);
}

sb_status sb_call_profile(sb_call *call, size_t from, size_t to, size_t *profile)
{
    if (to <= from) {
        return sb_call_wrong(call);
    }
    bool commas = false;
    for (size_t argument = from; argument < to; argument++) {
        commas = commas || strchr(call->arguments[argument], ',') != NULL;
    }
    sb_status status = sb_call_join(call, from, to, commas ? " " : ",");
    if (status != SB_OK) {
        return status;
    }
    return sb_environment_find_profile(sb_call_environment(call), call->arguments[from], profile,
                                       call->error);
}

/* ---- changes ---- */

sb_environment *sb_call_begin(sb_call *call)
{
    sb_environment *copy = sb_environment_copy(sb_call_environment(call));
    if (copy == NULL) {
        sb_out_of_memory(call->error);
    }
    return copy;
}

sb_status sb_call_begin_named(sb_call *call, const char *name, sb_environment **copy,
                              sb_text *command)
{
    sb_text_init(command);
    *copy = sb_call_begin(call);
    if (*copy == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_text_add(command, name);
    return SB_OK;
}

sb_status sb_call_commit(sb_call *call, sb_environment *copy, sb_text *command, sb_status status)
{
    if (status != SB_OK) {
        sb_environment_free(copy);
        sb_text_clear(command);
        return status;
    }
    char *text = sb_text_take(command, call->error);
    if (text == NULL) {
        sb_environment_free(copy);
        return SB_ERROR_MEMORY;
    }
    bool changed = false;
    status = sb_session_replace(call->session, copy, text, &changed, call->error);
    if (status == SB_OK && !changed && call->for_message) {
        sb_text_add(call->output, "nothing changes: it was so already");
    }
    free(text);
    return status;
}
