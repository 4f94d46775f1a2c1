/* sidebet merge: put parts of a simulation together.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/program.h"
#include "cli/simulate.h"

static sb_status add_part(sb_simulation **whole, const char *path, sb_error *error)
{
    sb_simulation *part = NULL;
    sb_status status = sb_exit_blame_input(sb_simulation_read(path, &part, error), error);
    if (status != SB_OK) {
        return status;
    }
    if (*whole == NULL) {
        *whole = part;
        return SB_OK;
    }
    status = sb_simulation_merge(*whole, part, error);
    if (status != SB_OK) {
        sb_error_set_place(error, path, 0, 0);
    }
    sb_simulation_free(part);
    return status;
}

int sb_run_merge(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_simulation *whole = NULL;
    const char *output = arguments->simulation.output;
    int exit_status = SB_EXIT_SOLVED;
    sb_status status = sb_curve_output_check(arguments, &error);
    for (size_t k = 0; status == SB_OK && k < arguments->operand_count; k++) {
        status = add_part(&whole, arguments->operands[k], &error);
    }
    if (status == SB_OK && output != NULL) {
        status = sb_simulate_check_output(output, &error);
        status = status == SB_OK ? sb_simulate_save(whole, output, &error) : status;
    }
    if (status == SB_OK) {
        sb_simulate_answer answer = {.simulation = whole, .notes = &notes};
        exit_status = sb_simulate_exit_status(whole);
        status = sb_simulate_print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_simulation_free(whole);
    sb_notes_clear(&notes);
    return exit_status;
}
