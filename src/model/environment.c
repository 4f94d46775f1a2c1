/* The environment: making and freeing.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An environment is built from the blank one part by part; every part that is not there yet is NULL
 * or has count zero, so that freeing works at any moment.
 */
#include "sidebet/environment.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_parts.h"

sb_environment *sb_environment_blank(void)
{
    sb_environment *environment = sb_allocate(1, sizeof *environment);
    if (environment == NULL) {
        return NULL;
    }
    fmpq_init(&environment->reserve);
    fmpq_init(&environment->cost);
    fmpq_init(&environment->weight_sum);
    fmpq_init(&environment->source.correlation);
    fmpq_init(&environment->source.from);
    fmpq_init(&environment->source.to);
    sb_rules_init(&environment->rules);
    sb_set_description_init(&environment->robust);
    return environment;
}

void sb_environment_free(sb_environment *environment)
{
    if (environment == NULL) {
        return;
    }
    sb_rationals_free(environment->source.marginals, sb_environment_marginal_count(environment));
    sb_rationals_free(environment->weights, sb_environment_profile_count(environment));
    for (size_t i = 0; i < environment->agent_count; i++) {
        sb_agent *agent = &environment->agents[i];
        free(agent->name);
        sb_labels_free(agent->types, agent->type_count);
        sb_rationals_free(agent->values, agent->type_count * agent->value_count);
        sb_rationals_free(agent->utilities, agent->type_count * environment->outcome_count);
        sb_rationals_free(agent->outside, agent->type_count);
        free(agent->reports);
    }
    free(environment->agents);
    free(environment->title);
    free(environment->signal_name);
    sb_labels_free(environment->signals, environment->signal_count);
    sb_labels_free(environment->outcomes, environment->outcome_count);
    sb_rationals_free(environment->designer, environment->outcome_count);
    fmpq_clear(&environment->reserve);
    fmpq_clear(&environment->cost);
    sb_goods_free(environment->goods, environment->good_count);
    fmpq_clear(&environment->weight_sum);
    fmpq_clear(&environment->source.correlation);
    fmpq_clear(&environment->source.from);
    fmpq_clear(&environment->source.to);
    sb_rules_clear(&environment->rules);
    sb_set_description_clear(&environment->robust);
    free(environment);
}

void sb_prior_source_become_table(sb_environment *environment)
{
    sb_prior_source *source = &environment->source;
    sb_rationals_free(source->marginals, sb_environment_marginal_count(environment));
    source->marginals = NULL;
    source->kind = SB_PRIOR_TABLE;
}

/* ---- making ---- */

/* What both forms have in common; agents' values and labels are the caller's to check. */
typedef struct shape_of_environment {
    size_t agent_count, outcome_count, signal_count;
    const size_t *type_counts;
} shape_of_environment;

static sb_status check_shape(const shape_of_environment *shape, sb_error *error)
{
    if (shape->agent_count == 0) {
        return sb_error_set(error, SB_ERROR_INPUT, "there must be at least one agent");
    }
    size_t players = shape->agent_count + (shape->signal_count > 0 ? 1 : 0);
    if (players > SB_MAX_PLAYERS) {
        return sb_error_set(error, SB_ERROR_LIMIT,
                            "there are %zu agents and signals: more than %d are not supported",
                            players, SB_MAX_PLAYERS);
    }
    if (shape->outcome_count == 0) {
        return sb_error_set(error, SB_ERROR_INPUT, "there must be at least one outcome");
    }
    if (shape->outcome_count > SB_MAX_OUTCOMES) {
        return sb_error_set(error, SB_ERROR_LIMIT,
                            "there are %zu outcomes: more than %d are not supported",
                            shape->outcome_count, SB_MAX_OUTCOMES);
    }
    size_t profiles = shape->signal_count > 0 ? shape->signal_count : 1;
    size_t utilities = 0;
    for (size_t i = 0; i <= shape->agent_count; i++) {
        if (profiles > SB_MAX_PROFILES) {
            return sb_error_set(error, SB_ERROR_LIMIT,
                                "more than %d profiles of types and signals are not supported",
                                SB_MAX_PROFILES);
        }
        if (i == shape->agent_count) {
            break;
        }
        size_t types = shape->type_counts[i];
        if (types == 0) {
            return sb_error_set(error, SB_ERROR_INPUT, "agent %zu must have at least one type",
                                i + 1);
        }
        if (types > SB_MAX_TYPES) {
            return sb_error_set(error, SB_ERROR_LIMIT,
                                "agent %zu has %zu types: more than %d are not supported", i + 1,
                                types, SB_MAX_TYPES);
        }
        profiles = types > SB_MAX_PROFILES ? types : profiles * types;
        utilities += (types > SB_MAX_PROFILES ? 0 : types) * shape->outcome_count;
    }
    if (utilities > SB_MAX_UTILITIES) {
        return sb_error_set(error, SB_ERROR_LIMIT,
                            "types times outcomes come to %zu utilities: more than %d are not "
                            "supported",
                            utilities, SB_MAX_UTILITIES);
    }
    return SB_OK;
}

