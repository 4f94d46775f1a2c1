/* sidebet tour: the lecture, step by step, in the explorer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/text.h"
#include "cli/exit_status.h"
#include "cli/program.h"
#include "session/touring.h"
#include "session/tours.h"
#include "tui/tui.h"

static sb_status list(sb_error *error)
{
    sb_tours tours;
    sb_status status = sb_tours_list(&tours, error);
    if (status != SB_OK) {
        return status;
    }
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; k < tours.count; k++) {
        sb_text_add_format(&text, "%3ld  %-50s  %s\n", tours.each[k].number, tours.each[k].name,
                           tours.each[k].title);
    }
    if (tours.count == 0) {
        status = sb_error_set(error, SB_ERROR_INPUT,
                              "the tours that come with sidebet were not "
                              "found");
        sb_error_set_hint(error, "SIDEBET_DATA names the folder that holds demos/tours");
        sb_text_clear(&text);
    } else {
        status = sb_exit_print(&text, error);
    }
    sb_tours_clear(&tours);
    return status;
}

static sb_status play(const char *word, sb_session *session, int *exit_status, sb_error *error)
{
    char *path = sb_tours_find(word, error);
    if (path == NULL) {
        return error->status;
    }
    sb_status status = sb_exit_blame_input(sb_touring_begin(session, path, 0, error), error);
    free(path);
    return status == SB_OK ? sb_tui_run(session, exit_status, error) : status;
}

int sb_run_tour_subcommand(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    int exit_status = SB_EXIT_SOLVED;
    sb_session *session = NULL;
    sb_status status = SB_OK;
    if (arguments->operand_count == 0) {
        status = list(&error);
    } else {
        session = sb_session_new(true, &error);
        status = session == NULL ? error.status
                                 : play(arguments->operands[0], session, &exit_status, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_session_free(session);
    return exit_status;
}
