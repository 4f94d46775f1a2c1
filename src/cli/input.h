/* What solve and check begin with: the environment of the command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_INPUT_H
#define SB_CLI_INPUT_H

#include "base/clock.h"
#include "cli/options.h"
#include "sidebet/environment.h"
#include "sidebet/linear_program.h"
#include "sidebet/samples.h"

/* Read the file, take the prior from a table if asked, and put the rules of the command line in
 * place of its own. The caller owns *environment. */
sb_status sb_input_read(const sb_arguments *arguments, sb_environment **environment,
                        sb_notes *notes, sb_error *error);
/* The same of any operand, without the table. */
sb_status sb_input_read_file(const sb_arguments *arguments, size_t operand,
                             sb_environment **environment, sb_notes *notes, sb_error *error);
/* The same of a file that an option names. */
sb_status sb_input_read_path(const sb_arguments *arguments, const char *path,
                             sb_environment **environment, sb_notes *notes, sb_error *error);
/* Samples for an environment of one agent and a signal; a file without any is an input error. */
sb_status sb_input_read_samples(const char *path, const sb_environment *environment,
                                sb_samples **samples, sb_error *error);
/* How to solve: as the options say, until Ctrl-C or SIGTERM. */
sb_lp_options sb_input_options(const sb_arguments *arguments);
/* How samples become an estimate; what the command line does not say stays as it is in options, but
 * alpha, which is NULL then. */
void sb_input_estimate_options(const sb_robust_arguments *given, sb_estimate_options *options);

#endif
