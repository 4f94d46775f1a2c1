/* What `show simulation` prints.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/text_table.h"

static void add_share(sb_text_table *table, const sb_simulation_summary *summary)
{
    double width = summary->share_upper - summary->share;
    char *text = isnan(summary->share) ? sb_copy_text("-")
                 : isnan(width)        ? sb_format_text("%.4f", summary->share)
                                       : sb_format_text("%.4f +- %.4f", summary->share, width);
    sb_text_table_add(table, text);
    free(text);
}

static bool swept(const sb_simulation *simulation, int axis)
{
    return axis == SB_AXIS_SAMPLES ||
           sb_simulation_axis_size(&simulation->plan, (sb_simulation_axis)axis) > 1;
}

static void add_cell(sb_text_table *table, const sb_simulation *simulation,
                     const sb_simulation_cell *cell)
{
    for (int axis = SB_AXIS_COUNT; axis-- > 0;) {
        if (swept(simulation, axis)) {
            char *text =
                sb_format_text("%g", sb_simulation_axis_value(cell, (sb_simulation_axis)axis));
            sb_text_table_add(table, text);
            free(text);
        }
    }
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        sb_simulation_summary summary;
        sb_simulation_summarise(cell, simulation->plan.repetitions, (sb_contender)c, &summary);
        if (simulation->plan.wanted[c]) {
            add_share(table, &summary);
        }
    }
}

sb_status sb_show_simulation(sb_call *call)
{
    sb_status status = sb_simulating_ensure(call->session, call->error);
    if (status != SB_OK) {
        return status;
    }
    const sb_simulation *simulation = call->session->simulating.simulation;
    size_t columns = 0;
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        columns += swept(simulation, axis) ? 1 : 0;
    }
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        columns += simulation->plan.wanted[c] ? 1 : 0;
    }
    sb_text_add_format(call->output, "%zu of %zu repetitions; revenue over the full surplus\n",
                       sb_simulation_done(simulation), sb_simulation_total(simulation));
    sb_text_table table;
    sb_text_table_init(&table, columns, 0);
    for (int axis = SB_AXIS_COUNT; axis-- > 0;) {
        if (swept(simulation, axis)) {
            sb_text_table_add(&table, sb_simulation_axis_name((sb_simulation_axis)axis));
        }
    }
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        if (simulation->plan.wanted[c]) {
            sb_text_table_add(&table, sb_contender_name((sb_contender)c));
        }
    }
    for (size_t k = 0; k < simulation->cell_count; k++) {
        add_cell(&table, simulation, &simulation->cells[k]);
    }
    sb_call_table(call, &table);
    return SB_OK;
}
