/* The answer of sidebet sweep: for people, for programs, for the wall.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_SWEEP_H
#define SB_CLI_SWEEP_H

#include "base/text.h"
#include "sidebet/sweep.h"

typedef struct sb_sweep_answer {
    const sb_environment *environment;
    const sb_sweep *sweep;
    const sb_notes *notes; /* of the reader */
    double seconds;
} sb_sweep_answer;

/* The slope of log(smallest largest payment) against log(lambda), by least squares over the points
 * with 0 < lambda <= 1/10 (where there are fewer than three: <= 1). False: fewer than two. */
bool sb_sweep_growth(const sb_sweep *sweep, double *exponent);
/* What is to be seen, in one sentence of computed numbers; NULL when memory runs out. */
char *sb_sweep_lesson(const sb_sweep_answer *answer);

/* `whole` is an sb_sweep_answer. */
void sb_report_sweep(sb_text *text, const void *whole, size_t width);
void sb_json_sweep(sb_text *text, const void *whole);
void sb_csv_sweep(sb_text *text, const void *whole);

#endif
