/* Reading the long form of an environment file: agents, outcomes, utilities.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

typedef struct agent_list {
    size_t count;
    char **names;
    size_t *sizes;
    const char ***types; /* the texts are the tree's */
    const char **outcomes;
    size_t outcome_count;
} agent_list;

static void agent_list_clear(agent_list *agents)
{
    for (size_t index = 0; index < agents->count; index++) {
        if (agents->names != NULL) {
            free(agents->names[index]);
        }
        if (agents->types != NULL) {
            free(agents->types[index]);
        }
    }
    free(agents->names);
    free(agents->sizes);
    free(agents->types);
    free(agents->outcomes);
}

static sb_status read_agent(const sb_reader *reader, const sb_yaml_node *agent, agent_list *agents,
                            size_t index)
{
    static const char *const known[] = {"name", "types"};
    static const char hint[] = "write - {name: Alice, types: [low, high]}";
    char what[128];
    char quoted[SB_QUOTED_SIZE];
    (void)snprintf(what, sizeof what, "agent %zu", index + 1);
    sb_status status = sb_read_want_mapping(reader, agent, what, hint);
    if (status == SB_OK) {
        (void)snprintf(what, sizeof what, "of agent %zu", index + 1);
        status = sb_read_check_keys(reader, agent, what, known, 2);
    }
    if (status == SB_OK) {
        status = sb_read_agent_name(reader, agent, index, NULL, &agents->names[index]);
    }
    if (status != SB_OK) {
        return status;
    }
    const char *name = sb_utf8_quote(agents->names[index], strlen(agents->names[index]), quoted);
    const sb_yaml_node *types = sb_yaml_find(agent, "types", 1);
    if (types == NULL) {
        return sb_read_fail(reader, agent, hint, "the agent %s has no types", name);
    }
    (void)snprintf(what, sizeof what, "the types of %s", name);
    status = sb_read_want_list(reader, types, what, hint);
    if (status == SB_OK) {
        agents->sizes[index] = types->count;
        status = sb_read_labels(reader, types->items, types->count, what, &agents->types[index]);
    }
    return status;
}

static sb_status read_agents(const sb_reader *reader, const sb_yaml_node *list, agent_list *agents)
{
    sb_status status = sb_read_want_list(reader, list, "the agents",
                                         "write agents: [{name: Alice, types: [low, high]}]");
    if (status != SB_OK) {
        return status;
    }
    if (list->count > SB_MAX_PLAYERS) {
        sb_error_set(reader->error, SB_ERROR_LIMIT, "there are %zu agents, %d is the limit",
                     list->count, SB_MAX_PLAYERS);
        return sb_read_place(reader, list, SB_ERROR_LIMIT);
    }
    agents->count = list->count;
    agents->names = sb_allocate(list->count, sizeof *agents->names);
    agents->sizes = sb_allocate(list->count, sizeof *agents->sizes);
    agents->types = sb_allocate(list->count, sizeof *agents->types);
    if (agents->names == NULL || agents->sizes == NULL || agents->types == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t index = 0; index < list->count && status == SB_OK; index++) {
        status = read_agent(reader, &list->items[index], agents, index);
    }
    return status;
}

static sb_status read_outcomes(const sb_reader *reader, const sb_yaml_node *root,
                               agent_list *agents)
{
    static const char hint[] = "write outcomes: [to-Alice, to-Bob, museum]";
    const sb_yaml_node *list = sb_yaml_find(root, "outcomes", 1);
    if (list == NULL) {
        return sb_read_fail(reader, root, hint, "outcomes are missing");
    }
    sb_status status = sb_read_want_list(reader, list, "the outcomes", hint);
    if (status != SB_OK) {
        return status;
    }
    size_t utilities = 0;
    for (size_t index = 0; index < agents->count; index++) {
        utilities += agents->sizes[index] * list->count;
    }
    if (list->count > SB_MAX_OUTCOMES || utilities > SB_MAX_UTILITIES) {
        sb_error_set(reader->error, SB_ERROR_LIMIT, "there are more than %d %s",
                     list->count > SB_MAX_OUTCOMES ? SB_MAX_OUTCOMES : SB_MAX_UTILITIES,
                     list->count > SB_MAX_OUTCOMES ? "outcomes" : "utilities");
        sb_error_set_hint(reader->error, "use fewer outcomes or types");
        return sb_read_place(reader, list, SB_ERROR_LIMIT);
    }
    agents->outcome_count = list->count;
    return sb_read_labels(reader, list->items, list->count, "the outcomes", &agents->outcomes);
}

/* A list of one number an outcome, in their order. */
static sb_status read_by_outcome(const sb_reader *reader, const sb_yaml_node *list,
                                 const char *what, const sb_environment *environment, fmpq *numbers)
{
    size_t count = environment->outcome_count;
    sb_status status = sb_read_want_list(reader, list, what, "write one number an outcome");
    if (status == SB_OK && list->count != count) {
        status = sb_read_fail(reader, list, "write one number an outcome, in their order",
                              "%s: found %zu number%s, expected %zu, one an outcome", what,
                              list->count, list->count == 1 ? "" : "s", count);
    }
    for (size_t outcome = 0; outcome < count && status == SB_OK; outcome++) {
        char place[320];
        char quoted[SB_QUOTED_SIZE];
        const char *label = environment->outcomes[outcome];
        (void)snprintf(place, sizeof place, "%s for %s", what,
                       sb_utf8_quote(label, strlen(label), quoted));
        status = sb_read_number(reader, &list->items[outcome], place, &numbers[outcome], NULL);
    }
    return status;
}

