/* Robust design in words: names of choices, what a round did.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/robust.h"

/* Characters of a number, and of a belief's entry, in a sentence. */
#define NUMBER 9
#define CHANCE 6
/* A belief of more signals than this is not written out. */
#define MOST_SIGNALS 6

const char *sb_robust_objective_name(sb_robust_objective objective)
{
    static const char *const names[] = {
        [SB_ROBUST_ESTIMATE] = "estimate", [SB_ROBUST_WORST_CASE] = "worst-case"};
    return names[objective];
}

const char *sb_robust_method_name(sb_robust_method method)
{
    static const char *const names[] = {[SB_ROBUST_CUTS] = "cuts", [SB_ROBUST_COMPACT] = "compact"};
    return names[method];
}

const char *sb_cut_choice_name(sb_cut_choice choice)
{
    static const char *const names[] = {
        [SB_CUTS_ONE] = "one", [SB_CUTS_PER_TYPE] = "type", [SB_CUTS_ALL] = "all"};
    return names[choice];
}

const char *sb_cut_beginning_name(sb_cut_beginning beginning)
{
    static const char *const names[] = {
        [SB_CUTS_FROM_ESTIMATE] = "estimate", [SB_CUTS_FROM_NOTHING] = "nothing"};
    return names[beginning];
}

const char *sb_cut_kind_name(sb_cut_kind kind)
{
    static const char *const names[] = {[SB_CUT_INCENTIVE] = "incentive",
                                        [SB_CUT_PARTICIPATION] = "participation",
                                        [SB_CUT_OBJECTIVE] = "objective"};
    return names[kind];
}

char *sb_cut_describe(const sb_environment *environment, const sb_cut *cut)
{
    const char *type = sb_environment_label(environment, 0, cut->type);
    switch (cut->kind) {
    case SB_CUT_INCENTIVE:
        return sb_format_text("type %s, report %s", type,
                              sb_environment_label(environment, 0, cut->report));
    case SB_CUT_PARTICIPATION:
        return sb_format_text("type %s, staying away", type);
    case SB_CUT_OBJECTIVE:
        return sb_format_text("type %s, what the seller expects of it", type);
    }
    return NULL;
}

/* ---- sentences ---- */

static void add_number(sb_text *text, const fmpq_t value, size_t width)
{
    char *shown = sb_rational_display(value, width, NULL);
    sb_text_add(text, shown == NULL ? "" : shown);
    text->failed = text->failed || shown == NULL;
    free(shown);
}

static void add_belief(sb_text *text, const sb_environment *environment, const fmpq *belief)
{
    if (environment->signal_count > MOST_SIGNALS) {
        return;
    }
    sb_text_add(text, " of belief (");
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        sb_text_add(text, signal == 0 ? "" : ", ");
        add_number(text, belief + signal, CHANCE);
    }
    sb_text_add(text, ")");
}

/* "Type 3 of belief (…) would report 2 and gain 0.31"; along a ray a gain grows without end. */
static void add_complaint(sb_text *text, const sb_environment *environment, const sb_cut *cut,
                          bool ray)
{
    sb_text_add_format(text, "type %s", sb_environment_label(environment, 0, cut->type));
    add_belief(text, environment, cut->belief);
    switch (cut->kind) {
    case SB_CUT_INCENTIVE:
        sb_text_add_format(text, " would report %s and gain ",
                           sb_environment_label(environment, 0, cut->report));
        break;
    case SB_CUT_PARTICIPATION:
        sb_text_add(text, " would rather stay away and gain ");
        break;
    case SB_CUT_OBJECTIVE:
        sb_text_add(text, " brings the seller less than was counted on, by ");
        break;
    }
    if (ray) {
        sb_text_add(text, "without end");
    } else {
        add_number(text, &cut->violation, NUMBER);
    }
}

/* "3 cuts take the bound from 5.5 to 5.21", of the round before. */
static void add_progress(sb_text *text, const sb_robust_round *before, const sb_robust_round *round)
{
    size_t added = 0;
    for (size_t k = 0; before != NULL && k < before->found_count; k++) {
        added += before->found[k].added ? 1 : 0;
    }
    if (before == NULL) {
        sb_text_add(text, "the beginning ");
    } else {
        sb_text_add_format(text, "%zu %s ", added, added == 1 ? "cut" : "cuts");
    }
    const char *verb = added == 1 || before == NULL ? "s" : "";
    if (round->status == SB_LP_UNBOUNDED) {
        sb_text_add_format(text, "leave%s the objective unbounded", verb);
    } else if (before == NULL || before->status != SB_LP_OPTIMAL) {
        sb_text_add_format(text, "bound%s the objective by ", verb);
        add_number(text, &round->objective, NUMBER);
    } else if (fmpq_equal(&before->objective, &round->objective)) {
        sb_text_add_format(text, "leave%s the bound at ", verb);
        add_number(text, &round->objective, NUMBER);
    } else {
        sb_text_add_format(text, "take%s the bound from ", verb);
        add_number(text, &before->objective, NUMBER);
        sb_text_add(text, " to ");
        add_number(text, &round->objective, NUMBER);
    }
}

static void add_outlook(sb_text *text, const sb_environment *environment,
                        const sb_robust_round *round)
{
    bool ray = round->status == SB_LP_UNBOUNDED;
    if (round->found_count > 0) {
        sb_text_add(text, "; ");
        add_complaint(text, environment, &round->found[0], ray);
        if (round->found_count > 1) {
            sb_text_add_format(text, ", the worst of %zu broken rules", round->found_count);
        }
    } else if (ray) {
        sb_text_add(text, "; no belief objects, so there is no optimum");
    } else {
        sb_text_add(text, "; no belief in the set objects, so this is the robust optimum");
    }
}

char *sb_robust_round_describe(const sb_robust_run *run, size_t round)
{
    const sb_robust_round *at = sb_robust_run_round(run, round);
    if (at == NULL) {
        return NULL;
    }
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "Round %zu: ", at->round);
    if (at->status == SB_LP_INFEASIBLE) {
        sb_text_add(&text, "no mechanism obeys the rows so far, so none is robust");
    } else if (at->status == SB_LP_FAILED) {
        sb_text_add_format(&text, "the relaxation was not solved: %s", at->reason);
    } else {
        add_progress(&text, round == 0 ? NULL : sb_robust_run_round(run, round - 1), at);
        add_outlook(&text, sb_robust_run_environment(run), at);
    }
    sb_text_add(&text, ".");
    return sb_text_take(&text, NULL);
}
