/* Fuzzing the reader and the checker of certificates.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A certificate that is accepted must be right: its optimum is that of its own environment.
 */
#include <string.h>

#include "fuzz.h"
#include "sidebet/certificate.h"

/* Solving proves the number only where the program is small. */
enum { MOST_PROFILES = 16 };

static void check_optimum(const sb_verdict *verdict)
{
    if (sb_environment_profile_count(verdict->environment) > MOST_PROFILES) {
        return;
    }
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = true;
    options.time_limit = 1;
    sb_error error;
    sb_error_clear(&error);
    sb_solution solution;
    sb_solution_init(&solution);
    if (sb_design_solve(verdict->environment, NULL, &options, &solution, &error) == SB_OK &&
        solution.status != SB_LP_FAILED && solution.proof == SB_PROOF_EXACT) {
        fuzz_require(solution.status == verdict->status, "an accepted certificate is right");
        fuzz_require(verdict->status != SB_LP_OPTIMAL ||
                         fmpq_equal(&solution.objective, &verdict->objective),
                     "an accepted optimum is the optimum");
    }
    sb_solution_clear(&solution);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sb_error error;
    sb_error_clear(&error);
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    sb_status status =
        sb_certificate_verify_text((const char *)data, size, "c.yaml", NULL, &verdict, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    fuzz_require(status != SB_OK || verdict.accepted || verdict.complaint[0] != '\0',
                 "what is refuted is refuted in words");
    if (status == SB_OK && verdict.accepted) {
        check_optimum(&verdict);
    }
    sb_verdict_clear(&verdict);
    return 0;
}
