/* What double precision cannot tell of a report, a linear program in rationals does.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_kernel.h"
#include "mechanism/design_rents_paying.h"

/* A column a type that may report, and a row a coordinate. entries: as many as types. */
static sb_status fill_report_program(const sb_rents_paying *work, sb_lp *program, size_t *columns,
                                     fmpq *entries, sb_error *error)
{
    const sb_rents_agent *own = work->own;
    size_t types = own->envelope.types;
    fmpq_t zero, right;
    fmpq_init(zero);
    fmpq_init(right);
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < types; type++) {
        columns[type] = type;
        status =
            sb_lp_add_column(program, NULL, zero, sb_rents_may_report(work, type) ? NULL : zero,
                             sb_rents_worth_of(work, type), NULL, error);
    }
    for (size_t k = 0; status == SB_OK && k < own->envelope.rank; k++) {
        for (size_t type = 0; type < types; type++) {
            fmpq_set_fmpz_frac(entries + type, sb_rents_coordinate(own, type, k),
                               own->scales + type);
        }
        fmpq_set(right, entries + work->report);
        status = sb_lp_add_row(program, NULL, right, right, types, columns, entries, NULL, error);
    }
    fmpq_clear(zero);
    fmpq_clear(right);
    return status;
}

static sb_status make_report_program(const sb_rents_paying *work, sb_lp **made, sb_error *error)
{
    size_t types = work->own->envelope.types;
    *made = sb_lp_new(SB_MAXIMISE);
    size_t *columns = sb_allocate(types, sizeof *columns);
    fmpq *entries = sb_rationals_new(types);
    sb_status status = *made == NULL || columns == NULL || entries == NULL
                           ? sb_out_of_memory(error)
                           : fill_report_program(work, *made, columns, entries, error);
    free(columns);
    sb_rationals_free(entries, types);
    return status;
}

sb_status sb_rents_decide_report(sb_rents_paying *work, fmpq **parts, bool *extreme)
{
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = make_report_program(work, &program, work->error);
    sb_lp_options options = {.exact = true, .cancel = work->rents->options->cancel};
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, &options, &result, work->error);
    }
    *parts = NULL;
    *extreme = status == SB_OK && result.status == SB_LP_INFEASIBLE;
    bool known = status == SB_OK && result.proof == SB_PROOF_EXACT &&
                 (*extreme || result.status == SB_LP_OPTIMAL);
    for (size_t k = 0; known && k < work->own->envelope.rank; k++) {
        fmpq_set(work->payments + k, result.duals + k);
        if (*extreme) {
            fmpq_neg(work->payments + k, work->payments + k);
        }
    }
    if (known) {
        sb_rents_clear_fractions(work);
        *parts = *extreme ? NULL : result.columns;
        result.columns = *extreme ? result.columns : NULL;
    } else if (status == SB_OK) {
        work->rents->lost = true;
    }
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    return status;
}
