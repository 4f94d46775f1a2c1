/* sidebet learning: can samples tell nearly independent priors apart, and what is that worth?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/learning.h"

#include <stdlib.h>

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "view/plot_learning.h"

static bool show_progress(void *context, size_t done, size_t planned)
{
    (void)context;
    sb_progress_show("programs solved", done, planned);
    return true; /* Ctrl-C raises the flag that the solver polls */
}

static sb_status compute(const sb_arguments *arguments, sb_learning_answer *answer, sb_error *error)
{
    sb_indistinguishable_options options = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    options.lp = sb_input_options(arguments);
    options.seed = arguments->robust.seed;
    answer->error = options.error;
    if (arguments->count > 0) {
        options.sample_count = arguments->count;
    }
    if (arguments->lambdas.count > 0) {
        options.lambdas = arguments->lambdas.numbers;
        options.lambda_count = arguments->lambdas.count;
    }
    options.progress = show_progress;
    sb_status status =
        sb_indistinguishable_find(answer->environment, &options, &answer->near, error);
    sb_progress_end();
    return status;
}

static int exit_status_of(const sb_indistinguishable *near)
{
    for (size_t i = 0; i < near->count; i++) {
        if (near->priors[i].status == SB_LP_FAILED) {
            return SB_EXIT_FAILURE;
        }
    }
    return near->complete ? SB_EXIT_SOLVED : SB_EXIT_NEGATIVE;
}

static sb_status print(const sb_arguments *arguments, const sb_learning_answer *answer,
                       sb_error *error)
{
    sb_plot plot = sb_plot_of_promises(&answer->near);
    char *lesson = sb_learning_lesson(answer);
    sb_figure figure = {.title = answer->environment->title,
                        .caption = lesson == NULL ? "" : lesson,
                        .panel_count = 1,
                        .panels = {&plot}};
    sb_curve_output output = {.report = sb_report_learning,
                              .json = sb_json_learning,
                              .csv = sb_csv_learning,
                              .answer = answer,
                              .notes = &answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    free(lesson);
    sb_plot_clear(&plot);
    return status;
}

int sb_run_learning(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_learning_answer answer = {.environment = NULL};
    sb_indistinguishable_init(&answer.near);
    sb_notes_init(&answer.notes);
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = sb_curve_output_check(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &answer.environment, &answer.notes, &error);
    }
    if (status == SB_OK) {
        status = compute(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        answer.seconds = sb_seconds() - start;
        exit_status = exit_status_of(&answer.near);
        status = print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_indistinguishable_clear(&answer.near);
    sb_environment_free(answer.environment);
    sb_notes_clear(&answer.notes);
    return exit_status;
}
