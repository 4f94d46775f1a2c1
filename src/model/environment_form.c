/* The short forms: making an environment from the few numbers that describe it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is made as a general environment with the outcomes that follow; then the form and its numbers
 * are kept beside it and the utilities filled in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_parts.h"

const char *sb_form_name(sb_environment_form form)
{
    static const char *const names[SB_FORM_COUNT] = {
        [SB_FORM_ITEM] = "item",         [SB_FORM_GENERAL] = "agents",
        [SB_FORM_UNITS] = "units",       [SB_FORM_ITEMS] = "items",
        [SB_FORM_TRADE] = "trade",       [SB_FORM_PUBLIC_GOOD] = "public-good",
        [SB_FORM_DIVISION] = "division",
    };
    return names[form];
}

/* ---- goods ---- */

void sb_goods_free(sb_good *goods, size_t count)
{
    for (size_t g = 0; goods != NULL && g < count; g++) {
        free(goods[g].name);
        fmpq_clear(&goods[g].reserve);
        sb_labels_free(goods[g].uses, goods[g].use_count);
    }
    free(goods);
}

sb_good *sb_goods_copy(const sb_good *goods, size_t count)
{
    sb_good *copy = sb_allocate(count, sizeof *copy);
    bool done = copy != NULL;
    for (size_t g = 0; copy != NULL && g < count; g++) {
        fmpq_init(
            &copy[g].reserve); /* zeroed memory is no number: all of them, even after a failure */
        fmpq_set(&copy[g].reserve, &goods[g].reserve);
        copy[g].name = sb_copy_text(goods[g].name);
        copy[g].uses = sb_labels_copy((const char *const *)goods[g].uses, goods[g].use_count);
        copy[g].use_count = copy[g].uses == NULL ? 0 : goods[g].use_count;
        done = done && copy[g].name != NULL && copy[g].uses != NULL;
    }
    if (!done) {
        sb_goods_free(copy, count);
        return NULL;
    }
    return copy;
}

bool sb_goods_equal(const sb_good *left, const sb_good *right, size_t count)
{
    for (size_t g = 0; g < count; g++) {
        bool equal = strcmp(left[g].name, right[g].name) == 0 &&
                     fmpq_equal(&left[g].reserve, &right[g].reserve) &&
                     left[g].use_count == right[g].use_count;
        for (size_t u = 0; equal && u < left[g].use_count; u++) {
            equal = strcmp(left[g].uses[u], right[g].uses[u]) == 0;
        }
        if (!equal) {
            return false;
        }
    }
    return true;
}

size_t sb_goods_thing_count(const sb_good *goods, size_t count)
{
    size_t things = 0;
    for (size_t g = 0; g < count; g++) {
        things += 1 + goods[g].use_count;
    }
    return things;
}

char *sb_goods_thing_name(const sb_good *goods, size_t count, size_t thing)
{
    for (size_t g = 0; g < count; g++) {
        if (thing == 0) {
            return sb_copy_text(goods[g].name);
        }
        if (thing <= goods[g].use_count) {
            return sb_format_text("%s %s", goods[g].name, goods[g].uses[thing - 1]);
        }
        thing -= 1 + goods[g].use_count;
    }
    return NULL;
}

size_t sb_form_value_count(sb_environment_form form, const sb_good *goods, size_t good_count,
                           unsigned wants)
{
    switch (form) {
    case SB_FORM_GENERAL:
        return 0;
    case SB_FORM_ITEMS:
        return wants != 0 ? 1 : good_count;
    case SB_FORM_DIVISION:
        return sb_goods_thing_count(goods, good_count);
    default:
        return 1;
    }
}

/* ---- making ---- */

