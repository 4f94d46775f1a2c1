/* sidebet separation: how far apart are the types' beliefs?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/separation.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/layout.h"
#include "cli/program.h"

static void answer_clear(sb_separation_answer *answer)
{
    for (size_t i = 0; answer->separations != NULL && i < answer->count; i++) {
        sb_separation_clear(&answer->separations[i]);
    }
    free(answer->separations);
    sb_environment_free(answer->environment);
    sb_notes_clear(&answer->notes);
}

static sb_status choose_agents(const sb_arguments *arguments, sb_separation_answer *answer,
                               sb_error *error)
{
    answer->count = answer->environment->agent_count;
    if (arguments->agent == NULL) {
        return SB_OK;
    }
    sb_status status =
        sb_environment_find_player(answer->environment, arguments->agent, &answer->first, error);
    if (status == SB_OK && answer->first >= answer->environment->agent_count) {
        sb_error_set(error, SB_ERROR_USAGE, "--agent %.80s is the signal, which has no beliefs",
                     arguments->agent);
        sb_error_set_hint(error, "name an agent, or leave out --agent");
        status = SB_ERROR_USAGE;
    }
    answer->count = status == SB_OK ? 1 : 0;
    return status;
}

static sb_status compute(const sb_arguments *arguments, sb_separation_answer *answer,
                         sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    answer->separations = sb_allocate(answer->count, sizeof *answer->separations);
    if (answer->separations == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t i = 0; i < answer->count; i++) {
        sb_separation_init(&answer->separations[i]);
    }
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        status = sb_separation_find(answer->environment, answer->first + i, arguments->norm,
                                    &options, &answer->separations[i], error);
    }
    return status;
}

/* Is some agent's belief a mixture of others of its types? */
static int exit_status_of(const sb_separation_answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        const sb_separation *separation = &answer->separations[i];
        if (!separation->alone && fmpq_is_zero(&separation->gamma)) {
            return SB_EXIT_NEGATIVE;
        }
    }
    return SB_EXIT_SOLVED;
}

static sb_status print(const sb_arguments *arguments, const sb_separation_answer *answer,
                       sb_error *error)
{
    sb_text text;
    sb_text_init(&text);
    if (sb_arguments_has(arguments, SB_OPTION_JSON)) {
        sb_json_separation(&text, answer);
    } else {
        sb_exit_print_notes(&answer->notes);
        sb_report_separation(&text, answer, sb_layout_width());
    }
    return sb_exit_print(&text, error);
}

int sb_run_separation(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_separation_answer answer = {.environment = NULL};
    sb_notes_init(&answer.notes);
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = sb_input_read(arguments, &answer.environment, &answer.notes, &error);
    if (status == SB_OK) {
        status = choose_agents(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        status = compute(arguments, &answer, &error);
    }
    if (status == SB_OK) {
        answer.seconds = sb_seconds() - start;
        exit_status = exit_status_of(&answer);
        status = print(arguments, &answer, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    answer_clear(&answer);
    return exit_status;
}
