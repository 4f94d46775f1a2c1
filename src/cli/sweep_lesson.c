/* What a sweep shows, in one sentence.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/sweep.h"

#include <math.h>
#include <stdlib.h>

#include "cli/report_number.h"
#include "sidebet/surplus.h"

enum { LEAST_NEAR_POINTS = 3, LEAST_POINTS = 2, SHORT_WIDTH = 9 };

typedef struct least_squares {
    size_t count;
    double x, y, xx, xy; /* sums */
} least_squares;

/* The points near independence; `limit` is the largest lambda of them. */
static least_squares collect(const sb_sweep *sweep, double limit)
{
    least_squares sums = {0};
    for (size_t i = 0; i < sweep->count; i++) {
        const sb_sweep_point *point = &sweep->points[i];
        double lambda = sb_rational_to_double(&point->lambda);
        if (point->status != SB_LP_OPTIMAL || !point->has_smallest_payment || !(lambda > 0) ||
            lambda > limit || fmpq_sgn(&point->smallest_payment) <= 0) {
            continue;
        }
        double x = log10(lambda);
        double y = log10(sb_rational_to_double(&point->smallest_payment));
        if (isfinite(x) && isfinite(y)) {
            sums.count++;
            sums.x += x;
            sums.y += y;
            sums.xx += x * x;
            sums.xy += x * y;
        }
    }
    return sums;
}

bool sb_sweep_growth(const sb_sweep *sweep, double *exponent)
{
    least_squares sums = collect(sweep, 0.1 * (1 + 1e-12));
    if (sums.count < LEAST_NEAR_POINTS) {
        sums = collect(sweep, 1);
    }
    double n = (double)sums.count;
    double spread = n * sums.xx - sums.x * sums.x;
    if (sums.count < LEAST_POINTS || !(spread > 1e-9)) {
        return false;
    }
    *exponent = (n * sums.xy - sums.x * sums.y) / spread;
    return true;
}

static const sb_sweep_point *nearest(const sb_sweep *sweep)
{
    const sb_sweep_point *found = NULL;
    for (size_t i = 0; i < sweep->count; i++) {
        const sb_sweep_point *point = &sweep->points[i];
        if (point->status == SB_LP_OPTIMAL && fmpq_sgn(&point->lambda) > 0 &&
            (found == NULL || fmpq_cmp(&point->lambda, &found->lambda) < 0)) {
            found = point;
        }
    }
    return found;
}

static const sb_sweep_point *independent(const sb_sweep *sweep)
{
    for (size_t i = 0; i < sweep->count; i++) {
        if (sweep->points[i].status == SB_LP_OPTIMAL && fmpq_is_zero(&sweep->points[i].lambda)) {
            return &sweep->points[i];
        }
    }
    return NULL;
}

/* Whether full extraction is proved at every point that is not independent. */
static bool always_full(const sb_sweep *sweep)
{
    for (size_t i = 0; i < sweep->count; i++) {
        const sb_sweep_point *point = &sweep->points[i];
        if (fmpq_sgn(&point->lambda) > 0 &&
            (point->status != SB_LP_OPTIMAL || point->proof != SB_PROOF_EXACT ||
             !fmpq_equal(&point->revenue, &point->full_surplus))) {
            return false;
        }
    }
    return true;
}

static void add_short(sb_text *text, const fmpq *value)
{
    char *cell = sb_report_cell(value, SHORT_WIDTH, NULL);
    text->failed = text->failed || cell == NULL;
    sb_text_add(text, cell == NULL ? "" : cell);
    free(cell);
}

static void add_payments(sb_text *text, const sb_sweep *sweep)
{
    double exponent;
    if (!sb_sweep_growth(sweep, &exponent)) {
        return;
    }
    if (fabs(exponent) < 0.05) {
        sb_text_add_format(text, "; the smallest payments stay where they are (like lambda^%.2f)",
                           fabs(exponent) < 0.005 ? 0.0 : exponent);
        return;
    }
    sb_text_add_format(text, "; the smallest payments %s like lambda^%.2f",
                       exponent < 0 ? "grow" : "fall", exponent);
    if (exponent < 0) {
        sb_text_add_format(text, ", %.3g times for every ten times nearer", pow(10, -exponent));
    }
}

char *sb_sweep_lesson(const sb_sweep_answer *answer)
{
    const sb_sweep *sweep = answer->sweep;
    const sb_sweep_point *near = nearest(sweep);
    const sb_sweep_point *zero = independent(sweep);
    int objective = answer->environment->rules.choice[SB_RULE_OBJECTIVE];
    const char *name = sb_rules_objective_noun(&answer->environment->rules);
    sb_text text;
    sb_text_init(&text);
    if (near != NULL) {
        bool revenue = objective == SB_OBJECTIVE_REVENUE;
        bool full = always_full(sweep);
        sb_text_add_format(&text, "At lambda = ");
        add_short(&text, &near->lambda);
        sb_text_add_format(&text, " %s is ", name);
        add_short(&text, &near->revenue);
        if (full) {
            sb_text_add_format(&text, ", the %s as at every lambda above 0",
                               sb_objective_limit_noun(answer->environment));
        } else if (revenue && fmpq_sgn(&near->full_surplus) > 0) {
            sb_text_add(&text, ", ");
            sb_report_add_percent(&text, &near->revenue, &near->full_surplus,
                                  near->proof == SB_PROOF_EXACT);
            sb_text_add(&text, "% of the full surplus");
        }
        if (zero != NULL) {
            sb_text_add(&text, "; at 0, independence, it is ");
            add_short(&text, &zero->revenue);
        }
        add_payments(&text, sweep);
    } else if (zero != NULL) {
        sb_text_add_format(&text, "At lambda = 0, independence, %s is ", name);
        add_short(&text, &zero->revenue);
    }
    return sb_text_take(&text, NULL);
}
