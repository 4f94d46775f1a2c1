/* A number of samples that is enough.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sample_size.h"

#include <math.h>
#include <string.h>

#include "analysis/extraction.h"

/* ---- the numbers ---- */

/* ln(2 |Theta| / epsilon) */
static double log_chances(size_t types, double epsilon)
{
    return log(2 * (double)types / epsilon);
}

double sb_samples_for_radius(double radius, size_t types, size_t signals, double epsilon)
{
    return 2 / (radius * radius) * ((double)signals * log(2) + log_chances(types, epsilon));
}

double sb_samples_in_all(double for_each_type, double rarest, size_t types, double epsilon)
{
    double twice = 2 * log_chances(types, epsilon);
    double root = (sqrt(twice) + sqrt(twice + 4 * for_each_type)) / 2;
    return root * root / rarest;
}

double sb_radius_of_samples(double samples, double rarest, size_t types, size_t signals,
                            double epsilon)
{
    double expected = samples * rarest;
    double each = expected - sqrt(2 * expected * log_chances(types, epsilon));
    if (!(each > 0)) {
        return 2;
    }
    double square = 2 / each * ((double)signals * log(2) + log_chances(types, epsilon));
    return fmin(2, sqrt(square));
}

double sb_samples_by_formula(const sb_sample_numbers *numbers, double *radius, double *each)
{
    double delta = numbers->loss * numbers->gamma / (2 * (numbers->value_range + numbers->loss));
    delta = numbers->halved ? delta / 2 : delta;
    double for_each =
        sb_samples_for_radius(delta, numbers->types, numbers->signals, numbers->epsilon);
    if (radius != NULL) {
        *radius = delta;
    }
    if (each != NULL) {
        *each = for_each;
    }
    return sb_samples_in_all(for_each, numbers->rarest, numbers->types, numbers->epsilon);
}

/* ---- of a prior ---- */

void sb_sample_bound_init(sb_sample_bound *bound)
{
    *bound = (sb_sample_bound){.alone = true, .proof = SB_PROOF_NONE};
    fmpq_init(&bound->loss);
    fmpq_init(&bound->rarest);
    fmpq_init(&bound->value_range);
    fmpq_init(&bound->gamma);
    fmpq_init(&bound->formula_radius);
    fmpq_init(&bound->spread);
    fmpq_init(&bound->radius);
}

void sb_sample_bound_clear(sb_sample_bound *bound)
{
    fmpq_clear(&bound->loss);
    fmpq_clear(&bound->rarest);
    fmpq_clear(&bound->value_range);
    fmpq_clear(&bound->gamma);
    fmpq_clear(&bound->formula_radius);
    fmpq_clear(&bound->spread);
    fmpq_clear(&bound->radius);
    sb_sample_bound_init(bound);
}

static void describe_types(const sb_environment *environment, sb_sample_bound *bound)
{
    const sb_agent *agent = &environment->agents[0];
    const fmpq *least = NULL, *most = NULL;
    fmpq_t share;
    fmpq_init(share);
    for (size_t type = 0; type < agent->type_count; type++) {
        sb_environment_marginal(share, environment, 0, type);
        if (fmpq_is_zero(share)) {
            continue;
        }
        const fmpq *value = agent->values + type;
        if (bound->type_count == 0 || fmpq_cmp(share, &bound->rarest) < 0) {
            fmpq_set(&bound->rarest, share);
        }
        least = least == NULL || fmpq_cmp(value, least) < 0 ? value : least;
        most = most == NULL || fmpq_cmp(value, most) > 0 ? value : most;
        bound->halved = bound->halved || fmpq_cmp(value, &environment->reserve) < 0;
        bound->type_count++;
    }
    if (most != NULL) {
        fmpq_sub(&bound->value_range, most, least);
    }
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        sb_environment_marginal(share, environment, 1, signal);
        bound->signal_count += !fmpq_is_zero(share);
    }
    fmpq_clear(share);
}

