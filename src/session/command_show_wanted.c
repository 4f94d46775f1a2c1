/* Commands that say what is computed only where somebody asks: payments, curves, derivatives.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/expect.h"
#include "session/text_table.h"
#include "sidebet/design.h"
#include "sidebet/surplus.h"

static void add_headings(sb_text_table *table, const char *const *headings)
{
    for (; *headings != NULL; headings++) {
        sb_text_table_add(table, *headings);
    }
}

static void add_optional(sb_text_table *table, bool known, const fmpq *number)
{
    if (known) {
        sb_text_table_add_number(table, number, false);
    } else {
        sb_text_table_add(table, "-");
    }
}

static void show_sweep(sb_call *call, const sb_sweep *sweep)
{
    const char *const headings[] = {
        "lambda",  "revenue",  sb_objective_limit_noun(sb_call_environment(call)),
        "ex-post", "smallest", "vertex",
        "proof",   NULL};
    sb_text_table table;
    sb_text_table_init(&table, 7, 0);
    add_headings(&table, headings);
    for (size_t index = 0; index < sweep->count; index++) {
        const sb_sweep_point *point = &sweep->points[index];
        bool optimal = point->status == SB_LP_OPTIMAL;
        table.unproved = false;
        sb_text_table_add_number(&table, &point->lambda, false);
        table.unproved = point->proof != SB_PROOF_EXACT;
        if (optimal) {
            sb_text_table_add_number(&table, &point->revenue, false);
        } else {
            sb_text_table_add(&table, sb_lp_status_name(point->status));
        }
        sb_text_table_add_number(&table, &point->full_surplus, false);
        add_optional(&table, point->has_ex_post, &point->ex_post);
        add_optional(&table, point->has_smallest_payment, &point->smallest_payment);
        add_optional(&table, optimal, &point->vertex_payment);
        sb_text_table_add(&table, sb_proof_name(point->proof));
    }
    sb_text_add(call->output, "along the line from independence (0) through the prior (1):\n");
    sb_call_table(call, &table);
}

static void show_cap(sb_call *call, const sb_cap *cap)
{
    static const char *const headings[] = {"bound", "optimum", NULL};
    sb_text_table table;
    sb_text_table_init(&table, 2, 0);
    table.unproved = cap->proof != SB_PROOF_EXACT;
    add_headings(&table, headings);
    for (size_t index = 0; index < cap->count; index++) {
        sb_text_table_add_number(&table, &cap->points[index].bound, false);
        sb_text_table_add_number(&table, &cap->points[index].objective, false);
    }
    sb_text_add_format(call->output, "the optimum under |x| <= bound, linear between (%s):\n",
                       sb_proof_name(cap->proof));
    sb_call_table(call, &table);
}

/* Where the mechanism was searched, its outcomes are kept. */
static void show_smallest(sb_call *call, const sb_smallest_payments *smallest, bool searched)
{
    sb_text_add_format(call->output, "no optimal mechanism%s pays less at most than ",
                       searched ? " with these outcomes" : "");
    sb_text_add_number(call->output, &smallest->largest);
    sb_text_add_format(call->output, " (%s); one that pays no more:\n",
                       sb_proof_name(smallest->proof));
    sb_show_mechanism(call, smallest->mechanism, smallest->proof);
}

static void add_side(sb_text_table *table, const sb_sensitivity_side *side)
{
    if (!side->exists) {
        sb_text_table_add(table, "-");
    } else if (side->jump) {
        sb_text_table_add(table, "jump");
    } else {
        sb_text_table_add_number(table, &side->derivative, true);
    }
}

static void show_sensitivity(sb_call *call, const sb_sensitivity *sensitivity)
{
    static const char *const headings[] = {"profile", "down", "up", NULL};
    sb_text_table table;
    sb_text_table_init(&table, 3, 1);
    add_headings(&table, headings);
    for (size_t profile = 0; profile < sensitivity->profile_count; profile++) {
        const sb_sensitivity_cell *cell = &sensitivity->cells[profile];
        char *label = sb_environment_profile_label(sb_call_environment(call), profile);
        sb_text_table_add(&table, label);
        free(label);
        add_side(&table, &cell->down);
        add_side(&table, &cell->up);
    }
    sb_text_add_format(call->output, "derivative of the optimum by each cell, mode %s:\n",
                       sb_mass_mode_describe(sensitivity->mode)->name);
    sb_call_table(call, &table);
    for (size_t note = 0; note < sensitivity->remarks.count; note++) {
        sb_text_add_format(call->output, "  %s\n", sensitivity->remarks.texts[note]);
    }
}

