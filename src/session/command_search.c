/* The command that stops the search for a deterministic mechanism, and goes on with it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/command.h"

bool sb_session_search_stopped(const sb_session *session)
{
    return session->search_stopped;
}

bool sb_session_searching(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    return environment != NULL && !session->search_stopped && sb_session_solving(session) &&
           environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC;
}

static sb_status stop(sb_call *call)
{
    sb_session *session = call->session;
    if (!sb_session_searching(session)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "nothing is searched for now");
        sb_error_set_hint(call->error, "the explorer searches where deterministic is true");
        return SB_ERROR_USAGE;
    }
    session->search_stopped = true;
    session->wants.stopped = true; /* what is asked for stays the same */
    sb_engine_stop_search(session->engine);
    sb_text_add(call->output, "the search is stopped; the best mechanism so far is kept");
    return SB_OK;
}

static sb_status go_on(sb_call *call)
{
    sb_session *session = call->session;
    if (!session->search_stopped) {
        sb_error_set(call->error, SB_ERROR_USAGE, "no search was stopped");
        sb_error_set_hint(call->error, "search stop stops one");
        return SB_ERROR_USAGE;
    }
    session->search_stopped = false;
    sb_session_want(session);
    return SB_OK;
}

sb_status sb_run_search(sb_call *call)
{
    static const char *const words[] = {"stop", "go-on", "toggle", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, words, &choice);
    if (status != SB_OK) {
        return status;
    }
    if (choice != 1 && !sb_session_searching(call->session) && sb_reporting_stop(call->session)) {
        const char *said = "";
        (void)sb_session_message(call->session, &said);
        sb_text_add(call->output, said);
        return SB_OK;
    }
    bool stops = choice == 2 ? !call->session->search_stopped : choice == 0;
    return stops ? stop(call) : go_on(call);
}
