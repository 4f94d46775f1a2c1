/* Samples of (type, signal) of one bidder: made, copied, drawn from a prior.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/samples.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

sb_status sb_samples_new(const sb_environment *environment, sb_samples **samples, sb_error *error)
{
    *samples = NULL;
    if (environment->agent_count != 1 || !environment->has_signal) {
        sb_error_set(error, SB_ERROR_USAGE, "samples are of one agent's type and a signal: here %s",
                     environment->agent_count != 1 ? "there are several agents"
                                                   : "there is no signal");
        sb_error_set_hint(error, "use an environment with one agent and a signal");
        return SB_ERROR_USAGE;
    }
    sb_samples *made = sb_allocate(1, sizeof *made);
    if (made != NULL) {
        made->type_count = environment->agents[0].type_count;
        made->signal_count = environment->signal_count;
        made->counts = sb_allocate(made->type_count * made->signal_count, sizeof *made->counts);
    }
    if (made == NULL || made->counts == NULL) {
        free(made);
        return sb_out_of_memory(error);
    }
    *samples = made;
    return SB_OK;
}

void sb_samples_free(sb_samples *samples)
{
    if (samples != NULL) {
        free(samples->counts);
        free(samples);
    }
}

sb_samples *sb_samples_copy(const sb_samples *samples)
{
    size_t pairs = samples->type_count * samples->signal_count;
    sb_samples *copy = sb_allocate(1, sizeof *copy);
    size_t *counts = sb_allocate(pairs, sizeof *counts);
    if (copy == NULL || counts == NULL) {
        free(copy);
        free(counts);
        return NULL;
    }
    memcpy(counts, samples->counts, pairs * sizeof *counts);
    *copy = *samples;
    copy->counts = counts;
    return copy;
}

size_t sb_samples_of_type(const sb_samples *samples, size_t type)
{
    size_t total = 0;
    for (size_t signal = 0; signal < samples->signal_count; signal++) {
        total += samples->counts[type * samples->signal_count + signal];
    }
    return total;
}

/* ---- drawing ---- */

/* A draw of 64 bits falls to the first pair whose end is above it: ends[k] is the probability of
 * the pairs up to k, times 2^64 and rounded down. A pair of probability zero ends where the one
 * before it does, and so is never drawn. From `last` on the probability is all of 1. */
typedef struct distribution {
    uint64_t *ends; /* `last` of them */
    size_t last;
} distribution;

static bool distribution_init(distribution *pairs, const sb_environment *environment)
{
    size_t count = sb_environment_profile_count(environment);
    pairs->ends = sb_allocate(count, sizeof *pairs->ends);
    pairs->last = 0;
    if (pairs->ends == NULL) {
        return false;
    }
    fmpq_t weight;
    fmpq_t share;
    fmpz_t end;
    fmpq_init(weight);
    fmpq_init(share);
    fmpz_init(end);
    for (size_t pair = 0; pair < count; pair++) {
        fmpq_add(weight, weight, environment->weights + pair);
        if (fmpq_equal(weight, &environment->weight_sum)) {
            pairs->last = pair;
            break;
        }
        fmpq_div(share, weight, &environment->weight_sum);
        fmpz_mul_2exp(end, fmpq_numref(share), 64);
        fmpz_fdiv_q(end, end, fmpq_denref(share));
        pairs->ends[pair] = fmpz_get_ui(end);
    }
    fmpz_clear(end);
    fmpq_clear(share);
    fmpq_clear(weight);
    return true;
}

static size_t distribution_find(const distribution *pairs, uint64_t bits)
{
    size_t low = 0;
    size_t high = pairs->last;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bits < pairs->ends[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static bool same_shape(const sb_samples *samples, const sb_environment *environment)
{
    return environment->agent_count == 1 && environment->has_signal &&
           samples->type_count == environment->agents[0].type_count &&
           samples->signal_count == environment->signal_count;
}

sb_status sb_samples_draw(sb_samples *samples, const sb_environment *environment, size_t count,
                          sb_random_stream *stream, size_t *sequence, sb_error *error)
{
    if (!same_shape(samples, environment)) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the samples have %zu types and %zu signals, the environment another shape",
                     samples->type_count, samples->signal_count);
        sb_error_set_hint(error, "begin anew with samples of this environment");
        return SB_ERROR_USAGE;
    }
    if (count > SIZE_MAX - samples->total) {
        return sb_error_set(error, SB_ERROR_LIMIT, "%zu more samples are too many to count", count);
    }
    distribution pairs;
    if (!distribution_init(&pairs, environment)) {
        return sb_out_of_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        size_t pair = distribution_find(&pairs, sb_random_stream_next(stream));
        samples->counts[pair]++;
        if (sequence != NULL) {
            sequence[i] = pair;
        }
    }
    samples->total += count;
    free(pairs.ends);
    return SB_OK;
}
