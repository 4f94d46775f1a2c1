/* Commands that say what is known: solve and show.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "session/command.h"
#include "session/text_table.h"
#include "sidebet/surplus.h"

static void add_line(sb_text_table *table, const char *name, const fmpq *number, const char *word)
{
    sb_text_table_add(table, name);
    table->unproved = strcmp(word, "floating") == 0;
    sb_text_table_add_number(table, number, false);
    sb_text_table_add(table, word);
}

static void add_baseline(sb_text_table *table, const char *name, const sb_baseline *baseline)
{
    if (baseline == NULL) {
        return;
    }
    if (baseline->status == SB_LP_OPTIMAL) {
        add_line(table, name, &baseline->objective, sb_proof_name(baseline->proof));
    } else {
        sb_text_table_add(table, name);
        sb_text_table_add(table, sb_lp_status_name(baseline->status));
        sb_text_table_add(table, sb_proof_name(baseline->proof));
    }
}

static void add_notes(sb_text *output, const sb_notes *notes)
{
    for (size_t note = 0; note < notes->count; note++) {
        sb_text_add_format(output, "  %s\n", notes->texts[note]);
    }
}

static void add_largest_payment(sb_call *call, sb_text_table *table, const sb_solution *solution)
{
    const char *proof = sb_solution_proof_words(solution);
    const char *found =
        solution->side_bets ? "largest payment (found)" : "largest payment (vertex)";
    sb_payments_shown kind = SB_SHOWN_VERTEX;
    const fmpq *largest = NULL;
    if (sb_session_shown_mechanism(call->session, &kind, &largest) != NULL) {
        bool smallest = kind == SB_SHOWN_SMALLEST;
        add_line(table, smallest ? "largest payment (smallest)" : found, largest, proof);
    }
}

/* What is made largest is neither the revenue nor the welfare. */
static bool other_objective(const sb_rules *rules)
{
    int choice = rules->choice[SB_RULE_OBJECTIVE];
    return choice != SB_OBJECTIVE_REVENUE && choice != SB_OBJECTIVE_WELFARE;
}

static void show_results(sb_call *call, const sb_results *results)
{
    const sb_solution *solution = sb_results_solution(results);
    const sb_rules *rules = &sb_call_environment(call)->rules;
    sb_text *output = call->output;
    sb_text_table table;
    static const char *const headings[] = {"answer", "number", "proof"};
    sb_text_table_init(&table, 3, 1);
    table.headings = headings;
    if (solution != NULL) {
        const char *proof = sb_solution_proof_words(solution);
        sb_text_table_add(&table, "status");
        sb_text_table_add(&table, sb_solution_status_words(solution));
        sb_text_table_add(&table, proof);
        if (solution->status == SB_LP_OPTIMAL) {
            if (other_objective(rules)) {
                add_line(&table, sb_rules_objective_noun(rules), &solution->objective, proof);
            }
            add_line(&table, "revenue", &solution->revenue, proof);
            add_line(&table, "welfare", &solution->welfare, proof);
            add_largest_payment(call, &table, solution);
        }
    }
    add_line(&table, sb_objective_limit_noun(sb_call_environment(call)),
             sb_results_full_surplus(results), "exact");
    add_baseline(&table, "ex-post optimum", sb_results_ex_post(results));
    add_baseline(&table, "without correlation", sb_results_without_correlation(results));
    sb_call_table(call, &table);
    if (solution != NULL) {
        if (solution->reason[0] != '\0') {
            sb_text_add_format(output, "  %s\n", solution->reason);
        }
        add_notes(output, &solution->explanation);
        add_notes(output, &solution->remarks);
    }
    if (sb_results_failure(results)[0] != '\0') {
        sb_text_add_format(output, "  failed: %s\n", sb_results_failure(results));
    }
}

static void show_binding(sb_call *call, const sb_solution *solution)
{
    sb_text_table table;
    bool duals = !solution->searched; /* a search gives none */
    sb_text_table_init(&table, duals ? 2 : 1, 1);
    table.unproved = solution->proof != SB_PROOF_EXACT;
    sb_text_table_add(&table, "binding rule");
    if (duals) {
        sb_text_table_add(&table, "dual");
    }
    for (size_t index = 0; index < solution->binding_count; index++) {
        char *rule = sb_constraint_describe(sb_call_environment(call),
                                            &solution->bindings[index].constraint);
        sb_text_table_add(&table, rule);
        if (duals) {
            sb_text_table_add_number(&table, &solution->bindings[index].dual, false);
        }
        free(rule);
    }
    sb_call_table(call, &table);
}

/* ---- the commands ---- */

static sb_status not_known(sb_call *call, const sb_results *results, const char *what)
{
    const sb_solution *solution = sb_results_solution(results);
    const char *failure = sb_results_failure(results);
    if (failure[0] != '\0' || solution == NULL) {
        return sb_error_set(call->error, SB_ERROR_INTERNAL, "%s not known: %s", what, failure);
    }
    return sb_error_set(call->error, SB_ERROR_USAGE, "%s not there: the program is %s", what,
                        sb_lp_status_name(solution->status));
}

