/* What sidebet robust begins with: the estimate, and the set of beliefs around it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/robust.h"
#include "model/csv.h"

static sb_status check_shape(const sb_arguments *arguments, const sb_environment *environment,
                             sb_error *error)
{
    if (environment->agent_count == 1 && environment->has_signal) {
        return SB_OK;
    }
    if (environment->agent_count != 1) {
        sb_error_set(error, SB_ERROR_USAGE, "robust mechanisms are for one bidder; %s has %zu",
                     arguments->operands[0], environment->agent_count);
    } else {
        sb_error_set(error, SB_ERROR_USAGE, "robust mechanisms need a signal; %s has none",
                     arguments->operands[0]);
    }
    sb_error_set_hint(error, "describe one bidder and a signal, as in demos/weather.yaml");
    return SB_ERROR_USAGE;
}

/* ---- the set in words ---- */

static char *describe_set(const sb_robust_answer *answer)
{
    const sb_set_description *set = &answer->environment->robust;
    sb_text text;
    sb_text_init(&text);
    if (answer->origin == SB_SET_FROM_SAMPLES) {
        const sb_estimate_options *options = &answer->estimate_options;
        sb_text_add_format(&text,
                           "posterior intervals of %zu sample%s, which %s the truth with "
                           "probability %.12g",
                           answer->sample_count, answer->sample_count == 1 ? "" : "s",
                           options->level == SB_LEVEL_PER_ELEMENT ? "each hold"
                           : options->level == SB_LEVEL_ROW       ? "together for a type hold"
                                                                  : "all together hold",
                           1 - options->epsilon);
    } else if (set->kind == SB_SET_BOX) {
        char *radius = sb_rational_display(&set->radius, 24, NULL);
        text.failed = text.failed || radius == NULL;
        sb_text_add_format(&text, "every belief within %s of the estimate",
                           radius == NULL ? "" : radius);
        free(radius);
    } else {
        sb_text_add(&text, "every belief between the lower and the upper bounds");
    }
    if (set->constraint_count > 0) {
        sb_text_add_format(&text, ", cut by %zu linear constraint%s", set->constraint_count,
                           set->constraint_count == 1 ? "" : "s");
    }
    return sb_text_take(&text, NULL);
}

/* ---- a set from the command line ---- */

static sb_status read_tables(const sb_arguments *arguments, sb_environment *environment,
                             sb_error *error)
{
    size_t types = sb_environment_player_size(environment, 0);
    size_t signals = sb_environment_player_size(environment, 1);
    fmpq *lower = sb_rationals_new(types * signals);
    fmpq *upper = sb_rationals_new(types * signals);
    bool fraction = false;
    sb_status status = lower == NULL || upper == NULL ? sb_out_of_memory(error) : SB_OK;
    if (status == SB_OK) {
        status = sb_exit_blame_input(
            sb_csv_read_weights(environment, arguments->robust.lower, lower, &fraction, error),
            error);
    }
    if (status == SB_OK) {
        status = sb_exit_blame_input(
            sb_csv_read_weights(environment, arguments->robust.upper, upper, &fraction, error),
            error);
    }
    if (status == SB_OK) {
        status =
            sb_set_description_tables(&environment->robust, types, signals, lower, upper, error);
    }
    sb_rationals_free(lower, types * signals);
    sb_rationals_free(upper, types * signals);
    return status;
}

