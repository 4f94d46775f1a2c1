/* Reading the prior of an environment file: nested lists, or a generator.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/csv.h"
#include "model/environment_read.h"
#include "model/prior_generators.h"
#include "model/yaml_utf8.h"

typedef struct prior_reader {
    const sb_reader *reader;
    sb_environment *environment;
    size_t player_count;
    size_t types[SB_MAX_PLAYERS]; /* the types of the levels above the present one */
    size_t next;                  /* the next profile */
    fmpq *weights;
    bool fraction;
} prior_reader;

void sb_read_note_sum(const fmpq_t sum, const char *what, sb_notes *notes)
{
    if (notes == NULL || fmpq_is_one(sum)) {
        return;
    }
    bool exact = true;
    char *shown = sb_rational_display(sum, 24, &exact);
    if (shown != NULL) {
        sb_notes_add(notes, "%s sums to %s%s, not 1: read as weights", what, exact ? "" : "about ",
                     shown);
    }
    free(shown);
}

/* ---- nested lists ---- */

/* "the prior", "the prior at agent 1 = '2'", "the prior at (2, 1)". */
static const char *place_of(const prior_reader *prior, size_t level, char place[640])
{
    const sb_environment *environment = prior->environment;
    int used = snprintf(place, 640, "the prior%s", level == 0 ? "" : " at ");
    bool cell = level == prior->player_count;
    for (size_t player = 0; player < level && used < 500; player++) {
        char quoted[SB_QUOTED_SIZE];
        const char *label = sb_environment_label(environment, player, prior->types[player]);
        sb_utf8_quote(label, strlen(label), quoted);
        size_t length = strlen(quoted);
        const char *comma = player > 0 ? ", " : cell ? "(" : "";
        if (cell) { /* the label without its quotes */
            used += snprintf(place + used, (size_t)(640 - used), "%s%.*s%s", comma, (int)length - 2,
                             quoted + 1, player + 1 == level ? ")" : "");
        } else {
            used += snprintf(place + used, (size_t)(640 - used), "%s%.60s = %s", comma,
                             sb_environment_player_name(environment, player), quoted);
        }
    }
    return place;
}

static sb_status read_cell(prior_reader *prior, const sb_yaml_node *node)
{
    char place[640];
    char found[96];
    fmpq *weight = &prior->weights[prior->next++];
    if (node->kind == SB_YAML_LIST) {
        return sb_read_fail(prior->reader, node,
                            "the prior is nested lists, one level a player: agents, then signal",
                            "%s has more levels than there are players: expected a number, "
                            "found %s",
                            place_of(prior, prior->player_count, place),
                            sb_read_found(node, found));
    }
    if (node->kind == SB_YAML_SCALAR &&
        sb_rational_parse(weight, node->text, node->length, NULL) == SB_OK) {
        prior->fraction = prior->fraction || strchr(node->text, '/') != NULL;
        if (fmpq_sgn(weight) >= 0) {
            return SB_OK;
        }
        return sb_read_fail(prior->reader, node, "probabilities and weights are 0 or more",
                            "%s is negative: %s", place_of(prior, prior->player_count, place),
                            sb_read_found(node, found));
    }
    /* Again, to report what is wrong: the place is made only now, as tables have many cells. */
    return sb_read_number(prior->reader, node, place_of(prior, prior->player_count, place), weight,
                          NULL);
}