sb_status sb_show_found(sb_call *call, const char *what)
{
    bool small = call->session->display.payments_shown == SB_SHOWN_SMALLEST;
    bool payments = strcmp(what, "results") == 0 || strcmp(what, "mechanism") == 0;
    const sb_wants wants = {.smallest = small && payments};
    const sb_results *results = sb_session_wanted_results(call->session, &wants, call->error);
    if (results == NULL) {
        return call->error->status;
    }
    const sb_solution *solution = sb_results_solution(results);
    bool optimal = solution != NULL && solution->status == SB_LP_OPTIMAL;
    if (strcmp(what, "results") == 0) {
        show_results(call, results);
        return SB_OK;
    }
    if (strcmp(what, "conditions") == 0) {
        if (sb_results_extraction(results) == NULL) {
            return not_known(call, results, "the conditions are");
        }
        sb_show_conditions(call, sb_results_extraction(results));
        return SB_OK;
    }
    if (!optimal) {
        return not_known(call, results, "a best mechanism is");
    }
    if (strcmp(what, "mechanism") == 0) {
        sb_payments_shown kind = SB_SHOWN_VERTEX;
        const sb_mechanism *mechanism = sb_session_shown_mechanism(call->session, &kind, NULL);
        sb_text_add_format(call->output, "a best mechanism, %s payments (%s):\n",
                           kind == SB_SHOWN_SMALLEST ? "the smallest"
                           : solution->side_bets     ? "found as fees and side bets,"
                                                     : "a vertex's",
                           sb_proof_name(solution->proof));
        sb_show_mechanism(call, mechanism, solution->proof);
        return SB_OK;
    }
    show_binding(call, solution);
    return SB_OK;
}

/* In the explorer everything is on the screen already: go there. */
static sb_status go_to_pane(sb_call *call)
{
    static const struct {
        const char *what, *command;
    } elsewhere[] = {{"sweep", "screen blow-up"},
                     {"cap", "screen blow-up"},
                     {"misbelief", "screen misbelief"},
                     {"robust", "screen robust"},
                     {"steps", "screen robust"},
                     {"price", "screen robust"},
                     {"simulation", "screen simulate"},
                     {"auctions", "screen baselines"},
                     {"geometry", "screen geometry"},
                     {"lp", "screen lp"},
                     {"incentives", "screen incentives"},
                     {"sensitivity", "sensitivity on"},
                     {"smallest", "payments-shown smallest"}};
    for (size_t index = 0; index < sizeof elsewhere / sizeof elsewhere[0]; index++) {
        if (strcmp(elsewhere[index].what, call->arguments[0]) == 0) {
            return sb_session_command(call->session, elsewhere[index].command, call->output,
                                      call->error);
        }
    }

    static const char *const panes[SB_PANE_COUNT] = {"prior", "values", "mechanism", "conditions",
                                                     "binding"};
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        if (strcmp(panes[pane], call->arguments[0]) == 0) {
            call->session->display.pane = (sb_pane)pane;
        }
    }
    call->session->display.screen = SB_SCREEN_TABLE;
    call->session->entry.active = false;
    return SB_OK;
}

sb_status sb_show_part(sb_call *call, const char *what)
{
    static const struct {
        const char *what;
        sb_status (*show)(sb_call *call);
    } parts[] = {{"rules", sb_show_rules},           {"reports", sb_show_reports},
                 {"prior", sb_show_prior},           {"conditionals", sb_show_conditionals},
                 {"values", sb_show_values},         {"simulation", sb_show_simulation},
                 {"geometry", sb_show_geometry},     {"lp", sb_show_lp},
                 {"incentives", sb_show_incentives}, {"auctions", sb_show_auctions}};
    for (size_t index = 0; index < sizeof parts / sizeof parts[0]; index++) {
        if (strcmp(parts[index].what, what) == 0) {
            return parts[index].show(call);
        }
    }
    return sb_show_is_robust(what) ? sb_show_robust(call, what) : sb_show_wanted(call, what);
}

sb_status sb_run_show(sb_call *call)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    if (status != SB_OK) {
        return status;
    }
    const char *what = call->arguments[0];
    bool short_enough = strcmp(what, "rules") == 0 || strcmp(what, "reports") == 0;
    return call->for_message && !short_enough ? go_to_pane(call) : sb_show_part(call, what);
}

static void say_solution(sb_call *call, const sb_results *results, const sb_solution *solution)
{
    sb_text *output = call->output;
    const sb_rules *rules = &sb_call_environment(call)->rules;
    sb_text_add_format(output, "%s, %s", sb_solution_status_words(solution),
                       sb_solution_proof_words(solution));
    if (solution->status == SB_LP_OPTIMAL) {
        sb_text_add(output, ": ");
        if (other_objective(rules)) {
            sb_text_add_format(output, "%s ", sb_rules_objective_noun(rules));
            sb_text_add_number(output, &solution->objective);
            sb_text_add(output, ", ");
        }
        sb_text_add(output, "revenue ");
        sb_text_add_number(output, &solution->revenue);
        sb_text_add(output, ", welfare ");
        sb_text_add_number(output, &solution->welfare);
        sb_text_add_format(output, ", %s ", sb_objective_limit_noun(sb_call_environment(call)));
        sb_text_add_number(output, sb_results_full_surplus(results));
        sb_text_add(output, ", largest payment ");
        sb_text_add_number(output, &solution->max_payment);
    } else if (solution->explanation.count > 0) {
        sb_text_add_format(output, ": %s", solution->explanation.texts[0]);
    } else if (solution->reason[0] != '\0') {
        sb_text_add_format(output, ": %s", solution->reason);
    }
    sb_text_add(output, "\n");
}

sb_status sb_run_solve(sb_call *call)
{
    sb_session *session = call->session;
    bool waits = session->interactive && call->for_message;
    if (waits &&
        (!sb_session_results_current(session) || sb_results_solution(session->results) == NULL)) {
        sb_text_add(call->output, "solving; the answer comes by itself");
        return SB_OK;
    }
    const sb_results *results =
        waits ? session->results : sb_session_complete_results(session, call->error);
    if (results == NULL) {
        return call->error->status;
    }
    const sb_solution *solution = sb_results_solution(results);
    if (solution == NULL) {
        return not_known(call, results, "the answer is");
    }
    say_solution(call, results, solution);
    return SB_OK;
}
