/* What `show` prints of beliefs: the conditions for full surplus extraction, and the conditionals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "session/command.h"

static void add_numbers(sb_text *output, const fmpq *numbers, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        sb_text_add(output, index == 0 ? "(" : ", ");
        sb_text_add_number(output, &numbers[index]);
    }
    sb_text_add(output, ")");
}

static void show_side_bet(sb_call *call, size_t agent, size_t type,
                          const sb_agent_extraction *known)
{
    const sb_environment *environment = sb_call_environment(call);
    const sb_side_bet *bet = &known->side_bets[type];
    const char *label = environment->agents[agent].types[type];
    if (!bet->has_belief) {
        sb_text_add_format(call->output, "    type %s: probability zero\n", label);
    } else if (bet->holds) {
        sb_text_add_format(call->output, "    type %s: side bet ", label);
        add_numbers(call->output, bet->lottery, known->others_count);
        sb_text_add(call->output, "\n");
    } else {
        sb_text_add_format(call->output, "    type %s: none; the mixture ", label);
        add_numbers(call->output, bet->mixture, known->type_count);
        sb_text_add(call->output, sb_environment_has_reporting_sets(environment, agent)
                                      ? " of types that may report it believes the same and is "
                                        "worth "
                                      : " of the types believes the same and is worth ");
        sb_text_add_number(call->output, &bet->mixture_value);
        sb_text_add(call->output, ", more than ");
        sb_text_add_number(call->output, &bet->own_value);
        sb_text_add(call->output, "\n");
    }
}

static const char *answer_word(sb_answer answer)
{
    return answer == SB_ANSWER_YES ? "yes" : answer == SB_ANSWER_NO ? "no" : "not confirmed";
}

/* For files: a row an agent. */
static void tabulate_agents(sb_call *call, const sb_extraction *known)
{
    static const char *const headings[] = {
        "agent",     "rank",    "types", "full rank", "smallest singular value (floating)",
        "concave G", "linear G"};
    sb_text_table table;
    sb_text_table_init(&table, sizeof headings / sizeof headings[0], 1);
    table.headings = headings;
    for (size_t index = 0; index < known->agent_count; index++) {
        const sb_agent_extraction *agent = &known->agents[index];
        char *rank = sb_format_text("%zu", agent->rank);
        char *types = sb_format_text("%zu", agent->types_with_belief);
        char *least = sb_format_text("%.3g", agent->smallest_singular_value);
        sb_text_table_add(&table, sb_call_environment(call)->agents[index].name);
        sb_text_table_add(&table, rank);
        sb_text_table_add(&table, types);
        sb_text_table_add(&table, agent->full_rank ? "yes" : "no");
        sb_text_table_add(&table, least);
        sb_text_table_add(&table, agent->concave ? "yes" : "no");
        sb_text_table_add(&table, agent->linear ? "yes" : "no");
        free(least);
        free(types);
        free(rank);
    }
    sb_call_table(call, &table);
}

static void add_vector(sb_text_table *table, const fmpq *numbers, size_t count)
{
    sb_text text;
    sb_text_init(&text);
    add_numbers(&text, numbers, count);
    char *words = sb_text_take(&text, NULL);
    sb_text_table_add(table, words);
    free(words);
}