/* Give every array its size: zeros, and weights 1. Labels, names and values stay NULL. */
static bool allocate_numbers(sb_environment *environment, const shape_of_environment *shape)
{
    environment->agents = sb_allocate(shape->agent_count, sizeof *environment->agents);
    if (environment->agents == NULL) {
        return false;
    }
    environment->agent_count = shape->agent_count;
    environment->outcome_count = shape->outcome_count;
    environment->signal_count = shape->signal_count;
    environment->has_signal = shape->signal_count > 0;
    for (size_t i = 0; i < shape->agent_count; i++) {
        sb_agent *agent = &environment->agents[i];
        agent->type_count = shape->type_counts[i];
        agent->utilities = sb_rationals_new(agent->type_count * shape->outcome_count);
        agent->outside = sb_rationals_new(agent->type_count);
        if (agent->utilities == NULL || agent->outside == NULL) {
            return false;
        }
    }
    environment->designer = sb_rationals_new(shape->outcome_count);
    size_t profiles = sb_environment_profile_count(environment);
    environment->weights = sb_rationals_new(profiles);
    if (environment->designer == NULL || environment->weights == NULL) {
        return false;
    }
    for (size_t i = 0; i < profiles; i++) {
        fmpq_one(environment->weights + i);
    }
    fmpq_set_ui(&environment->weight_sum, profiles, 1);
    environment->title = sb_copy_text("");
    return environment->title != NULL;
}

static sb_status set_signal(sb_environment *environment, const char *name,
                            const char *const *labels, sb_error *error)
{
    if (!environment->has_signal) {
        return SB_OK;
    }
    size_t count = environment->signal_count;
    environment->signal_name = sb_copy_text(name == NULL ? "signal" : name);
    environment->signals = labels == NULL ? sb_labels_number(count) : sb_labels_copy(labels, count);
    if (environment->signal_name == NULL || environment->signals == NULL) {
        return sb_out_of_memory(error);
    }
    return sb_labels_check(environment->signals, count, "a signal's label",
                           environment->signal_name, error);
}

static sb_status check_names(const sb_environment *environment, sb_error *error)
{
    char *names[SB_MAX_PLAYERS];
    for (size_t i = 0; i < environment->agent_count; i++) {
        names[i] = environment->agents[i].name;
    }
    size_t players = sb_environment_player_count(environment);
    if (environment->has_signal) {
        names[players - 1] = environment->signal_name;
    }
    return sb_labels_check(names, players, "the name of an agent or signal", "", error);
}

char *sb_item_outcome_label(const char *name)
{
    return sb_format_text("%s gets it", name);
}

sb_status sb_item_name_check(const char *name, sb_error *error)
{
    if (strcmp(name, "nobody") == 0) {
        return sb_error_set(
            error, SB_ERROR_INPUT,
            "a bidder cannot be called 'nobody': that is who gets an item not sold");
    }
    return SB_OK;
}

