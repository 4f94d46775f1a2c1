/* Reading the `reports:` section of an environment file: which types a type may report.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

enum { WHAT_SIZE = 2 * SB_QUOTED_SIZE + 64 };

static const char hint[] = "write reports: {AGENT: {TYPE: [TYPE, TYPE]}}";

/* The position of a label among the agent's types, most likely `guess`; type_count for none. */
static size_t find_type(const sb_agent *agent, const char *label, size_t guess)
{
    if (guess < agent->type_count && strcmp(agent->types[guess], label) == 0) {
        return guess;
    }
    return sb_labels_find(agent->types, agent->type_count, label);
}

/* The types in a list, each once. */
static sb_status read_list(const sb_reader *reader, const sb_yaml_node *list,
                           const char what[WHAT_SIZE], const sb_agent *agent, bool *allowed)
{
    char found[96];
    if (list->kind != SB_YAML_LIST) {
        return sb_read_fail(reader, list, hint, "expected a list of types for %s, found %s", what,
                            sb_read_found(list, found));
    }
    memset(allowed, 0, agent->type_count * sizeof *allowed);
    size_t next = 0;
    for (size_t k = 0; k < list->count; k++) {
        const sb_yaml_node *node = &list->items[k];
        const char *label = NULL;
        sb_status status = sb_read_label(reader, node, what, &label);
        if (status != SB_OK) {
            return status;
        }
        size_t at = find_type(agent, label, next);
        if (at == agent->type_count) {
            char sentence[WHAT_SIZE + 32];
            (void)snprintf(sentence, sizeof sentence, "%s: there is no type", what);
            return sb_read_fail_label(reader, node, sentence, (const char *const *)agent->types,
                                      agent->type_count);
        }
        if (allowed[at]) {
            return sb_read_fail(reader, node, "write it once", "%s occurs twice in %s",
                                sb_read_found(node, found), what);
        }
        allowed[at] = true;
        next = at + 1;
    }
    return SB_OK;
}

/* The sets of one agent; a type that is left out may report any. */
static sb_status read_agent(const sb_reader *reader, const sb_yaml_node *sets,
                            sb_environment *environment, size_t index)
{
    const sb_agent *agent = &environment->agents[index];
    char what[WHAT_SIZE];
    char quoted[SB_QUOTED_SIZE];
    char quoted_type[SB_QUOTED_SIZE];
    sb_utf8_quote(agent->name, strlen(agent->name), quoted);
    (void)snprintf(what, sizeof what, "reports of %s", quoted);
    sb_status status = sb_read_want_mapping(reader, sets, what, hint);
    if (status == SB_OK) {
        status = sb_read_check_labels(reader, sets, what, (const char *const *)agent->types,
                                      agent->type_count);
    }
    if (status != SB_OK) {
        return status;
    }
    bool *allowed = sb_allocate(agent->type_count, sizeof *allowed);
    if (allowed == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t type = 0; type < agent->type_count && status == SB_OK; type++) {
        const sb_yaml_node *list = sb_yaml_find(sets, agent->types[type], type);
        if (list == NULL) {
            continue;
        }
        (void)snprintf(what, sizeof what, "the reports of type %s of %s",
                       sb_utf8_quote(agent->types[type], strlen(agent->types[type]), quoted_type),
                       quoted);
        status = read_list(reader, list, what, agent, allowed);
        if (status == SB_OK) {
            status = sb_read_place(
                reader, list,
                sb_environment_set_reports(environment, index, type, allowed, reader->error));
        }
    }
    free(allowed);
    return status;
}

sb_status sb_read_reports(const sb_reader *reader, const sb_yaml_node *root,
                          sb_environment *environment)
{
    const sb_yaml_node *section = sb_yaml_find(root, "reports", 0);
    if (section == NULL) {
        return SB_OK;
    }
    sb_status status = sb_read_want_mapping(reader, section, "reports", hint);
    if (status != SB_OK) {
        return status;
    }
    const char **names = sb_read_agent_names(environment);
    if (names == NULL) {
        return sb_out_of_memory(reader->error);
    }
    status = sb_read_check_labels(reader, section, "reports", names, environment->agent_count);
    free(names);
    for (size_t agent = 0; agent < environment->agent_count && status == SB_OK; agent++) {
        const sb_yaml_node *sets = sb_yaml_find(section, environment->agents[agent].name, agent);
        if (sets != NULL) {
            status = read_agent(reader, sets, environment, agent);
        }
    }
    return status;
}
