/* Loading a YAML document into a tree that remembers where everything stood.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built from libyaml's events and not from its documents: only events tell of anchors and tags, and
 * they let depth and size be refused while reading.
 */
#include "model/yaml_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/memory.h"
#include "model/yaml_utf8.h"

typedef struct yaml_loader {
    yaml_parser_t parser;
    const char *name, *text;
    size_t length;
    size_t node_count;
    sb_error *error;
} yaml_loader;

static sb_status fail_at(const yaml_loader *loader, sb_status status, yaml_mark_t mark,
                         const char *hint, const char *message)
{
    sb_error_set(loader->error, status, "%s", message);
    sb_error_set_place(loader->error, loader->name, (int)mark.line + 1, (int)mark.column + 1);
    sb_error_set_hint(loader->error, "%s", hint);
    return status;
}

/* Whether the blanks that open a line (counted from 0) have a tab among them. */
static bool line_opens_with_tab(const yaml_loader *loader, size_t line)
{
    const char *at = loader->text;
    const char *end = at + loader->length;
    for (; line > 0 && at < end; line--) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed == NULL ? end : feed + 1;
    }
    for (; at < end && (*at == ' ' || *at == '\t'); at++) {
        if (*at == '\t') {
            return true;
        }
    }
    return false;
}

static const char *syntax_hint(const char *problem)
{
    static const struct {
        const char *part, *hint;
    } hints[] = {
        {"',' or ']'", "separate the entries by commas and close the list with ]"},
        {"',' or '}'", "separate the pairs by commas and close the mapping with }"},
        {"mapping values are not allowed", "put a text that holds \": \" in quotes"},
        {"unexpected end of stream", "close the quotes"},
        {"could not find expected ':'", "write key: value, with a blank after the colon"},
        {"block end", "entries of one list or mapping begin in the same column"},
        {"'-' indicator", "entries of one list or mapping begin in the same column"},
        {"start any token", "put a text that begins with this character in quotes"},
    };
    for (size_t index = 0; index < sizeof hints / sizeof hints[0]; index++) {
        if (strstr(problem, hints[index].part) != NULL) {
            return hints[index].hint;
        }
    }
    return "";
}

static sb_status parser_failed(const yaml_loader *loader)
{
    const yaml_parser_t *parser = &loader->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        return sb_out_of_memory(loader->error);
    }
    const char *problem = parser->problem != NULL ? parser->problem : "it cannot be read";
    if (line_opens_with_tab(loader, parser->problem_mark.line)) {
        return fail_at(loader, SB_ERROR_INPUT, parser->problem_mark, "indent with blanks",
                       "a tab is used for indentation");
    }
    char message[256];
    if (parser->context != NULL) {
        (void)snprintf(message, sizeof message, "not valid YAML: %s %s begun in line %zu", problem,
                       parser->context, parser->context_mark.line + 1);
    } else {
        (void)snprintf(message, sizeof message, "not valid YAML: %s", problem);
    }
    return fail_at(loader, SB_ERROR_INPUT, parser->problem_mark, syntax_hint(problem), message);
}

static sb_status next_event(yaml_loader *loader, yaml_event_t *event)
{
    return yaml_parser_parse(&loader->parser, event) ? SB_OK : parser_failed(loader);
}

static sb_status check_event(yaml_loader *loader, const yaml_event_t *event, int depth)
{
    const yaml_char_t *anchor = NULL;
    const yaml_char_t *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (event->type == YAML_ALIAS_EVENT || anchor != NULL) {
        return fail_at(loader, SB_ERROR_INPUT, event->start_mark,
                       "write the value out, or put a text that begins with & or * in quotes",
                       event->type == YAML_ALIAS_EVENT ? "an alias (*name) is not allowed here"
                                                       : "an anchor (&name) is not allowed here");
    }
    if (tag != NULL) {
        return fail_at(loader, SB_ERROR_INPUT, event->start_mark,
                       "remove it, or put a text that begins with ! in quotes",
                       "a tag (!name) is not allowed here");
    }
    if (depth > SB_YAML_MAX_DEPTH) {
        return fail_at(loader, SB_ERROR_LIMIT, event->start_mark,
                       "a prior has one level a player, 16 at most",
                       "lists and mappings are nested deeper than 32 levels");
    }
    if (++loader->node_count > SB_YAML_MAX_NODES) {
        return fail_at(loader, SB_ERROR_LIMIT, event->start_mark,
                       "a prior may have 1000000 profiles at most",
                       "the file has more than 12000000 values");
    }
    return SB_OK;
}

static sb_status load_node(yaml_loader *loader, const yaml_event_t *event, int depth,
                           sb_yaml_node *node);

static sb_status load_scalar(const yaml_loader *loader, const yaml_event_t *event,
                             sb_yaml_node *node)
{
    const char *value = (const char *)event->data.scalar.value;
    node->kind = SB_YAML_SCALAR;
    node->length = event->data.scalar.length;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (memchr(value, '\0', node->length) != NULL) {
        return fail_at(loader, SB_ERROR_INPUT, event->start_mark, "remove it",
                       "a text holds the character \\0");
    }
    node->text = sb_copy_text_part(value, node->length);
    return node->text == NULL ? sb_out_of_memory(loader->error) : SB_OK;
}

