/* The line from independence through a prior, and the places on it where a sweep stops.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <flint/fmpz.h>

#include "base/memory.h"
#include "sidebet/sweep.h"

enum { POINTS_BEYOND = 10 };

/* ---- the environment at lambda ---- */

static sb_status say_negative(const sb_environment *environment, const fmpq_t lambda,
                              size_t profile, sb_error *error)
{
    char *label = sb_environment_profile_label(environment, profile);
    char *at = sb_rational_approximate(lambda, 6);
    sb_status status =
        label == NULL || at == NULL
            ? sb_out_of_memory(error)
            : sb_error_set(error, SB_ERROR_INPUT,
                           "at lambda = %s the probability of %s would be negative", at, label);
    fmpq_t largest;
    fmpq_init(largest);
    if (status == SB_ERROR_INPUT && fmpq_sgn(lambda) > 0 &&
        sb_sweep_largest_lambda(largest, environment)) {
        char *most = sb_rational_display(largest, 24, NULL);
        if (most != NULL) {
            sb_error_set_hint(error, "the largest lambda is %s", most);
        }
        free(most);
    }
    fmpq_clear(largest);
    free(label);
    free(at);
    return status;
}

static sb_status set_weights_at(sb_environment *at_lambda, const sb_environment *environment,
                                const sb_environment *independent, const fmpq_t lambda,
                                sb_error *error)
{
    size_t count = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(count);
    if (weights == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t probability, step;
    fmpq_init(probability);
    fmpq_init(step);
    sb_status status = SB_OK;
    for (size_t profile = 0; status == SB_OK && profile < count; profile++) {
        sb_environment_probability(probability, independent, profile);
        sb_environment_probability(step, environment, profile);
        fmpq_sub(step, step, probability);
        fmpq_addmul(probability, lambda, step);
        fmpq_mul(weights + profile, probability, &environment->weight_sum);
        if (fmpq_sgn(probability) < 0) {
            status = say_negative(environment, lambda, profile, error);
        }
    }
    if (status == SB_OK) {
        status = sb_environment_set_weights(at_lambda, weights, error);
    }
    fmpq_clear(probability);
    fmpq_clear(step);
    sb_rationals_free(weights, count);
    return status;
}

sb_status sb_sweep_environment(const sb_environment *environment, const fmpq_t lambda,
                               sb_environment **at_lambda, sb_error *error)
{
    *at_lambda = NULL;
    sb_environment *made = sb_environment_copy(environment);
    sb_environment *independent = sb_environment_without_correlation(environment);
    sb_status status = made == NULL || independent == NULL ? sb_out_of_memory(error) : SB_OK;
    if (status == SB_OK && !fmpq_is_one(lambda)) {
        status = set_weights_at(made, environment, independent, lambda, error);
    }
    sb_environment_free(independent);
    if (status != SB_OK) {
        sb_environment_free(made);
        return status;
    }
    *at_lambda = made;
    return SB_OK;
}

/* pi° + lambda (pi - pi°) reaches zero first where pi° / (pi° - pi) is smallest. pi° is the product
 * of the marginals. */
bool sb_sweep_largest_lambda(fmpq_t lambda, const sb_environment *environment)
{
    size_t players = sb_environment_player_count(environment);
    bool limited = false;
    fmpq_t product, factor;
    fmpq_init(product);
    fmpq_init(factor);
    for (size_t profile = 0; profile < sb_environment_profile_count(environment); profile++) {
        fmpq_one(product);
        for (size_t player = 0; player < players; player++) {
            sb_environment_marginal(factor, environment, player,
                                    sb_environment_type_at(environment, profile, player));
            fmpq_mul(product, product, factor);
        }
        sb_environment_probability(factor, environment, profile);
        fmpq_sub(factor, product, factor);
        if (fmpq_sgn(factor) > 0) {
            fmpq_div(product, product, factor);
            if (!limited || fmpq_cmp(product, lambda) < 0) {
                fmpq_set(lambda, product);
            }
            limited = true;
        }
    }
    fmpq_clear(product);
    fmpq_clear(factor);
    return limited;
}

/* ---- where to stop ---- */

/* Where neighbours a hundredth of a decade apart would round to the same three digits, four. */
enum { MOST_AT_THREE_DIGITS = 100 };

/* A number rounded to some digits. */
static void set_rounded(fmpq_t rounded, double number, int digits)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%.*e", digits - 1, number);
    if (length > 0) {
        sb_rational_parse(rounded, text, (size_t)length, NULL);
    }
}

