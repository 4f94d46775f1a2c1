/* How well samples tell two priors apart.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nearby priors agree in most digits, so differences are taken in rationals and only then rounded:
 *
 *     1 - sum sqrt(p q) = 1/2 sum (sqrt p - sqrt q)^2 = 1/2 sum ((p - q) / (sqrt p + sqrt q))^2
 *     divergence = sum p ln(p / q) = sum q h((p - q) / q),   h(x) = (1 + x) ln(1 + x) - x
 */
#include <math.h>

#include "sidebet/indistinguishable.h"

/* (1 + x) ln(1 + x) - x, without cancellation near 0 */
static double divergence_term(double x)
{
    const double small = 1e-4;
    if (fabs(x) < small) {
        return x * x * (1.0 / 2 - x * (1.0 / 6 - x / 12));
    }
    return x <= -1 ? 1 : (1 + x) * log1p(x) - x;
}

static void add_profile(const sb_environment *first, const sb_environment *second, size_t profile,
                        sb_test_power *power)
{
    fmpq_t p, q, difference;
    fmpq_init(p);
    fmpq_init(q);
    fmpq_init(difference);
    sb_environment_probability(p, first, profile);
    sb_environment_probability(q, second, profile);
    fmpq_sub(difference, p, q);
    if (!fmpq_is_zero(difference)) {
        double gap = sb_rational_to_double(difference);
        double other = sb_rational_to_double(q);
        double roots = sqrt(sb_rational_to_double(p)) + sqrt(other);
        power->total_variation += fabs(gap) / 2;
        power->gap += gap / roots * (gap / roots) / 2;
        power->divergence += other > 0 ? other * divergence_term(gap / other) : INFINITY;
    }
    fmpq_clear(p);
    fmpq_clear(q);
    fmpq_clear(difference);
}

/* T >= 1 - 2 error is needed to be right with probability 1 - error. */
static void count_samples(sb_test_power *power, double error_probability)
{
    double wanted = 1 - 2 * error_probability;
    double log_coefficient = log1p(-fmin(power->gap, 1)); /* ln B <= 0 */
    /* 1 - B^N >= wanted */
    power->samples_enough = log_coefficient < 0 ? log(1 - wanted) / log_coefficient : INFINITY;
    /* each upper bound of T has to reach it */
    double by_coefficient =
        log_coefficient < 0 ? log1p(-wanted * wanted) / (2 * log_coefficient) : INFINITY;
    power->samples_needed = fmax(fmax(by_coefficient, wanted / power->total_variation),
                                 2 * wanted * wanted / power->divergence);
}

sb_status sb_test_power_find(const sb_environment *first, const sb_environment *second,
                             double samples, double error_probability, sb_test_power *power,
                             sb_error *error)
{
    *power = (sb_test_power){.total_variation = 0};
    size_t count = sb_environment_profile_count(first);
    if (count != sb_environment_profile_count(second)) {
        return sb_error_set(error, SB_ERROR_USAGE, "the two priors have different profiles");
    }
    if (!(error_probability > 0 && error_probability < .5)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the error of a test is a probability above 0 and below 1/2, not %g",
                            error_probability);
    }
    for (size_t profile = 0; profile < count; profile++) {
        add_profile(first, second, profile, power);
    }
    double log_coefficient = log1p(-fmin(power->gap, 1));
    if (samples > 0) {
        power->least = -expm1(samples * log_coefficient);
        double by_coefficient = sqrt(-expm1(2 * samples * log_coefficient));
        power->most = fmin(fmin(by_coefficient, samples * power->total_variation),
                           sqrt(samples * power->divergence / 2));
        power->most = fmax(fmin(power->most, 1), power->least);
    }
    count_samples(power, error_probability);
    return SB_OK;
}
