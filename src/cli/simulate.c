/* sidebet simulate: what mechanisms learned from samples earn.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/simulate.h"

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/progress.h"

static const double seconds_between_saves = 5;

typedef struct watching {
    const char *output; /* NULL: nothing is written */
    size_t done_before, planned;
    double start, last_save;
    sb_status status; /* of the saves */
    sb_error *error;
} watching;

static bool watch(void *context, const sb_simulation *so_far)
{
    watching *state = context;
    double now = sb_seconds();
    sb_progress_bar("repetitions", sb_simulation_done(so_far) - state->done_before, state->planned,
                    now - state->start);
    if (state->output != NULL && now - state->last_save >= seconds_between_saves) {
        state->status = sb_simulate_save(so_far, state->output, state->error);
        state->last_save = sb_seconds();
    }
    return state->status == SB_OK;
}

static void explain_how_to_go_on(const char *output, sb_error *error)
{
    if (output != NULL) {
        sb_error_set_hint(error, "go on with sidebet simulate --resume %.200s", output);
    } else {
        sb_error_set_hint(error, "with -o FILE it could be resumed");
    }
}

static sb_status simulate(const sb_arguments *arguments, const char *output,
                          sb_simulation *simulation, sb_error *error)
{
    sb_simulation_options options = SB_SIMULATION_OPTIONS_DEFAULT;
    options.workers = arguments->simulation.workers;
    options.shard = arguments->simulation.shard;
    options.shards = arguments->simulation.shards;
    options.cancel = sb_interrupt_watch();
    watching state = {.output = output,
                      .done_before = sb_simulation_done(simulation),
                      .planned = sb_simulation_planned(simulation, &options),
                      .start = sb_seconds(),
                      .last_save = sb_seconds(),
                      .error = error};
    options.progress = watch;
    options.context = &state;
    sb_status status = sb_simulation_run(simulation, &options, error);
    sb_progress_end();
    if (state.status != SB_OK) {
        return state.status;
    }
    if (output != NULL) {
        sb_error unsaved;
        sb_error_clear(&unsaved);
        sb_status saved = sb_simulate_save(simulation, output, &unsaved);
        if (saved != SB_OK) {
            *error = unsaved;
            return saved;
        }
    }
    if (status == SB_ERROR_CANCELLED) {
        explain_how_to_go_on(output, error);
    }
    return status;
}

/* Begin with a file that can be resumed, so that a path that cannot be written shows at once. */
static sb_status prepare_output(const char *output, const sb_simulation *simulation,
                                sb_error *error)
{
    if (output == NULL) {
        return SB_OK;
    }
    sb_status status = sb_simulate_check_output(output, error);
    return status == SB_OK ? sb_simulate_save(simulation, output, error) : status;
}

int sb_run_simulate(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_simulation *simulation = NULL;
    const char *output = arguments->simulation.output != NULL ? arguments->simulation.output
                                                              : arguments->simulation.resume;
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = sb_curve_output_check(arguments, &error);
    if (status == SB_OK) {
        status = sb_simulate_plan(arguments, &simulation, &notes, &error);
    }
    if (status == SB_OK) {
        status = prepare_output(output, simulation, &error);
    }
    if (status == SB_OK) {
        status = simulate(arguments, output, simulation, &error);
    }
    if (status == SB_OK) {
        sb_simulate_answer answer = {simulation, &notes, sb_seconds() - start};
        exit_status = sb_simulate_exit_status(simulation);
        status = sb_simulate_print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_simulation_free(simulation);
    sb_notes_clear(&notes);
    return exit_status;
}
