/* sidebet solve: a best mechanism.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/solve.h"

#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/layout.h"
#include "cli/program.h"
#include "cli/reported.h"
#include "sidebet/certificate.h"
#include "sidebet/surplus.h"

static int exit_status_of(const sb_solution *solution)
{
    switch (solution->status) {
    case SB_LP_OPTIMAL:
        return SB_EXIT_SOLVED;
    case SB_LP_INFEASIBLE:
    case SB_LP_UNBOUNDED:
        return SB_EXIT_NEGATIVE;
    case SB_LP_FAILED:
        break;
    }
    return SB_EXIT_FAILURE;
}

static sb_status print_answer(const sb_solve_answer *answer, bool json, sb_error *error)
{
    sb_text text;
    sb_text_init(&text);
    if (json) {
        sb_json_solve(&text, answer);
    } else {
        sb_exit_print_notes(answer->notes);
        sb_exit_print_notes(&answer->solution->remarks);
        sb_report_solve(&text, answer, sb_layout_width());
    }
    return sb_exit_print(&text, error);
}

static sb_status solve(const sb_arguments *arguments, const sb_environment *environment,
                       const sb_notes *notes, int *exit_status, sb_error *error)
{
    bool smallest;
    sb_solution solution;
    sb_solution_init(&solution);
    double start = sb_seconds();
    sb_status status = sb_reported_solve(arguments, environment, &solution, &smallest, error);
    if (status == SB_OK && arguments->certificate != NULL) {
        status = sb_certificate_save(environment, &solution, arguments->certificate, error);
    }
    if (status == SB_OK) {
        fmpq_t surplus, limit;
        fmpq_init(surplus);
        fmpq_init(limit);
        sb_full_surplus(surplus, environment);
        sb_objective_limit(limit, environment);
        sb_solve_answer answer = {environment,          &solution, surplus, limit, notes,
                                  sb_seconds() - start, smallest};
        status =
            print_answer(&answer, (arguments->given & SB_OPTION_BIT(SB_OPTION_JSON)) != 0, error);
        /* An interrupted search has printed its best so far. */
        bool interrupted = solution.searched && atomic_load(sb_interrupt_watch());
        *exit_status = interrupted ? SB_EXIT_INTERRUPTED : exit_status_of(&solution);
        fmpq_clear(surplus);
        fmpq_clear(limit);
    }
    sb_solution_clear(&solution);
    return status;
}

int sb_solve_run(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment;
    int exit_status = SB_EXIT_FAILURE;
    sb_status status = sb_input_read(arguments, &environment, &notes, &error);
    if (status == SB_OK) {
        status = solve(arguments, environment, &notes, &exit_status, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
