/* sidebet estimate: beliefs out of samples, with intervals, and how often those hold the truth.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/estimate.h"

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "sidebet/environment_file.h"

static sb_status refuse(sb_error *error, const char *message, const char *hint)
{
    sb_error_set(error, SB_ERROR_USAGE, "%s", message);
    sb_error_set_hint(error, "%s", hint);
    return SB_ERROR_USAGE;
}

static sb_status check_usage(const sb_arguments *arguments, sb_error *error)
{
    bool samples = sb_arguments_has(arguments, SB_OPTION_SAMPLES);
    bool coverage = sb_arguments_has(arguments, SB_OPTION_COVERAGE);
    if (!samples && !coverage) {
        return refuse(error, "estimates are made from samples, and there are none",
                      "add --samples FILE, or --coverage 1000 --count 200");
    }
    if (!samples && arguments->count == 0) {
        return refuse(error,
                      "each repetition estimates from a number of samples, which is not given",
                      "add --count 200, or --samples FILE for as many as there are");
    }
    if (!coverage && arguments->count > 0) {
        return refuse(error, "--count is about the repetitions of --coverage",
                      "add --coverage 1000, or leave out --count");
    }
    if (!samples && sb_arguments_has(arguments, SB_OPTION_OUTPUT)) {
        return refuse(error, "--output writes an estimate, which needs samples",
                      "add --samples FILE");
    }
    if (samples && coverage && sb_arguments_has(arguments, SB_OPTION_CSV)) {
        return refuse(error, "a CSV table is of the intervals or of their coverage",
                      "choose --json, or leave out --samples or --coverage");
    }
    if (sb_arguments_has(arguments, SB_OPTION_DRAWS) &&
        arguments->robust.intervals != SB_INTERVAL_QUANTILES) {
        return refuse(error, "--draws is about quantiles of random draws",
                      "add --intervals quantiles");
    }
    if (arguments->robust.alphas.count > 1 || arguments->robust.epsilons.count > 1) {
        return refuse(error, "one estimate has one alpha and one epsilon", "give each only once");
    }
    return sb_curve_output_check(arguments, error);
}

static void take_options(const sb_robust_arguments *given, sb_estimate_options *options, fmpq *one)
{
    fmpq_one(one);
    sb_input_estimate_options(given, options);
    options->alpha = options->alpha == NULL ? one : options->alpha;
}

/* The estimated environment, its intervals as the consistent set. */
static sb_status save(const char *path, const sb_estimate_answer *answer, sb_error *error)
{
    sb_environment *estimated = NULL;
    sb_status status =
        sb_estimate_environment(answer->environment, &answer->estimate, &estimated, error);
    if (status == SB_OK) {
        status = sb_environment_save(estimated, path, error);
    }
    sb_environment_free(estimated);
    return status;
}

/* What keeps a good estimate from covering the truth. */
static void explain_coverage(sb_estimate_answer *answer)
{
    const sb_environment *environment = answer->environment;
    size_t signals = sb_environment_player_size(environment, 1);
    size_t types = sb_environment_player_size(environment, 0);
    size_t impossible = 0;
    for (size_t type = 0; type < types; type++) {
        size_t zeros = 0;
        for (size_t signal = 0; signal < signals; signal++) {
            zeros += fmpq_is_zero(environment->weights + type * signals + signal) ? 1 : 0;
        }
        impossible += zeros < signals ? zeros : 0;
    }
    if (impossible > 0) {
        sb_notes_add(
            &answer->notes,
            "%zu pair%s of the prior %s probability 0, which intervals that leave out both "
            "tails do not hold: %s counted as missed at every level, in %s type and in "
            "every repetition",
            impossible, impossible == 1 ? "" : "s", impossible == 1 ? "has" : "have",
            impossible == 1 ? "it is" : "they are", impossible == 1 ? "its" : "their");
    }
}

static sb_status estimate(const sb_arguments *arguments, sb_estimate_answer *answer,
                          sb_error *error)
{
    const char *path = arguments->robust.samples;
    sb_status status = SB_OK;
    if (path != NULL) {
        status = sb_input_read_samples(path, answer->environment, &answer->samples, error);
        if (status == SB_OK) {
            status = sb_estimate_from_samples(answer->environment, answer->samples,
                                              &answer->options, &answer->estimate, error);
        }
    }
    size_t repetitions = arguments->coverage;
    if (status == SB_OK && repetitions > 0) {
        explain_coverage(answer);
        answer->coverage_samples = arguments->count > 0 ? arguments->count : answer->samples->total;
        status =
            sb_estimate_coverage(answer->environment, answer->coverage_samples, repetitions,
                                 answer->options.seed, &answer->options, &answer->coverage, error);
    }
    const char *output = arguments->simulation.output;
    return status == SB_OK && output != NULL ? save(output, answer, error) : status;
}

static sb_status run(const sb_arguments *arguments, sb_estimate_answer *answer, sb_error *error)
{
    sb_status status = check_usage(arguments, error);
    double start = sb_seconds();
    if (status == SB_OK) {
        status = sb_input_read(arguments, &answer->environment, &answer->notes, error);
    }
    if (status == SB_OK) {
        status = estimate(arguments, answer, error);
    }
    if (status != SB_OK) {
        return status;
    }
    answer->seconds = sb_seconds() - start;
    const sb_curve_output output = {
        .report = sb_report_estimate,
        .json = sb_json_estimate,
        .csv = sb_csv_estimate,
        .answer = answer,
        .notes = &answer->notes,
    };
    return sb_curve_output_print(&output, arguments, error);
}

int sb_run_estimate(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_estimate_answer answer = {.options = SB_ESTIMATE_OPTIONS_DEFAULT};
    sb_estimate_init(&answer.estimate);
    sb_notes_init(&answer.notes);
    fmpq_t one;
    fmpq_init(one);
    take_options(&arguments->robust, &answer.options, one);
    sb_status status = run(arguments, &answer, &error);
    fmpq_clear(one);
    sb_estimate_clear(&answer.estimate);
    sb_samples_free(answer.samples);
    sb_environment_free(answer.environment);
    sb_notes_clear(&answer.notes);
    return status == SB_OK ? SB_EXIT_SOLVED : sb_exit_with_error(&error);
}
