/* The answer of sidebet sweep as CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/csv_writer.h"
#include "cli/sweep.h"

void sb_csv_sweep(sb_text *text, const void *whole)
{
    static const char *const numbers[] = {"lambda",
                                          "revenue",
                                          "full_surplus",
                                          "ex_post",
                                          "smallest_max_payment",
                                          "vertex_max_payment"};
    const sb_sweep_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sb_csv_number_name(&csv, numbers[i]);
    }
    sb_csv_field(&csv, "smallest_singular_value");
    sb_csv_field(&csv, "status");
    sb_csv_field(&csv, "proof");
    sb_csv_end_row(&csv);
    for (size_t i = 0; i < answer->sweep->count; i++) {
        const sb_sweep_point *point = &answer->sweep->points[i];
        bool optimal = point->status == SB_LP_OPTIMAL;
        bool exact = point->proof == SB_PROOF_EXACT;
        sb_csv_number(&csv, &point->lambda, true);
        sb_csv_number(&csv, optimal ? &point->revenue : NULL, exact);
        sb_csv_number(&csv, &point->full_surplus, true);
        sb_csv_number(&csv, point->has_ex_post ? &point->ex_post : NULL, exact);
        sb_csv_number(&csv, point->has_smallest_payment ? &point->smallest_payment : NULL, exact);
        sb_csv_number(&csv, optimal ? &point->vertex_payment : NULL, exact);
        sb_csv_double(&csv, point->smallest_singular_value);
        sb_csv_field(&csv, sb_lp_status_name(point->status));
        sb_csv_field(&csv, sb_proof_name(point->proof));
        sb_csv_end_row(&csv);
    }
    *text = csv.text;
}
