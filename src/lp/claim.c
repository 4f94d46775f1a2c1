/* Answers that double precision may only claim.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/claim.h"

#include <stdio.h>

#define SECONDS_FOR_CLAIM 10.0

bool sb_lp_is_mere_claim(const sb_lp_result *result)
{
    return result->proof != SB_PROOF_EXACT &&
           (result->status == SB_LP_INFEASIBLE || result->status == SB_LP_UNBOUNDED);
}

sb_lp_options sb_lp_options_for_claim(const sb_lp_options *options)
{
    sb_lp_options exactly = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options;
    exactly.exact = true;
    if (exactly.time_limit <= 0 || exactly.time_limit > SECONDS_FOR_CLAIM) {
        exactly.time_limit = SECONDS_FOR_CLAIM;
    }
    return exactly;
}

void sb_lp_withdraw_claim(sb_lp_result *result, const char *before, const char *after)
{
    (void)snprintf(result->reason, sizeof result->reason, "%s%s%s", before,
                   sb_lp_status_name(result->status), after);
    result->status = SB_LP_FAILED;
    result->proof = SB_PROOF_NONE;
}
