/* Reading agents by what they value: the bidders of a sale, the owners of assets, buyer and seller.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

void sb_read_valuers_clear(sb_read_valuers *valuers)
{
    for (size_t index = 0; index < valuers->count; index++) {
        sb_read_valuer *valuer = &valuers->each[index];
        free(valuer->name);
        sb_rationals_free(valuer->values, valuer->type_count * valuer->value_count);
        free(valuer->labels);
    }
    free(valuers->each);
}

sb_status sb_read_valuers_init(sb_read_valuers *valuers, size_t count, sb_error *error)
{
    valuers->each = sb_allocate(count, sizeof *valuers->each);
    valuers->count = valuers->each == NULL ? 0 : count;
    return valuers->each == NULL ? sb_out_of_memory(error) : SB_OK;
}

/* ---- what a type values ---- */

typedef struct valued_node {
    const fmpq *values;
    size_t count;
    const sb_yaml_node *node;
} valued_node;

static int compare_values(const valued_node *one, const valued_node *other)
{
    int order = 0;
    for (size_t k = 0; k < one->count && order == 0; k++) {
        order = fmpq_cmp(one->values + k, other->values + k);
    }
    return order;
}

static int compare_valued(const void *left, const void *right)
{
    const valued_node *one = left;
    const valued_node *other = right;
    int order = compare_values(one, other);
    return order != 0 ? order : (one->node > other->node) - (one->node < other->node);
}

/* In a plain list the values are the labels, so they must be distinct as numbers. */
static sb_status check_distinct(const sb_reader *reader, const sb_yaml_node *list,
                                const sb_read_valuer *valuer, const char *what)
{
    valued_node *sorted = sb_allocate(list->count, sizeof *sorted);
    if (sorted == NULL) {
        return sb_out_of_memory(reader->error);
    }
    size_t count = valuer->value_count;
    for (size_t index = 0; index < list->count; index++) {
        sorted[index] = (valued_node){valuer->values + index * count, count, &list->items[index]};
    }
    qsort(sorted, list->count, sizeof *sorted, compare_valued);
    const sb_yaml_node *repeated = NULL;
    for (size_t index = 1; index < list->count; index++) {
        if (compare_values(&sorted[index - 1], &sorted[index]) == 0 &&
            (repeated == NULL || sorted[index].node < repeated)) {
            repeated = sorted[index].node;
        }
    }
    free(sorted);
    if (repeated != NULL) {
        char found[96];
        return sb_read_fail(reader, repeated,
                            count == 1
                                ? "name the types to tell them apart: values: {weak: 1, strong: 1}"
                                : "name the types to tell them apart: values: {weak: [1, 1], ..}",
                            "%s occurs twice among %s", sb_read_found(repeated, found), what);
    }
    return SB_OK;
}

/* The values of one type of an agent that values each thing: a list in their order, or a mapping
 * from their names. */
static sb_status read_things(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                             const sb_read_kind *kind, fmpq *values)
{
    char found[96];
    size_t count = kind->thing_count;
    const char *const *things = (const char *const *)kind->things;
    bool mapping = node->kind == SB_YAML_MAPPING;
    if (node->kind == SB_YAML_SCALAR || (!mapping && node->count != count)) {
        if (count == 1) {
            return sb_read_fail(reader, node, kind->values_hint,
                                "%s: expected 1 number, for '%s', found %s", what, things[0],
                                sb_read_found(node, found));
        }
        return sb_read_fail(reader, node, kind->values_hint,
                            "%s: expected %zu numbers, from '%s' to '%s', found %s", what, count,
                            things[0], things[count - 1], sb_read_found(node, found));
    }
    sb_status status = mapping ? sb_read_check_labels(reader, node, what, things, count) : SB_OK;
    for (size_t k = 0; k < count && status == SB_OK; k++) {
        const sb_yaml_node *number = mapping ? sb_yaml_find(node, things[k], k) : &node->items[k];
        char place[SB_QUOTED_SIZE + 256];
        char quoted[SB_QUOTED_SIZE];
        sb_utf8_quote(things[k], strlen(things[k]), quoted);
        if (number == NULL) {
            return sb_read_fail(reader, node, "write 0 where it is worth nothing",
                                "%s: the value of %s is missing", what, quoted);
        }
        (void)snprintf(place, sizeof place, "%s, %s", what, quoted);
        status = sb_read_number(reader, number, place, values + k, NULL);
    }
    return status;
}

static sb_status read_values(const sb_reader *reader, const sb_yaml_node *values, const char *what,
                             const sb_read_kind *kind, sb_read_valuer *valuer)
{
    sb_status status = SB_OK;
    bool mapping = values->kind == SB_YAML_MAPPING;
    bool single = kind->thing_count == 0 || valuer->wants != 0;
    const char *hint = valuer->wants != 0 ? "write values: [1, 2] or values: {low: 1, high: 2}"
                                          : kind->values_hint;
    if (!mapping || values->count == 0) {
        status = sb_read_want_list(reader, values, what, hint);
        if (status != SB_OK) {
            return status;
        }
    }
    size_t count = single ? 1 : kind->thing_count;
    if (!mapping && count > SB_MOST_JOINED) {
        return sb_read_fail(reader, values, hint, "the types of %s need names",
                            what + strlen("the values of "));
    }
    fmpq *numbers = sb_rationals_new(values->count * count);
    if (numbers == NULL) {
        return sb_out_of_memory(reader->error);
    }
    valuer->values = numbers;
    valuer->value_count = count;
    valuer->type_count = values->count;
    if (mapping) {
        status = sb_read_labels(reader, values->keys, values->count, what, &valuer->labels);
    }
    for (size_t type = 0; type < values->count && status == SB_OK; type++) {
        status =
            single ? sb_read_number(reader, &values->items[type], what, &numbers[type], NULL)
                   : read_things(reader, &values->items[type], what, kind, numbers + type * count);
    }
    if (status == SB_OK && !mapping) {
        status = check_distinct(reader, values, valuer, what);
    }
    return status;
}

