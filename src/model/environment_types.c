/* Adding and removing types and signals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both rebuild the player's arrays and the weights, and then change places with the old ones. A
 * player's weights are a matrix of blocks: for each profile of the players before it, one slice of
 * `after` weights a type.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_parts.h"

/* A player's parts at its new number of types; values, utilities and outside NULL for a signal. */
typedef struct player_parts {
    size_t size, outcome_count, value_count;
    char **labels;
    fmpq *values, *utilities, *outside, *weights;
    bool *reports; /* NULL: none */
    size_t profile_count;
} player_parts;

static void parts_free(player_parts *parts)
{
    sb_labels_free(parts->labels, parts->size);
    sb_rationals_free(parts->values, parts->size * parts->value_count);
    sb_rationals_free(parts->utilities, parts->size * parts->outcome_count);
    sb_rationals_free(parts->outside, parts->size);
    sb_rationals_free(parts->weights, parts->profile_count);
    free(parts->reports);
}

/* Empty arrays for `size` types. */
static bool parts_allocate(player_parts *parts, const sb_environment *environment, size_t player,
                           size_t size)
{
    memset(parts, 0, sizeof *parts);
    parts->size = size;
    parts->outcome_count = environment->outcome_count;
    parts->profile_count = sb_environment_others_count(environment, player) * size;
    parts->labels = sb_allocate(size, sizeof *parts->labels);
    parts->weights = sb_rationals_new(parts->profile_count);
    bool done = parts->labels != NULL && parts->weights != NULL;
    if (player < environment->agent_count) {
        parts->utilities = sb_rationals_new(size * parts->outcome_count);
        parts->outside = sb_rationals_new(size);
        done = done && parts->utilities != NULL && parts->outside != NULL;
        parts->value_count = environment->agents[player].value_count;
        if (parts->value_count > 0) {
            parts->values = sb_rationals_new(size * parts->value_count);
            done = done && parts->values != NULL;
        }
        if (environment->agents[player].reports != NULL) {
            /* A new type may report any, and any may report it. */
            parts->reports = sb_allocate(size * size, sizeof *parts->reports);
            done = done && parts->reports != NULL;
            for (size_t k = 0; done && k < size * size; k++) {
                parts->reports[k] = true;
            }
        }
    }
    return done;
}

/* Copy the old type `from` to the new type `to`: everything but its label. */
static void copy_type(player_parts *parts, const sb_environment *environment, size_t player,
                      size_t from, size_t to)
{
    if (player < environment->agent_count) {
        const sb_agent *agent = &environment->agents[player];
        size_t outcomes = parts->outcome_count;
        fmpq_set(parts->outside + to, agent->outside + from);
        for (size_t k = 0; k < parts->value_count; k++) {
            fmpq_set(parts->values + to * parts->value_count + k,
                     agent->values + from * parts->value_count + k);
        }
        for (size_t o = 0; o < outcomes; o++) {
            fmpq_set(parts->utilities + to * outcomes + o, agent->utilities + from * outcomes + o);
        }
    }
    size_t others = sb_environment_others_count(environment, player);
    size_t after = sb_players_product_from(environment, player + 1);
    for (size_t i = 0; i < others; i++) {
        size_t profile = sb_environment_profile_of(environment, player, from, i);
        size_t target = (i / after * parts->size + to) * after + i % after;
        fmpq_set(parts->weights + target, environment->weights + profile);
    }
}

/* The reporting sets of the types that stay, all but `removed` (SIZE_MAX: all stay). */
static void copy_reports(player_parts *parts, const sb_environment *environment, size_t player,
                         size_t removed)
{
    if (parts->reports == NULL) {
        return;
    }
    const sb_agent *agent = &environment->agents[player];
    size_t count = agent->type_count;
    for (size_t k = 0; k < count * count; k++) {
        size_t type = k / count, report = k % count;
        if (type != removed && report != removed) {
            size_t to = type - (type > removed ? 1 : 0);
            parts->reports[to * parts->size + report - (report > removed ? 1 : 0)] =
                agent->reports[k];
        }
    }
    sb_reports_drop_full(&parts->reports, parts->size);
}

