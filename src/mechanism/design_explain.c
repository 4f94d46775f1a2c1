/* Why a program has no optimum, in words, and which single change of a rule gives one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Unbounded: the improving ray names the agents whose payments grow along it. Infeasible: the
 * Farkas multipliers name rules that contradict each other. The remedies are found by solving each.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "mechanism/design_program.h"

/* Rules of a contradiction named one by one; the others are counted. */
#define NAMED_RULES 6

/* The payment bound tried where payments are free or forbidden. */
#define TRIED_BOUND 1

/* Does an agent's expected payment grow along the ray (sign 1), or fall (sign -1)? */
static bool payments_grow(const sb_environment *environment, const sb_mechanism *ray, size_t agent,
                          int sign)
{
    fmpq_t growth;
    fmpq_init(growth);
    for (size_t profile = 0; profile < ray->profile_count; profile++) {
        fmpq_addmul(growth, environment->weights + profile,
                    ray->payments + profile * ray->agent_count + agent);
    }
    bool grows = fmpq_sgn(growth) == sign;
    fmpq_clear(growth);
    return grows;
}

static void explain_unbounded(const sb_environment *environment, const sb_mechanism *ray,
                              sb_notes *explanation)
{
    bool refusable = false; /* whether one that pays ever more could refuse to */
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &environment->rules);
    int sign = fmpq_sgn(&weights.payments);
    sb_objective_weights_clear(&weights);
    sb_text names;
    sb_text_init(&names);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (ray == NULL || payments_grow(environment, ray, agent, sign)) {
            int choice = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent);
            refusable = refusable || choice != SB_IR_NONE;
            sb_text_add_format(&names, "%s%s",
                               names.length == 0 ? ""
                               : sign < 0        ? " and to "
                                                 : " and of ",
                               sb_environment_player_name(environment, agent));
        }
    }
    char *text = sb_text_take(&names, NULL);
    const char *why =
        sign < 0 || refusable ? "under these rules" : "without individual rationality";
    bool revenue = environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    sb_notes_add(explanation, "%s the payments %s %s can grow without limit, and %s with them", why,
                 sign < 0 ? "to" : "of", text == NULL || text[0] == '\0' ? "the agents" : text,
                 revenue ? "revenue" : "the objective");
    free(text);
}

static void explain_infeasible(const sb_environment *environment, const sb_design *design,
                               const sb_lp_result *result, sb_notes *explanation)
{
    int payments = environment->rules.choice[SB_RULE_PAYMENTS];
    char *choice = sb_rules_format(&environment->rules, SB_RULE_PAYMENTS);
    sb_notes_add(explanation, "no mechanism obeys these rules%s%s%s",
                 payments == SB_PAYMENTS_FREE || choice == NULL ? "" : " together with `payments: ",
                 payments == SB_PAYMENTS_FREE || choice == NULL ? "" : choice,
                 payments == SB_PAYMENTS_FREE || choice == NULL ? "" : "`");
    free(choice);
    size_t named = 0, more = 0;
    for (size_t row = 0; result->duals != NULL && row < result->row_count; row++) {
        const sb_constraint *constraint = sb_design_constraint(design, row);
        if (fmpq_is_zero(result->duals + row) || constraint->kind == SB_CONSTRAINT_PROBABILITY) {
            continue;
        }
        if (named == NAMED_RULES) {
            more++;
            continue;
        }
        char *rule = sb_constraint_describe(environment, constraint);
        if (rule != NULL) {
            sb_notes_add(explanation, named == 0 ? "it cannot be that %s" : "and that %s", rule);
        }
        free(rule);
        named++;
    }
    if (more > 0) {
        sb_notes_add(explanation, "and %zu more rules at once", more);
    }
}

/* A change of one rule, for one agent or (SB_NOWHERE) for all. */
typedef struct remedy {
    sb_rule rule;
    int choice;
    size_t agent;
} remedy;