sb_status sb_goods_check(sb_environment_form form, const sb_good *goods, size_t good_count,
                         sb_error *error)
{
    size_t count = sb_goods_thing_count(goods, good_count);
    if (good_count == 0 || good_count > SB_MAX_GOODS) {
        return sb_error_set(error, SB_ERROR_LIMIT, "there must be 1 to %d items or assets",
                            SB_MAX_GOODS);
    }
    if (count > SB_MAX_OUTCOMES) {
        return sb_error_set(error, SB_ERROR_LIMIT, "there are more than %d uses of assets",
                            SB_MAX_OUTCOMES);
    }
    char **things = sb_allocate(count, sizeof *things);
    if (things == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    for (size_t thing = 0; thing < count && status == SB_OK; thing++) {
        things[thing] = sb_goods_thing_name(goods, good_count, thing);
        status = things[thing] == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    if (status == SB_OK) {
        status = sb_labels_check(
            things, count, form == SB_FORM_ITEMS ? "an item's name" : "an asset's name or use", "",
            error);
    }
    sb_labels_free(things, count);
    return status;
}

static sb_status check_form(const sb_form_description *form, const sb_form_shape *shape,
                            sb_error *error)
{
    sb_status status = SB_OK;
    if (form->form == SB_FORM_TRADE && form->agent_count != 2) {
        return sb_error_set(error, SB_ERROR_INPUT, "trade is between two agents");
    }
    if (form->form == SB_FORM_UNITS && form->unit_count == 0) {
        return sb_error_set(error, SB_ERROR_INPUT, "there must be at least one unit");
    }
    if (form->form == SB_FORM_ITEMS || form->form == SB_FORM_DIVISION) {
        status = sb_goods_check(form->form, form->goods, form->good_count, error);
    }
    for (size_t i = 0; i < form->agent_count && status == SB_OK; i++) {
        unsigned wants = form->agents[i].wants;
        if (wants != 0 && (form->form != SB_FORM_ITEMS || wants >> form->good_count != 0)) {
            status = sb_error_set(error, SB_ERROR_INPUT, "%s wants what is not for sale",
                                  form->agents[i].name);
        }
    }
    if (status == SB_OK && sb_form_outcome_count(shape) > SB_MAX_OUTCOMES) {
        status =
            sb_error_set(error, SB_ERROR_LIMIT, "there are more than %d outcomes", SB_MAX_OUTCOMES);
        sb_error_set_hint(error, "use fewer agents, or fewer things to be had");
    }
    return status;
}

/* The agents of the general environment, with labels that follow from the values where none were
 * given; those are kept in made[i] for the caller to free. */
static sb_status describe_agents(const sb_form_description *form, sb_agent_description *agents,
                                 char ***made, sb_error *error)
{
    for (size_t i = 0; i < form->agent_count; i++) {
        const sb_valuer_description *valuer = &form->agents[i];
        agents[i] = (sb_agent_description){
            .name = valuer->name, .type_count = valuer->type_count, .types = valuer->labels};
        if (valuer->labels == NULL) {
            size_t count =
                sb_form_value_count(form->form, form->goods, form->good_count, valuer->wants);
            made[i] = sb_labels_of_values(valuer->values, count, valuer->type_count);
            agents[i].types = (const char *const *)made[i];
            if (made[i] == NULL) {
                return sb_out_of_memory(error);
            }
        }
    }
    return SB_OK;
}

/* Keep the form beside the general environment, and fill in what follows from its numbers. */
static bool keep_form(sb_environment *environment, const sb_form_description *form,
                      const sb_form_shape *shape)
{
    environment->form = form->form;
    environment->unit_count = form->form == SB_FORM_UNITS ? form->unit_count : 0;
    if (form->form == SB_FORM_UNITS && form->reserve != NULL) {
        fmpq_set(&environment->reserve, form->reserve);
    }
    if (form->form == SB_FORM_PUBLIC_GOOD && form->cost != NULL) {
        fmpq_set(&environment->cost, form->cost);
    }
    if (form->form == SB_FORM_ITEMS || form->form == SB_FORM_DIVISION) {
        environment->goods = sb_goods_copy(form->goods, form->good_count);
        if (environment->goods == NULL) {
            return false;
        }
        environment->good_count = form->good_count;
    }
    for (size_t i = 0; i < form->agent_count; i++) {
        const sb_valuer_description *valuer = &form->agents[i];
        sb_agent *agent = &environment->agents[i];
        agent->wants = valuer->wants;
        agent->value_count =
            sb_form_value_count(form->form, form->goods, form->good_count, valuer->wants);
        agent->values = sb_rationals_copy(valuer->values, agent->type_count * agent->value_count);
        if (agent->values == NULL) {
            return false;
        }
        for (size_t type = 0; type < agent->type_count; type++) {
            sb_form_utilities(shape, i, agent->wants, agent->values + type * agent->value_count,
                              agent->utilities + type * environment->outcome_count);
        }
    }
    sb_form_designer(environment);
    return true;
}

sb_status sb_environment_new_form(const sb_form_description *form, const char *signal_name,
                                  size_t signal_count, const char *const *signal_labels,
                                  sb_environment **environment, sb_error *error)
{
    if (form->agent_count == 0 || form->agent_count > SB_MAX_PLAYERS) {
        return sb_error_set(error, SB_ERROR_LIMIT, "there must be 1 to %d agents", SB_MAX_PLAYERS);
    }
    sb_form_shape shape = {.form = form->form,
                           .agent_count = form->agent_count,
                           .unit_count = form->unit_count,
                           .good_count = form->good_count,
                           .goods = form->goods};
    for (size_t i = 0; i < form->agent_count; i++) {
        shape.names[i] = form->agents[i].name;
    }
    sb_agent_description agents[SB_MAX_PLAYERS];
    char **made[SB_MAX_PLAYERS] = {NULL};
    char **outcomes = NULL;
    sb_environment *result = NULL;
    sb_status status = check_form(form, &shape, error);
    if (status == SB_OK) {
        status = sb_form_outcome_labels(&shape, &outcomes, error);
    }
    if (status == SB_OK) {
        status = describe_agents(form, agents, made, error);
    }
    if (status == SB_OK) {
        status = sb_environment_new_general(
            agents, form->agent_count, (const char *const *)outcomes, sb_form_outcome_count(&shape),
            signal_name, signal_count, signal_labels, &result, error);
    }
    if (status == SB_OK && !keep_form(result, form, &shape)) {
        sb_environment_free(result);
        status = sb_out_of_memory(error);
    }
    for (size_t i = 0; i < form->agent_count; i++) {
        sb_labels_free(made[i], form->agents[i].type_count);
    }
    if (outcomes != NULL) {
        sb_labels_free(outcomes, sb_form_outcome_count(&shape));
    }
    if (status == SB_OK) {
        *environment = result;
    }
    return status;
}
