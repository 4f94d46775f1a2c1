/* Reading the options of simulations.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/option_values.h"
#include "sidebet/simulation.h"

enum { MOST_WORKERS = 1024, MOST_SHARDS = 1000000, MOST_COUNT_BYTES = 15 };

/* ---- lists ---- */

sb_status sb_option_read_counts(size_t **counts, size_t *count, const char *name, size_t most,
                                const char *value, sb_error *error)
{
    size_t planned = 1;
    for (const char *at = value; *at != '\0'; at++) {
        planned += *at == ',' ? 1 : 0;
    }
    *count = 0;
    *counts = sb_allocate(planned, sizeof **counts);
    if (*counts == NULL) {
        return sb_out_of_memory(error);
    }
    for (;;) {
        size_t length = strcspn(value, ",");
        char word[MOST_COUNT_BYTES + 1] = "";
        memcpy(word, value, length < MOST_COUNT_BYTES ? length : MOST_COUNT_BYTES);
        sb_status status = sb_option_read_count(*counts + *count, name, most, word, error);
        if (status != SB_OK) {
            return status;
        }
        ++*count;
        if (value[length] == '\0') {
            return SB_OK;
        }
        value += length + 1;
    }
}

static sb_status bad_correlation(const char *word, size_t length, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "--correlation '%.*s' is not a number between -1 and 1",
                 length > 80 ? 80 : (int)length, word);
    sb_error_set_hint(error, "write it like --correlation 0.5 or --correlation 0,0.25,0.5");
    return SB_ERROR_USAGE;
}

/* Numbers strictly between -1 and 1. */
static sb_status read_correlations(sb_number_list *list, const char *value, sb_error *error)
{
    for (;;) {
        size_t length = strcspn(value, ",");
        if (!sb_grow((void *)&list->numbers, &list->capacity, list->count + 1, sizeof(fmpq))) {
            return sb_out_of_memory(error);
        }
        fmpq *number = list->numbers + list->count++;
        fmpq_init(number);
        if (sb_rational_parse(number, value, length, NULL) != SB_OK ||
            fmpz_cmpabs(fmpq_numref(number), fmpq_denref(number)) >= 0) {
            return bad_correlation(value, length, error);
        }
        if (value[length] == '\0') {
            return SB_OK;
        }
        value += length + 1;
    }
}

/* ---- the rest ---- */

static sb_status read_shard(sb_simulation_arguments *simulation, const char *value, sb_error *error)
{
    const char *slash = strchr(value, '/');
    size_t which = 0;
    size_t of = 0;
    char first[MOST_COUNT_BYTES + 1] = "";
    bool good = slash != NULL && slash - value <= MOST_COUNT_BYTES;
    if (good) {
        memcpy(first, value, (size_t)(slash - value));
        good = sb_option_read_count(&which, "shard", MOST_SHARDS, first, NULL) == SB_OK &&
               sb_option_read_count(&of, "shard", MOST_SHARDS, slash + 1, NULL) == SB_OK &&
               which <= of;
    }
    if (!good) {
        sb_error_set(error, SB_ERROR_USAGE, "--shard takes two whole numbers, not '%.80s'", value);
        sb_error_set_hint(error, "write the second of four parts as --shard 2/4");
        return SB_ERROR_USAGE;
    }
    simulation->shard = which - 1;
    simulation->shards = of;
    return SB_OK;
}

static const char **text_of(sb_simulation_arguments *simulation, sb_option_kind kind)
{
    switch ((int)kind) {
    case SB_OPTION_TYPES:
        return &simulation->types;
    case SB_OPTION_SIGNALS:
        return &simulation->signals;
    case SB_OPTION_MECHANISMS:
        return &simulation->mechanisms;
    case SB_OPTION_RESUME:
        return &simulation->resume;
    case SB_OPTION_OUTPUT:
        return &simulation->output;
    default:
        return NULL;
    }
}

sb_status sb_option_read_simulation(sb_simulation_arguments *simulation, const sb_option *option,
                                    const char *value, sb_error *error)
{
    const char **text = text_of(simulation, option->kind);
    if (text != NULL) {
        *text = value;
        return SB_OK;
    }
    if (option->kind == SB_OPTION_CORRELATION) {
        return read_correlations(&simulation->correlations, value, error);
    }
    if (option->kind == SB_OPTION_SHARD) {
        return read_shard(simulation, value, error);
    }
    if (option->kind == SB_OPTION_WORKERS) {
        return sb_option_read_count(&simulation->workers, option->name, MOST_WORKERS, value, error);
    }
    return sb_option_read_count(&simulation->repetitions, option->name,
                                SB_SIMULATION_MOST_REPETITIONS, value, error);
}
