/* The answer of sidebet simulate and sidebet merge: for people, for programs, for the wall.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_SIMULATE_H
#define SB_CLI_SIMULATE_H

#include "base/text.h"
#include "cli/options.h"
#include "sidebet/simulation.h"

typedef struct sb_simulate_answer {
    const sb_simulation *simulation;
    const sb_notes *notes;
    double seconds; /* 0: nothing was simulated */
} sb_simulate_answer;

/* The simulation that the command line asks for: from its options, a truth's FILE, or --resume. */
sb_status sb_simulate_plan(const sb_arguments *arguments, sb_simulation **simulation,
                           sb_notes *notes, sb_error *error);

/* "A bivariate normal of correlation 0.5 on 10 types and 10 signals; epsilon 0.05": what is not
 * swept. NULL when memory runs out. */
char *sb_simulate_setting(const sb_simulation *simulation);

/* `whole` is an sb_simulate_answer. */
void sb_report_simulate(sb_text *text, const void *whole, size_t width);
void sb_json_simulate(sb_text *text, const void *whole);
void sb_csv_simulate(sb_text *text, const void *whole);

/* Print as the options say, with the figure. */
sb_status sb_simulate_print(const sb_arguments *arguments, const sb_simulate_answer *answer,
                            sb_error *error);
/* The worst of the designs. */
int sb_simulate_exit_status(const sb_simulation *simulation);
/* Write the repetitions to a file: it holds the old or the new ones, never less. */
sb_status sb_simulate_save(const sb_simulation *simulation, const char *path, sb_error *error);
/* Refuse a path where something stands that is no simulation's result. */
sb_status sb_simulate_check_output(const char *path, sb_error *error);

#endif
