/* Commands about the session as a whole: echo, help, quit.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "session/command.h"

sb_status sb_run_echo(sb_call *call)
{
    sb_text_add_format(call->output, "%s\n", call->count > 0 ? call->arguments[0] : "");
    return SB_OK;
}

/* A rule's choices, from the table of rules. */
static void explain_choices(sb_call *call, const sb_rule_description *rule)
{
    for (int choice = 0; choice < rule->choice_count; choice++) {
        const char *takes = rule->choices[choice].takes;
        sb_text_add_format(call->output, "    %s%s%s: %s\n", rule->choices[choice].name,
                           takes != NULL ? ":" : "", takes != NULL ? takes : "",
                           rule->choices[choice].explanation);
    }
}

static void explain(sb_call *call, const sb_command *explained)
{
    const sb_command_description *command = &explained->description;
    const char *shorter = sb_command_short_name(command);
    if (call->for_message) {
        sb_text_add_format(call->output, "%s: %s", command->synopsis, command->summary);
        return;
    }
    sb_text_add_format(call->output, "%s\n    %s\n", command->synopsis, command->summary);
    if (explained->run == sb_run_rule) {
        explain_choices(call, sb_rule_describe(explained->rule));
    } else if (command->details[0] != '\0') {
        sb_text_add_format(call->output, "    %s\n", command->details);
    }
    if (shorter != NULL) {
        sb_text_add_format(call->output, "    In short: %s\n", shorter);
    }
}

static void list_commands(sb_call *call)
{
    size_t width = 0;
    for (size_t index = 0; index < sb_command_count(); index++) {
        size_t length = strlen(sb_command_at(index)->name);
        width = length > width ? length : width;
    }
    const char *group = "";
    for (size_t index = 0; index < sb_command_count(); index++) {
        const sb_command_description *command = sb_command_at(index);
        if (strcmp(group, command->group) != 0) {
            sb_text_add_format(call->output, "%s%s\n", index == 0 ? "" : "\n", command->group);
            group = command->group;
        }
        sb_text_add_format(call->output, "  %-*s  %s\n", (int)width, command->name,
                           command->summary);
    }
    sb_text_add(call->output, "\n`help NAME` says more about one of them.\n");
}

sb_status sb_run_help(sb_call *call)
{
    if (call->count > 0) {
        const sb_command *command = sb_command_lookup(call->arguments[0], call->error);
        if (command == NULL) {
            return SB_ERROR_USAGE;
        }
        explain(call, command);
    } else if (call->for_message) {
        call->session->display.screen = SB_SCREEN_HELP;
        call->session->entry.active = false;
    } else {
        list_commands(call);
    }
    return SB_OK;
}

/* In scripts how long something took must not decide. */
sb_status sb_call_refuse_unsaved_simulation(sb_call *call, const char *otherwise)
{
    static const double worth_keeping = 3; /* seconds */
    if (!call->for_message || sb_simulating_unsaved(call->session) < worth_keeping) {
        return SB_OK;
    }
    sb_error_set(call->error, SB_ERROR_USAGE, "the simulation's %zu repetitions are not saved",
                 sb_simulation_done(call->session->simulating.simulation));
    sb_error_set_hint(call->error, "simulate save FILE keeps them, %s gives them up", otherwise);
    return SB_ERROR_USAGE;
}

sb_status sb_run_quit(sb_call *call)
{
    if (sb_session_tour(call->session, NULL) != NULL) {
        sb_touring_leave(call->session);
        call->warning = true;
        sb_text_add(call->output, "the tour is left; quit again to leave sidebet\n");
        return SB_OK;
    }
    if (call->session->modified) {
        sb_error_set(call->error, SB_ERROR_USAGE, "there are unsaved changes");
        sb_error_set_hint(call->error, call->for_message
                                           ? "w saves them, Q leaves and gives them up"
                                           : "save them: save; or give them up: quit!");
        return SB_ERROR_USAGE;
    }
    sb_status status = sb_call_refuse_unsaved_simulation(call, "Q");
    call->session->quitting = call->session->quitting || status == SB_OK;
    return status;
}

sb_status sb_run_quit_anyway(sb_call *call)
{
    sb_touring_leave(call->session);
    call->session->quitting = true;
    call->session->discarding = true;
    return SB_OK;
}
