/* The answer of sidebet lp for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_LP_H
#define SB_CLI_LP_H

#include "base/text.h"
#include "sidebet/design_text.h"

typedef struct sb_lp_answer {
    const sb_design_listing *listing;
    const sb_solution *solution; /* NULL: the rules in general only */
} sb_lp_answer;

/* Wrapped at width columns where that can be. */
void sb_report_lp(sb_text *text, const sb_lp_answer *answer, size_t width);

/* Print a finished text, or write it to the file of --output; clears it. */
sb_status sb_lp_output(sb_text *text, const char *path, sb_error *error);

#endif
