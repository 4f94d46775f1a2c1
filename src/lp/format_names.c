/* Names for the rows and columns of a written linear program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/format_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

#define LONGEST_NAME 100

/* Words that begin a section or a bound. */
static const char *const reserved[] = {
    "max",  "maximize", "maximum", "min",      "minimize", "st",      "subject",
    "such", "bound",    "bounds",  "free",     "inf",      "general", "generals",
    "gen",  "int",      "integer", "binary",   "bin",      "end",     "semi",
    "sos",  "infinity", "minimum", "integers", "binaries", "ranges"};

static bool is_reserved(const char *name)
{
    for (size_t k = 0; k < sizeof reserved / sizeof *reserved; k++) {
        if (strcasecmp(name, reserved[k]) == 0) {
            return true;
        }
    }
    return false;
}

/* A name may not look like the start of a number; in some readers e does. */
static bool is_bad_start(char first)
{
    return isdigit((unsigned char)first) || first == '.' || first == 'e' || first == 'E';
}

static char *plain_name(const char *name)
{
    size_t length = strnlen(name, LONGEST_NAME);
    bool prefixed = is_bad_start(name[0]) || is_reserved(name);
    char *plain = sb_allocate(length + 2, 1);
    if (plain == NULL) {
        return NULL;
    }
    char *end = plain;
    if (prefixed) {
        *end++ = '_';
    }
    for (size_t k = 0; k < length; k++) {
        unsigned char byte = (unsigned char)name[k];
        bool allowed = byte < 128 && (isalnum(byte) || strchr("_.(),#$%&!?@{}~;", byte) != NULL);
        *end++ = allowed ? (char)byte : '_';
    }
    return plain;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool all_differ(char *const *names, size_t count, bool *differ)
{
    char **sorted = sb_allocate(count, sizeof *sorted);
    if (sorted == NULL) {
        return false;
    }
    *differ = true;
    if (count > 0) {
        memcpy(sorted, names, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_names);
        *differ = *sorted[0] != '\0';
    }
    for (size_t k = 1; k < count; k++) {
        *differ = *differ && strcmp(sorted[k - 1], sorted[k]) != 0;
    }
    free(sorted);
    return true;
}

char **sb_format_names(size_t count, const char *(*name)(const void *lp, size_t index),
                       const void *lp, char prefix, bool *generic)
{
    char **names = sb_allocate(count, sizeof *names);
    bool done = names != NULL;
    bool differ = true;
    for (size_t k = 0; done && k < count; k++) {
        names[k] = plain_name(name(lp, k));
        done = names[k] != NULL;
    }
    done = done && all_differ(names, count, &differ);
    *generic = !differ;
    for (size_t k = 0; done && !differ && k < count; k++) {
        free(names[k]);
        names[k] = sb_format_text("%c%zu", prefix, k + 1);
        done = names[k] != NULL;
    }
    if (!done) {
        sb_format_names_free(names, count);
        return NULL;
    }
    return names;
}

void sb_format_names_free(char **names, size_t count)
{
    for (size_t k = 0; names != NULL && k < count; k++) {
        free(names[k]);
    }
    free(names);
}
