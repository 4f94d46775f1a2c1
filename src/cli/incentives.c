/* sidebet incentives: who would misreport as whom.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/incentives.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/layout.h"
#include "cli/lp.h"
#include "cli/program.h"
#include "view/plot_incentives.h"

static bool is_dot(const sb_arguments *arguments)
{
    return arguments->format != NULL && strcmp(arguments->format, "dot") == 0;
}

static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    bool text = arguments->format == NULL || strcmp(arguments->format, "text") == 0;
    if (!text && !is_dot(arguments)) {
        sb_error_set(error, SB_ERROR_USAGE, "sidebet incentives writes no %s", arguments->format);
        sb_error_set_hint(error, "write --format text or dot, or see sidebet help lp");
        return SB_ERROR_USAGE;
    }
    if (sb_arguments_has(arguments, SB_OPTION_JSON) && arguments->format != NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "--json and --format exclude each other");
        sb_error_set_hint(error, "leave out one of them");
        return SB_ERROR_USAGE;
    }
    return arguments->figure == NULL ? SB_OK : sb_figure_check(arguments->figure, error);
}

static sb_status find_agents(const sb_arguments *arguments, const sb_environment *environment,
                             size_t *first, size_t *count, sb_error *error)
{
    *first = 0;
    *count = environment->agent_count;
    if (arguments->agent == NULL) {
        if (arguments->figure != NULL && *count > SB_FIGURE_MOST_PANELS) {
            sb_error_set(error, SB_ERROR_USAGE,
                         "--figure does not say which agent's incentives are drawn");
            sb_error_set_hint(error, "name one, as in --agent \"%s\"", environment->agents[0].name);
            return SB_ERROR_USAGE;
        }
        return SB_OK;
    }
    sb_status status = sb_environment_find_player(environment, arguments->agent, first, error);
    if (status == SB_OK && *first >= environment->agent_count) {
        sb_error_set(error, SB_ERROR_USAGE, "%s is the signal: it reports nothing",
                     environment->signal_name);
        sb_error_set_hint(error, "name an agent");
        return SB_ERROR_USAGE;
    }
    *count = 1;
    return status;
}

/* All edges for programs; for people those that bind. */
static sb_status build(const sb_arguments *arguments, size_t first, sb_incentives_answer *answer,
                       sb_error *error)
{
    answer->graphs = sb_allocate(answer->count, sizeof *answer->graphs);
    if (answer->graphs == NULL) {
        return sb_out_of_memory(error);
    }
    bool all = sb_arguments_has(arguments, SB_OPTION_JSON);
    sb_status status = SB_OK;
    for (size_t k = 0; k < answer->count; k++) {
        sb_incentive_graph_init(&answer->graphs[k]);
    }
    for (size_t k = 0; status == SB_OK && k < answer->count; k++) {
        status = sb_incentive_graph_build(answer->environment, answer->solution, first + k,
                                          SB_NOWHERE, all, &answer->graphs[k], error);
    }
    return status;
}

/* The rules that bind, whatever else is printed. */
static sb_status draw(const sb_arguments *arguments, const sb_incentives_answer *answer,
                      sb_error *error)
{
    if (answer->solution->status != SB_LP_OPTIMAL) {
        return SB_OK; /* the answer says why there is nothing to draw */
    }
    sb_plot plots[SB_FIGURE_MOST_PANELS];
    sb_figure figure = {.title = answer->environment->title,
                        .caption = sb_plot_incentives_caption(&answer->graphs[0])};
    sb_status status = SB_OK;
    for (size_t k = 0; k < answer->count && k < SB_FIGURE_MOST_PANELS && status == SB_OK; k++) {
        sb_incentive_graph graph;
        sb_incentive_graph_init(&graph);
        status =
            sb_incentive_graph_build(answer->environment, answer->solution, answer->graphs[k].agent,
                                     SB_NOWHERE, false, &graph, error);
        if (status == SB_OK) {
            plots[k] = sb_plot_of_incentives(answer->environment, &graph);
            figure.panels[figure.panel_count++] = &plots[k];
        }
        sb_incentive_graph_clear(&graph);
    }
    status = status == SB_OK ? sb_figure_write(&figure, arguments->figure, error) : status;
    for (size_t k = 0; k < figure.panel_count; k++) {
        sb_plot_clear(&plots[k]);
    }
    return status;
}

static sb_status print(const sb_arguments *arguments, const sb_incentives_answer *answer,
                       sb_error *error)
{
    sb_text text;
    sb_text_init(&text);
    sb_status status = arguments->figure == NULL ? SB_OK : draw(arguments, answer, error);
    if (status != SB_OK) {
        return status;
    }
    if (sb_arguments_has(arguments, SB_OPTION_JSON)) {
        sb_json_incentives(&text, answer);
    } else if (is_dot(arguments)) {
        char *dot = NULL;
        status = sb_incentive_graph_format_dot(
            answer->environment, answer->graphs,
            answer->solution->status == SB_LP_OPTIMAL ? answer->count : 0, &dot, error);
        sb_text_add(&text, dot == NULL ? "" : dot);
        free(dot);
    } else {
        sb_report_incentives(&text, answer, sb_layout_width());
    }
    if (!sb_arguments_has(arguments, SB_OPTION_JSON)) {
        sb_exit_print_notes(answer->notes);
    }
    return status == SB_OK ? sb_lp_output(&text, arguments->simulation.output, error) : status;
}

static sb_status answer_all(const sb_arguments *arguments, const sb_environment *environment,
                            const sb_notes *notes, int *exit_status, sb_error *error)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_incentives_answer answer = {
        .environment = environment, .solution = &solution, .notes = notes};
    size_t first = 0;
    double start = sb_seconds();
    sb_lp_options options = sb_input_options(arguments);
    sb_status status = find_agents(arguments, environment, &first, &answer.count, error);
    if (status == SB_OK) {
        status = sb_design_solve(environment, NULL, &options, &solution, error);
    }
    if (status == SB_OK && solution.status == SB_LP_OPTIMAL) {
        status = build(arguments, first, &answer, error);
    }
    if (status == SB_OK) {
        *exit_status = solution.status == SB_LP_OPTIMAL  ? SB_EXIT_SOLVED
                       : solution.status == SB_LP_FAILED ? SB_EXIT_FAILURE
                                                         : SB_EXIT_NEGATIVE;
        answer.seconds = sb_seconds() - start;
        status = print(arguments, &answer, error);
    }
    for (size_t k = 0; answer.graphs != NULL && k < answer.count; k++) {
        sb_incentive_graph_clear(&answer.graphs[k]);
    }
    free(answer.graphs);
    sb_solution_clear(&solution);
    return status;
}

int sb_run_incentives(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = NULL;
    int exit_status = SB_EXIT_SOLVED;
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &environment, &notes, &error);
    }
    if (status == SB_OK) {
        status = answer_all(arguments, environment, &notes, &exit_status, &error);
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    return exit_status;
}
