/* From the answer of a design program to a solution.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is reported of an optimum (revenue, slacks, what binds) comes from the mechanism by way of
 * the checker; only the objective, the duals and the proof come from the solver.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_program.h"
#include "mechanism/design_rows.h"

/* A floating answer's slack counts as zero within this. */
#define FLOATING_SLACK 1e-9

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

/* Farkas multipliers are written as a direction of the duals, so that they have the signs of duals
 * too. */
sb_status sb_design_report_multipliers(const sb_environment *environment, const sb_design *design,
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

sb_status sb_design_report_ray(const sb_environment *environment, const sb_design *design,
                               const sb_lp_result *result, sb_solution *solution, sb_error *error)
{
    if (result->proof != SB_PROOF_EXACT) {
        return SB_OK;
    }
    sb_status status = read_mechanism(environment, design, result->point, &solution->start, error);
    return status != SB_OK
               ? status
               : read_mechanism(environment, design, result->columns, &solution->ray, error);
}

sb_status sb_design_check_optimum(const sb_environment *environment, const fmpq_t tolerance,
                                  sb_solution *solution, sb_check *check, sb_error *error)
{
    sb_status status =
        sb_check_mechanism(environment, solution->mechanism, tolerance, check, error);
    if (status != SB_OK) {
        return status;
    }
    bool exact = fmpq_is_zero(tolerance);
    if (exact && !check->accepted) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "the checker refuses a mechanism that was proved: %s",
                            check->complaint);
    }
    if (exact && !fmpq_equal(&solution->objective, &check->objective)) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "the objective that was proved is not that of its mechanism");
    }
    solution->largest_violation = sb_rational_to_double(&check->largest_violation);
    fmpq_set(&solution->revenue, &check->revenue);
    fmpq_set(&solution->welfare, &check->welfare);
    sb_mechanism_max_payment(&solution->max_payment, solution->mechanism);
    return SB_OK;
}

sb_status sb_design_report(const sb_environment *environment, const sb_design *design,
                           const sb_lp_result *result, sb_solution *solution, sb_error *error)
{
    sb_status status =
        read_mechanism(environment, design, result->columns, &solution->mechanism, error);
    if (status != SB_OK) {
        return status;
    }
    fmpq_set(&solution->objective, &result->objective);
    fmpq_t tolerance;
    fmpq_init(tolerance);
    if (result->proof != SB_PROOF_EXACT) {
        sb_rational_from_double(tolerance, FLOATING_SLACK);
    }
    sb_check check;
    sb_check_init(&check);
    status = sb_design_check_optimum(environment, tolerance, solution, &check, error);
    if (status == SB_OK) {
        status = collect_bindings(environment, design, result, &check, tolerance, solution, error);
    }
    sb_check_clear(&check);
    fmpq_clear(tolerance);
    return status;
}
