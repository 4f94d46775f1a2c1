/* What the best mechanism is compared with: bounds, other rules, well-known mechanisms.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/comparison.h"

#include "base/memory.h"
#include "base/text.h"

const char *sb_comparison_name(size_t index)
{
    static const char *const names[] = {"optimum", "full-surplus", "ex-post", "no-correlation"};
    return index < SB_COMPARISON_AUCTIONS
               ? names[index]
               : sb_auction_name((sb_auction_kind)(index - SB_COMPARISON_AUCTIONS));
}

const char *sb_comparison_title(size_t index, const sb_environment *environment)
{
    bool other =
        environment != NULL && environment->rules.choice[SB_RULE_OBJECTIVE] != SB_OBJECTIVE_REVENUE;
    return other && index == SB_COMPARISON_FULL_SURPLUS ? "largest-welfare"
                                                        : sb_comparison_name(index);
}

static void take_optimum(sb_comparison *row, const sb_solution *solution, const sb_mechanism *best)
{
    row->known = solution != NULL;
    if (!row->known) {
        return;
    }
    row->word = sb_solution_status_words(solution);
    row->incumbent = solution->incumbent;
    if (solution->status == SB_LP_OPTIMAL) {
        row->objective = &solution->objective;
        row->revenue = &solution->revenue;
        row->welfare = &solution->welfare;
        row->mechanism = best;
        row->word = sb_solution_proof_words(solution);
    }
    row->exact = solution->proof == SB_PROOF_EXACT;
}

static void take_baseline(sb_comparison *row, const sb_baseline *baseline)
{
    row->known = baseline != NULL;
    if (!row->known) {
        return;
    }
    bool optimal = baseline->status == SB_LP_OPTIMAL;
    row->objective = optimal ? &baseline->objective : NULL;
    row->word = optimal ? sb_proof_name(baseline->proof) : sb_lp_status_name(baseline->status);
    row->exact = baseline->proof == SB_PROOF_EXACT;
}

static void take_auction(sb_comparison *row, const sb_known_auctions *known, size_t kind)
{
    row->known = known != NULL;
    if (!row->known) {
        return;
    }
    const sb_auction *auction = &known->auctions.auctions[kind];
    row->exact = true;
    row->word = "does not apply";
    if (auction->applies) {
        row->word = "exact";
        row->objective = &known->objective[kind];
        row->revenue = &auction->revenue;
        row->welfare = &auction->welfare;
        row->mechanism = auction->mechanism;
        row->breaks_rules = known->complaint[kind][0] != '\0';
    }
}

sb_comparison sb_comparison_at(const sb_results *results, const sb_mechanism *best, size_t index)
{
    sb_comparison row = {.word = ""};
    if (results == NULL) {
        return row;
    }
    switch (index) {
    case SB_COMPARISON_OPTIMUM:
        take_optimum(&row, sb_results_solution(results), best);
        break;
    case SB_COMPARISON_FULL_SURPLUS:
        row.known = true;
        row.objective = sb_results_full_surplus(results);
        row.word = "exact";
        row.exact = true;
        break;
    case SB_COMPARISON_EX_POST:
        take_baseline(&row, sb_results_ex_post(results));
        break;
    case SB_COMPARISON_NO_CORRELATION:
        take_baseline(&row, sb_results_without_correlation(results));
        break;
    default:
        take_auction(&row, sb_results_auctions(results), index - SB_COMPARISON_AUCTIONS);
        break;
    }
    return row;
}

/* ---- sentences ---- */

static void say_auction(sb_text *text, const sb_known_auctions *known, size_t kind)
{
    sb_text_add(text, sb_auction_explain((sb_auction_kind)kind));
    if (known == NULL) {
        return;
    }
    const sb_auction *auction = &known->auctions.auctions[kind];
    if (!auction->applies) {
        sb_text_add_format(text, " It does not apply, as %s.", auction->reason);
        return;
    }
    if (auction->has_reserve_price) {
        sb_text_add(text, " Reserve price ");
        sb_text_add_rational(text, &auction->reserve_price, SB_NUMBER_DECIMAL);
        sb_text_add(text, ".");
    }
    sb_text_add(text, auction->tied ? " Ties go to the first." : "");
    sb_text_add(text, auction->participation ? "" : " Some would rather stay away.");
    if (known->complaint[kind][0] != '\0') {
        sb_text_add_format(text, " It breaks the rules in force: %s.", known->complaint[kind]);
    }
}

static bool about_revenue(const sb_results *results)
{
    const sb_environment *environment =
        results == NULL ? NULL : sb_snapshot_environment(sb_results_snapshot(results));
    return environment == NULL ||
           environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
}

char *sb_comparison_sentence(const sb_results *results, size_t index)
{
    sb_text text;
    sb_text_init(&text);
    switch (index) {
    case SB_COMPARISON_OPTIMUM:
        sb_text_add(&text, "The best mechanism under the rules.");
        break;
    case SB_COMPARISON_FULL_SURPLUS:
        sb_text_add(&text, about_revenue(results)
                               ? "What there is to earn: the largest welfare, less what the agents "
                                 "could have elsewhere."
                               : "The largest welfare there is.");
        break;
    case SB_COMPARISON_EX_POST:
        sb_text_add(&text, "The best where truth and taking part must pay at every profile, "
                           "whatever the others are.");
        break;
    case SB_COMPARISON_NO_CORRELATION:
        sb_text_add(&text, "The best under the rules if the types had the same marginals and were "
                           "independent.");
        break;
    default:
        say_auction(&text, results == NULL ? NULL : sb_results_auctions(results),
                    index - SB_COMPARISON_AUCTIONS);
        break;
    }
    return sb_text_take(&text, NULL);
}
