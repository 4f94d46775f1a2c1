/* sidebet cap: the optimum as a function of the largest payment that is allowed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/cap.h"

#include <stdlib.h>

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "view/plot_models.h"

static bool show_progress(void *context, const sb_cap *so_far)
{
    (void)context;
    sb_progress_show("breakpoints found", so_far->count, 0);
    return true; /* Ctrl-C raises the flag that the solver polls */
}

static sb_status print(const sb_arguments *arguments, const sb_cap_answer *answer, sb_error *error)
{
    sb_plot plot = sb_plot_of_cap(answer->cap);
    char *lesson = sb_cap_lesson(answer);
    sb_figure figure = {.title = answer->environment->title,
                        .caption = lesson == NULL ? "" : lesson,
                        .panel_count = 1,
                        .panels = {&plot}};
    sb_curve_output output = {.report = sb_report_cap,
                              .json = sb_json_cap,
                              .csv = sb_csv_cap,
                              .answer = answer,
                              .notes = answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    free(lesson);
    sb_plot_clear(&plot);
    return status;
}

int sb_run_cap(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = NULL;
    sb_cap cap;
    sb_cap_init(&cap);
    int exit_status = SB_EXIT_FAILURE;
    double start = sb_seconds();
    sb_status status = sb_curve_output_check(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &environment, &notes, &error);
    }
    if (status == SB_OK) {
        sb_cap_options options = SB_CAP_OPTIONS_DEFAULT;
        options.lp = sb_input_options(arguments);
        options.progress = show_progress;
        status = sb_cap_run(environment, &options, &cap, &error);
        sb_progress_end();
    }
    if (status == SB_OK) {
        sb_cap_answer answer = {environment, &cap, &notes, sb_seconds() - start};
        status = print(arguments, &answer, &error);
        exit_status = cap.count > 0 ? SB_EXIT_SOLVED : SB_EXIT_NEGATIVE;
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_cap_clear(&cap);
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
