/* sidebet robust: mechanisms that hold for every belief in a set.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/robust.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "view/plot_models.h"
#include "view/plot_robust.h"

enum { PRICE_POINTS = 14 }; /* 0, and 1, 2, 5 of every decade */

void sb_robust_answer_init(sb_robust_answer *answer)
{
    *answer = (sb_robust_answer){.environment = NULL};
    answer->estimate_options = SB_ESTIMATE_OPTIONS_DEFAULT;
    sb_consistent_set_init(&answer->set);
    sb_estimate_init(&answer->estimate);
    sb_robust_solution_init(&answer->solution);
    sb_baseline_init(&answer->bayesian);
    sb_baseline_init(&answer->ex_post);
    sb_robust_price_init(&answer->price);
    sb_misbelief_init(&answer->meeting);
    fmpq_init(&answer->bound);
    fmpq_init(&answer->full_surplus);
    fmpq_init(&answer->truth_surplus);
    sb_notes_init(&answer->notes);
}

void sb_robust_answer_clear(sb_robust_answer *answer)
{
    sb_robust_run_free(answer->run);
    sb_robust_solution_clear(&answer->solution);
    sb_baseline_clear(&answer->bayesian);
    sb_baseline_clear(&answer->ex_post);
    sb_robust_price_clear(&answer->price);
    sb_misbelief_clear(&answer->meeting);
    sb_estimate_clear(&answer->estimate);
    sb_consistent_set_clear(&answer->set);
    fmpq_clear(&answer->bound);
    fmpq_clear(&answer->full_surplus);
    fmpq_clear(&answer->truth_surplus);
    free(answer->set_text);
    sb_environment_free(answer->environment);
    sb_environment_free(answer->truth);
    sb_notes_clear(&answer->notes);
}

/* ---- what is to be done ---- */

static sb_robust_options options_of(const sb_arguments *arguments)
{
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.objective = arguments->robust.objective;
    options.method = arguments->robust.method;
    options.choice = arguments->robust.cuts;
    options.beginning = arguments->robust.beginning;
    /* Rounds are counted from the first relaxation, the limit from the first that has cuts. */
    options.most_rounds = arguments->robust.rounds > 0 ? arguments->robust.rounds - 1 : 0;
    options.lp = sb_input_options(arguments);
    return options;
}

/* Whether anything is asked of the rounds themselves. */
static bool looks_at_rounds(const sb_arguments *arguments)
{
    static const sb_option_kind kinds[] = {SB_OPTION_STEPS,  SB_OPTION_ROUNDS, SB_OPTION_CUTS,
                                           SB_OPTION_BEGIN,  SB_OPTION_CSV,    SB_OPTION_SAVE_STEPS,
                                           SB_OPTION_REPLAY, SB_OPTION_FIGURE};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (sb_arguments_has(arguments, kinds[k])) {
            return true;
        }
    }
    return false;
}

/* ---- one optimum ---- */

/* Interrupted: the limits are known, and the Bayesian optimum is a bound. */
static sb_status keep_limits(sb_robust_answer *answer)
{
    answer->stop = SB_ROBUST_INTERRUPTED;
    answer->has_bound = answer->bayesian.status == SB_LP_OPTIMAL;
    answer->bound_exact = answer->bayesian.proof == SB_PROOF_EXACT;
    fmpq_set(&answer->bound, &answer->bayesian.objective);
    return SB_OK;
}

static sb_status find_optimum(const sb_arguments *arguments, sb_robust_answer *answer,
                              sb_error *error)
{
    sb_full_surplus(&answer->full_surplus, answer->environment);
    sb_status status = sb_robust_limits(answer->environment, &answer->options.lp, &answer->bayesian,
                                        &answer->ex_post, error);
    if (status != SB_OK) {
        return status;
    }
    if (looks_at_rounds(arguments)) {
        return sb_robust_step_through(arguments, answer, error);
    }
    status = sb_robust_solve(answer->environment, &answer->set, &answer->options, &answer->solution,
                             error);
    return status == SB_ERROR_CANCELLED ? keep_limits(answer) : status;
}

/* ---- the price of robustness ---- */

static bool show_points(void *context, const sb_robust_price *so_far, size_t planned)
{
    (void)context;
    sb_progress_show("points solved", so_far->count, planned);
    return true; /* Ctrl-C raises the flag that the solver polls */
}

static sb_status find_price(const sb_arguments *arguments, sb_robust_answer *answer,
                            sb_error *error)
{
    const sb_environment *environment = answer->environment;
    const sb_number_list *radii = &arguments->robust.radii;
    fmpq *made = NULL;
    size_t count = 0;
    sb_status status = SB_OK;
    if (radii->count == 0) {
        status = sb_robust_price_radii(environment,
                                       arguments->points > 0 ? arguments->points : PRICE_POINTS,
                                       &made, &count, error);
    }
    sb_robust_price_options options = {.robust = answer->options, .progress = show_points};
    if (status == SB_OK) {
        status = sb_robust_price_run(
            environment, &environment->robust, made == NULL ? radii->numbers : made,
            made == NULL ? radii->count : count, &options, &answer->price, error);
    }
    sb_progress_end();
    sb_rationals_free(made, count);
    if (status == SB_ERROR_CANCELLED && answer->price.count > 0) {
        answer->stop = SB_ROBUST_INTERRUPTED;
        status = SB_OK;
    }
    answer->has_price = status == SB_OK;
    return status;
}