static sb_status read_level(prior_reader *prior, const sb_yaml_node *node, size_t level)
{
    if (level == prior->player_count) {
        return read_cell(prior, node);
    }
    size_t size = sb_environment_player_size(prior->environment, level);
    if (node->kind != SB_YAML_LIST || node->count != size) {
        char place[640];
        char found[96];
        char quoted[SB_QUOTED_SIZE];
        const char *name = sb_environment_player_name(prior->environment, level);
        return sb_read_fail(prior->reader, node,
                            "the prior is nested lists, one level a player: agents, then signal",
                            "%s: expected a list of %zu entr%s, one a %s of %s, found %s",
                            place_of(prior, level, place), size, size == 1 ? "y" : "ies",
                            level == prior->environment->agent_count ? "value" : "type",
                            sb_utf8_quote(name, strlen(name), quoted), sb_read_found(node, found));
    }
    sb_status status = SB_OK;
    for (size_t type = 0; type < size && status == SB_OK; type++) {
        prior->types[level] = type;
        status = read_level(prior, &node->items[type], level + 1);
    }
    return status;
}

/* ---- generators ---- */

static sb_status read_independent(prior_reader *prior, const sb_yaml_node *lists)
{
    static const char hint[] = "write independent: [[0.8, 0.2], [0.5, 0.5]], one list a player";
    const sb_reader *reader = prior->reader;
    sb_environment *environment = prior->environment;
    char what[160];
    char found[96];
    sb_status status = sb_read_want_list(reader, lists, "independent", hint);
    if (status == SB_OK && lists->count != prior->player_count) {
        status =
            sb_read_fail(reader, lists, hint, "independent: expected %zu list%s, found %zu",
                         prior->player_count, prior->player_count == 1 ? "" : "s", lists->count);
    }
    size_t total = sb_environment_marginal_count(environment);
    fmpq *marginals = status == SB_OK ? sb_rationals_new(total) : NULL;
    if (status == SB_OK && marginals == NULL) {
        status = sb_out_of_memory(reader->error);
    }
    fmpq_t sum;
    fmpq_init(sum);
    size_t offset = 0;
    for (size_t player = 0; player < prior->player_count && status == SB_OK; player++) {
        const sb_yaml_node *list = &lists->items[player];
        size_t size = sb_environment_player_size(environment, player);
        char quoted[SB_QUOTED_SIZE];
        const char *name = sb_environment_player_name(environment, player);
        (void)snprintf(what, sizeof what, "the independent prior of %s",
                       sb_utf8_quote(name, strlen(name), quoted));
        if (list->kind != SB_YAML_LIST || list->count != size) {
            status = sb_read_fail(reader, list, hint, "%s: expected a list of %zu entr%s, found %s",
                                  what, size, size == 1 ? "y" : "ies", sb_read_found(list, found));
        }
        for (size_t type = 0; type < size && status == SB_OK; type++) {
            fmpq *number = &marginals[offset + type];
            status = sb_read_number(reader, &list->items[type], what, number, &prior->fraction);
            if (status == SB_OK && fmpq_sgn(number) < 0) {
                status = sb_read_fail(
                    reader, &list->items[type], "probabilities and weights are 0 or more",
                    "%s has a negative entry: %s", what, sb_read_found(&list->items[type], found));
            }
        }
        if (status == SB_OK) {
            sb_rationals_sum(sum, marginals + offset, size);
            if (fmpq_is_zero(sum)) {
                status = sb_read_fail(reader, list, "make at least one entry positive",
                                      "%s sums to zero", what);
            } else {
                sb_read_note_sum(sum, what, reader->notes);
            }
        }
        offset += size;
    }
    fmpq_clear(sum);
    if (status == SB_OK) {
        status = sb_read_place(
            reader, lists, sb_environment_set_independent(environment, marginals, reader->error));
    }
    sb_rationals_free(marginals, total);
    return status;
}

/* A whole number of digits under `digits`, or the usual one. */
static sb_status read_digits(const sb_reader *reader, const sb_yaml_node *section, int usual,
                             int largest, int *digits)
{
    unsigned long long number = (unsigned long long)usual;
    const sb_yaml_node *node = sb_yaml_find(section, "digits", 3);
    if (node != NULL) {
        sb_status status =
            sb_read_whole(reader, node, "digits", 0, (unsigned long long)largest, &number);
        if (status != SB_OK) {
            return status;
        }
        if (number == 0) {
            return sb_read_fail(reader, node, NULL, "digits is at least 1");
        }
    }
    *digits = (int)number;
    return SB_OK;
}

