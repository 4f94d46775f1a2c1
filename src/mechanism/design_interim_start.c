/* Where programs in interim payments start.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_interim.h"
#include "mechanism/design_rows.h"

/* Where no proof was asked for but one is at hand. */
#define PROOF_INSTEAD_OF_FLOATING_SECONDS 1.0

void sb_interim_surplus_weights(sb_objective_weights *surplus, const sb_objective_weights *weights)
{
    fmpq_init(&surplus->payments);
    fmpq_init(&surplus->agents);
    fmpq_init(&surplus->designer);
    fmpq_add(&surplus->agents, &weights->payments, &weights->agents);
    fmpq_set(&surplus->designer, &weights->designer);
}

size_t sb_interim_best_outcome(const sb_environment *environment,
                               const sb_objective_weights *weights, size_t profile, fmpq_t gain)
{
    size_t best = 0;
    sb_objective_weights surplus;
    sb_interim_surplus_weights(&surplus, weights);
    fmpq_t value;
    fmpq_init(value);
    for (size_t o = 0; o < environment->outcome_count; o++) {
        sb_design_outcome_value(value, environment, &surplus, profile, o);
        if (o == 0 || fmpq_cmp(value, gain) > 0) {
            fmpq_swap(gain, value);
            best = o;
        }
    }
    fmpq_clear(value);
    sb_objective_weights_clear(&surplus);
    return best;
}

/* The pivot that counts most in what a type expects to pay. */
static size_t main_pivot(const sb_interim_agent *agent, size_t type)
{
    const fmpq *combination = agent->combinations + type * agent->rank;
    size_t best = 0;
    double most = 0;
    for (size_t k = 0; k < agent->rank; k++) {
        double size = sb_rational_to_double(combination + k);
        size = size < 0 ? -size : size;
        if (size > most) {
            most = size;
            best = k;
        }
    }
    return best;
}

size_t sb_interim_decided_column(const sb_interim *interim, const sb_constraint *rule)
{
    const sb_interim_agent *agent = &interim->agents[rule->agent];
    bool participation = rule->kind == SB_CONSTRAINT_PARTICIPATION;
    if (participation && rule->type == SB_NOWHERE) {
        size_t first = agent->pivot_types[0];
        return sb_interim_column(interim, rule->agent, 0, first);
    }
    size_t report = participation ? rule->type : rule->report;
    size_t k = main_pivot(agent, rule->type);
    bool independent = agent->pivot_types[k] == rule->type;
    return participation || independent ? sb_interim_column(interim, rule->agent, k, report)
                                        : SB_NOWHERE;
}

/* Mark the basic columns and rows. */
static void mark_starting_basis(const sb_interim *interim, const sb_environment *environment,
                                const sb_design *design, bool *columns, bool *rows)
{
    size_t row_count = sb_lp_row_count(sb_design_program(design));
    fmpq_t gain;
    fmpq_init(gain);
    for (size_t row = 0; row < row_count; row++) {
        const sb_constraint *rule = sb_design_constraint(design, row);
        if (rule->kind == SB_CONSTRAINT_PROBABILITY) {
            size_t outcome =
                sb_interim_best_outcome(environment, &design->objective, rule->profile, gain);
            columns[sb_design_allocation_column(design, rule->profile, outcome)] = true;
        } else if (rule->kind == SB_CONSTRAINT_PARTICIPATION) {
            columns[sb_interim_decided_column(interim, rule)] = true;
        }
    }
    fmpq_clear(gain);
    /* A participation row comes first: it may have taken a lie's column. */
    for (size_t row = 0; row < row_count; row++) {
        const sb_constraint *rule = sb_design_constraint(design, row);
        if (rule->kind == SB_CONSTRAINT_INCENTIVE) {
            size_t column = sb_interim_decided_column(interim, rule);
            rows[row] = column == SB_NOWHERE || columns[column];
            if (!rows[row]) {
                columns[column] = true;
            }
        }
    }
}

bool sb_interim_start_is_optimal(const sb_interim *interim, const sb_design *design)
{
    size_t types = 0, optional = 0;
    for (size_t agent = 0; agent < interim->agent_count; agent++) {
        types += interim->agents[agent].type_count;
    }
    for (size_t row = 0; row < design->constraint_count; row++) {
        const sb_constraint *rule = sb_design_constraint(design, row);
        optional += rule->kind == SB_CONSTRAINT_PARTICIPATION && rule->type != SB_NOWHERE;
    }
    return sb_interim_has_full_rank(interim) && optional == types &&
           fmpq_sgn(&design->objective.payments) >= 0;
}

sb_status sb_interim_start(const sb_interim *interim, const sb_environment *environment,
                           const sb_design *design, sb_lp_solver *solver, bool optimal,
                           sb_error *error)
{
    const sb_lp *program = sb_design_program(design);
    bool *columns = sb_allocate(sb_lp_column_count(program), sizeof *columns);
    bool *rows = sb_allocate(sb_lp_row_count(program), sizeof *rows);
    sb_status status = SB_OK;
    if (columns == NULL || rows == NULL) {
        status = sb_out_of_memory(error);
    } else {
        mark_starting_basis(interim, environment, design, columns, rows);
        status = optimal ? sb_lp_solver_trust(solver, program, columns, rows, NULL, error)
                         : sb_lp_solver_start(solver, program, columns, rows, error);
    }
    free(columns);
    free(rows);
    return status;
}

void sb_interim_prove_start(sb_lp_options *options)
{
    if (!options->exact) {
        options->exact = true;
        options->time_limit = PROOF_INSTEAD_OF_FLOATING_SECONDS;
    }
}