static void note_remedy(const sb_environment *environment, const remedy *tried,
                        const sb_rules *changed, const fmpq_t objective, sb_proof proof,
                        sb_notes *explanation)
{
    bool own = tried->agent != SB_NOWHERE;
    const char *choice = sb_rule_describe(tried->rule)->choices[tried->choice].name;
    char *written = own ? sb_copy_text(choice) : sb_rules_format(changed, tried->rule);
    char *value = sb_rational_display(objective, 12, NULL);
    if (written != NULL && value != NULL) {
        sb_notes_add(explanation, "with `%s: %s`%s%s there is an optimum: %s%s",
                     sb_rule_describe(tried->rule)->name, written, own ? " for " : "",
                     own ? sb_environment_player_name(environment, tried->agent) : "", value,
                     proof == SB_PROOF_EXACT ? "" : " (floating)");
    }
    free(written);
    free(value);
}

/* Solve under one other choice of one rule; a note if that gives an optimum. */
static sb_status try_remedy(const sb_environment *environment, const remedy *tried,
                            const sb_lp_options *options, sb_notes *explanation, sb_error *error)
{
    sb_rules changed;
    sb_rules_init(&changed);
    sb_rules_copy(&changed, &environment->rules);
    if (tried->agent == SB_NOWHERE) {
        sb_rules_choose(&changed, tried->rule, tried->choice);
    } else {
        sb_rules_choose_own(&changed, tried->rule, tried->agent, tried->choice);
    }
    fmpq_set_si(&changed.payment_bound, TRIED_BOUND, 1);
    fmpq_t objective;
    fmpq_init(objective);
    sb_lp_status answer = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    sb_status status =
        sb_design_value(environment, &changed, NULL, options, &answer, &proof, objective, error);
    if (status == SB_OK && answer == SB_LP_OPTIMAL) {
        note_remedy(environment, tried, &changed, objective, proof, explanation);
    }
    fmpq_clear(objective);
    sb_rules_clear(&changed);
    return status;
}

/* One choice for all, and where agents differ for each alone that has another. The change for all
 * is left out where it is that of a single agent. */
static sb_status try_choice(const sb_environment *environment, sb_rule rule, int choice,
                            const sb_lp_options *options, sb_notes *explanation, sb_error *error)
{
    size_t others = 0; /* agents that have another choice */
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        others += sb_rules_of(&environment->rules, rule, agent) != choice;
    }
    bool differ = sb_rules_differ(&environment->rules, rule);
    sb_status status = SB_OK;
    for (size_t agent = 0; differ && status == SB_OK && agent < environment->agent_count; agent++) {
        if (sb_rules_of(&environment->rules, rule, agent) != choice) {
            status = try_remedy(environment, &(remedy){rule, choice, agent}, options, explanation,
                                error);
        }
    }
    if (status == SB_OK && others > (differ ? 1 : 0)) {
        status = try_remedy(environment, &(remedy){rule, choice, SB_NOWHERE}, options, explanation,
                            error);
    }
    return status;
}

sb_status sb_design_explain(const sb_environment *environment, const sb_design *design,
                            const sb_lp_result *result, const sb_lp_options *options,
                            sb_solution *solution, sb_error *error)
{
    if (result->status == SB_LP_UNBOUNDED) {
        explain_unbounded(environment, solution->ray, &solution->explanation);
    } else {
        explain_infeasible(environment, design, result, &solution->explanation);
    }
    size_t before = solution->explanation.count;
    sb_status status = SB_OK;
    for (int rule = 0; status == SB_OK && rule < SB_RULE_COUNT; rule++) {
        int count = sb_rule_describe((sb_rule)rule)->choice_count;
        for (int choice = 0; status == SB_OK && choice < count; choice++) {
            bool sum = rule == SB_RULE_OBJECTIVE && choice == SB_OBJECTIVE_WEIGHTS;
            /* Fewer mechanisms are no remedy. */
            bool fewer = rule == SB_RULE_DETERMINISTIC && choice == SB_DETERMINISTIC;
            if (!sum && !fewer) {
                status = try_choice(environment, (sb_rule)rule, choice, options,
                                    &solution->explanation, error);
            }
        }
    }
    if (status == SB_OK && solution->explanation.count == before) {
        sb_notes_add(&solution->explanation, "no change of a single rule gives an optimum");
    }
    return status;
}
