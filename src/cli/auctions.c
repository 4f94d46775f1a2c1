/* sidebet auctions: well-known mechanisms beside the best one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/auctions.h"

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/layout.h"
#include "cli/program.h"

static void answer_init(sb_auctions_answer *answer)
{
    *answer = (sb_auctions_answer){.environment = NULL};
    sb_baseline_init(&answer->optimum);
    sb_baseline_init(&answer->ex_post);
    fmpq_init(&answer->full_surplus);
    sb_auctions_init(&answer->auctions);
    sb_notes_init(&answer->notes);
}

static void answer_clear(sb_auctions_answer *answer)
{
    sb_environment_free(answer->environment);
    sb_baseline_clear(&answer->optimum);
    sb_baseline_clear(&answer->ex_post);
    fmpq_clear(&answer->full_surplus);
    sb_auctions_clear(&answer->auctions);
    sb_notes_clear(&answer->notes);
}

static sb_status compute(const sb_arguments *arguments, sb_auctions_answer *answer, sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    sb_baseline *optimum = &answer->optimum;
    sb_full_surplus(&answer->full_surplus, answer->environment);
    sb_status status = sb_auctions_find(answer->environment, &answer->auctions, error);
    if (status == SB_OK) {
        status = sb_design_value(answer->environment, NULL, NULL, &options, &optimum->status,
                                 &optimum->proof, &optimum->objective, error);
    }
    if (status == SB_OK) {
        status = sb_baseline_ex_post(answer->environment, NULL, &options, &answer->ex_post, error);
    }
    return status;
}

static sb_status print(const sb_arguments *arguments, const sb_auctions_answer *answer,
                       sb_error *error)
{
    sb_text text;
    sb_text_init(&text);
    if (sb_arguments_has(arguments, SB_OPTION_JSON)) {
        sb_json_auctions(&text, answer);
    } else {
        sb_exit_print_notes(&answer->notes);
        sb_report_auctions(&text, answer, sb_layout_width());
    }
    return sb_exit_print(&text, error);
}

int sb_run_auctions(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_auctions_answer answer;
    answer_init(&answer);
    double start = sb_seconds();
    sb_status status = sb_input_read(arguments, &answer.environment, &answer.notes, &error);
    if (status == SB_OK) {
        status = compute(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        answer.seconds = sb_seconds() - start;
        status = print(arguments, &answer, &error);
    }
    int exit_status = status == SB_OK ? SB_EXIT_SOLVED : sb_exit_with_error(&error);
    answer_clear(&answer);
    return exit_status;
}