static sb_status read_normal_numbers(const prior_reader *prior, const sb_yaml_node *section,
                                     sb_prior_source *source)
{
    static const char *const known[] = {"correlation", "from", "to", "digits"};
    static const char hint[] = "write bivariate-normal: {correlation: 0.5, from: -2, to: 2}";
    const sb_reader *reader = prior->reader;
    fmpq *numbers[] = {&source->correlation, &source->from, &source->to};
    sb_status status = sb_read_want_mapping(reader, section, "bivariate-normal", hint);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, section, "under bivariate-normal", known, 4);
    }
    for (size_t index = 0; index < 3 && status == SB_OK; index++) {
        const sb_yaml_node *node = sb_yaml_find(section, known[index], index);
        status = node == NULL ? sb_read_fail(reader, section, hint, "bivariate-normal has no %s",
                                             known[index])
                              : sb_read_number(reader, node, known[index], numbers[index], NULL);
    }
    if (status != SB_OK) {
        return status;
    }
    fmpq_t size;
    fmpq_init(size);
    fmpq_abs(size, &source->correlation);
    bool strict = fmpq_cmp_ui(size, 1) < 0;
    fmpq_clear(size);
    if (!strict) {
        return sb_read_fail(reader, sb_yaml_find(section, "correlation", 0),
                            "use a number such as 0.5",
                            "the correlation is strictly between -1 and 1");
    }
    if (fmpq_cmp(&source->from, &source->to) >= 0) {
        return sb_read_fail(reader, sb_yaml_find(section, "from", 1), hint,
                            "bivariate-normal: from has to be smaller than to");
    }
    return read_digits(reader, section, SB_NORMAL_DIGITS, SB_NORMAL_MAX_DIGITS, &source->digits);
}

static sb_status read_normal(prior_reader *prior, const sb_yaml_node *section)
{
    sb_environment *environment = prior->environment;
    sb_prior_source *source = &environment->source;
    if (prior->player_count != 2) {
        return sb_read_fail(prior->reader, section, "use nested lists, independent or random",
                            "bivariate-normal is for two players, here are %zu",
                            prior->player_count);
    }
    sb_status status = read_normal_numbers(prior, section, source);
    if (status != SB_OK) {
        return status;
    }
    sb_prior_bivariate_normal(prior->weights, sb_environment_player_size(environment, 0),
                              sb_environment_player_size(environment, 1), &source->correlation,
                              &source->from, &source->to, source->digits);
    status = sb_environment_set_weights(environment, prior->weights, prior->reader->error);
    if (status == SB_ERROR_INPUT) {
        status = sb_read_fail(prior->reader, section, "ask for more digits",
                              "every entry of bivariate-normal rounds to 0 with %d digits",
                              source->digits);
    }
    source->kind = SB_PRIOR_BIVARIATE_NORMAL;
    return status;
}

static sb_status read_random(prior_reader *prior, const sb_yaml_node *section)
{
    static const char *const known[] = {"seed", "digits"};
    static const char hint[] = "write random: {seed: 7, digits: 4}";
    const sb_reader *reader = prior->reader;
    sb_environment *environment = prior->environment;
    sb_prior_source *source = &environment->source;
    sb_status status = sb_read_want_mapping(reader, section, "random", hint);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, section, "under random", known, 2);
    }
    const sb_yaml_node *seed = sb_yaml_find(section, "seed", 0);
    if (status == SB_OK) {
        status = seed == NULL ? sb_read_fail(reader, section, hint, "random has no seed")
                              : sb_read_whole(reader, seed, "the seed", 0, ~0ULL, &source->seed);
    }
    if (status == SB_OK) {
        status =
            read_digits(reader, section, SB_RANDOM_DIGITS, SB_RANDOM_MAX_DIGITS, &source->digits);
    }
    if (status != SB_OK) {
        return status;
    }
    sb_prior_random(prior->weights, sb_environment_profile_count(environment), source->seed,
                    source->digits);
    status = sb_environment_set_weights(environment, prior->weights, reader->error);
    source->kind = SB_PRIOR_RANDOM;
    return status;
}

