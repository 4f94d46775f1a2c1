/* Slack in every interim row: what it costs, and how much radius it buys.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of the design's program are multiplied by the type's weight, and so is the slack. On the
 * optimal face of that program a second one finds the smallest payments.
 */
#include <stdlib.h>

#include "analysis/payment_cap_program.h"
#include "base/memory.h"
#include "sidebet/safe_radius.h"

void sb_slack_point_init(sb_slack_point *point)
{
    *point = (sb_slack_point){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&point->slack);
    fmpq_init(&point->objective);
    fmpq_init(&point->cost);
    fmpq_init(&point->largest_payment);
    sb_safe_radius_init(&point->radius);
}

void sb_slack_point_clear(sb_slack_point *point)
{
    fmpq_clear(&point->slack);
    fmpq_clear(&point->objective);
    fmpq_clear(&point->cost);
    fmpq_clear(&point->largest_payment);
    sb_mechanism_free(point->mechanism);
    sb_safe_radius_clear(&point->radius);
    sb_slack_point_init(point);
}

typedef struct slack_work {
    const sb_environment *environment;
    const sb_design *design;
    const sb_lp_options *options;
    sb_slack_point *point;
    sb_error *error;
} slack_work;

/* Is a row that of one type whatever the others are? */
static bool is_interim(const sb_constraint *constraint)
{
    return constraint->kind != SB_CONSTRAINT_PROBABILITY && constraint->type != SB_NOWHERE &&
           constraint->others == SB_NOWHERE;
}

/* The rows' lower bounds with the slack; NULL when memory runs out. */
static fmpq *lower_bounds(const slack_work *work)
{
    const sb_lp *program = sb_design_program(work->design);
    size_t rows = sb_lp_row_count(program);
    fmpq *lowers = sb_rationals_new(rows);
    if (lowers == NULL) {
        return NULL;
    }
    fmpq_t weight;
    fmpq_init(weight);
    for (size_t row = 0; row < rows; row++) {
        const sb_constraint *constraint = sb_design_constraint(work->design, row);
        const fmpq *lower = sb_lp_row(program, row).lower;
        if (lower != NULL) {
            fmpq_set(lowers + row, lower);
        }
        if (is_interim(constraint)) {
            sb_environment_marginal(weight, work->environment, constraint->agent, constraint->type);
            fmpq_mul(weight, weight, &work->environment->weight_sum);
            fmpq_addmul(lowers + row, weight, &work->point->slack);
        }
    }
    fmpq_clear(weight);
    return lowers;
}

static sb_status read_mechanism(const slack_work *work, const sb_lp_result *result)
{
    sb_mechanism *mechanism = sb_mechanism_new(work->environment);
    work->point->mechanism = mechanism;
    if (mechanism == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        for (size_t o = 0; o < mechanism->outcome_count; o++) {
            fmpq_set(mechanism->allocation + profile * mechanism->outcome_count + o,
                     result->columns + sb_design_allocation_column(work->design, profile, o));
        }
        for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
            size_t column = sb_design_payment_column(work->design, profile, agent);
            if (column != SB_NOWHERE) {
                fmpq_set(mechanism->payments + profile * mechanism->agent_count + agent,
                         result->columns + column);
            }
        }
    }
    return SB_OK;
}

/* The smallest payments on the face of `optimum`, and their mechanism. */
static sb_status smallest_payments(const slack_work *work, const fmpq *lowers,
                                   const sb_lp_result *optimum)
{
    sb_lp *program = NULL;
    size_t *columns = NULL, count = 0;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status =
        sb_payment_columns_find(&columns, &count, work->environment, work->design, work->error);
    if (status == SB_OK) {
        status = sb_program_copy(&program, sb_design_program(work->design), lowers, optimum,
                                 work->error);
    }
    if (status == SB_OK) {
        status = sb_program_minimise_largest(program, columns, count, work->error);
    }
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, work->options, &result, work->error);
    }
    if (status == SB_OK && (result.proof != SB_PROOF_EXACT || result.status != SB_LP_OPTIMAL)) {
        work->point->proof = result.proof == SB_PROOF_EXACT ? SB_PROOF_NONE : result.proof;
    } else if (status == SB_OK) {
        fmpq_neg(&work->point->largest_payment, &result.objective);
        status = read_mechanism(work, &result);
    }
    free(columns);
    sb_lp_free(program);
    sb_lp_result_clear(&result);
    return status;
}

/* The optimum without slack less that with it. */
static sb_status find_cost(const slack_work *work)
{
    sb_slack_point *point = work->point;
    sb_lp_status lp_status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    fmpq_t optimum;
    fmpq_init(optimum);
    sb_status status = sb_design_value(work->environment, NULL, NULL, work->options, &lp_status,
                                       &proof, optimum, work->error);
    if (status == SB_OK && lp_status == SB_LP_OPTIMAL) {
        fmpq_sub(&point->cost, optimum, &point->objective);
        point->proof = proof > point->proof ? proof : point->proof;
    } else if (status == SB_OK) {
        point->proof = SB_PROOF_NONE;
    }
    fmpq_clear(optimum);
    return status;
}

static sb_status solve_with_slack(const slack_work *work)
{
    sb_slack_point *point = work->point;
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    fmpq *lowers = lower_bounds(work);
    sb_status status = lowers == NULL ? sb_out_of_memory(work->error)
                                      : sb_program_copy(&program, sb_design_program(work->design),
                                                        lowers, NULL, work->error);
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, work->options, &result, work->error);
    }
    if (status == SB_OK) {
        point->status = result.status;
        point->proof = result.proof;
    }
    if (status == SB_OK && result.status == SB_LP_OPTIMAL) {
        fmpq_set(&point->objective, &result.objective);
        status = find_cost(work);
        if (status == SB_OK && point->proof == SB_PROOF_EXACT) {
            status = smallest_payments(work, lowers, &result);
        }
        if (status == SB_OK && point->mechanism != NULL) {
            status =
                sb_safe_radius_of(work->environment, point->mechanism, &point->radius, work->error);
        }
    }
    sb_rationals_free(lowers, sb_lp_row_count(sb_design_program(work->design)));
    sb_lp_free(program);
    sb_lp_result_clear(&result);
    return status;
}

sb_status sb_safe_radius_with_slack(const sb_environment *environment, const fmpq_t slack,
                                    const sb_lp_options *options, sb_slack_point *point,
                                    sb_error *error)
{
    sb_slack_point_clear(point);
    if (fmpq_sgn(slack) < 0) {
        return sb_error_set(error, SB_ERROR_USAGE, "slack is not negative");
    }
    sb_design *design = NULL;
    sb_status status = sb_design_want_randomised(environment, "what slack costs", error);
    if (status == SB_OK) {
        status = sb_design_new(environment, &design, error);
    }
    if (status == SB_OK) {
        fmpq_set(&point->slack, slack);
        slack_work work = {.environment = environment,
                           .design = design,
                           .options = options,
                           .point = point,
                           .error = error};
        status = solve_with_slack(&work);
    }
    sb_design_free(design);
    if (status != SB_OK) {
        sb_slack_point_clear(point);
    }
    return status;
}