/* The set as data, in place of what the file says of it; its linear constraints stay. */
static sb_status describe(const sb_arguments *arguments, sb_robust_answer *answer, sb_error *error)
{
    sb_environment *environment = answer->environment;
    const sb_number_list *radii = &arguments->robust.radii;
    if (radii->count > 0) {
        answer->origin = SB_SET_FROM_BOX;
        return sb_set_description_box(
            &environment->robust, sb_environment_player_size(environment, 0),
            sb_environment_player_size(environment, 1), radii->numbers, error);
    }
    if (arguments->robust.lower != NULL) {
        answer->origin = SB_SET_FROM_TABLES;
        return read_tables(arguments, environment, error);
    }
    answer->origin = SB_SET_FROM_FILE;
    if (environment->robust.kind == SB_SET_NONE) {
        sb_error_set(error, SB_ERROR_USAGE,
                     environment->robust.constraint_count > 0
                         ? "which beliefs must the mechanism hold for? %s has linear constraints, "
                           "but no box and no bounds for them to cut"
                         : "which beliefs must the mechanism hold for? %s says nothing about it",
                     arguments->operands[0]);
        sb_error_set_hint(error, "add --box 0.01, or --lower and --upper, or --samples, or "
                                 "robust: {box: 0.01} to the file; --price needs none");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

/* ---- samples ---- */

static sb_status set_from_estimate(sb_robust_answer *answer, sb_error *error)
{
    sb_environment *estimated = NULL;
    sb_status status =
        sb_estimate_environment(answer->environment, &answer->estimate, &estimated, error);
    if (status != SB_OK) {
        return status;
    }
    sb_environment_free(answer->environment);
    answer->environment = estimated;
    status = sb_estimate_set(estimated, &answer->estimate, &answer->set, error);
    const sb_set_description *described = &estimated->robust;
    if (status == SB_OK && described->constraint_count > 0) {
        status = sb_consistent_set_constrain(&answer->set, estimated, described->constraint_count,
                                             described->constraints, error);
    }
    return status;
}

static sb_status use_samples(const sb_arguments *arguments, sb_robust_answer *answer,
                             sb_error *error)
{
    const sb_robust_arguments *robust = &arguments->robust;
    sb_estimate_options *options = &answer->estimate_options;
    sb_input_estimate_options(robust, options);
    sb_samples *samples = NULL;
    sb_status status = sb_input_read_samples(robust->samples, answer->environment, &samples, error);
    if (status == SB_OK) {
        answer->origin = SB_SET_FROM_SAMPLES;
        answer->sample_count = samples->total;
        status = sb_estimate_from_samples(answer->environment, samples, options, &answer->estimate,
                                          error);
    }
    sb_samples_free(samples);
    if (status == SB_OK) {
        answer->has_estimate = true;
        status = set_from_estimate(answer, error);
    }
    for (size_t k = 0; status == SB_OK && k < answer->estimate.remarks.count; k++) {
        sb_notes_add(&answer->notes, "%s", answer->estimate.remarks.texts[k]);
    }
    return status;
}

/* ---- both ---- */

static sb_status find_set(const sb_arguments *arguments, sb_robust_answer *answer, sb_error *error)
{
    if (arguments->robust.samples != NULL) {
        return use_samples(arguments, answer, error);
    }
    sb_status status = describe(arguments, answer, error);
    return status == SB_OK ? sb_consistent_set_described(&answer->set, answer->environment,
                                                         &answer->environment->robust, error)
                           : status;
}

/* A type without a set is asked for nothing, unlike under ex-post rules: even a box of all beliefs
 * may be better than those. */
static void explain_impossible_types(sb_robust_answer *answer, bool boxes)
{
    const sb_environment *environment = answer->environment;
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t type = 0; type < sb_environment_player_size(environment, 0); type++) {
        sb_environment_marginal(probability, environment, 0, type);
        if (fmpq_is_zero(probability) && (boxes || !answer->set.has_set[type])) {
            sb_notes_add(&answer->notes,
                         "type %s has probability zero, so no belief for a box to be around: the "
                         "robust rules leave it out, the ex-post rules do not",
                         sb_environment_label(environment, 0, type));
        }
    }
    fmpq_clear(probability);
}

sb_status sb_robust_read(const sb_arguments *arguments, sb_robust_answer *answer, sb_error *error)
{
    sb_status status = sb_input_read(arguments, &answer->environment, &answer->notes, error);
    if (status == SB_OK) {
        status = check_shape(arguments, answer->environment, error);
    }
    if (status == SB_OK && sb_arguments_has(arguments, SB_OPTION_PRICE)) {
        explain_impossible_types(answer, true);
        return SB_OK; /* the curve makes its own sets */
    }
    if (status != SB_OK) {
        return status;
    }
    status = find_set(arguments, answer, error);
    if (status == SB_OK) {
        explain_impossible_types(answer, false);
        answer->set_text = describe_set(answer);
        status = answer->set_text == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    return status;
}
