/* The answer of sidebet sample-size for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/report_beliefs.h"
#include "cli/report_number.h"
#include "cli/sample_size.h"

enum { INDENT = 2 };

static void add_samples(sb_text *text, double samples)
{
    const double plain = 1e9;
    if (!isfinite(samples)) {
        sb_text_add(text, "no number of");
    } else {
        sb_text_add_format(text, samples < plain ? "%.0f" : "%.3g", ceil(samples));
    }
}

/* The same after the noun. */
static void add_number(sb_text *text, double samples)
{
    if (isfinite(samples)) {
        add_samples(text, samples);
    } else {
        sb_text_add(text, "none");
    }
}

/* ---- the bound, step by step ---- */

static void add_spread(sb_text *text, const sb_sample_bound *bound, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "1. spread of the bets: gamma ");
    sb_report_add_short(&line, &bound->gamma);
    sb_text_add_format(&line, " (the 1-norm separation; %s)", sb_proof_name(bound->proof));
    if (!fmpq_is_zero(&bound->gamma)) {
        fmpq_t spread;
        fmpq_init(spread);
        fmpq_add(spread, &bound->value_range, &bound->loss);
        fmpq_div(spread, spread, &bound->gamma);
        sb_text_add(&line, " and values ");
        sb_report_add_short(&line, &bound->value_range);
        sb_text_add(&line, " apart ask for at most M = (");
        sb_report_add_short(&line, &bound->value_range);
        sb_text_add(&line, " + k) / gamma = ");
        sb_report_add_short(&line, spread);
        fmpq_clear(spread);
    } else {
        sb_text_add(&line, " bounds nothing");
    }
    if (bound->found) {
        sb_text_add(&line, "; linear programs find ");
        sb_report_add_short(&line, &bound->spread);
    }
    sb_report_add_line(text, &line, INDENT, width);
}

static void add_radius(sb_text *text, const sb_sample_bound *bound, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "2. radius: beliefs estimated to within delta = k / (2 M) in the 1-norm "
                       "lose at most k: ");
    sb_report_add_short(&line, &bound->formula_radius);
    sb_text_add(&line, " by gamma");
    if (bound->found) {
        sb_text_add(&line, ", ");
        sb_report_add_short(&line, &bound->radius);
        sb_text_add(&line, " by the programs");
    }
    sb_text_add(&line,
                bound->halved ? "; halved, to keep off types worth less than the reserve" : "");
    sb_report_add_line(text, &line, INDENT, width);
}

static void add_counts(sb_text *text, const sb_sample_bound *bound, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line,
                       "3. of each type (2 / delta^2) (%zu ln 2 + ln(2 * %zu / epsilon)) samples: ",
                       bound->signal_count, bound->type_count);
    add_number(&line, bound->formula_each);
    sb_text_add(&line, " by gamma, ");
    add_number(&line, bound->found ? bound->each : (double)INFINITY);
    sb_text_add(&line, " by the programs");
    sb_report_add_line(text, &line, INDENT, width);
    sb_text_add(&line, "4. so many of each, the rarest having probability ");
    sb_report_add_short(&line, &bound->rarest);
    sb_text_add(&line, ", come with ");
    add_samples(&line, bound->formula_total);
    sb_text_add(&line, " samples in all by gamma, ");
    add_number(&line, bound->found ? bound->total : (double)INFINITY);
    sb_text_add(&line, " by the programs");
    sb_report_add_line(text, &line, INDENT, width);
}

static void add_changes(sb_text *text, const sb_sample_size_answer *answer, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "how the bound by gamma depends on the numbers");
    sb_text_add(text, "\n");
    sb_report_add_line(text, &line, 0, width);
    sb_table table;
    sb_table_init(&table, 3);
    sb_table_add(&table, "");
    sb_table_add(&table, "samples");
    sb_table_add(&table, "times");
    sb_text number;
    for (size_t k = 0; k <= SB_SAMPLE_CHANGES; k++) {
        double samples = k == 0 ? answer->bound.formula_total : answer->changes[k - 1].samples;
        sb_text_init(&number);
        add_samples(&number, samples);
        sb_table_add(&table, k == 0 ? "as it is" : answer->changes[k - 1].what);
        sb_table_take(&table, sb_text_take(&number, NULL));
        sb_table_take(&table, sb_format_text("%.3g", samples / answer->bound.formula_total));
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
}

/* ---- measured ---- */

static void add_mean(sb_table *table, const sb_sample_mean *mean)
{
    if (mean->count == 0) {
        sb_table_add(table, "-");
    } else {
        sb_table_take(table, sb_format_text("%.4g", mean->mean));
    }
}

static void add_measures(sb_text *text, const sb_sample_size_answer *answer, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "measured: mean revenue over %zu repetitions",
                       answer->measures[0].repetitions);
    sb_text_add(text, "\n");
    sb_report_add_line(text, &line, 0, width);
    sb_table table;
    sb_table_init(&table, 5 + SB_SAMPLE_CONTENDERS);
    sb_table_add(&table, "samples");
    sb_table_add(&table, "ball");
    for (size_t k = 0; k < SB_SAMPLE_CONTENDERS; k++) {
        sb_table_add(&table, sb_contender_name(sb_sample_contenders[k]));
    }
    sb_table_add(&table, "kept");
    sb_table_add(&table, "distance");
    sb_table_add(&table, "bound");
    for (size_t i = 0; i < answer->measure_count; i++) {
        const sb_sample_measure *measure = &answer->measures[i];
        double distance = sb_sample_bound_distance(answer, measure->sample_count);
        sb_table_take(&table, sb_format_text("%zu", measure->sample_count));
        add_mean(&table, &measure->ball);
        for (size_t k = 0; k < SB_SAMPLE_CONTENDERS; k++) {
            add_mean(&table, &measure->contenders[sb_sample_contenders[k]]);
        }
        sb_table_take(&table, sb_format_text("%zu", measure->kept));
        add_mean(&table, &measure->distance);
        sb_table_take(&table, sb_format_text("%.4g", distance));
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    sb_text_add(&line,
                "(ball: the mechanism of sidebet ball at the estimate, the loss bounded for each "
                "type, with the ex-post one where there is none; kept: how often it lost at most "
                "k; distance: of the worst belief "
                "from its estimate, mean; bound: what step 3 and 4 allow for)");
    sb_report_add_line(text, &line, INDENT, width);
}

/* ---- all ---- */

void sb_report_sample_size(sb_text *text, const void *whole, size_t width)
{
    const sb_sample_size_answer *answer = whole;
    const sb_sample_bound *bound = &answer->bound;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "full surplus ");
    sb_report_add_number(&line, &answer->full_surplus, true);
    sb_text_add(&line, "; to earn it but for k = ");
    sb_report_add_short(&line, &bound->loss);
    sb_text_add_format(&line, " with probability 1 - epsilon = %g, by this program's own bound, ",
                       1 - bound->epsilon);
    add_samples(&line, bound->found ? fmin(bound->total, bound->formula_total) : (double)INFINITY);
    sb_text_add(&line, " samples will do");
    sb_report_add_line(text, &line, 0, width);
    if (!bound->found) {
        sb_text_add_format(&line, "%s", bound->reason);
        sb_report_add_line(text, &line, INDENT, width);
    }
    add_spread(text, bound, width);
    add_radius(text, bound, width);
    add_counts(text, bound, width);
    if (!fmpq_is_zero(&bound->gamma)) {
        add_changes(text, answer, width);
    }
    if (answer->measure_count > 0) {
        add_measures(text, answer, width);
    }
}
