/* The presenter: answers stay hidden until they are revealed, a stage at a time.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was revealed was revealed of one table under its rules: another one, reached by an edit, is
 * hidden again, and what everybody has seen already comes back with undo. A tour's question hides
 * in the same way for as long as its step is in hand; once answered it stays so, whatever is tried.
 * Views ask sb_session_shows before they look at an answer, so that not even the size of a pane
 * tells anything.
 */
#include <string.h>

#include "session/command.h"
#include "session/settings.h"

static sb_revealed revealed(const sb_session *session)
{
    bool of_this = !session->settings->presenter ||
                   sb_snapshot_same(session->revealed_of, sb_session_snapshot(session));
    return of_this ? session->revealed : SB_REVEALED_NOTHING;
}

bool sb_session_hides(const sb_session *session)
{
    return session->settings->presenter || sb_session_tour_question(session) != NULL;
}

bool sb_session_shows(const sb_session *session, sb_revealed stage)
{
    return !sb_session_hides(session) || revealed(session) >= stage;
}

bool sb_session_asked(const sb_session *session)
{
    return sb_session_tour_question(session) != NULL && !sb_session_shows(session, SB_REVEALED_ALL);
}

sb_revealed sb_screen_stage(sb_screen screen)
{
    switch (screen) {
    case SB_SCREEN_TABLE:
    case SB_SCREEN_HELP:
    case SB_SCREEN_COUNT:
        return SB_REVEALED_NOTHING;
    case SB_SCREEN_BASELINES:
        return SB_REVEALED_REVENUE;
    case SB_SCREEN_BLOW_UP:
    case SB_SCREEN_LP:
    case SB_SCREEN_INCENTIVES:
        return SB_REVEALED_PAYMENTS;
    case SB_SCREEN_GEOMETRY:
    case SB_SCREEN_MISBELIEF:
    case SB_SCREEN_ROBUST:
    case SB_SCREEN_SIMULATE:
        return SB_REVEALED_ALL;
    }
    return SB_REVEALED_ALL;
}

bool sb_session_message_answers(const sb_session *session)
{
    return session->message_answers;
}

bool sb_command_answers(const sb_command_description *command)
{
    static const char *const groups[] = {"Answers", "Robust", "Geometry", "Simulate"};
    static const char *const names[] = {"lp", "incentives", "baseline", "sensitivity"};
    for (size_t k = 0; k < sizeof groups / sizeof groups[0]; k++) {
        if (strcmp(command->group, groups[k]) == 0) {
            return true;
        }
    }
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strcmp(command->name, names[k]) == 0) {
            return true;
        }
    }
    return false;
}

void sb_presenter_reveal(sb_session *session, sb_revealed stage)
{
    sb_snapshot *current = sb_session_snapshot(session);
    sb_snapshot_release(session->revealed_of);
    session->revealed_of = current == NULL ? NULL : sb_snapshot_keep(current);
    session->revealed = stage;
}

/* The next stage that shows something more here; from the last one back to nothing. */
static sb_revealed next_stage(const sb_session *session)
{
    sb_revealed now = revealed(session);
    sb_revealed screen = sb_screen_stage(session->display.screen);
    if (now == SB_REVEALED_ALL) {
        return SB_REVEALED_NOTHING;
    }
    return now < screen ? screen : (sb_revealed)((int)now + 1);
}

sb_status sb_run_presenter(sb_call *call)
{
    enum { on, off, next, all, hide };
    static const char *const words[] = {"on", "off", "next", "all", "hide", NULL};
    sb_session *session = call->session;
    size_t choice = session->settings->presenter ? off : on;
    sb_status status = call->count == 0 ? SB_OK : sb_call_choice(call, 0, words, &choice);
    if (status != SB_OK) {
        return status;
    }
    if (choice == on || choice == off) {
        session->settings->presenter = choice == on;
        sb_presenter_reveal(session, choice == on ? SB_REVEALED_NOTHING : SB_REVEALED_ALL);
        return SB_OK;
    }
    if (!sb_session_hides(session)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "nothing is hidden");
        sb_error_set_hint(call->error, "presenter on hides the answers");
        return SB_ERROR_USAGE;
    }
    sb_presenter_reveal(session, choice == next  ? next_stage(session)
                                 : choice == all ? SB_REVEALED_ALL
                                                 : SB_REVEALED_NOTHING);
    return SB_OK;
}
