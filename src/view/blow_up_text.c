/* The blow-up screen's sentences, made from the numbers of the curves.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/blow_up.h"
#include "view/plot_models.h"

enum { lesson_digits = 5, jump_ratio = 10, least_fit = 3 };

/* Within this of each other, relatively, revenues are "the same" in a sentence. */
static const double same_revenue = 1e-3;
static const double same_exponent = 0.05;
static const double plateau_ratio = 10;
/* Relative distance from the fitted curve that still counts as lying on it. */
static const double fit_tolerance = 0.25;

/* ---- how payments grow ---- */

bool sb_blow_up_exponent(const double *x, const double *y, size_t count, double *exponent)
{
    double low = 0;
    double high = 0;
    for (size_t k = 0; k < count; k++) {
        if (x[k] > 0 && y[k] > 0 && isfinite(y[k])) {
            low = low == 0 || x[k] < low ? x[k] : low;
            high = x[k] > high ? x[k] : high;
        }
    }
    /* The half nearest 0, on the logarithmic axis. */
    double limit = low > 0 ? sqrt(low) * sqrt(high) * (1 + 1e-9) : 0;
    double n = 0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    double last = low;
    for (size_t k = 0; k < count; k++) {
        if (x[k] > 0 && x[k] <= limit && y[k] > 0 && isfinite(y[k])) {
            double a = log(x[k]);
            double b = log(y[k]);
            n += 1;
            sx += a;
            sy += b;
            sxx += a * a;
            sxy += a * b;
            last = x[k] > last ? x[k] : last;
        }
    }
    if (n < least_fit || last < 9.99 * low) {
        return false;
    }
    double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    double constant = (sy - slope * sx) / n;
    for (size_t k = 0; k < count; k++) {
        if (x[k] > 0 && x[k] <= limit && y[k] > 0 && isfinite(y[k]) &&
            fabs(log(y[k]) - constant - slope * log(x[k])) > fit_tolerance) {
            return false;
        }
    }
    *exponent = -slope;
    return true;
}

/* "; the smallest payments grow like 1/λ" */
static void add_growth(sb_text *text, const sb_sweep *sweep)
{
    double *x = sb_allocate(sweep->count, sizeof *x);
    double *y = sb_allocate(sweep->count, sizeof *y);
    if (x == NULL || y == NULL) {
        free(x);
        free(y);
        return;
    }
    double exponent = 0;
    bool smallest = true;
    bool fits = false;
    for (int round = 0; round < 2 && !fits; round++) {
        smallest = round == 0;
        for (size_t k = 0; k < sweep->count; k++) {
            const sb_sweep_point *point = &sweep->points[k];
            bool known =
                point->status == SB_LP_OPTIMAL && (point->has_smallest_payment || !smallest);
            x[k] = sb_plot_coordinate(&point->lambda);
            y[k] = known ? sb_plot_coordinate(smallest ? &point->smallest_payment
                                                       : &point->vertex_payment)
                         : NAN;
        }
        fits = sb_blow_up_exponent(x, y, sweep->count, &exponent);
    }
    free(x);
    free(y);
    if (!fits) {
        return;
    }
    sb_text_add(text, smallest ? "; the smallest payments " : "; the payments at the vertex ");
    if (fabs(exponent) < same_exponent) {
        sb_text_add(text, "stay bounded");
    } else if (exponent < 0) {
        sb_text_add(text, "shrink towards \xCE\xBB = 0");
    } else if (fabs(exponent - 1) < same_exponent) {
        sb_text_add(text, "grow like 1/\xCE\xBB");
    } else if (fabs(exponent - 2) < same_exponent) {
        sb_text_add(text, "grow like 1/\xCE\xBB\xC2\xB2");
    } else {
        sb_text_add_format(text, "grow like 1/\xCE\xBB^%.2f", exponent);
    }
}

/* ---- the jump ---- */

/* What a sentence needs to know of the curve. */
typedef struct sb_curve_facts {
    const sb_sweep_point *zero;           /* at lambda = 0, optimal */
    const sb_sweep_point *nearest, *next; /* the smallest lambdas > 0, optimal */
    const sb_sweep_point *unsolved;       /* the first that is not optimal */
    bool steady;                          /* all revenues at 0 < lambda <= 1 nearly the same */
    bool all_surplus;                     /* each of these the full surplus, exactly */
    bool beyond;                          /* and at some lambda > 1 another */
} sb_curve_facts;

static sb_curve_facts facts_of(const sb_sweep *sweep)
{
    sb_curve_facts facts = {.steady = true, .all_surplus = true};
    double low = INFINITY;
    double high = -INFINITY;
    double beyond_low = INFINITY;
    double beyond_high = -INFINITY;
    for (size_t k = 0; k < sweep->count; k++) {
        const sb_sweep_point *point = &sweep->points[k];
        if (point->status != SB_LP_OPTIMAL) {
            facts.unsolved = facts.unsolved == NULL ? point : facts.unsolved;
            continue;
        }
        if (fmpq_is_zero(&point->lambda)) {
            facts.zero = point;
            continue;
        }
        if (facts.nearest == NULL) {
            facts.nearest = point;
        } else if (facts.next == NULL) {
            facts.next = point;
        }
        double revenue = sb_rational_to_double(&point->revenue);
        if (sb_plot_coordinate(&point->lambda) > 1) {
            facts.beyond = true;
            beyond_low = revenue < beyond_low ? revenue : beyond_low;
            beyond_high = revenue > beyond_high ? revenue : beyond_high;
            continue;
        }
        low = revenue < low ? revenue : low;
        high = revenue > high ? revenue : high;
        facts.all_surplus =
            facts.all_surplus && fmpq_equal(&point->revenue, &point->full_surplus) != 0;
    }
    double tolerance = same_revenue * fmax(fabs(high), fabs(low));
    facts.steady = high - low <= tolerance;
    facts.beyond = facts.beyond && (beyond_high - low > tolerance || high - beyond_low > tolerance);
    return facts;
}

