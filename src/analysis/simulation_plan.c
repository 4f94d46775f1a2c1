/* The plan of a simulation: what is swept, how often, from which seed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/simulation_parts.h"
#include "base/memory.h"

/* ---- storage ---- */

static size_t *copy_counts(const size_t *counts, size_t count)
{
    size_t *copy = sb_allocate(count, sizeof *copy);
    if (copy != NULL && count > 0) {
        memcpy(copy, counts, count * sizeof *copy);
    }
    return copy;
}

static double *copy_doubles(const double *numbers, size_t count)
{
    double *copy = sb_allocate(count, sizeof *copy);
    if (copy != NULL && count > 0) {
        memcpy(copy, numbers, count * sizeof *copy);
    }
    return copy;
}

void sb_simulation_plan_clear(sb_simulation_plan *plan)
{
    free(plan->environment);
    free(plan->sample_counts);
    sb_rationals_free(plan->correlations, plan->correlation_count);
    free(plan->epsilons);
    free(plan->type_counts);
    free(plan->signal_counts);
    sb_rationals_free(plan->estimate.alpha, 1);
    *plan = (sb_simulation_plan){.environment = NULL};
}

/* The pointers of *to are replaced by copies of what they point to. */
static bool own(sb_simulation_plan *to)
{
    sb_simulation_plan from = *to;
    to->environment = from.environment == NULL ? NULL : sb_copy_text(from.environment);
    to->sample_counts = copy_counts(from.sample_counts, from.sample_count_count);
    to->correlations = sb_rationals_copy(from.correlations, from.correlation_count);
    to->epsilons = copy_doubles(from.epsilons, from.epsilon_count);
    to->type_counts = copy_counts(from.type_counts, from.type_count_count);
    to->signal_counts = copy_counts(from.signal_counts, from.signal_count_count);
    to->estimate.alpha =
        from.estimate.alpha == NULL ? NULL : sb_rationals_copy(from.estimate.alpha, 1);
    return (from.environment == NULL || to->environment != NULL) && to->sample_counts != NULL &&
           to->correlations != NULL && to->epsilons != NULL && to->type_counts != NULL &&
           to->signal_counts != NULL && (from.estimate.alpha == NULL || to->estimate.alpha != NULL);
}

sb_status sb_simulation_plan_copy(sb_simulation_plan *to, const sb_simulation_plan *from,
                                  sb_error *error)
{
    sb_simulation_plan copy = *from;
    if (!own(&copy)) {
        sb_simulation_plan_clear(&copy);
        return sb_out_of_memory(error);
    }
    *to = copy;
    return SB_OK;
}

sb_status sb_simulation_plan_init(sb_simulation_plan *plan, sb_error *error)
{
    size_t samples[] = {10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
    double epsilon = 0.05;
    size_t types = 10;
    fmpq_t correlation;
    fmpq_init(correlation);
    fmpq_set_si(correlation, 1, 2);
    sb_simulation_plan usual = {.sample_count_count = sizeof samples / sizeof samples[0],
                                .sample_counts = samples,
                                .correlation_count = 1,
                                .correlations = correlation,
                                .epsilon_count = 1,
                                .epsilons = &epsilon,
                                .type_count_count = 1,
                                .type_counts = &types,
                                .repetitions = 100,
                                .seed = 1,
                                .estimate = SB_ESTIMATE_OPTIONS_DEFAULT,
                                .wanted = {true, true, true, true},
                                .exact = true};
    sb_status status = sb_simulation_plan_copy(plan, &usual, error);
    fmpq_clear(correlation);
    return status;
}

/* ---- comparing ---- */

static bool same_counts(const size_t *left, size_t left_count, const size_t *right,
                        size_t right_count)
{
    return left_count == right_count &&
           (left_count == 0 || memcmp(left, right, left_count * sizeof *left) == 0);
}

static bool same_correlations(const sb_simulation_plan *left, const sb_simulation_plan *right)
{
    bool same = left->correlation_count == right->correlation_count;
    for (size_t k = 0; same && k < left->correlation_count; k++) {
        same = fmpq_equal(left->correlations + k, right->correlations + k);
    }
    return same;
}

static bool same_epsilons(const sb_simulation_plan *left, const sb_simulation_plan *right)
{
    bool same = left->epsilon_count == right->epsilon_count;
    for (size_t k = 0; same && k < left->epsilon_count; k++) {
        same = left->epsilons[k] == right->epsilons[k];
    }
    return same;
}

bool sb_simulation_estimates_equal(const sb_estimate_options *left,
                                   const sb_estimate_options *right)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    bool same = fmpq_equal(left->alpha == NULL ? one : left->alpha,
                           right->alpha == NULL ? one : right->alpha);
    fmpq_clear(one);
    return same && left->level == right->level && left->method == right->method &&
           (left->method != SB_INTERVAL_QUANTILES || left->draws == right->draws);
}

