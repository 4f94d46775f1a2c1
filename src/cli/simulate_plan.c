/* What the command line asks sidebet simulate for.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/option_values.h"
#include "cli/simulate.h"
#include "sidebet/environment_file.h"

/* ---- options that do not go together ---- */

/* Name an option of a set that was given; false where none was. */
static bool any_given(const sb_arguments *arguments, sb_option_bits bits, sb_option *option)
{
    for (size_t k = 0; k < sb_option_count(); k++) {
        sb_option_at(k, option);
        if ((bits & arguments->given & SB_OPTION_BIT(option->kind)) != 0 &&
            (option->kind != SB_OPTION_RULE ||
             sb_rule_arguments_have(&arguments->rules, option->rule))) {
            return true;
        }
    }
    return false;
}

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    const sb_option_bits generated = SB_OPTION_BIT(SB_OPTION_CORRELATION) |
                                     SB_OPTION_BIT(SB_OPTION_TYPES) |
                                     SB_OPTION_BIT(SB_OPTION_SIGNALS);
    const sb_option_bits of_file =
        SB_OPTION_BIT(SB_OPTION_RULE) | SB_OPTION_BIT(SB_OPTION_PRIOR_CSV);
    const sb_option_bits planned =
        generated | of_file | SB_OPTION_BIT(SB_OPTION_SAMPLES) | SB_OPTION_BIT(SB_OPTION_EPSILON) |
        SB_OPTION_BIT(SB_OPTION_ALPHA) | SB_OPTION_BIT(SB_OPTION_LEVEL) |
        SB_OPTION_BIT(SB_OPTION_INTERVALS) | SB_OPTION_BIT(SB_OPTION_DRAWS) |
        SB_OPTION_BIT(SB_OPTION_SEED) | SB_OPTION_BIT(SB_OPTION_REPETITIONS) |
        SB_OPTION_BIT(SB_OPTION_MECHANISMS) | SB_OPTION_BIT(SB_OPTION_PROOF);
    bool resumed = arguments->simulation.resume != NULL;
    bool has_file = arguments->operand_count > 0;
    sb_option option;
    if (resumed && (has_file || any_given(arguments, planned, &option))) {
        sb_error_set(error, SB_ERROR_USAGE, "--resume says itself what is simulated");
        sb_error_set_hint(error, "leave out %s%s", has_file ? "the file" : "--",
                          has_file ? "" : option.name);
        return SB_ERROR_USAGE;
    }
    if (has_file && any_given(arguments, generated, &option)) {
        sb_error_set(error, SB_ERROR_USAGE, "--%s is of the bivariate normal, and FILE is not one",
                     option.name);
        sb_error_set_hint(error, "leave out FILE or --%s", option.name);
        return SB_ERROR_USAGE;
    }
    if (!has_file && any_given(arguments, of_file, &option)) {
        sb_error_set(error, SB_ERROR_USAGE, "--%s changes a truth in a FILE, and none was given",
                     option.name);
        sb_error_set_hint(error, "write sidebet simulate FILE --%s ...", option.name);
        return SB_ERROR_USAGE;
    }
    if (arguments->simulation.shards > 0 && !resumed && arguments->simulation.output == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "a shard is of no use unless it is kept");
        sb_error_set_hint(error, "add -o FILE, and put the files together with sidebet merge");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

/* ---- filling the plan ---- */

static sb_status set_counts(size_t **counts, size_t *count, const char *name, size_t most,
                            const char *value, sb_error *error)
{
    if (value == NULL) {
        return SB_OK;
    }
    free(*counts);
    return sb_option_read_counts(counts, count, name, most, value, error);
}

static sb_status set_epsilons(sb_simulation_plan *plan, const sb_number_list *list, sb_error *error)
{
    if (list->count == 0) {
        return SB_OK;
    }
    double *epsilons = sb_allocate(list->count, sizeof *epsilons);
    if (epsilons == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < list->count; k++) {
        epsilons[k] = sb_rational_to_double(list->numbers + k);
    }
    free(plan->epsilons);
    plan->epsilons = epsilons;
    plan->epsilon_count = list->count;
    return SB_OK;
}

static sb_status set_correlations(sb_simulation_plan *plan, const sb_number_list *list,
                                  sb_error *error)
{
    if (list->count == 0) {
        return SB_OK;
    }
    fmpq *correlations = sb_rationals_copy(list->numbers, list->count);
    if (correlations == NULL) {
        return sb_out_of_memory(error);
    }
    sb_rationals_free(plan->correlations, plan->correlation_count);
    plan->correlations = correlations;
    plan->correlation_count = list->count;
    return SB_OK;
}