static sb_status load_list(yaml_loader *loader, int depth, sb_yaml_node *node)
{
    size_t capacity = 0;
    node->kind = SB_YAML_LIST;
    for (;;) {
        yaml_event_t event;
        sb_status status = next_event(loader, &event);
        if (status != SB_OK) {
            return status;
        }
        bool ended = event.type == YAML_SEQUENCE_END_EVENT;
        if (!ended) {
            status = sb_grow(&node->items, &capacity, node->count + 1, sizeof *node->items)
                         ? load_node(loader, &event, depth + 1, &node->items[node->count++])
                         : sb_out_of_memory(loader->error);
        }
        yaml_event_delete(&event);
        if (ended || status != SB_OK) {
            return status;
        }
    }
}

static sb_status index_keys(const yaml_loader *loader, sb_yaml_node *node)
{
    node->sorted_keys = sb_yaml_sort(node->keys, node->count);
    if (node->sorted_keys == NULL) {
        return sb_out_of_memory(loader->error);
    }
    const sb_yaml_node *first = NULL;
    const sb_yaml_node *second = NULL;
    sb_yaml_find_repeated(node->sorted_keys, node->count, &first, &second);
    if (second != NULL) {
        char quoted[SB_QUOTED_SIZE];
        sb_error_set(loader->error, SB_ERROR_INPUT,
                     "the key %s is given twice, in line %d and here",
                     sb_utf8_quote(second->text, second->length, quoted), first->line);
        sb_error_set_place(loader->error, loader->name, second->line, second->column);
        sb_error_set_hint(loader->error, "keep one of them");
        return SB_ERROR_INPUT;
    }
    return SB_OK;
}

static sb_status load_mapping(yaml_loader *loader, int depth, sb_yaml_node *node)
{
    size_t key_capacity = 0;
    size_t item_capacity = 0;
    node->kind = SB_YAML_MAPPING;
    for (bool is_key = true;; is_key = !is_key) {
        yaml_event_t event;
        sb_status status = next_event(loader, &event);
        if (status != SB_OK) {
            return status;
        }
        bool ended = event.type == YAML_MAPPING_END_EVENT;
        if (!ended && is_key) {
            if (event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT) {
                status = fail_at(loader, SB_ERROR_INPUT, event.start_mark,
                                 "write the key as a plain word",
                                 "a list or a mapping stands where a key is expected");
            } else if (!sb_grow(&node->keys, &key_capacity, node->count + 1, sizeof *node->keys) ||
                       !sb_grow(&node->items, &item_capacity, node->count + 1,
                                sizeof *node->items)) {
                status = sb_out_of_memory(loader->error);
            } else {
                node->count++;
                status = load_node(loader, &event, depth + 1, &node->keys[node->count - 1]);
            }
        } else if (!ended) {
            status = load_node(loader, &event, depth + 1, &node->items[node->count - 1]);
        }
        yaml_event_delete(&event);
        if (status != SB_OK) {
            return status;
        }
        if (ended) {
            return index_keys(loader, node);
        }
    }
}

static sb_status load_node(yaml_loader *loader, const yaml_event_t *event, int depth,
                           sb_yaml_node *node)
{
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    sb_status status = check_event(loader, event, depth);
    if (status != SB_OK) {
        return status;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return load_scalar(loader, event, node);
    case YAML_SEQUENCE_START_EVENT:
        return load_list(loader, depth, node);
    case YAML_MAPPING_START_EVENT:
        return load_mapping(loader, depth, node);
    default:
        return sb_error_set(loader->error, SB_ERROR_INTERNAL, "unexpected YAML event");
    }
}

/* From the start of the stream to its end: exactly one document. */
static sb_status load_stream(yaml_loader *loader, sb_yaml_node *root)
{
    bool seen = false;
    for (;;) {
        yaml_event_t event;
        sb_status status = next_event(loader, &event);
        if (status != SB_OK) {
            return status;
        }
        yaml_mark_t mark = event.start_mark;
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && seen) {
            status = fail_at(loader, SB_ERROR_INPUT, mark, "keep one document in a file",
                             "a second document begins here");
        } else if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
                   type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT) {
            seen = true;
            status = load_node(loader, &event, 1, root);
        }
        yaml_event_delete(&event);
        if (status == SB_OK && type == YAML_STREAM_END_EVENT && !seen) {
            sb_error_set(loader->error, SB_ERROR_INPUT, "the file is empty");
            sb_error_set_place(loader->error, loader->name, 1, 1);
            sb_error_set_hint(loader->error, "begin with item: or agents:, see sidebet(5)");
            status = SB_ERROR_INPUT;
        }
        if (status != SB_OK || type == YAML_STREAM_END_EVENT) {
            return status;
        }
    }
}

sb_status sb_yaml_load(const char *text, size_t length, const char *name, sb_yaml_node **root,
                       sb_error *error)
{
    *root = NULL;
    if (length > SB_YAML_MAX_BYTES) {
        sb_error_set(error, SB_ERROR_LIMIT, "the file is larger than 64 MB");
        sb_error_set_place(error, name, 0, 0);
        return SB_ERROR_LIMIT;
    }
    sb_status status = sb_utf8_check(text, length, name, error);
    if (status != SB_OK) {
        return status;
    }
    yaml_loader loader = {.name = name, .text = text, .length = length, .error = error};
    sb_yaml_node *node = sb_allocate(1, sizeof *node);
    if (node == NULL || !yaml_parser_initialize(&loader.parser)) {
        free(node);
        return sb_out_of_memory(error);
    }
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)text, length);
    status = load_stream(&loader, node);
    yaml_parser_delete(&loader.parser);
    if (status != SB_OK) {
        sb_yaml_free(node);
        return status;
    }
    *root = node;
    return SB_OK;
}
