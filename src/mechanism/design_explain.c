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
    bool refusable = environment->rules.choice[SB_RULE_PARTICIPATION] != SB_IR_NONE;
    const char *why = refusable ? "under these rules" : "without individual rationality";
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &environment->rules);
    int sign = fmpq_sgn(&weights.payments);
    sb_objective_weights_clear(&weights);
    why = sign < 0 ? "under these rules" : why;
    sb_text names;
    sb_text_init(&names);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (ray == NULL || payments_grow(environment, ray, agent, sign)) {
            sb_text_add_format(&names, "%s%s",
                               names.length == 0 ? ""
                               : sign < 0        ? " and to "
                                                 : " and of ",
                               sb_environment_player_name(environment, agent));
        }
    }
    char *text = sb_text_take(&names, NULL);
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

/* Solve under one other choice of one rule; a note if that gives an optimum. */
static sb_status try_choice(const sb_environment *environment, sb_rule rule, int choice,
                            const sb_lp_options *options, sb_notes *explanation, size_t *found,
                            sb_error *error)
{
    sb_rules changed;
    sb_rules_init(&changed);
    sb_rules_copy(&changed, &environment->rules);
    changed.choice[rule] = choice;
    fmpq_set_si(&changed.payment_bound, TRIED_BOUND, 1);
    fmpq_t objective;
    fmpq_init(objective);
    sb_lp_status answer = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    sb_status status =
        sb_design_value(environment, &changed, NULL, options, &answer, &proof, objective, error);
    if (status == SB_OK && answer == SB_LP_OPTIMAL) {
        char *written = sb_rules_format(&changed, rule);
        char *value = sb_rational_display(objective, 12, NULL);
        if (written != NULL && value != NULL) {
            sb_notes_add(explanation, "with `%s: %s` there is an optimum: %s%s",
                         sb_rule_describe(rule)->name, written, value,
                         proof == SB_PROOF_EXACT ? "" : " (floating)");
            ++*found;
        }
        free(written);
        free(value);
    }
    fmpq_clear(objective);
    sb_rules_clear(&changed);
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
    size_t found = 0;
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        int count = sb_rule_describe((sb_rule)rule)->choice_count;
        for (int choice = 0; choice < count; choice++) {
            bool sum = rule == SB_RULE_OBJECTIVE && choice == SB_OBJECTIVE_WEIGHTS;
            /* Fewer mechanisms are no remedy. */
            bool fewer = rule == SB_RULE_DETERMINISTIC && choice == SB_DETERMINISTIC;
            if (sum || fewer || choice == environment->rules.choice[rule]) {
                continue;
            }
            sb_status status = try_choice(environment, (sb_rule)rule, choice, options,
                                          &solution->explanation, &found, error);
            if (status != SB_OK) {
                return status;
            }
        }
    }
    if (found == 0) {
        sb_notes_add(&solution->explanation, "no change of a single rule gives an optimum");
    }
    return SB_OK;
}
