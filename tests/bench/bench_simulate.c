/* How many mechanisms a second the simulation designs and scores, on one worker and on two.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The source's set-up (a bivariate normal of correlation 1/2, values 1..k, as many signals) with
 * 100 and 1000 samples; every design proved.
 */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "sidebet/simulation.h"

static void stop_at(sb_status status, const sb_error *error)
{
    if (status != SB_OK) {
        fprintf(stderr, "bench_simulate: %s\n", error->message);
        exit(3);
    }
}

/* Designs a second; known-prior mechanisms are designed once and do not count. */
static double measure(size_t types, bool robust, size_t repetitions, size_t workers)
{
    sb_error error;
    sb_simulation_plan plan;
    stop_at(sb_simulation_plan_init(&plan, &error), &error);
    plan.sample_count_count = 2;
    plan.sample_counts[0] = 100;
    plan.sample_counts[1] = 1000;
    plan.type_counts[0] = types;
    plan.repetitions = repetitions;
    plan.wanted[SB_CONTENDER_KNOWN_PRIOR] = false;
    plan.wanted[SB_CONTENDER_ROBUST] = robust;
    sb_simulation *simulation = NULL;
    stop_at(sb_simulation_new(&plan, &simulation, &error), &error);
    sb_simulation_options options = SB_SIMULATION_OPTIONS_DEFAULT;
    options.workers = workers;
    double start = wall_seconds();
    stop_at(sb_simulation_run(simulation, &options, &error), &error);
    double seconds = wall_seconds() - start;
    size_t designs = sb_simulation_total(simulation) * (robust ? 3 : 2);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
    return (double)designs / seconds;
}

static void report(size_t types, bool robust, size_t repetitions)
{
    double one = measure(types, robust, repetitions, 1);
    double two = measure(types, robust, repetitions, 2);
    printf("%2zux%-2zu  %-28s %8.1f a second, two workers %8.1f (%.2f times)\n", types, types,
           robust ? "ex-post, Bayesian and robust" : "ex-post and Bayesian", one, two, two / one);
    fflush(stdout);
}

int main(void)
{
    printf("designs of a simulation\n");
    report(5, false, 100);
    report(10, false, 25);
    report(5, true, 20);
    report(10, true, 3);
    flint_cleanup();
    return 0;
}