static void show_misbelief(sb_call *call, const sb_misbelief *misbelief)
{
    static const char *const headings[] = {"agent", "type",           "does",
                                           "worth", "truth is worth", NULL};
    const sb_environment *environment = sb_call_environment(call);
    sb_text *output = call->output;
    sb_text_add(output, "the frozen mechanism was designed to earn ");
    sb_text_add_number(output, &misbelief->designed_revenue);
    sb_text_add(output, " and earns ");
    sb_text_add_number(output, &misbelief->revenue);
    if (misbelief->agent_count > 1) {
        sb_text_add(output, " against truthful others, ");
        sb_text_add_number(output, &misbelief->joint_revenue);
        sb_text_add(output, " when all reply at once");
    }
    sb_text_add(output, " (exact)\n");
    sb_text_table table;
    sb_text_table_init(&table, 5, 3);
    add_headings(&table, headings);
    for (size_t agent = 0; agent < misbelief->agent_count; agent++) {
        const sb_agent *known = &environment->agents[agent];
        for (size_t type = 0; type < misbelief->agents[agent].type_count; type++) {
            const sb_reply *reply = &misbelief->agents[agent].replies[type];
            sb_text_table_add(&table, known->name);
            sb_text_table_add(&table, known->types[type]);
            if (!reply->has_belief) {
                sb_text_table_add(&table, "probability zero");
            } else if (reply->action == SB_ACTION_MISREPORT) {
                char *words = sb_format_text("reports %s", known->types[reply->report]);
                sb_text_table_add(&table, words);
                free(words);
            } else {
                sb_text_table_add(&table, sb_action_name(reply->action));
            }
            sb_text_table_add_number(&table, &reply->utility, true);
            sb_text_table_add_number(&table, &reply->truth_utility, true);
        }
    }
    sb_call_table(call, &table);
}

/* What a part that rests on the optimal program is called; NULL: it does not. */
static const char *resting_on_optimum(const char *what)
{
    static const struct {
        const char *what, *noun;
    } nouns[] = {{"smallest", "the mechanism with the smallest payments"},
                 {"cap", "the payment-cap frontier"},
                 {"sensitivity", "sensitivity"}};
    for (size_t index = 0; index < sizeof nouns / sizeof nouns[0]; index++) {
        if (strcmp(nouns[index].what, what) == 0) {
            return nouns[index].noun;
        }
    }
    return NULL;
}

/* Why there is no such part. A failure may be another part's: the rules and the part itself are
 * asked first. */
static sb_status unknown(sb_call *call, const sb_results *results, const char *what)
{
    const char *noun = resting_on_optimum(what);
    const sb_environment *environment = sb_call_environment(call);
    bool linear = noun != NULL && strcmp(what, "smallest") != 0;
    if (linear && sb_design_want_randomised(environment, noun, call->error) != SB_OK) {
        sb_error_set_hint(call->error, "say deterministic false");
        return call->error->status;
    }
    const sb_solution *solution = sb_results_solution(results);
    if (noun != NULL && solution != NULL && solution->status != SB_LP_OPTIMAL &&
        solution->status != SB_LP_FAILED) {
        return sb_error_set(call->error, SB_ERROR_USAGE,
                            "it is not there, as the program has no optimum: it is %s",
                            sb_lp_status_name(solution->status));
    }
    const sb_smallest_payments *smallest = sb_results_smallest(results);
    if (strcmp(what, "smallest") == 0 && smallest != NULL && smallest->reason[0] != '\0') {
        return sb_error_set(call->error, SB_ERROR_USAGE, "it is not known: %s", smallest->reason);
    }
    const char *failure = sb_results_failure(results);
    const char *reason = failure[0] != '\0' ? failure : solution == NULL ? "" : solution->reason;
    return sb_error_set(call->error, SB_ERROR_USAGE, "it is not known%s%s",
                        reason[0] == '\0' ? "" : ": ", reason);
}

