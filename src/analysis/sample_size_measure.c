/* What mechanisms learned from a number of samples earn, measured.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "sidebet/sample_size.h"
#include "sidebet/surplus.h"

/* Sums of a number and its square about the first one, which keeps the digits. */
typedef struct running {
    size_t count;
    double first, sum, squares;
} running;

typedef struct measurement {
    const sb_environment *truth;
    const fmpq *loss;
    const sb_sample_options *options;
    sb_sample_measure *measure;
    fmpq_t full_surplus;
    running contenders[SB_CONTENDER_COUNT], ball, distance;
    sb_error *error;
} measurement;

static void add_number(running *numbers, double number)
{
    if (isfinite(number)) {
        numbers->first = numbers->count == 0 ? number : numbers->first;
        double gap = number - numbers->first;
        numbers->count++;
        numbers->sum += gap;
        numbers->squares += gap * gap;
    }
}

static sb_sample_mean mean_of(const running *numbers)
{
    double count = (double)numbers->count;
    sb_sample_mean mean = {numbers->count, NAN, NAN};
    if (numbers->count > 0) {
        mean.mean = numbers->first + numbers->sum / count;
    }
    if (numbers->count > 1) {
        double squares = numbers->squares - numbers->sum * numbers->sum / count;
        mean.standard_error = sqrt(fmax(0, squares) / (count - 1) / count);
    }
    return mean;
}

/* ---- one repetition ---- */

/* The largest 1-norm distance between the beliefs of a type of positive probability. */
static sb_status find_distance(measurement *work, const sb_environment *estimated, fmpq_t largest)
{
    size_t signals = work->truth->signal_count;
    fmpq *own = sb_rationals_new(signals), *other = sb_rationals_new(signals);
    fmpq_t distance, gap;
    fmpq_init(distance);
    fmpq_init(gap);
    fmpq_zero(largest);
    sb_status status = own == NULL || other == NULL ? sb_out_of_memory(work->error) : SB_OK;
    for (size_t type = 0; status == SB_OK && type < work->truth->agents[0].type_count; type++) {
        if (!sb_environment_conditional(own, work->truth, 0, type)) {
            continue;
        }
        sb_environment_conditional(other, estimated, 0, type);
        fmpq_zero(distance);
        for (size_t k = 0; k < signals; k++) {
            fmpq_sub(gap, own + k, other + k);
            fmpq_abs(gap, gap);
            fmpq_add(distance, distance, gap);
        }
        if (fmpq_cmp(distance, largest) > 0) {
            fmpq_set(largest, distance);
        }
    }
    sb_rationals_free(own, signals);
    sb_rationals_free(other, signals);
    fmpq_clear(distance);
    fmpq_clear(gap);
    return status;
}

/* The ball's mechanism under the truth; `otherwise` is what is earned where there is none. */
static sb_status try_ball(measurement *work, const sb_environment *estimated, const fmpq_t distance,
                          double otherwise)
{
    sb_correlation_ball ball;
    sb_correlation_ball_init(&ball);
    sb_misbelief misbelief;
    sb_misbelief_init(&misbelief);
    sb_lp_options lp = SB_LP_OPTIONS_DEFAULT;
    lp.cancel = work->options->cancel;
    sb_status status = sb_correlation_ball_for_each_type(estimated, SB_BALL_REVENUE, work->loss,
                                                         &lp, &ball, work->error);
    if (status == SB_OK && !ball.found) {
        add_number(&work->ball, otherwise);
    } else if (status == SB_OK) {
        status =
            sb_misbelief_evaluate(estimated, ball.mechanism, work->truth, &misbelief, work->error);
        if (status == SB_OK) {
            fmpq_t least;
            fmpq_init(least);
            fmpq_sub(least, work->full_surplus, work->loss);
            work->measure->ball_found++;
            work->measure->ball_holds += fmpq_cmp(distance, &ball.radius) <= 0;
            work->measure->kept += fmpq_cmp(&misbelief.revenue, least) >= 0;
            add_number(&work->ball, sb_rational_to_double(&misbelief.revenue));
            fmpq_clear(least);
        }
    }
    sb_misbelief_clear(&misbelief);
    sb_correlation_ball_clear(&ball);
    return status;
}

