/* Names and labels: what is allowed, and the automatic ones.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/environment_parts.h"

char **sb_labels_copy(const char *const *labels, size_t count)
{
    char **copy = sb_allocate(count, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = sb_copy_text(labels[i]);
        if (copy[i] == NULL) {
            sb_labels_free(copy, count);
            return NULL;
        }
    }
    return copy;
}

char **sb_labels_number(size_t count)
{
    char **labels = sb_allocate(count, sizeof *labels);
    for (size_t i = 0; labels != NULL && i < count; i++) {
        labels[i] = sb_format_text("%zu", i + 1);
        if (labels[i] == NULL) {
            sb_labels_free(labels, count);
            return NULL;
        }
    }
    return labels;
}

static size_t hash_of(const char *label)
{
    return (size_t)sb_hash(SB_HASH_EMPTY, label, strlen(label));
}

/* An open-addressed set of label positions: lists have up to a million labels, too many to compare
 * pairwise. A slot holds a position plus one. */
typedef struct label_set {
    size_t *slots;
    size_t mask;
    char *const *labels;
} label_set;

static bool label_set_init(label_set *set, char *const *labels, size_t count)
{
    size_t size = 4;
    while (size < 2 * count) {
        size *= 2;
    }
    set->slots = sb_allocate(size, sizeof *set->slots);
    set->mask = size - 1;
    set->labels = labels;
    return set->slots != NULL;
}

/* The slot of an equal label, or the free one where it belongs. */
static size_t *label_set_slot(const label_set *set, const char *label)
{
    size_t at = hash_of(label) & set->mask;
    while (set->slots[at] != 0 && strcmp(set->labels[set->slots[at] - 1], label) != 0) {
        at = (at + 1) & set->mask;
    }
    return &set->slots[at];
}

/* base with the suffix of its repetition, from 2: "1 (b)", .., "1 (z)", "1 (27)". */
static char *repeated_label(const char *base, size_t repetition)
{
    if (repetition <= 26) {
        return sb_format_text("%s (%c)", base, (char)('a' + (int)repetition - 1));
    }
    return sb_format_text("%s (%zu)", base, repetition);
}

char *sb_label_of_values(const fmpq *values, size_t value_count)
{
    if (value_count == 1) {
        return sb_environment_value_label(values);
    }
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; k < value_count; k++) {
        char *number = sb_rational_format(values + k, SB_NUMBER_DECIMAL);
        /* Room is left for two more and a suffix. */
        if (number != NULL && strlen(number) > 16) {
            free(number);
            number = sb_rational_approximate(values + k, 8);
        }
        sb_text_add(&text, k > 0 ? "+" : "");
        sb_text_add(&text, number == NULL ? "" : number);
        text.failed = text.failed || number == NULL;
        free(number);
    }
    char *label = sb_text_take(&text, NULL);
    sb_text_clear(&text);
    return label;
}

char **sb_labels_of_values(const fmpq *values, size_t value_count, size_t count)
{
    if (value_count > SB_MOST_JOINED) {
        return sb_labels_number(count);
    }
    char **labels = sb_allocate(count, sizeof *labels);
    label_set set = {NULL, 0, NULL};
    /* repetitions[i]: the last suffix given to the text that first came at i. */
    size_t *repetitions = sb_allocate(count, sizeof *repetitions);
    bool done = labels != NULL && repetitions != NULL && label_set_init(&set, labels, count);
    for (size_t i = 0; done && i < count; i++) {
        labels[i] = sb_label_of_values(values + i * value_count, value_count);
        done = labels[i] != NULL;
        size_t *slot = done ? label_set_slot(&set, labels[i]) : NULL;
        if (slot != NULL && *slot == 0) {
            *slot = i + 1;
            repetitions[i] = 1;
        } else if (slot != NULL) {
            char *repeated = repeated_label(labels[i], ++repetitions[*slot - 1]);
            free(labels[i]);
            labels[i] = repeated;
            done = repeated != NULL;
        }
    }
    free(repetitions);
    free(set.slots);
    if (!done) {
        sb_labels_free(labels, count);
        return NULL;
    }
    return labels;
}

