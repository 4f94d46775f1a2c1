/* What a robust optimum, or the price of robustness, shows: in one sentence.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "cli/report_number.h"
#include "cli/robust.h"

enum { SHORT_WIDTH = 9 };

static void add_short(sb_text *text, const fmpq *value)
{
    char *cell = sb_report_cell(value, SHORT_WIDTH, NULL);
    text->failed = text->failed || cell == NULL;
    sb_text_add(text, cell == NULL ? "" : cell);
    free(cell);
}

static bool certain(const sb_robust_answer *answer)
{
    return answer->options.objective == SB_ROBUST_WORST_CASE;
}

const char *sb_robust_optimum_name(const sb_robust_answer *answer)
{
    switch (answer->environment->rules.choice[SB_RULE_OBJECTIVE]) {
    case SB_OBJECTIVE_REVENUE:
        return certain(answer) ? "certain revenue" : "robust revenue";
    case SB_OBJECTIVE_WELFARE:
        return certain(answer) ? "certain welfare" : "robust welfare";
    default:
        return certain(answer) ? "certain optimum" : "robust optimum";
    }
}

/* An optimum beside its two limits. */
typedef struct comparison {
    const fmpq *optimum, *bayesian, *ex_post; /* NULL: there is none */
    bool exact;
    fmpq_t cost, extra, kept; /* Bayesian less optimum, Bayesian less ex-post, optimum less it */
} comparison;

static void comparison_init(comparison *compared, const fmpq *optimum, bool exact,
                            const sb_baseline *bayesian, const sb_baseline *ex_post)
{
    compared->optimum = optimum;
    compared->bayesian = bayesian->status == SB_LP_OPTIMAL ? &bayesian->objective : NULL;
    compared->ex_post = ex_post->status == SB_LP_OPTIMAL ? &ex_post->objective : NULL;
    compared->exact = exact && (compared->bayesian == NULL || bayesian->proof == SB_PROOF_EXACT) &&
                      (compared->ex_post == NULL || ex_post->proof == SB_PROOF_EXACT);
    fmpq_init(compared->cost);
    fmpq_init(compared->extra);
    fmpq_init(compared->kept);
    if (compared->bayesian != NULL) {
        fmpq_sub(compared->cost, compared->bayesian, optimum);
    }
    if (compared->bayesian != NULL && compared->ex_post != NULL) {
        fmpq_sub(compared->extra, compared->bayesian, compared->ex_post);
        fmpq_sub(compared->kept, optimum, compared->ex_post);
    }
}

static void comparison_clear(comparison *compared)
{
    fmpq_clear(compared->cost);
    fmpq_clear(compared->extra);
    fmpq_clear(compared->kept);
}

/* In floating numbers nothing is equal, so that nearly is enough. */
static bool is_nothing(const fmpq_t number, const comparison *compared)
{
    if (compared->exact) {
        return fmpq_is_zero(number);
    }
    double size = sb_rational_to_double(number);
    double scale = sb_rational_to_double(compared->optimum);
    double most = 1e-8 * (1 + (scale < 0 ? -scale : scale));
    return size < most && size > -most;
}

static void add_kept(sb_text *text, const comparison *compared)
{
    if (compared->ex_post == NULL || fmpq_sgn(compared->extra) <= 0 ||
        is_nothing(compared->extra, compared)) {
        return;
    }
    bool none = is_nothing(compared->kept, compared);
    sb_text_add(text, "; ");
    if (none || fmpq_sgn(compared->kept) < 0) { /* below: in the worst case only */
        sb_text_add(text, none ? "nothing" : "none");
    } else {
        sb_report_add_percent(text, compared->kept, compared->extra, compared->exact);
        sb_text_add(text, "%");
    }
    sb_text_add(text, " of the ");
    add_short(text, compared->extra);
    sb_text_add(text, " that knowing beliefs adds to the ex-post optimum ");
    add_short(text, compared->ex_post);
    sb_text_add(text, fmpq_sgn(compared->kept) < 0 && !none ? " is certain" : " is kept");
}

