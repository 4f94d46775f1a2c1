/* The answer of sidebet simulate as CSV: a line a cell and mechanism.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "cli/simulate.h"

void sb_csv_simulate(sb_text *text, const void *whole)
{
    const sb_simulate_answer *answer = whole;
    char *lines = NULL;
    if (sb_simulation_format_summary(answer->simulation, &lines, NULL) == SB_OK) {
        sb_text_add(text, lines);
    } else {
        text->failed = true;
    }
    free(lines);
}
