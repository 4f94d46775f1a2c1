/* The environment: its rules, for all agents or for one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_parts.h"

/* The choice that most agents have; of those equally many, the one of a file that says nothing,
 * else the first agent's. */
static int commonest(const sb_environment *environment, sb_rule rule)
{
    int initial = sb_rule_describe(rule)->initial;
    int best = initial;
    size_t most = 0;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        int choice = sb_rules_of(&environment->rules, rule, agent);
        size_t count = 0;
        for (size_t other = 0; other < environment->agent_count; other++) {
            count += sb_rules_of(&environment->rules, rule, other) == choice;
        }
        if (count > most || (count == most && choice == initial)) {
            most = count;
            best = choice;
        }
    }
    return best;
}

/* Rules that say the same of every agent are equal: the common choice is the commonest. */
static void settle(sb_environment *environment, sb_rule rule)
{
    int choices[SB_MAX_PLAYERS] = {0};
    int common = commonest(environment, rule);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        choices[agent] = sb_rules_of(&environment->rules, rule, agent);
    }
    sb_rules_choose(&environment->rules, rule, common);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        sb_rules_choose_own(&environment->rules, rule, agent, choices[agent]);
    }
}

sb_status sb_environment_set_rule(sb_environment *environment, sb_rule rule, size_t agent,
                                  const char *choice, sb_error *error)
{
    const char *name = sb_rule_describe(rule)->name;
    if (agent == (size_t)-1) {
        return sb_rules_set(&environment->rules, name, choice, error);
    }
    if (!sb_rule_is_by_agent(rule)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the rule %s is one for all: only ic and ir can differ by agent", name);
    }
    if (agent >= environment->agent_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no agent number %zu: they end at %zu",
                            agent + 1, environment->agent_count);
    }
    sb_rules read;
    sb_rules_init(&read);
    sb_status status = sb_rules_set(&read, name, choice, error);
    if (status == SB_OK) {
        sb_rules_choose_own(&environment->rules, rule, agent, read.choice[rule]);
        settle(environment, rule);
    }
    sb_rules_clear(&read);
    return status;
}

char *sb_environment_format_rule(const sb_environment *environment, sb_rule rule)
{
    char *common = sb_rules_format(&environment->rules, rule);
    if (common == NULL || !sb_rules_differ(&environment->rules, rule)) {
        return common;
    }
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, common);
    free(common);
    const char *before = " (";
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        int choice = sb_rules_of(&environment->rules, rule, agent);
        if (choice != environment->rules.choice[rule]) {
            sb_text_add_format(&text, "%s%s: %s", before, environment->agents[agent].name,
                               sb_rule_describe(rule)->choices[choice].name);
            before = ", ";
        }
    }
    sb_text_add(&text, ")");
    return sb_text_take(&text, NULL);
}
