/* Reading the `rules:` section of an environment file.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule is a choice for all, or, where agents may differ in it, a mapping from agents to choices:
 * an agent that is left out has the choice of a file that says nothing, not that of a neighbour.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

/* In a file it is the input that is wrong, not the usage. */
static sb_status blame_input(const sb_reader *reader, sb_status status)
{
    if (status != SB_ERROR_USAGE) {
        return status;
    }
    if (reader->error != NULL) {
        reader->error->status = SB_ERROR_INPUT;
    }
    return SB_ERROR_INPUT;
}

/* {Alice: ex-interim, Bob: none} */
static sb_status read_by_agent(const sb_reader *reader, sb_rule rule, const sb_yaml_node *node,
                               sb_environment *environment)
{
    const sb_rule_description *described = sb_rule_describe(rule);
    const char **names = sb_read_agent_names(environment);
    if (names == NULL) {
        return sb_out_of_memory(reader->error);
    }
    sb_status status =
        sb_read_check_labels(reader, node, described->name, names, environment->agent_count);
    free(names);
    for (size_t agent = 0; agent < environment->agent_count && status == SB_OK; agent++) {
        char found[96];
        const sb_yaml_node *choice = sb_yaml_find(node, environment->agents[agent].name, agent);
        if (choice == NULL) {
            continue;
        }
        if (choice->kind != SB_YAML_SCALAR) {
            char quoted[SB_QUOTED_SIZE];
            const char *name = environment->agents[agent].name;
            return sb_read_fail(reader, choice, "write {AGENT: CHOICE}, one word an agent",
                                "expected a choice for the rule %s of %s, found %s",
                                described->name, sb_utf8_quote(name, strlen(name), quoted),
                                sb_read_found(choice, found));
        }
        status = sb_environment_set_rule(environment, rule, agent, choice->text, reader->error);
        status = sb_read_place(reader, choice, blame_input(reader, status));
    }
    return status;
}

/* Whether a mapping with this key may stand for a choice, as in {bounded: 100}. */
static bool takes_something(const sb_rule_description *rule, const char *choice)
{
    for (int k = 0; k < rule->choice_count; k++) {
        if (rule->choices[k].takes != NULL && strcmp(rule->choices[k].name, choice) == 0) {
            return true;
        }
    }
    return false;
}

/* For all agents: a word, or {word: number} for one that takes a number. */
static sb_status read_common(const sb_reader *reader, sb_rule rule, const sb_yaml_node *node,
                             sb_environment *environment)
{
    const sb_rule_description *described = sb_rule_describe(rule);
    char found[96];
    char *joined = NULL;
    if (node->kind == SB_YAML_MAPPING && node->count == 1 &&
        node->items[0].kind == SB_YAML_SCALAR && takes_something(described, node->keys[0].text)) {
        joined = sb_format_text("%s:%s", node->keys[0].text, node->items[0].text);
        if (joined == NULL) {
            return sb_out_of_memory(reader->error);
        }
    } else if (node->kind == SB_YAML_MAPPING) {
        return sb_read_fail(reader, node, "write one choice; only ic and ir can differ by agent",
                            "the rule %s is one for all agents, found %s", described->name,
                            sb_read_found(node, found));
    } else if (node->kind != SB_YAML_SCALAR) {
        return sb_read_fail(reader, node,
                            sb_rule_is_by_agent(rule)
                                ? "write one choice, or {AGENT: CHOICE} where agents differ"
                                : "write a choice, such as payments: bounded:100",
                            "expected a choice for the rule %s, found %s", described->name,
                            sb_read_found(node, found));
    }
    sb_status status = sb_rules_set(&environment->rules, described->name,
                                    joined != NULL ? joined : node->text, reader->error);
    free(joined);
    return sb_read_place(reader, node, blame_input(reader, status));
}

sb_status sb_read_rules(const sb_reader *reader, const sb_yaml_node *rules,
                        sb_environment *environment)
{
    const char *names[SB_RULE_COUNT];
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        names[rule] = sb_rule_describe((sb_rule)rule)->name;
    }
    sb_status status = sb_read_want_mapping(reader, rules, "the rules",
                                            "write rules: {ic: bayes-nash, ir: ex-interim}");
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, rules, "under rules", names, SB_RULE_COUNT);
    }
    for (int rule = 0; rule < SB_RULE_COUNT && status == SB_OK; rule++) {
        const sb_yaml_node *node = sb_yaml_find(rules, names[rule], (size_t)rule);
        if (node == NULL) {
            continue;
        }
        bool by_agent = sb_rule_is_by_agent((sb_rule)rule) && node->kind == SB_YAML_MAPPING;
        status = by_agent ? read_by_agent(reader, (sb_rule)rule, node, environment)
                          : read_common(reader, (sb_rule)rule, node, environment);
    }
    return status;
}
