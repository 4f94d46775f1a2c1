/* The best payments at an allocation that is given.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_program.h"

/* Fix every probability to what it is in the mechanism. */
static sb_status fix_allocation(sb_lp *program, const sb_mechanism *mechanism, sb_error *error)
{
    sb_status status = SB_OK;
    size_t count = mechanism->profile_count * mechanism->outcome_count;
    for (size_t column = 0; status == SB_OK && column < count; column++) {
        const fmpq *probability = mechanism->allocation + column;
        status = sb_lp_set_column_bounds(program, column, probability, probability, error);
    }
    return status;
}

sb_status sb_design_pay_best(const sb_environment *environment, const sb_mechanism *mechanism,
                             const sb_lp_options *options, sb_lp_result *result, sb_error *error)
{
    if (mechanism->agent_count != environment->agent_count ||
        mechanism->outcome_count != environment->outcome_count ||
        mechanism->profile_count != sb_environment_profile_count(environment)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the mechanism was made for an environment of another shape");
    }
    sb_design *design = NULL;
    sb_lp *program = NULL;
    sb_status status = sb_design_new_plain(environment, &environment->rules, options->memory_limit,
                                           &design, error);
    if (status == SB_OK) {
        status = sb_lp_copy(sb_design_program(design), &program, error);
    }
    if (status == SB_OK) {
        status = fix_allocation(program, mechanism, error);
    }
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, options, result, error);
    }
    sb_lp_free(program);
    sb_design_free(design);
    return status;
}
