/* sidebet misbelief: a mechanism designed for one prior meets another.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/misbelief.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "cli/reported.h"
#include "view/plot_models.h"

enum { FIGURE_STEPS = 20 }; /* along, where a figure is asked for without --along */

static void answer_init(sb_misbelief_answer *answer)
{
    *answer = (sb_misbelief_answer){.belief = NULL};
    sb_misbelief_init(&answer->misbelief);
    sb_solution_init(&answer->designed);
    sb_solution_init(&answer->optimum);
    sb_safe_radius_init(&answer->radius);
    sb_notes_init(&answer->notes);
}

static void answer_clear(sb_misbelief_answer *answer)
{
    for (size_t i = 0; i < answer->along_count; i++) {
        fmpq_clear(&answer->along[i].s);
        fmpq_clear(&answer->along[i].revenue);
        fmpq_clear(&answer->along[i].optimum);
    }
    free(answer->along);
    for (size_t i = 0; i < answer->slack_count; i++) {
        sb_slack_point_clear(&answer->slacks[i].point);
        fmpq_clear(&answer->slacks[i].revenue);
    }
    free(answer->slacks);
    sb_safe_radius_clear(&answer->radius);
    sb_solution_clear(&answer->optimum);
    sb_solution_clear(&answer->designed);
    sb_misbelief_clear(&answer->misbelief);
    sb_environment_free(answer->belief);
    sb_environment_free(answer->truth);
    sb_notes_clear(&answer->notes);
}

/* ---- reading ---- */

/* Only the prior may differ: the rules of the belief, as the command line changed them, hold for
 * both. */
static sb_status read_environments(const sb_arguments *arguments, sb_misbelief_answer *answer,
                                   sb_error *error)
{
    sb_status status = sb_input_read_file(arguments, 0, &answer->belief, &answer->notes, error);
    if (status == SB_OK) {
        status = sb_input_read_file(arguments, 1, &answer->truth, &answer->notes, error);
    }
    if (status != SB_OK) {
        return status;
    }
    if (!sb_rules_equal(&answer->belief->rules, &answer->truth->rules)) {
        sb_notes_add(&answer->notes, "the two files have different rules; those of %s hold",
                     arguments->operands[0]);
        sb_rules_copy(&answer->truth->rules, &answer->belief->rules);
    }
    return SB_OK;
}

static sb_status design(const sb_arguments *arguments, sb_misbelief_answer *answer, sb_error *error)
{
    sb_status status =
        sb_reported_solve(arguments, answer->belief, &answer->designed, &answer->smallest, error);
    if (status != SB_OK || answer->designed.status == SB_LP_OPTIMAL) {
        return status;
    }
    sb_error_set(error, SB_ERROR_INPUT, "there is no mechanism to freeze: the program of %s is %s",
                 arguments->operands[0], sb_lp_status_name(answer->designed.status));
    sb_error_set_hint(error, "sidebet solve says why; other rules may help, as in --ir ex-interim");
    return SB_ERROR_INPUT;
}

/* ---- along the way ---- */

static sb_status add_along_point(const sb_misbelief_answer *answer, const sb_lp_options *options,
                                 sb_design_solver *solver, sb_along_point *point, bool *possible,
                                 sb_error *error)
{
    sb_environment *truth = NULL;
    sb_misbelief misbelief;
    sb_misbelief_init(&misbelief);
    sb_solution optimum;
    sb_solution_init(&optimum);
    sb_status status =
        sb_misbelief_truth_along(answer->belief, answer->truth, &point->s, &truth, error);
    *possible = status != SB_ERROR_INPUT;
    if (status == SB_OK) {
        status = sb_misbelief_evaluate(answer->belief, answer->designed.mechanism, truth,
                                       &misbelief, error);
    }
    if (status == SB_OK) {
        fmpq_set(&point->revenue, &misbelief.revenue);
        status = sb_design_solve(truth, solver, options, &optimum, error);
    }
    if (status == SB_OK && optimum.status == SB_LP_OPTIMAL) {
        point->has_optimum = true;
        point->exact = optimum.proof == SB_PROOF_EXACT;
        fmpq_set(&point->optimum, &optimum.revenue);
    }
    sb_solution_clear(&optimum);
    sb_misbelief_clear(&misbelief);
    sb_environment_free(truth);
    return status;
}

/* s = 0, 1/steps, ..., 1 and as far beyond, while no probability is negative. */
static sb_status go_along(const sb_lp_options *options, size_t steps, sb_misbelief_answer *answer,
                          sb_error *error)
{
    sb_design_solver *solver = sb_design_solver_new();
    sb_status status = solver == NULL ? sb_out_of_memory(error) : SB_OK;
    bool possible = true;
    for (size_t i = 0; status == SB_OK && possible && i <= 2 * steps; i++) {
        if (!sb_grow((void *)&answer->along, &answer->along_capacity, answer->along_count + 1,
                     sizeof *answer->along)) {
            status = sb_out_of_memory(error);
            break;
        }
        sb_along_point *point = &answer->along[answer->along_count++];
        *point = (sb_along_point){.has_optimum = false};
        fmpq_init(&point->s);
        fmpq_init(&point->revenue);
        fmpq_init(&point->optimum);
        fmpq_set_si(&point->s, (slong)i, steps);
        status = add_along_point(answer, options, solver, point, &possible, error);
        if (!possible && i > steps) { /* beyond what there is: not an error */
            status = SB_OK;
            answer->along_count--;
            fmpq_clear(&point->s);
            fmpq_clear(&point->revenue);
            fmpq_clear(&point->optimum);
        }
        sb_progress_show("points along the way", answer->along_count, 2 * steps + 1);
    }
    sb_design_solver_free(solver);
    return status;
}

