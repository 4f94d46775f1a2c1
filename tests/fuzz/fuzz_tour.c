/* Fuzzing tours: reading one and playing all of it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tour that can be read writes nothing, whatever it says.
 */
#include <dirent.h>
#include <stdlib.h>

#include "fuzz.h"
#include "session/tour.h"

static size_t count_files(void)
{
    DIR *folder = opendir(".");
    fuzz_require(folder != NULL, "the folder can be read");
    size_t count = 0;
    while (readdir(folder) != NULL) {
        count++;
    }
    (void)closedir(folder);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    char *text = fuzz_tame(data, size);
    fuzz_write("t.sbt", text, size);
    size_t files = count_files();
    sb_error error;
    sb_error_clear(&error);
    sb_tour *tour = NULL;
    sb_status status = sb_tour_read("t.sbt", &tour, &error);
    if (status == SB_OK) {
        fuzz_require(tour->step_count > 0, "a tour has a step");
        size_t checked = 0;
        status = sb_tour_check(tour, &checked, &error);
    }
    fuzz_require(status == SB_OK || error.message[0] != '\0', "a refusal says why");
    fuzz_require(count_files() == files, "a tour writes nothing");
    sb_tour_free(tour);
    free(text);
    return 0;
}