/* Put the parts in place of the old ones, which end up in parts. The labels too. */
static void parts_exchange(player_parts *parts, sb_environment *environment, size_t player)
{
    sb_prior_source_become_table(environment);
    player_parts old = *parts;
    old.size = sb_environment_player_size(environment, player);
    old.profile_count = sb_environment_profile_count(environment);
    old.weights = environment->weights;
    environment->weights = parts->weights;
    sb_rationals_sum(&environment->weight_sum, parts->weights, parts->profile_count);
    if (player < environment->agent_count) {
        sb_agent *agent = &environment->agents[player];
        old.labels = agent->types;
        old.values = agent->values;
        old.utilities = agent->utilities;
        old.outside = agent->outside;
        old.reports = agent->reports;
        agent->types = parts->labels;
        agent->values = parts->values;
        agent->utilities = parts->utilities;
        agent->outside = parts->outside;
        agent->reports = parts->reports;
        agent->type_count = parts->size;
    } else {
        old.labels = environment->signals;
        environment->signals = parts->labels;
        environment->signal_count = parts->size;
    }
    *parts = old;
}

/* Labels that stay are moved, not copied: once the arrays are there nothing can fail any more. */
static void move_label(player_parts *parts, char **labels, size_t from, size_t to)
{
    parts->labels[to] = labels[from];
    labels[from] = NULL;
}

static char **labels_of(sb_environment *environment, size_t player)
{
    return player < environment->agent_count ? environment->agents[player].types
                                             : environment->signals;
}

static sb_status check_player(const sb_environment *environment, size_t player, sb_error *error)
{
    size_t count = sb_environment_player_count(environment);
    if (player >= count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no player number %zu: they end at %zu",
                            player + 1, count);
    }
    return SB_OK;
}

/* ---- adding ---- */

static sb_status check_growth(const sb_environment *environment, size_t player, const fmpq *value,
                              sb_error *error)
{
    sb_status status = check_player(environment, player, error);
    if (status != SB_OK) {
        return status;
    }
    bool is_agent = player < environment->agent_count;
    bool has_value = is_agent && environment->agents[player].value_count == 1;
    if (has_value != (value != NULL)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            has_value ? "a new type of %s needs a value"
                            : is_agent && environment->agents[player].value_count > 1
                                ? "a new type of %s begins with zeros, not with one value"
                                : "%s has types without values",
                            sb_environment_player_name(environment, player));
    }
    if (is_agent && environment->agents[player].type_count >= SB_MAX_TYPES) {
        return sb_error_set(error, SB_ERROR_LIMIT, "more than %d types are not supported",
                            SB_MAX_TYPES);
    }
    if (sb_environment_profile_count(environment) +
            sb_environment_others_count(environment, player) >
        SB_MAX_PROFILES) {
        return sb_error_set(error, SB_ERROR_LIMIT,
                            "more than %d profiles of types and signals are not supported",
                            SB_MAX_PROFILES);
    }
    size_t types = is_agent ? 1 : 0;
    for (size_t i = 0; i < environment->agent_count; i++) {
        types += environment->agents[i].type_count;
    }
    if (types * environment->outcome_count > SB_MAX_UTILITIES && is_agent) {
        return sb_error_set(error, SB_ERROR_LIMIT,
                            "more than %d utilities (types times outcomes) are not supported",
                            SB_MAX_UTILITIES);
    }
    return SB_OK;
}

/* The new type's label: the given one, or the value's text, or the first number from the type's own
 * that is free. */
