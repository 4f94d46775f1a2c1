/* sidebet ball: for which beliefs near the prior is one mechanism nearly optimal?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/ball.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "view/plot_learning.h"

static void answer_init(sb_ball_answer *answer)
{
    *answer = (sb_ball_answer){.environment = NULL};
    sb_solution_init(&answer->optimum);
    sb_notes_init(&answer->notes);
}

static void answer_clear(sb_ball_answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        sb_correlation_ball_clear(&answer->entries[i].ball);
        sb_kept_ball_clear(&answer->entries[i].kept);
    }
    free(answer->entries);
    for (size_t i = 0; answer->optimum_kept != NULL && i < answer->losses->count; i++) {
        sb_kept_ball_clear(&answer->optimum_kept[i]);
    }
    free(answer->optimum_kept);
    sb_solution_clear(&answer->optimum);
    sb_environment_free(answer->environment);
    sb_notes_clear(&answer->notes);
}

/* ---- what is asked ---- */

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    if (arguments->withins.count == 0) {
        sb_error_set(error, SB_ERROR_USAGE, "sidebet ball needs to know how much may be lost");
        sb_error_set_hint(error, "write it like --within 0.1, or several with commas between");
        return SB_ERROR_USAGE;
    }
    return sb_curve_output_check(arguments, error);
}

/* The analysis is of these rules alone. */
static void set_rules(sb_ball_answer *answer)
{
    sb_rules rules;
    sb_rules_init(&rules);
    if (!sb_rules_equal(&rules, &answer->environment->rules)) {
        sb_notes_add(&answer->notes, "taken for this: ic bayes-nash, ir ex-interim, objective "
                                     "revenue and free payments, in place of the file's rules");
        sb_rules_copy(&answer->environment->rules, &rules);
    }
    sb_rules_clear(&rules);
}

/* ---- the balls ---- */

static sb_status find_entry(const sb_lp_options *options, sb_ball_answer *answer, const fmpq_t loss,
                            sb_ball_promise promise, sb_error *error)
{
    sb_ball_entry *entry = &answer->entries[answer->count++];
    sb_correlation_ball *ball = &entry->ball;
    sb_correlation_ball_init(ball);
    sb_kept_ball_init(&entry->kept);
    sb_status status =
        sb_correlation_ball_find(answer->environment, promise, loss, options, ball, error);
    entry->has_kept = status == SB_OK && ball->found && ball->proof == SB_PROOF_EXACT &&
                      promise == SB_BALL_TRUTHFUL;
    if (status == SB_OK && entry->has_kept) {
        fmpq_t least;
        fmpq_init(least);
        fmpq_sub(least, &ball->full_surplus, loss);
        status = sb_keeps_optimum(answer->environment, ball->mechanism, least, &entry->kept, error);
        fmpq_clear(least);
    }
    return status;
}

static sb_status find_balls(const sb_arguments *arguments, sb_ball_answer *answer, sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    size_t planned = answer->losses->count * SB_BALL_PROMISE_COUNT;
    answer->entries = sb_allocate(planned, sizeof *answer->entries);
    if (answer->entries == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < answer->losses->count; i++) {
        for (int promise = 0; status == SB_OK && promise < SB_BALL_PROMISE_COUNT; promise++) {
            sb_progress_show("balls found", answer->count, planned);
            status = find_entry(&options, answer, answer->losses->numbers + i,
                                (sb_ball_promise)promise, error);
        }
    }
    sb_progress_end();
    return status;
}

/* What the mechanism that solve reports keeps. */
static sb_status measure_optimum(const sb_arguments *arguments, sb_ball_answer *answer,
                                 sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    sb_status status =
        sb_design_solve(answer->environment, NULL, &options, &answer->optimum, error);
    if (status != SB_OK || answer->optimum.status != SB_LP_OPTIMAL ||
        answer->optimum.proof != SB_PROOF_EXACT) {
        return status;
    }
    answer->optimum_kept = sb_allocate(answer->losses->count, sizeof *answer->optimum_kept);
    if (answer->optimum_kept == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t i = 0; i < answer->losses->count; i++) {
        sb_kept_ball_init(&answer->optimum_kept[i]);
    }
    fmpq_t least;
    fmpq_init(least);
    for (size_t i = 0; status == SB_OK && i < answer->losses->count; i++) {
        fmpq_sub(least, &answer->optimum.revenue, answer->losses->numbers + i);
        status = sb_keeps_optimum(answer->environment, answer->optimum.mechanism, least,
                                  &answer->optimum_kept[i], error);
    }
    fmpq_clear(least);
    return status;
}

/* ---- all ---- */

static int exit_status_of(const sb_ball_answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        if (answer->entries[i].ball.found) {
            return SB_EXIT_SOLVED;
        }
    }
    return SB_EXIT_NEGATIVE;
}

static sb_status compute(const sb_arguments *arguments, sb_ball_answer *answer, sb_error *error)
{
    sb_status status = sb_input_read(arguments, &answer->environment, &answer->notes, error);
    if (status == SB_OK) {
        set_rules(answer);
        status = find_balls(arguments, answer, error);
    }
    return status == SB_OK ? measure_optimum(arguments, answer, error) : status;
}

static sb_status print(const sb_arguments *arguments, const sb_ball_answer *answer, sb_error *error)
{
    size_t count = answer->losses->count;
    double *losses = sb_allocate((1 + SB_BALL_PROMISE_COUNT) * count, sizeof *losses);
    if (losses == NULL) {
        return sb_out_of_memory(error);
    }
    const double *radii[SB_BALL_PROMISE_COUNT];
    for (size_t promise = 0; promise < SB_BALL_PROMISE_COUNT; promise++) {
        double *numbers = losses + (1 + promise) * count;
        radii[promise] = numbers;
        for (size_t i = 0; i < count; i++) {
            const sb_correlation_ball *ball =
                &answer->entries[i * SB_BALL_PROMISE_COUNT + promise].ball;
            losses[i] = sb_rational_to_double(&ball->loss);
            numbers[i] = ball->found ? sb_rational_to_double(&ball->radius) : (double)NAN;
        }
    }
    sb_plot plot = sb_plot_of_balls(count, losses, radii);
    sb_figure figure = {
        .title = answer->environment->title, .caption = "", .panel_count = 1, .panels = {&plot}};
    sb_curve_output output = {.report = sb_report_ball,
                              .json = sb_json_ball,
                              .csv = sb_csv_ball,
                              .answer = answer,
                              .notes = &answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    sb_plot_clear(&plot);
    free(losses);
    return status;
}

int sb_run_ball(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_ball_answer answer;
    answer_init(&answer);
    answer.losses = &arguments->withins;
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK) {
        status = compute(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        answer.seconds = sb_seconds() - start;
        exit_status = exit_status_of(&answer);
        status = print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    answer_clear(&answer);
    return exit_status;
}
