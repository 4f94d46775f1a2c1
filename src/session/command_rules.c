/* Commands that change the rules: one a rule, and the one that goes round the choices.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

/* Whether an agent is meant, who has rules of its own: the signal has none. */
static sb_status find_agent(sb_call *call, size_t argument, size_t *agent)
{
    sb_status status = sb_call_player(call, argument, agent);
    if (status == SB_OK && *agent >= sb_call_environment(call)->agent_count) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "`%s` is the signal, which nobody reports: it obeys no rule",
                              call->arguments[argument]);
    }
    return status;
}

/* For one agent, or for all: SB_NOWHERE. */
static sb_status set_rule(sb_call *call, sb_rule rule, size_t agent, const char *choice)
{
    sb_environment *copy = sb_call_begin(call);
    if (copy == NULL) {
        return SB_ERROR_MEMORY;
    }
    const char *name = sb_rule_describe(rule)->name;
    sb_text command;
    sb_text_init(&command);
    sb_status status = sb_environment_set_rule(copy, rule, agent, choice, call->error);
    if (status == SB_OK && agent != SB_NOWHERE) {
        int chosen = sb_rules_of(&copy->rules, rule, agent);
        sb_text_add_format(&command, "%s %s", name, sb_rule_describe(rule)->choices[chosen].name);
        sb_names_player(&command, copy, agent);
    } else if (status == SB_OK) {
        char *canonical = sb_rules_format(&copy->rules, rule);
        if (canonical == NULL) {
            status = sb_out_of_memory(call->error);
        } else {
            sb_text_add_format(&command, "%s %s", name, canonical);
        }
        free(canonical);
    }
    bool bounded = copy->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BOUNDED;
    fmpq_t bound;
    fmpq_init(bound);
    fmpq_set(bound, &copy->rules.payment_bound);
    status = sb_call_commit(call, copy, &command, status);
    if (status == SB_OK && bounded) {
        fmpq_set(call->session->payment_bound, bound);
        call->session->bound_given = true;
    }
    fmpq_clear(bound);
    return status;
}

sb_status sb_run_rule(sb_call *call)
{
    size_t agent = SB_NOWHERE;
    sb_status status = call->count > 1 ? find_agent(call, 1, &agent) : SB_OK;
    return status == SB_OK ? set_rule(call, call->command->rule, agent, call->arguments[0])
                           : status;
}

/* A choice as sb_rules_set reads it; NULL: it takes something that is not known. Freed by the
 * caller. */
static char *choice_text(const sb_session *session, sb_rule rule, const sb_rule_choice *choice)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, choice->name);
    if (choice->takes != NULL) {
        if (rule != SB_RULE_PAYMENTS || !session->bound_given) {
            sb_text_clear(&text);
            return NULL;
        }
        sb_text_add(&text, ":");
        sb_text_add_rational(&text, session->payment_bound, SB_NUMBER_DECIMAL);
    }
    return sb_text_take(&text, NULL);
}

/* "; the own choice of Bob is given up": what a common choice ends; "" for nothing. */
static char *choices_given_up(const sb_environment *environment, sb_rule rule)
{
    sb_text text;
    sb_text_init(&text);
    const char *before = "; the own choice of ";
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (sb_rules_of(&environment->rules, rule, agent) != environment->rules.choice[rule]) {
            sb_text_add(&text, before);
            sb_text_add(&text, environment->agents[agent].name);
            before = ", ";
        }
    }
    sb_text_add(&text, before[0] == ',' ? " is given up" : "");
    return sb_text_take(&text, NULL);
}

static sb_status go_on(sb_call *call, sb_rule rule)
{
    const sb_rule_description *described = sb_rule_describe(rule);
    int present = sb_call_environment(call)->rules.choice[rule];
    for (int step = 1; step < described->choice_count; step++) {
        const sb_rule_choice *choice =
            &described->choices[(present + step) % described->choice_count];
        char *text = choice_text(call->session, rule, choice);
        if (text == NULL) {
            continue;
        }
        char *given_up = choices_given_up(sb_call_environment(call), rule);
        sb_status status = set_rule(call, rule, SB_NOWHERE, text);
        if (status == SB_OK && call->for_message) {
            bool ended = given_up != NULL && given_up[0] != '\0';
            sb_text_add_format(call->output, "%s %s%s%s: %s", described->name, text,
                               ended ? " for all" : "", ended ? given_up : "", choice->explanation);
        }
        free(given_up);
        free(text);
        return status;
    }
    return SB_OK;
}

sb_status sb_run_rule_next(sb_call *call)
{
    const char *names[SB_RULE_COUNT + 1] = {NULL};
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        names[rule] = sb_rule_describe((sb_rule)rule)->name;
    }
    size_t rule = 0;
    sb_status status = sb_call_choice(call, 0, names, &rule);
    return status == SB_OK ? go_on(call, (sb_rule)rule) : status;
}
