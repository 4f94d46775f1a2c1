/* How long a sweep takes: about 200 points from independence through the table and beyond.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two bidders with values 1..k and seeded random priors of four digits; every number exact, with
 * and without the smallest payments.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/tables.h"
#include "clock.h"
#include "sidebet/sweep.h"

static void measure(size_t size, bool payments)
{
    sb_environment *environment = random_table(size);
    sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
    options.points = 32;
    options.payments = payments;
    sb_sweep sweep;
    sb_sweep_init(&sweep);
    sb_error error;
    double start = wall_seconds();
    if (sb_sweep_run(environment, &options, &sweep, &error) != SB_OK) {
        fprintf(stderr, "bench_sweep: %s\n", error.message);
        exit(3);
    }
    double seconds = wall_seconds() - start;
    size_t exact = 0;
    for (size_t point = 0; point < sweep.count; point++) {
        exact += sweep.points[point].proof == SB_PROOF_EXACT ? 1 : 0;
    }
    printf("%2zux%-2zu  %-26s %4zu points  %4zu exact  %8.3f s\n", size, size,
           payments ? "with smallest payments" : "revenue alone", sweep.count, exact, seconds);
    fflush(stdout);
    sb_sweep_clear(&sweep);
    sb_environment_free(environment);
}

int main(void)
{
    printf("a sweep from independence through a random table and beyond\n");
    for (size_t size = 2; size <= 10; size = size == 2 ? 5 : size + 5) {
        measure(size, false);
        measure(size, true);
    }
    flint_cleanup();
    return 0;
}
