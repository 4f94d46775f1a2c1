/* Reading the options of robust design.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/option_values.h"

enum { MOST_DRAWS = 10000000, LEAST_DRAWS = 100, MOST_ROUNDS = 999999999, MOST_SEED_DIGITS = 20 };

/* ---- words ---- */

/* The words of an option are those of its argument, "one|type|all"; where they choose a member of
 * an enumeration they stand in its order. */
static size_t find_word(const sb_option *option, const char *value)
{
    size_t length = strlen(value);
    const char *word = option->argument;
    for (size_t index = 0;; index++) {
        size_t end = strcspn(word, "|");
        if (end == length && memcmp(word, value, length) == 0) {
            return index;
        }
        if (word[end] == '\0') {
            return SIZE_MAX;
        }
        word += end + 1;
    }
}

bool sb_option_knows(const sb_option *option, const char *value)
{
    return find_word(option, value) != SIZE_MAX;
}

/* "one, type or all" */
static void list_words(const sb_option *option, char *list, size_t size)
{
    sb_text text;
    sb_text_init(&text);
    for (const char *word = option->argument; *word != '\0';) {
        size_t end = strcspn(word, "|");
        sb_text_add_part(&text, word, end);
        word += end;
        if (*word == '|') {
            word++;
            sb_text_add(&text, strchr(word, '|') == NULL ? " or " : ", ");
        }
    }
    char *bytes = sb_text_take(&text, NULL);
    strncpy(list, bytes == NULL ? option->argument : bytes, size - 1);
    list[size - 1] = '\0';
    free(bytes);
}

sb_status sb_option_read_word(size_t *index, const sb_option *option, const char *value,
                              sb_error *error)
{
    size_t found = find_word(option, value);
    if (found == SIZE_MAX) {
        char list[sizeof option->argument + 16];
        list_words(option, list, sizeof list);
        sb_error_set(error, SB_ERROR_USAGE, "--%s knows no '%.80s'", option->name, value);
        sb_error_set_hint(error, "choose %s", list);
        return SB_ERROR_USAGE;
    }
    *index = found;
    return SB_OK;
}

/* ---- numbers ---- */

sb_status sb_option_read_seed(uint64_t *seed, const char *value, sb_error *error)
{
    size_t digits = strspn(value, "0123456789");
    bool plain = digits >= 1 && digits <= MOST_SEED_DIGITS && value[digits] == '\0';
    errno = 0;
    unsigned long long number = plain ? strtoull(value, NULL, 10) : 0;
    if (!plain || errno != 0 || number > UINT64_MAX) {
        sb_error_set(error, SB_ERROR_USAGE, "--seed takes a whole number below 2^64, not '%.80s'",
                     value);
        sb_error_set_hint(error, "write it like --seed 5");
        return SB_ERROR_USAGE;
    }
    *seed = number;
    return SB_OK;
}

/* Numbers strictly between 0 and a limit (NULL: any positive number), like the example. */
static sb_status read_positive(sb_number_list *list, const char *name, const fmpq *limit,
                               const char *example, const char *value, sb_error *error)
{
    size_t before = list->count;
    sb_status status = sb_option_read_numbers(list, name, value, error);
    for (size_t k = before; status == SB_OK && k < list->count; k++) {
        if (fmpq_sgn(list->numbers + k) <= 0) {
            status = sb_error_set(error, SB_ERROR_USAGE, "--%s must be above 0", name);
        } else if (limit != NULL && fmpq_cmp(list->numbers + k, limit) >= 0) {
            status = sb_error_set(error, SB_ERROR_USAGE, "--%s must be below 1", name);
        }
    }
    if (status == SB_ERROR_USAGE) {
        sb_error_set_hint(error, "write it like --%s %s", name, example);
    }
    return status;
}

static sb_status read_draws(size_t *draws, const sb_option *option, const char *value,
                            sb_error *error)
{
    sb_status status = sb_option_read_count(draws, option->name, MOST_DRAWS, value, error);
    if (status == SB_OK && *draws < LEAST_DRAWS) {
        sb_error_set(error, SB_ERROR_USAGE, "--draws %zu are too few for quantiles", *draws);
        sb_error_set_hint(error, "write at least --draws %d", LEAST_DRAWS);
        return SB_ERROR_USAGE;
    }
    return status;
}

static sb_status read_number(sb_robust_arguments *robust, const sb_option *option,
                             const char *value, sb_error *error)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    if (option->kind == SB_OPTION_BOX) {
        status = sb_option_read_numbers(&robust->radii, option->name, value, error);
    } else if (option->kind == SB_OPTION_EPSILON) {
        status = read_positive(&robust->epsilons, option->name, one, "0.05", value, error);
    } else if (option->kind == SB_OPTION_ALPHA) {
        status = read_positive(&robust->alphas, option->name, NULL, "1", value, error);
    } else if (option->kind == SB_OPTION_DRAWS) {
        status = read_draws(&robust->draws, option, value, error);
    } else if (option->kind == SB_OPTION_SEED) {
        status = sb_option_read_seed(&robust->seed, value, error);
    } else if (option->kind == SB_OPTION_ROUNDS) {
        status = sb_option_read_count(&robust->rounds, option->name, MOST_ROUNDS, value, error);
    }
    fmpq_clear(one);
    return status;
}

static sb_status read_choice(sb_robust_arguments *robust, const sb_option *option,
                             const char *value, sb_error *error)
{
    size_t index = 0;
    sb_status status = sb_option_read_word(&index, option, value, error);
    if (status != SB_OK) {
        return status;
    }
    if (option->kind == SB_OPTION_LEVEL) {
        robust->level = (sb_interval_level)index;
    } else if (option->kind == SB_OPTION_INTERVALS) {
        robust->intervals = (sb_interval_method)index;
    } else if (option->kind == SB_OPTION_ROBUST_OBJECTIVE) {
        robust->objective = (sb_robust_objective)index;
    } else if (option->kind == SB_OPTION_METHOD) {
        robust->method = (sb_robust_method)index;
    } else if (option->kind == SB_OPTION_CUTS) {
        robust->cuts = (sb_cut_choice)index;
    } else if (option->kind == SB_OPTION_BEGIN) {
        robust->beginning = (sb_cut_beginning)index;
    }
    return SB_OK;
}

static const char **path_of(sb_robust_arguments *robust, sb_option_kind kind)
{
    switch ((int)kind) {
    case SB_OPTION_LOWER:
        return &robust->lower;
    case SB_OPTION_UPPER:
        return &robust->upper;
    case SB_OPTION_SAMPLES:
        return &robust->samples;
    case SB_OPTION_TRUTH:
        return &robust->truth;
    case SB_OPTION_SAVE_STEPS:
        return &robust->save_steps;
    case SB_OPTION_REPLAY:
        return &robust->replay;
    default:
        return NULL;
    }
}

sb_status sb_option_read_robust(sb_robust_arguments *robust, const sb_option *option,
                                const char *value, sb_error *error)
{
    const char **path = path_of(robust, option->kind);
    if (path != NULL) {
        *path = value;
        return SB_OK;
    }
    return strchr(option->argument, '|') != NULL ? read_choice(robust, option, value, error)
                                                 : read_number(robust, option, value, error);
}
