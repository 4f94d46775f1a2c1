/* Reading certificates: the mechanism, the direction and the multipliers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels are matched letter by letter. Outcomes and payments that are left out are 0.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "mechanism/certificate_parts.h"
#include "model/environment_read.h"

/* ---- numbers and labels ---- */

/* "-12345/678" without a limit on its digits: optimal payments near independence are long. */
static bool read_long_fraction(fmpq_t value, const char *text)
{
    size_t sign = text[0] == '-';
    size_t upper = strspn(text + sign, "0123456789");
    const char *rest = text + sign + upper;
    size_t lower = *rest == '/' ? strspn(rest + 1, "0123456789") : 0;
    bool plain = upper > 0 && (*rest == '\0' || (lower > 0 && rest[1 + lower] == '\0'));
    if (!plain || fmpq_set_str(value, text, 10) != 0 || fmpz_is_zero(fmpq_denref(value))) {
        fmpq_zero(value);
        return false;
    }
    fmpq_canonicalise(value);
    return true;
}

sb_status sb_certificate_read_number(const sb_reader *reader, const sb_yaml_node *node,
                                     const char *what, fmpq_t value)
{
    if (node->kind == SB_YAML_SCALAR && node->length > SB_RATIONAL_MAX_TEXT &&
        read_long_fraction(value, node->text)) {
        return SB_OK;
    }
    return sb_read_number(reader, node, what, value, NULL);
}

/* guess is looked at first. */
static sb_status read_type(const sb_reader *reader, const sb_yaml_node *node,
                           const sb_environment *environment, size_t player, size_t guess,
                           size_t *type)
{
    size_t size = sb_environment_player_size(environment, player);
    bool text = node->kind == SB_YAML_SCALAR;
    for (size_t k = 0; text && k <= size; k++) {
        size_t candidate = k == 0 ? guess : k - 1;
        if (candidate < size &&
            strcmp(node->text, sb_environment_label(environment, player, candidate)) == 0) {
            *type = candidate;
            return SB_OK;
        }
    }
    char found[96];
    return sb_read_fail(reader, node, "labels are those of the environment in this file",
                        "'%s' has no type %s", sb_environment_player_name(environment, player),
                        sb_read_found(node, found));
}

static sb_status read_agent(const sb_reader *reader, const sb_yaml_node *node,
                            const sb_environment *environment, size_t *agent)
{
    for (size_t k = 0; node->kind == SB_YAML_SCALAR && k < environment->agent_count; k++) {
        if (strcmp(node->text, environment->agents[k].name) == 0) {
            *agent = k;
            return SB_OK;
        }
    }
    char found[96];
    return sb_read_fail(reader, node, "names are those of the environment in this file",
                        "there is no agent %s", sb_read_found(node, found));
}

static sb_status find_required(const sb_reader *reader, const sb_yaml_node *entry, const char *key,
                               size_t guess, const sb_yaml_node **found)
{
    *found = sb_yaml_find(entry, key, guess);
    return *found != NULL ? SB_OK
                          : sb_read_fail(reader, entry, NULL, "the key '%s' is missing here", key);
}

/* The types of all players but left_out (SB_NOWHERE: of all), whose type counts as the first one.
 * guess: the profile that is looked at first. */
static sb_status read_types(const sb_reader *reader, const sb_yaml_node *node,
                            const sb_environment *environment, size_t left_out, size_t guess,
                            size_t *profile)
{
    size_t types[SB_MAX_PLAYERS] = {0};
    size_t players = sb_environment_player_count(environment);
    size_t wanted = players - (left_out != SB_NOWHERE);
    char found[96];
    if (node->kind != SB_YAML_LIST || node->count != wanted) {
        return sb_read_fail(reader, node, "write one label a player, in their order",
                            "expected a list of %zu labels, found %s", wanted,
                            sb_read_found(node, found));
    }
    sb_status status = SB_OK;
    size_t next = 0;
    for (size_t player = 0; status == SB_OK && player < players; player++) {
        if (player != left_out) {
            status = read_type(reader, &node->items[next++], environment, player,
                               sb_environment_type_at(environment, guess, player), &types[player]);
        }
    }
    if (status == SB_OK) {
        *profile = sb_environment_profile_join(environment, types);
    }
    return status;
}

