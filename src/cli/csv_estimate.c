/* The answer of sidebet estimate as CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/csv_writer.h"
#include "cli/estimate.h"

static void add_count(sb_csv *csv, size_t count)
{
    char *digits = sb_format_text("%zu", count);
    csv->text.failed = csv->text.failed || digits == NULL;
    sb_csv_field(csv, digits);
    free(digits);
}

static void add_pairs(sb_csv *csv, const sb_estimate_answer *answer)
{
    static const char *const numbers[] = {"joint", "mean", "lower", "upper"};
    const sb_estimate *estimate = &answer->estimate;
    sb_csv_field(csv, "type");
    sb_csv_field(csv, "signal");
    sb_csv_field(csv, "count");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sb_csv_number_name(csv, numbers[i]);
    }
    sb_csv_end_row(csv);
    for (size_t pair = 0; pair < estimate->type_count * estimate->signal_count; pair++) {
        size_t signals = estimate->signal_count;
        sb_csv_field(csv, sb_environment_label(answer->environment, 0, pair / signals));
        sb_csv_field(csv, sb_environment_label(answer->environment, 1, pair % signals));
        add_count(csv, answer->samples->counts[pair]);
        sb_csv_number(csv, estimate->joint + pair, true);
        sb_csv_number(csv, estimate->mean + pair, true);
        sb_csv_number(csv, estimate->lower + pair, true);
        sb_csv_number(csv, estimate->upper + pair, true);
        sb_csv_end_row(csv);
    }
}

static void add_coverage(sb_csv *csv, const sb_estimate_answer *answer)
{
    static const char *const names[] = {"repetitions", "samples", "element", "row", "table"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        sb_csv_field(csv, names[i]);
    }
    sb_csv_end_row(csv);
    add_count(csv, answer->coverage.repetitions);
    add_count(csv, answer->coverage_samples);
    sb_csv_double(csv, answer->coverage.element);
    sb_csv_double(csv, answer->coverage.row);
    sb_csv_double(csv, answer->coverage.table);
    sb_csv_end_row(csv);
}

void sb_csv_estimate(sb_text *text, const void *whole)
{
    const sb_estimate_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    if (answer->samples != NULL) {
        add_pairs(&csv, answer);
    } else {
        add_coverage(&csv, answer);
    }
    *text = csv.text;
}
