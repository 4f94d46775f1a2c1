/* The exact simplex method: from any basis to a proof.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/exact_simplex.h"

#include "base/memory.h"

void sb_exact_outcome_clear(sb_exact_outcome *outcome, const sb_lp_integers *program)
{
    sb_rationals_free(outcome->values, program->columns + program->rows);
    sb_rationals_free(outcome->point, program->columns + program->rows);
    sb_rationals_free(outcome->multipliers, program->rows);
    outcome->values = NULL;
    outcome->point = NULL;
    outcome->multipliers = NULL;
}

/* The direction in which the entering variable moves alone and the basic ones follow. */
static void set_ray(fmpq *ray, const sb_simplex *simplex, const sb_simplex_end *end)
{
    fmpq_set_si(&ray[end->entering], end->sense, 1);
    for (size_t position = 0; position < simplex->basis.size; position++) {
        fmpq *value = &ray[simplex->basis.head[position]];
        sb_exact_vector_get(value, &simplex->alpha, position);
        if (end->sense > 0) {
            fmpq_neg(value, value);
        }
    }
}

static sb_status fill_outcome(sb_simplex *simplex, const sb_simplex_end *end,
                              sb_exact_outcome *outcome, sb_error *error)
{
    outcome->status = end->status;
    outcome->multipliers = sb_rationals_new(simplex->basis.size);
    if (outcome->multipliers == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t row = 0; row < simplex->basis.size; row++) {
        sb_exact_vector_get(&outcome->multipliers[row], &simplex->y, row);
    }
    fmpq **place = &outcome->values;
    if (end->status == SB_LP_UNBOUNDED) {
        outcome->values = sb_rationals_new(simplex->variables);
        if (outcome->values == NULL) {
            return sb_out_of_memory(error);
        }
        set_ray(outcome->values, simplex, end);
        place = &outcome->point;
    }
    *place = simplex->values;
    simplex->values = NULL;
    return SB_OK;
}

sb_status sb_exact_simplex(const sb_lp_integers *program, sb_variable_status *statuses,
                           const sb_patience *patience, sb_exact_outcome *outcome, sb_error *error)
{
    sb_simplex simplex;
    sb_simplex_end end = {SB_LP_FAILED, 0, 0};
    *outcome = (sb_exact_outcome){.status = SB_LP_FAILED};
    sb_status status = sb_simplex_init(&simplex, program, statuses, patience, error);
    if (status != SB_OK) {
        return status;
    }
    bool dual_feasible = false;
    if (!sb_simplex_is_feasible(&simplex)) {
        status = sb_simplex_is_dual_feasible(&simplex, &dual_feasible, error);
    }
    if (status == SB_OK) {
        status = dual_feasible ? sb_exact_dual(&simplex, &end, error)
                               : sb_exact_primal(&simplex, &end, error);
    }
    if (status == SB_OK) {
        status = fill_outcome(&simplex, &end, outcome, error);
    }
    outcome->pivots = simplex.pivots;
    sb_simplex_clear(&simplex);
    return status;
}
