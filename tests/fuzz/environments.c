/* Environments for fuzz targets: the examples, and what must hold of one that was read.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sidebet/environment_file.h"

sb_environment *fuzz_example(const char *path)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    fuzz_require(sb_environment_read(path, &environment, NULL, &error) == SB_OK,
                 "the example can be read");
    return environment;
}

void fuzz_require_reads_back(const sb_environment *environment)
{
    sb_error error;
    sb_error_clear(&error);
    char *text = NULL;
    if (sb_environment_format(environment, &text, &error) == SB_OK) {
        sb_environment *again = NULL;
        fuzz_require(sb_environment_parse(text, strlen(text), "again.yaml", &again, NULL, &error) ==
                         SB_OK,
                     "what is written can be read");
        fuzz_require(sb_environment_equal(environment, again), "what is written reads as the same");
        sb_environment_free(again);
    }
    free(text);
}