/* ---- mechanisms ---- */

static sb_status read_outcomes(const sb_reader *reader, const sb_yaml_node *mapping,
                               const sb_environment *environment, fmpq *allocation)
{
    sb_status status = sb_read_want_mapping(reader, mapping, "the outcomes", NULL);
    if (status == SB_OK) {
        status = sb_read_check_labels(reader, mapping, "the outcomes",
                                      (const char *const *)environment->outcomes,
                                      environment->outcome_count);
    }
    for (size_t o = 0; status == SB_OK && o < environment->outcome_count; o++) {
        const sb_yaml_node *node = sb_yaml_find(mapping, environment->outcomes[o], o);
        if (node != NULL) {
            status = sb_certificate_read_number(reader, node, "a probability", allocation + o);
        }
    }
    return status;
}

static sb_status read_payments(const sb_reader *reader, const sb_yaml_node *mapping,
                               const sb_environment *environment, fmpq *payments)
{
    const char *names[SB_MAX_PLAYERS];
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        names[agent] = environment->agents[agent].name;
    }
    sb_status status = sb_read_want_mapping(reader, mapping, "the payments", NULL);
    if (status == SB_OK) {
        status =
            sb_read_check_labels(reader, mapping, "the payments", names, environment->agent_count);
    }
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        const sb_yaml_node *node = sb_yaml_find(mapping, names[agent], agent);
        if (node != NULL) {
            status = sb_certificate_read_number(reader, node, "a payment", payments + agent);
        }
    }
    return status;
}

/* One entry of a mechanism or a direction. */
static sb_status read_entry(const sb_reader *reader, const sb_yaml_node *entry, size_t guess,
                            const sb_environment *environment, bool direction, bool *seen,
                            sb_mechanism *mechanism)
{
    static const char *const keys[] = {"at", "payments", "outcomes"};
    const sb_yaml_node *at = NULL;
    size_t profile = 0;
    sb_status status = sb_read_want_mapping(reader, entry, "a profile", NULL);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, entry, "at a profile", keys, direction ? 2 : 3);
    }
    if (status == SB_OK) {
        status = find_required(reader, entry, "at", 0, &at);
    }
    if (status == SB_OK) {
        status = read_types(reader, at, environment, SB_NOWHERE, guess, &profile);
    }
    if (status == SB_OK && seen[profile]) {
        status = sb_read_fail(reader, at, "every profile occurs once",
                              "this profile occurs a second time");
    }
    if (status != SB_OK) {
        return status;
    }
    seen[profile] = true;
    const sb_yaml_node *outcomes = sb_yaml_find(entry, "outcomes", 1);
    const sb_yaml_node *payments = sb_yaml_find(entry, "payments", 2);
    if (outcomes != NULL) {
        status = read_outcomes(reader, outcomes, environment,
                               mechanism->allocation + profile * mechanism->outcome_count);
    }
    if (status == SB_OK && payments != NULL) {
        status = read_payments(reader, payments, environment,
                               mechanism->payments + profile * mechanism->agent_count);
    }
    return status;
}

