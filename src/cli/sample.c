/* sidebet sample: draws of type and signal from a prior.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "sidebet/samples.h"

enum { MOST_IN_ORDER = 10000000 };

static sb_status check_count(const sb_arguments *arguments, sb_error *error)
{
    if (arguments->count == 0) {
        sb_error_set(error, SB_ERROR_USAGE, "sample draws a number of samples, which is not given");
        sb_error_set_hint(error, "add --count 1000");
        return SB_ERROR_USAGE;
    }
    if (arguments->count > MOST_IN_ORDER && !sb_arguments_has(arguments, SB_OPTION_COUNTS)) {
        sb_error_set(error, SB_ERROR_USAGE, "more than %d samples are too many to list one by one",
                     MOST_IN_ORDER);
        sb_error_set_hint(error, "add --counts: a line for each pair and how often it was drawn");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

/* The CSV text of so many draws. */
static sb_status draw(const sb_arguments *arguments, const sb_environment *environment, char **text,
                      sb_error *error)
{
    bool in_order = !sb_arguments_has(arguments, SB_OPTION_COUNTS);
    sb_samples *samples = NULL;
    size_t *sequence = NULL;
    sb_random_stream stream;
    sb_random_stream_init(&stream, arguments->robust.seed, NULL, 0);
    sb_status status = sb_samples_new(environment, &samples, error);
    if (status == SB_OK && in_order) {
        sequence = sb_allocate(arguments->count, sizeof *sequence);
        status = sequence == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    if (status == SB_OK) {
        status = sb_samples_draw(samples, environment, arguments->count, &stream, sequence, error);
    }
    if (status == SB_OK) {
        status = sb_samples_format(samples, environment, sequence, arguments->count, text, error);
    }
    free(sequence);
    sb_samples_free(samples);
    return status;
}

static sb_status print(const sb_arguments *arguments, const char *samples, sb_error *error)
{
    const char *path = arguments->simulation.output;
    if (path != NULL && strcmp(path, "-") != 0) {
        return sb_text_write_file(path, samples, strlen(samples), error);
    }
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, samples);
    return sb_exit_print(&text, error);
}

int sb_run_sample(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = NULL;
    sb_notes notes;
    sb_notes_init(&notes);
    char *text = NULL;
    sb_status status = check_count(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &environment, &notes, &error);
    }
    if (status == SB_OK) {
        status = draw(arguments, environment, &text, &error);
    }
    if (status == SB_OK) {
        sb_exit_print_notes(&notes);
        status = print(arguments, text, &error);
    }
    free(text);
    sb_notes_clear(&notes);
    sb_environment_free(environment);
    return status == SB_OK ? SB_EXIT_SOLVED : sb_exit_with_error(&error);
}
