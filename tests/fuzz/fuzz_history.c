/* Fuzzing the replay of a robust run's history.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"
#include "sidebet/consistent_set.h"
#include "sidebet/robust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = fuzz_example("forecast.yaml");
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    fuzz_require(sb_consistent_set_described(&set, environment, &environment->robust, &error) ==
                     SB_OK,
                 "its set is one");
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    sb_robust_run *run = NULL;
    sb_status status = sb_robust_history_replay(environment, &set, &options, (const char *)data,
                                                size, "steps.csv", &run, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
    return 0;
}
