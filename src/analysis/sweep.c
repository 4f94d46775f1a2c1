/* A sweep along the line from independence through a prior and beyond.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sb_sweep_init(sb_sweep *sweep)
{
    *sweep = (sb_sweep){.count = 0};
}

void sb_sweep_clear(sb_sweep *sweep)
{
    for (size_t k = 0; k < sweep->count; k++) {
        sb_sweep_point_clear(&sweep->points[k]);
    }
    free(sweep->points);
    sb_sweep_init(sweep);
}

typedef struct sweep_run {
    const sb_environment *environment;
    sb_sweep_options options;
    sb_sweep *sweep; /* with room for all planned points */
    size_t planned;
    sb_sweep_solvers solvers;
    sb_error *error;
} sweep_run;

/* Solve at lambda and insert the point as number `at`. */
static sb_status add_point(sweep_run *run, const fmpq_t lambda, size_t at)
{
    sb_sweep *sweep = run->sweep;
    sb_sweep_point point;
    sb_sweep_point_init(&point);
    sb_status status = sb_sweep_point_solve(&point, run->environment, lambda, &run->options,
                                            &run->solvers, run->error);
    if (status != SB_OK) {
        sb_sweep_point_clear(&point);
        return status;
    }
    memmove(sweep->points + at + 1, sweep->points + at,
            (sweep->count - at) * sizeof *sweep->points);
    sweep->points[at] = point;
    sweep->count++;
    if (run->options.progress != NULL &&
        !run->options.progress(run->options.context, sweep, run->planned)) {
        return sb_error_set(run->error, SB_ERROR_CANCELLED, "the sweep was cancelled");
    }
    return SB_OK;
}

static sb_status start_run(sweep_run *run, const sb_environment *environment,
                           const sb_sweep_options *options, size_t planned, sb_sweep *sweep,
                           sb_error *error)
{
    *run = (sweep_run){.environment = environment,
                       .options = options == NULL ? SB_SWEEP_OPTIONS_DEFAULT : *options,
                       .sweep = sweep,
                       .planned = planned,
                       .error = error};
    sweep->points = sb_allocate(planned, sizeof *sweep->points);
    return sweep->points == NULL ? sb_out_of_memory(error)
                                 : sb_sweep_solvers_init(&run->solvers, error);
}

/* From 1 (number `first` of the lambdas) down to 0, then up from 1. */
static sb_status run_outwards(sweep_run *run, const fmpq *lambdas, size_t first)
{
    sb_status status = SB_OK;
    for (size_t k = first + 1; status == SB_OK && k-- > 0;) {
        status = add_point(run, lambdas + k, 0);
    }
    if (status == SB_OK && first + 1 < run->planned) {
        sb_sweep_solvers_clear(&run->solvers);
        status = sb_sweep_solvers_init(&run->solvers, run->error);
    }
    for (size_t k = first + 1; status == SB_OK && k < run->planned; k++) {
        status = add_point(run, lambdas + k, k);
    }
    return status;
}

sb_status sb_sweep_run(const sb_environment *environment, const sb_sweep_options *options,
                       sb_sweep *sweep, sb_error *error)
{
    sb_sweep_clear(sweep);
    fmpq *lambdas = NULL;
    size_t count = 0;
    sb_status status = sb_sweep_lambdas(environment, options, &lambdas, &count, error);
    if (status != SB_OK) {
        return status;
    }
    size_t first = 0;
    while (!fmpq_is_one(lambdas + first)) {
        first++;
    }
    sweep_run run;
    status = start_run(&run, environment, options, count, sweep, error);
    if (status == SB_OK) {
        status = run_outwards(&run, lambdas, first);
    }
    sb_sweep_solvers_clear(&run.solvers);
    sb_rationals_free(lambdas, count);
    return status;
}

sb_status sb_sweep_run_at(const sb_environment *environment, const fmpq *lambdas, size_t count,
                          const sb_sweep_options *options, sb_sweep *sweep, sb_error *error)
{
    sb_sweep_clear(sweep);
    sweep_run run;
    sb_status status = start_run(&run, environment, options, count, sweep, error);
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        status = add_point(&run, lambdas + k, k);
    }
    sb_sweep_solvers_clear(&run.solvers);
    return status;
}
