/* What the subcommands with curves share: text, JSON or CSV, and a figure beside it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/curve_output.h"

#include "cli/exit_status.h"
#include "cli/layout.h"

bool sb_arguments_has(const sb_arguments *arguments, sb_option_kind kind)
{
    return (arguments->given & SB_OPTION_BIT(kind)) != 0;
}

sb_status sb_curve_output_check(const sb_arguments *arguments, sb_error *error)
{
    if (sb_arguments_has(arguments, SB_OPTION_JSON) && sb_arguments_has(arguments, SB_OPTION_CSV)) {
        sb_error_set(error, SB_ERROR_USAGE, "--json and --csv are two formats of one output");
        sb_error_set_hint(error, "choose one of them");
        return SB_ERROR_USAGE;
    }
    return arguments->figure == NULL ? SB_OK : sb_figure_check(arguments->figure, error);
}

sb_status sb_curve_output_print(const sb_curve_output *output, const sb_arguments *arguments,
                                sb_error *error)
{
    if (arguments->figure != NULL) {
        sb_status status = sb_figure_write(output->figure, arguments->figure, error);
        if (status != SB_OK) {
            return status;
        }
    }
    sb_text text;
    sb_text_init(&text);
    if (sb_arguments_has(arguments, SB_OPTION_JSON)) {
        output->json(&text, output->answer);
    } else {
        sb_exit_print_notes(output->notes);
        if (sb_arguments_has(arguments, SB_OPTION_CSV)) {
            output->csv(&text, output->answer);
        } else {
            output->report(&text, output->answer, sb_layout_width());
        }
    }
    return sb_exit_print(&text, error);
}