/* Steps 1 and 2 by gamma: k gamma / (2 (range + k)). */
static sb_status use_separation(const sb_environment *environment, const sb_lp_options *options,
                                sb_sample_bound *bound, sb_error *error)
{
    sb_separation separation;
    sb_separation_init(&separation);
    sb_status status = sb_separation_find(environment, 0, SB_NORM_ONE, options, &separation, error);
    if (status == SB_OK && !separation.alone) {
        bound->alone = false;
        bound->gamma_type = separation.type;
        fmpq_set(&bound->gamma, &separation.gamma);
        bound->proof = separation.proof > bound->proof ? separation.proof : bound->proof;
        fmpq_mul(&bound->formula_radius, &bound->loss, &bound->gamma);
        fmpq_div_2exp(&bound->formula_radius, &bound->formula_radius, bound->halved ? 2 : 1);
        fmpq_t scale;
        fmpq_init(scale);
        fmpq_add(scale, &bound->value_range, &bound->loss);
        fmpq_div(&bound->formula_radius, &bound->formula_radius, scale);
        fmpq_clear(scale);
    }
    sb_separation_clear(&separation);
    return status;
}

/* The same by linear programs. */
static sb_status use_bets(const sb_environment *environment, const sb_lp_options *options,
                          sb_sample_bound *bound, sb_error *error)
{
    sb_correlation_ball ball;
    sb_correlation_ball_init(&ball);
    sb_status status = sb_correlation_ball_find(environment, SB_BALL_TRUTHFUL, &bound->loss,
                                                options, &ball, error);
    if (status == SB_OK) {
        bound->found = ball.found;
        bound->proof = ball.proof;
        memcpy(bound->reason, ball.reason, sizeof bound->reason);
        fmpq_set(&bound->radius, &ball.each_type);
        if (ball.found && !fmpq_is_zero(&ball.spread)) { /* 2 M delta = k at the largest delta */
            fmpq_div(&bound->spread, &bound->loss, &bound->radius);
            fmpq_div_2exp(&bound->spread, &bound->spread, 1);
        }
    }
    sb_correlation_ball_clear(&ball);
    return status;
}

sb_sample_numbers sb_sample_numbers_of(const sb_sample_bound *bound)
{
    return (sb_sample_numbers){.loss = sb_rational_to_double(&bound->loss),
                               .gamma = sb_rational_to_double(&bound->gamma),
                               .value_range = sb_rational_to_double(&bound->value_range),
                               .rarest = sb_rational_to_double(&bound->rarest),
                               .epsilon = bound->epsilon,
                               .types = bound->type_count,
                               .signals = bound->signal_count,
                               .halved = bound->halved};
}

static void count_samples(sb_sample_bound *bound)
{
    double rarest = sb_rational_to_double(&bound->rarest);
    double radius = bound->found ? sb_rational_to_double(&bound->radius) : 0;
    sb_sample_numbers numbers = sb_sample_numbers_of(bound);
    bound->formula_total = sb_samples_by_formula(&numbers, NULL, &bound->formula_each);
    if (!bound->found || !fmpq_is_zero(&bound->spread)) {
        bound->each =
            sb_samples_for_radius(radius, bound->type_count, bound->signal_count, bound->epsilon);
        bound->total = sb_samples_in_all(bound->each, rarest, bound->type_count, bound->epsilon);
    }
}

sb_status sb_sample_bound_find(const sb_environment *environment, const fmpq_t loss, double epsilon,
                               const sb_lp_options *options, sb_sample_bound *bound,
                               sb_error *error)
{
    sb_sample_bound_clear(bound);
    if (!(epsilon > 0 && epsilon < 1)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "epsilon is a probability above 0 and below 1, not %g", epsilon);
    }
    bound->epsilon = epsilon;
    fmpq_set(&bound->loss, loss);
    sb_status status = use_bets(environment, options, bound, error);
    if (status == SB_OK) {
        describe_types(environment, bound);
        fmpq_div_2exp(&bound->radius, &bound->radius, bound->halved ? 1 : 0);
        status = use_separation(environment, options, bound, error);
    }
    if (status == SB_OK) {
        count_samples(bound);
    } else {
        sb_sample_bound_clear(bound);
    }
    return status;
}
