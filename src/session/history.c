/* The log of a session.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/history.h"

#include <stdlib.h>

#include "base/memory.h"

static void drop_from(sb_history *history, size_t position)
{
    for (size_t entry = position; entry < history->count; entry++) {
        free(history->entries[entry].command);
        sb_snapshot_release(history->entries[entry].after);
    }
    history->count = position;
}

void sb_history_clear(sb_history *history)
{
    drop_from(history, 0);
    free(history->entries);
    sb_snapshot_release(history->start);
    *history = (sb_history){0};
}

void sb_history_begin(sb_history *history, sb_snapshot *start)
{
    sb_history_clear(history);
    history->start = start;
}

sb_snapshot *sb_history_at(const sb_history *history, size_t position)
{
    return position == 0 ? history->start : history->entries[position - 1].after;
}

sb_status sb_history_add(sb_history *history, const char *command, sb_mass_mode mass,
                         sb_snapshot *after, sb_error *error)
{
    char *copy = sb_copy_text(command);
    if (copy == NULL || !sb_grow(&history->entries, &history->capacity, history->position + 1,
                                 sizeof *history->entries)) {
        free(copy);
        sb_snapshot_release(after);
        return sb_out_of_memory(error);
    }
    drop_from(history, history->position);
    history->entries[history->count++] =
        (sb_history_entry){.command = copy, .mass = mass, .after = after};
    history->position = history->count;
    return SB_OK;
}
