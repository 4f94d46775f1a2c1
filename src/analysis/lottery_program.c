/* Lotteries over what the others may be, with the smallest largest payment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "analysis/extraction.h"
#include "base/memory.h"

sb_lp *sb_lottery_program_new(size_t others_count, sb_error *error)
{
    sb_lp *program = sb_lp_new(SB_MINIMISE);
    if (program == NULL) {
        sb_out_of_memory(error);
        return NULL;
    }
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k <= others_count; k++) {
        status = sb_lp_add_column(program, NULL, zero, NULL, k == others_count ? one : NULL, NULL,
                                  error);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    if (status != SB_OK) {
        sb_lp_free(program);
        return NULL;
    }
    return program;
}

sb_status sb_lottery_program_add(sb_lp *program, const fmpq *belief, size_t others_count,
                                 const fmpq *lower, const fmpq *upper, size_t extra_count,
                                 const size_t *extra_columns, const fmpq *extra_coefficients,
                                 sb_error *error)
{
    size_t count = others_count + 1 + extra_count;
    size_t *columns = sb_allocate(count, sizeof *columns);
    fmpq *coefficients = sb_rationals_new(count);
    sb_status status = SB_OK;
    if (columns == NULL || coefficients == NULL) {
        status = sb_out_of_memory(error);
    } else {
        for (size_t k = 0; k < others_count; k++) {
            columns[k] = k;
            fmpq_set(coefficients + k, belief + k);
        }
        columns[others_count] = others_count;
        fmpq_set_si(coefficients + others_count, -1, 1);
        for (size_t k = 0; k < extra_count; k++) {
            columns[others_count + 1 + k] = extra_columns[k];
            fmpq_neg(coefficients + others_count + 1 + k, extra_coefficients + k);
        }
        status =
            sb_lp_add_row(program, NULL, lower, upper, count, columns, coefficients, NULL, error);
    }
    free(columns);
    sb_rationals_free(coefficients, count);
    return status;
}

static sb_status add_caps(sb_lp *program, size_t others_count, sb_error *error)
{
    fmpq *coefficients = sb_rationals_new(2);
    if (coefficients == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t zero;
    fmpq_init(zero);
    fmpq_set_si(coefficients, 1, 1);
    fmpq_set_si(coefficients + 1, -2, 1);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < others_count; k++) {
        size_t columns[2] = {k, others_count};
        status = sb_lp_add_row(program, NULL, NULL, zero, 2, columns, coefficients, NULL, error);
    }
    fmpq_clear(zero);
    sb_rationals_free(coefficients, 2);
    return status;
}

sb_status sb_lottery_program_solve(sb_lp *program, const sb_beliefs *beliefs,
                                   const sb_lp_options *options, sb_decision *decision,
                                   fmpq **lottery, sb_lp_result *result, sb_error *error)
{
    size_t others_count = beliefs->others_count;
    *decision = SB_DECISION_OPEN;
    *lottery = NULL;
    sb_status status = add_caps(program, others_count, error);
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, options, result, error);
    }
    if (status != SB_OK || result->proof != SB_PROOF_EXACT) {
        return status;
    }
    if (result->status == SB_LP_INFEASIBLE) {
        *decision = SB_DECISION_NO;
    } else if (result->status == SB_LP_OPTIMAL) {
        *lottery = sb_rationals_new(others_count);
        if (*lottery == NULL) {
            return sb_out_of_memory(error);
        }
        for (size_t k = 0; k < others_count; k++) {
            if (sb_beliefs_expect(beliefs, k)) {
                fmpq_sub(*lottery + k, result->columns + k, result->columns + others_count);
            }
        }
        *decision = SB_DECISION_YES;
    }
    return SB_OK;
}
