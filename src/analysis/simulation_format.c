/* The result of a simulation as text, in part or whole.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     # sidebet simulation 1
 *     # samples: 10 20 50
 *     # ...                                   the rest of the plan, a line a list
 *     # environment:
 *     # | title: ...                          the truth's YAML text, where it is a file's
 *     cell,repetition,samples,...             CSV from here on, cells and repetitions from 1
 *
 * The cell's numbers in a line are for people and their programs; reading goes by the cell's
 * number. Times come last, so that cutting one column leaves what two runs must have in common.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "analysis/simulation_text.h"
#include "base/text.h"

const char sb_simulation_first_line[] = "# sidebet simulation 1";
const char *const sb_simulation_payments[2] = {"vertex", "smallest"};
const char sb_simulation_columns[] =
    "cell,repetition,samples,types,signals,correlation,epsilon,mechanism,status,proof,full_surplus,"
    "covered,designed,revenue,max_payment,payments,truthful,lying,absent,seconds";

static void add_counts(sb_text *text, const char *name, const size_t *counts, size_t count)
{
    sb_text_add_format(text, "# %s:", name);
    for (size_t k = 0; k < count; k++) {
        sb_text_add_format(text, " %zu", counts[k]);
    }
    sb_text_add(text, "\n");
}

static void add_environment(sb_text *text, const char *yaml)
{
    sb_text_add(text, "# environment:\n");
    while (*yaml != '\0') {
        size_t length = strcspn(yaml, "\n");
        sb_text_add(text, "# |");
        sb_text_add_part(text, yaml, length);
        sb_text_add(text, "\n");
        yaml += length + (yaml[length] == '\n' ? 1 : 0);
    }
}

/* Seventeen digits read back to the same double; fewer where they do too. Nothing for a NaN. */
static void add_double(sb_text *text, double number)
{
    char digits[40];
    for (int precision = 15; precision <= 17 && !isnan(number); precision++) {
        (void)snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number || precision == 17) {
            sb_text_add(text, digits);
            return;
        }
    }
}

static void add_estimate(sb_text *text, const sb_simulation_plan *plan)
{
    sb_text_add(text, "# alpha: ");
    if (plan->estimate.alpha == NULL) {
        sb_text_add(text, "1");
    } else {
        sb_text_add_rational(text, plan->estimate.alpha, SB_NUMBER_FRACTION);
    }
    sb_text_add_format(text, "\n# level: %s\n# intervals: %s\n# draws: %zu\n",
                       sb_interval_level_name(plan->estimate.level),
                       sb_interval_method_name(plan->estimate.method), plan->estimate.draws);
}

static void add_plan(sb_text *text, const sb_simulation_plan *plan)
{
    sb_text_add_format(text, "%s\n", sb_simulation_first_line);
    add_counts(text, "samples", plan->sample_counts, plan->sample_count_count);
    sb_text_add(text, "# epsilons:");
    for (size_t k = 0; k < plan->epsilon_count; k++) {
        sb_text_add(text, " ");
        add_double(text, plan->epsilons[k]);
    }
    sb_text_add_format(text, "\n# repetitions: %zu\n# seed: %" PRIu64 "\n", plan->repetitions,
                       plan->seed);
    add_estimate(text, plan);
    sb_text_add(text, "# mechanisms:");
    for (int k = 0; k < SB_CONTENDER_COUNT; k++) {
        if (plan->wanted[k]) {
            sb_text_add_format(text, " %s", sb_contender_name((sb_contender)k));
        }
    }
    sb_text_add_format(text, "\n# proof: %s\n", plan->exact ? "exact" : "floating");
    if (plan->environment != NULL) {
        add_environment(text, plan->environment);
        return;
    }
    sb_text_add(text, "# correlations:");
    for (size_t k = 0; k < plan->correlation_count; k++) {
        sb_text_add(text, " ");
        sb_text_add_rational(text, plan->correlations + k, SB_NUMBER_FRACTION);
    }
    sb_text_add(text, "\n");
    add_counts(text, "types", plan->type_counts, plan->type_count_count);
    add_counts(text, "signals", plan->signal_counts, plan->signal_count_count);
}