/* ---- printing ---- */

static double limit_of(const sb_baseline *limit)
{
    return limit->status == SB_LP_OPTIMAL ? sb_plot_coordinate(&limit->objective) : (double)NAN;
}

static sb_status plot(const sb_robust_answer *answer, sb_plot *made, sb_error *error)
{
    if (answer->has_price) {
        *made = sb_plot_of_robust_price(&answer->price, answer->options.objective);
        return SB_OK;
    }
    size_t count = answer->run == NULL ? 0 : sb_robust_run_count(answer->run);
    double *bounds = sb_allocate(count, sizeof *bounds);
    if (bounds == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < count; k++) {
        const sb_robust_round *round = sb_robust_run_round(answer->run, k);
        bounds[k] =
            round->status == SB_LP_OPTIMAL ? sb_plot_coordinate(&round->objective) : (double)NAN;
    }
    *made = sb_plot_of_robust_rounds(count, bounds, limit_of(&answer->bayesian),
                                     limit_of(&answer->ex_post));
    free(bounds);
    return SB_OK;
}

static sb_status print(const sb_arguments *arguments, const sb_robust_answer *answer,
                       sb_error *error)
{
    sb_plot panel;
    sb_status status = plot(answer, &panel, error);
    if (status != SB_OK) {
        return status;
    }
    char *lesson = sb_robust_lesson(answer);
    sb_figure figure = {.title = answer->environment->title,
                        .caption = lesson == NULL ? "" : lesson,
                        .panel_count = 1,
                        .panels = {&panel}};
    sb_curve_output output = {.report =
                                  answer->has_price ? sb_report_robust_price : sb_report_robust,
                              .json = answer->has_price ? sb_json_robust_price : sb_json_robust,
                              .csv = answer->has_price ? sb_csv_robust_price : sb_csv_robust,
                              .answer = answer,
                              .notes = &answer->notes,
                              .figure = &figure};
    status = sb_curve_output_print(&output, arguments, error);
    free(lesson);
    sb_plot_clear(&panel);
    return status;
}

static int exit_status_of_lp(sb_lp_status status)
{
    return status == SB_LP_OPTIMAL  ? SB_EXIT_SOLVED
           : status == SB_LP_FAILED ? SB_EXIT_FAILURE
                                    : SB_EXIT_NEGATIVE;
}

/* What was asked for was done, or not: of a curve the worst of its points. */
static int exit_status_of(const sb_robust_answer *answer)
{
    if (answer->stop == SB_ROBUST_INTERRUPTED || answer->cut_short) {
        fprintf(stderr, "sidebet: interrupted: this is what there was\n");
        return SB_EXIT_INTERRUPTED;
    }
    if (answer->stop == SB_ROBUST_STOPPED_BY_ROUNDS) {
        return SB_EXIT_SOLVED;
    }
    if (!answer->has_price) {
        return exit_status_of_lp(answer->solution.status);
    }
    int worst = SB_EXIT_SOLVED;
    for (size_t k = 0; k < answer->price.count; k++) {
        int one = exit_status_of_lp(answer->price.points[k].status);
        worst = one > worst ? one : worst;
    }
    return worst;
}

/* Interrupted before there was anything to print: in the middle of what. */
static void explain_interrupt(const sb_arguments *arguments, sb_error *error)
{
    if (sb_arguments_has(arguments, SB_OPTION_PRICE)) {
        sb_error_set(error, SB_ERROR_CANCELLED,
                     "interrupted before the first point of the curve was there");
    } else if (arguments->robust.replay != NULL) {
        sb_error_set(error, SB_ERROR_CANCELLED,
                     "interrupted while the rounds of %.200s were repeated",
                     arguments->robust.replay);
    } else {
        sb_error_set(error, SB_ERROR_CANCELLED, "interrupted before there was anything to print");
    }
}

static sb_status answer_all(const sb_arguments *arguments, sb_robust_answer *answer,
                            sb_error *error)
{
    sb_status status = sb_robust_read(arguments, answer, error);
    if (status == SB_OK) {
        status = sb_robust_read_truth(arguments, answer, error);
    }
    if (status != SB_OK) {
        return status;
    }
    answer->options = options_of(arguments);
    answer->steps_wanted = sb_arguments_has(arguments, SB_OPTION_STEPS);
    if (sb_arguments_has(arguments, SB_OPTION_PRICE)) {
        return find_price(arguments, answer, error);
    }
    status = find_optimum(arguments, answer, error);
    if (status == SB_OK) {
        status = sb_robust_meet_truth(arguments, answer, error);
        answer->cut_short = status == SB_ERROR_CANCELLED; /* the robust optimum is there */
    }
    return answer->cut_short ? SB_OK : status;
}

int sb_run_robust(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_robust_answer answer;
    sb_robust_answer_init(&answer);
    int exit_status = SB_EXIT_FAILURE;
    double start = sb_seconds();
    sb_status status = sb_robust_check_usage(arguments, &error);
    if (status == SB_OK) {
        status = answer_all(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        answer.seconds = sb_seconds() - start;
        status = print(arguments, &answer, &error);
    }
    if (status == SB_ERROR_CANCELLED) {
        explain_interrupt(arguments, &error);
    }
    exit_status = status == SB_OK ? exit_status_of(&answer) : sb_exit_with_error(&error);
    sb_robust_answer_clear(&answer);
    return exit_status;
}
