/* How often an estimate's set holds the truth, measured.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/estimate_parts.h"
#include "base/memory.h"

/* The true conditionals of the types that can occur; the others have none to hold. */
typedef struct true_beliefs {
    size_t type_count, signal_count, possible_count;
    fmpq *conditionals;
    bool *possible;
} true_beliefs;

static bool beliefs_init(true_beliefs *beliefs, const sb_environment *truth)
{
    *beliefs = (true_beliefs){.type_count = truth->agents[0].type_count,
                              .signal_count = truth->signal_count};
    beliefs->conditionals = sb_rationals_new(beliefs->type_count * beliefs->signal_count);
    beliefs->possible = sb_allocate(beliefs->type_count, sizeof *beliefs->possible);
    if (beliefs->conditionals == NULL || beliefs->possible == NULL) {
        return false;
    }
    for (size_t type = 0; type < beliefs->type_count; type++) {
        beliefs->possible[type] = sb_environment_conditional(
            beliefs->conditionals + type * beliefs->signal_count, truth, 0, type);
        beliefs->possible_count += beliefs->possible[type];
    }
    return true;
}

static void beliefs_clear(true_beliefs *beliefs)
{
    sb_rationals_free(beliefs->conditionals, beliefs->type_count * beliefs->signal_count);
    free(beliefs->possible);
}

typedef struct held_counts {
    size_t elements, rows, tables;
} held_counts;

static void count_held(held_counts *held, const true_beliefs *beliefs, const sb_estimate *estimate)
{
    bool whole_table = true;
    for (size_t type = 0; type < beliefs->type_count; type++) {
        if (!beliefs->possible[type]) {
            continue;
        }
        size_t inside = 0;
        for (size_t signal = 0; signal < beliefs->signal_count; signal++) {
            size_t pair = type * beliefs->signal_count + signal;
            const fmpq *belief = beliefs->conditionals + pair;
            inside += fmpq_cmp(estimate->lower + pair, belief) <= 0 &&
                      fmpq_cmp(belief, estimate->upper + pair) <= 0;
        }
        bool whole_row = inside == beliefs->signal_count;
        held->elements += inside;
        held->rows += whole_row;
        whole_table = whole_table && whole_row;
    }
    held->tables += whole_table;
}

/* One repetition has two streams of its own: samples, and draws of the posterior. */
static sb_status repeat(const sb_environment *truth, size_t sample_count, size_t repetition,
                        uint64_t seed, const sb_estimate_options *options, sb_estimate *estimate,
                        sb_error *error)
{
    const uint64_t sampling[] = {repetition, 0};
    const uint64_t posterior[] = {repetition, 1};
    sb_random_stream stream;
    sb_estimate_options own = *options;
    sb_random_stream_init(&stream, seed, posterior, 2);
    own.seed = sb_random_stream_next(&stream);
    sb_random_stream_init(&stream, seed, sampling, 2);
    sb_samples *samples = NULL;
    sb_status status = sb_samples_new(truth, &samples, error);
    if (status == SB_OK) {
        status = sb_samples_draw(samples, truth, sample_count, &stream, NULL, error);
    }
    if (status == SB_OK) {
        status = sb_estimate_from_samples(truth, samples, &own, estimate, error);
    }
    sb_samples_free(samples);
    return status;
}

static sb_status measure(const sb_environment *truth, size_t sample_count, size_t repetitions,
                         uint64_t seed, const sb_estimate_options *options,
                         const true_beliefs *beliefs, held_counts *held, sb_error *error)
{
    sb_estimate estimate;
    sb_estimate_init(&estimate);
    sb_status status = SB_OK;
    for (size_t i = 0; i < repetitions && status == SB_OK; i++) {
        status = repeat(truth, sample_count, i, seed, options, &estimate, error);
        if (status == SB_OK) {
            count_held(held, beliefs, &estimate);
        }
    }
    sb_estimate_clear(&estimate);
    return status;
}

sb_status sb_estimate_coverage(const sb_environment *truth, size_t sample_count, size_t repetitions,
                               uint64_t seed, const sb_estimate_options *options,
                               sb_coverage *coverage, sb_error *error)
{
    sb_estimate_options initial = SB_ESTIMATE_OPTIONS_DEFAULT;
    options = options == NULL ? &initial : options;
    *coverage = (sb_coverage){0};
    sb_status status = sb_estimate_check(truth, NULL, options, error);
    if (status == SB_OK && repetitions == 0) {
        sb_error_set(error, SB_ERROR_USAGE, "coverage needs at least one repetition");
        sb_error_set_hint(error, "take 1000 for an error of about 0.01");
        status = SB_ERROR_USAGE;
    }
    if (status != SB_OK) {
        return status;
    }
    true_beliefs beliefs;
    held_counts held = {0};
    status = beliefs_init(&beliefs, truth)
                 ? measure(truth, sample_count, repetitions, seed, options, &beliefs, &held, error)
                 : sb_out_of_memory(error);
    if (status == SB_OK) {
        double rows = (double)repetitions * (double)beliefs.possible_count;
        coverage->repetitions = repetitions;
        coverage->element = (double)held.elements / (rows * (double)beliefs.signal_count);
        coverage->row = (double)held.rows / rows;
        coverage->table = (double)held.tables / (double)repetitions;
    }
    beliefs_clear(&beliefs);
    return status;
}
