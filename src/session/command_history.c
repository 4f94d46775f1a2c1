/* Commands that walk along the log.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/command.h"

static sb_status steps(sb_call *call, size_t *count)
{
    *count = 1;
    return call->count == 0 ? SB_OK : sb_call_count(call, 0, 1, 1000000, count);
}

/* Say what was done: the command, or how many. */
static void say(sb_call *call, const char *done, size_t count, size_t entry)
{
    if (count == 1) {
        sb_text_add_format(call->output, "%s: %s\n", done,
                           call->session->history.entries[entry].command);
    } else {
        sb_text_add_format(call->output, "%s: %zu changes\n", done, count);
    }
}

sb_status sb_run_undo(sb_call *call)
{
    size_t count = 0;
    sb_status status = steps(call, &count);
    sb_history *history = &call->session->history;
    if (status != SB_OK) {
        return status;
    }
    if (history->position == 0) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is nothing to undo");
    }
    count = count < history->position ? count : history->position;
    history->position -= count;
    sb_session_changed(call->session);
    say(call, "undone", count, history->position);
    return SB_OK;
}

sb_status sb_run_redo(sb_call *call)
{
    size_t count = 0;
    sb_status status = steps(call, &count);
    sb_history *history = &call->session->history;
    if (status != SB_OK) {
        return status;
    }
    size_t undone = history->count - history->position;
    if (undone == 0) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is nothing to redo");
    }
    count = count < undone ? count : undone;
    history->position += count;
    sb_session_changed(call->session);
    say(call, "done again", count, history->position - 1);
    return SB_OK;
}

sb_status sb_run_history(sb_call *call)
{
    const sb_history *history = &call->session->history;
    size_t undone = history->count - history->position;
    if (call->for_message) {
        sb_text_add_format(call->output, "%zu change%s done, %zu undone", history->position,
                           history->position == 1 ? "" : "s", undone);
        if (history->position > 0) {
            sb_text_add_format(call->output, "; the last: %s",
                               history->entries[history->position - 1].command);
        }
        return SB_OK;
    }
    for (size_t entry = 0; entry < history->count; entry++) {
        sb_text_add_format(call->output, "%4zu  %s%s\n", entry + 1, history->entries[entry].command,
                           entry < history->position ? "" : "  (undone)");
    }
    if (history->count == 0) {
        sb_text_add(call->output, "nothing was changed yet\n");
    }
    return SB_OK;
}
