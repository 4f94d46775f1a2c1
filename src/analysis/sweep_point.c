/* One point of a sweep: all its numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "analysis/extraction.h"
#include "analysis/sweep.h"
#include "base/memory.h"

sb_status sb_sweep_solvers_init(sb_sweep_solvers *solvers, sb_error *error)
{
    solvers->main = sb_design_solver_new();
    solvers->ex_post = sb_design_solver_new();
    solvers->payments = sb_lp_solver_new();
    return solvers->main == NULL || solvers->ex_post == NULL || solvers->payments == NULL
               ? sb_out_of_memory(error)
               : SB_OK;
}

void sb_sweep_solvers_clear(sb_sweep_solvers *solvers)
{
    sb_design_solver_free(solvers->main);
    sb_design_solver_free(solvers->ex_post);
    sb_lp_solver_free(solvers->payments);
    *solvers = (sb_sweep_solvers){.main = NULL};
}

void sb_sweep_point_init(sb_sweep_point *point)
{
    *point = (sb_sweep_point){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&point->lambda);
    fmpq_init(&point->revenue);
    fmpq_init(&point->full_surplus);
    fmpq_init(&point->ex_post);
    fmpq_init(&point->vertex_payment);
    fmpq_init(&point->smallest_payment);
}

void sb_sweep_point_clear(sb_sweep_point *point)
{
    fmpq_clear(&point->lambda);
    fmpq_clear(&point->revenue);
    fmpq_clear(&point->full_surplus);
    fmpq_clear(&point->ex_post);
    fmpq_clear(&point->vertex_payment);
    fmpq_clear(&point->smallest_payment);
}

static void weaken(sb_sweep_point *point, sb_proof proof)
{
    if (proof > point->proof) {
        point->proof = proof;
    }
}

static sb_status add_optimum(sb_sweep_point *point, const sb_environment *environment,
                             const sb_sweep_options *options, sb_sweep_solvers *solvers,
                             sb_error *error)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_status status = sb_design_solve(environment, solvers->main, &options->lp, &solution, error);
    point->status = solution.status;
    point->proof = solution.proof;
    if (status == SB_OK && solution.status == SB_LP_OPTIMAL) {
        fmpq_set(&point->revenue, &solution.objective);
        fmpq_set(&point->vertex_payment, &solution.max_payment);
        /* A search leaves the choice among optimal allocations to chance. */
        if (options->payments && solution.proof == SB_PROOF_EXACT && !solution.searched) {
            sb_smallest_payments smallest;
            sb_smallest_payments_init(&smallest);
            status = sb_smallest_payments_find(environment, &solution, solvers->payments,
                                               &options->lp, &smallest, error);
            if (status == SB_OK && smallest.status == SB_LP_OPTIMAL) {
                fmpq_set(&point->smallest_payment, &smallest.largest);
                point->has_smallest_payment = true;
                weaken(point, smallest.proof);
            }
            sb_smallest_payments_clear(&smallest);
        }
    }
    sb_solution_clear(&solution);
    return status;
}

static sb_status add_ex_post(sb_sweep_point *point, const sb_environment *environment,
                             const sb_sweep_options *options, sb_sweep_solvers *solvers,
                             sb_error *error)
{
    sb_baseline baseline;
    sb_baseline_init(&baseline);
    sb_status status =
        sb_baseline_ex_post(environment, solvers->ex_post, &options->lp, &baseline, error);
    if (status == SB_OK && baseline.status == SB_LP_OPTIMAL) {
        fmpq_set(&point->ex_post, &baseline.objective);
        point->has_ex_post = true;
        weaken(point, baseline.proof);
    }
    sb_baseline_clear(&baseline);
    return status;
}

static sb_status add_singular_value(sb_sweep_point *point, const sb_environment *environment,
                                    sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        sb_agent_extraction described = {.type_count = 0};
        sb_beliefs beliefs;
        status = sb_beliefs_find(&beliefs, environment, agent, error);
        if (status == SB_OK) {
            status = sb_beliefs_describe(&beliefs, &described, error);
            sb_beliefs_clear(&beliefs);
        }
        free(described.belief_block);
        if (agent == 0 || described.smallest_singular_value < point->smallest_singular_value) {
            point->smallest_singular_value = described.smallest_singular_value;
        }
    }
    return status;
}

sb_status sb_sweep_point_solve(sb_sweep_point *point, const sb_environment *environment,
                               const fmpq_t lambda, const sb_sweep_options *options,
                               sb_sweep_solvers *solvers, sb_error *error)
{
    sb_environment *at_lambda = NULL;
    fmpq_set(&point->lambda, lambda);
    sb_status status = sb_sweep_environment(environment, lambda, &at_lambda, error);
    if (status != SB_OK) {
        return status;
    }
    sb_objective_limit(&point->full_surplus, at_lambda);
    status = add_optimum(point, at_lambda, options, solvers, error);
    if (status == SB_OK) {
        status = add_ex_post(point, at_lambda, options, solvers, error);
    }
    if (status == SB_OK) {
        status = add_singular_value(point, at_lambda, error);
    }
    sb_environment_free(at_lambda);
    return status;
}
