/* Solving design programs: which way, and what of it is reported.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "lp/claim.h"
#include "mechanism/design_program.h"
#include "mechanism/design_rows.h"

sb_design_solver *sb_design_solver_new(void)
{
    sb_design_solver *solver = sb_allocate(1, sizeof *solver);
    if (solver == NULL) {
        return NULL;
    }
    solver->solver = sb_lp_solver_new();
    solver->interim_solver = sb_lp_solver_new();
    solver->independent = sb_independent_new();
    if (solver->solver == NULL || solver->interim_solver == NULL || solver->independent == NULL) {
        sb_design_solver_free(solver);
        return NULL;
    }
    return solver;
}

void sb_design_solver_free(sb_design_solver *solver)
{
    if (solver != NULL) {
        sb_lp_solver_free(solver->solver);
        sb_lp_solver_free(solver->interim_solver);
        sb_lazy_memory_clear(&solver->lazy);
        sb_independent_free(solver->independent);
        free(solver);
    }
}

/* What building and solving took. */
typedef struct solving_costs {
    double built;        /* seconds */
    sb_lazy_counts lazy; /* no rounds: the whole program was solved */
} solving_costs;

static void copy_measurements(sb_solution *solution, const sb_design *design,
                              const sb_lp_result *result, const solving_costs *costs)
{
    const sb_lp *program = sb_design_program(design);
    solution->status = result->status;
    solution->proof = result->proof;
    solution->columns = sb_lp_column_count(program);
    bool lazily = costs->lazy.rounds > 0;
    solution->method = lazily ? SB_METHOD_LAZY : SB_METHOD_PROGRAM;
    solution->side_bets = lazily && costs->lazy.in_rents;
    solution->rows = lazily ? costs->lazy.rows : sb_lp_row_count(program);
    solution->nonzeros = lazily ? costs->lazy.nonzeros : sb_lp_nonzero_count(program);
    solution->rounds = costs->lazy.rounds;
    solution->build_seconds = costs->built;
    solution->floating_iterations = result->floating_iterations;
    solution->exact_pivots = result->exact_pivots;
    solution->floating_seconds = result->floating_seconds;
    solution->exact_seconds = result->exact_seconds;
    snprintf(solution->reason, sizeof solution->reason, "%s", result->reason);
}

/* A basis known to be optimal goes straight to the proof, whatever was solved before. */
static sb_status solve_in_interim_payments(const sb_environment *environment,
                                           const sb_design *design, sb_lp_solver *solver,
                                           const sb_lp_options *options, sb_lp_result *result,
                                           sb_error *error)
{
    sb_lp_options chosen = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options;
    bool optimal = sb_interim_start_is_optimal(design->interim, design);
    if (optimal) {
        sb_interim_prove_start(&chosen);
    }
    sb_status status =
        sb_interim_start(design->interim, environment, design, solver, optimal, error);
    return status != SB_OK ? status
                           : sb_lp_solve(sb_design_program(design), solver, &chosen, result, error);
}

static sb_status solve_program(const sb_environment *environment, const sb_design *design,
                               sb_lp_solver *solver, const sb_lp_options *options,
                               sb_lp_result *result, sb_error *error)
{
    return design->interim == NULL
               ? sb_lp_solve(sb_design_program(design), solver, options, result, error)
               : solve_in_interim_payments(environment, design, solver, options, result, error);
}

/* Build and solve. *design is the caller's, also on failure; */
static sb_status build_and_solve(const sb_environment *environment, const sb_rules *rules,
                                 sb_design_solver *solver, const sb_lp_options *options,
                                 sb_design **design, solving_costs *costs, sb_lp_result *result,
                                 sb_error *error)
{
    double start = sb_seconds(), limit = options == NULL ? 0 : options->memory_limit;
    bool lazily = sb_lazy_applies(environment, rules), solved = false;
    sb_status status = sb_design_new_to_solve(environment, rules, limit, !lazily, design, error);
    costs->built = sb_seconds() - start;
    if (status == SB_OK && lazily) {
        sb_lp_solver *used = (*design)->interim == NULL ? solver->solver : solver->interim_solver;
        status = sb_lazy_solve(*design, &solver->lazy, used, options, &solved, result, &costs->lazy,
                               error);
    }
    if (status != SB_OK || solved) {
        return status;
    }
    if (lazily) {
        start = sb_seconds();
        sb_design_free(*design);
        status = sb_design_new_to_solve(environment, rules, limit, true, design, error);
        costs->built += sb_seconds() - start;
        costs->lazy = (sb_lazy_counts){0};
    }
    sb_lp_solver *used = solver->solver;
    if (status == SB_OK && (*design)->interim != NULL) {
        used = solver->interim_solver;
    }
    /* A small program is solved from scratch as quickly: which of several optimal mechanisms is
     * shown then depends on the table alone, not on the way there. */
    sb_lp_solver_forget(used);
    return status != SB_OK ? status
                           : solve_program(environment, *design, used, options, result, error);
}

/* That no mechanism obeys the rules, or that the objective grows for ever, is said where it is
 * proved. */
