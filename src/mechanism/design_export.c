/* The design program for other solvers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/design_text.h"

/* Under deterministic mechanisms the outcomes' columns are 0 or 1. */
static sb_status binary_columns(const sb_environment *environment, const sb_lp *lp, bool **binary,
                                sb_error *error)
{
    *binary = NULL;
    if (environment->rules.choice[SB_RULE_DETERMINISTIC] != SB_DETERMINISTIC) {
        return SB_OK;
    }
    *binary = sb_allocate(sb_lp_column_count(lp), sizeof **binary);
    if (*binary == NULL) {
        return sb_out_of_memory(error);
    }
    size_t count = sb_environment_profile_count(environment) * environment->outcome_count;
    for (size_t column = 0; column < count; column++) {
        (*binary)[column] = true;
    }
    return SB_OK;
}

sb_status sb_design_format_solver(const sb_environment *environment, bool mps, double memory_limit,
                                  char **text, sb_error *error)
{
    *text = NULL;
    sb_design *design = NULL;
    bool *binary = NULL;
    sb_status status = sb_design_check_size(environment, &environment->rules, memory_limit, error);
    if (status == SB_OK) {
        status = sb_design_new(environment, &design, error);
    }
    if (status == SB_OK) {
        status = binary_columns(environment, sb_design_program(design), &binary, error);
    }
    if (status == SB_OK) {
        const sb_lp *lp = sb_design_program(design);
        status = mps ? sb_integer_format_mps(lp, binary, text, error)
                     : sb_integer_format_cplex(lp, binary, text, error);
    }
    free(binary);
    sb_design_free(design);
    return status;
}
