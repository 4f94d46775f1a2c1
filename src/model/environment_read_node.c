/* Reading one node of an environment file: its shape, its keys, its number, its labels.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

sb_status sb_read_fail(const sb_reader *reader, const sb_yaml_node *at, const char *hint,
                       const char *format, ...)
{
    char message[640];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    sb_error_set(reader->error, SB_ERROR_INPUT, "%s", message);
    sb_error_set_hint(reader->error, "%s", hint != NULL ? hint : "");
    return sb_read_place(reader, at, SB_ERROR_INPUT);
}

sb_status sb_read_place(const sb_reader *reader, const sb_yaml_node *at, sb_status status)
{
    if (status != SB_OK) {
        sb_error_set_place(reader->error, reader->name, at != NULL ? at->line : 0,
                           at != NULL ? at->column : 0);
    }
    return status;
}

const char *sb_read_found(const sb_yaml_node *node, char found[96])
{
    char quoted[SB_QUOTED_SIZE];
    const char *plural = node->count == 1 ? "y" : "ies";
    if (sb_yaml_is_nothing(node)) {
        return "nothing";
    }
    switch (node->kind) {
    case SB_YAML_LIST:
        (void)snprintf(found, 96, "a list of %zu entr%s", node->count, plural);
        break;
    case SB_YAML_MAPPING:
        (void)snprintf(found, 96, "a mapping of %zu entr%s", node->count, plural);
        break;
    default:
        (void)snprintf(found, 96, "%s", sb_utf8_quote(node->text, node->length, quoted));
    }
    return found;
}

sb_status sb_read_want_list(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                            const char *hint)
{
    char found[96];
    if (node->kind != SB_YAML_LIST) {
        return sb_read_fail(reader, node, hint, "expected a list for %s, found %s", what,
                            sb_read_found(node, found));
    }
    if (node->count == 0) {
        return sb_read_fail(reader, node, hint, "the list for %s is empty", what);
    }
    return SB_OK;
}

sb_status sb_read_want_mapping(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                               const char *hint)
{
    char found[96];
    if (node->kind != SB_YAML_MAPPING) {
        return sb_read_fail(reader, node, hint, "expected a mapping (key: value) for %s, found %s",
                            what, sb_read_found(node, found));
    }
    return SB_OK;
}

/* Levenshtein distance of two short texts, or 3 where it is larger than 2. */
static size_t edit_distance(const char *left, const char *right)
{
    enum { LONGEST = 64, TOO_FAR = 3 };
    size_t rows = strlen(left);
    size_t columns = strlen(right);
    size_t distance[LONGEST + 1];
    if (rows > LONGEST || columns > LONGEST || rows > columns + 2 || columns > rows + 2) {
        return TOO_FAR;
    }
    for (size_t column = 0; column <= columns; column++) {
        distance[column] = column;
    }
    for (size_t row = 1; row <= rows; row++) {
        size_t diagonal = distance[0];
        distance[0] = row;
        for (size_t column = 1; column <= columns; column++) {
            size_t above = distance[column];
            size_t best = diagonal + (left[row - 1] != right[column - 1]);
            best = above + 1 < best ? above + 1 : best;
            best = distance[column - 1] + 1 < best ? distance[column - 1] + 1 : best;
            distance[column] = best;
            diagonal = above;
        }
    }
    return distance[columns] < TOO_FAR ? distance[columns] : TOO_FAR;
}

const char *sb_read_suggest(const char *text, const char *const *known, size_t count)
{
    const char *nearest = NULL;
    size_t smallest = 3;
    for (size_t index = 0; index < count; index++) {
        size_t distance = edit_distance(text, known[index]);
        if (distance < smallest && distance < strlen(known[index])) {
            smallest = distance;
            nearest = known[index];
        }
    }
    return nearest;
}

/* An error at a key that is not among the known ones: unknown KEY WHERE; did you mean ..; LIST. */
static sb_status fail_unknown(const sb_reader *reader, const sb_yaml_node *key, const char *message,
                              const char *listed_as, const char *const *known, size_t count)
{
    char list[160] = "";
    size_t used = 0;
    for (size_t index = 0; index < count; index++) {
        int added =
            snprintf(list + used, sizeof list - used, "%s%s", index > 0 ? ", " : "", known[index]);
        if (added < 0 || used + (size_t)added + 4 >= sizeof list) {
            (void)snprintf(list + used, sizeof list - used, "..");
            break;
        }
        used += (size_t)added;
    }
    const char *suggestion = sb_read_suggest(key->text, known, count);
    sb_read_fail(reader, key, NULL, "%s", message);
    if (suggestion != NULL) {
        sb_error_set_hint(reader->error, "did you mean '%s'? %s: %s", suggestion, listed_as, list);
    } else {
        sb_error_set_hint(reader->error, "%s: %s", listed_as, list);
    }
    return SB_ERROR_INPUT;
}

/* The first key that is none of the texts, or NULL. */
static sb_status find_unknown(const sb_reader *reader, const sb_yaml_node *mapping,
                              const char *const *texts, size_t count, const sb_yaml_node **unknown)
{
    bool *known = sb_allocate(mapping->count, sizeof *known);
    if (known == NULL) {
        return sb_out_of_memory(reader->error);
    }
    for (size_t index = 0; index < count; index++) {
        const sb_yaml_node *item = sb_yaml_find(mapping, texts[index], index);
        if (item != NULL) {
            known[item - mapping->items] = true;
        }
    }
    *unknown = NULL;
    for (size_t index = 0; index < mapping->count && *unknown == NULL; index++) {
        *unknown = known[index] ? NULL : &mapping->keys[index];
    }
    free(known);
    return SB_OK;
}

