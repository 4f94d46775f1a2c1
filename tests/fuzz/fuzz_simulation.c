/* Fuzzing the reader of simulations' results, and the merging of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sidebet/simulation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sb_error error;
    sb_error_clear(&error);
    sb_simulation *simulation = NULL;
    sb_status status =
        sb_simulation_parse((const char *)data, size, "part.csv", &simulation, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    char *text = NULL;
    if (status == SB_OK && sb_simulation_format(simulation, &text, &error) == SB_OK) {
        sb_simulation *again = NULL;
        status = sb_simulation_parse(text, strlen(text), "again.csv", &again, &error);
        fuzz_require(status == SB_OK, "what is written can be read");
        fuzz_require(sb_simulation_merge(again, simulation, &error) == SB_OK,
                     "what is written reads as the same");
        sb_simulation_free(again);
        free(text);
        text = NULL;
        if (sb_simulation_format_summary(simulation, &text, &error) != SB_OK) {
            text = NULL;
        }
    }
    free(text);
    sb_simulation_free(simulation);
    return 0;
}
