/* Solving the design program and turning the answer into a mechanism.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is reported of an optimum (revenue, slacks, what binds) comes from the mechanism by way of
 * the checker; only the objective, the duals and the proof come from the solver.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "lp/claim.h"
#include "mechanism/design_program.h"
#include "mechanism/design_rows.h"
#include "sidebet/checker.h"

/* A floating answer's slack counts as zero within this. */
#define FLOATING_SLACK 1e-9
/* Where no proof was asked for but one is at hand. */
#define PROOF_INSTEAD_OF_FLOATING_SECONDS 1.0

void sb_solution_init(sb_solution *solution)
{
    *solution = (sb_solution){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&solution->objective);
    fmpq_init(&solution->revenue);
    fmpq_init(&solution->welfare);
    fmpq_init(&solution->max_payment);
    sb_notes_init(&solution->explanation);
    sb_notes_init(&solution->remarks);
}

const char *sb_method_name(sb_method method)
{
    static const char *const names[] = {[SB_METHOD_PROGRAM] = "program",
                                        [SB_METHOD_LAZY] = "lazy",
                                        [SB_METHOD_INDEPENDENT] = "independent",
                                        [SB_METHOD_SEARCH] = "search"};
    return names[method];
}

void sb_solution_clear(sb_solution *solution)
{
    fmpq_clear(&solution->objective);
    fmpq_clear(&solution->revenue);
    fmpq_clear(&solution->welfare);
    fmpq_clear(&solution->max_payment);
    sb_mechanism_free(solution->mechanism);
    for (size_t k = 0; k < solution->binding_count; k++) {
        fmpq_clear(&solution->bindings[k].dual);
    }
    free(solution->bindings);
    for (size_t k = 0; k < solution->multiplier_count; k++) {
        fmpq_clear(&solution->multipliers[k].value);
    }
    free(solution->multipliers);
    sb_mechanism_free(solution->start);
    sb_mechanism_free(solution->ray);
    sb_notes_clear(&solution->explanation);
    sb_notes_clear(&solution->remarks);
    sb_solution_init(solution);
}

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

static sb_status read_mechanism(const sb_environment *environment, const sb_design *design,
                                const fmpq *columns, sb_mechanism **read, sb_error *error)
{
    sb_mechanism *mechanism = *read = sb_mechanism_new(environment);
    if (mechanism == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        for (size_t o = 0; o < mechanism->outcome_count; o++) {
            fmpq_set(mechanism->allocation + profile * mechanism->outcome_count + o,
                     columns + sb_design_allocation_column(design, profile, o));
        }
        for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
            size_t column = sb_design_payment_column(design, profile, agent);
            if (column != SB_NOWHERE) {
                fmpq_set(mechanism->payments + profile * mechanism->agent_count + agent,
                         columns + column);
            }
        }
    }
    return design->interim == NULL ? SB_OK
                                   : sb_interim_recover(design->interim, environment, columns,
                                                        mechanism->payments, error);
}

static bool same_rule(const sb_constraint *left, const sb_constraint *right)
{
    return left->kind == right->kind && left->agent == right->agent && left->type == right->type &&
           left->report == right->report && left->others == right->others;
}

/* The dual of a row in the unit of a binding: interim rows are in weights, and relaxing the row in
 * probabilities by one is relaxing it in weights by their sum. A rule is relaxed by lowering its
 * bound; the bound of a probability row is raised. */
static void convert_dual(fmpq_t dual, const sb_environment *environment,
                         const sb_constraint *constraint, const fmpq *row_dual)
{
    if (constraint->kind == SB_CONSTRAINT_PROBABILITY) {
        fmpq_set(dual, row_dual);
        return;
    }
    fmpq_neg(dual, row_dual);
    if (constraint->kind != SB_CONSTRAINT_BUDGET && constraint->others == SB_NOWHERE) {
        fmpq_mul(dual, dual, &environment->weight_sum);
    }
}

static void set_dual(sb_binding *binding, const sb_environment *environment, const fmpq *row_dual)
{
    fmpq_t dual;
    fmpq_init(dual);
    convert_dual(dual, environment, &binding->constraint, row_dual);
    /* Only rounding in a floating answer gives the wrong sign. */
    if (fmpq_sgn(dual) > 0) {
        fmpq_set(&binding->dual, dual);
    }
    fmpq_clear(dual);
}

/* Slacks of the checker come in the order of the rows, so that each is matched with its row. */
static sb_status collect_bindings(const sb_environment *environment, const sb_design *design,
                                  const sb_lp_result *result, const sb_check *check,
                                  const fmpq_t tolerance, sb_solution *solution, sb_error *error)
{
    size_t first = sb_environment_profile_count(environment);
    size_t rules = 0;
    while (first + rules < result->row_count &&
           sb_design_constraint(design, first + rules)->kind != SB_CONSTRAINT_BUDGET) {
        rules++;
    }
    if (check->slack_count != rules) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "the checker counts %zu rules and the program has %zu rows for them",
                            check->slack_count, rules);
    }
    solution->bindings = sb_allocate(check->slack_count, sizeof *solution->bindings);
    if (solution->bindings == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < check->slack_count; k++) {
        const sb_slack *slack = &check->slacks[k];
        if (!same_rule(&slack->constraint, sb_design_constraint(design, first + k))) {
            return sb_error_set(error, SB_ERROR_INTERNAL,
                                "the checker and the program disagree about rule %zu", k);
        }
        if (fmpq_cmp(&slack->slack, tolerance) <= 0) {
            sb_binding *binding = &solution->bindings[solution->binding_count++];
            binding->constraint = slack->constraint;
            fmpq_init(&binding->dual);
            set_dual(binding, environment, result->duals + first + k);
        }
    }
    return SB_OK;
}