/* For files: a row a type, with its side bet or the mixture of types that rules it out. */
static void tabulate_types(sb_call *call, const sb_extraction *known)
{
    static const char *const headings[] = {"agent",   "type",          "side bet",
                                           "mixture", "its own value", "the mixture's"};
    const sb_environment *environment = sb_call_environment(call);
    sb_text_table table;
    sb_text_table_init(&table, sizeof headings / sizeof headings[0], 4);
    table.headings = headings;
    for (size_t index = 0; index < known->agent_count; index++) {
        const sb_agent_extraction *agent = &known->agents[index];
        for (size_t type = 0; type < agent->type_count; type++) {
            const sb_side_bet *bet = &agent->side_bets[type];
            bool ruled_out = bet->has_belief && !bet->holds;
            sb_text_table_add(&table, environment->agents[index].name);
            sb_text_table_add(&table, environment->agents[index].types[type]);
            if (bet->has_belief && bet->holds) {
                add_vector(&table, bet->lottery, agent->others_count);
            } else {
                sb_text_table_add(&table, bet->has_belief ? "none" : "probability zero");
            }
            if (ruled_out) {
                add_vector(&table, bet->mixture, agent->type_count);
                sb_text_table_add_number(&table, &bet->own_value, false);
                sb_text_table_add_number(&table, &bet->mixture_value, false);
            }
            for (int cell = 0; cell < 3 && !ruled_out; cell++) {
                sb_text_table_add(&table, "");
            }
        }
    }
    sb_call_table(call, &table);
}

static void write_agents(sb_call *call, const sb_extraction *known)
{
    const sb_environment *environment = sb_call_environment(call);
    sb_text *output = call->output;
    for (size_t index = 0; index < known->agent_count; index++) {
        const sb_agent_extraction *agent = &known->agents[index];
        sb_text_add_format(output,
                           "  %s: rank %zu of %zu (%s), smallest singular value %.3g (floating)\n",
                           environment->agents[index].name, agent->rank, agent->types_with_belief,
                           agent->full_rank ? "full" : "not full", agent->smallest_singular_value);
        bool sets = sb_environment_has_reporting_sets(environment, index);
        sb_text_add_format(output, "    %s: %s; %s: %s\n", sets ? "side bets" : "concave G",
                           agent->concave ? "yes" : "no",
                           sets && known->agent_count == 1 ? "schedules" : "linear G",
                           agent->linear ? "yes" : "no");
        for (size_t type = 0; type < agent->type_count; type++) {
            show_side_bet(call, index, type, agent);
        }
    }
}

void sb_show_conditions(sb_call *call, const sb_extraction *known)
{
    sb_text_add_format(call->output, "full surplus extraction: Bayesian %s, ex-post IC %s\n",
                       answer_word(known->bayesian), answer_word(known->ex_post_ic));
    if (call->tables != NULL) {
        tabulate_agents(call, known);
        tabulate_types(call, known);
    } else {
        write_agents(call, known);
    }
    for (size_t note = 0; note < known->reasons.count; note++) {
        sb_text_add_format(call->output, "  %s\n", known->reasons.texts[note]);
    }
}

/* ---- conditionals ---- */

static void tabulate_beliefs(sb_call *call, size_t agent, fmpq *conditional)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t others = sb_environment_others_count(environment, agent);
    sb_text_table table;
    sb_text_table_init(&table, 1 + others, 1);
    sb_text_table_add(&table, "type");
    for (size_t other = 0; other < others; other++) {
        char *label = sb_environment_others_label(environment, agent, other);
        sb_text_table_add(&table, label);
        free(label);
    }
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        bool likely = sb_environment_conditional(conditional, environment, agent, type);
        sb_text_table_add(&table, environment->agents[agent].types[type]);
        for (size_t other = 0; other < others; other++) {
            if (likely) {
                sb_text_table_add_number(&table, &conditional[other], false);
            } else {
                sb_text_table_add(&table, "-");
            }
        }
    }
    sb_call_table(call, &table);
}

/* Agent by agent: a row a type, a column a profile of the others. */
sb_status sb_show_conditionals(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        size_t others = sb_environment_others_count(environment, agent);
        fmpq *conditional = sb_rationals_new(others);
        if (conditional == NULL) {
            return sb_out_of_memory(call->error);
        }
        sb_text_add_format(call->output, "what the types of %s believe of the others\n",
                           environment->agents[agent].name);
        tabulate_beliefs(call, agent, conditional);
        sb_rationals_free(conditional, others);
    }
    return SB_OK;
}