/* ---- an agent ---- */

static sb_status read_wants(const sb_reader *reader, const sb_yaml_node *list, const char *what,
                            const sb_read_kind *kind, unsigned *wants)
{
    static const char hint[] = "write wants: [ITEM, ITEM], or leave it out for an additive bidder";
    sb_status status = sb_read_want_list(reader, list, what, hint);
    for (size_t index = 0; status == SB_OK && index < list->count; index++) {
        const sb_yaml_node *entry = &list->items[index];
        const char *name = NULL;
        char found[96];
        status = sb_read_label(reader, entry, what, &name);
        size_t item = 0;
        while (status == SB_OK && item < kind->thing_count &&
               strcmp(kind->things[item], name) != 0) {
            item++;
        }
        if (status == SB_OK && item == kind->thing_count) {
            status = sb_read_fail(reader, entry, hint, "%s: there is no item %s", what,
                                  sb_read_found(entry, found));
        } else if (status == SB_OK && (*wants >> item & 1) != 0) {
            status = sb_read_fail(reader, entry, "name every item once", "%s: %s comes twice", what,
                                  sb_read_found(entry, found));
        } else if (status == SB_OK) {
            *wants |= 1U << item;
        }
    }
    return status;
}

sb_status sb_read_valuer_node(const sb_reader *reader, const sb_yaml_node *node,
                              const sb_read_kind *kind, size_t index, const char *alone,
                              sb_read_valuer *valuer)
{
    const char *known[] = {"name", kind->key, "wants"};
    bool may_want = kind->wants;
    char what[128 + SB_QUOTED_SIZE];
    char quoted[SB_QUOTED_SIZE];
    char place[64];
    (void)snprintf(place, sizeof place, kind->role_alone ? "the %s" : "%s %zu", kind->role,
                   index + 1);
    sb_status status = sb_read_want_mapping(reader, node, place, kind->hint);
    if (status == SB_OK) {
        (void)snprintf(what, sizeof what, "of %s", place);
        status = sb_read_check_keys(reader, node, what, known, may_want ? 3 : 2);
    }
    if (status == SB_OK) {
        status = sb_read_agent_name(reader, node, index, alone, &valuer->name);
    }
    if (status != SB_OK) {
        return status;
    }
    sb_utf8_quote(valuer->name, strlen(valuer->name), quoted);
    const sb_yaml_node *wants = may_want ? sb_yaml_find(node, "wants", 1) : NULL;
    if (wants != NULL) {
        (void)snprintf(what, sizeof what, "what %s wants", quoted);
        status = read_wants(reader, wants, what, kind, &valuer->wants);
    }
    const sb_yaml_node *values = sb_yaml_find(node, kind->key, 1);
    if (status == SB_OK && values == NULL) {
        return sb_read_fail(reader, node, kind->hint, "the %s %s has no %s", kind->role, quoted,
                            kind->key);
    }
    if (status == SB_OK) {
        (void)snprintf(what, sizeof what, "the %s of %s", kind->key, quoted);
        status = read_values(reader, values, what, kind, valuer);
    }
    return status;
}

sb_status sb_read_valuer_list(const sb_reader *reader, const sb_yaml_node *list,
                              const sb_read_kind *kind, const char *alone, sb_read_valuers *valuers)
{
    char what[64];
    (void)snprintf(what, sizeof what, "the %ss", kind->role);
    sb_status status = sb_read_want_list(reader, list, what, kind->list_hint);
    if (status == SB_OK && list->count > SB_MAX_PLAYERS) {
        sb_error_set(reader->error, SB_ERROR_LIMIT, "there are %zu %ss, %d is the limit",
                     list->count, kind->role, SB_MAX_PLAYERS);
        status = sb_read_place(reader, list, SB_ERROR_LIMIT);
    }
    if (status == SB_OK) {
        status = sb_read_valuers_init(valuers, list->count, reader->error);
    }
    for (size_t index = 0; status == SB_OK && index < list->count; index++) {
        status = sb_read_valuer_node(reader, &list->items[index], kind, index,
                                     list->count == 1 ? alone : NULL, &valuers->each[index]);
    }
    return status;
}

sb_status sb_read_check_valuers(const sb_reader *reader, const sb_yaml_node *section,
                                const sb_read_valuers *valuers, const sb_read_signal *signal)
{
    char *names[SB_MAX_PLAYERS];
    size_t sizes[SB_MAX_PLAYERS];
    for (size_t index = 0; index < valuers->count; index++) {
        names[index] = valuers->each[index].name;
        sizes[index] = valuers->each[index].type_count;
    }
    return sb_read_check_players(reader, section, names, sizes, valuers->count, signal);
}
