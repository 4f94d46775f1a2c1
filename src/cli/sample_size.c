/* sidebet sample-size: how many samples make a mechanism nearly optimal?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/sample_size.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/option_values.h"
#include "cli/program.h"
#include "cli/progress.h"
#include "sidebet/surplus.h"
#include "view/plot_learning.h"

enum { USUAL_REPETITIONS = 20, MOST_SAMPLES = 999999999 };
static const char usual_samples[] = "10,100,1000,10000";

const sb_contender sb_sample_contenders[SB_SAMPLE_CONTENDERS] = {
    SB_CONTENDER_BAYESIAN, SB_CONTENDER_ROBUST, SB_CONTENDER_EX_POST};

double sb_sample_bound_distance(const sb_sample_size_answer *answer, size_t samples)
{
    const sb_sample_bound *bound = &answer->bound;
    return sb_radius_of_samples((double)samples, sb_rational_to_double(&bound->rarest),
                                bound->type_count, bound->signal_count, bound->epsilon);
}

static void answer_init(sb_sample_size_answer *answer)
{
    *answer = (sb_sample_size_answer){.environment = NULL};
    fmpq_init(&answer->full_surplus);
    sb_sample_bound_init(&answer->bound);
    sb_notes_init(&answer->notes);
}

static void answer_clear(sb_sample_size_answer *answer)
{
    fmpq_clear(&answer->full_surplus);
    sb_sample_bound_clear(&answer->bound);
    free(answer->measures);
    sb_environment_free(answer->environment);
    sb_notes_clear(&answer->notes);
}

/* ---- what is asked ---- */

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    if (arguments->withins.count != 1) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "sidebet sample-size needs to know how much may be lost, one number");
        sb_error_set_hint(error, "write it like --within 0.1");
        return SB_ERROR_USAGE;
    }
    if (arguments->robust.epsilons.count > 1 || arguments->robust.alphas.count > 1) {
        sb_error_set(error, SB_ERROR_USAGE, "one epsilon and one alpha at a time");
        sb_error_set_hint(error, "sidebet simulate sweeps over several");
        return SB_ERROR_USAGE;
    }
    return sb_curve_output_check(arguments, error);
}

/* The analysis is of these rules alone. */
static void set_rules(sb_sample_size_answer *answer)
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

/* ---- the bound ---- */

static void change_numbers(sb_sample_size_answer *answer)
{
    static const char *const whats[SB_SAMPLE_CHANGES] = {"k halved",
                                                         "gamma halved",
                                                         "values twice as far apart",
                                                         "twice as many types",
                                                         "twice as many signals",
                                                         "epsilon a tenth"};
    for (size_t k = 0; k < SB_SAMPLE_CHANGES; k++) {
        sb_sample_numbers numbers = sb_sample_numbers_of(&answer->bound);
        numbers.loss /= k == 0 ? 2 : 1;
        numbers.gamma /= k == 1 ? 2 : 1;
        numbers.value_range *= k == 2 ? 2 : 1;
        numbers.types *= k == 3 ? 2 : 1;
        numbers.rarest /= k == 3 ? 2 : 1;
        numbers.signals *= k == 4 ? 2 : 1;
        numbers.epsilon /= k == 5 ? 10 : 1; /* NOLINT(readability-magic-numbers) */
        answer->changes[k] =
            (sb_sample_change){whats[k], sb_samples_by_formula(&numbers, NULL, NULL)};
    }
}

static sb_status find_bound(const sb_arguments *arguments, sb_sample_size_answer *answer,
                            sb_error *error)
{
    const sb_estimate_options usual = SB_ESTIMATE_OPTIONS_DEFAULT;
    sb_lp_options options = sb_input_options(arguments);
    double epsilon = arguments->robust.epsilons.count > 0
                         ? sb_rational_to_double(arguments->robust.epsilons.numbers)
                         : usual.epsilon;
    sb_full_surplus(&answer->full_surplus, answer->environment);
    sb_status status = sb_sample_bound_find(answer->environment, arguments->withins.numbers,
                                            epsilon, &options, &answer->bound, error);
    change_numbers(answer);
    return status;
}