static sb_status read_utilities_of(const sb_reader *reader, const sb_yaml_node *mapping,
                                   const sb_environment *environment, sb_agent *agent)
{
    char what[224];
    char name[SB_QUOTED_SIZE];
    char label[SB_QUOTED_SIZE];
    (void)snprintf(what, sizeof what, "the utilities of %s",
                   sb_utf8_quote(agent->name, strlen(agent->name), name));
    sb_status status =
        sb_read_want_mapping(reader, mapping, what, "write AGENT: {TYPE: [NUMBER, ..]}");
    if (status == SB_OK) {
        status = sb_read_check_labels(reader, mapping, what, (const char *const *)agent->types,
                                      agent->type_count);
    }
    for (size_t type = 0; type < agent->type_count && status == SB_OK; type++) {
        const sb_yaml_node *list = sb_yaml_find(mapping, agent->types[type], type);
        sb_utf8_quote(agent->types[type], strlen(agent->types[type]), label);
        if (list == NULL) {
            return sb_read_fail(reader, mapping, "write TYPE: [NUMBER, ..], one number an outcome",
                                "the utilities of %s for the type %s are missing", name, label);
        }
        (void)snprintf(what, sizeof what, "the utilities of %s, type %s", name, label);
        status = read_by_outcome(reader, list, what, environment,
                                 agent->utilities + type * environment->outcome_count);
    }
    return status;
}

static sb_status read_utilities(const sb_reader *reader, const sb_yaml_node *root,
                                sb_environment *environment)
{
    static const char hint[] = "write utilities: {AGENT: {TYPE: [NUMBER, ..]}}";
    const sb_yaml_node *section = sb_yaml_find(root, "utilities", 2);
    if (section == NULL) {
        return sb_read_fail(reader, root, hint, "utilities are missing");
    }
    sb_status status = sb_read_want_mapping(reader, section, "the utilities", hint);
    if (status != SB_OK) {
        return status;
    }
    const char **names = sb_read_agent_names(environment);
    if (names == NULL) {
        return sb_out_of_memory(reader->error);
    }
    status = sb_read_check_labels(reader, section, "utilities", names, environment->agent_count);
    free(names);
    for (size_t index = 0; index < environment->agent_count && status == SB_OK; index++) {
        sb_agent *agent = &environment->agents[index];
        const sb_yaml_node *mapping = sb_yaml_find(section, agent->name, index);
        if (mapping == NULL) {
            char quoted[SB_QUOTED_SIZE];
            return sb_read_fail(reader, section, hint, "the utilities of %s are missing",
                                sb_utf8_quote(agent->name, strlen(agent->name), quoted));
        }
        status = read_utilities_of(reader, mapping, environment, agent);
    }
    return status;
}

static sb_status make_environment(const sb_reader *reader, const sb_yaml_node *section,
                                  const agent_list *agents, const sb_read_signal *signal,
                                  sb_environment **environment)
{
    sb_agent_description *descriptions = sb_allocate(agents->count, sizeof *descriptions);
    if (descriptions == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t index = 0; index < agents->count; index++) {
        descriptions[index] = (sb_agent_description){
            .name = agents->names[index],
            .type_count = agents->sizes[index],
            .types = (const char *const *)agents->types[index],
        };
    }
    sb_status status = sb_environment_new_general(
        descriptions, agents->count, (const char *const *)agents->outcomes, agents->outcome_count,
        signal->count > 0 ? signal->name : NULL, signal->count, (const char *const *)signal->labels,
        environment, reader->error);
    free(descriptions);
    return sb_read_place(reader, section, status);
}

sb_status sb_read_general(const sb_reader *reader, const sb_yaml_node *root,
                          sb_environment **environment)
{
    const sb_yaml_node *section = sb_yaml_find(root, "agents", 0);
    const sb_yaml_node *designer = sb_yaml_find(root, "designer", 3);
    agent_list agents = {0};
    sb_read_signal signal = {0};
    sb_status status = read_agents(reader, section, &agents);
    if (status == SB_OK) {
        status = sb_read_signal_section(reader, root, &signal);
    }
    if (status == SB_OK) {
        status = sb_read_check_players(reader, section, agents.names, agents.sizes, agents.count,
                                       &signal);
    }
    if (status == SB_OK) {
        status = read_outcomes(reader, root, &agents);
    }
    if (status == SB_OK) {
        status = make_environment(reader, section, &agents, &signal, environment);
    }
    if (status == SB_OK) {
        status = read_utilities(reader, root, *environment);
    }
    if (status == SB_OK && designer != NULL) {
        status = read_by_outcome(reader, designer, "the designer's values", *environment,
                                 (*environment)->designer);
    }
    free(signal.labels);
    agent_list_clear(&agents);
    return status;
}
