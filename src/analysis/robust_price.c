/* The price of robustness: the robust optimum as the box grows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/robust_price.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sb_robust_price_init(sb_robust_price *price)
{
    *price = (sb_robust_price){.count = 0};
    sb_baseline_init(&price->bayesian);
    sb_baseline_init(&price->ex_post);
    fmpq_init(&price->full_surplus);
}

static void point_init(sb_price_point *point)
{
    *point = (sb_price_point){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&point->radius);
    fmpq_init(&point->objective);
    fmpq_init(&point->worst_case);
    fmpq_init(&point->max_payment);
}

static void point_clear(sb_price_point *point)
{
    fmpq_clear(&point->radius);
    fmpq_clear(&point->objective);
    fmpq_clear(&point->worst_case);
    fmpq_clear(&point->max_payment);
}

void sb_robust_price_clear(sb_robust_price *price)
{
    for (size_t k = 0; k < price->count; k++) {
        point_clear(&price->points[k]);
    }
    free(price->points);
    sb_baseline_clear(&price->bayesian);
    sb_baseline_clear(&price->ex_post);
    fmpq_clear(&price->full_surplus);
    sb_robust_price_init(price);
}

/* ---- one point ---- */

static sb_status make_set(sb_consistent_set *set, const sb_environment *environment,
                          const sb_set_description *description, const fmpq_t radius,
                          sb_error *error)
{
    if (description == NULL || description->constraint_count == 0) {
        return sb_consistent_set_box(set, environment, radius, error);
    }
    sb_set_description box;
    sb_set_description_init(&box);
    sb_status status = sb_set_description_copy(&box, description, error);
    if (status == SB_OK) {
        status = sb_set_description_box(&box, sb_environment_player_size(environment, 0),
                                        sb_environment_player_size(environment, 1), radius, error);
    }
    if (status == SB_OK) {
        status = sb_consistent_set_described(set, environment, &box, error);
    }
    sb_set_description_clear(&box);
    return status;
}

static sb_status solve_point(sb_price_point *point, const sb_environment *environment,
                             const sb_set_description *description,
                             const sb_robust_options *options, sb_error *error)
{
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_status status = make_set(&set, environment, description, &point->radius, error);
    if (status == SB_OK) {
        status = sb_robust_solve(environment, &set, options, &solution, error);
    }
    if (status == SB_OK) {
        point->status = solution.status;
        point->proof = solution.proof;
        point->rounds = solution.rounds;
        point->seconds = solution.seconds;
        memcpy(point->reason, solution.reason, sizeof point->reason);
    }
    if (status == SB_OK && solution.status == SB_LP_OPTIMAL) {
        fmpq_set(&point->objective, &solution.objective);
        fmpq_set(&point->worst_case, &solution.worst_case);
        fmpq_set(&point->max_payment, &solution.max_payment);
    }
    sb_robust_solution_clear(&solution);
    sb_consistent_set_clear(&set);
    return status;
}

/* ---- the curve ---- */

static int compare_radii(const void *left, const void *right)
{
    return fmpq_cmp((const fmpq *)left, (const fmpq *)right);
}

static sb_status run_sorted(const sb_environment *environment,
                            const sb_set_description *description, const fmpq *radii, size_t count,
                            const sb_robust_price_options *options, sb_robust_price *price,
                            sb_error *error)
{
    for (size_t k = 0; k < count; k++) {
        sb_price_point point;
        point_init(&point);
        fmpq_set(&point.radius, radii + k);
        sb_status status = solve_point(&point, environment, description, &options->robust, error);
        if (status != SB_OK) {
            point_clear(&point);
            return status;
        }
        price->points[price->count++] = point;
        if (options->progress != NULL && !options->progress(options->context, price, count)) {
            return sb_error_set(error, SB_ERROR_CANCELLED, "the curve was cancelled");
        }
    }
    return SB_OK;
}

sb_status sb_robust_price_run(const sb_environment *environment,
                              const sb_set_description *description, const fmpq *radii,
                              size_t count, const sb_robust_price_options *options,
                              sb_robust_price *price, sb_error *error)
{
    sb_robust_price_clear(price);
    sb_robust_price_options chosen = options == NULL ? SB_ROBUST_PRICE_OPTIONS_DEFAULT : *options;
    fmpq *sorted = sb_rationals_copy(radii, count);
    price->points = sb_allocate(count, sizeof *price->points);
    sb_status status = sorted == NULL || price->points == NULL ? sb_out_of_memory(error) : SB_OK;
    if (status == SB_OK) {
        /* Moving an fmpq with its bytes is allowed. */
        qsort(sorted, count, sizeof *sorted, compare_radii);
        sb_full_surplus(&price->full_surplus, environment);
        status = sb_robust_limits(environment, &chosen.robust.lp, &price->bayesian, &price->ex_post,
                                  error);
    }
    if (status == SB_OK) {
        status = run_sorted(environment, description, sorted, count, &chosen, price, error);
    }
    sb_rationals_free(sorted, count);
    return status;
}