/* The k-th point below 1. */
static void set_below(fmpq_t lambda, size_t k, size_t points)
{
    static const double thirds[] = {1, 0.5, 0.2};
    size_t decade = k / points;
    double mantissa = points == 3 ? thirds[k % 3] : pow(10, -(double)(k % points) / (double)points);
    fmpz_t power;
    fmpz_init(power);
    fmpz_set_ui(power, 10);
    fmpz_pow_ui(power, power, decade);
    set_rounded(lambda, mantissa, points > MOST_AT_THREE_DIGITS ? 4 : 3);
    fmpq_div_fmpz(lambda, lambda, power);
    fmpz_clear(power);
}

/* The k-th of POINTS_BEYOND points beyond 1; k the last: largest itself. */
static void set_beyond(fmpq_t lambda, size_t k, const fmpq_t largest)
{
    if (k == POINTS_BEYOND) {
        fmpq_set(lambda, largest);
        return;
    }
    double most = sb_rational_to_double(largest);
    double share = (double)k / POINTS_BEYOND;
    if (most > 10) {
        set_rounded(lambda, pow(most, share), 3);
    } else {
        fmpq_t excess;
        fmpq_init(excess);
        fmpq_sub_si(excess, largest, 1);
        set_rounded(lambda, share * sb_rational_to_double(excess), 3);
        fmpq_add_si(lambda, lambda, 1);
        fmpq_clear(excess);
    }
}

sb_status sb_sweep_lambdas(const sb_environment *environment, const sb_sweep_options *options,
                           fmpq **lambdas, size_t *count, sb_error *error)
{
    *lambdas = NULL;
    *count = 0;
    sb_sweep_options chosen = options == NULL ? SB_SWEEP_OPTIONS_DEFAULT : *options;
    if (chosen.points < 1 || chosen.points > SB_SWEEP_MAX_POINTS) {
        return sb_error_set(error, SB_ERROR_USAGE, "a sweep has 1 to %d points a decade, not %zu",
                            SB_SWEEP_MAX_POINTS, chosen.points);
    }
    if (chosen.decades < 0 || chosen.decades > SB_SWEEP_MAX_DECADES) {
        return sb_error_set(error, SB_ERROR_USAGE, "a sweep has 0 to %d decades, not %d",
                            SB_SWEEP_MAX_DECADES, chosen.decades);
    }
    size_t below = chosen.points * (size_t)chosen.decades;
    fmpq *made = sb_rationals_new(below + 2 + POINTS_BEYOND);
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    size_t made_count = 1; /* the first is 0 */
    for (size_t k = below + 1; k-- > 0;) {
        set_below(made + made_count++, k, chosen.points);
    }
    fmpq_t largest;
    fmpq_init(largest);
    bool beyond = chosen.beyond && sb_sweep_largest_lambda(largest, environment) &&
                  fmpq_cmp_si(largest, 1) > 0;
    for (size_t k = 1; beyond && k <= POINTS_BEYOND; k++) {
        set_beyond(made + made_count, k, largest);
        /* Rounding may meet its neighbours. */
        if (fmpq_cmp(made + made_count, made + made_count - 1) > 0 &&
            (k == POINTS_BEYOND || fmpq_cmp(made + made_count, largest) < 0)) {
            made_count++;
        }
    }
    fmpq_clear(largest);
    *lambdas = sb_rationals_copy(made, made_count);
    *count = made_count;
    sb_rationals_free(made, below + 2 + POINTS_BEYOND);
    return *lambdas == NULL ? sb_out_of_memory(error) : SB_OK;
}
