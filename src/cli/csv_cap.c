/* The answer of sidebet cap as CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/cap.h"
#include "cli/csv_writer.h"

void sb_csv_cap(sb_text *text, const void *whole)
{
    const sb_cap_answer *answer = whole;
    bool exact = answer->cap->proof == SB_PROOF_EXACT;
    sb_csv csv;
    sb_csv_init(&csv);
    sb_csv_number_name(&csv, "bound");
    sb_csv_number_name(&csv, "revenue");
    sb_csv_field(&csv, "proof");
    sb_csv_end_row(&csv);
    for (size_t i = 0; i < answer->cap->count; i++) {
        sb_csv_number(&csv, &answer->cap->points[i].bound, exact);
        sb_csv_number(&csv, &answer->cap->points[i].objective, exact);
        sb_csv_field(&csv, sb_proof_name(answer->cap->proof));
        sb_csv_end_row(&csv);
    }
    *text = csv.text;
}