/* The duals that are not zero; Farkas multipliers are written as a direction of the duals, so that
 * they have the signs of duals too. */
static sb_status collect_multipliers(const sb_environment *environment, const sb_design *design,
                                     const sb_lp_result *result, sb_solution *solution,
                                     sb_error *error)
{
    if (result->proof != SB_PROOF_EXACT || result->duals == NULL) {
        return SB_OK;
    }
    size_t count = 0;
    for (size_t row = 0; row < result->row_count; row++) {
        count += !fmpq_is_zero(result->duals + row);
    }
    solution->multipliers = sb_allocate(count, sizeof *solution->multipliers);
    if (solution->multipliers == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t row = 0; row < result->row_count; row++) {
        if (fmpq_is_zero(result->duals + row)) {
            continue;
        }
        sb_multiplier *multiplier = &solution->multipliers[solution->multiplier_count++];
        multiplier->constraint = *sb_design_constraint(design, row);
        fmpq_init(&multiplier->value);
        convert_dual(&multiplier->value, environment, &multiplier->constraint, result->duals + row);
        if (result->status == SB_LP_INFEASIBLE) {
            fmpq_neg(&multiplier->value, &multiplier->value);
        }
    }
    return SB_OK;
}

/* A mechanism to start from and the direction to go. */
static sb_status report_unbounded(const sb_environment *environment, const sb_design *design,
                                  const sb_lp_result *result, sb_solution *solution,
                                  sb_error *error)
{
    if (result->proof != SB_PROOF_EXACT) {
        return SB_OK;
    }
    sb_status status = read_mechanism(environment, design, result->point, &solution->start, error);
    return status != SB_OK
               ? status
               : read_mechanism(environment, design, result->columns, &solution->ray, error);
}

sb_status sb_design_report(const sb_environment *environment, const sb_design *design,
                           const sb_lp_result *result, sb_solution *solution, sb_error *error)
{
    sb_status status =
        read_mechanism(environment, design, result->columns, &solution->mechanism, error);
    if (status != SB_OK) {
        return status;
    }
    fmpq_t tolerance;
    fmpq_init(tolerance);
    if (result->proof != SB_PROOF_EXACT) {
        sb_rational_from_double(tolerance, FLOATING_SLACK);
    }
    sb_check check;
    sb_check_init(&check);
    status = sb_check_mechanism(environment, solution->mechanism, tolerance, &check, error);
    if (status == SB_OK && !check.accepted && result->proof == SB_PROOF_EXACT) {
        status =
            sb_error_set(error, SB_ERROR_INTERNAL,
                         "the checker refuses a mechanism that was proved: %s", check.complaint);
    }
    if (status == SB_OK) {
        solution->largest_violation = sb_rational_to_double(&check.largest_violation);
        fmpq_set(&solution->objective, &result->objective);
        fmpq_set(&solution->revenue, &check.revenue);
        fmpq_set(&solution->welfare, &check.welfare);
        sb_mechanism_max_payment(&solution->max_payment, solution->mechanism);
        status = collect_bindings(environment, design, result, &check, tolerance, solution, error);
    }
    if (status == SB_OK && result->proof == SB_PROOF_EXACT &&
        !fmpq_equal(&solution->objective, &check.objective)) {
        status = sb_error_set(error, SB_ERROR_INTERNAL,
                              "the objective of the program is not that of its mechanism");
    }
    sb_check_clear(&check);
    fmpq_clear(tolerance);
    return status;
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
static sb_status choose_start(const sb_environment *environment, const sb_design *design,
                              sb_lp_solver *solver, bool optimal, sb_error *error)
{
    const sb_lp *program = sb_design_program(design);
    bool *columns = sb_allocate(sb_lp_column_count(program), sizeof *columns);
    bool *rows = sb_allocate(sb_lp_row_count(program), sizeof *rows);
    sb_status status = SB_OK;
    if (columns == NULL || rows == NULL) {
        status = sb_out_of_memory(error);
    } else {
        sb_interim_starting_basis(design->interim, environment, design, columns, rows);
        status = optimal ? sb_lp_solver_trust(solver, program, columns, rows, NULL, error)
                         : sb_lp_solver_start(solver, program, columns, rows, error);
    }
    free(columns);
    free(rows);
    return status;
}

/* Where the best basis is known its proof takes less time than any floating solve. */
static sb_status solve_in_interim_payments(const sb_environment *environment,
                                           const sb_design *design, sb_lp_solver *solver,
                                           const sb_lp_options *options, sb_lp_result *result,
                                           sb_error *error)
{
    sb_lp_options chosen = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options;
    bool optimal = sb_interim_start_is_optimal(design->interim, design);
    if (optimal && !chosen.exact) {
        chosen.exact = true;
        chosen.time_limit = PROOF_INSTEAD_OF_FLOATING_SECONDS;
    }
    sb_status status = choose_start(environment, design, solver, optimal, error);
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
        status = collect_multipliers(environment, design, &result, solution, error);
    }
    if (status == SB_OK && result.status == SB_LP_UNBOUNDED) {
        status = report_unbounded(environment, design, &result, solution, error);
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