static sb_status unknown_mechanism(const char *word, size_t length, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "--mechanisms knows no '%.*s'",
                 length > 80 ? 80 : (int)length, word);
    sb_error_set_hint(error, "choose among known-prior, ex-post, bayesian and robust");
    return SB_ERROR_USAGE;
}

static sb_status set_mechanisms(sb_simulation_plan *plan, const char *list, sb_error *error)
{
    if (list == NULL) {
        return SB_OK;
    }
    memset(plan->wanted, 0, sizeof plan->wanted);
    for (;;) {
        size_t length = strcspn(list, ",");
        int k = 0;
        while (k < SB_CONTENDER_COUNT &&
               (strlen(sb_contender_name((sb_contender)k)) != length ||
                memcmp(sb_contender_name((sb_contender)k), list, length) != 0)) {
            k++;
        }
        if (k == SB_CONTENDER_COUNT) {
            return unknown_mechanism(list, length, error);
        }
        plan->wanted[k] = true;
        if (list[length] == '\0') {
            return SB_OK;
        }
        list += length + 1;
    }
}

static sb_status set_estimate(sb_estimate_options *estimate, const sb_robust_arguments *robust,
                              sb_error *error)
{
    if (robust->alphas.count > 1) {
        sb_error_set(error, SB_ERROR_USAGE, "a simulation takes one --alpha");
        sb_error_set_hint(error, "run it once for each");
        return SB_ERROR_USAGE;
    }
    if (robust->alphas.count == 1) {
        estimate->alpha = sb_rationals_copy(robust->alphas.numbers, 1);
        if (estimate->alpha == NULL) {
            return sb_out_of_memory(error);
        }
    }
    estimate->level = robust->level;
    estimate->method = robust->intervals;
    estimate->draws = robust->draws > 0 ? robust->draws : estimate->draws;
    return SB_OK;
}

static sb_status set_lists(sb_simulation_plan *plan, const sb_arguments *arguments, sb_error *error)
{
    const sb_simulation_arguments *given = &arguments->simulation;
    sb_status status = set_counts(&plan->sample_counts, &plan->sample_count_count, "samples",
                                  SB_SIMULATION_MOST_SAMPLES, arguments->robust.samples, error);
    if (status == SB_OK) {
        status = set_counts(&plan->type_counts, &plan->type_count_count, "types",
                            SB_SIMULATION_MOST_TYPES, given->types, error);
    }
    if (status == SB_OK) {
        status = set_counts(&plan->signal_counts, &plan->signal_count_count, "signals",
                            SB_SIMULATION_MOST_TYPES, given->signals, error);
    }
    if (status == SB_OK) {
        status = set_correlations(plan, &given->correlations, error);
    }
    return status == SB_OK ? set_epsilons(plan, &arguments->robust.epsilons, error) : status;
}

static sb_status set_truth(sb_simulation_plan *plan, const sb_arguments *arguments, sb_notes *notes,
                           sb_error *error)
{
    if (arguments->operand_count == 0) {
        return SB_OK;
    }
    sb_environment *truth = NULL;
    sb_status status = sb_input_read(arguments, &truth, notes, error);
    if (status == SB_OK) {
        status = sb_environment_format(truth, &plan->environment, error);
    }
    sb_environment_free(truth);
    return status;
}

static sb_status fill_plan(sb_simulation_plan *plan, const sb_arguments *arguments, sb_notes *notes,
                           sb_error *error)
{
    sb_status status = set_lists(plan, arguments, error);
    if (status == SB_OK) {
        status = set_mechanisms(plan, arguments->simulation.mechanisms, error);
    }
    if (status == SB_OK) {
        status = set_estimate(&plan->estimate, &arguments->robust, error);
    }
    if (status == SB_OK) {
        status = set_truth(plan, arguments, notes, error);
    }
    plan->repetitions = arguments->simulation.repetitions > 0 ? arguments->simulation.repetitions
                                                              : plan->repetitions;
    plan->seed = arguments->robust.seed;
    plan->exact = arguments->exact;
    return status;
}

sb_status sb_simulate_plan(const sb_arguments *arguments, sb_simulation **simulation,
                           sb_notes *notes, sb_error *error)
{
    sb_status status = check_options(arguments, error);
    if (status != SB_OK) {
        return status;
    }
    if (arguments->simulation.resume != NULL) {
        return sb_exit_blame_input(
            sb_simulation_read(arguments->simulation.resume, simulation, error), error);
    }
    sb_simulation_plan plan;
    status = sb_simulation_plan_init(&plan, error);
    if (status != SB_OK) {
        return status;
    }
    status = fill_plan(&plan, arguments, notes, error);
    if (status == SB_OK) {
        status = sb_simulation_new(&plan, simulation, error);
    }
    sb_simulation_plan_clear(&plan);
    return status;
}