static sb_status score(measurement *work, const sb_environment *estimated,
                       const sb_consistent_set *set)
{
    sb_learned_options options = {.exact = true, .cancel = work->options->cancel};
    memcpy(options.wanted, work->options->wanted, sizeof options.wanted);
    options.wanted[SB_CONTENDER_EX_POST] = true; /* where there is no ball */
    sb_learned learned;
    fmpq_t distance;
    fmpq_init(distance);
    sb_status status =
        sb_learned_compare(work->truth, estimated, set, &options, &learned, work->error);
    if (status == SB_OK) {
        status = find_distance(work, estimated, distance);
    }
    if (status == SB_OK) {
        for (size_t k = 0; k < SB_CONTENDER_COUNT; k++) {
            add_number(&work->contenders[k],
                       options.wanted[k] ? learned.outcomes[k].revenue : (double)NAN);
        }
        add_number(&work->distance, sb_rational_to_double(distance));
        status =
            try_ball(work, estimated, distance, learned.outcomes[SB_CONTENDER_EX_POST].revenue);
    }
    fmpq_clear(distance);
    return status;
}

static sb_status repeat(measurement *work, size_t repetition)
{
    uint64_t coordinates[] = {work->measure->sample_count, repetition};
    sb_random_stream stream;
    sb_random_stream_init(&stream, work->options->seed, coordinates, 2);
    sb_samples *samples = NULL;
    sb_environment *estimated = NULL;
    sb_estimate found;
    sb_estimate_init(&found);
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_estimate_options estimate = work->options->estimate;
    sb_status status = sb_samples_new(work->truth, &samples, work->error);
    if (status == SB_OK) {
        status = sb_samples_draw(samples, work->truth, work->measure->sample_count, &stream, NULL,
                                 work->error);
        estimate.seed = sb_random_stream_next(&stream);
    }
    if (status == SB_OK) {
        status = sb_estimate_from_samples(work->truth, samples, &estimate, &found, work->error);
    }
    if (status == SB_OK) {
        status = sb_estimate_environment(work->truth, &found, &estimated, work->error);
    }
    if (status == SB_OK) {
        status = sb_estimate_set(estimated, &found, &set, work->error);
    }
    if (status == SB_OK) {
        status = score(work, estimated, &set);
    }
    sb_consistent_set_clear(&set);
    sb_estimate_clear(&found);
    sb_environment_free(estimated);
    sb_samples_free(samples);
    return status;
}

/* ---- all of them ---- */

static void finish(measurement *work)
{
    sb_sample_measure *measure = work->measure;
    for (size_t k = 0; k < SB_CONTENDER_COUNT; k++) {
        measure->contenders[k] = mean_of(&work->contenders[k]);
        if (!work->options->wanted[k]) {
            measure->contenders[k] = (sb_sample_mean){0, NAN, NAN};
        }
    }
    measure->ball = mean_of(&work->ball);
    measure->distance = mean_of(&work->distance);
}

sb_status sb_sample_measure_run(const sb_environment *truth, const fmpq_t loss, size_t sample_count,
                                const sb_sample_options *options, sb_sample_measure *measure,
                                sb_error *error)
{
    *measure = (sb_sample_measure){.sample_count = sample_count};
    if (options->repetitions == 0) {
        return sb_error_set(error, SB_ERROR_USAGE, "at least one repetition is needed");
    }
    measurement work = {
        .truth = truth, .loss = loss, .options = options, .measure = measure, .error = error};
    fmpq_init(work.full_surplus);
    sb_full_surplus(work.full_surplus, truth);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < options->repetitions; k++) {
        status = repeat(&work, k);
        measure->repetitions += status == SB_OK;
        if (status == SB_OK && options->progress != NULL &&
            !options->progress(options->context, measure->repetitions)) {
            status = sb_error_set(error, SB_ERROR_CANCELLED, "stopped");
        }
    }
    finish(&work);
    fmpq_clear(work.full_surplus);
    return status;
}
