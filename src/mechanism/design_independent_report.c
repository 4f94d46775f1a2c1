/* What is reported of a mechanism that was known without a program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The checker sees every rule, and that the objective is the most that the agents' staying away
 * leaves: that is the proof. The multipliers say the same to whoever wants to check them.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "mechanism/design_independent.h"
#include "mechanism/design_program.h"

static sb_status report_bindings(const sb_check *check, const fmpq_t weight, sb_solution *solution,
                                 sb_error *error)
{
    solution->bindings = sb_allocate(check->slack_count, sizeof *solution->bindings);
    if (solution->bindings == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < check->slack_count; k++) {
        const sb_slack *slack = &check->slacks[k];
        if (fmpq_is_zero(&slack->slack)) {
            sb_binding *binding = &solution->bindings[solution->binding_count++];
            binding->constraint = slack->constraint;
            fmpq_init(&binding->dual);
            if (slack->constraint.kind == SB_CONSTRAINT_PARTICIPATION) {
                fmpq_set(&binding->dual, weight);
            }
        }
    }
    return SB_OK;
}

static void add_multiplier(sb_solution *solution, const sb_constraint *constraint,
                           const fmpq_t value)
{
    if (!fmpq_is_zero(value)) {
        sb_multiplier *added = &solution->multipliers[solution->multiplier_count++];
        added->constraint = *constraint;
        fmpq_init(&added->value);
        fmpq_set(&added->value, value);
    }
}

/* In the order of the program's rows. */
static sb_status report_multipliers(const sb_environment *environment, const sb_independent *memory,
                                    const sb_check *check, sb_solution *solution, sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    solution->multipliers =
        sb_allocate(profiles + check->slack_count, sizeof *solution->multipliers);
    if (solution->multipliers == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t value;
    fmpq_init(value);
    for (size_t profile = 0; profile < profiles; profile++) {
        sb_constraint constraint = {
            SB_CONSTRAINT_PROBABILITY, profile, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
        sb_environment_probability(value, environment, profile);
        fmpq_mul(value, value, sb_independent_gain(memory, profile));
        add_multiplier(solution, &constraint, value);
    }
    for (size_t k = 0; k < check->slack_count; k++) {
        const sb_constraint *constraint = &check->slacks[k].constraint;
        if (constraint->kind == SB_CONSTRAINT_PARTICIPATION) {
            add_multiplier(solution, constraint, sb_independent_payment_weight(memory));
        }
    }
    fmpq_clear(value);
    return SB_OK;
}

static sb_status report(const sb_environment *environment, const sb_independent *memory,
                        const sb_check *check, sb_solution *solution, sb_error *error)
{
    solution->status = SB_LP_OPTIMAL;
    solution->proof = SB_PROOF_EXACT;
    solution->method = SB_METHOD_INDEPENDENT;
    sb_design_remark(environment, &solution->remarks);
    sb_status status =
        report_bindings(check, sb_independent_payment_weight(memory), solution, error);
    return status == SB_OK ? report_multipliers(environment, memory, check, solution, error)
                           : status;
}

sb_status sb_independent_report(const sb_environment *environment, sb_independent *memory,
                                sb_solution *solution, bool *known, sb_error *error)
{
    double start = sb_seconds();
    sb_status status = sb_independent_solve(environment, &environment->rules, memory,
                                            &solution->mechanism, &solution->objective, error);
    *known = status == SB_OK && solution->mechanism != NULL;
    if (!*known) {
        return status;
    }
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    status = sb_design_check_optimum(environment, zero, solution, &check, error);
    if (status == SB_OK) {
        status = report(environment, memory, &check, solution, error);
    }
    solution->exact_seconds = sb_seconds() - start;
    sb_check_clear(&check);
    fmpq_clear(zero);
    return status;
}
