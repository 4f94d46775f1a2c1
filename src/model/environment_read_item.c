/* Reading the shortest form of an environment file: one item for sale.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"

static const sb_read_kind item_kind = {
    .role = "bidder",
    .key = "values",
    .hint = "write - {name: agent 1, values: [1, 2]}",
    .list_hint = "write item: {bidders: [{name: agent 1, values: [1, 2]}]}",
    .values_hint = "write values: [1, 2] or values: {low: 1, high: 2}",
};

static sb_status make_environment(const sb_reader *reader, const sb_yaml_node *item,
                                  const sb_read_valuers *bidders, const sb_read_signal *signal,
                                  const fmpq_t reserve, sb_environment **environment)
{
    sb_bidder_description *descriptions = sb_allocate(bidders->count, sizeof *descriptions);
    if (descriptions == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t index = 0; index < bidders->count; index++) {
        const sb_read_valuer *bidder = &bidders->each[index];
        descriptions[index] = (sb_bidder_description){
            .name = bidder->name,
            .value_count = bidder->type_count,
            .labels = (const char *const *)bidder->labels,
            .values = bidder->values,
        };
    }
    sb_status status = sb_environment_new_item(
        descriptions, bidders->count, signal->count > 0 ? signal->name : NULL, signal->count,
        (const char *const *)signal->labels, reserve, environment, reader->error);
    free(descriptions);
    return sb_read_place(reader, item, status);
}

static sb_status read_bidders(const sb_reader *reader, const sb_yaml_node *item,
                              sb_read_valuers *bidders)
{
    const sb_yaml_node *list = sb_yaml_find(item, "bidders", 0);
    if (list == NULL) {
        return sb_read_fail(reader, item, item_kind.list_hint, "the item has no bidders");
    }
    return sb_read_valuer_list(reader, list, &item_kind, "bidder", bidders);
}

sb_status sb_read_item(const sb_reader *reader, const sb_yaml_node *root,
                       sb_environment **environment)
{
    static const char *const known[] = {"bidders", "reserve"};
    const sb_yaml_node *item = sb_yaml_find(root, "item", 0);
    sb_read_valuers bidders = {0};
    sb_read_signal signal = {0};
    fmpq_t reserve;
    fmpq_init(reserve);
    sb_status status = sb_read_want_mapping(reader, item, "the item", item_kind.list_hint);
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
        status = sb_read_check_valuers(reader, item, &bidders, &signal);
    }
    if (status == SB_OK) {
        status = make_environment(reader, item, &bidders, &signal, reserve, environment);
    }
    free(signal.labels);
    sb_read_valuers_clear(&bidders);
    fmpq_clear(reserve);
    return status;
}
