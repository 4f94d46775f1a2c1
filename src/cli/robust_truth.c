/* sidebet robust --truth: the mechanism meets a prior it was not designed for.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/input.h"
#include "cli/robust.h"

sb_status sb_robust_read_truth(const sb_arguments *arguments, sb_robust_answer *answer,
                               sb_error *error)
{
    answer->truth_name = arguments->robust.truth;
    if (answer->truth_name == NULL) {
        return SB_OK;
    }
    sb_status status =
        sb_input_read_path(arguments, answer->truth_name, &answer->truth, &answer->notes, error);
    if (status != SB_OK) {
        return status;
    }
    if (!sb_rules_equal(&answer->environment->rules, &answer->truth->rules)) {
        sb_notes_add(&answer->notes, "the two files have different rules; those of %s hold",
                     arguments->operands[0]);
        sb_rules_copy(&answer->truth->rules, &answer->environment->rules);
    }
    sb_full_surplus(&answer->truth_surplus, answer->truth);
    return SB_OK;
}

sb_status sb_robust_meet_truth(const sb_arguments *arguments, sb_robust_answer *answer,
                               sb_error *error)
{
    (void)arguments;
    if (answer->truth == NULL) {
        return SB_OK;
    }
    return sb_error_set(error, SB_ERROR_USAGE, "--truth is not there yet");
}
