/* Looking at other screens for a while, as a report does, without a trace in the session.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "session/state.h"

struct sb_session_view {
    sb_display display;
    sb_snapshot *curve, *on_line; /* references; NULL: none */
    fmpq_t lambda;
};

static sb_snapshot *keep(sb_snapshot *snapshot)
{
    return snapshot == NULL ? NULL : sb_snapshot_keep(snapshot);
}

sb_session_view *sb_session_keep_view(sb_session *session)
{
    sb_session_view *view = sb_allocate(1, sizeof *view);
    if (view == NULL) {
        return NULL;
    }
    view->display = session->display;
    view->curve = keep(session->curve);
    view->on_line = keep(session->on_line);
    fmpq_init(view->lambda);
    fmpq_set(view->lambda, session->lambda);
    session->looking = true;
    return view;
}

void sb_session_restore_view(sb_session *session, sb_session_view *view)
{
    sb_snapshot_release(session->curve);
    sb_snapshot_release(session->on_line);
    session->display = view->display;
    session->curve = view->curve;
    session->on_line = view->on_line;
    fmpq_set(session->lambda, view->lambda);
    fmpq_clear(view->lambda);
    free(view);
    session->looking = false;
}

sb_status sb_session_look(sb_session *session, sb_screen screen, sb_error *error)
{
    session->display.screen = screen;
    if (screen == SB_SCREEN_BLOW_UP) {
        sb_line_leave(session); /* the curves of the table in hand */
        sb_line_enter(session);
    }
    return sb_session_complete_display(session, error);
}

void sb_session_look_at(sb_session *session, bool cap, sb_robust_view robust)
{
    session->display.cap_plot = cap;
    session->display.robust_view = robust;
}

void sb_session_look_at_agent(sb_session *session, size_t agent)
{
    session->display.incentive_agent = agent;
    session->display.incentive_others = 0;
    session->display.incentive_replies = false;
}
