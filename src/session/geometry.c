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

/* The first type that has no side bet; else the first that needs one. */
static size_t most_telling(const sb_geometry *geometry)
{
    size_t first = SB_NOWHERE;
    for (size_t t = 0; t < geometry->type_count; t++) {
        const sb_geometry_type *type = &geometry->types[t];
        if (type->confirmed && !type->holds) {
            return t;
        }
        first = first == SB_NOWHERE && type->confirmed && type->needs_bet ? t : first;
    }
    return first == SB_NOWHERE ? 0 : first;
}

size_t sb_session_geometry_type(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        return 0;
    }
    size_t types = environment->agents[sb_session_geometry_choice(session).agent].type_count;
    size_t type = session->display.geometry_type;
    const sb_geometry *geometry = sb_session_geometry(session);
    if (!session->display.geometry_chosen && geometry != NULL) {
        type = most_telling(geometry);
    }
    return type < types ? type : types - 1;
}
