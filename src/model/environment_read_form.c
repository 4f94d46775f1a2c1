/* Reading the short forms beyond one item: units, items, a public good, trade, a division.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

#define MOST_UNITS 1000000

static const char units_hint[] =
    "write units: {count: 2, bidders: [{name: a, values: [1, 2]}], reserve: 0}";
static const char items_hint[] =
    "write items: {names: [left, right], bidders: [{name: a, values: {low: [1, 2]}}]}";
static const char good_hint[] = "write public-good: {cost: 3, agents: [{name: a, values: [1, 2]}]}";
static const char trade_hint[] = "write trade: {buyer: {values: [1, 2]}, seller: {costs: [1, 2]}}";
static const char division_hint[] =
    "write division: {assets: [house, car], agents: [{name: a, values: {low: [1, 2]}}]}";
static const char asset_hint[] = "write - {name: house, otherwise: [sold]}, or - house";

/* The form while it is read. */
typedef struct form_reader {
    const sb_reader *reader;
    const sb_yaml_node *section;
    sb_environment_form form;
    const char *hint;
    sb_read_valuers agents;
    unsigned long long unit_count;
    size_t good_count;
    sb_good *goods;
    size_t thing_count;
    char **things;
    fmpq_t number; /* the reserve of units, the cost of a public good */
} form_reader;

/* A key of the section that must be there. */
static sb_status want(const form_reader *form, const char *key, const sb_yaml_node **node)
{
    *node = sb_yaml_find(form->section, key, 0);
    return *node != NULL ? SB_OK
                         : sb_read_fail(form->reader, form->section, form->hint,
                                        "%s: %s is missing", sb_form_name(form->form), key);
}

/* ---- goods ---- */

static sb_status begin_goods(form_reader *form, const sb_yaml_node *list, const char *what,
                             const char *hint)
{
    sb_status status = sb_read_want_list(form->reader, list, what, hint);
    if (status == SB_OK && list->count > SB_MAX_GOODS) {
        sb_error_set(form->reader->error, SB_ERROR_LIMIT, "%s are %zu, %d is the limit", what,
                     list->count, SB_MAX_GOODS);
        sb_error_set_hint(form->reader->error,
                          "leave some out, or make one of those that go together");
        status = sb_read_place(form->reader, list, SB_ERROR_LIMIT);
    }
    if (status != SB_OK) {
        return status;
    }
    form->goods = sb_allocate(list->count, sizeof *form->goods);
    if (form->goods == NULL) {
        return sb_out_of_memory(form->reader->error);
    }
    form->good_count = list->count;
    for (size_t g = 0; g < list->count; g++) {
        fmpq_init(&form->goods[g].reserve);
    }
    return SB_OK;
}

static sb_status name_good(const form_reader *form, const sb_yaml_node *node, const char *what,
                           sb_good *good)
{
    const char *name = NULL;
    sb_status status = sb_read_label(form->reader, node, what, &name);
    if (status == SB_OK) {
        good->name = sb_copy_text(name);
        status = good->name == NULL ? sb_out_of_memory(form->reader->error) : SB_OK;
    }
    return status;
}

/* An asset: its name, or a mapping with what may become of it other than going to one agent. */
static sb_status read_asset(const form_reader *form, const sb_yaml_node *node, sb_good *asset)
{
    static const char *const known[] = {"name", "otherwise"};
    const sb_reader *reader = form->reader;
    if (node->kind == SB_YAML_SCALAR) {
        return name_good(form, node, "an asset", asset);
    }
    sb_status status = sb_read_want_mapping(reader, node, "an asset", asset_hint);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, node, "of an asset", known, 2);
    }
    const sb_yaml_node *name = status == SB_OK ? sb_yaml_find(node, "name", 0) : NULL;
    if (status == SB_OK) {
        status = name == NULL ? sb_read_fail(reader, node, asset_hint, "an asset has no name")
                              : name_good(form, name, "an asset", asset);
    }
    const sb_yaml_node *uses = status == SB_OK ? sb_yaml_find(node, "otherwise", 1) : NULL;
    if (uses == NULL) {
        return status;
    }
    const char **labels = NULL;
    status = sb_read_want_list(reader, uses, "what else becomes of an asset", asset_hint);
    if (status == SB_OK) {
        status = sb_read_labels(reader, uses->items, uses->count, "what else becomes of an asset",
                                &labels);
    }
    if (status == SB_OK) {
        asset->uses = sb_labels_copy(labels, uses->count);
        asset->use_count = asset->uses == NULL ? 0 : uses->count;
        status = asset->uses == NULL ? sb_out_of_memory(reader->error) : SB_OK;
    }
    free(labels);
    return status;
}