static void add_price(sb_text *text, const sb_robust_answer *answer)
{
    comparison compared;
    comparison_init(&compared, &answer->solution.objective,
                    answer->solution.proof == SB_PROOF_EXACT, &answer->bayesian, &answer->ex_post);
    if (compared.bayesian == NULL) {
        sb_text_add(text, "There is no Bayesian optimum to compare with");
    } else if (is_nothing(compared.cost, &compared)) {
        sb_text_add(text, "Robustness costs nothing here: the optimum is the Bayesian one");
    } else {
        sb_text_add(text, certain(answer) ? "Certainty costs " : "Robustness costs ");
        add_short(text, compared.cost);
        if (fmpq_sgn(compared.bayesian) > 0 && fmpq_sgn(compared.cost) > 0) {
            sb_text_add(text, ", ");
            sb_report_add_percent(text, compared.cost, compared.bayesian, compared.exact);
            sb_text_add(text, "% of the Bayesian optimum ");
            add_short(text, compared.bayesian);
        }
        add_kept(text, &compared);
    }
    comparison_clear(&compared);
}

static void add_stopped(sb_text *text, const sb_robust_answer *answer)
{
    size_t count = answer->solution.rounds;
    sb_text_add_format(text, "After %zu round%s the ", count, count == 1 ? "" : "s");
    if (!answer->has_bound) {
        sb_text_add(text, count > 0 ? "relaxation is still unbounded" : "optimum is not known");
        return;
    }
    sb_text_add_format(text, "%s is known to be at most ", sb_robust_optimum_name(answer));
    add_short(text, &answer->bound);
}

/* ---- the curve ---- */

typedef bool (*point_test)(const comparison *compared);

static bool half_gone(const comparison *compared)
{
    fmpq_t doubled;
    fmpq_init(doubled);
    fmpq_mul_2exp(doubled, compared->kept, 1);
    bool gone = fmpq_cmp(doubled, compared->extra) <= 0;
    fmpq_clear(doubled);
    return gone;
}

static bool all_gone(const comparison *compared)
{
    return fmpq_sgn(compared->kept) < 0 || is_nothing(compared->kept, compared);
}

static const sb_price_point *first_where(const sb_robust_price *price, point_test test)
{
    const sb_price_point *found = NULL;
    for (size_t k = 0; found == NULL && k < price->count; k++) {
        const sb_price_point *point = &price->points[k];
        if (point->status == SB_LP_OPTIMAL) {
            comparison compared;
            comparison_init(&compared, &point->objective, point->proof == SB_PROOF_EXACT,
                            &price->bayesian, &price->ex_post);
            if (fmpq_sgn(compared.extra) > 0 && !is_nothing(compared.extra, &compared) &&
                test(&compared)) {
                found = point;
            }
            comparison_clear(&compared);
        }
    }
    return found;
}

static void add_curve(sb_text *text, const sb_robust_answer *answer)
{
    const sb_robust_price *price = &answer->price;
    if (price->bayesian.status != SB_LP_OPTIMAL || price->ex_post.status != SB_LP_OPTIMAL) {
        sb_text_add(text, "Not both limits have an optimum");
        return;
    }
    sb_text_add(text, "Without doubt ");
    add_short(text, &price->bayesian.objective);
    sb_text_add(text, " can be had, whatever the beliefs ");
    add_short(text, &price->ex_post.objective);
    const sb_price_point *half = first_where(price, half_gone);
    const sb_price_point *none = first_where(price, all_gone);
    if (half != NULL && half != none) {
        sb_text_add(text, "; at a radius of ");
        add_short(text, &half->radius);
        sb_text_add(text, " half of the difference is gone");
    }
    if (none != NULL) {
        sb_text_add(text, half != none ? ", at " : "; at a radius of ");
        add_short(text, &none->radius);
        sb_text_add(text, " all of it");
    }
}

char *sb_robust_lesson(const sb_robust_answer *answer)
{
    sb_text text;
    sb_text_init(&text);
    if (answer->has_price) {
        add_curve(&text, answer);
    } else if (answer->stop != SB_ROBUST_NOT_STOPPED) {
        add_stopped(&text, answer);
    } else if (answer->solution.status == SB_LP_OPTIMAL) {
        add_price(&text, answer);
    }
    return sb_text_take(&text, NULL);
}