/* The path of a file named in another one: beside it, unless absolute. */
static char *path_beside(const char *name, const char *path)
{
    const char *slash = strrchr(name, '/');
    if (path[0] == '/' || slash == NULL) {
        return sb_copy_text(path);
    }
    return sb_format_text("%.*s%s", (int)(slash - name) + 1, name, path);
}

static sb_status read_csv(prior_reader *prior, const sb_yaml_node *node)
{
    const char *file = NULL;
    sb_status status = sb_read_text(prior->reader, node, "the CSV file", &file);
    if (status != SB_OK) {
        return status;
    }
    char *path = path_beside(prior->reader->name, file);
    if (path == NULL) {
        return sb_out_of_memory(prior->reader->error);
    }
    status = sb_csv_read_weights(prior->environment, path, prior->weights, &prior->fraction,
                                 prior->reader->error);
    free(path);
    return status == SB_ERROR_IO ? sb_read_place(prior->reader, node, status) : status;
}

/* Nested lists or CSV: weights that are kept as they stand. */
static sb_status take_table(prior_reader *prior, const sb_yaml_node *node)
{
    fmpq_t sum;
    fmpq_init(sum);
    sb_rationals_sum(sum, prior->weights, sb_environment_profile_count(prior->environment));
    sb_status status = SB_OK;
    if (fmpq_is_zero(sum)) {
        status = sb_read_fail(prior->reader, node, "make at least one entry positive",
                              "the prior sums to zero");
    } else {
        sb_read_note_sum(sum, "the prior", prior->reader->notes);
        status = sb_read_place(
            prior->reader, node,
            sb_environment_set_weights(prior->environment, prior->weights, prior->reader->error));
    }
    fmpq_clear(sum);
    return status;
}

static sb_status read_generator(prior_reader *prior, const sb_yaml_node *node)
{
    static const char *const known[] = {"independent", "bivariate-normal", "random", "csv"};
    static sb_status (*const readers[])(prior_reader *, const sb_yaml_node *) = {
        read_independent, read_normal, read_random, read_csv};
    sb_status status = sb_read_check_keys(prior->reader, node, "under prior", known, 4);
    if (status == SB_OK && node->count != 1) {
        return sb_read_fail(prior->reader, node,
                            "write one of independent, bivariate-normal, random, csv, or lists",
                            "the prior is one generator, found %zu", node->count);
    }
    for (size_t index = 0; index < 4 && status == SB_OK; index++) {
        if (strcmp(node->keys[0].text, known[index]) == 0) {
            status = readers[index](prior, &node->items[0]);
        }
    }
    if (status == SB_OK && strcmp(node->keys[0].text, "csv") == 0) {
        status = take_table(prior, &node->items[0]);
    }
    return status;
}

sb_status sb_read_prior(const sb_reader *reader, const sb_yaml_node *node,
                        sb_environment *environment)
{
    size_t profiles = sb_environment_profile_count(environment);
    prior_reader prior = {
        .reader = reader,
        .environment = environment,
        .player_count = sb_environment_player_count(environment),
        .weights = sb_rationals_new(profiles),
    };
    if (prior.weights == NULL) {
        return sb_out_of_memory(reader->error);
    }
    sb_status status = SB_OK;
    if (node->kind == SB_YAML_MAPPING) {
        status = read_generator(&prior, node);
    } else {
        status = read_level(&prior, node, 0);
        if (status == SB_OK) {
            status = take_table(&prior, node);
        }
    }
    environment->source.style = prior.fraction ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL;
    sb_rationals_free(prior.weights, profiles);
    return status;
}
