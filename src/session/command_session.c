/* Commands about the session as a whole: echo, quit.
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
    bool touring = sb_session_tour(call->session, NULL) != NULL;
    sb_touring_leave(call->session);
    if (touring && call->for_message) {
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
    if (status == SB_OK && sb_session_reporting(call->session) != NULL) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "the report %.200s is being written",
                              sb_session_reporting(call->session));
        sb_error_set_hint(call->error, "wait for it, or Q leaves and gives it up");
    }
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