/* Names of what types have values of, with the place of the good that a label is wrong for. */
static sb_status name_things(form_reader *form, const sb_yaml_node *list)
{
    const sb_reader *reader = form->reader;
    size_t count = sb_goods_thing_count(form->goods, form->good_count);
    form->things = sb_allocate(count, sizeof *form->things);
    if (form->things == NULL) {
        return sb_out_of_memory(reader->error);
    }
    form->thing_count = count;
    for (size_t thing = 0; thing < count; thing++) {
        form->things[thing] = sb_goods_thing_name(form->goods, form->good_count, thing);
        if (form->things[thing] == NULL) {
            return sb_out_of_memory(reader->error);
        }
    }
    sb_status status =
        sb_labels_check(form->things, count,
                        form->form == SB_FORM_ITEMS ? "an item's name" : "an asset's name or use",
                        "", reader->error);
    return sb_read_place(reader, list, status);
}

static sb_status read_goods(form_reader *form)
{
    bool items = form->form == SB_FORM_ITEMS;
    const sb_yaml_node *list = NULL;
    sb_status status = want(form, items ? "names" : "assets", &list);
    if (status == SB_OK) {
        status = begin_goods(form, list, items ? "the names of items" : "the assets", form->hint);
    }
    for (size_t g = 0; status == SB_OK && g < form->good_count; g++) {
        status = items ? name_good(form, &list->items[g], "the name of an item", &form->goods[g])
                       : read_asset(form, &list->items[g], &form->goods[g]);
    }
    return status == SB_OK ? name_things(form, list) : status;
}

static sb_status read_reserves(form_reader *form)
{
    char found[96];
    const sb_yaml_node *list = sb_yaml_find(form->section, "reserves", 2);
    if (list == NULL) {
        return SB_OK;
    }
    if (list->kind != SB_YAML_LIST || list->count != form->good_count) {
        return sb_read_fail(form->reader, list, "write reserves: [0, 0], one number an item",
                            "the reserves: expected a list of %zu entr%s, one an item, found %s",
                            form->good_count, form->good_count == 1 ? "y" : "ies",
                            sb_read_found(list, found));
    }
    sb_status status = SB_OK;
    for (size_t g = 0; g < form->good_count && status == SB_OK; g++) {
        status = sb_read_number(form->reader, &list->items[g], "the reserves",
                                &form->goods[g].reserve, NULL);
    }
    return status;
}

/* ---- the agents ---- */

static const char one_value[] = "write values: [1, 2] or values: {low: 1, high: 2}";

static sb_status read_list(form_reader *form, const char *key, const char *role,
                           const char *values_hint)
{
    const sb_read_kind kind = {
        .role = role,
        .key = "values",
        .hint = form->thing_count > 0 ? "write - {name: a, values: {low: [1, 2], high: [3, 4]}}"
                                      : "write - {name: a, values: [1, 2]}",
        .list_hint = form->hint,
        .values_hint = values_hint,
        .wants = form->form == SB_FORM_ITEMS,
        .thing_count = form->thing_count,
        .things = form->things,
    };
    const sb_yaml_node *list = NULL;
    sb_status status = want(form, key, &list);
    return status == SB_OK ? sb_read_valuer_list(form->reader, list, &kind, NULL, &form->agents)
                           : status;
}

static sb_status read_trader(form_reader *form, size_t index, const char *role, const char *key,
                             const char *values_hint)
{
    const sb_read_kind kind = {.role = role,
                               .role_alone = true,
                               .key = key,
                               .hint = trade_hint,
                               .values_hint = values_hint};
    const sb_yaml_node *node = NULL;
    sb_status status = want(form, role, &node);
    return status == SB_OK ? sb_read_valuer_node(form->reader, node, &kind, index, role,
                                                 &form->agents.each[index])
                           : status;
}

static sb_status read_number(form_reader *form, const char *key, const char *what)
{
    const sb_yaml_node *node = sb_yaml_find(form->section, key, 2);
    return node == NULL ? SB_OK : sb_read_number(form->reader, node, what, form->number, NULL);
}

/* ---- the forms ---- */

static sb_status check_section(form_reader *form, const char *const *known, size_t count)
{
    char where[64];
    const char *name = sb_form_name(form->form);
    sb_status status = sb_read_want_mapping(form->reader, form->section, name, form->hint);
    (void)snprintf(where, sizeof where, "under %s", name);
    return status == SB_OK ? sb_read_check_keys(form->reader, form->section, where, known, count)
                           : status;
}

static sb_status read_units(form_reader *form)
{
    static const char *const known[] = {"count", "bidders", "reserve"};
    const sb_yaml_node *node = NULL;
    sb_status status = check_section(form, known, 3);
    if (status == SB_OK) {
        status = want(form, "count", &node);
    }
    if (status == SB_OK) {
        status = sb_read_whole(form->reader, node, "the count of units", 1, MOST_UNITS,
                               &form->unit_count);
    }
    if (status == SB_OK) {
        status = read_list(form, "bidders", "bidder", one_value);
    }
    return status == SB_OK ? read_number(form, "reserve", "the reserve") : status;
}

