/* The smallest payments among all optimal mechanisms: block by block of the optimal face.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each block is a linear program of its own: minimise t subject to the block's rows and
 * -t <= x <= t. The largest of the optima is the answer. Payments are counted in a power of ten
 * about as large as they are, so that the floating solver sees numbers near 1.
 */
#include "sidebet/smallest_payments.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "mechanism/design_program.h"
#include "mechanism/optimal_face.h"
#include "sidebet/checker.h"

void sb_smallest_payments_init(sb_smallest_payments *smallest)
{
    *smallest = (sb_smallest_payments){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&smallest->largest);
}

void sb_smallest_payments_clear(sb_smallest_payments *smallest)
{
    fmpq_clear(&smallest->largest);
    sb_mechanism_free(smallest->mechanism);
    sb_smallest_payments_init(smallest);
}

/* What solving the blocks needs and fills in. */
typedef struct minimising {
    const sb_environment *environment;
    sb_face face;
    sb_lp_solver *solver;
    sb_lp_options options;
    double deadline; /* 0: none */
    sb_smallest_payments *smallest;
    size_t *local; /* per open column: its column in the block's program */
    size_t room;
    size_t *columns; /* the row at hand */
    fmpq *coefficients;
    sb_error *error;
} minimising;

static bool is_payment(const minimising *work, size_t column)
{
    return column >= work->face.payment_start;
}

/* Where the mechanism keeps what a column stands for: both are in the same order. */
static fmpq *place_in_mechanism(const minimising *work, size_t column)
{
    const sb_mechanism *mechanism = work->smallest->mechanism;
    return is_payment(work, column) ? mechanism->payments + (column - work->face.payment_start)
                                    : mechanism->allocation + column;
}

/* 10^k near the largest payment of the block so far. */
static void set_scale(fmpq_t scale, const minimising *work, size_t block)
{
    double largest = 1;
    for (size_t column = work->face.first_column[block]; column != SB_NOWHERE;
         column = work->face.next_column[column]) {
        if (is_payment(work, column)) {
            double size = fabs(sb_rational_to_double(place_in_mechanism(work, column)));
            largest = fmax(largest, size);
        }
    }
    fmpq_set_si(scale, 10, 1);
    fmpq_pow_si(scale, scale, isfinite(largest) ? (slong)log10(largest) : 300);
}

