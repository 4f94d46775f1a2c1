/* Commands that say what is known: solve and show.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/text_table.h"
#include "sidebet/surplus.h"

/* ---- prior, values, rules: what was given ---- */

static void show_table(sb_call *call, const size_t *slice)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t row_player = sb_session_row_player(environment);
    size_t column_player = sb_session_column_player(environment);
    size_t rows =
        row_player == SB_NOWHERE ? 1 : sb_environment_player_size(environment, row_player);
    size_t columns = sb_environment_player_size(environment, column_player);
    size_t types[SB_MAX_PLAYERS];
    memcpy(types, slice, sizeof types);
    sb_text_table table;
    sb_text_table_init(&table, columns + 1, 1);
    sb_text_table_add(&table, "");
    for (size_t column = 0; column < columns; column++) {
        sb_text_table_add(&table, sb_environment_label(environment, column_player, column));
    }
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t row = 0; row < rows; row++) {
        if (row_player != SB_NOWHERE) {
            types[row_player] = row;
        }
        sb_text_table_add(&table, row_player == SB_NOWHERE
                                      ? ""
                                      : sb_environment_label(environment, row_player, row));
        for (size_t column = 0; column < columns; column++) {
            types[column_player] = column;
            sb_environment_probability(probability, environment,
                                       sb_environment_profile_join(environment, types));
            sb_text_table_add_number(&table, probability, false);
        }
    }
    fmpq_clear(probability);
    sb_call_table(call, &table);
}

/* The next slice of the players that are neither rows nor columns; false behind the last. */
static bool next_slice(const sb_environment *environment, size_t *types)
{
    size_t row = sb_session_row_player(environment);
    for (size_t left = row == SB_NOWHERE ? 0 : row; left > 0; left--) {
        if (++types[left - 1] < sb_environment_player_size(environment, left - 1)) {
            return true;
        }
        types[left - 1] = 0;
    }
    return false;
}

/* A line a profile, with what the agents believe there. */
static void show_list(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t whose = sb_session_whose(call->session, environment);
    size_t first = whose == SB_NOWHERE ? 0 : whose;
    size_t agents = whose == SB_NOWHERE ? environment->agent_count : 1;
    size_t count = 0;
    size_t *profiles = sb_session_filtered(call->session, environment, &count);
    sb_text_table table;
    sb_text_table_init(&table, 2 + agents, 1);
    sb_text_table_add(&table, "profile");
    sb_text_table_add(&table, "probability");
    for (size_t agent = first; agent < first + agents; agent++) {
        char *given = sb_format_text("given %s", environment->agents[agent].name);
        sb_text_table_add(&table, given);
        free(given);
    }
    fmpq_t probability;
    fmpq_t belief;
    fmpq_init(probability);
    fmpq_init(belief);
    for (size_t k = 0; k < count; k++) {
        size_t profile = profiles == NULL ? k : profiles[k];
        char *label = sb_environment_profile_label(environment, profile);
        sb_text_table_add(&table, label);
        free(label);
        sb_environment_probability(probability, environment, profile);
        sb_text_table_add_number(&table, probability, false);
        for (size_t agent = first; agent < first + agents; agent++) {
            sb_environment_marginal(belief, environment, agent,
                                    sb_environment_type_at(environment, profile, agent));
            if (fmpq_is_zero(belief)) {
                sb_text_table_add(&table, "-");
            } else {
                fmpq_div(belief, probability, belief);
                sb_text_table_add_number(&table, belief, false);
            }
        }
    }
    fmpq_clear(belief);
    fmpq_clear(probability);
    free(profiles);
    sb_call_table(call, &table);
}

static sb_status show_prior(sb_call *call)
{
    if (call->session->display.list || sb_session_filter(call->session) != NULL) {
        show_list(call);
        return SB_OK;
    }
    const sb_environment *environment = sb_call_environment(call);
    size_t row = sb_session_row_player(environment);
    size_t types[SB_MAX_PLAYERS] = {0};
    sb_text_add(call->output, "prior: ");
    if (row != SB_NOWHERE) {
        sb_text_add_format(call->output, "rows %s, ", sb_environment_player_name(environment, row));
    }
    sb_text_add_format(
        call->output, "columns %s\n",
        sb_environment_player_name(environment, sb_session_column_player(environment)));
    do {
        for (size_t player = 0; row != SB_NOWHERE && player < row; player++) {
            sb_text_add_format(call->output, "%s%s %s%s", player == 0 ? "at " : ", ",
                               sb_environment_player_name(environment, player),
                               sb_environment_label(environment, player, types[player]),
                               player + 1 == row ? "\n" : "");
        }
        show_table(call, types);
    } while (next_slice(environment, types));
    return SB_OK;
}

/* Every agent has one value a type (not a cost), or utilities of the same outcomes. */
static bool same_entries(const sb_environment *environment)
{
    bool same = environment->form != SB_FORM_TRADE;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        same = same && environment->agents[agent].value_count == 1;
    }
    return same || environment->form == SB_FORM_GENERAL;
}

