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

sb_status sb_agent_type_check(const sb_environment *environment, size_t agent, size_t type,
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

static sb_status check_general(const sb_environment *environment, const char *what, sb_error *error)
{
    switch (environment->form) {
    case SB_FORM_GENERAL:
        return SB_OK;
    case SB_FORM_ITEM:
        return sb_error_set(error, SB_ERROR_USAGE,
                            "with one item for sale, %s follow from the values and the reserve",
                            what);
    default:
        return sb_error_set(error, SB_ERROR_USAGE,
                            "in an environment written as %s, %s follow from its other numbers and "
                            "names",
                            sb_form_name(environment->form), what);
    }
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

sb_status sb_environment_set_reserve(sb_environment *environment, const fmpq_t reserve,
                                     sb_error *error)
{
    if (environment->form != SB_FORM_ITEM && environment->form != SB_FORM_UNITS) {
        sb_error_set(
            error, SB_ERROR_USAGE,
            environment->form == SB_FORM_ITEMS
                ? "every item has a reserve of its own"
                : "only an environment with an item, units or items for sale has a reserve");
        sb_error_set_hint(error, environment->form == SB_FORM_ITEMS ? "say of which item" : "");
        return SB_ERROR_USAGE;
    }
    fmpq_set(&environment->reserve, reserve);
    sb_form_designer(environment);
    return SB_OK;
}

sb_status sb_environment_set_good_reserve(sb_environment *environment, size_t good,
                                          const fmpq_t reserve, sb_error *error)
{
    if (environment->form != SB_FORM_ITEMS) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "only an environment with items for sale has a reserve of each");
    }
    if (good >= environment->good_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no item number %zu: they end at %zu",
                            good + 1, environment->good_count);
    }
    fmpq_set(&environment->goods[good].reserve, reserve);
    sb_form_designer(environment);
    return SB_OK;
}

sb_status sb_environment_set_cost(sb_environment *environment, const fmpq_t cost, sb_error *error)
{
    if (environment->form != SB_FORM_PUBLIC_GOOD) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "only an environment with a public good has a cost of providing it");
    }
    fmpq_set(&environment->cost, cost);
    sb_form_designer(environment);
    return SB_OK;
}

sb_status sb_environment_set_utility(sb_environment *environment, size_t agent, size_t type,
                                     size_t outcome, const fmpq_t utility, sb_error *error)
{
    sb_status status = check_general(environment, "utilities", error);
    if (status == SB_OK) {
        status = sb_agent_type_check(environment, agent, type, error);
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
    sb_status status = check_general(environment, "the designer's values", error);
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
    sb_status status = sb_agent_type_check(environment, agent, type, error);
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
    if (copy == NULL) {
        return sb_out_of_memory(error);
    }
    bool agent = player < environment->agent_count;
    char **outcomes = NULL;
    if (agent && environment->form != SB_FORM_GENERAL) {
        sb_form_shape shape;
        sb_form_shape_of(&shape, environment);
        shape.names[player] = name;
        status = sb_form_outcome_labels(&shape, &outcomes, error);
    }
    if (status != SB_OK) {
        free(copy);
        return status;
    }
    char **place = agent ? &environment->agents[player].name : &environment->signal_name;
    free(*place);
    *place = copy;
    if (outcomes != NULL) {
        sb_labels_free(environment->outcomes, environment->outcome_count);
        environment->outcomes = outcomes;
    }
    return SB_OK;
}

sb_status sb_environment_rename_outcome(sb_environment *environment, size_t outcome,
                                        const char *label, sb_error *error)
{
    sb_status status = check_general(environment, "the outcomes", error);
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
