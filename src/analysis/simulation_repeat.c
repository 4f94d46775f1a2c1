/* One repetition of a simulation: draw, estimate, design, score.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "analysis/simulation_parts.h"

/* A number below 2^61 that stands for any integer. */
static uint64_t residue(const fmpz_t number)
{
    return fmpz_fdiv_ui(number, (UINT64_C(1) << 61) - 1);
}

static void start_stream(sb_random_stream *stream, const sb_simulation_plan *plan,
                         const sb_simulation_cell *cell, size_t repetition)
{
    uint64_t coordinates[] = {cell->sample_count,
                              cell->type_count,
                              cell->signal_count,
                              residue(fmpq_numref(&cell->correlation)),
                              residue(fmpq_denref(&cell->correlation)),
                              repetition};
    sb_random_stream_init(stream, plan->seed, coordinates,
                          sizeof coordinates / sizeof coordinates[0]);
}

/* The optimum at the truth is the same in every repetition. */
static sb_status find_known_prior(sb_simulation_truth *truth, const sb_simulation_plan *plan,
                                  const atomic_bool *cancel, sb_contender_outcome *outcome,
                                  sb_error *error)
{
    sb_status status = SB_OK;
    pthread_mutex_lock(&truth->lock);
    if (!truth->known) {
        sb_learned_options options = {
            .wanted = {[SB_CONTENDER_KNOWN_PRIOR] = true}, .exact = plan->exact, .cancel = cancel};
        sb_learned learned;
        status = sb_learned_compare(truth->environment, truth->environment, NULL, &options,
                                    &learned, error);
        truth->known = status == SB_OK;
        truth->known_prior = learned.outcomes[SB_CONTENDER_KNOWN_PRIOR];
    }
    *outcome = truth->known_prior;
    pthread_mutex_unlock(&truth->lock);
    return status;
}

static sb_status estimate(const sb_environment *truth, const sb_simulation_plan *plan,
                          const sb_simulation_cell *cell, sb_random_stream *stream,
                          sb_environment **estimated, sb_consistent_set *set, sb_error *error)
{
    sb_samples *samples = NULL;
    sb_estimate found;
    sb_estimate_init(&found);
    sb_status status = sb_samples_new(truth, &samples, error);
    if (status == SB_OK) {
        status = sb_samples_draw(samples, truth, cell->sample_count, stream, NULL, error);
    }
    if (status == SB_OK) {
        sb_estimate_options options = plan->estimate;
        options.epsilon = cell->epsilon;
        options.seed = sb_random_stream_next(stream);
        status = sb_estimate_from_samples(truth, samples, &options, &found, error);
    }
    if (status == SB_OK) {
        status = sb_estimate_environment(truth, &found, estimated, error);
    }
    if (status == SB_OK) {
        status = sb_estimate_set(*estimated, &found, set, error);
    }
    sb_estimate_clear(&found);
    sb_samples_free(samples);
    return status;
}

sb_status sb_simulation_repeat(const sb_simulation_plan *plan, const sb_simulation_cell *cell,
                               sb_simulation_truth *truth, size_t repetition,
                               const atomic_bool *cancel, sb_learned *learned, sb_error *error)
{
    sb_random_stream stream;
    start_stream(&stream, plan, cell, repetition);
    sb_environment *estimated = NULL;
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_status status = estimate(truth->environment, plan, cell, &stream, &estimated, &set, error);
    if (status == SB_OK) {
        sb_learned_options options = {.exact = plan->exact, .cancel = cancel};
        memcpy(options.wanted, plan->wanted, sizeof options.wanted);
        options.wanted[SB_CONTENDER_KNOWN_PRIOR] = false;
        status = sb_learned_compare(truth->environment, estimated, &set, &options, learned, error);
    }
    if (status == SB_OK && plan->wanted[SB_CONTENDER_KNOWN_PRIOR]) {
        status = find_known_prior(truth, plan, cancel, &learned->outcomes[SB_CONTENDER_KNOWN_PRIOR],
                                  error);
    }
    sb_consistent_set_clear(&set);
    sb_environment_free(estimated);
    return status;
}
