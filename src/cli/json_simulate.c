/* The answer of sidebet simulate as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end. Times stand
 * last in their object, so that the rest of two runs can be compared.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "cli/json_writer.h"
#include "cli/simulate.h"

static void write_mechanism(sb_json *json, const sb_simulation *simulation,
                            const sb_simulation_cell *cell, sb_contender contender)
{
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, simulation->plan.repetitions, contender, &summary);
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "mechanism", sb_contender_name(contender));
    sb_json_double(json, "mean", summary.mean);
    sb_json_double(json, "standard_error", summary.standard_error);
    sb_json_count(json, "repetitions", summary.repetitions);
    sb_json_count(json, "without_optimum", summary.failed);
    sb_json_double(json, "share", summary.share);
    sb_json_double(json, "share_lower", summary.share_lower);
    sb_json_double(json, "share_upper", summary.share_upper);
    sb_json_double(json, "designed", summary.designed);
    sb_json_double(json, "max_payment", summary.max_payment);
    sb_json_double(json, "truthful", summary.truthful);
    sb_json_double(json, "lying", summary.lying);
    sb_json_double(json, "absent", summary.absent);
    sb_json_count(json, "vertices", summary.vertices);
    sb_json_double(json, "design_ms", round(summary.seconds * 1e6) / 1e3);
    sb_json_end_object(json);
}

static void write_cell(sb_json *json, const sb_simulation *simulation,
                       const sb_simulation_cell *cell)
{
    char seed[24];
    bool normal = simulation->plan.environment == NULL;
    sb_json_begin_object(json, NULL);
    sb_json_count(json, "samples", cell->sample_count);
    sb_json_count(json, "types", cell->type_count);
    sb_json_count(json, "signals", cell->signal_count);
    if (normal) {
        sb_json_number(json, "correlation", &cell->correlation);
    } else {
        sb_json_null(json, "correlation");
    }
    sb_json_double(json, "epsilon", cell->epsilon);
    /* A text, since a seed may be larger than the whole numbers of a double. */
    (void)snprintf(seed, sizeof seed, "%" PRIu64, simulation->plan.seed);
    sb_json_string(json, "seed", seed);
    sb_json_count(json, "repetitions", cell->done);
    sb_json_double(json, "full_surplus", cell->full_surplus);
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, simulation->plan.repetitions, SB_CONTENDER_ROBUST, &summary);
    sb_json_double(json, "set_holds_truth", summary.covered);
    sb_json_begin_array(json, "mechanisms");
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        if (simulation->plan.wanted[c]) {
            write_mechanism(json, simulation, cell, (sb_contender)c);
        }
    }
    sb_json_end_array(json);
    sb_json_end_object(json);
}

void sb_json_simulate(sb_text *text, const void *whole)
{
    const sb_simulate_answer *answer = whole;
    const sb_simulation *simulation = answer->simulation;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_begin_array(&json, "cells");
    for (size_t k = 0; k < simulation->cell_count; k++) {
        write_cell(&json, simulation, &simulation->cells[k]);
    }
    sb_json_end_array(&json);
    sb_json_count(&json, "repetitions_done", sb_simulation_done(simulation));
    sb_json_count(&json, "repetitions_planned", sb_simulation_total(simulation));
    sb_json_string(&json, "level", sb_interval_level_name(simulation->plan.estimate.level));
    sb_json_string(&json, "intervals", sb_interval_method_name(simulation->plan.estimate.method));
    sb_json_string(&json, "proof", simulation->plan.exact ? "exact" : "floating");
    sb_json_notes(&json, "notes", answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