/* ---- robustness ---- */

static sb_status find_radius(sb_misbelief_answer *answer, sb_error *error)
{
    if (answer->designed.proof != SB_PROOF_EXACT) {
        return SB_OK; /* a floating mechanism breaks some row by a hair */
    }
    sb_status status =
        sb_safe_radius_of(answer->belief, answer->designed.mechanism, &answer->radius, error);
    answer->has_radius = status == SB_OK;
    return status;
}

static sb_status try_slacks(const sb_lp_options *options, const sb_number_list *slacks,
                            sb_misbelief_answer *answer, sb_error *error)
{
    answer->slacks = sb_allocate(slacks->count, sizeof *answer->slacks);
    if (answer->slacks == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < slacks->count; i++) {
        sb_slack_answer *slack = &answer->slacks[answer->slack_count++];
        sb_slack_point_init(&slack->point);
        fmpq_init(&slack->revenue);
        status = sb_safe_radius_with_slack(answer->belief, slacks->numbers + i, options,
                                           &slack->point, error);
        if (status == SB_OK && slack->point.mechanism != NULL) {
            sb_misbelief misbelief;
            sb_misbelief_init(&misbelief);
            status = sb_misbelief_evaluate(answer->belief, slack->point.mechanism, answer->truth,
                                           &misbelief, error);
            fmpq_set(&slack->revenue, &misbelief.revenue);
            sb_misbelief_clear(&misbelief);
        }
        sb_progress_show("slacks tried", answer->slack_count, slacks->count);
    }
    return status;
}

/* ---- all ---- */

static sb_status compute(const sb_arguments *arguments, sb_misbelief_answer *answer,
                         sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    sb_status status = design(arguments, answer, error);
    if (status == SB_OK) {
        status = sb_misbelief_evaluate(answer->belief, answer->designed.mechanism, answer->truth,
                                       &answer->misbelief, error);
    }
    if (status == SB_OK) {
        status = sb_design_solve(answer->truth, NULL, &options, &answer->optimum, error);
    }
    if (status == SB_OK) {
        answer->exact =
            answer->designed.proof == SB_PROOF_EXACT &&
            (answer->optimum.status != SB_LP_OPTIMAL || answer->optimum.proof == SB_PROOF_EXACT);
        status = find_radius(answer, error);
    }
    size_t steps = arguments->along > 0        ? arguments->along
                   : arguments->figure != NULL ? (size_t)FIGURE_STEPS
                                               : 0;
    answer->along_wanted = arguments->along > 0;
    if (status == SB_OK && steps > 0) {
        status = go_along(&options, steps, answer, error);
    }
    if (status == SB_OK && arguments->slacks.count > 0) {
        status = try_slacks(&options, &arguments->slacks, answer, error);
    }
    sb_progress_end();
    return status;
}

static sb_status print(const sb_arguments *arguments, const sb_misbelief_answer *answer,
                       sb_error *error)
{
    size_t count = answer->along_count;
    double *s = sb_allocate(3 * count, sizeof *s);
    if (s == NULL) {
        return sb_out_of_memory(error);
    }
    double *revenue = s + count;
    double *optimum = revenue + count;
    for (size_t i = 0; i < count; i++) {
        const sb_along_point *point = &answer->along[i];
        s[i] = sb_rational_to_double(&point->s);
        revenue[i] = sb_rational_to_double(&point->revenue);
        optimum[i] = point->has_optimum ? sb_rational_to_double(&point->optimum) : (double)NAN;
    }
    sb_plot plot = sb_plot_of_misbelief(count, s, revenue, optimum);
    char *lesson = sb_misbelief_lesson(answer);
    sb_figure figure = {.title = answer->belief->title,
                        .caption = lesson == NULL ? "" : lesson,
                        .panel_count = 1,
                        .panels = {&plot}};
    sb_curve_output output = {.report = sb_report_misbelief,
                              .json = sb_json_misbelief,
                              .csv = sb_csv_misbelief,
                              .answer = answer,
                              .notes = &answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    free(lesson);
    free(s);
    sb_plot_clear(&plot);
    return status;
}

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    if (sb_arguments_has(arguments, SB_OPTION_CSV) && arguments->along > 0 &&
        arguments->slacks.count > 0) {
        sb_error_set(error, SB_ERROR_USAGE, "--csv prints one table, of --along or of --slack");
        sb_error_set_hint(error, "leave out one of them, or use --json");
        return SB_ERROR_USAGE;
    }
    return sb_curve_output_check(arguments, error);
}

int sb_run_misbelief(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_misbelief_answer answer;
    answer_init(&answer);
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK) {
        status = read_environments(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        status = compute(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        for (size_t i = 0; i < answer.designed.remarks.count; i++) {
            sb_notes_add(&answer.notes, "%s", answer.designed.remarks.texts[i]);
        }
        answer.seconds = sb_seconds() - start;
        status = print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
        bool negative =
            answer.designed.status == SB_LP_INFEASIBLE || answer.designed.status == SB_LP_UNBOUNDED;
        exit_status = status == SB_ERROR_INPUT && negative ? SB_EXIT_NEGATIVE : exit_status;
    }
    answer_clear(&answer);
    return exit_status;
}