static sb_status read_profiles(const sb_reader *reader, const sb_yaml_node *list, bool direction,
                               const sb_environment *environment, sb_mechanism **mechanism)
{
    const char *what = direction ? "the direction" : "the mechanism";
    size_t profiles = sb_environment_profile_count(environment);
    sb_status status = sb_read_want_list(reader, list, what, NULL);
    if (status == SB_OK && (direction ? list->count > profiles : list->count != profiles)) {
        status = sb_read_fail(reader, list, "every profile occurs once",
                              "%s has %zu entries where there are %zu profiles", what, list->count,
                              profiles);
    }
    size_t numbers = environment->agent_count + environment->outcome_count;
    if (status == SB_OK && numbers > SB_CERTIFICATE_MAX_NUMBERS / profiles) {
        sb_error_set(reader->error, SB_ERROR_LIMIT, "%s has more than %d numbers", what,
                     SB_CERTIFICATE_MAX_NUMBERS);
        return sb_read_place(reader, list, SB_ERROR_LIMIT);
    }
    if (status != SB_OK) {
        return status;
    }
    bool *seen = sb_allocate(profiles, sizeof *seen);
    *mechanism = sb_mechanism_new(environment);
    if (seen == NULL || *mechanism == NULL) {
        free(seen);
        return sb_out_of_memory(reader->error);
    }
    for (size_t k = 0; status == SB_OK && k < list->count; k++) {
        status = read_entry(reader, &list->items[k], k, environment, direction, seen, *mechanism);
    }
    free(seen);
    return status;
}

sb_status sb_certificate_read_mechanism(const sb_reader *reader, const sb_yaml_node *list,
                                        sb_certificate *certificate)
{
    return read_profiles(reader, list, false, certificate->environment, &certificate->mechanism);
}

sb_status sb_certificate_read_direction(const sb_reader *reader, const sb_yaml_node *list,
                                        sb_certificate *certificate)
{
    return read_profiles(reader, list, true, certificate->environment, &certificate->direction);
}

/* ---- multipliers ---- */

typedef struct multiplier_list {
    const char *key;
    sb_constraint_kind kind;
    const char *const keys[5];
    size_t key_count;
} multiplier_list;
static const multiplier_list lists[] = {
    {"probabilities", SB_CONSTRAINT_PROBABILITY, {"at", "value"}, 2},
    {"incentives", SB_CONSTRAINT_INCENTIVE, {"agent", "type", "report", "others", "value"}, 5},
    {"participation", SB_CONSTRAINT_PARTICIPATION, {"agent", "type", "others", "value"}, 4},
    {"budgets", SB_CONSTRAINT_BUDGET, {"at", "value"}, 2},
};
enum { LIST_COUNT = sizeof lists / sizeof lists[0] };

/* agent, and whatever else names the rule; which rules there are is not asked here. */
static sb_status read_rule(const sb_reader *reader, const sb_yaml_node *entry,
                           const sb_environment *environment, sb_constraint *rule)
{
    const sb_yaml_node *node = NULL;
    sb_status status = find_required(reader, entry, "agent", 0, &node);
    if (status == SB_OK) {
        status = read_agent(reader, node, environment, &rule->agent);
    }
    node = sb_yaml_find(entry, "type", 1);
    if (status == SB_OK && node != NULL) {
        status = read_type(reader, node, environment, rule->agent, 0, &rule->type);
    }
    node = sb_yaml_find(entry, "report", 2);
    if (status == SB_OK && node != NULL) {
        status = read_type(reader, node, environment, rule->agent, 0, &rule->report);
    }
    node = sb_yaml_find(entry, "others", 3);
    if (status == SB_OK && node != NULL) {
        size_t profile = 0;
        status = read_types(reader, node, environment, rule->agent, 0, &profile);
        rule->others = sb_environment_others_at(environment, rule->agent, profile);
    }
    return status;
}

