/* What the subcommands with curves share: text, JSON or CSV, and a figure beside it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_CURVE_OUTPUT_H
#define SB_CLI_CURVE_OUTPUT_H

#include "cli/figure.h"
#include "cli/options.h"

typedef struct sb_curve_output {
    void (*report)(sb_text *text, const void *answer, size_t width);
    void (*json)(sb_text *text, const void *answer);
    void (*csv)(sb_text *text, const void *answer);
    const void *answer;
    const sb_notes *notes;   /* to standard error, unless JSON */
    const sb_figure *figure; /* drawn where --figure asks for one */
} sb_curve_output;

/* Before anything is computed: --json and --csv together, and figures that cannot be written. */
sb_status sb_curve_output_check(const sb_arguments *arguments, sb_error *error);
/* The figure first, so that a failure to write it leaves standard output empty. */
sb_status sb_curve_output_print(const sb_curve_output *output, const sb_arguments *arguments,
                                sb_error *error);

bool sb_arguments_has(const sb_arguments *arguments, sb_option_kind kind);

#endif
