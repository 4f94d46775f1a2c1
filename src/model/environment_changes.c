/* Changes of an environment's numbers and names.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever can fail is done first, on new memory; the environment changes only after that.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_parts.h"

static sb_status check_agent_type(const sb_environment *environment, size_t agent, size_t type,
                                  sb_error *error)
{
    if (agent >= environment->agent_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no agent number %zu: they end at %zu",
                            agent + 1, environment->agent_count);
    }
    if (type >= environment->agents[agent].type_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "%s has no type number %zu: they end at %zu",
                            environment->agents[agent].name, type + 1,
                            environment->agents[agent].type_count);
    }
    return SB_OK;
}

static sb_status check_form(const sb_environment *environment, sb_environment_form form,
                            const char *what, sb_error *error)
{
    if (environment->form == form) {
        return SB_OK;
    }
    return sb_error_set(error, SB_ERROR_USAGE,
                        form == SB_FORM_ITEM
                            ? "only an environment with one item for sale has %s"
                            : "with one item for sale, %s follow from the values and the reserve",
                        what);
}

static sb_status check_outcome(const sb_environment *environment, size_t outcome, sb_error *error)
{
    if (outcome >= environment->outcome_count) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "there is no outcome number %zu: they end at %zu", outcome + 1,
                            environment->outcome_count);
    }
    return SB_OK;
}

/* ---- numbers ---- */

/* Where the type's label is the text of its present value, make it the text of the new one. */
static sb_status follow_value(sb_agent *bidder, size_t type, const fmpq_t value, sb_error *error)
{
    char *before = sb_environment_value_label(bidder->values + type);
    char *text = sb_environment_value_label(value);
    sb_status status = before == NULL || text == NULL ? sb_out_of_memory(error) : SB_OK;
    if (status == SB_OK && sb_label_repeats(bidder->types[type], before)) {
        char *label = sb_label_unique(text, bidder->types, bidder->type_count, type);
        if (label == NULL) {
            status = sb_out_of_memory(error);
        } else {
            free(bidder->types[type]);
            bidder->types[type] = label;
        }
    }
    free(before);
    free(text);
    return status;
}

sb_status sb_environment_set_value(sb_environment *environment, size_t agent, size_t type,
                                   const fmpq_t value, sb_error *error)
{
    sb_status status = check_form(environment, SB_FORM_ITEM, "values", error);
    if (status == SB_OK) {
        status = check_agent_type(environment, agent, type, error);
    }
    if (status != SB_OK) {
        return status;
    }
    sb_agent *bidder = &environment->agents[agent];
    if (!fmpq_equal(bidder->values + type, value)) {
        status = follow_value(bidder, type, value, error);
        if (status != SB_OK) {
            return status;
        }
    }
    fmpq_set(bidder->values + type, value);
    fmpq_set(bidder->utilities + type * environment->outcome_count + agent, value);
    return SB_OK;
}

sb_status sb_environment_set_reserve(sb_environment *environment, const fmpq_t reserve,
                                     sb_error *error)
{
    sb_status status = check_form(environment, SB_FORM_ITEM, "a reserve", error);
    if (status == SB_OK) {
        fmpq_set(&environment->reserve, reserve);
        fmpq_set(environment->designer + environment->outcome_count - 1, reserve);
    }
    return status;
}

sb_status sb_environment_set_utility(sb_environment *environment, size_t agent, size_t type,
                                     size_t outcome, const fmpq_t utility, sb_error *error)
{
    sb_status status = check_form(environment, SB_FORM_GENERAL, "utilities", error);
    if (status == SB_OK) {
        status = check_agent_type(environment, agent, type, error);
    }
    if (status == SB_OK) {
        status = check_outcome(environment, outcome, error);
    }
    if (status == SB_OK) {
        size_t at = type * environment->outcome_count + outcome;
        fmpq_set(environment->agents[agent].utilities + at, utility);
    }
    return status;
}

sb_status sb_environment_set_designer(sb_environment *environment, size_t outcome,
                                      const fmpq_t value, sb_error *error)
{
    sb_status status = check_form(environment, SB_FORM_GENERAL, "the designer's values", error);
    if (status == SB_OK) {
        status = check_outcome(environment, outcome, error);
    }
    if (status == SB_OK) {
        fmpq_set(environment->designer + outcome, value);
    }
    return status;
}

