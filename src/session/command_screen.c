/* Commands that change what is shown and where the cursor is, never the environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

static const char *const pane_names[] = {"prior",      "values",  "mechanism",
                                         "conditions", "binding", NULL};

sb_status sb_run_select(sb_call *call)
{
    size_t profile = 0;
    sb_status status = sb_call_profile(call, 0, call->count, &profile);
    if (status == SB_OK) {
        sb_environment_profile_split(sb_call_environment(call), profile,
                                     call->session->display.cursor);
        call->session->display.pane = SB_PANE_PRIOR;
    }
    return status;
}

sb_status sb_run_move(sb_call *call)
{
    if (sb_cursor_move(call->session, call->arguments[0])) {
        return SB_OK;
    }
    size_t choice = 0;
    return sb_call_choice(call, 0, call->command->description.choices, &choice);
}

/* What the entry starts with: the number under the cursor. */
static char *present_text(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = &session->display;
    sb_number_style style = display->fractions ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL;
    if (display->pane == SB_PANE_VALUES) {
        return sb_rational_format(sb_environment_entry(environment, display->value_agent,
                                                       display->value_type, display->value_outcome),
                                  style);
    }
    fmpq_t number;
    fmpq_init(number);
    sb_prior_cell(number, environment, sb_cursor_profile(session), session->mass);
    char *text = sb_rational_format(number, style);
    fmpq_clear(number);
    return text;
}

sb_status sb_run_edit(sb_call *call)
{
    sb_session *session = call->session;
    const sb_display *display = &session->display;
    bool table = display->screen == SB_SCREEN_TABLE || display->screen == SB_SCREEN_MISBELIEF;
    if (!table || (display->pane != SB_PANE_PRIOR && display->pane != SB_PANE_VALUES)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "there is no number under the cursor to edit");
        sb_error_set_hint(call->error, "go to the prior or the values: pane prior, pane values");
        return SB_ERROR_USAGE;
    }
    char *text = call->count > 0 ? sb_copy_text(call->arguments[0]) : present_text(session);
    if (text == NULL) {
        return sb_out_of_memory(call->error);
    }
    sb_entry *entry = &session->entry;
    *entry = (sb_entry){.active = true};
    if (strlen(text) < sizeof entry->text) {
        memcpy(entry->text, text, strlen(text) + 1);
    } else {
        call->warning = true;
        sb_text_add(call->output, "the present number is too long to edit: type a new one");
    }
    entry->point = strlen(entry->text);
    free(text);
    return SB_OK;
}

sb_status sb_run_pane(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t choice = display->pane;
    if (strcmp(call->arguments[0], "next") == 0) {
        choice = (choice + 1) % SB_PANE_COUNT;
    } else if (strcmp(call->arguments[0], "previous") == 0) {
        choice = (choice + SB_PANE_COUNT - 1) % SB_PANE_COUNT;
    } else {
        const char *words[SB_PANE_COUNT + 3] = {NULL};
        memcpy(words, pane_names, SB_PANE_COUNT * sizeof words[0]);
        words[SB_PANE_COUNT] = "next";
        words[SB_PANE_COUNT + 1] = "previous";
        sb_status status = sb_call_choice(call, 0, words, &choice);
        if (status != SB_OK) {
            return status;
        }
    }
    display->pane = (sb_pane)choice;
    display->screen = SB_SCREEN_TABLE;
    call->session->entry.active = false;
    return SB_OK;
}

sb_status sb_run_scroll(sb_call *call)
{
    char *end = NULL;
    long lines = strtol(call->arguments[0], &end, 10);
    if (*end != '\0' || end == call->arguments[0] || lines > 1000000 || lines < -1000000) {
        return sb_call_wrong(call);
    }
    sb_cursor_scroll(call->session, lines);
    return SB_OK;
}

sb_status sb_run_screen(sb_call *call)
{
    static const char *const names[SB_SCREEN_COUNT + 1] = {
        "table",     "blow-up", "geometry",   "misbelief", "robust", "simulate",
        "baselines", "lp",      "incentives", "help",      NULL};
    sb_session *session = call->session;
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, names, &choice);
    if (status != SB_OK) {
        return status;
    }
    bool needs = choice == SB_SCREEN_BLOW_UP || choice == SB_SCREEN_GEOMETRY ||
                 choice == SB_SCREEN_MISBELIEF || choice == SB_SCREEN_ROBUST ||
                 choice == SB_SCREEN_BASELINES ||

                 choice == SB_SCREEN_LP || choice == SB_SCREEN_INCENTIVES;
    if (needs && sb_session_environment(session) == NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE, "no environment is open");
        sb_error_set_hint(call->error, "open one: open FILE");
        return SB_ERROR_USAGE;
    }
    if (choice == SB_SCREEN_SIMULATE) {
        status = sb_simulating_ensure(session, call->error);
        if (status != SB_OK) {
            return status;
        }
    }
    if (choice == SB_SCREEN_HELP) {
        sb_help_open(&session->display);
    }
    session->display.screen = (sb_screen)choice;
    session->display.marked = false;
    session->entry.active = false;
    if (choice == SB_SCREEN_BLOW_UP) {
        sb_line_enter(session);
        sb_line_find_cursor(session);
    } else if (choice == SB_SCREEN_MISBELIEF) {
        session->display.pane = SB_PANE_PRIOR;
    }
    sb_session_want(session);
    return SB_OK;
}

sb_status sb_run_conditionals(sb_call *call)
{
    return sb_call_switch(call, &call->session->display.conditionals);
}

sb_status sb_run_fractions(sb_call *call)
{
    return sb_call_switch(call, &call->session->display.fractions);
}

sb_status sb_run_redraw(sb_call *call)
{
    (void)call; /* the terminal paints every cell anew when it sees the key */
    return SB_OK;
}

sb_status sb_run_command(sb_call *call)
{
    char *line = sb_copy_text(call->count > 0 ? call->arguments[0] : "");
    if (line == NULL) {
        return sb_out_of_memory(call->error);
    }
    free(call->session->command_line);
    call->session->command_line = line;
    return SB_OK;
}
