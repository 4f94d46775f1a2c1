/* The answer of sidebet robust as CSV: the rounds, or the price of robustness.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/csv_writer.h"
#include "cli/robust.h"

static void add_count(sb_csv *csv, size_t count)
{
    char *digits = sb_format_text("%zu", count);
    csv->text.failed = csv->text.failed || digits == NULL;
    sb_csv_field(csv, digits);
    free(digits);
}

/* ---- the rounds ---- */

static void add_step_head(sb_csv *csv, const sb_environment *environment)
{
    sb_csv_field(csv, "round");
    sb_csv_number_name(csv, "revenue");
    sb_csv_number_name(csv, "violation");
    static const char *const names[] = {"kind", "type",    "report", "found",
                                        "cuts", "dropped", "status", "proof"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        sb_csv_field(csv, names[k]);
    }
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        char *name = sb_format_text("belief_%s", environment->signals[signal]);
        csv->text.failed = csv->text.failed || name == NULL;
        sb_csv_number_name(csv, name == NULL ? "" : name);
        free(name);
    }
    sb_csv_end_row(csv);
}

static void add_step(sb_csv *csv, const sb_environment *environment, const sb_robust_round *round)
{
    bool optimal = round->status == SB_LP_OPTIMAL;
    bool exact = round->proof == SB_PROOF_EXACT;
    const sb_cut *worst = round->found_count > 0 ? &round->found[0] : NULL;
    bool incentive = worst != NULL && worst->kind == SB_CUT_INCENTIVE;
    char *const *types = environment->agents[0].types;
    add_count(csv, round->round);
    sb_csv_number(csv, optimal ? &round->objective : NULL, exact);
    sb_csv_number(csv, &round->violation, exact);
    sb_csv_field(csv, worst == NULL ? NULL : sb_cut_kind_name(worst->kind));
    sb_csv_field(csv, worst == NULL ? NULL : types[worst->type]);
    sb_csv_field(csv, incentive ? types[worst->report] : NULL);
    add_count(csv, round->found_count);
    add_count(csv, round->cut_count);
    add_count(csv, round->dropped);
    sb_csv_field(csv, sb_lp_status_name(round->status));
    sb_csv_field(csv, sb_proof_name(round->proof));
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        sb_csv_number(csv, worst == NULL ? NULL : worst->belief + signal, true);
    }
    sb_csv_end_row(csv);
}

void sb_csv_robust(sb_text *text, const void *whole)
{
    const sb_robust_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    add_step_head(&csv, answer->environment);
    for (size_t k = 0; answer->run != NULL && k < sb_robust_run_count(answer->run); k++) {
        add_step(&csv, answer->environment, sb_robust_run_round(answer->run, k));
    }
    *text = csv.text;
}

/* ---- the price of robustness ---- */

static void add_limit(sb_csv *csv, const sb_baseline *limit)
{
    sb_csv_number(csv, limit->status == SB_LP_OPTIMAL ? &limit->objective : NULL,
                  limit->proof == SB_PROOF_EXACT);
}

void sb_csv_robust_price(sb_text *text, const void *whole)
{
    static const char *const numbers[] = {"radius",   "revenue", "worst_case",  "max_payment",
                                          "bayesian", "ex_post", "full_surplus"};
    const sb_robust_price *price = &((const sb_robust_answer *)whole)->price;
    sb_csv csv;
    sb_csv_init(&csv);
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        sb_csv_number_name(&csv, numbers[k]);
    }
    sb_csv_field(&csv, "rounds");
    sb_csv_field(&csv, "status");
    sb_csv_field(&csv, "proof");
    sb_csv_end_row(&csv);
    for (size_t k = 0; k < price->count; k++) {
        const sb_price_point *point = &price->points[k];
        bool optimal = point->status == SB_LP_OPTIMAL;
        bool exact = point->proof == SB_PROOF_EXACT;
        sb_csv_number(&csv, &point->radius, true);
        sb_csv_number(&csv, optimal ? &point->objective : NULL, exact);
        sb_csv_number(&csv, optimal ? &point->worst_case : NULL, exact);
        sb_csv_number(&csv, optimal ? &point->max_payment : NULL, exact);
        add_limit(&csv, &price->bayesian);
        add_limit(&csv, &price->ex_post);
        sb_csv_number(&csv, &price->full_surplus, true);
        add_count(&csv, point->rounds);
        sb_csv_field(&csv, sb_lp_status_name(point->status));
        sb_csv_field(&csv, sb_proof_name(point->proof));
        sb_csv_end_row(&csv);
    }
    *text = csv.text;
}
