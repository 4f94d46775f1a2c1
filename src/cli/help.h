/* The help: made from the tables of subcommands, options, rules, commands and keys.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_HELP_H
#define SB_CLI_HELP_H

#include "base/text.h"
#include "cli/program.h"
#include "session/keys.h"

/* Each prints to standard output and returns the exit status. */
int sb_help_print_program(void);
int sb_help_print_version(void);
int sb_help_print_subcommand(const sb_subcommand *subcommand);
/* To standard error; returns SB_EXIT_BAD_INPUT. */
int sb_help_print_usage(void);

/* Where a key is in force, for headings: "On the table screen". */
const char *sb_help_context_title(sb_key_context context);

/* The tables of the manual page in mdoc, without surroundings. */
void sb_mdoc_commands(sb_text *text);
void sb_mdoc_keys(sb_text *text);
void sb_mdoc_options(sb_text *text);

#endif
