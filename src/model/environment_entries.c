/* What a type is described by: its values in the short forms, its utilities in the general one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_parts.h"

size_t sb_environment_entry_count(const sb_environment *environment, size_t agent)
{
    return environment->form == SB_FORM_GENERAL ? environment->outcome_count
                                                : environment->agents[agent].value_count;
}

const fmpq *sb_environment_entry(const sb_environment *environment, size_t agent, size_t type,
                                 size_t entry)
{
    const sb_agent *described = &environment->agents[agent];
    return environment->form == SB_FORM_GENERAL
               ? described->utilities + type * environment->outcome_count + entry
               : described->values + type * described->value_count + entry;
}

/* "left and right": what a single-minded bidder's value is of. */
static char *wanted_name(const sb_environment *environment, unsigned wants)
{
    sb_text text;
    sb_text_init(&text);
    for (size_t good = 0; good < environment->good_count; good++) {
        if ((wants >> good & 1) != 0) {
            bool last = wants >> good == 1;
            bool first = (wants & ((1U << good) - 1)) == 0;
            sb_text_add(&text, first ? "" : last ? " and " : ", ");
            sb_text_add(&text, environment->goods[good].name);
        }
    }
    char *name = sb_text_take(&text, NULL);
    sb_text_clear(&text);
    return name;
}

char *sb_environment_entry_name(const sb_environment *environment, size_t agent, size_t entry)
{
    switch (environment->form) {
    case SB_FORM_GENERAL:
        return sb_copy_text(environment->outcomes[entry]);
    case SB_FORM_ITEMS:
    case SB_FORM_DIVISION:
        if (environment->agents[agent].wants == 0) {
            return sb_goods_thing_name(environment->goods, environment->good_count, entry);
        }
        return wanted_name(environment, environment->agents[agent].wants);
    default:
        return sb_copy_text(environment->form == SB_FORM_TRADE && agent == 1 ? "cost" : "value");
    }
}

sb_status sb_environment_find_entry(const sb_environment *environment, size_t agent,
                                    const char *name, size_t *entry, sb_error *error)
{
    size_t count = sb_environment_entry_count(environment, agent);
    for (size_t k = 0; k < count; k++) {
        char *found = sb_environment_entry_name(environment, agent, k);
        if (found == NULL) {
            return sb_out_of_memory(error);
        }
        bool equal = strcmp(found, name) == 0;
        free(found);
        if (equal) {
            *entry = k;
            return SB_OK;
        }
    }
    char *end = NULL;
    unsigned long position = name[0] == '#' ? strtoul(name + 1, &end, 10) : 0;
    if (position >= 1 && position <= count && *end == '\0') {
        *entry = position - 1;
        return SB_OK;
    }
    char *first = sb_environment_entry_name(environment, agent, 0);
    char *last = sb_environment_entry_name(environment, agent, count - 1);
    sb_error_set(error, SB_ERROR_USAGE, "%s has no value of '%s'", environment->agents[agent].name,
                 name);
    sb_error_set_hint(error, "the first is '%s', the last '%s'; #2 is the second",
                      first == NULL ? "" : first, last == NULL ? "" : last);
    free(first);
    free(last);
    return SB_ERROR_USAGE;
}

/* The label that follows where the type's is now the text of its values: NULL where it is not (or
 * when memory runs out: then status says so). */
static char *following_label(const sb_agent *agent, size_t type, const fmpq *values,
                             sb_status *status, sb_error *error)
{
    if (agent->value_count > SB_MOST_JOINED) {
        return NULL;
    }
    char *before =
        sb_label_of_values(agent->values + type * agent->value_count, agent->value_count);
    char *text = sb_label_of_values(values, agent->value_count);
    char *label = NULL;
    if (before == NULL || text == NULL) {
        *status = sb_out_of_memory(error);
    } else if (strcmp(before, text) != 0 && sb_label_repeats(agent->types[type], before)) {
        label = sb_label_unique(text, agent->types, agent->type_count, type);
        *status = label == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    free(before);
    free(text);
    return label;
}

static sb_status set_value(sb_environment *environment, size_t agent, size_t type, size_t entry,
                           const fmpq_t number, sb_error *error)
{
    sb_agent *valuer = &environment->agents[agent];
    size_t count = valuer->value_count;
    fmpq *values = sb_rationals_copy(valuer->values + type * count, count);
    if (values == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_set(values + entry, number);
    sb_status status = SB_OK;
    char *label = following_label(valuer, type, values, &status, error);
    if (status == SB_OK) {
        if (label != NULL) {
            free(valuer->types[type]);
            valuer->types[type] = label;
        }
        sb_form_shape shape;
        sb_form_shape_of(&shape, environment);
        fmpq_set(valuer->values + type * count + entry, number);
        sb_form_utilities(&shape, agent, valuer->wants, values,
                          valuer->utilities + type * environment->outcome_count);
    }
    sb_rationals_free(values, count);
    return status;
}

sb_status sb_environment_set_entry(sb_environment *environment, size_t agent, size_t type,
                                   size_t entry, const fmpq_t number, sb_error *error)
{
    if (environment->form == SB_FORM_GENERAL) {
        return sb_environment_set_utility(environment, agent, type, entry, number, error);
    }
    sb_status status = sb_agent_type_check(environment, agent, type, error);
    if (status == SB_OK && entry >= environment->agents[agent].value_count) {
        status = sb_error_set(error, SB_ERROR_USAGE, "%s has no value number %zu: they end at %zu",
                              environment->agents[agent].name, entry + 1,
                              environment->agents[agent].value_count);
    }
    return status == SB_OK ? set_value(environment, agent, type, entry, number, error) : status;
}

sb_status sb_environment_set_value(sb_environment *environment, size_t agent, size_t type,
                                   const fmpq_t value, sb_error *error)
{
    if (environment->form == SB_FORM_GENERAL) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "an environment with outcomes of its own has utilities, not values");
    }
    sb_status status = sb_agent_type_check(environment, agent, type, error);
    if (status == SB_OK && environment->agents[agent].value_count != 1) {
        status =
            sb_error_set(error, SB_ERROR_USAGE, "the types of %s have %zu values each",
                         environment->agents[agent].name, environment->agents[agent].value_count);
        sb_error_set_hint(error, "say of what");
    }
    return status == SB_OK ? set_value(environment, agent, type, 0, value, error) : status;
}
