/* What the repetitions of a cell say together.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "sidebet/simulation.h"

static const double upper_tail = 0.025; /* on each side of a 95 % band */

typedef struct totals {
    size_t count, outcomes, covered, vertices, truthful, lying, absent;
    double revenue, designed, max_payment, seconds;
} totals;

static bool counts(const sb_simulation_cell *cell, size_t repetition, sb_contender contender)
{
    const sb_contender_outcome *outcome = &cell->outcomes[repetition].outcomes[contender];
    return cell->has[repetition] && outcome->status == SB_LP_OPTIMAL && !isnan(outcome->revenue);
}

static totals add_up(const sb_simulation_cell *cell, size_t repetitions, sb_contender contender)
{
    totals sums = {0};
    for (size_t r = 0; r < repetitions; r++) {
        if (cell->has[r]) {
            sums.outcomes++;
            sums.covered += cell->outcomes[r].set_holds_truth ? 1 : 0;
        }
        if (counts(cell, r, contender)) {
            const sb_contender_outcome *outcome = &cell->outcomes[r].outcomes[contender];
            sums.count++;
            sums.revenue += outcome->revenue;
            sums.designed += outcome->designed;
            sums.max_payment += outcome->max_payment;
            sums.seconds += outcome->seconds;
            sums.truthful += outcome->truthful;
            sums.lying += outcome->lying;
            sums.absent += outcome->absent;
            sums.vertices += outcome->smallest_payments ? 0 : 1;
        }
    }
    return sums;
}

/* Two passes: a revenue that is the same every time has a deviation of nearly nothing. */
static double standard_error(const sb_simulation_cell *cell, size_t repetitions,
                             sb_contender contender, const totals *sums)
{
    if (sums->count < 2) {
        return (double)NAN;
    }
    double mean = sums->revenue / (double)sums->count;
    double squares = 0;
    for (size_t r = 0; r < repetitions; r++) {
        if (counts(cell, r, contender)) {
            double deviation = cell->outcomes[r].outcomes[contender].revenue - mean;
            squares += deviation * deviation;
        }
    }
    return sqrt(squares / (double)(sums->count - 1) / (double)sums->count);
}

void sb_simulation_summarise(const sb_simulation_cell *cell, size_t repetitions,
                             sb_contender contender, sb_simulation_summary *summary)
{
    totals sums = add_up(cell, repetitions, contender);
    double count = sums.count > 0 ? (double)sums.count : (double)NAN;
    double error = standard_error(cell, repetitions, contender, &sums);
    double width = sums.count < 2 ? (double)NAN : gsl_cdf_tdist_Qinv(upper_tail, count - 1) * error;
    double mean = sums.revenue / count;
    *summary = (sb_simulation_summary){
        .repetitions = sums.count,
        .failed = sums.outcomes - sums.count,
        .mean = mean,
        .standard_error = error,
        .share = mean / cell->full_surplus,
        .share_lower = (mean - width) / cell->full_surplus,
        .share_upper = (mean + width) / cell->full_surplus,
        .designed = sums.designed / count,
        .seconds = sums.seconds / count,
        .max_payment = sums.max_payment / count,
        .truthful = (double)sums.truthful / count,
        .lying = (double)sums.lying / count,
        .absent = (double)sums.absent / count,
        .vertices = sums.vertices,
        .covered = sums.outcomes > 0 ? (double)sums.covered / (double)sums.outcomes : (double)NAN};
}
