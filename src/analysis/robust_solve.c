/* The robust optimum by either method, certified by the oracle in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_solve.h"

#include <stdio.h>

#include "lp/patience.h"

void sb_robust_solution_init(sb_robust_solution *solution)
{
    *solution = (sb_robust_solution){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&solution->objective);
    fmpq_init(&solution->revenue);
    fmpq_init(&solution->worst_case);
    fmpq_init(&solution->max_payment);
}

void sb_robust_solution_clear(sb_robust_solution *solution)
{
    fmpq_clear(&solution->objective);
    fmpq_clear(&solution->revenue);
    fmpq_clear(&solution->worst_case);
    fmpq_clear(&solution->max_payment);
    sb_mechanism_free(solution->mechanism);
    sb_robust_solution_init(solution);
}

void sb_robust_solution_count(sb_robust_solution *solution, const sb_lp_result *result)
{
    solution->iterations += result->floating_iterations;
    solution->exact_pivots += result->exact_pivots;
    solution->floating_seconds += result->floating_seconds;
    solution->exact_seconds += result->exact_seconds;
}

/* ---- what is said of the mechanism ---- */

static sb_status certify(const sb_robust_program *program, sb_robust_solution *solution,
                         sb_error *error)
{
    sb_cut worst;
    sb_cut_init(&worst);
    sb_status status = sb_robust_certify(program->environment, program->set, solution->mechanism,
                                         &solution->certified, &worst, error);
    if (status == SB_OK && !solution->certified) {
        solution->largest_violation = sb_rational_to_double(&worst.violation);
    }
    if (status == SB_OK && !solution->certified && solution->proof == SB_PROOF_EXACT) {
        status = sb_error_set(error, SB_ERROR_INTERNAL,
                              "the oracle refuses a robust mechanism that was proved");
    }
    sb_cut_clear(&worst, program->signals);
    return status;
}

static sb_status report_optimum(const sb_robust_program *program, const sb_lp_result *result,
                                sb_robust_solution *solution, sb_error *error)
{
    fmpq *worths = NULL;
    sb_status status = sb_robust_program_read(program, result->columns, false, &solution->mechanism,
                                              &worths, error);
    sb_rationals_free(worths, program->types);
    if (status == SB_OK) {
        fmpq_add(&solution->objective, &result->objective, &program->constant);
        sb_mechanism_revenue(&solution->revenue, program->environment, solution->mechanism);
        sb_mechanism_max_payment(&solution->max_payment, solution->mechanism);
        status = sb_robust_worst_case(&solution->worst_case, program->environment, program->set,
                                      solution->mechanism, error);
    }
    return status == SB_OK ? certify(program, solution, error) : status;
}

static sb_status solve_compact(sb_robust_program *program, const sb_robust_options *options,
                               sb_robust_solution *solution, sb_lp_result *result, sb_error *error)
{
    sb_lp_options bare = options->lp;
    bare.bare = true;
    /* The primal method was seen to call the program infeasible at 15 types. */
    bare.dual = true;
    sb_status status = sb_robust_program_add_compact(program, error);
    if (status == SB_OK) {
        status = sb_robust_solve_program(program->lp, NULL, &bare, result, error);
    }
    if (status == SB_OK) {
        sb_robust_solution_count(solution, result);
        solution->rounds = 1;
    }
    return status;
}

static sb_status solve(sb_robust_relaxation *relaxation, const sb_robust_options *options,
                       sb_robust_solution *solution, sb_error *error)
{
    sb_robust_program *program = &relaxation->program;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = options->method == SB_ROBUST_COMPACT
                           ? solve_compact(program, options, solution, &result, error)
                           : sb_robust_cut(relaxation, options, solution, &result, error);
    if (status == SB_OK || status == SB_ERROR_LIMIT) {
        solution->status = result.status;
        solution->proof = result.proof;
        solution->method = options->method;
        solution->columns = sb_lp_column_count(program->lp);
        solution->rows = sb_lp_row_count(program->lp);
        solution->nonzeros = sb_lp_nonzero_count(program->lp);
        (void)snprintf(solution->reason, sizeof solution->reason, "%s", result.reason);
    }
    if (status == SB_OK && result.status == SB_LP_OPTIMAL) {
        status = report_optimum(program, &result, solution, error);
    }
    sb_lp_result_clear(&result);
    return status;
}

sb_status sb_robust_solve(const sb_environment *environment, const sb_consistent_set *set,
                          const sb_robust_options *options, sb_robust_solution *solution,
                          sb_error *error)
{
    const sb_robust_options standard = SB_ROBUST_OPTIONS_DEFAULT;
    const sb_robust_options *chosen = options != NULL ? options : &standard;
    sb_robust_solution_clear(solution);
    double began = sb_seconds();
    sb_robust_relaxation relaxation;
    sb_status status =
        sb_robust_relaxation_init(&relaxation, environment, set, chosen->objective, error);
    if (status == SB_OK) {
        status = solve(&relaxation, chosen, solution, error);
    }
    sb_robust_relaxation_clear(&relaxation);
    solution->seconds = sb_seconds() - began;
    if (status != SB_OK && status != SB_ERROR_LIMIT) {
        sb_robust_solution_clear(solution);
    }
    return status;
}