sb_status sb_read_check_keys(const sb_reader *reader, const sb_yaml_node *mapping,
                             const char *where, const char *const *known, size_t count)
{
    const sb_yaml_node *key = NULL;
    sb_status status = find_unknown(reader, mapping, known, count, &key);
    if (status == SB_OK && key != NULL) {
        char quoted[SB_QUOTED_SIZE];
        char message[256];
        (void)snprintf(message, sizeof message, "unknown key %s %s",
                       sb_utf8_quote(key->text, key->length, quoted), where);
        return fail_unknown(reader, key, message, "known keys", known, count);
    }
    return status;
}

sb_status sb_read_fail_label(const sb_reader *reader, const sb_yaml_node *node,
                             const char *sentence, const char *const *labels, size_t count)
{
    char quoted[SB_QUOTED_SIZE];
    char message[256 + SB_QUOTED_SIZE];
    (void)snprintf(message, sizeof message, "%s %s", sentence,
                   sb_utf8_quote(node->text, node->length, quoted));
    return fail_unknown(reader, node, message, "there are", labels, count);
}

sb_status sb_read_check_labels(const sb_reader *reader, const sb_yaml_node *mapping,
                               const char *what, const char *const *labels, size_t count)
{
    const sb_yaml_node *key = NULL;
    sb_status status = find_unknown(reader, mapping, labels, count, &key);
    if (status == SB_OK && key != NULL) {
        char message[256];
        (void)snprintf(message, sizeof message, "%s: there is no", what);
        return sb_read_fail_label(reader, key, message, labels, count);
    }
    return status;
}

sb_status sb_read_number(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                         fmpq_t value, bool *fraction)
{
    char found[96];
    if (node->kind != SB_YAML_SCALAR || node->length == 0) {
        return sb_read_fail(reader, node, "write a number such as 0.25, 1/4 or 2.5e-1",
                            "expected a number for %s, found %s", what, sb_read_found(node, found));
    }
    sb_error parse_error;
    sb_error_clear(&parse_error);
    sb_status status = sb_rational_parse(value, node->text, node->length, &parse_error);
    if (status != SB_OK) {
        sb_error_set(reader->error, SB_ERROR_INPUT, "%s: %s", what, parse_error.message);
        sb_error_set_hint(reader->error, "%s", parse_error.hint);
        return sb_read_place(reader, node, status);
    }
    if (fraction != NULL && strchr(node->text, '/') != NULL) {
        *fraction = true;
    }
    return SB_OK;
}

sb_status sb_read_whole(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                        unsigned long long least, unsigned long long limit,
                        unsigned long long *value)
{
    char found[96];
    unsigned long long sum = 0;
    bool valid = node->kind == SB_YAML_SCALAR && node->length > 0;
    for (size_t at = 0; valid && at < node->length; at++) {
        unsigned digit = (unsigned)(unsigned char)node->text[at] - '0';
        valid = digit <= 9 && sum <= (limit - digit) / 10 && digit <= limit;
        sum = sum * 10 + digit;
    }
    if (!valid || sum < least) {
        return sb_read_fail(reader, node, NULL, "%s is a whole number from %llu to %llu, found %s",
                            what, least, limit, sb_read_found(node, found));
    }
    *value = sum;
    return SB_OK;
}

static sb_status read_text(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                           const char *(*find_fault)(const char *, size_t), const char **text)
{
    char found[96];
    if (node->kind != SB_YAML_SCALAR || sb_yaml_is_nothing(node)) {
        return sb_read_fail(reader, node, "write a word, or a text in quotes",
                            "expected a text for %s, found %s", what, sb_read_found(node, found));
    }
    const char *fault = find_fault(node->text, node->length);
    if (fault != NULL) {
        return sb_read_fail(reader, node, "use one line of printable text", "the text %s for %s %s",
                            sb_read_found(node, found), what, fault);
    }
    *text = node->text;
    return SB_OK;
}

sb_status sb_read_text(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                       const char **text)
{
    return read_text(reader, node, what, sb_utf8_text_fault, text);
}

sb_status sb_read_label(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                        const char **label)
{
    return read_text(reader, node, what, sb_utf8_label_fault, label);
}

sb_status sb_read_labels(const sb_reader *reader, const sb_yaml_node *nodes, size_t count,
                         const char *what, const char ***labels)
{
    const char **texts = sb_allocate(count, sizeof *texts);
    if (texts == NULL) {
        return sb_out_of_memory(reader->error);
    }
    sb_status status = SB_OK;
    for (size_t index = 0; index < count && status == SB_OK; index++) {
        status = sb_read_label(reader, &nodes[index], what, &texts[index]);
    }
    const sb_yaml_node *first = NULL;
    const sb_yaml_node *second = NULL;
    const sb_yaml_node **sorted = status == SB_OK ? sb_yaml_sort(nodes, count) : NULL;
    if (sorted != NULL) {
        sb_yaml_find_repeated(sorted, count, &first, &second);
    } else if (status == SB_OK) {
        status = sb_out_of_memory(reader->error);
    }
    free(sorted);
    if (status == SB_OK && second != NULL) {
        char found[96];
        status = sb_read_fail(reader, second, "every label occurs once; rename one of them",
                              "%s occurs twice among %s", sb_read_found(second, found), what);
    }
    if (status != SB_OK) {
        free(texts);
        return status;
    }
    *labels = texts;
    return SB_OK;
}
