/* Commands where profiles or agents are many: a list, a filter, whose numbers are shown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/filter.h"

const char *sb_session_filter(const sb_session *session)
{
    return session->filter;
}

size_t *sb_session_filtered(const sb_session *session, const sb_environment *environment,
                            size_t *count)
{
    size_t *profiles =
        session->filter == NULL ? NULL : sb_filter_profiles(environment, session->filter, count);
    if (profiles == NULL) {
        *count = sb_environment_profile_count(environment);
    }
    return profiles;
}

/* The cursor goes to the first profile on the list at or behind where it is, else to the first. */
static void move_into_list(sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t count = 0;
    size_t *profiles = sb_session_filtered(session, environment, &count);
    size_t at = sb_cursor_profile(session);
    for (size_t k = 0; profiles != NULL && k < count; k++) {
        if (profiles[k] >= at || k + 1 == count) {
            size_t chosen = profiles[k] >= at ? profiles[k] : profiles[0];
            sb_environment_profile_split(environment, chosen, session->display.cursor);
            break;
        }
    }
    free(profiles);
}

static void say_count(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t count = 0;
    free(sb_session_filtered(call->session, environment, &count));
    size_t all = sb_environment_profile_count(environment);
    if (!call->for_message || count == 0) {
        sb_text_add_format(call->output, "%zu of %zu profiles%s\n", count, all,
                           count == 0 ? "; filter alone shows all again" : "");
    }
    call->warning = count == 0;
}

sb_status sb_run_filter(sb_call *call)
{
    sb_session *session = call->session;
    char *text = NULL;
    if (call->count > 0) {
        sb_status status = sb_filter_text(sb_call_environment(call), call->arguments, call->count,
                                          &text, call->error);
        if (status != SB_OK) {
            return status;
        }
    }
    free(session->filter);
    session->filter = text;
    session->display.scroll[SB_PANE_MECHANISM] = 0;
    session->display.comparison_scroll = 0;
    if (text != NULL) {
        move_into_list(session);
        say_count(call);
    }
    return SB_OK;
}

sb_status sb_run_list(sb_call *call)
{
    sb_status status = sb_call_switch(call, &call->session->display.list);
    if (status == SB_OK) {
        call->session->display.pane = SB_PANE_PRIOR;
        move_into_list(call->session);
    }
    return status;
}

/* next and previous go round by way of everybody. */
sb_status sb_run_agent(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t agents = sb_call_environment(call)->agent_count;
    const char *word = call->arguments[0];
    size_t whose = display->whose > agents ? 0 : display->whose;
    if (strcmp(word, "next") == 0) {
        whose = (whose + 1) % (agents + 1);
    } else if (strcmp(word, "previous") == 0) {
        whose = (whose + agents) % (agents + 1);
    } else if (strcmp(word, "all") == 0) {
        whose = 0;
    } else {
        size_t agent = 0;
        sb_status status = sb_call_agent(call, 0, &agent);
        if (status != SB_OK) {
            return status;
        }
        whose = agent + 1;
    }
    display->whose = whose;
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        display->scroll[pane] = 0;
    }
    return SB_OK;
}

size_t sb_session_whose(const sb_session *session, const sb_environment *environment)
{
    size_t whose = session->display.whose;
    return whose == 0 || whose > environment->agent_count ? SB_NOWHERE : whose - 1;
}