/* Whether the optimum at 0 is off what the points near it lead to: by far more than it moves
 * between the two nearest. */
static bool jumps(const sb_curve_facts *facts)
{
    fmpq_t at_zero;
    fmpq_t between;
    fmpq_init(at_zero);
    fmpq_init(between);
    fmpq_sub(at_zero, &facts->nearest->revenue, &facts->zero->revenue);
    fmpq_sub(between, &facts->next->revenue, &facts->nearest->revenue);
    fmpq_abs(at_zero, at_zero);
    fmpq_abs(between, between);
    fmpz_mul_ui(fmpq_numref(between), fmpq_numref(between), jump_ratio);
    fmpq_canonicalise(between);
    bool jump = fmpq_cmp(at_zero, between) > 0;
    fmpq_clear(between);
    fmpq_clear(at_zero);
    return jump;
}

/* Few digits: a sentence is read aloud. */
static char *spoken(const fmpq_t number)
{
    return sb_rational_approximate(number, lesson_digits);
}

char *sb_blow_up_lesson(const sb_sweep *sweep, const sb_rules *rules)
{
    sb_curve_facts facts = facts_of(sweep);
    const char *objective = sb_rules_objective_noun(rules);
    bool revenue = rules->choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    sb_text text;
    sb_text_init(&text);
    if (facts.unsolved != NULL && facts.nearest == NULL) {
        sb_text_add_format(&text, "%s is %s at every \xCE\xBB: choose other rules", objective,
                           sb_lp_status_name(facts.unsolved->status));
        return sb_text_take(&text, NULL);
    }
    if (facts.nearest == NULL || facts.next == NULL) {
        return sb_text_take(&text, NULL);
    }
    char *near = spoken(&facts.nearest->revenue);
    char *zero = facts.zero == NULL ? NULL : spoken(&facts.zero->revenue);
    const char *share = facts.all_surplus && revenue ? ", the full surplus," : "";
    if (facts.steady) {
        sb_text_add_format(&text, "%s stays at %s%s for every \xCE\xBB > 0%s", objective,
                           near == NULL ? "" : near, share, facts.beyond ? " up to 1" : "");
    } else {
        sb_text_add_format(&text, "%s goes to %s%s as \xCE\xBB goes to 0", objective,
                           near == NULL ? "" : near, share);
    }
    if (facts.zero != NULL && jumps(&facts)) {
        bool drops = fmpq_cmp(&facts.zero->revenue, &facts.nearest->revenue) < 0;
        sb_text_add_format(&text, " and %s to %s at \xCE\xBB = 0", drops ? "drops" : "rises",
                           zero == NULL ? "" : zero);
    } else if (facts.zero != NULL) {
        sb_text_add(&text, ", without a jump at \xCE\xBB = 0");
    }
    free(near);
    free(zero);
    add_growth(&text, sweep);
    return sb_text_take(&text, NULL);
}

/* The breakpoint before the widest stretch of bounds that brings nothing new; SB_NOWHERE where none
 * spans a decade. */
static size_t plateau_of(const sb_cap *cap)
{
    size_t best = SB_NOWHERE;
    double widest = plateau_ratio;
    for (size_t k = 0; k + 1 < cap->count; k++) {
        double from = sb_plot_coordinate(&cap->points[k].bound);
        double ratio = from > 0 ? sb_plot_coordinate(&cap->points[k + 1].bound) / from : 0;
        if (ratio >= widest) {
            widest = ratio;
            best = k;
        }
    }
    return best;
}

/* The smallest breakpoint that brings nine tenths of what payments bring at all. */
static size_t most_of_the_way(const sb_cap *cap)
{
    double first = sb_rational_to_double(&cap->points[0].objective);
    double last = sb_rational_to_double(&cap->points[cap->count - 1].objective);
    size_t k = 0;
    while (k + 1 < cap->count &&
           sb_rational_to_double(&cap->points[k].objective) < first + 0.9 * (last - first)) {
        k++;
    }
    return k;
}

char *sb_blow_up_cap_lesson(const sb_cap *cap)
{
    sb_text text;
    sb_text_init(&text);
    if (cap->count >= 2) {
        const sb_cap_point *first = &cap->points[0];
        const sb_cap_point *last = &cap->points[cap->count - 1];
        size_t plateau = plateau_of(cap);
        const sb_cap_point *less =
            &cap->points[plateau != SB_NOWHERE ? plateau : most_of_the_way(cap)];
        char *all = spoken(&last->objective);
        char *bound = spoken(&last->bound);
        char *some = spoken(&less->objective);
        char *less_bound = spoken(&less->bound);
        sb_text_add_format(&text, "reaching %s %s payments up to %s", all == NULL ? "" : all,
                           cap->complete ? "takes" : "can be done with",
                           bound == NULL ? "" : bound);
        if (less != last) {
            sb_text_add_format(&text, "; with none above %s it is %s",
                               less_bound == NULL ? "" : less_bound, some == NULL ? "" : some);
        }
        if (!fmpq_is_zero(&first->bound)) {
            char *least = spoken(&first->bound);
            sb_text_add_format(&text, "; no mechanism with all payments below %s",
                               least == NULL ? "" : least);
            free(least);
        }
        free(all);
        free(bound);
        free(some);
        free(less_bound);
    }
    return sb_text_take(&text, NULL);
}
