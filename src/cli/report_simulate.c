/* The answer of sidebet simulate for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/simulate.h"

enum { INDENT = 2 };

static bool swept(const sb_simulation *simulation, int axis)
{
    return axis == SB_AXIS_SAMPLES ||
           sb_simulation_axis_size(&simulation->plan, (sb_simulation_axis)axis) > 1;
}

/* Slowest first, so that the column that changes from line to line stands beside the numbers. */
static void add_head(sb_table *table, const sb_simulation *simulation)
{
    for (int axis = SB_AXIS_COUNT; axis-- > 0;) {
        if (swept(simulation, axis)) {
            sb_table_add(table, sb_simulation_axis_name((sb_simulation_axis)axis));
        }
    }
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        if (simulation->plan.wanted[c]) {
            sb_table_add(table, sb_contender_name((sb_contender)c));
        }
    }
    sb_table_add(table, "holds");
}

static void add_share(sb_table *table, const sb_simulation_summary *summary)
{
    double width = summary->share_upper - summary->share;
    if (isnan(summary->share)) {
        sb_table_add(table, "-");
    } else if (isnan(width) || width < 5e-5) {
        sb_table_take(table, sb_format_text("%.3f", summary->share));
    } else {
        sb_table_take(table, sb_format_text("%.3f \xC2\xB1 %.3f", summary->share, width));
    }
}

static void add_cell(sb_table *table, const sb_simulation *simulation,
                     const sb_simulation_cell *cell)
{
    for (int axis = SB_AXIS_COUNT; axis-- > 0;) {
        if (swept(simulation, axis)) {
            sb_table_take(table, sb_format_text("%g", sb_simulation_axis_value(
                                                          cell, (sb_simulation_axis)axis)));
        }
    }
    sb_simulation_summary summary;
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        sb_simulation_summarise(cell, simulation->plan.repetitions, (sb_contender)c, &summary);
        if (simulation->plan.wanted[c]) {
            add_share(table, &summary);
        }
    }
    sb_table_take(table, isnan(summary.covered) ? sb_copy_text("-")
                                                : sb_format_text("%.2f", summary.covered));
}

static size_t column_count(const sb_simulation *simulation)
{
    size_t columns = 1;
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        columns += swept(simulation, axis) ? 1 : 0;
    }
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        columns += simulation->plan.wanted[c] ? 1 : 0;
    }
    return columns;
}

static size_t count_failed(const sb_simulation *simulation)
{
    size_t failed = 0;
    for (size_t k = 0; k < simulation->cell_count; k++) {
        for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
            sb_simulation_summary summary;
            sb_simulation_summarise(&simulation->cells[k], simulation->plan.repetitions,
                                    (sb_contender)c, &summary);
            failed += simulation->plan.wanted[c] ? summary.failed : 0;
        }
    }
    return failed;
}

/* Designs that are a vertex though another could have been chosen: all but the robust ones. */
static size_t count_vertices(const sb_simulation *simulation)
{
    size_t vertices = 0;
    for (size_t k = 0; k < simulation->cell_count; k++) {
        for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
            sb_simulation_summary summary;
            sb_simulation_summarise(&simulation->cells[k], simulation->plan.repetitions,
                                    (sb_contender)c, &summary);
            bool counts = simulation->plan.wanted[c] && c != SB_CONTENDER_ROBUST;
            vertices += counts ? summary.vertices : 0;
        }
    }
    return vertices;
}

static void add_sentence(sb_text *text, const char *sentence, size_t width)
{
    sb_layout_wrap(text, sentence, 0, INDENT, width);
    sb_text_add(text, "\n");
}

static void add_remarks(sb_text *text, const sb_simulate_answer *answer, size_t width)
{
    const sb_simulation *simulation = answer->simulation;
    size_t done = sb_simulation_done(simulation);
    size_t total = sb_simulation_total(simulation);
    char sentence[200];
    if (done < total) {
        (void)snprintf(sentence, sizeof sentence, "(%zu of %zu repetitions are done)", done, total);
        add_sentence(text, sentence, width);
    }
    size_t failed = count_failed(simulation);
    if (failed > 0) {
        (void)snprintf(sentence, sizeof sentence,
                       "(%zu designs without an optimum are left out; -o FILE says which)", failed);
        add_sentence(text, sentence, width);
    }
    size_t vertices = count_vertices(simulation);
    if (vertices > 0) {
        (void)snprintf(sentence, sizeof sentence,
                       "(%zu designs are the vertex where the solver stopped, not the optimal "
                       "mechanism with the smallest payments; what they earn depends on it)",
                       vertices);
        add_sentence(text, sentence, width);
    }
    if (answer->seconds > 0) {
        (void)snprintf(sentence, sizeof sentence, "%.1f s", answer->seconds);
        add_sentence(text, sentence, width);
    }
}

void sb_report_simulate(sb_text *text, const void *whole, size_t width)
{
    const sb_simulate_answer *answer = whole;
    const sb_simulation *simulation = answer->simulation;
    char *setting = sb_simulate_setting(simulation);
    text->failed = text->failed || setting == NULL;
    if (setting != NULL) {
        sb_layout_wrap(text, setting, 0, 0, width);
        sb_text_add(text, ".\n");
    }
    free(setting);
    sb_table table;
    sb_table_init(&table, column_count(simulation));
    add_head(&table, simulation);
    for (size_t k = 0; k < simulation->cell_count; k++) {
        add_cell(&table, simulation, &simulation->cells[k]);
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    add_sentence(text,
                 "(revenue under the truth over the full surplus: mean \xC2\xB1 half of its 95 % "
                 "confidence interval; holds: how often the consistent set holds every true "
                 "belief)",
                 width);
    add_remarks(text, answer, width);
}