bool sb_simulation_plan_equal(const sb_simulation_plan *left, const sb_simulation_plan *right)
{
    bool same = (left->environment == NULL) == (right->environment == NULL);
    if (same && left->environment != NULL) {
        same = strcmp(left->environment, right->environment) == 0;
    } else if (same) {
        same = same_correlations(left, right) &&
               same_counts(left->type_counts, left->type_count_count, right->type_counts,
                           right->type_count_count) &&
               same_counts(left->signal_counts, left->signal_count_count, right->signal_counts,
                           right->signal_count_count);
    }
    return same &&
           same_counts(left->sample_counts, left->sample_count_count, right->sample_counts,
                       right->sample_count_count) &&
           same_epsilons(left, right) && left->repetitions == right->repetitions &&
           left->seed == right->seed &&
           sb_simulation_estimates_equal(&left->estimate, &right->estimate) &&
           memcmp(left->wanted, right->wanted, sizeof left->wanted) == 0 &&
           left->exact == right->exact;
}

/* ---- checking ---- */

/* The same number twice would be the same cells twice. `what` is taken over. */
static sb_status refuse_twice(char *what, const char *verb, sb_error *error)
{
    if (what == NULL) {
        return sb_out_of_memory(error);
    }
    sb_error_set(error, SB_ERROR_USAGE, "%s %s given twice", what, verb);
    sb_error_set_hint(error, "name each number once: more repetitions make it more precise");
    free(what);
    return SB_ERROR_USAGE;
}

static sb_status check_counts(const char *what, const size_t *counts, size_t count, size_t least,
                              size_t most, sb_error *error)
{
    for (size_t k = 0; k < count; k++) {
        if (counts[k] < least || counts[k] > most) {
            sb_error_set(error, SB_ERROR_USAGE, "%zu %s is not in the range of a simulation",
                         counts[k], what);
            sb_error_set_hint(error, "choose from %zu to %zu", least, most);
            return SB_ERROR_USAGE;
        }
        for (size_t j = 0; j < k; j++) {
            if (counts[j] == counts[k]) {
                return refuse_twice(sb_format_text("%zu %s", counts[k], what), "are", error);
            }
        }
    }
    return SB_OK;
}

static sb_status check_correlations(const sb_simulation_plan *plan, sb_error *error)
{
    for (size_t k = 0; k < plan->correlation_count; k++) {
        double correlation = sb_rational_to_double(plan->correlations + k);
        if (!(correlation > -1 && correlation < 1)) {
            sb_error_set(error, SB_ERROR_USAGE, "the correlation %g is not between -1 and 1",
                         correlation);
            sb_error_set_hint(error, "with correlation 1 the signal is the type");
            return SB_ERROR_USAGE;
        }
        for (size_t j = 0; j < k; j++) {
            if (fmpq_equal(plan->correlations + j, plan->correlations + k)) {
                return refuse_twice(sb_format_text("the correlation %g", correlation), "is", error);
            }
        }
    }
    return SB_OK;
}

static sb_status check_epsilons(const sb_simulation_plan *plan, sb_error *error)
{
    for (size_t k = 0; k < plan->epsilon_count; k++) {
        if (!(plan->epsilons[k] > 0 && plan->epsilons[k] < 1)) {
            return sb_error_set(error, SB_ERROR_USAGE, "epsilon %g is not between 0 and 1",
                                plan->epsilons[k]);
        }
        for (size_t j = 0; j < k; j++) {
            if (plan->epsilons[j] == plan->epsilons[k]) {
                return refuse_twice(sb_format_text("epsilon %g", plan->epsilons[k]), "is", error);
            }
        }
    }
    return SB_OK;
}

static sb_status check_size(const sb_simulation_plan *plan, sb_error *error)
{
    size_t factors[SB_AXIS_COUNT + 1];
    factors[SB_AXIS_COUNT] = plan->repetitions;
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        factors[axis] = sb_simulation_axis_size(plan, (sb_simulation_axis)axis);
    }
    size_t total = 1;
    for (size_t k = 0; k < sizeof factors / sizeof factors[0]; k++) {
        if (factors[k] == 0) {
            return sb_error_set(error, SB_ERROR_USAGE, "the simulation has nothing to do");
        }
        if (factors[k] > SB_SIMULATION_MOST_REPETITIONS / total) {
            sb_error_set(error, SB_ERROR_USAGE, "the simulation has more than %d repetitions",
                         SB_SIMULATION_MOST_REPETITIONS);
            sb_error_set_hint(error, "sweep fewer numbers, or repeat less often");
            return SB_ERROR_USAGE;
        }
        total *= factors[k];
    }
    return SB_OK;
}

sb_status sb_simulation_plan_check(const sb_simulation_plan *plan, sb_error *error)
{
    bool any = false;
    for (int k = 0; k < SB_CONTENDER_COUNT; k++) {
        any = any || plan->wanted[k];
    }
    if (!any) {
        return sb_error_set(error, SB_ERROR_USAGE, "the simulation compares no mechanism");
    }
    sb_status status = check_size(plan, error);
    if (status == SB_OK) {
        status = check_counts("samples", plan->sample_counts, plan->sample_count_count, 1,
                              SB_SIMULATION_MOST_SAMPLES, error);
    }
    if (status == SB_OK) {
        status = check_epsilons(plan, error);
    }
    if (status != SB_OK || plan->environment != NULL) {
        return status;
    }
    status = check_counts("types", plan->type_counts, plan->type_count_count, 2,
                          SB_SIMULATION_MOST_TYPES, error);
    if (status == SB_OK) {
        status = check_counts("signals", plan->signal_counts, plan->signal_count_count, 2,
                              SB_SIMULATION_MOST_TYPES, error);
    }
    return status == SB_OK ? check_correlations(plan, error) : status;
}
