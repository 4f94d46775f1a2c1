/* What simulate and merge end with: a file of repetitions, an answer, a figure.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/simulate.h"
#include "sidebet/environment_file.h"
#include "view/plot_simulation.h"

/* ---- files ---- */

sb_status sb_simulate_check_output(const char *path, sb_error *error)
{
    static const char begin[] = "# sidebet simulation";
    char head[sizeof begin] = "";
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return SB_OK; /* new, or writing says why not */
    }
    size_t length = fread(head, 1, sizeof begin - 1, file);
    bool regular = fseek(file, 0, SEEK_END) == 0 && ftell(file) > 0;
    fclose(file);
    if (regular && (length < sizeof begin - 1 || strcmp(head, begin) != 0)) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the file is there already and is no simulation's result");
        sb_error_set_place(error, path, 0, 0);
        sb_error_set_hint(error, "write to another file, or remove this one");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

sb_status sb_simulate_save(const sb_simulation *simulation, const char *path, sb_error *error)
{
    char *text = NULL;
    sb_status status = sb_simulation_format(simulation, &text, error);
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), error);
    }
    free(text);
    return status;
}

int sb_simulate_exit_status(const sb_simulation *simulation)
{
    int exit_status = SB_EXIT_SOLVED;
    for (size_t k = 0; k < simulation->cell_count; k++) {
        const sb_simulation_cell *cell = &simulation->cells[k];
        for (size_t r = 0; r < simulation->plan.repetitions; r++) {
            for (int c = 0; cell->has[r] && c < SB_CONTENDER_COUNT; c++) {
                sb_lp_status status = cell->outcomes[r].outcomes[c].status;
                int one = !simulation->plan.wanted[c] || status == SB_LP_OPTIMAL ? SB_EXIT_SOLVED
                          : status == SB_LP_FAILED                               ? SB_EXIT_FAILURE
                                                                                 : SB_EXIT_NEGATIVE;
                exit_status = one > exit_status ? one : exit_status;
            }
        }
    }
    return exit_status;
}

/* ---- words ---- */

static void add_axis(sb_text *text, const sb_simulation *simulation, sb_simulation_axis axis,
                     const char *before, const char *after)
{
    if (sb_simulation_axis_size(&simulation->plan, axis) == 1) {
        sb_text_add_format(text, "%s%g%s", before,
                           sb_simulation_axis_value(&simulation->cells[0], axis), after);
    }
}

static void add_truth(sb_text *text, const sb_simulation *simulation)
{
    sb_environment *truth = NULL;
    const char *yaml = simulation->plan.environment;
    if (sb_environment_parse(yaml, strlen(yaml), "truth", &truth, NULL, NULL) == SB_OK &&
        truth->title[0] != '\0') {
        sb_text_add(text, truth->title);
    } else {
        sb_text_add(text, "The prior of the file");
    }
    sb_environment_free(truth);
    const sb_simulation_cell *cell = &simulation->cells[0];
    sb_text_add_format(text, ", %zu types and %zu signals", cell->type_count, cell->signal_count);
}

static void add_normal(sb_text *text, const sb_simulation *simulation)
{
    bool own_signals = simulation->plan.signal_count_count > 0;
    sb_text_add(text, "A bivariate normal");
    add_axis(text, simulation, SB_AXIS_CORRELATION, " of correlation ", "");
    add_axis(text, simulation, SB_AXIS_TYPES, ", ", " types");
    if (own_signals) {
        add_axis(text, simulation, SB_AXIS_SIGNALS, ", ", " signals");
    } else {
        sb_text_add(text, ", as many signals as types");
    }
}

char *sb_simulate_setting(const sb_simulation *simulation)
{
    const sb_simulation_plan *plan = &simulation->plan;
    sb_text text;
    sb_text_init(&text);
    if (plan->environment != NULL) {
        add_truth(&text, simulation);
    } else {
        add_normal(&text, simulation);
    }
    add_axis(&text, simulation, SB_AXIS_SAMPLES, "; ", " samples");
    add_axis(&text, simulation, SB_AXIS_EPSILON, "; epsilon ", "");
    sb_text_add_format(&text, ", %s intervals", sb_interval_level_name(plan->estimate.level));
    sb_text_add_format(&text, "; %zu repetition%s from seed %llu", plan->repetitions,
                       plan->repetitions == 1 ? "" : "s", (unsigned long long)plan->seed);
    return sb_text_take(&text, NULL);
}

/* ---- the figure ---- */

static bool points_below(const sb_plot *plot)
{
    for (size_t i = 0; i < plot->series_count; i++) {
        for (size_t k = 0; k < plot->series[i].count; k++) {
            if (plot->series[i].y[k] < plot->y.low) {
                return true;
            }
        }
    }
    return false;
}

/* What the figure leaves out: of the axes behind the first only the first value is drawn. */
static char *caption_of(const sb_simulation *simulation, sb_simulation_axis drawn,
                        const sb_plot *revenue)
{
    sb_text text;
    sb_text_init(&text);
    char *setting = sb_simulate_setting(simulation);
    sb_text_add(&text, setting == NULL ? "" : setting);
    free(setting);
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        if (axis != (int)drawn &&
            sb_simulation_axis_size(&simulation->plan, (sb_simulation_axis)axis) > 1) {
            sb_text_add_format(
                &text, "; %s %g alone", sb_simulation_axis_name((sb_simulation_axis)axis),
                sb_simulation_axis_value(&simulation->cells[0], (sb_simulation_axis)axis));
        }
    }
    sb_text_add(&text, ". Shaded: 95 % confidence for the mean.");
    if (points_below(revenue)) {
        sb_text_add_format(&text, " Shares below %g are off the frame.", revenue->y.low);
    }
    return sb_text_take(&text, NULL);
}

sb_status sb_simulate_print(const sb_arguments *arguments, const sb_simulate_answer *answer,
                            sb_error *error)
{
    const sb_simulation *simulation = answer->simulation;
    static const size_t first[SB_AXIS_COUNT] = {0};
    sb_simulation_axis axis = sb_simulation_first_axis(&simulation->plan);
    bool of_size = axis == SB_AXIS_TYPES || axis == SB_AXIS_SIGNALS;
    sb_plot revenue = sb_plot_of_simulation_revenue(simulation, axis, first);
    sb_plot time = sb_plot_of_simulation_time(simulation, axis, first);
    char *caption = caption_of(simulation, axis, &revenue);
    sb_figure figure = {.title = "Mechanisms learned from samples",
                        .caption = caption == NULL ? "" : caption,
                        .panel_count = of_size ? 2 : 1,
                        .panels = {&revenue, &time}};
    sb_curve_output output = {.report = sb_report_simulate,
                              .json = sb_json_simulate,
                              .csv = sb_csv_simulate,
                              .answer = answer,
                              .notes = answer->notes,
                              .figure = &figure};
    sb_status status = sb_curve_output_print(&output, arguments, error);
    free(caption);
    sb_plot_clear(&revenue);
    sb_plot_clear(&time);
    return status;
}