void sb_labels_free(char **labels, size_t count)
{
    for (size_t i = 0; labels != NULL && i < count; i++) {
        free(labels[i]);
    }
    free(labels);
}

size_t sb_labels_find(char *const *labels, size_t count, const char *label)
{
    size_t at = 0;
    while (at < count && strcmp(labels[at], label) != 0) {
        at++;
    }
    return at;
}

char *sb_label_unique(const char *base, char *const *labels, size_t count, size_t except)
{
    for (size_t repetition = 1;; repetition++) {
        char *label = repetition == 1 ? sb_copy_text(base) : repeated_label(base, repetition);
        if (label == NULL) {
            return NULL;
        }
        bool taken = false;
        for (size_t i = 0; i < count && !taken; i++) {
            taken = i != except && strcmp(labels[i], label) == 0;
        }
        if (!taken) {
            return label;
        }
        free(label);
    }
}

char *sb_environment_value_label(const fmpq_t value)
{
    char *text = sb_rational_format(value, SB_NUMBER_DECIMAL);
    /* Room is left for a suffix. */
    if (text != NULL && strlen(text) > SB_MAX_LABEL - 12) {
        free(text);
        text = sb_rational_approximate(value, 17);
    }
    return text;
}

bool sb_label_repeats(const char *label, const char *base)
{
    size_t length = strlen(base);
    if (strncmp(label, base, length) != 0) {
        return false;
    }
    if (label[length] == '\0') {
        return true;
    }
    const char *suffix = label + length;
    if (strncmp(suffix, " (", 2) != 0) {
        return false;
    }
    size_t letters = strspn(suffix + 2, "bcdefghijklmnopqrstuvwxyz");
    size_t digits = strspn(suffix + 2, "0123456789");
    return (letters == 1 && strcmp(suffix + 3, ")") == 0) ||
           (digits >= 2 && strcmp(suffix + 2 + digits, ")") == 0);
}

bool sb_environment_labels_are_values(const sb_environment *environment, size_t agent)
{
    const sb_agent *bidder = &environment->agents[agent];
    if (bidder->values == NULL || bidder->value_count > SB_MOST_JOINED) {
        return false;
    }
    char **labels = sb_labels_of_values(bidder->values, bidder->value_count, bidder->type_count);
    bool same = labels != NULL;
    for (size_t i = 0; same && i < bidder->type_count; i++) {
        same = strcmp(labels[i], bidder->types[i]) == 0;
    }
    sb_labels_free(labels, bidder->type_count);
    return same;
}

sb_status sb_label_check(const char *label, const char *what, sb_error *error)
{
    size_t length = strnlen(label, SB_MAX_LABEL + 1);
    if (length == 0) {
        return sb_error_set(error, SB_ERROR_INPUT, "%s must not be empty", what);
    }
    if (length > SB_MAX_LABEL) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "%s must not have more than %d bytes: '%.40s...' is longer", what,
                            SB_MAX_LABEL, label);
    }
    if (!sb_text_is_printable(label)) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "%s must be UTF-8 text without control characters", what);
    }
    if (label[0] == ' ' || label[length - 1] == ' ') {
        return sb_error_set(error, SB_ERROR_INPUT, "%s must not begin or end with a blank: '%s'",
                            what, label);
    }
    return SB_OK;
}

sb_status sb_labels_check(char *const *labels, size_t count, const char *what, const char *whose,
                          sb_error *error)
{
    label_set set;
    if (!label_set_init(&set, labels, count)) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    for (size_t i = 0; i < count && status == SB_OK; i++) {
        status = sb_label_check(labels[i], what, error);
        size_t *slot = label_set_slot(&set, labels[i]);
        if (status == SB_OK && *slot != 0) {
            status =
                sb_error_set(error, SB_ERROR_INPUT, "%s must be given once: '%s' comes twice%s%s",
                             what, labels[i], whose[0] == '\0' ? "" : " for ", whose);
        }
        *slot = i + 1;
    }
    free(set.slots);
    return status;
}
