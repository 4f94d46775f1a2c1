/* Reading what both forms of an environment file have: names, the signal, outside options.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

sb_status sb_read_signal_section(const sb_reader *reader, const sb_yaml_node *root,
                                 sb_read_signal *signal)
{
    static const char *const known[] = {"name", "values"};
    static const char hint[] = "write signal: {name: weather, values: [rain, dry]}";
    *signal = (sb_read_signal){.name = "signal"};
    const sb_yaml_node *section = sb_yaml_find(root, "signal", 1);
    if (section == NULL) {
        return SB_OK;
    }
    sb_status status = sb_read_want_mapping(reader, section, "the signal", hint);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, section, "under signal", known, 2);
    }
    const sb_yaml_node *name = sb_yaml_find(section, "name", 0);
    if (status == SB_OK && name != NULL) {
        status = sb_read_label(reader, name, "the name of the signal", &signal->name);
    }
    if (status != SB_OK) {
        return status;
    }
    const sb_yaml_node *values = sb_yaml_find(section, "values", 1);
    if (values == NULL) {
        return sb_read_fail(reader, section, hint, "the signal has no values");
    }
    status = sb_read_want_list(reader, values, "the values of the signal", hint);
    if (status == SB_OK) {
        status = sb_read_labels(reader, values->items, values->count, "the values of the signal",
                                &signal->labels);
    }
    signal->count = status == SB_OK ? values->count : 0;
    return status;
}

sb_status sb_read_agent_name(const sb_reader *reader, const sb_yaml_node *mapping, size_t agent,
                             const char *alone, char **name)
{
    char what[64];
    const char *given = NULL;
    const sb_yaml_node *node = sb_yaml_find(mapping, "name", 0);
    if (node != NULL) {
        (void)snprintf(what, sizeof what, "the name of agent %zu", agent + 1);
        sb_status status = sb_read_label(reader, node, what, &given);
        if (status != SB_OK) {
            return status;
        }
        *name = sb_copy_text(given);
    } else {
        *name = alone != NULL ? sb_copy_text(alone) : sb_format_text("agent %zu", agent + 1);
    }
    return *name == NULL ? sb_out_of_memory(reader->error) : SB_OK;
}

sb_status sb_read_check_players(const sb_reader *reader, const sb_yaml_node *section,
                                char *const *names, const size_t *sizes, size_t agent_count,
                                const sb_read_signal *signal)
{
    size_t players = agent_count + (signal->count > 0);
    size_t profiles = signal->count > 0 ? signal->count : 1;
    bool too_many = profiles > SB_MAX_PROFILES;
    for (size_t agent = 0; agent < agent_count && !too_many; agent++) {
        too_many = sizes[agent] > SB_MAX_PROFILES / profiles;
        profiles *= sizes[agent];
    }
    if (players > SB_MAX_PLAYERS || too_many) {
        sb_error_set(reader->error, SB_ERROR_LIMIT, "the environment has more than %d %s",
                     too_many ? SB_MAX_PROFILES : SB_MAX_PLAYERS,
                     too_many ? "profiles" : "players");
        sb_error_set_hint(reader->error, "use fewer agents or types");
        return sb_read_place(reader, section, SB_ERROR_LIMIT);
    }
    for (size_t agent = 0; agent < agent_count; agent++) {
        if (sizes[agent] > SB_MAX_TYPES) {
            sb_error_set(reader->error, SB_ERROR_LIMIT, "agent %zu has more than %d types",
                         agent + 1, SB_MAX_TYPES);
            sb_error_set_hint(reader->error, "use fewer types");
            return sb_read_place(reader, section, SB_ERROR_LIMIT);
        }
        bool taken = signal->count > 0 && strcmp(names[agent], signal->name) == 0;
        for (size_t other = 0; other < agent && !taken; other++) {
            taken = strcmp(names[agent], names[other]) == 0;
        }
        if (taken) {
            char quoted[SB_QUOTED_SIZE];
            return sb_read_fail(reader, section, "give every player a name of its own",
                                "two players are named %s",
                                sb_utf8_quote(names[agent], strlen(names[agent]), quoted));
        }
    }
    return SB_OK;
}

const char **sb_read_agent_names(const sb_environment *environment)
{
    const char **names = sb_allocate(environment->agent_count, sizeof *names);
    for (size_t agent = 0; names != NULL && agent < environment->agent_count; agent++) {
        names[agent] = environment->agents[agent].name;
    }
    return names;
}

/* The outside options of one agent; types that are left out have 0. */
static sb_status read_outside_of(const sb_reader *reader, const sb_yaml_node *options,
                                 sb_agent *agent)
{
    char what[192];
    char quoted[SB_QUOTED_SIZE];
    (void)snprintf(what, sizeof what, "outside of %s",
                   sb_utf8_quote(agent->name, strlen(agent->name), quoted));
    sb_status status =
        sb_read_want_mapping(reader, options, what, "write outside: {AGENT: {TYPE: NUMBER}}");
    if (status == SB_OK) {
        status = sb_read_check_labels(reader, options, what, (const char *const *)agent->types,
                                      agent->type_count);
    }
    for (size_t type = 0; type < agent->type_count && status == SB_OK; type++) {
        const sb_yaml_node *number = sb_yaml_find(options, agent->types[type], type);
        if (number != NULL) {
            status = sb_read_number(reader, number, what, &agent->outside[type], NULL);
        }
    }
    return status;
}

sb_status sb_read_outside(const sb_reader *reader, const sb_yaml_node *root,
                          sb_environment *environment)
{
    const sb_yaml_node *section = sb_yaml_find(root, "outside", 0);
    if (section == NULL) {
        return SB_OK;
    }
    sb_status status =
        sb_read_want_mapping(reader, section, "outside", "write outside: {AGENT: {TYPE: NUMBER}}");
    if (status != SB_OK) {
        return status;
    }
    const char **names = sb_read_agent_names(environment);
    if (names == NULL) {
        return sb_out_of_memory(reader->error);
    }
    status = sb_read_check_labels(reader, section, "outside", names, environment->agent_count);
    free(names);
    for (size_t agent = 0; agent < environment->agent_count && status == SB_OK; agent++) {
        const sb_yaml_node *options = sb_yaml_find(section, environment->agents[agent].name, agent);
        if (options != NULL) {
            status = read_outside_of(reader, options, &environment->agents[agent]);
        }
    }
    return status;
}

void sb_read_note_prior(const sb_environment *environment, sb_notes *notes)
{
    enum { MOST_NOTES = 5 };
    size_t players = sb_environment_player_count(environment);
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t player = 0; player < players; player++) {
        size_t size = sb_environment_player_size(environment, player);
        bool is_signal = player == environment->agent_count;
        size_t zeros = 0;
        for (size_t type = 0; type < size; type++) {
            sb_environment_marginal(probability, environment, player, type);
            if (!fmpq_is_zero(probability) || ++zeros > MOST_NOTES) {
                continue;
            }
            sb_notes_add(notes, "the %s '%s' of '%s' has probability zero%s",
                         is_signal ? "value" : "type",
                         sb_environment_label(environment, player, type),
                         sb_environment_player_name(environment, player),
                         is_signal ? "" : ": no interim constraint holds for it");
        }
        if (zeros > MOST_NOTES) {
            sb_notes_add(notes, "%zu more of '%s' have probability zero", zeros - MOST_NOTES,
                         sb_environment_player_name(environment, player));
        }
    }
    fmpq_clear(probability);
}