static sb_status read_items(form_reader *form)
{
    static const char *const known[] = {"names", "bidders", "reserves"};
    sb_status status = check_section(form, known, 3);
    if (status == SB_OK) {
        status = read_goods(form);
    }
    if (status == SB_OK) {
        status = read_list(form, "bidders", "bidder",
                           "write values: {low: [1, 2], high: [3, 4]}, a number for each item");
    }
    return status == SB_OK ? read_reserves(form) : status;
}

static sb_status read_public_good(form_reader *form)
{
    static const char *const known[] = {"cost", "agents"};
    const sb_yaml_node *node = NULL;
    sb_status status = check_section(form, known, 2);
    if (status == SB_OK) {
        status = want(form, "cost", &node);
    }
    if (status == SB_OK) {
        status = read_number(form, "cost", "the cost");
    }
    return status == SB_OK ? read_list(form, "agents", "agent", one_value) : status;
}

static sb_status read_trade(form_reader *form)
{
    static const char *const known[] = {"buyer", "seller"};
    sb_status status = check_section(form, known, 2);
    if (status == SB_OK) {
        status = sb_read_valuers_init(&form->agents, 2, form->reader->error);
    }
    if (status == SB_OK) {
        status = read_trader(form, 0, "buyer", "values", one_value);
    }
    if (status == SB_OK) {
        status = read_trader(form, 1, "seller", "costs",
                             "write costs: [1, 2] or costs: {low: 1, high: 2}");
    }
    return status;
}

static sb_status read_division(form_reader *form)
{
    static const char *const known[] = {"assets", "agents"};
    sb_status status = check_section(form, known, 2);
    if (status == SB_OK) {
        status = read_goods(form);
    }
    return status == SB_OK ? read_list(form, "agents", "agent",
                                       "write values: {low: {house: 1, house sold: 0.5, car: 2}}")
                           : status;
}

static sb_status make_environment(const form_reader *form, const sb_read_signal *signal,
                                  sb_environment **environment)
{
    sb_valuer_description agents[SB_MAX_PLAYERS];
    for (size_t i = 0; i < form->agents.count; i++) {
        const sb_read_valuer *valuer = &form->agents.each[i];
        agents[i] = (sb_valuer_description){.name = valuer->name,
                                            .type_count = valuer->type_count,
                                            .labels = (const char *const *)valuer->labels,
                                            .values = valuer->values,
                                            .wants = valuer->wants};
    }
    const sb_form_description description = {.form = form->form,
                                             .agent_count = form->agents.count,
                                             .agents = agents,
                                             .unit_count = (size_t)form->unit_count,
                                             .reserve = form->number,
                                             .cost = form->number,
                                             .good_count = form->good_count,
                                             .goods = form->goods};
    sb_status status = sb_environment_new_form(
        &description, signal->count > 0 ? signal->name : NULL, signal->count,
        (const char *const *)signal->labels, environment, form->reader->error);
    return sb_read_place(form->reader, form->section, status);
}

static const char *hint_of(sb_environment_form form)
{
    switch (form) {
    case SB_FORM_UNITS:
        return units_hint;
    case SB_FORM_ITEMS:
        return items_hint;
    case SB_FORM_PUBLIC_GOOD:
        return good_hint;
    case SB_FORM_TRADE:
        return trade_hint;
    default:
        return division_hint;
    }
}

static sb_status read_section(form_reader *form)
{
    switch (form->form) {
    case SB_FORM_UNITS:
        return read_units(form);
    case SB_FORM_ITEMS:
        return read_items(form);
    case SB_FORM_PUBLIC_GOOD:
        return read_public_good(form);
    case SB_FORM_TRADE:
        return read_trade(form);
    default:
        return read_division(form);
    }
}

sb_status sb_read_form(const sb_reader *reader, const sb_yaml_node *root, sb_environment_form form,
                       sb_environment **environment)
{
    form_reader read = {.reader = reader,
                        .section = sb_yaml_find(root, sb_form_name(form), 0),
                        .form = form,
                        .hint = hint_of(form)};
    sb_read_signal signal = {0};
    fmpq_init(read.number);
    sb_status status = read_section(&read);
    if (status == SB_OK) {
        status = sb_read_signal_section(reader, root, &signal);
    }
    if (status == SB_OK) {
        status = sb_read_check_valuers(reader, read.section, &read.agents, &signal);
    }
    if (status == SB_OK) {
        status = make_environment(&read, &signal, environment);
    }
    free(signal.labels);
    fmpq_clear(read.number);
    sb_read_valuers_clear(&read.agents);
    sb_goods_free(read.goods, read.good_count);
    sb_labels_free(read.things, read.thing_count);
    return status;
}
