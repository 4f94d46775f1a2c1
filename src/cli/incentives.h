/* The answer of sidebet incentives, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_INCENTIVES_H
#define SB_CLI_INCENTIVES_H

#include "base/text.h"
#include "sidebet/incentive_graph.h"

typedef struct sb_incentives_answer {
    const sb_environment *environment;
    const sb_solution *solution;
    const sb_notes *notes;
    size_t count;
    sb_incentive_graph *graphs; /* one an agent; none where there is no optimum */
    double seconds;
} sb_incentives_answer;

/* Diagrams of at most width columns. */
void sb_report_incentives(sb_text *text, const sb_incentives_answer *answer, size_t width);
/* One JSON object and a newline; see sidebet(1). */
void sb_json_incentives(sb_text *text, const sb_incentives_answer *answer);

#endif
