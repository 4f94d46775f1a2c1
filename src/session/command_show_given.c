/* show: what was given - the prior, the values and the rules.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/text_table.h"

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

sb_status sb_show_prior(sb_call *call)
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

sb_status sb_show_values(sb_call *call)
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

sb_status sb_show_rules(sb_call *call)
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
