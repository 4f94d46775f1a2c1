/* Reading the short form of an environment file: one item for sale.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

/* The bidders while they are read; everything is owned but the texts of the labels. */
typedef struct bidder_list {
    size_t count;
    char **names;
    size_t *sizes;
    fmpq **values;
    const char ***labels; /* NULL for a bidder whose values are a plain list */
} bidder_list;

static void bidder_list_clear(bidder_list *bidders)
{
    for (size_t index = 0; index < bidders->count; index++) {
        if (bidders->names != NULL) {
            free(bidders->names[index]);
        }
        if (bidders->values != NULL && bidders->sizes != NULL) {
            sb_rationals_free(bidders->values[index], bidders->sizes[index]);
        }
        if (bidders->labels != NULL) {
            free(bidders->labels[index]);
        }
    }
    free(bidders->names);
    free(bidders->sizes);
    free(bidders->values);
    free(bidders->labels);
}

static sb_status bidder_list_init(bidder_list *bidders, size_t count, sb_error *error)
{
    bidders->count = count;
    bidders->names = sb_allocate(count, sizeof *bidders->names);
    bidders->sizes = sb_allocate(count, sizeof *bidders->sizes);
    bidders->values = sb_allocate(count, sizeof(void *));
    bidders->labels = sb_allocate(count, sizeof *bidders->labels);
    bool complete = bidders->names != NULL && bidders->sizes != NULL && bidders->values != NULL &&
                    bidders->labels != NULL;
    return complete ? SB_OK : sb_out_of_memory(error);
}

typedef struct valued_node {
    const fmpq *value;
    const sb_yaml_node *node;
} valued_node;

static int compare_valued(const void *left, const void *right)
{
    const valued_node *one = left;
    const valued_node *other = right;
    int order = fmpq_cmp(one->value, other->value);
    return order != 0 ? order : (one->node > other->node) - (one->node < other->node);
}

/* In a plain list the values are the labels, so they must be distinct as numbers. */
static sb_status check_distinct(const sb_reader *reader, const sb_yaml_node *list,
                                const fmpq *values, const char *what)
{
    valued_node *sorted = sb_allocate(list->count, sizeof *sorted);
    if (sorted == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t index = 0; index < list->count; index++) {
        sorted[index] = (valued_node){&values[index], &list->items[index]};
    }
    qsort(sorted, list->count, sizeof *sorted, compare_valued);
    const sb_yaml_node *repeated = NULL;
    for (size_t index = 1; index < list->count; index++) {
        if (fmpq_equal(sorted[index - 1].value, sorted[index].value) &&
            (repeated == NULL || sorted[index].node < repeated)) {
            repeated = sorted[index].node;
        }
    }
    free(sorted);
    if (repeated != NULL) {
        char found[96];
        return sb_read_fail(reader, repeated,
                            "name the types to tell them apart: values: {weak: 1, strong: 1}",
                            "%s occurs twice among %s", sb_read_found(repeated, found), what);
    }
    return SB_OK;
}

static sb_status read_values(const sb_reader *reader, const sb_yaml_node *values, const char *what,
                             bidder_list *bidders, size_t index)
{
    sb_status status = SB_OK;
    bool mapping = values->kind == SB_YAML_MAPPING;
    if (!mapping || values->count == 0) {
        status = sb_read_want_list(reader, values, what,
                                   "write values: [1, 2] or values: {low: 1, high: 2}");
        if (status != SB_OK) {
            return status;
        }
    }
    fmpq *numbers = sb_rationals_new(values->count);
    if (numbers == NULL) {
        return sb_out_of_memory(reader->error);
    }
    bidders->values[index] = numbers;
    bidders->sizes[index] = values->count;
    if (mapping) {
        status = sb_read_labels(reader, values->keys, values->count, what, &bidders->labels[index]);
    }
    for (size_t type = 0; type < values->count && status == SB_OK; type++) {
        status = sb_read_number(reader, &values->items[type], what, &numbers[type], NULL);
    }
    if (status == SB_OK && !mapping) {
        status = check_distinct(reader, values, numbers, what);
    }
    return status;
}

