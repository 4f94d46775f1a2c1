/* Options that name a file to write.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They replace what is there, as is usual, but never what the same command reads: that is a slip.
 * (A simulation that is resumed goes on in its own file; that is what resuming is.)
 */
#include "cli/outputs.h"

#include "base/text.h"

static sb_status refuse(const char *option, const char *path, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "%s would overwrite a file that is read", option);
    sb_error_set_place(error, path, 0, 0);
    sb_error_set_hint(error, "write to another file");
    return SB_ERROR_USAGE;
}

sb_status sb_outputs_check(const sb_arguments *arguments, sb_error *error)
{
    const sb_robust_arguments *robust = &arguments->robust;
    const struct {
        const char *option, *path;
    } outputs[] = {{"--certificate", arguments->certificate},
                   {"--figure", arguments->figure},
                   {"--save-steps", robust->save_steps},
                   {"--output", arguments->simulation.output}};
    const char *const inputs[] = {arguments->prior_csv, arguments->against, robust->lower,
                                  robust->upper,        robust->samples,    robust->truth,
                                  robust->replay};
    enum { input_count = sizeof inputs / sizeof inputs[0] };
    for (size_t k = 0; k < sizeof outputs / sizeof outputs[0]; k++) {
        const char *path = outputs[k].path;
        for (size_t j = 0; path != NULL && j < input_count + arguments->operand_count; j++) {
            const char *read = j < input_count ? inputs[j] : arguments->operands[j - input_count];
            if (read != NULL && sb_text_same_file(path, read)) {
                return refuse(outputs[k].option, path, error);
            }
        }
    }
    return SB_OK;
}
