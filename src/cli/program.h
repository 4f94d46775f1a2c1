/* The subcommands: one table that dispatch, the help and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_PROGRAM_H
#define SB_CLI_PROGRAM_H

#include "cli/options.h"

typedef struct sb_subcommand {
    const char *name;
    const char *synopsis;   /* the operands: "FILE" */
    const char *summary;    /* one line */
    const char *details;    /* more sentences */
    sb_option_bits options; /* SB_OPTION_BIT of those it takes; help and version go everywhere */
    size_t least_operands, most_operands;
    /* Returns the exit status; operands are those behind the subcommand's name. */
    int (*run)(const sb_arguments *arguments);
} sb_subcommand;

size_t sb_subcommand_count(void);
const sb_subcommand *sb_subcommand_at(size_t index);
const sb_subcommand *sb_subcommand_find(const char *name); /* NULL: none */

/* The whole program: reads the command line, runs the subcommand, returns the exit status. */
int sb_program_run(int argc, char **argv);

/* The subcommands themselves, one a file. */
int sb_explore_run(const sb_arguments *arguments);
int sb_solve_run(const sb_arguments *arguments);
int sb_check_run(const sb_arguments *arguments);
int sb_run_sweep(const sb_arguments *arguments);
int sb_run_cap(const sb_arguments *arguments);
int sb_run_robust(const sb_arguments *arguments);
int sb_run_sample(const sb_arguments *arguments);
int sb_run_estimate(const sb_arguments *arguments);
int sb_run_misbelief(const sb_arguments *arguments);
int sb_verify_run(const sb_arguments *arguments);
int sb_sensitivity_subcommand(const sb_arguments *arguments);
int sb_run_sample_size(const sb_arguments *arguments);
int sb_run_learning(const sb_arguments *arguments);
int sb_run_ball(const sb_arguments *arguments);
int sb_run_geometry(const sb_arguments *arguments);
int sb_run_separation(const sb_arguments *arguments);
int sb_run_auctions(const sb_arguments *arguments);
int sb_run_simulate(const sb_arguments *arguments);
int sb_run_merge(const sb_arguments *arguments);
int sb_run_lp(const sb_arguments *arguments);
int sb_run_table_subcommand(const sb_arguments *arguments);
int sb_run_report_subcommand(const sb_arguments *arguments);
int sb_run_incentives(const sb_arguments *arguments);
int sb_repl_run(const sb_arguments *arguments);
int sb_script_run(const sb_arguments *arguments);
int sb_run_tour_subcommand(const sb_arguments *arguments);
int sb_run_completions(const sb_arguments *arguments);
int sb_help_run(const sb_arguments *arguments);

#endif
