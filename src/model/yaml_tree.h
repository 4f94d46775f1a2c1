/* A YAML document as a tree that remembers where everything stood.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A node is a text, a list or a mapping. Texts are kept as written; nothing is guessed about their
 * type. Anchors, aliases, tags, several documents and repeated keys are refused.
 */
#ifndef SB_MODEL_YAML_TREE_H
#define SB_MODEL_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/error.h"

#define SB_YAML_MAX_BYTES 67108864 /* 64 MB */
#define SB_YAML_MAX_DEPTH 32
#define SB_YAML_MAX_NODES 12000000

typedef enum sb_yaml_kind { SB_YAML_SCALAR, SB_YAML_LIST, SB_YAML_MAPPING } sb_yaml_kind;

typedef struct sb_yaml_node {
    sb_yaml_kind kind;
    bool quoted; /* scalar: quoted or a block text, so that "" is a text and not nothing */
    int line, column;
    char *text; /* scalar: without NUL inside */
    size_t length;
    size_t count;                            /* entries of a list, pairs of a mapping */
    struct sb_yaml_node *items;              /* entries, or the values of the pairs */
    struct sb_yaml_node *keys;               /* mapping: the keys, all scalars and distinct */
    const struct sb_yaml_node **sorted_keys; /* mapping: the keys in order, for sb_yaml_find */
} sb_yaml_node;

/* Read one document; name stands for the file in messages. Freed with sb_yaml_free. */
sb_status sb_yaml_load(const char *text, size_t length, const char *name, sb_yaml_node **root,
                       sb_error *error);
void sb_yaml_free(sb_yaml_node *root); /* NULL allowed */

/* The value at a key, or NULL, in logarithmic time; at once where `guess` (any number will do) is
 * its position. */
const sb_yaml_node *sb_yaml_find(const sb_yaml_node *mapping, const char *key, size_t guess);

/* Nothing was written: an empty unquoted text. */
bool sb_yaml_is_nothing(const sb_yaml_node *node);

/* Pointers to count scalars in the order of their texts, then of their places; freed by the caller.
 * NULL when memory runs out. */
const sb_yaml_node **sb_yaml_sort(const sb_yaml_node *nodes, size_t count);

/* Look for equal texts among sorted scalars: *second is the earliest that repeats another one, and
 * *first is that one; NULL both where there is none. */
void sb_yaml_find_repeated(const sb_yaml_node *const *sorted, size_t count,
                           const sb_yaml_node **first, const sb_yaml_node **second);

#endif