static sb_status read_bidder(const sb_reader *reader, const sb_yaml_node *bidder,
                             bidder_list *bidders, size_t index)
{
    static const char *const known[] = {"name", "values"};
    static const char hint[] = "write - {name: agent 1, values: [1, 2]}";
    char what[128];
    char quoted[SB_QUOTED_SIZE];
    (void)snprintf(what, sizeof what, "bidder %zu", index + 1);
    sb_status status = sb_read_want_mapping(reader, bidder, what, hint);
    if (status == SB_OK) {
        (void)snprintf(what, sizeof what, "of bidder %zu", index + 1);
        status = sb_read_check_keys(reader, bidder, what, known, 2);
    }
    if (status == SB_OK) {
        status = sb_read_agent_name(reader, bidder, index, bidders->count == 1 ? "bidder" : NULL,
                                    &bidders->names[index]);
    }
    if (status != SB_OK) {
        return status;
    }
    const char *name = sb_utf8_quote(bidders->names[index], strlen(bidders->names[index]), quoted);
    const sb_yaml_node *values = sb_yaml_find(bidder, "values", 1);
    if (values == NULL) {
        return sb_read_fail(reader, bidder, hint, "the bidder %s has no values", name);
    }
    (void)snprintf(what, sizeof what, "the values of %s", name);
    return read_values(reader, values, what, bidders, index);
}

static sb_status make_environment(const sb_reader *reader, const sb_yaml_node *item,
                                  const bidder_list *bidders, const sb_read_signal *signal,
                                  const fmpq_t reserve, sb_environment **environment)
{
    sb_bidder_description *descriptions = sb_allocate(bidders->count, sizeof *descriptions);
    if (descriptions == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t index = 0; index < bidders->count; index++) {
        descriptions[index] = (sb_bidder_description){
            .name = bidders->names[index],
            .value_count = bidders->sizes[index],
            .labels = (const char *const *)bidders->labels[index],
            .values = bidders->values[index],
        };
    }
    sb_status status = sb_environment_new_item(
        descriptions, bidders->count, signal->count > 0 ? signal->name : NULL, signal->count,
        (const char *const *)signal->labels, reserve, environment, reader->error);
    free(descriptions);
    return sb_read_place(reader, item, status);
}

static sb_status read_bidders(const sb_reader *reader, const sb_yaml_node *item,
                              bidder_list *bidders)
{
    static const char hint[] = "write item: {bidders: [{name: agent 1, values: [1, 2]}]}";
    const sb_yaml_node *list = sb_yaml_find(item, "bidders", 0);
    if (list == NULL) {
        return sb_read_fail(reader, item, hint, "the item has no bidders");
    }
    sb_status status = sb_read_want_list(reader, list, "the bidders", hint);
    if (status == SB_OK && list->count > SB_MAX_PLAYERS) {
        sb_error_set(reader->error, SB_ERROR_LIMIT, "there are %zu bidders, %d is the limit",
                     list->count, SB_MAX_PLAYERS);
        status = sb_read_place(reader, list, SB_ERROR_LIMIT);
    }
    if (status == SB_OK) {
        status = bidder_list_init(bidders, list->count, reader->error);
    }
    for (size_t index = 0; status == SB_OK && index < list->count; index++) {
        status = read_bidder(reader, &list->items[index], bidders, index);
    }
    return status;
}

sb_status sb_read_item(const sb_reader *reader, const sb_yaml_node *root,
                       sb_environment **environment)
{
    static const char *const known[] = {"bidders", "reserve"};
    const sb_yaml_node *item = sb_yaml_find(root, "item", 0);
    bidder_list bidders = {0};
    sb_read_signal signal = {0};
    fmpq_t reserve;
    fmpq_init(reserve);
    sb_status status = sb_read_want_mapping(
        reader, item, "the item", "write item: {bidders: [{name: agent 1, values: [1, 2]}]}");
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, item, "under item", known, 2);
    }
    if (status == SB_OK) {
        status = read_bidders(reader, item, &bidders);
    }
    const sb_yaml_node *number = status == SB_OK ? sb_yaml_find(item, "reserve", 1) : NULL;
    if (number != NULL) {
        status = sb_read_number(reader, number, "the reserve", reserve, NULL);
    }
    if (status == SB_OK) {
        status = sb_read_signal_section(reader, root, &signal);
    }
    if (status == SB_OK) {
        status = sb_read_check_players(reader, item, bidders.names, bidders.sizes, bidders.count,
                                       &signal);
    }
    if (status == SB_OK) {
        status = make_environment(reader, item, &bidders, &signal, reserve, environment);
    }
    free(signal.labels);
    bidder_list_clear(&bidders);
    fmpq_clear(reserve);
    return status;
}