static sb_status prove_verdict(const sb_environment *environment, const sb_rules *rules,
                               sb_design_solver *solver, const sb_lp_options *options,
                               sb_design **design, solving_costs *costs, sb_lp_result *result,
                               sb_error *error)
{
    sb_status status = SB_OK;
    bool tried = options == NULL || options->exact;
    if (sb_lp_is_mere_claim(result) && !tried) {
        sb_lp_options exactly = sb_lp_options_for_claim(options);
        sb_design_free(*design);
        *design = NULL;
        status =
            build_and_solve(environment, rules, solver, &exactly, design, costs, result, error);
    }
    if (status == SB_OK && sb_lp_is_mere_claim(result)) {
        sb_lp_withdraw_claim(result, "double precision takes the program for ",
                             ", and a proof was not found in time");
    }
    return status;
}

static sb_status solve_rules(const sb_environment *environment, const sb_rules *rules,
                             sb_design_solver *solver, const sb_lp_options *options,
                             sb_design **design, solving_costs *costs, sb_lp_result *result,
                             sb_error *error)
{
    sb_status status =
        build_and_solve(environment, rules, solver, options, design, costs, result, error);
    return status != SB_OK
               ? status
               : prove_verdict(environment, rules, solver, options, design, costs, result, error);
}

static sb_status solve_and_report(const sb_environment *environment, sb_design_solver *solver,
                                  const sb_lp_options *options, sb_solution *solution,
                                  sb_error *error)
{
    solving_costs costs = {0};
    sb_design *design = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = solve_rules(environment, &environment->rules, solver, options, &design,
                                   &costs, &result, error);
    if (status == SB_OK) {
        copy_measurements(solution, design, &result, &costs);
        sb_design_remark(environment, &solution->remarks);
        status = sb_design_report_multipliers(environment, design, &result, solution, error);
    }
    if (status == SB_OK && result.status == SB_LP_UNBOUNDED) {
        status = sb_design_report_ray(environment, design, &result, solution, error);
    }
    if (status == SB_OK) {
        if (result.status == SB_LP_OPTIMAL) {
            status = sb_design_report(environment, design, &result, solution, error);
        } else if (result.status != SB_LP_FAILED) {
            status = sb_design_explain(environment, design, &result, options, solution, error);
        }
    }
    sb_lp_result_clear(&result);
    sb_design_free(design);
    return status;
}

/* Whether the best mechanism may be known without a program; the limit of memory is that of all
 * ways. */
static sb_status ask_independence(const sb_environment *environment, const sb_rules *rules,
                                  const sb_design_solver *solver, const sb_lp_options *options,
                                  bool *asked, sb_error *error)
{
    *asked = !solver->programs_only && sb_independent_applies(environment, rules);
    return !*asked ? SB_OK
                   : sb_design_check_size_to_solve(
                         environment, rules, options == NULL ? 0 : options->memory_limit, error);
}

sb_status sb_design_solve(const sb_environment *environment, sb_design_solver *solver,
                          const sb_lp_options *options, sb_solution *solution, sb_error *error)
{
    sb_solution_clear(solution);
    if (environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC) {
        sb_integer_options search = sb_design_search_options(options);
        return sb_design_search(environment, &search, solution, error);
    }
    sb_design_solver *used = solver == NULL ? sb_design_solver_new() : solver;
    bool known = false, asked = false;
    sb_status status = used == NULL ? sb_out_of_memory(error)
                                    : ask_independence(environment, &environment->rules, used,
                                                       options, &asked, error);
    if (status == SB_OK && asked) {
        status = sb_independent_report(environment, used->independent, solution, &known, error);
    }
    if (status == SB_OK && !known) {
        status = solve_and_report(environment, used, options, solution, error);
    }
    if (solver == NULL) {
        sb_design_solver_free(used);
    }
    if (status != SB_OK) {
        sb_solution_clear(solution);
    }
    return status;
}

static sb_status find_value(const sb_environment *environment, const sb_rules *rules,
                            sb_design_solver *solver, const sb_lp_options *options,
                            sb_lp_status *lp_status, sb_proof *proof, fmpq_t objective,
                            sb_error *error)
{
    sb_design *design = NULL;
    solving_costs costs = {0};
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status =
        solve_rules(environment, rules, solver, options, &design, &costs, &result, error);
    if (status == SB_OK) {
        *lp_status = result.status;
        *proof = result.proof;
        if (result.status == SB_LP_OPTIMAL) {
            fmpq_set(objective, &result.objective);
        }
    }
    sb_lp_result_clear(&result);
    sb_design_free(design);
    return status;
}

sb_status sb_design_value(const sb_environment *environment, const sb_rules *rules,
                          sb_design_solver *solver, const sb_lp_options *options,
                          sb_lp_status *lp_status, sb_proof *proof, fmpq_t objective,
                          sb_error *error)
{
    *lp_status = SB_LP_FAILED;
    *proof = SB_PROOF_NONE;
    rules = rules == NULL ? &environment->rules : rules;
    if (rules->choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC) {
        return sb_design_search_value(environment, rules, options, lp_status, proof, objective,
                                      error);
    }
    sb_design_solver *used = solver == NULL ? sb_design_solver_new() : solver;
    bool known = false, asked = false;
    sb_status status = used == NULL
                           ? sb_out_of_memory(error)
                           : ask_independence(environment, rules, used, options, &asked, error);
    if (status == SB_OK && asked) {
        status =
            sb_independent_value(environment, rules, used->independent, &known, objective, error);
    }
    if (status == SB_OK && known) {
        *lp_status = SB_LP_OPTIMAL;
        *proof = SB_PROOF_EXACT;
    } else if (status == SB_OK) {
        status = find_value(environment, rules, used, options, lp_status, proof, objective, error);
    }
    if (solver == NULL) {
        sb_design_solver_free(used);
    }
    return status;
}