static sb_status read_multiplier(const sb_reader *reader, const sb_yaml_node *entry, size_t guess,
                                 const multiplier_list *list, const sb_environment *environment,
                                 sb_certified_multiplier *multiplier)
{
    sb_constraint *rule = &multiplier->constraint;
    *rule = (sb_constraint){list->kind, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
    multiplier->line = entry->line;
    multiplier->column = entry->column;
    const sb_yaml_node *node = NULL;
    sb_status status = sb_read_want_mapping(reader, entry, "a multiplier", NULL);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, entry, "in a multiplier", list->keys, list->key_count);
    }
    bool of_profile = list->kind == SB_CONSTRAINT_PROBABILITY || list->kind == SB_CONSTRAINT_BUDGET;
    if (status == SB_OK && of_profile) {
        status = find_required(reader, entry, "at", 0, &node);
        if (status == SB_OK) {
            guess = guess < sb_environment_profile_count(environment) ? guess : 0;
            status = read_types(reader, node, environment, SB_NOWHERE, guess, &rule->profile);
        }
    } else if (status == SB_OK) {
        status = read_rule(reader, entry, environment, rule);
    }
    if (status == SB_OK) {
        status = find_required(reader, entry, "value", list->key_count - 1, &node);
    }
    return status == SB_OK
               ? sb_certificate_read_number(reader, node, "a multiplier", &multiplier->value)
               : status;
}

static int compare_multipliers(const void *left, const void *right)
{
    const sb_certified_multiplier *one = left;
    const sb_certified_multiplier *other = right;
    int order = sb_constraint_compare(&one->constraint, &other->constraint);
    if (order == 0) {
        order = (one->line > other->line) - (one->line < other->line);
    }
    return order != 0 ? order : (one->column > other->column) - (one->column < other->column);
}

static sb_status sort_multipliers(const sb_reader *reader, sb_certificate *certificate)
{
    sb_certified_multiplier *multipliers = certificate->multipliers;
    qsort(multipliers, certificate->multiplier_count, sizeof *multipliers, compare_multipliers);
    for (size_t k = 1; k < certificate->multiplier_count; k++) {
        if (sb_constraint_compare(&multipliers[k - 1].constraint, &multipliers[k].constraint) ==
            0) {
            sb_error_set(reader->error, SB_ERROR_INPUT,
                         "this rule has a multiplier already, on line %d", multipliers[k - 1].line);
            sb_error_set_hint(reader->error, "every rule occurs once");
            sb_error_set_place(reader->error, reader->name, multipliers[k].line,
                               multipliers[k].column);
            return SB_ERROR_INPUT;
        }
    }
    return SB_OK;
}

sb_status sb_certificate_read_multipliers(const sb_reader *reader, const sb_yaml_node *mapping,
                                          sb_certificate *certificate)
{
    const char *keys[LIST_COUNT];
    const sb_yaml_node *nodes[LIST_COUNT] = {NULL};
    size_t count = 0;
    for (size_t k = 0; k < LIST_COUNT; k++) {
        keys[k] = lists[k].key;
    }
    sb_status status = sb_read_want_mapping(reader, mapping, "the multipliers", NULL);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, mapping, "in the multipliers", keys, LIST_COUNT);
    }
    for (size_t k = 0; status == SB_OK && k < LIST_COUNT; k++) {
        nodes[k] = sb_yaml_find(mapping, keys[k], k);
        if (nodes[k] != NULL) {
            status = sb_read_want_list(reader, nodes[k], keys[k], "leave it out");
            count += nodes[k]->count;
        }
    }
    if (status != SB_OK) {
        return status;
    }
    certificate->multipliers = sb_allocate(count, sizeof *certificate->multipliers);
    if (certificate->multipliers == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t k = 0; status == SB_OK && k < LIST_COUNT; k++) {
        for (size_t at = 0; status == SB_OK && nodes[k] != NULL && at < nodes[k]->count; at++) {
            sb_certified_multiplier *multiplier =
                &certificate->multipliers[certificate->multiplier_count++];
            fmpq_init(&multiplier->value);
            status = read_multiplier(reader, &nodes[k]->items[at], at, &lists[k],
                                     certificate->environment, multiplier);
        }
    }
    return status == SB_OK ? sort_multipliers(reader, certificate) : status;
}
