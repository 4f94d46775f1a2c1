/* The worst belief of a consistent set: a linear function's minimum over it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Over a box: every signal gets its lower bound, and what is left of 1 goes to the signals of the
 * smallest coefficients, each up to its upper bound. With constraints: a small linear program.
 */
#include "analysis/consistent_set_fill.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct signal_order {
    const fmpq *coefficient;
    size_t signal;
} signal_order;

static int by_coefficient(const void *left, const void *right)
{
    const signal_order *one = left, *other = right;
    int order = fmpq_cmp(one->coefficient, other->coefficient);
    return order != 0 ? order : (one->signal > other->signal) - (one->signal < other->signal);
}

void sb_consistent_set_fill(const sb_consistent_set *set, size_t type, const size_t *order,
                            fmpq *belief)
{
    size_t signals = set->signal_count;
    const fmpq *lower = set->lower + type * signals, *upper = set->upper + type * signals;
    fmpq_t left, room;
    fmpq_init(left);
    fmpq_init(room);
    fmpq_one(left);
    for (size_t signal = 0; signal < signals; signal++) {
        fmpq_set(belief + signal, lower + signal);
        fmpq_sub(left, left, lower + signal);
    }
    for (size_t k = 0; fmpq_sgn(left) > 0 && k < signals; k++) {
        size_t signal = order[k];
        fmpq_sub(room, upper + signal, lower + signal);
        if (fmpq_cmp(room, left) > 0) {
            fmpq_set(room, left);
        }
        fmpq_add(belief + signal, belief + signal, room);
        fmpq_sub(left, left, room);
    }
    fmpq_clear(left);
    fmpq_clear(room);
}

static sb_status fill_box(const sb_consistent_set *set, size_t type, const fmpq *coefficients,
                          fmpq *belief, sb_error *error)
{
    size_t signals = set->signal_count;
    signal_order *order = sb_allocate(signals, sizeof *order);
    size_t *signal_numbers = sb_allocate(signals, sizeof *signal_numbers);
    sb_status status = SB_OK;
    if (order == NULL || signal_numbers == NULL) {
        status = sb_out_of_memory(error);
    } else {
        for (size_t signal = 0; signal < signals; signal++) {
            order[signal] = (signal_order){coefficients + signal, signal};
        }
        qsort(order, signals, sizeof *order, by_coefficient);
        for (size_t k = 0; k < signals; k++) {
            signal_numbers[k] = order[k].signal;
        }
        sb_consistent_set_fill(set, type, signal_numbers, belief);
    }
    free(order);
    free(signal_numbers);
    return status;
}

/* ---- with constraints ---- */

/* columns and ones: room for as many as there are signals. */
static sb_status fill_rows(sb_lp *program, const sb_consistent_set *set, size_t type,
                           size_t *columns, fmpq *ones, sb_error *error)
{
    size_t signals = set->signal_count;
    for (size_t signal = 0; signal < signals; signal++) {
        columns[signal] = signal;
        fmpq_one(ones + signal);
    }
    sb_status status =
        sb_lp_add_row(program, NULL, ones, ones, signals, columns, ones, NULL, error);
    for (size_t k = 0; status == SB_OK && k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        if (constraint->type == type || constraint->type == SB_EVERY_TYPE) {
            status = sb_lp_add_row(program, NULL, constraint->has_lower ? &constraint->lower : NULL,
                                   constraint->has_upper ? &constraint->upper : NULL, signals,
                                   columns, constraint->coefficients, NULL, error);
        }
    }
    return status;
}

static sb_status add_rows(sb_lp *program, const sb_consistent_set *set, size_t type,
                          sb_error *error)
{
    size_t signals = set->signal_count;
    size_t *columns = sb_allocate(signals, sizeof *columns);
    fmpq *ones = sb_rationals_new(signals);
    sb_status status = SB_OK;
    if (columns == NULL || ones == NULL) {
        status = sb_out_of_memory(error);
    } else {
        status = fill_rows(program, set, type, columns, ones, error);
    }
    free(columns);
    sb_rationals_free(ones, signals);
    return status;
}

static sb_status fill_polytope(const sb_consistent_set *set, size_t type, const fmpq *coefficients,
                               fmpq *belief, sb_error *error)
{
    size_t signals = set->signal_count;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_lp *program = sb_lp_new(SB_MINIMISE);
    sb_status status = program == NULL ? sb_out_of_memory(error) : SB_OK;
    for (size_t signal = 0; status == SB_OK && signal < signals; signal++) {
        size_t k = type * signals + signal;
        status = sb_lp_add_column(program, NULL, set->lower + k, set->upper + k,
                                  coefficients + signal, NULL, error);
    }
    if (status == SB_OK) {
        status = add_rows(program, set, type, error);
    }
    if (status == SB_OK) {
        status = sb_lp_solve_exactly(program, &result, error);
    }
    if (status == SB_OK && result.status != SB_LP_OPTIMAL) {
        status = result.status == SB_LP_INFEASIBLE
                     ? sb_error_set(error, SB_ERROR_INPUT,
                                    "the consistent set of type number %zu is empty", type + 1)
                     : sb_error_set(error, SB_ERROR_INTERNAL,
                                    "the worst belief of type number %zu was not found: %s",
                                    type + 1, result.reason);
    }
    for (size_t signal = 0; status == SB_OK && signal < signals; signal++) {
        fmpq_set(belief + signal, result.columns + signal);
    }
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    return status;
}

sb_status sb_consistent_set_worst(const sb_consistent_set *set, size_t type,
                                  const fmpq *coefficients, fmpq *belief, fmpq_t minimum,
                                  sb_error *error)
{
    fmpq *own = belief == NULL ? sb_rationals_new(set->signal_count) : NULL;
    fmpq *filled = belief == NULL ? own : belief;
    if (filled == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = sb_consistent_set_is_box(set, type)
                           ? fill_box(set, type, coefficients, filled, error)
                           : fill_polytope(set, type, coefficients, filled, error);
    if (status == SB_OK) {
        sb_rationals_dot(minimum, coefficients, filled, set->signal_count);
    }
    sb_rationals_free(own, set->signal_count);
    return status;
}
