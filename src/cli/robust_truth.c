/* sidebet robust --truth: the mechanism meets a prior it was not designed for.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/input.h"
#include "cli/interrupt.h"
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

static sb_status meet(sb_robust_answer *answer, sb_error *error)
{
    const sb_robust_solution *solution = &answer->solution;
    fmpq_t tolerance;
    fmpq_init(tolerance);
    if (solution->proof != SB_PROOF_EXACT) {
        fmpq_set_si(tolerance, 1, SB_LEARNED_TIES);
    }
    sb_status status =
        sb_misbelief_evaluate_within(answer->environment, solution->mechanism, answer->truth,
                                     tolerance, &answer->meeting, error);
    fmpq_clear(tolerance);
    return status;
}

sb_status sb_robust_meet_truth(const sb_arguments *arguments, sb_robust_answer *answer,
                               sb_error *error)
{
    if (answer->truth == NULL || answer->solution.mechanism == NULL) {
        return SB_OK;
    }
    sb_learned_options options = {.exact = arguments->exact, .cancel = sb_interrupt_watch()};
    options.wanted[SB_CONTENDER_KNOWN_PRIOR] = true;
    options.wanted[SB_CONTENDER_EX_POST] = true;
    options.wanted[SB_CONTENDER_BAYESIAN] = true;
    sb_status status = meet(answer, error);
    if (status == SB_OK) {
        status = sb_learned_compare(answer->truth, answer->environment, &answer->set, &options,
                                    &answer->others, error);
    }
    answer->has_meeting = status == SB_OK;
    return status;
}