static sb_status add_columns(minimising *work, sb_lp *lp, size_t block, size_t *bound_column)
{
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    for (size_t column = work->face.first_column[block]; status == SB_OK && column != SB_NOWHERE;
         column = work->face.next_column[column]) {
        bool signless =
            is_payment(work, column) &&
            work->environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NO_SUBSIDIES;
        status = sb_lp_add_column(lp, NULL, signless ? NULL : zero, NULL, NULL,
                                  &work->local[column], work->error);
    }
    if (status == SB_OK) {
        status = sb_lp_add_column(lp, NULL, zero, NULL, one, bound_column, work->error);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    return status;
}

static sb_status add_face_rows(minimising *work, sb_lp *lp, size_t block, const fmpq_t scale)
{
    fmpq_t bound;
    fmpq_init(bound);
    sb_status status = SB_OK;
    for (size_t row = work->face.first_row[block]; status == SB_OK && row != SB_NOWHERE;
         row = work->face.next_row[row]) {
        bool equation = false;
        size_t count =
            sb_face_row(&work->face, row, work->columns, work->coefficients, bound, &equation);
        size_t kept = 0;
        for (size_t k = 0; k < count; k++) {
            size_t column = work->columns[k];
            fmpq *coefficient = work->coefficients + k;
            if (work->face.parents[column] != block) {
                continue; /* it cancels */
            }
            if (is_payment(work, column)) {
                fmpq_mul(coefficient, coefficient, scale);
            }
            fmpq_swap(work->coefficients + kept, coefficient);
            work->columns[kept++] = work->local[column];
        }
        status = sb_lp_add_row(lp, NULL, bound, equation ? bound : NULL, kept, work->columns,
                               work->coefficients, NULL, work->error);
    }
    fmpq_clear(bound);
    return status;
}

/* x - t <= 0 <= x + t */
static sb_status add_box_rows(minimising *work, sb_lp *lp, size_t block, size_t bound_column)
{
    fmpq_t zero;
    fmpq_init(zero);
    fmpq *signs = sb_rationals_new(2);
    sb_status status = signs == NULL ? sb_out_of_memory(work->error) : SB_OK;
    for (size_t column = work->face.first_column[block]; status == SB_OK && column != SB_NOWHERE;
         column = work->face.next_column[column]) {
        if (!is_payment(work, column)) {
            continue;
        }
        size_t pair[2] = {work->local[column], bound_column};
        fmpq_one(signs);
        fmpq_set_si(signs + 1, -1, 1);
        status = sb_lp_add_row(lp, NULL, NULL, zero, 2, pair, signs, NULL, work->error);
        fmpq_one(signs + 1);
        if (status == SB_OK) {
            status = sb_lp_add_row(lp, NULL, zero, NULL, 2, pair, signs, NULL, work->error);
        }
    }
    sb_rationals_free(signs, 2);
    fmpq_clear(zero);
    return status;
}

/* Take over the block's part of the mechanism. */
static void take_block(minimising *work, const sb_lp_result *result, size_t block,
                       const fmpq_t scale)
{
    for (size_t column = work->face.first_column[block]; column != SB_NOWHERE;
         column = work->face.next_column[column]) {
        fmpq *place = place_in_mechanism(work, column);
        fmpq_set(place, result->columns + work->local[column]);
        if (is_payment(work, column)) {
            fmpq_mul(place, place, scale);
        }
    }
    fmpq_t largest;
    fmpq_init(largest);
    fmpq_mul(largest, &result->objective, scale);
    if (fmpq_cmp(largest, &work->smallest->largest) > 0) {
        fmpq_set(&work->smallest->largest, largest);
    }
    fmpq_clear(largest);
}

static sb_status solve_block_program(minimising *work, const sb_lp *lp, size_t block,
                                     const fmpq_t scale)
{
    sb_lp_options options = work->options;
    if (work->deadline > 0) {
        options.time_limit = fmax(work->deadline - sb_seconds(), 1e-3);
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = sb_lp_solve(lp, work->solver, &options, &result, work->error);
    sb_smallest_payments *smallest = work->smallest;
    if (status == SB_OK && result.proof != SB_PROOF_EXACT) {
        smallest->status = SB_LP_FAILED;
        snprintf(smallest->reason, sizeof smallest->reason, "%s",
                 result.reason[0] != '\0' ? result.reason : "no proof was asked for");
    } else if (status == SB_OK && result.status != SB_LP_OPTIMAL) {
        status =
            sb_error_set(work->error, SB_ERROR_INTERNAL, "a block of the optimal mechanisms is %s",
                         sb_lp_status_name(result.status));
    } else if (status == SB_OK) {
        take_block(work, &result, block, scale);
    }
    sb_lp_result_clear(&result);
    return status;
}

static sb_status solve_block(minimising *work, size_t block)
{
    fmpq_t scale;
    fmpq_init(scale);
    set_scale(scale, work, block);
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    size_t bound_column = 0;
    sb_status status =
        lp == NULL ? sb_out_of_memory(work->error) : add_columns(work, lp, block, &bound_column);
    if (status == SB_OK) {
        status = add_face_rows(work, lp, block, scale);
    }
    if (status == SB_OK) {
        status = add_box_rows(work, lp, block, bound_column);
    }
    if (status == SB_OK) {
        status = solve_block_program(work, lp, block, scale);
    }
    sb_lp_free(lp);
    fmpq_clear(scale);
    return status;
}

/* A payment that no rule speaks of is a block without rows: nothing is paid. Blocks of allocations
 * alone stay as they are in the mechanism to start from. */
static sb_status solve_blocks(minimising *work)
{
    sb_status status = SB_OK;
    size_t count = sb_lp_column_count(work->face.program);
    work->smallest->status = SB_LP_OPTIMAL;
    for (size_t block = 0;
         status == SB_OK && work->smallest->status == SB_LP_OPTIMAL && block < count; block++) {
        if (!sb_face_is_block(&work->face, block)) {
            continue;
        }
        bool payments = false;
        for (size_t column = work->face.first_column[block]; column != SB_NOWHERE;
             column = work->face.next_column[column]) {
            payments = payments || is_payment(work, column);
        }
        if (payments && work->face.first_row[block] == SB_NOWHERE) {
            fmpq_zero(place_in_mechanism(work, block));
        } else if (payments) {
            status = solve_block(work, block);
        }
    }
    return status;
}

/* The mechanism obeys the rules, is worth as much, and pays what is said. */
static sb_status check(const minimising *work, const sb_solution *solution)
{
    const sb_environment *environment = work->environment;
    fmpq_t number;
    fmpq_init(number);
    sb_check checked;
    sb_check_init(&checked);
    sb_status status =
        sb_check_mechanism(environment, work->smallest->mechanism, number, &checked, work->error);
    sb_mechanism_max_payment(number, work->smallest->mechanism);
    if (status == SB_OK && !checked.accepted) {
        status = sb_error_set(work->error, SB_ERROR_INTERNAL,
                              "the checker refuses the smallest payments: %s", checked.complaint);
    } else if (status == SB_OK && (!fmpq_equal(&checked.objective, &solution->objective) ||
                                   !fmpq_equal(number, &work->smallest->largest))) {
        status = sb_error_set(work->error, SB_ERROR_INTERNAL,
                              "the mechanism of the smallest payments is not what was proved");
    }
    sb_check_clear(&checked);
    fmpq_clear(number);
    return status;
}

static sb_status minimise(minimising *work, const sb_solution *solution)
{
    work->room = sb_face_row_room(&work->face);
    work->local = sb_allocate(sb_lp_column_count(work->face.program), sizeof *work->local);
    work->columns = sb_allocate(work->room, sizeof *work->columns);
    work->coefficients = sb_rationals_new(work->room);
    sb_status status = SB_OK;
    if (work->local == NULL || work->columns == NULL || work->coefficients == NULL) {
        status = sb_out_of_memory(work->error);
    } else if (work->face.any_payment_at_bound) {
        /* In every optimal mechanism some payment is the bound, and none is beyond it. */
        work->smallest->status = SB_LP_OPTIMAL;
        fmpq_set(&work->smallest->largest, &work->environment->rules.payment_bound);
    } else {
        status = solve_blocks(work);
    }
    if (status == SB_OK && work->smallest->status == SB_LP_OPTIMAL) {
        work->smallest->proof = SB_PROOF_EXACT;
        status = check(work, solution);
    }
    free(work->local);
    free(work->columns);
    sb_rationals_free(work->coefficients, work->room);
    return status;
}

/* Of a mechanism that was searched the allocation is kept; *known: the best payments at it are. */
static sb_status open_face_at(minimising *work, const sb_solution *solution, bool *known)
{
    sb_lp_result best;
    sb_lp_result_init(&best);
    sb_status status = sb_design_pay_best(work->environment, solution->mechanism, &work->options,
                                          &best, work->error);
    *known = status == SB_OK && best.proof == SB_PROOF_EXACT;
    if (status == SB_OK && !*known) {
        sb_smallest_payments *smallest = work->smallest;
        (void)snprintf(smallest->reason, sizeof smallest->reason, "%s",
                       best.reason[0] != '\0' ? best.reason : "no proof was asked for");
    } else if (status == SB_OK && (best.status != SB_LP_OPTIMAL ||
                                   !fmpq_equal(&best.objective, &solution->objective))) {
        status = sb_error_set(work->error, SB_ERROR_USAGE,
                              "the solution is not an exact optimum of this environment");
    } else if (status == SB_OK) {
        status = sb_face_init_at(&work->face, work->environment, solution->mechanism, best.duals,
                                 work->error);
    }
    sb_lp_result_clear(&best);
    return status;
}

static sb_status open_face(minimising *work, const sb_solution *solution, bool *known)
{
    *known = true;
    return solution->searched && solution->mechanism != NULL
               ? open_face_at(work, solution, known)
               : sb_face_init(&work->face, work->environment, solution, work->error);
}

sb_status sb_smallest_payments_find(const sb_environment *environment, const sb_solution *solution,
                                    sb_lp_solver *solver, const sb_lp_options *options,
                                    sb_smallest_payments *smallest, sb_error *error)
{
    double began = sb_seconds();
    sb_smallest_payments_clear(smallest);
    minimising work = {.environment = environment,
                       .solver = solver,
                       .options = options != NULL ? *options : SB_LP_OPTIONS_DEFAULT,
                       .smallest = smallest,
                       .error = error};
    work.deadline = work.options.time_limit > 0 ? began + work.options.time_limit : 0;
    bool known = true;
    sb_status status = open_face(&work, solution, &known);
    if (status == SB_OK && known) {
        smallest->mechanism = sb_mechanism_copy(solution->mechanism);
        status = smallest->mechanism == NULL ? sb_out_of_memory(error) : minimise(&work, solution);
    }
    sb_face_clear(&work.face);
    if (status != SB_OK) {
        sb_smallest_payments_clear(smallest);
    } else if (smallest->status != SB_LP_OPTIMAL) {
        sb_mechanism_free(smallest->mechanism);
        smallest->mechanism = NULL;
        fmpq_zero(&smallest->largest);
    }
    smallest->seconds = sb_seconds() - began;
    return status;
}