sb_status sb_environment_set_outside(sb_environment *environment, size_t agent, size_t type,
                                     const fmpq_t utility, sb_error *error)
{
    sb_status status = check_agent_type(environment, agent, type, error);
    if (status == SB_OK) {
        fmpq_set(environment->agents[agent].outside + type, utility);
    }
    return status;
}

/* ---- names ---- */

static sb_status check_player(const sb_environment *environment, size_t player, sb_error *error)
{
    size_t count = sb_environment_player_count(environment);
    if (player >= count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no player number %zu: they end at %zu",
                            player + 1, count);
    }
    return SB_OK;
}

/* Replace labels[at] by a copy of label, which must differ from the others. */
static sb_status replace_label(char **labels, size_t count, size_t at, const char *label,
                               const char *what, sb_error *error)
{
    sb_status status = sb_label_check(label, what, error);
    if (status != SB_OK) {
        return status;
    }
    for (size_t i = 0; i < count; i++) {
        if (i != at && strcmp(labels[i], label) == 0) {
            return sb_error_set(error, SB_ERROR_INPUT, "%s must be new: '%s' is taken", what,
                                label);
        }
    }
    char *copy = sb_copy_text(label);
    if (copy == NULL) {
        return sb_out_of_memory(error);
    }
    free(labels[at]);
    labels[at] = copy;
    return SB_OK;
}

sb_status sb_environment_rename_type(sb_environment *environment, size_t player, size_t type,
                                     const char *label, sb_error *error)
{
    sb_status status = check_player(environment, player, error);
    if (status != SB_OK) {
        return status;
    }
    bool is_signal = player >= environment->agent_count;
    size_t count = sb_environment_player_size(environment, player);
    if (type >= count) {
        return sb_error_set(error, SB_ERROR_USAGE, "%s has no %s number %zu: they end at %zu",
                            sb_environment_player_name(environment, player),
                            is_signal ? "value" : "type", type + 1, count);
    }
    return replace_label(is_signal ? environment->signals : environment->agents[player].types,
                         count, type, label, is_signal ? "a signal's label" : "a type's label",
                         error);
}

sb_status sb_environment_rename_player(sb_environment *environment, size_t player, const char *name,
                                       sb_error *error)
{
    bool bidder = environment->form == SB_FORM_ITEM && player < environment->agent_count;
    sb_status status = check_player(environment, player, error);
    if (status == SB_OK) {
        status = sb_label_check(name, "the name of an agent or signal", error);
    }
    if (status == SB_OK && bidder) {
        status = sb_item_name_check(name, error);
    }
    if (status != SB_OK) {
        return status;
    }
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        if (p != player && strcmp(sb_environment_player_name(environment, p), name) == 0) {
            return sb_error_set(error, SB_ERROR_INPUT,
                                "the name of an agent or signal must be new: '%s' is taken", name);
        }
    }
    char *copy = sb_copy_text(name);
    char *outcome = bidder ? sb_item_outcome_label(name) : NULL;
    if (copy == NULL || (bidder && outcome == NULL)) {
        free(copy);
        free(outcome);
        return sb_out_of_memory(error);
    }
    char **place = player < environment->agent_count ? &environment->agents[player].name
                                                     : &environment->signal_name;
    free(*place);
    *place = copy;
    if (bidder) {
        free(environment->outcomes[player]);
        environment->outcomes[player] = outcome;
    }
    return SB_OK;
}

sb_status sb_environment_rename_outcome(sb_environment *environment, size_t outcome,
                                        const char *label, sb_error *error)
{
    sb_status status = check_form(environment, SB_FORM_GENERAL, "the outcomes", error);
    if (status == SB_OK) {
        status = check_outcome(environment, outcome, error);
    }
    if (status == SB_OK) {
        status = replace_label(environment->outcomes, environment->outcome_count, outcome, label,
                               "an outcome's label", error);
    }
    return status;
}

sb_status sb_environment_set_title(sb_environment *environment, const char *title, sb_error *error)
{
    if (!sb_text_is_printable(title)) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "the title must be UTF-8 text without control characters");
    }
    char *copy = sb_copy_text(title);
    if (copy == NULL) {
        return sb_out_of_memory(error);
    }
    free(environment->title);
    environment->title = copy;
    return SB_OK;
}
