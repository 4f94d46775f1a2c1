/* Simulations: cells and what is known of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/simulation.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/simulation_parts.h"
#include "base/memory.h"

/* ---- cells ---- */

typedef struct sizes {
    size_t types, signals;
} sizes;

/* The sizes of a file's truth. */
static sb_status read_sizes(const sb_simulation_plan *plan, sizes *found, sb_error *error)
{
    sb_environment *truth = NULL;
    sb_status status = sb_simulation_parse_truth(plan->environment, &truth, error);
    if (status == SB_OK) {
        *found = (sizes){truth->agents[0].type_count, truth->signal_count};
    }
    sb_environment_free(truth);
    return status;
}

static void place_cell(sb_simulation_cell *cell, const sb_simulation_plan *plan, size_t number,
                       const sizes *of_file)
{
    size_t at[SB_AXIS_COUNT];
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        size_t size = sb_simulation_axis_size(plan, (sb_simulation_axis)axis);
        at[axis] = number % size;
        number /= size;
    }
    cell->sample_count = plan->sample_counts[at[SB_AXIS_SAMPLES]];
    cell->epsilon = plan->epsilons[at[SB_AXIS_EPSILON]];
    cell->type_count = of_file->types;
    cell->signal_count = of_file->signals;
    if (plan->environment == NULL) {
        fmpq_set(&cell->correlation, plan->correlations + at[SB_AXIS_CORRELATION]);
        cell->type_count = plan->type_counts[at[SB_AXIS_TYPES]];
        cell->signal_count = plan->signal_count_count == 0
                                 ? cell->type_count
                                 : plan->signal_counts[at[SB_AXIS_SIGNALS]];
    }
}

static sb_status make_cells(sb_simulation *simulation, const sizes *of_file, sb_error *error)
{
    const sb_simulation_plan *plan = &simulation->plan;
    size_t count = 1;
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        count *= sb_simulation_axis_size(plan, (sb_simulation_axis)axis);
    }
    simulation->cells = sb_allocate(count, sizeof *simulation->cells);
    if (simulation->cells == NULL) {
        return sb_out_of_memory(error);
    }
    for (; simulation->cell_count < count; simulation->cell_count++) {
        sb_simulation_cell *cell = &simulation->cells[simulation->cell_count];
        fmpq_init(&cell->correlation);
        cell->full_surplus = (double)NAN;
        cell->known_prior = (double)NAN;
        place_cell(cell, plan, simulation->cell_count, of_file);
        cell->has = sb_allocate(plan->repetitions, sizeof *cell->has);
        cell->outcomes = sb_allocate(plan->repetitions, sizeof *cell->outcomes);
        if (cell->has == NULL || cell->outcomes == NULL) {
            simulation->cell_count++;
            return sb_out_of_memory(error);
        }
    }
    return SB_OK;
}

/* ---- whole simulations ---- */

sb_status sb_simulation_new(const sb_simulation_plan *plan, sb_simulation **simulation,
                            sb_error *error)
{
    sizes of_file = {0, 0};
    sb_status status = sb_simulation_plan_check(plan, error);
    if (status == SB_OK && plan->environment != NULL) {
        status = read_sizes(plan, &of_file, error);
    }
    if (status != SB_OK) {
        return status;
    }
    sb_simulation *made = sb_allocate(1, sizeof *made);
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    status = sb_simulation_plan_copy(&made->plan, plan, error);
    if (status == SB_OK) {
        status = make_cells(made, &of_file, error);
    }
    if (status != SB_OK) {
        sb_simulation_free(made);
        return status;
    }
    *simulation = made;
    return SB_OK;
}

void sb_simulation_free(sb_simulation *simulation)
{
    if (simulation == NULL) {
        return;
    }
    for (size_t k = 0; k < simulation->cell_count; k++) {
        fmpq_clear(&simulation->cells[k].correlation);
        free(simulation->cells[k].has);
        free(simulation->cells[k].outcomes);
    }
    free(simulation->cells);
    sb_simulation_plan_clear(&simulation->plan);
    free(simulation);
}

void sb_simulation_put(sb_simulation_cell *cell, size_t repetition, const sb_learned *learned)
{
    if (&cell->outcomes[repetition] != learned) {
        cell->outcomes[repetition] = *learned;
    }
    cell->has[repetition] = true;
    cell->done++;
    cell->full_surplus = learned->full_surplus;
    const sb_contender_outcome *known = &learned->outcomes[SB_CONTENDER_KNOWN_PRIOR];
    if (known->proof != SB_PROOF_NONE && known->status == SB_LP_OPTIMAL) {
        cell->known_prior = known->revenue;
    }
}

sb_simulation *sb_simulation_copy(const sb_simulation *simulation)
{
    sb_simulation *copy = NULL;
    if (sb_simulation_new(&simulation->plan, &copy, NULL) != SB_OK || copy == NULL) {
        return NULL;
    }
    for (size_t k = 0; k < copy->cell_count; k++) {
        const sb_simulation_cell *cell = &simulation->cells[k];
        /* A slot without an outcome may be just about to get one. */
        for (size_t r = 0; r < simulation->plan.repetitions; r++) {
            if (cell->has[r]) {
                sb_simulation_put(&copy->cells[k], r, &cell->outcomes[r]);
            }
        }
    }
    return copy;
}

size_t sb_simulation_total(const sb_simulation *simulation)
{
    return simulation->cell_count * simulation->plan.repetitions;
}

size_t sb_simulation_done(const sb_simulation *simulation)
{
    size_t done = 0;
    for (size_t k = 0; k < simulation->cell_count; k++) {
        done += simulation->cells[k].done;
    }
    return done;
}
