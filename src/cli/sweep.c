/* sidebet sweep: from independence to the prior and beyond.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "view/plot_models.h"

static bool show_progress(void *context, const sb_sweep *so_far, size_t planned)
{
    (void)context;
    sb_progress_show("points solved", so_far->count, planned);
    return true; /* Ctrl-C raises the flag that the solver polls */
}

/* The worst of the points. */
static int exit_status_of(const sb_sweep *sweep)
{
    int exit_status = SB_EXIT_SOLVED;
    for (size_t i = 0; i < sweep->count; i++) {
        sb_lp_status status = sweep->points[i].status;
        int one = status == SB_LP_OPTIMAL  ? SB_EXIT_SOLVED
                  : status == SB_LP_FAILED ? SB_EXIT_FAILURE
                                           : SB_EXIT_NEGATIVE;
        exit_status = one > exit_status ? one : exit_status;
    }
    return exit_status;
}

static sb_status compute(const sb_arguments *arguments, const sb_environment *environment,
                         sb_sweep *sweep, sb_error *error)
{
    sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
    options.points = arguments->points > 0 ? arguments->points : options.points;
    options.decades = arguments->decades > 0 ? (int)arguments->decades : options.decades;
    options.payments = !sb_arguments_has(arguments, SB_OPTION_NO_PAYMENTS);
    options.lp = sb_input_options(arguments);
    options.progress = show_progress;
    sb_status status = arguments->lambdas.count > 0
                           ? sb_sweep_run_at(environment, arguments->lambdas.numbers,
                                             arguments->lambdas.count, &options, sweep, error)
                           : sb_sweep_run(environment, &options, sweep, error);
    sb_progress_end();
    return status;
}

/* On the figure the letter stands as on its axes. */
static char *caption_of(const char *lesson)
{
    static const char word[] = "lambda";
    sb_text text;
    sb_text_init(&text);
    while (*lesson != '\0') {
        if (strncmp(lesson, word, sizeof word - 1) == 0) {
            sb_text_add(&text, "\xCE\xBB");
            lesson += sizeof word - 1;
        } else {
            sb_text_add_part(&text, lesson, 1);
            lesson++;
        }
    }
    return sb_text_take(&text, NULL);
}

static sb_status print(const sb_arguments *arguments, const sb_sweep_answer *answer,
                       sb_error *error)
{
    sb_plot revenue = sb_plot_of_sweep_revenue(answer->sweep, &answer->environment->rules);
    sb_plot payments = sb_plot_of_sweep_payments(answer->sweep);
    char *lesson = sb_sweep_lesson(answer);
    char *caption = lesson == NULL ? NULL : caption_of(lesson);
    sb_figure figure = {.title = answer->environment->title,
                        .caption = caption == NULL ? "" : caption,
                        .panel_count = 2,
                        .panels = {&revenue, &payments}};
    sb_curve_output output = {.report = sb_report_sweep,
                              .json = sb_json_sweep,
                              .csv = sb_csv_sweep,
                              .answer = answer,
                              .notes = answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    free(lesson);
    free(caption);
    sb_plot_clear(&revenue);
    sb_plot_clear(&payments);
    return status;
}

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    if (arguments->lambdas.count > 0 && (arguments->points > 0 || arguments->decades > 0)) {
        sb_error_set(error, SB_ERROR_USAGE, "--lambda says itself which points there are");
        sb_error_set_hint(error, "leave out --points and --decades, or --lambda");
        return SB_ERROR_USAGE;
    }
    return sb_curve_output_check(arguments, error);
}

int sb_run_sweep(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = NULL;
    sb_sweep sweep;
    sb_sweep_init(&sweep);
    int exit_status = SB_EXIT_FAILURE;
    double start = sb_seconds();
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &environment, &notes, &error);
    }
    if (status == SB_OK) {
        status = compute(arguments, environment, &sweep, &error);
    }
    if (status == SB_OK) {
        sb_sweep_answer answer = {environment, &sweep, &notes, sb_seconds() - start};
        status = print(arguments, &answer, &error);
        exit_status = exit_status_of(&sweep);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_sweep_clear(&sweep);
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