/* The names, labels and values of the bidders, and the utilities that follow. */
static sb_status set_bidders(sb_environment *environment, const sb_bidder_description *bidders,
                             sb_error *error)
{
    size_t outcomes = environment->outcome_count;
    for (size_t i = 0; i < environment->agent_count; i++) {
        const sb_bidder_description *bidder = &bidders[i];
        sb_agent *agent = &environment->agents[i];
        agent->name = sb_copy_text(bidder->name);
        agent->value_count = 1;
        agent->values = sb_rationals_copy(bidder->values, bidder->value_count);
        agent->types = bidder->labels == NULL
                           ? sb_labels_of_values(bidder->values, 1, bidder->value_count)
                           : sb_labels_copy(bidder->labels, bidder->value_count);
        if (agent->name == NULL || agent->values == NULL || agent->types == NULL) {
            return sb_out_of_memory(error);
        }
        sb_status status =
            sb_labels_check(agent->types, agent->type_count, "a type's label", agent->name, error);
        if (status == SB_OK) {
            status = sb_item_name_check(agent->name, error);
        }
        if (status != SB_OK) {
            return status;
        }
        for (size_t type = 0; type < agent->type_count; type++) {
            fmpq_set(agent->utilities + type * outcomes + i, agent->values + type);
        }
    }
    environment->outcomes = sb_allocate(outcomes, sizeof *environment->outcomes);
    for (size_t o = 0; environment->outcomes != NULL && o < outcomes; o++) {
        environment->outcomes[o] =
            sb_item_outcome_label(o + 1 < outcomes ? environment->agents[o].name : "nobody");
        if (environment->outcomes[o] == NULL) {
            return sb_out_of_memory(error);
        }
    }
    return environment->outcomes == NULL ? sb_out_of_memory(error) : SB_OK;
}

static sb_status finish(sb_status status, sb_environment *made, sb_environment **environment)
{
    if (status == SB_OK) {
        *environment = made;
    } else {
        sb_environment_free(made);
    }
    return status;
}

sb_status sb_environment_new_item(const sb_bidder_description *bidders, size_t bidder_count,
                                  const char *signal_name, size_t signal_count,
                                  const char *const *signal_labels, const fmpq_t reserve,
                                  sb_environment **environment, sb_error *error)
{
    size_t counts[SB_MAX_PLAYERS];
    for (size_t i = 0; i < bidder_count && i < SB_MAX_PLAYERS; i++) {
        counts[i] = bidders[i].value_count;
    }
    shape_of_environment shape = {bidder_count, bidder_count + 1, signal_count, counts};
    sb_status status = check_shape(&shape, error);
    if (status != SB_OK) {
        return status;
    }
    sb_environment *made = sb_environment_blank();
    if (made == NULL || !allocate_numbers(made, &shape)) {
        return finish(sb_out_of_memory(error), made, environment);
    }
    made->form = SB_FORM_ITEM;
    if (reserve != NULL) {
        fmpq_set(&made->reserve, reserve);
        fmpq_set(made->designer + bidder_count, reserve);
    }
    status = set_bidders(made, bidders, error);
    if (status == SB_OK) {
        status = set_signal(made, signal_name, signal_labels, error);
    }
    if (status == SB_OK) {
        status = check_names(made, error);
    }
    return finish(status, made, environment);
}

sb_status sb_environment_new_general(const sb_agent_description *agents, size_t agent_count,
                                     const char *const *outcomes, size_t outcome_count,
                                     const char *signal_name, size_t signal_count,
                                     const char *const *signal_labels, sb_environment **environment,
                                     sb_error *error)
{
    size_t counts[SB_MAX_PLAYERS];
    for (size_t i = 0; i < agent_count && i < SB_MAX_PLAYERS; i++) {
        counts[i] = agents[i].type_count;
    }
    shape_of_environment shape = {agent_count, outcome_count, signal_count, counts};
    sb_status status = check_shape(&shape, error);
    if (status != SB_OK) {
        return status;
    }
    sb_environment *made = sb_environment_blank();
    if (made == NULL || !allocate_numbers(made, &shape)) {
        return finish(sb_out_of_memory(error), made, environment);
    }
    made->form = SB_FORM_GENERAL;
    made->outcomes = sb_labels_copy(outcomes, outcome_count);
    if (made->outcomes == NULL) {
        return finish(sb_out_of_memory(error), made, environment);
    }
    status = sb_labels_check(made->outcomes, outcome_count, "an outcome's label", "", error);
    for (size_t i = 0; i < agent_count && status == SB_OK; i++) {
        sb_agent *agent = &made->agents[i];
        agent->name = sb_copy_text(agents[i].name);
        agent->types = sb_labels_copy(agents[i].types, agents[i].type_count);
        status = agent->name == NULL || agent->types == NULL
                     ? sb_out_of_memory(error)
                     : sb_labels_check(agent->types, agent->type_count, "a type's label",
                                       agent->name, error);
    }
    if (status == SB_OK) {
        status = set_signal(made, signal_name, signal_labels, error);
    }
    if (status == SB_OK) {
        status = check_names(made, error);
    }
    return finish(status, made, environment);
}
