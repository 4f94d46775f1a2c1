/* A YAML document as a tree: finding texts in it, freeing it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/yaml_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static int compare_texts(const void *left, const void *right)
{
    const sb_yaml_node *one = *(const sb_yaml_node *const *)left;
    const sb_yaml_node *other = *(const sb_yaml_node *const *)right;
    int order = strcmp(one->text, other->text);
    return order != 0 ? order : (one > other) - (one < other);
}

const sb_yaml_node **sb_yaml_sort(const sb_yaml_node *nodes, size_t count)
{
    const sb_yaml_node **sorted = sb_allocate(count, sizeof(void *));
    for (size_t index = 0; sorted != NULL && index < count; index++) {
        sorted[index] = &nodes[index];
    }
    if (sorted != NULL) {
        qsort(sorted, count, sizeof(void *), compare_texts);
    }
    return sorted;
}

void sb_yaml_find_repeated(const sb_yaml_node *const *sorted, size_t count,
                           const sb_yaml_node **first, const sb_yaml_node **second)
{
    *first = *second = NULL;
    for (size_t index = 1; index < count; index++) {
        if (strcmp(sorted[index - 1]->text, sorted[index]->text) == 0 &&
            (*second == NULL || sorted[index] < *second)) {
            *first = sorted[index - 1];
            *second = sorted[index];
        }
    }
}

static void clear_node(sb_yaml_node *node)
{
    for (size_t index = 0; index < node->count; index++) {
        clear_node(&node->items[index]);
        if (node->keys != NULL) {
            clear_node(&node->keys[index]);
        }
    }
    free(node->items);
    free(node->keys);
    free(node->sorted_keys);
    free(node->text);
}

void sb_yaml_free(sb_yaml_node *root)
{
    if (root != NULL) {
        clear_node(root);
        free(root);
    }
}

const sb_yaml_node *sb_yaml_find(const sb_yaml_node *mapping, const char *key, size_t guess)
{
    if (mapping->kind != SB_YAML_MAPPING) {
        return NULL;
    }
    if (guess < mapping->count && strcmp(mapping->keys[guess].text, key) == 0) {
        return &mapping->items[guess];
    }
    size_t low = 0;
    size_t high = mapping->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const sb_yaml_node *found = mapping->sorted_keys[middle];
        int order = strcmp(found->text, key);
        if (order == 0) {
            return &mapping->items[found - mapping->keys];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

bool sb_yaml_is_nothing(const sb_yaml_node *node)
{
    return node->kind == SB_YAML_SCALAR && !node->quoted && node->length == 0;
}
