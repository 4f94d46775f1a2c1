/* sidebet run: a file of commands.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "cli/curve_output.h"
#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/exporter.h"
#include "cli/program.h"
#include "session/tour.h"
#include "session/tours.h"

/* One script in a session of its own. Returns the exit status. */
static int run_script(const char *path, bool keep_going, sb_execution *execution)
{
    sb_error error;
    sb_error_clear(&error);
    execution->session = sb_session_new(false, &error);
    sb_session_set_exporter(execution->session, &sb_program_exporter);
    sb_status status = execution->session == NULL
                           ? error.status
                           : sb_execute_script(execution, path, keep_going, &error);
    if (status != SB_OK) {
        execution->exit_status = sb_exit_with_error(&error);
    }
    sb_session_free(execution->session);
    execution->session = NULL;
    return execution->exit_status;
}

/* ---- checking ---- */

static int say_checked(const char *path, size_t count)
{
    sb_error error;
    sb_error_clear(&error);
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "%s: %zu answer%s checked\n", path, count, count == 1 ? "" : "s");
    return sb_exit_print(&text, &error) == SB_OK ? SB_EXIT_SOLVED : sb_exit_with_error(&error);
}

static int check_script(const char *path, bool keep_going)
{
    sb_execution execution = {.silent = true};
    int exit_status = run_script(path, keep_going, &execution);
    return exit_status != SB_EXIT_SOLVED ? exit_status : say_checked(path, execution.expected);
}

/* An answer that is not as said is one; all else is a broken tour. */
static int check_tour(const char *path)
{
    sb_error error;
    sb_error_clear(&error);
    sb_tour *tour = NULL;
    size_t checked = 0;
    sb_status status = sb_exit_blame_input(sb_tour_read(path, &tour, &error), &error);
    if (status == SB_OK) {
        status = sb_tour_check(tour, &checked, &error);
    }
    sb_tour_free(tour);
    if (status == SB_OK) {
        return say_checked(path, checked);
    }
    bool expected = sb_error_is_expectation(&error) && strcmp(error.file, path) == 0;
    int exit_status = sb_exit_with_error(&error);
    return expected ? SB_EXIT_NEGATIVE : exit_status;
}

static bool is_tour(const char *path)
{
    static const char ending[] = ".sbt";
    size_t length = strlen(path);
    return length >= sizeof ending && strcmp(path + length + 1 - sizeof ending, ending) == 0;
}

/* A file; where there is none, maybe the tour of that name. */
static char *find(const char *word)
{
    char *tour =
        access(word, F_OK) == 0 || strcmp(word, "-") == 0 ? NULL : sb_tours_find(word, NULL);
    return tour != NULL ? tour : sb_copy_text(word);
}

/* All of them, whatever is wrong with some; the worst counts. */
static int check_all(const sb_arguments *arguments, bool keep_going)
{
    int worst = SB_EXIT_SOLVED;
    for (size_t k = 0; k < arguments->operand_count; k++) {
        char *path = find(arguments->operands[k]);
        int exit_status = is_tour(path) ? check_tour(path) : check_script(path, keep_going);
        worst = exit_status > worst ? exit_status : worst;
        free(path);
    }
    return worst;
}

/* Without --check there is one file, and it is a script. */
static bool is_one_script(const sb_arguments *arguments, sb_error *error)
{
    const char *path = arguments->operands[0];
    if (arguments->operand_count > 1) {
        sb_error_set(error, SB_ERROR_USAGE, "'%.200s' is one argument too many for sidebet run",
                     arguments->operands[1]);
        sb_error_set_hint(error, "only run --check takes several files");
    } else if (is_tour(path)) {
        sb_error_set(error, SB_ERROR_USAGE, "%.200s is a tour", path);
        sb_error_set_hint(error, "sidebet tour plays it, run --check checks it");
    } else {
        return true;
    }
    return false;
}

int sb_script_run(const sb_arguments *arguments)
{
    bool keep_going = sb_arguments_has(arguments, SB_OPTION_KEEP_GOING);
    if (sb_arguments_has(arguments, SB_OPTION_CHECK)) {
        return check_all(arguments, keep_going);
    }
    sb_error error;
    sb_error_clear(&error);
    if (!is_one_script(arguments, &error)) {
        return sb_exit_with_error(&error);
    }
    sb_execution execution = {.silent = false};
    return run_script(arguments->operands[0], keep_going, &execution);
}