static sb_status new_label(char **label, char *const *labels, size_t count, const char *given,
                           const fmpq *value, const char *what, sb_error *error)
{
    if (given == NULL) {
        char *text =
            value == NULL ? sb_format_text("%zu", count + 1) : sb_environment_value_label(value);
        *label = text == NULL ? NULL : sb_label_unique(text, labels, count, count);
        free(text);
        return *label == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    sb_status status = sb_label_check(given, what, error);
    if (status == SB_OK && sb_labels_find(labels, count, given) < count) {
        status = sb_error_set(error, SB_ERROR_INPUT, "%s must be new: '%s' is taken", what, given);
    }
    if (status == SB_OK) {
        *label = sb_copy_text(given);
        status = *label == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    return status;
}

sb_status sb_environment_add_type(sb_environment *environment, size_t player, const char *label,
                                  const fmpq_t value, sb_error *error)
{
    sb_status status = check_growth(environment, player, value, error);
    if (status != SB_OK) {
        return status;
    }
    size_t count = sb_environment_player_size(environment, player);
    char **labels = labels_of(environment, player);
    bool is_agent = player < environment->agent_count;
    char *added = NULL;
    status = new_label(&added, labels, count, label, value,
                       is_agent ? "a type's label" : "a signal's label", error);
    if (status != SB_OK) {
        return status;
    }
    player_parts parts;
    status = parts_allocate(&parts, environment, player, count + 1)
                 ? sb_set_description_add(&environment->robust, !is_agent, error)
                 : sb_out_of_memory(error);
    if (status != SB_OK) {
        parts_free(&parts);
        free(added);
        return status;
    }
    for (size_t type = 0; type < count; type++) {
        copy_type(&parts, environment, player, type, type);
        move_label(&parts, labels, type, type);
    }
    copy_reports(&parts, environment, player, SIZE_MAX);
    parts.labels[count] = added;
    if (value != NULL) {
        fmpq_set(parts.values + count, value);
        sb_form_shape shape;
        sb_form_shape_of(&shape, environment);
        sb_form_utilities(&shape, player, environment->agents[player].wants, value,
                          parts.utilities + count * environment->outcome_count);
    }
    parts_exchange(&parts, environment, player);
    parts_free(&parts);
    return SB_OK;
}

/* ---- removing ---- */

static sb_status check_removal(const sb_environment *environment, size_t player, size_t type,
                               sb_error *error)
{
    sb_status status = check_player(environment, player, error);
    if (status != SB_OK) {
        return status;
    }
    const char *name = sb_environment_player_name(environment, player);
    size_t count = sb_environment_player_size(environment, player);
    bool is_agent = player < environment->agent_count;
    if (type >= count) {
        return sb_error_set(error, SB_ERROR_USAGE, "%s has no %s number %zu: they end at %zu", name,
                            is_agent ? "type" : "value", type + 1, count);
    }
    if (count == 1) {
        return sb_error_set(error, SB_ERROR_INPUT, "the last %s of %s cannot be removed",
                            is_agent ? "type" : "value", name);
    }
    fmpq_t share;
    fmpq_init(share);
    sb_environment_marginal(share, environment, player, type);
    bool all = fmpq_is_one(share);
    fmpq_clear(share);
    if (all) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "%s cannot lose '%s': all probability is there, none would be left",
                            name, sb_environment_label(environment, player, type));
    }
    return SB_OK;
}

sb_status sb_environment_remove_type(sb_environment *environment, size_t player, size_t type,
                                     sb_error *error)
{
    sb_status status = check_removal(environment, player, type, error);
    if (status != SB_OK) {
        return status;
    }
    size_t count = sb_environment_player_size(environment, player);
    player_parts parts;
    if (!parts_allocate(&parts, environment, player, count - 1)) {
        parts_free(&parts);
        return sb_out_of_memory(error);
    }
    char **labels = labels_of(environment, player);
    for (size_t from = 0, to = 0; from < count; from++) {
        if (from != type) {
            copy_type(&parts, environment, player, from, to);
            move_label(&parts, labels, from, to);
            to++;
        }
    }
    copy_reports(&parts, environment, player, type);
    sb_set_description_remove(&environment->robust, player >= environment->agent_count, type);
    parts_exchange(&parts, environment, player);
    parts_free(&parts);
    return SB_OK;
}
