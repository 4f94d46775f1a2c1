/* The answer of sidebet solve, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_SOLVE_H
#define SB_CLI_SOLVE_H

#include "base/text.h"
#include "sidebet/design.h"

typedef struct sb_solve_answer {
    const sb_environment *environment;
    const sb_solution *solution;
    const fmpq *full_surplus;
    const fmpq *limit;     /* what the objective is compared with (surplus.h) */
    const sb_notes *notes; /* of the reader */
    double seconds;
    bool smallest; /* the mechanism has the smallest payments; else it is the vertex */
} sb_solve_answer;

/* Plain text, at most width columns where that can be. */
void sb_report_solve(sb_text *text, const sb_solve_answer *answer, size_t width);
/* One JSON object and a newline; see sidebet(1). */
void sb_json_solve(sb_text *text, const sb_solve_answer *answer);

#endif