/* One line a type, with a column an outcome. */
static void fill_values_across(sb_text_table *table, const sb_environment *environment)
{
    bool general = environment->form == SB_FORM_GENERAL;
    size_t numbers = general ? environment->outcome_count : 1;
    for (size_t outcome = 0; outcome < numbers; outcome++) {
        sb_text_table_add(table, general ? environment->outcomes[outcome] : "value");
    }
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        for (size_t type = 0; type < agent->type_count; type++) {
            sb_text_table_add(table, agent->name);
            sb_text_table_add(table, agent->types[type]);
            for (size_t entry = 0; entry < numbers; entry++) {
                sb_text_table_add_number(
                    table, sb_environment_entry(environment, index, type, entry), false);
            }
        }
    }
}

/* One line a value. */
static void fill_values_down(sb_text_table *table, const sb_environment *environment)
{
    sb_text_table_add(table, "of");
    sb_text_table_add(table, "value");
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        for (size_t at = 0; at < agent->type_count * agent->value_count; at++) {
            size_t type = at / agent->value_count;
            size_t entry = at % agent->value_count;
            char *name = sb_environment_entry_name(environment, index, entry);
            sb_text_table_add(table, agent->name);
            sb_text_table_add(table, agent->types[type]);
            sb_text_table_add(table, name == NULL ? "" : name);
            sb_text_table_add_number(table, sb_environment_entry(environment, index, type, entry),
                                     false);
            free(name);
        }
    }
}

static sb_status show_values(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    bool across = same_entries(environment);
    size_t numbers = environment->form == SB_FORM_GENERAL ? environment->outcome_count : 1;
    sb_text_table table;
    sb_text_table_init(&table, across ? 2 + numbers : 4, across ? 2 : 3);
    sb_text_table_add(&table, "agent");
    sb_text_table_add(&table, "type");
    if (across) {
        fill_values_across(&table, environment);
    } else {
        fill_values_down(&table, environment);
    }
    sb_call_table(call, &table);
    return SB_OK;
}

/* "(Bob: Agents cannot stay away.)": what the choices of those who differ mean. */
static void explain_own(sb_call *call, sb_rule rule)
{
    const sb_environment *environment = sb_call_environment(call);
    const sb_rule_description *described = sb_rule_describe(rule);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        int choice = sb_rules_of(&environment->rules, rule, agent);
        if (choice != environment->rules.choice[rule]) {
            sb_text_add_format(call->output, "  %s: %s  (%s)\n", environment->agents[agent].name,
                               described->choices[choice].name,
                               described->choices[choice].explanation);
        }
    }
}

/* For files: a row a rule, and one for each agent that differs. */
static sb_status tabulate_rules(sb_call *call)
{
    static const char *const headings[] = {"rule", "of", "choice", "meaning"};
    const sb_environment *environment = sb_call_environment(call);
    sb_text_table table;
    sb_text_table_init(&table, 4, 4);
    table.headings = headings;
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *described = sb_rule_describe((sb_rule)rule);
        int general = environment->rules.choice[rule];
        char *choice = sb_rules_format(&environment->rules, (sb_rule)rule);
        sb_text_table_add(&table, described->name);
        sb_text_table_add(&table, "all");
        sb_text_table_add(&table, choice);
        sb_text_table_add(&table, described->choices[general].explanation);
        free(choice);
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            int own = sb_rules_of(&environment->rules, (sb_rule)rule, agent);
            if (own != general) {
                sb_text_table_add(&table, described->name);
                sb_text_table_add(&table, environment->agents[agent].name);
                sb_text_table_add(&table, described->choices[own].name);
                sb_text_table_add(&table, described->choices[own].explanation);
            }
        }
    }
    sb_call_table(call, &table);
    return SB_OK;
}

static sb_status show_rules(sb_call *call)
{
    if (call->tables != NULL) {
        return tabulate_rules(call);
    }
    const sb_environment *environment = sb_call_environment(call);
    const sb_rules *rules = &environment->rules;
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        char *choice = call->for_message ? sb_environment_format_rule(environment, (sb_rule)rule)
                                         : sb_rules_format(rules, (sb_rule)rule);
        const sb_rule_description *described = sb_rule_describe((sb_rule)rule);
        if (choice == NULL) {
            return sb_out_of_memory(call->error);
        }
        sb_text_add_format(call->output, "%s %s%s", described->name, choice,
                           call->for_message ? (rule + 1 < SB_RULE_COUNT ? ", " : "") : "");
        if (!call->for_message) {
            sb_text_add_format(call->output, "  (%s)\n",
                               described->choices[rules->choice[rule]].explanation);
            explain_own(call, (sb_rule)rule);
        }
        free(choice);
    }
    return SB_OK;
}

/* ---- what was found ---- */

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
    } parts[] = {{"rules", show_rules},
                 {"reports", sb_show_reports},
                 {"prior", show_prior},
                 {"conditionals", sb_show_conditionals},
                 {"values", show_values},
                 {"simulation", sb_show_simulation},
                 {"geometry", sb_show_geometry},
                 {"lp", sb_show_lp},
                 {"incentives", sb_show_incentives},
                 {"auctions", sb_show_auctions}};
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