/* ---- measured ---- */

typedef struct watching {
    size_t before, planned;
    double start;
} watching;

static bool show_progress(void *context, size_t done)
{
    const watching *state = context;
    sb_progress_bar("repetitions", state->before + done, state->planned,
                    sb_seconds() - state->start);
    return true; /* Ctrl-C raises the flag that the solver polls */
}

static sb_sample_options options_of(const sb_arguments *arguments,
                                    const sb_sample_size_answer *answer)
{
    sb_sample_options options = {.estimate = SB_ESTIMATE_OPTIONS_DEFAULT,
                                 .repetitions = USUAL_REPETITIONS,
                                 .seed = arguments->robust.seed,
                                 .cancel = sb_input_options(arguments).cancel,
                                 .progress = show_progress};
    if (arguments->simulation.repetitions > 0) {
        options.repetitions = arguments->simulation.repetitions;
    }
    if (arguments->robust.alphas.count > 0) {
        options.estimate.alpha = arguments->robust.alphas.numbers;
    }
    options.estimate.epsilon = answer->bound.epsilon;
    options.estimate.level = arguments->robust.level;
    for (size_t k = 0; k < SB_SAMPLE_CONTENDERS; k++) {
        options.wanted[sb_sample_contenders[k]] = true;
    }
    return options;
}

static sb_status measure(const sb_arguments *arguments, sb_sample_size_answer *answer,
                         sb_error *error)
{
    size_t *counts = NULL, count = 0;
    const char *text = arguments->robust.samples;
    sb_status status = sb_option_read_counts(&counts, &count, "samples", MOST_SAMPLES,
                                             text == NULL ? usual_samples : text, error);
    sb_sample_options options = options_of(arguments, answer);
    watching state = {0, count * options.repetitions, sb_seconds()};
    options.context = &state;
    if (status == SB_OK) {
        answer->measures = sb_allocate(count, sizeof *answer->measures);
        status = answer->measures == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        status = sb_sample_measure_run(answer->environment, arguments->withins.numbers, counts[k],
                                       &options, &answer->measures[k], error);
        state.before += options.repetitions;
        answer->measure_count += status == SB_OK;
    }
    sb_progress_end();
    free(counts);
    return status;
}

/* ---- all ---- */

static sb_status compute(const sb_arguments *arguments, sb_sample_size_answer *answer,
                         sb_error *error)
{
    sb_status status = sb_input_read(arguments, &answer->environment, &answer->notes, error);
    if (status == SB_OK) {
        set_rules(answer);
        status = find_bound(arguments, answer, error);
    }
    return status == SB_OK ? measure(arguments, answer, error) : status;
}

static sb_status print(const sb_arguments *arguments, const sb_sample_size_answer *answer,
                       sb_error *error)
{
    sb_plot plot = sb_plot_of_samples(answer->measures, answer->measure_count,
                                      sb_rational_to_double(&answer->full_surplus));
    sb_figure figure = {
        .title = answer->environment->title, .caption = "", .panel_count = 1, .panels = {&plot}};
    sb_curve_output output = {.report = sb_report_sample_size,
                              .json = sb_json_sample_size,
                              .csv = sb_csv_sample_size,
                              .answer = answer,
                              .notes = &answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    sb_plot_clear(&plot);
    return status;
}

int sb_run_sample_size(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_sample_size_answer answer;
    answer_init(&answer);
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK) {
        status = compute(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        answer.seconds = sb_seconds() - start;
        exit_status = answer.bound.found ? SB_EXIT_SOLVED : SB_EXIT_NEGATIVE;
        status = print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    answer_clear(&answer);
    return exit_status;
}
