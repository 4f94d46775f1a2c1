/* Settings: what there is to choose, and the commands that switch.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

static const sb_theme_description themes[SB_THEME_COUNT] = {
    [SB_THEME_DEFAULT] = {"default", "for dark and light terminals alike", false},
    [SB_THEME_PROJECTOR] = {"projector", "black on white, bold, with fewer words", true},
    [SB_THEME_LIGHT] = {"light", "darker colours, for a light background", false},
    [SB_THEME_MONO] = {"mono", "no colours", false},
};

const sb_theme_description *sb_theme_describe(sb_theme theme)
{
    return &themes[theme];
}

sb_settings *sb_settings_new(void)
{
    return sb_allocate(1, sizeof(sb_settings));
}

void sb_settings_free(sb_settings *settings)
{
    if (settings != NULL) {
        sb_own_keys_clear(&settings->keys);
    }
    free(settings);
}

const sb_settings *sb_session_settings(const sb_session *session)
{
    return session->settings;
}

sb_status sb_run_theme(sb_call *call)
{
    if (call->count == 0) {
        const sb_theme_description *theme = sb_theme_describe(call->session->settings->theme);
        sb_text_add_format(call->output, "%s: %s\n", theme->name, theme->summary);
        return SB_OK;
    }
    const char *names[SB_THEME_COUNT + 1] = {NULL};
    for (int theme = 0; theme < SB_THEME_COUNT; theme++) {
        names[theme] = themes[theme].name;
    }
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, names, &choice);
    if (status == SB_OK) {
        call->session->settings->theme = (sb_theme)choice;
        call->session->settings->version++;
    }
    return status;
}

/* ---- colours ---- */

static const char *const role_names[SB_COLOUR_COUNT + 1] = {
    [SB_COLOUR_GOOD] = "good",   [SB_COLOUR_BAD] = "bad",           [SB_COLOUR_WARNING] = "warning",
    [SB_COLOUR_ERROR] = "error", [SB_COLOUR_NEGATIVE] = "negative", [SB_COLOUR_DIM] = "dim",
    [SB_COLOUR_KEY] = "key",     [SB_COLOUR_REVENUE] = "revenue",   [SB_COLOUR_SURPLUS] = "surplus",
    [SB_COLOUR_OTHER] = "other",
};

const char *sb_colour_role_name(sb_colour_role role)
{
    return role_names[role];
}

sb_status sb_run_colour(sb_call *call)
{
    size_t role = 0;
    sb_status status = sb_call_choice(call, 0, role_names, &role);
    if (status != SB_OK) {
        return status;
    }
    short *colour = &call->session->settings->colours[role];
    if (strcmp(call->arguments[1], "theme") == 0) {
        *colour = SB_COLOUR_OF_THEME;
    } else if (strcmp(call->arguments[1], "terminal") == 0) {
        *colour = SB_COLOUR_OF_TERMINAL;
    } else {
        size_t number = 0;
        status = sb_call_count(call, 1, 0, 255, &number);
        if (status != SB_OK) {
            return status;
        }
        *colour = (short)(SB_COLOUR_FIRST + (short)number);
    }
    call->session->settings->version++;
    return SB_OK;
}

sb_status sb_run_mouse(sb_call *call)
{
    return sb_call_switch(call, &call->session->settings->mouse);
}

sb_status sb_run_hints(sb_call *call)
{
    return sb_call_switch(call, &call->session->settings->hints);
}
