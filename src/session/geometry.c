/* The geometry screen of a session: what it shows, and of which type.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/state.h"

sb_geometry_choice sb_session_geometry_choice(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    sb_geometry_choice choice = session->display.geometry;
    if (environment == NULL || sb_geometry_choice_check(environment, &choice, NULL) == SB_OK) {
        return choice;
    }
    return (sb_geometry_choice){
        .agent = choice.agent < environment->agent_count ? choice.agent : 0,
        .components = choice.components,
    };
}

const sb_geometry *sb_session_geometry(const sb_session *session)
{
    if (!sb_session_results_current(session)) {
        return NULL;
    }
    const sb_geometry *geometry = sb_results_geometry(session->results);
    const sb_geometry_choice choice = sb_session_geometry_choice(session);
    return geometry != NULL && sb_geometry_choice_equal(&geometry->choice, &choice) ? geometry
                                                                                    : NULL;
}

size_t sb_session_geometry_type(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        return 0;
    }
    size_t types = environment->agents[sb_session_geometry_choice(session).agent].type_count;
    size_t type = session->display.geometry_type;
    return type < types ? type : types - 1;
}
