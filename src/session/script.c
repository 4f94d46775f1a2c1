/* The commands that brought a session from its file to where it is.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script starts from what is on disk now. After `save` that is the saved state, so the script
 * holds only what was done since.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "session/state.h"
#include "session/words.h"

/* The last point of the log, not beyond the present one, that is what the file holds. */
static bool find_start(const sb_session *session, size_t *position)
{
    for (size_t at = session->history.position + 1; at-- > 0;) {
        if (sb_history_at(&session->history, at) == session->saved) {
            *position = at;
            return true;
        }
    }
    return false;
}

static void add_mass(sb_text *text, sb_mass_mode *from, sb_mass_mode to)
{
    if (*from != to) {
        sb_text_add_format(text, "mass %s\n", sb_mass_mode_describe(to)->name);
        *from = to;
    }
}

static void add_step(sb_text *text, const sb_session *session)
{
    fmpq_t usual;
    fmpq_init(usual);
    fmpq_set_si(usual, 1, 1000);
    if (!fmpq_equal(session->step, usual)) {
        sb_text_add(text, "step ");
        sb_text_add_rational(text, session->step, SB_NUMBER_DECIMAL);
        sb_text_add(text, "\n");
    }
    fmpq_clear(usual);
}

char *sb_session_script(const sb_session *session, sb_error *error)
{
    size_t from = 0;
    if (sb_session_environment(session) == NULL) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "no environment is open, so there is nothing to script");
        return NULL;
    }
    if (!find_start(session, &from)) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the file holds a state that was undone since, so no script leads from it to "
                     "the present one");
        sb_error_set_hint(error, "save first, or redo");
        return NULL;
    }
    sb_text text;
    sb_text_init(&text);
    if (session->path != NULL) {
        sb_text_add(&text, "open ");
        sb_words_quote(&text, session->path);
        sb_text_add(&text, "\n");
    }
    sb_mass_mode mass = SB_MASS_FREE;
    for (size_t at = from; at < session->history.position; at++) {
        const sb_history_entry *entry = &session->history.entries[at];
        if (strcmp(entry->command, "recover") == 0) {
            sb_text_clear(&text);
            sb_error_set(error, SB_ERROR_USAGE,
                         "the log holds a recovery of unsaved work, which no script can repeat");
            sb_error_set_hint(error, "save first");
            return NULL;
        }
        add_mass(&text, &mass, entry->mass);
        sb_text_add(&text, entry->command);
        sb_text_add(&text, "\n");
    }
    add_mass(&text, &mass, session->mass);
    add_step(&text, session);
    return sb_text_take(&text, error);
}

size_t sb_session_done_count(const sb_session *session)
{
    return session->history.position;
}

const sb_environment *sb_session_done_environment(const sb_session *session, size_t k)
{
    return sb_snapshot_environment(sb_history_at(&session->history, k));
}

const char *sb_session_done_command(const sb_session *session, size_t k)
{
    return session->history.entries[k].command;
}
