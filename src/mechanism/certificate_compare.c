/* Whether a certificate is about the environment that was meant.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "mechanism/certificate_parts.h"

static bool same_numbers(const fmpq *left, const fmpq *right, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (!fmpq_equal(left + k, right + k)) {
            return false;
        }
    }
    return true;
}

static const char *difference_of_agents(const sb_environment *left, const sb_environment *right)
{
    for (size_t i = 0; i < left->agent_count; i++) {
        const sb_agent *one = &left->agents[i];
        const sb_agent *other = &right->agents[i];
        if (!same_numbers(one->utilities, other->utilities,
                          one->type_count * left->outcome_count)) {
            return "utilities";
        }
        if (!same_numbers(one->outside, other->outside, one->type_count)) {
            return "outside options";
        }
        for (size_t k = 0; k < one->type_count * one->type_count; k++) {
            size_t type = k / one->type_count, report = k % one->type_count;
            if (sb_environment_may_report(left, i, type, report) !=
                sb_environment_may_report(right, i, type, report)) {
                return "reporting sets";
            }
        }
    }
    return NULL;
}

/* Whether the same holds for every agent: which choice is the common one does not matter. */
static bool same_rules(const sb_environment *left, const sb_environment *right)
{
    sb_rules one, other;
    sb_rules_init(&one);
    sb_rules_init(&other);
    sb_rules_copy(&one, &left->rules);
    sb_rules_copy(&other, &right->rules);
    bool same = true;
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        if (!sb_rule_is_by_agent((sb_rule)rule)) {
            continue;
        }
        for (size_t agent = 0; agent < left->agent_count; agent++) {
            same = same && sb_rules_of(&one, (sb_rule)rule, agent) ==
                               sb_rules_of(&other, (sb_rule)rule, agent);
        }
        sb_rules_choose(&one, (sb_rule)rule, 0);
        sb_rules_choose(&other, (sb_rule)rule, 0);
    }
    same = same && sb_rules_equal(&one, &other);
    sb_rules_clear(&one);
    sb_rules_clear(&other);
    return same;
}

/* But for the prior. */
static const char *find_difference(const sb_environment *left, const sb_environment *right)
{
    size_t players = sb_environment_player_count(left);
    if (players != sb_environment_player_count(right) || left->has_signal != right->has_signal) {
        return "players";
    }
    for (size_t player = 0; player < players; player++) {
        size_t size = sb_environment_player_size(left, player);
        if (strcmp(sb_environment_player_name(left, player),
                   sb_environment_player_name(right, player)) != 0) {
            return "players";
        }
        if (size != sb_environment_player_size(right, player)) {
            return "types";
        }
        for (size_t type = 0; type < size; type++) {
            if (strcmp(sb_environment_label(left, player, type),
                       sb_environment_label(right, player, type)) != 0) {
                return "types";
            }
        }
    }
    if (left->outcome_count != right->outcome_count) {
        return "outcomes";
    }
    for (size_t o = 0; o < left->outcome_count; o++) {
        if (strcmp(left->outcomes[o], right->outcomes[o]) != 0) {
            return "outcomes";
        }
    }
    if (!same_numbers(left->designer, right->designer, left->outcome_count)) {
        return "designer's values";
    }
    const char *difference = difference_of_agents(left, right);
    return difference != NULL ? difference : same_rules(left, right) ? NULL : "rules";
}

static bool same_prior(const sb_environment *left, const sb_environment *right)
{
    bool same = true;
    fmpq_t one;
    fmpq_t other;
    fmpq_init(one);
    fmpq_init(other);
    for (size_t k = 0; same && k < sb_environment_profile_count(left); k++) {
        sb_environment_probability(one, left, k);
        sb_environment_probability(other, right, k);
        same = fmpq_equal(one, other);
    }
    fmpq_clear(one);
    fmpq_clear(other);
    return same;
}

const char *sb_certificate_difference(const sb_environment *left, const sb_environment *right)
{
    const char *difference = find_difference(left, right);
    return difference != NULL || same_prior(left, right) ? difference : "probabilities";
}
