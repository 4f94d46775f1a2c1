/* sidebet sensitivity: how the optimum moves with each probability.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/sensitivity.h"

#include <stdlib.h>

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "view/plot_prior.h"

static int exit_status_of(const sb_sensitivity *sensitivity)
{
    for (size_t k = 0; k < sensitivity->profile_count; k++) {
        if (sensitivity->cells[k].kind == SB_SENSITIVITY_UNKNOWN) {
            return SB_EXIT_FAILURE;
        }
    }
    return SB_EXIT_SOLVED;
}

static sb_status run(const sb_arguments *arguments, const sb_environment *environment,
                     const sb_notes *notes, int *exit_status, sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    sb_sensitivity sensitivity;
    sb_sensitivity_init(&sensitivity);
    double start = sb_seconds();
    sb_status status =
        sb_sensitivity_run(environment, arguments->mass, &options, &sensitivity, error);
    if (status == SB_OK) {
        sb_sensitivity_answer answer = {environment, &sensitivity, notes, sb_seconds() - start};
        /* The slice of the first types, where there are more than two players. */
        const sb_display display = {.fractions = false};
        sb_prior_table table = sb_prior_table_of_environment(environment, &display);
        sb_plot plot = sb_plot_of_prior(&table, &sensitivity);
        char *caption = sb_plot_prior_caption(&table, &sensitivity);
        sb_figure figure = {.title = environment->title,
                            .caption = caption == NULL ? "" : caption,
                            .panel_count = 1,
                            .panels = {&plot}};
        sb_curve_output output = {.report = sb_report_sensitivity,
                                  .json = sb_json_sensitivity,
                                  .csv = sb_csv_sensitivity,
                                  .answer = &answer,
                                  .notes = notes,
                                  .figure = &figure};
        status = sb_curve_output_print(&output, arguments, error);
        free(caption);
        sb_plot_clear(&plot);
        *exit_status = exit_status_of(&sensitivity);
    } else if (status == SB_ERROR_USAGE) {
        /* No optimum to speak of: an answer, and it is no. */
        sb_exit_with_error(error);
        *exit_status = SB_EXIT_NEGATIVE;
        status = SB_OK;
    }
    sb_sensitivity_clear(&sensitivity);
    return status;
}

int sb_sensitivity_subcommand(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = NULL;
    int exit_status = SB_EXIT_FAILURE;
    sb_status status = sb_curve_output_check(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &environment, &notes, &error);
    }
    if (status == SB_OK) {
        status = run(arguments, environment, &notes, &exit_status, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
