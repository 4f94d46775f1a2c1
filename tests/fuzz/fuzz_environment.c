/* Fuzzing the reader of environments.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be read can be written, and reads back as the same.
 */
#include <stdlib.h>

#include "fuzz.h"
#include "sidebet/environment_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    char *bytes = fuzz_tame(data, size); /* {csv: FILE} names files of the folder only */
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = NULL;
    sb_status status = sb_environment_parse(bytes, size, "fuzz.yaml", &environment, &notes, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    fuzz_require((status == SB_OK) == (environment != NULL), "there is an environment or an error");
    if (status == SB_OK) {
        fuzz_require_reads_back(environment);
    }
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    free(bytes);
    return 0;
}
