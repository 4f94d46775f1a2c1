/* Results of linear programs and the words for them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/linear_program.h"

const char *sb_lp_status_name(sb_lp_status status)
{
    switch (status) {
    case SB_LP_OPTIMAL:
        return "optimal";
    case SB_LP_INFEASIBLE:
        return "infeasible";
    case SB_LP_UNBOUNDED:
        return "unbounded";
    case SB_LP_FAILED:
        break;
    }
    return "failed";
}

const char *sb_proof_name(sb_proof proof)
{
    switch (proof) {
    case SB_PROOF_EXACT:
        return "exact";
    case SB_PROOF_FLOATING:
        return "floating";
    case SB_PROOF_NONE:
        break;
    }
    return "none";
}

void sb_lp_result_init(sb_lp_result *result)
{
    *result = (sb_lp_result){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE};
    fmpq_init(&result->objective);
}

void sb_lp_result_clear(sb_lp_result *result)
{
    fmpq_clear(&result->objective);
    sb_rationals_free(result->columns, result->column_count);
    sb_rationals_free(result->reduced_costs, result->column_count);
    sb_rationals_free(result->duals, result->row_count);
    sb_rationals_free(result->point, result->column_count);
    sb_lp_result_init(result);
}
