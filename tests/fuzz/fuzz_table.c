/* Fuzzing the readers of CSV tables: an environment, and a prior for one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"
#include "sidebet/environment_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = NULL;
    sb_status status =
        sb_environment_parse_csv((const char *)data, size, "t.csv", &environment, NULL, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    if (status == SB_OK) {
        fuzz_require_reads_back(environment);
    }
    sb_environment_free(environment);
    fuzz_write("t.csv", (const char *)data, size);
    environment = fuzz_example("fuzz.yaml");
    sb_environment *before = sb_environment_copy(environment);
    status = sb_environment_import_csv(environment, "t.csv", &error);
    fuzz_require(status == SB_OK || sb_environment_equal(environment, before),
                 "a refused prior changes nothing");
    sb_environment_free(before);
    sb_environment_free(environment);
    return 0;
}
