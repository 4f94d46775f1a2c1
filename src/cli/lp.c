/* sidebet lp: the program itself, for people and for other solvers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/lp.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/layout.h"
#include "cli/program.h"
#include "sidebet/design_text.h"

sb_status sb_lp_output(sb_text *text, const char *path, sb_error *error)
{
    if (path == NULL || strcmp(path, "-") == 0) {
        return sb_exit_print(text, error);
    }
    char *bytes = sb_text_take(text, error);
    sb_status status =
        bytes == NULL ? SB_ERROR_MEMORY : sb_text_write_file(path, bytes, strlen(bytes), error);
    free(bytes);
    return status;
}

/* ---- for people ---- */

static sb_status write_text(const sb_arguments *arguments, const sb_design_listing *listing,
                            char **text, int *exit_status, sb_error *error)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_status status = SB_OK;
    bool symbolic = sb_arguments_has(arguments, SB_OPTION_SYMBOLIC);
    if (!symbolic) {
        sb_lp_options options = sb_input_options(arguments);
        status = sb_design_solve(listing->environment, NULL, &options, &solution, error);
        *exit_status = solution.status == SB_LP_OPTIMAL  ? SB_EXIT_SOLVED
                       : solution.status == SB_LP_FAILED ? SB_EXIT_FAILURE
                                                         : SB_EXIT_NEGATIVE;
    }
    if (status == SB_OK) {
        status = sb_design_format_text(listing, symbolic ? NULL : &solution, sb_layout_width(),
                                       text, error);
    }
    sb_solution_clear(&solution);
    return status;
}

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    const char *format = arguments->format == NULL ? "text" : arguments->format;
    static const char *const others[] = {"dot", "markdown", "csv"};
    bool other = false;
    for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
        other = other || strcmp(format, others[k]) == 0;
    }
    if (other) {
        sb_error_set(error, SB_ERROR_USAGE, "sidebet lp writes no %s",
                     strcmp(format, "dot") == 0 ? "graphs" : format);
        sb_error_set_hint(error, "write --format text, cplex, mps or latex, or see sidebet help "
                                 "incentives");
        return SB_ERROR_USAGE;
    }
    if (sb_arguments_has(arguments, SB_OPTION_SYMBOLIC) && strcmp(format, "text") != 0) {
        sb_error_set(error, SB_ERROR_USAGE, "--symbolic is for --format text");
        sb_error_set_hint(error, "leave out --symbolic, or --format %s", format);
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

static sb_status format(const sb_arguments *arguments, const sb_environment *environment,
                        sb_text *text, int *exit_status, sb_error *error)
{
    const char *word = arguments->format == NULL ? "text" : arguments->format;
    sb_design_listing *listing = NULL;
    char *written = NULL;
    sb_status status = SB_OK;
    if (strcmp(word, "cplex") == 0 || strcmp(word, "mps") == 0) {
        double limit = sb_input_options(arguments).memory_limit;
        status =
            sb_design_format_solver(environment, strcmp(word, "mps") == 0, limit, &written, error);
    } else {
        status = sb_design_listing_new(environment, &listing, error);
    }
    if (status == SB_OK && strcmp(word, "latex") == 0) {
        status = sb_design_format_latex(listing, &written, error);
    } else if (status == SB_OK && listing != NULL) {
        status = write_text(arguments, listing, &written, exit_status, error);
    }
    if (written != NULL) {
        sb_text_add(text, written);
    }
    free(written);
    sb_design_listing_free(listing);
    return status;
}

int sb_run_lp(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = NULL;
    sb_text text;
    sb_text_init(&text);
    int exit_status = SB_EXIT_SOLVED;
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &environment, &notes, &error);
    }
    if (status == SB_OK) {
        status = format(arguments, environment, &text, &exit_status, &error);
    }
    if (status == SB_OK) {
        sb_exit_print_notes(&notes);
        status = sb_lp_output(&text, arguments->simulation.output, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_text_clear(&text);
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
