/* Copying a linear program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "sidebet/linear_program.h"

sb_status sb_lp_copy(const sb_lp *lp, sb_lp **copy, sb_error *error)
{
    sb_lp *made = *copy = sb_lp_new(sb_lp_direction(lp));
    sb_status status = made == NULL ? sb_out_of_memory(error) : SB_OK;
    for (size_t column = 0; status == SB_OK && column < sb_lp_column_count(lp); column++) {
        sb_lp_column_view view = sb_lp_column(lp, column);
        status = sb_lp_add_column(made, NULL, view.lower, view.upper, view.cost, NULL, error);
    }
    for (size_t row = 0; status == SB_OK && row < sb_lp_row_count(lp); row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        status = sb_lp_add_row(made, NULL, view.lower, view.upper, view.count, view.columns,
                               view.coefficients, NULL, error);
    }
    if (status != SB_OK) {
        sb_lp_free(made);
        *copy = NULL;
    }
    return status;
}
