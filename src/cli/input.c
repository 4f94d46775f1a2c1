/* What solve and check begin with: the environment of the command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/input.h"

#include <stddef.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/option_values.h"
#include "sidebet/environment_file.h"

static sb_status read_path(const sb_arguments *arguments, const char *path, const char *csv,
                           sb_environment **environment, sb_notes *notes, sb_error *error)
{
    *environment = NULL;
    sb_status status =
        sb_exit_blame_input(sb_environment_read(path, environment, notes, error), error);
    if (status == SB_OK && csv != NULL) {
        status = sb_exit_blame_input(sb_environment_import_csv(*environment, csv, error), error);
    }
    if (status == SB_OK) {
        status = sb_rule_arguments_apply(&arguments->rules, *environment, error);
    }
    if (status != SB_OK) {
        sb_environment_free(*environment);
        *environment = NULL;
    }
    return status;
}

sb_status sb_input_read(const sb_arguments *arguments, sb_environment **environment,
                        sb_notes *notes, sb_error *error)
{
    return read_path(arguments, arguments->operands[0], arguments->prior_csv, environment, notes,
                     error);
}

sb_status sb_input_read_file(const sb_arguments *arguments, size_t operand,
                             sb_environment **environment, sb_notes *notes, sb_error *error)
{
    return read_path(arguments, arguments->operands[operand], NULL, environment, notes, error);
}

sb_status sb_input_read_path(const sb_arguments *arguments, const char *path,
                             sb_environment **environment, sb_notes *notes, sb_error *error)
{
    return read_path(arguments, path, NULL, environment, notes, error);
}

sb_status sb_input_read_samples(const char *path, const sb_environment *environment,
                                sb_samples **samples, sb_error *error)
{
    sb_status status =
        sb_exit_blame_input(sb_samples_read(path, environment, samples, error), error);
    if (status == SB_OK && (*samples)->total == 0) {
        sb_samples_free(*samples);
        *samples = NULL;
        status = sb_error_set(error, SB_ERROR_INPUT, "there is no sample to estimate from");
        sb_error_set_place(error, strcmp(path, "-") == 0 ? "standard input" : path, 0, 0);
        sb_error_set_hint(error, "write a line for each sample, or one for each pair with its "
                                 "count; sidebet sample draws some");
    }
    return status;
}

sb_lp_options sb_input_options(const sb_arguments *arguments)
{
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = arguments->exact;
    options.time_limit = arguments->time_limit;
    options.memory_limit = 1e6 * (double)arguments->memory_limit;
    options.cancel = sb_interrupt_watch();
    return options;
}

void sb_input_estimate_options(const sb_robust_arguments *given, sb_estimate_options *options)
{
    options->alpha = given->alphas.count > 0 ? given->alphas.numbers : NULL;
    if (given->epsilons.count > 0) {
        options->epsilon = sb_rational_to_double(given->epsilons.numbers);
    }
    options->level = given->level;
    options->method = given->intervals;
    options->draws = given->draws > 0 ? given->draws : options->draws;
    options->seed = given->seed;
}
