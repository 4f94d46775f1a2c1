/* Fuzzing the reader of samples.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read is written and reads back as the same counts.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sidebet/samples.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = fuzz_example("forecast.yaml");
    sb_samples *samples = NULL;
    sb_status status =
        sb_samples_parse((const char *)data, size, "s.csv", environment, &samples, &error);
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    char *text = NULL;
    if (status == SB_OK &&
        sb_samples_format(samples, environment, NULL, 0, &text, &error) == SB_OK) {
        sb_samples *again = NULL;
        status = sb_samples_parse(text, strlen(text), "again.csv", environment, &again, &error);
        fuzz_require(
            status == SB_OK && again->total == samples->total &&
                memcmp(again->counts, samples->counts,
                       samples->type_count * samples->signal_count * sizeof *samples->counts) == 0,
            "what is written reads as the same");
        sb_samples_free(again);
    }
    free(text);
    sb_samples_free(samples);
    sb_environment_free(environment);
    return 0;
}
