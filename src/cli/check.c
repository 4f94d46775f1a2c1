/* sidebet check: can the seller extract the full surplus?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/check.h"

#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/layout.h"
#include "cli/program.h"

static int exit_status_of(const sb_extraction *extraction)
{
    switch (extraction->bayesian) {
    case SB_ANSWER_YES:
        return SB_EXIT_SOLVED;
    case SB_ANSWER_NO:
        return SB_EXIT_NEGATIVE;
    case SB_ANSWER_NOT_CONFIRMED:
        break;
    }
    return SB_EXIT_FAILURE;
}

static sb_status check(const sb_arguments *arguments, const sb_environment *environment,
                       const sb_notes *notes, int *exit_status, sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    sb_extraction extraction;
    sb_extraction_init(&extraction);
    double start = sb_seconds();
    sb_status status = sb_full_extraction(environment, &options, &extraction, error);
    if (status == SB_OK) {
        sb_check_answer answer = {environment, &extraction, notes, sb_seconds() - start};
        sb_text text;
        sb_text_init(&text);
        if ((arguments->given & SB_OPTION_BIT(SB_OPTION_JSON)) != 0) {
            sb_json_check(&text, &answer);
        } else {
            sb_exit_print_notes(notes);
            sb_report_check(&text, &answer, sb_layout_width());
        }
        status = sb_exit_print(&text, error);
        *exit_status = exit_status_of(&extraction);
    }
    sb_extraction_clear(&extraction);
    return status;
}

int sb_check_run(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment;
    int exit_status = SB_EXIT_FAILURE;
    sb_status status = sb_input_read(arguments, &environment, &notes, &error);
    if (status == SB_OK) {
        status = check(arguments, environment, &notes, &exit_status, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
