/* What the lists of profiles have in common: the filter in the heading, the profile at the cursor.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "view/panes.h"

char *sb_filter_note(const sb_session *session, size_t count, size_t all)
{
    const char *filter = sb_session_filter(session);
    return filter == NULL ? NULL : sb_format_text("%s: %zu of %zu", filter, count, all);
}

char *sb_whose_note(const sb_session *session)
{
    const sb_environment *environment = sb_results_environment(session);
    size_t whose = environment == NULL ? SB_NOWHERE : sb_session_whose(session, environment);
    return whose == SB_NOWHERE ? NULL : sb_format_text("of %s", environment->agents[whose].name);
}

size_t sb_selected_profile(const sb_session *session, const sb_environment *environment)
{
    const sb_environment *in_hand = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    size_t players = sb_environment_player_count(environment);
    if (in_hand == NULL || players != sb_environment_player_count(in_hand)) {
        return SB_NOWHERE;
    }
    for (size_t player = 0; player < players; player++) {
        if (display->cursor[player] >= sb_environment_player_size(environment, player)) {
            return SB_NOWHERE;
        }
    }
    return sb_environment_profile_join(environment, display->cursor);
}