static void add_cell(sb_text *text, const sb_simulation_plan *plan, const sb_simulation_cell *cell)
{
    sb_text_add_format(text, "%zu,%zu,%zu,", cell->sample_count, cell->type_count,
                       cell->signal_count);
    if (plan->environment == NULL) {
        sb_text_add_rational(text, &cell->correlation, SB_NUMBER_FRACTION);
    }
    sb_text_add(text, ",");
    add_double(text, cell->epsilon);
}

static void add_outcome(sb_text *text, const sb_learned *learned, sb_contender contender)
{
    const sb_contender_outcome *outcome = &learned->outcomes[contender];
    sb_text_add_format(text, ",%s,%s,%s,", sb_contender_name(contender),
                       sb_lp_status_name(outcome->status), sb_proof_name(outcome->proof));
    add_double(text, learned->full_surplus);
    sb_text_add(text, learned->set_holds_truth ? ",1," : ",0,");
    add_double(text, outcome->designed);
    sb_text_add(text, ",");
    add_double(text, outcome->revenue);
    sb_text_add(text, ",");
    add_double(text, outcome->max_payment);
    sb_text_add_format(text, ",%s,%zu,%zu,%zu,%.6f\n",
                       sb_simulation_payments[outcome->smallest_payments], outcome->truthful,
                       outcome->lying, outcome->absent, outcome->seconds);
}

sb_status sb_simulation_format(const sb_simulation *simulation, char **text, sb_error *error)
{
    const sb_simulation_plan *plan = &simulation->plan;
    sb_text lines;
    sb_text_init(&lines);
    add_plan(&lines, plan);
    sb_text_add_format(&lines, "%s\n", sb_simulation_columns);
    for (size_t k = 0; k < simulation->cell_count; k++) {
        const sb_simulation_cell *cell = &simulation->cells[k];
        for (size_t r = 0; r < plan->repetitions; r++) {
            for (int c = 0; cell->has[r] && c < SB_CONTENDER_COUNT; c++) {
                if (plan->wanted[c]) {
                    sb_text_add_format(&lines, "%zu,%zu,", k + 1, r + 1);
                    add_cell(&lines, plan, cell);
                    add_outcome(&lines, &cell->outcomes[r], (sb_contender)c);
                }
            }
        }
    }
    *text = sb_text_take(&lines, error);
    return *text == NULL ? SB_ERROR_MEMORY : SB_OK;
}

/* ---- summaries ---- */

static void add_summary(sb_text *text, const sb_simulation *simulation,
                        const sb_simulation_cell *cell, sb_contender contender)
{
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, simulation->plan.repetitions, contender, &summary);
    sb_text_add_format(text, "%zu,%zu,%zu,", cell->sample_count, cell->type_count,
                       cell->signal_count);
    if (simulation->plan.environment == NULL) {
        add_double(text, sb_rational_to_double(&cell->correlation));
    }
    sb_text_add(text, ",");
    add_double(text, cell->epsilon);
    sb_text_add_format(text, ",%" PRIu64 ",%s,%zu,%zu", simulation->plan.seed,
                       sb_contender_name(contender), summary.repetitions, summary.failed);
    const double numbers[] = {summary.mean,     summary.standard_error, cell->full_surplus,
                              summary.share,    summary.share_lower,    summary.share_upper,
                              summary.designed, summary.covered,        summary.max_payment,
                              summary.truthful, summary.lying,          summary.absent};
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        sb_text_add(text, ",");
        add_double(text, numbers[k]);
    }
    sb_text_add_format(text, ",%zu,", summary.vertices);
    add_double(text, summary.seconds);
    sb_text_add(text, "\n");
}

sb_status sb_simulation_format_summary(const sb_simulation *simulation, char **text,
                                       sb_error *error)
{
    sb_text lines;
    sb_text_init(&lines);
    sb_text_add(&lines,
                "samples,types,signals,correlation,epsilon,seed,mechanism,repetitions,"
                "without_optimum,mean,standard_error,full_surplus,share,share_lower,share_upper,"
                "designed,set_holds_truth,max_payment,truthful,lying,absent,vertices,"
                "design_seconds\n");
    for (size_t k = 0; k < simulation->cell_count; k++) {
        for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
            if (simulation->plan.wanted[c]) {
                add_summary(&lines, simulation, &simulation->cells[k], (sb_contender)c);
            }
        }
    }
    *text = sb_text_take(&lines, error);
    return *text == NULL ? SB_ERROR_MEMORY : SB_OK;
}