/* The results with what is asked for; NULL with an error. */
static const sb_results *results_for(sb_call *call, const char *what)
{
    sb_session *session = call->session;
    sb_wants wants = {.mode = session->mass};
    wants.smallest = strcmp(what, "smallest") == 0;
    wants.sensitivity = strcmp(what, "sensitivity") == 0;
    if (strcmp(what, "sweep") == 0 || strcmp(what, "cap") == 0) {
        wants.curve = sb_session_snapshot(session);
    }
    if (strcmp(what, "misbelief") == 0) {
        if (session->belief == NULL) {
            sb_error_set(call->error, SB_ERROR_USAGE, "nothing is frozen");
            sb_error_set_hint(call->error, "freeze a mechanism first, then change the table");
            return NULL;
        }
        wants.belief = session->belief;
        wants.mechanism = session->belief_mechanism;
    }
    return sb_session_wanted_results(session, &wants, call->error);
}

sb_status sb_show_wanted(sb_call *call, const char *what)
{
    static const char *const wanted[] = {"smallest", "sweep", "cap", "sensitivity", "misbelief"};
    bool one = false;
    for (size_t index = 0; index < sizeof wanted / sizeof wanted[0]; index++) {
        one = one || strcmp(wanted[index], what) == 0;
    }
    if (!one) {
        return sb_show_found(call, what);
    }
    const sb_results *results = results_for(call, what);
    if (results == NULL) {
        return call->error->status;
    }
    const sb_smallest_payments *smallest = sb_results_smallest(results);
    if (strcmp(what, "smallest") == 0 && smallest != NULL && smallest->mechanism != NULL) {
        const sb_solution *solution = sb_results_solution(results);
        show_smallest(call, smallest, solution != NULL && solution->searched);
    } else if (strcmp(what, "sweep") == 0 && sb_results_sweep(results) != NULL) {
        show_sweep(call, sb_results_sweep(results));
    } else if (strcmp(what, "cap") == 0 && sb_results_cap(results) != NULL &&
               sb_results_cap(results)->count > 0) {
        show_cap(call, sb_results_cap(results));
    } else if (strcmp(what, "sensitivity") == 0 && sb_results_sensitivity(results) != NULL) {
        show_sensitivity(call, sb_results_sensitivity(results));
    } else if (strcmp(what, "misbelief") == 0 && sb_results_misbelief(results) != NULL) {
        show_misbelief(call, sb_results_misbelief(results));
    } else {
        return unknown(call, results, what);
    }
    return SB_OK;
}

/* ---- expect ---- */

sb_status sb_expect_smallest(sb_call *call)
{
    const sb_results *results = results_for(call, "smallest");
    if (results == NULL) {
        return call->error->status;
    }
    const sb_smallest_payments *smallest = sb_results_smallest(results);
    if (smallest == NULL || smallest->mechanism == NULL) {
        return unknown(call, results, "smallest");
    }
    return sb_expect_number(call, "smallest-payment", &smallest->largest,
                            sb_proof_name(smallest->proof));
}

sb_status sb_expect_misbelief(sb_call *call)
{
    const sb_results *results = results_for(call, "misbelief");
    if (results == NULL) {
        return call->error->status;
    }
    const sb_misbelief *misbelief = sb_results_misbelief(results);
    return misbelief == NULL
               ? unknown(call, results, "misbelief")
               : sb_expect_number(call, "misbelief-revenue", &misbelief->revenue, "exact");
}

/* reply AGENT TYPE truth|exit|REPORT. */
sb_status sb_expect_reply(sb_call *call)
{
    const sb_results *results = results_for(call, "misbelief");
    if (results == NULL) {
        return call->error->status;
    }
    const sb_misbelief *misbelief = sb_results_misbelief(results);
    if (misbelief == NULL) {
        return unknown(call, results, "misbelief");
    }
    size_t agent = 0;
    size_t type = 0;
    sb_status status = sb_expect_type(call, 1, &agent, &type);
    if (status != SB_OK) {
        return status;
    }
    const sb_reply *reply = &misbelief->agents[agent].replies[type];
    const sb_agent *known = &sb_call_environment(call)->agents[agent];
    const char *found = reply->action == SB_ACTION_MISREPORT ? known->types[reply->report]
                                                             : sb_action_name(reply->action);
    if (call->asked != NULL) {
        return sb_expect_word(call, "reply", NULL, found);
    }
    if (strcmp(call->arguments[3], found) != 0) {
        return sb_error_set(call->error, SB_ERROR_INPUT,
                            "expected the reply of %s of type %s to be %s, but it is %s",
                            known->name, known->types[type], call->arguments[3], found);
    }
    return SB_OK;
}
