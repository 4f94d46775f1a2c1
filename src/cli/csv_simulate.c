/* The answer of sidebet simulate as CSV: a line a cell and mechanism.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <inttypes.h>
#include <stdio.h>

#include "cli/csv_writer.h"
#include "cli/simulate.h"

static void add_count(sb_csv *csv, size_t count)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%zu", count);
    sb_csv_field(csv, digits);
}

static void add_line(sb_csv *csv, const sb_simulation *simulation, const sb_simulation_cell *cell,
                     sb_contender contender)
{
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, simulation->plan.seed);
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, simulation->plan.repetitions, contender, &summary);
    add_count(csv, cell->sample_count);
    add_count(csv, cell->type_count);
    add_count(csv, cell->signal_count);
    if (simulation->plan.environment == NULL) {
        sb_csv_double(csv, sb_rational_to_double(&cell->correlation));
    } else {
        sb_csv_field(csv, NULL);
    }
    sb_csv_double(csv, cell->epsilon);
    sb_csv_field(csv, seed);
    sb_csv_field(csv, sb_contender_name(contender));
    add_count(csv, summary.repetitions);
    add_count(csv, summary.failed);
    sb_csv_double(csv, summary.mean);
    sb_csv_double(csv, summary.standard_error);
    sb_csv_double(csv, cell->full_surplus);
    sb_csv_double(csv, summary.share);
    sb_csv_double(csv, summary.share_lower);
    sb_csv_double(csv, summary.share_upper);
    sb_csv_double(csv, summary.designed);
    sb_csv_double(csv, summary.covered);
    sb_csv_double(csv, summary.seconds);
    sb_csv_end_row(csv);
}

void sb_csv_simulate(sb_text *text, const void *whole)
{
    static const char *const columns[] = {
        "samples",        "types",           "signals",       "correlation",     "epsilon",
        "seed",           "mechanism",       "repetitions",   "without_optimum", "mean",
        "standard_error", "full_surplus",    "share",         "share_lower",     "share_upper",
        "designed",       "set_holds_truth", "design_seconds"};
    const sb_simulate_answer *answer = whole;
    const sb_simulation *simulation = answer->simulation;
    sb_csv csv;
    sb_csv_init(&csv);
    for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
        sb_csv_field(&csv, columns[k]);
    }
    sb_csv_end_row(&csv);
    for (size_t k = 0; k < simulation->cell_count; k++) {
        for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
            if (simulation->plan.wanted[c]) {
                add_line(&csv, simulation, &simulation->cells[k], (sb_contender)c);
            }
        }
    }
    *text = csv.text;
}
