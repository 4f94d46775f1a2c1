/* sidebet geometry: beliefs and values, and the bets between them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/geometry.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/program.h"
#include "view/plot_geometry.h"

char *sb_geometry_answer_corner(const sb_geometry_answer *answer, const sb_geometry *geometry,
                                size_t corner)
{
    const sb_geometry_view view = {.environment = answer->environment, .geometry = geometry};
    return sb_geometry_corner_name(&view, corner);
}

bool sb_geometry_answer_draws_bets(const sb_geometry *geometry)
{
    return geometry->projection == SB_PROJECTION_WHOLE && geometry->corner_count > 1;
}

static void answer_clear(sb_geometry_answer *answer)
{
    for (size_t i = 0; answer->geometries != NULL && i < answer->count; i++) {
        sb_geometry_clear(&answer->geometries[i]);
    }
    free(answer->geometries);
    sb_extraction_clear(&answer->extraction);
    sb_environment_free(answer->environment);
    sb_notes_clear(&answer->notes);
}

/* ---- what is asked for ---- */

static sb_status choose_agents(const sb_arguments *arguments, sb_geometry_answer *answer,
                               sb_error *error)
{
    size_t agents = answer->environment->agent_count;
    answer->count = agents;
    if (arguments->agent != NULL) {
        answer->count = 0;
        sb_status status = sb_environment_find_player(answer->environment, arguments->agent,
                                                      &answer->first, error);
        if (status == SB_OK && answer->first >= agents) {
            sb_error_set(error, SB_ERROR_USAGE, "--agent %.80s is the signal, which has no beliefs",
                         arguments->agent);
            sb_error_set_hint(error, "name an agent, or leave out --agent");
            status = SB_ERROR_USAGE;
        }
        answer->count = status == SB_OK ? 1 : 0;
        return status;
    }
    const char *option = arguments->simulation.signals != NULL ? "--signals" : "--figure";
    bool one = arguments->simulation.signals != NULL && agents > 1;
    if (one || (arguments->figure != NULL && agents > SB_FIGURE_MOST_PANELS)) {
        sb_error_set(error, SB_ERROR_USAGE, "%s does not say which agent's beliefs it is about",
                     option);
        sb_error_set_hint(error, "name one, as in --agent \"%s\"",
                          answer->environment->agents[0].name);
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

/* The name up to the next comma outside of parentheses. */
static size_t name_length(const char *names)
{
    size_t length = 0;
    int depth = 0;
    while (names[length] != '\0' && (names[length] != ',' || depth > 0)) {
        depth += names[length] == '(' ? 1 : names[length] == ')' ? -1 : 0;
        length++;
    }
    return length;
}

static sb_status choose_signals(const sb_geometry_answer *answer, const char *names,
                                sb_geometry_choice *choice, sb_error *error)
{
    sb_status status = SB_OK;
    while (status == SB_OK) {
        size_t length = name_length(names);
        if (choice->signal_count == SB_GEOMETRY_MOST_SIGNALS) {
            return sb_error_set(error, SB_ERROR_USAGE, "--signals takes at most three names");
        }
        char *name = sb_copy_text_part(names, length);
        if (name == NULL) {
            return sb_out_of_memory(error);
        }
        status = sb_geometry_find_signal(answer->environment, choice->agent, name,
                                         &choice->signals[choice->signal_count++], error);
        free(name);
        if (names[length] == '\0') {
            return status;
        }
        names += length + 1;
    }
    return status;
}

static sb_status choice_of(const sb_arguments *arguments, const sb_geometry_answer *answer,
                           size_t agent, sb_geometry_choice *choice, sb_error *error)
{
    *choice = (sb_geometry_choice){.agent = agent};
    const char *names = arguments->simulation.signals;
    if (names == NULL) {
        return SB_OK;
    }
    sb_status status = choose_signals(answer, names, choice, error);
    if (status != SB_OK && strcmp(names, "components") == 0) { /* unless a signal has that name */
        sb_error_clear(error);
        *choice = (sb_geometry_choice){.agent = agent, .components = true};
        return SB_OK;
    }
    return status;
}

static sb_status compute(const sb_arguments *arguments, sb_geometry_answer *answer, sb_error *error)
{
    sb_lp_options options = sb_input_options(arguments);
    options.exact = true;
    answer->geometries = sb_allocate(answer->count, sizeof *answer->geometries);
    if (answer->geometries == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t i = 0; i < answer->count; i++) {
        sb_geometry_init(&answer->geometries[i]);
    }
    sb_status status =
        sb_full_extraction(answer->environment, &options, &answer->extraction, error);
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        sb_geometry_choice choice;
        status = choice_of(arguments, answer, answer->first + i, &choice, error);
        if (status == SB_OK) {
            status = sb_geometry_find(answer->environment, &answer->extraction, &choice, &options,
                                      &answer->geometries[i], error);
        }
    }
    return status;
}

/* ---- what comes of it ---- */

static int exit_status_of(const sb_geometry_answer *answer)
{
    int status = SB_EXIT_SOLVED;
    for (size_t i = 0; i < answer->count; i++) {
        const sb_geometry *geometry = &answer->geometries[i];
        for (size_t t = 0; t < geometry->type_count; t++) {
            const sb_geometry_type *type = &geometry->types[t];
            if (type->confirmed && !type->holds) {
                return SB_EXIT_NEGATIVE;
            }
            status = type->has_belief && !type->confirmed ? SB_EXIT_FAILURE : status;
        }
    }
    return status;
}

static const char *caption_of(const sb_geometry_answer *answer)
{
    return answer->extraction.reasons.count > 0 ? answer->extraction.reasons.texts[0] : "";
}

static sb_status print(const sb_arguments *arguments, const sb_geometry_answer *answer,
                       sb_error *error)
{
    sb_plot plots[SB_FIGURE_MOST_PANELS];
    sb_figure figure = {.title = answer->environment->title, .caption = caption_of(answer)};
    for (size_t i = 0; i < answer->count && i < SB_FIGURE_MOST_PANELS; i++) {
        const sb_geometry_view view = {
            .environment = answer->environment,
            .extraction = &answer->extraction.agents[answer->first + i],
            .geometry = &answer->geometries[i],
            .type = SB_NOWHERE,
        };
        plots[i] = sb_plot_of_geometry(&view);
        figure.panels[figure.panel_count++] = &plots[i];
    }
    const sb_curve_output output = {.report = sb_report_geometry,
                                    .json = sb_json_geometry,
                                    .csv = sb_csv_geometry,
                                    .answer = answer,
                                    .notes = &answer->notes,
                                    .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    for (size_t i = 0; i < figure.panel_count; i++) {
        sb_plot_clear(&plots[i]);
    }
    return status;
}

int sb_run_geometry(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_geometry_answer answer = {.environment = NULL};
    sb_extraction_init(&answer.extraction);
    sb_notes_init(&answer.notes);
    int exit_status = SB_EXIT_SOLVED;
    double start = sb_seconds();
    sb_status status = sb_curve_output_check(arguments, &error);
    if (status == SB_OK) {
        status = sb_input_read(arguments, &answer.environment, &answer.notes, &error);
    }
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
