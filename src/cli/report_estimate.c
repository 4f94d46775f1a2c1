/* The answer of sidebet estimate for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/estimate.h"
#include "cli/layout.h"
#include "cli/report_beliefs.h"

enum { INDENT = 2 };

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* What the probability of the intervals is about. */
static const char *level_words(sb_interval_level level)
{
    switch (level) {
    case SB_LEVEL_ROW:
        return "all intervals of a type hold at once";
    case SB_LEVEL_SIMULTANEOUS:
        return "all intervals hold at once";
    default:
        return "each interval holds by itself";
    }
}

static void add_alpha(sb_text *line, const sb_estimate_options *options)
{
    char *alpha = sb_rational_display(options->alpha, 12, NULL);
    line->failed = line->failed || alpha == NULL;
    sb_text_add_format(line, "alpha = %s", alpha == NULL ? "" : alpha);
    free(alpha);
}

static void add_what(sb_text *text, const sb_estimate_answer *answer, size_t width)
{
    const sb_environment *environment = answer->environment;
    const sb_estimate_options *options = &answer->options;
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "%zu sample%s of %s and %s, ", answer->samples->total,
                       plural(answer->samples->total), sb_environment_player_name(environment, 0),
                       sb_environment_player_name(environment, 1));
    add_alpha(&line, options);
    sb_text_add_format(&line, "; with probability %.12g %s", 1 - options->epsilon,
                       level_words(options->level));
    if (options->level != SB_LEVEL_PER_ELEMENT) {
        sb_text_add_format(&line, ", each with %.8g", answer->estimate.level);
    }
    if (options->method == SB_INTERVAL_BETA) {
        sb_text_add(&line, " (Beta quantiles)");
    } else {
        sb_text_add_format(&line, " (quantiles of %zu draws)", options->draws);
    }
    sb_report_add_line(text, &line, INDENT, width);
}

static void add_probability(sb_table *table, const fmpq *value)
{
    sb_table_take(table, sb_format_text("%.6f", sb_rational_to_double(value)));
}

static void add_pairs(sb_text *text, const sb_estimate_answer *answer)
{
    static const char *const head[] = {"type", "signal", "count", "joint", "belief", "from", "to"};
    enum { COLUMNS = sizeof head / sizeof head[0] };
    const sb_estimate *estimate = &answer->estimate;
    sb_table table;
    sb_table_init(&table, COLUMNS);
    for (size_t column = 0; column < COLUMNS; column++) {
        sb_table_add(&table, head[column]);
    }
    for (size_t pair = 0; pair < estimate->type_count * estimate->signal_count; pair++) {
        size_t type = pair / estimate->signal_count;
        size_t signal = pair % estimate->signal_count;
        sb_table_add(&table, signal == 0 ? sb_environment_label(answer->environment, 0, type) : "");
        sb_table_add(&table, sb_environment_label(answer->environment, 1, signal));
        sb_table_take(&table, sb_format_text("%zu", answer->samples->counts[pair]));
        add_probability(&table, estimate->joint + pair);
        add_probability(&table, estimate->mean + pair);
        add_probability(&table, estimate->lower + pair);
        add_probability(&table, estimate->upper + pair);
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
}

static void add_remarks(sb_text *text, const sb_notes *remarks, size_t width)
{
    for (size_t i = 0; i < remarks->count; i++) {
        sb_text line;
        sb_text_init(&line);
        sb_text_add(&line, remarks->texts[i]);
        sb_report_add_line(text, &line, INDENT, width);
    }
}

static void add_estimate(sb_text *text, const sb_estimate_answer *answer, size_t width)
{
    add_what(text, answer, width);
    add_pairs(text, answer);
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "(joint, belief: posterior means, of the pair and of the signal given the "
                       "type; rounded here, exact in --csv and --json)");
    sb_report_add_line(text, &line, INDENT, width);
    add_remarks(text, &answer->estimate.remarks, width);
}

/* "0.951" beside its standard error, as far as independent repetitions tell. */
static void add_share(sb_table *table, const char *what, double share, size_t repetitions,
                      bool promised)
{
    sb_table_take(table, sb_format_text("%s%s", what, promised ? " (promised)" : ""));
    sb_table_take(table, sb_format_text("%.4f", share));
    sb_table_take(table,
                  sb_format_text("+- %.4f", sqrt(share * (1 - share) / (double)repetitions)));
}

static void add_coverage(sb_text *text, const sb_estimate_answer *answer, size_t width)
{
    const sb_coverage *coverage = &answer->coverage;
    const sb_estimate_options *options = &answer->options;
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "Coverage: %zu time%s %zu sample%s from the prior itself, ",
                       coverage->repetitions, plural(coverage->repetitions),
                       answer->coverage_samples, plural(answer->coverage_samples));
    add_alpha(&line, options);
    sb_text_add_format(&line, "; %.12g is promised that %s", 1 - options->epsilon,
                       level_words(options->level));
    sb_report_add_line(text, &line, INDENT, width);
    sb_table table;
    sb_table_init(&table, 3);
    add_share(&table, "intervals that hold the truth", coverage->element, coverage->repetitions,
              options->level == SB_LEVEL_PER_ELEMENT);
    add_share(&table, "types all of whose intervals do", coverage->row, coverage->repetitions,
              options->level == SB_LEVEL_ROW);
    add_share(&table, "repetitions in which all do", coverage->table, coverage->repetitions,
              options->level == SB_LEVEL_SIMULTANEOUS);
    sb_table_print(&table, text, (size_t)2 * INDENT);
    sb_table_clear(&table);
}

void sb_report_estimate(sb_text *text, const void *whole, size_t width)
{
    const sb_estimate_answer *answer = whole;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    if (answer->samples != NULL) {
        add_estimate(text, answer, width);
    }
    if (answer->coverage.repetitions > 0) {
        sb_text_add(text, answer->samples != NULL ? "\n" : "");
        add_coverage(text, answer, width);
    }
}
