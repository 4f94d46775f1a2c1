/* The parts of a simulation: truths, and one repetition.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_SIMULATION_PARTS_H
#define SB_ANALYSIS_SIMULATION_PARTS_H

#include <pthread.h>

#include "sidebet/simulation.h"

/* The truth of some cells; the optimum of a seller who knows it is found once, by whoever needs it
 * first. */
typedef struct sb_simulation_truth {
    sb_environment *environment;
    pthread_mutex_t lock;
    bool known; /* whether the outcome is there */
    sb_contender_outcome known_prior;
} sb_simulation_truth;

/* The truth of a file: its text read. Usage error unless it has one agent and a signal. */
sb_status sb_simulation_parse_truth(const char *text, sb_environment **truth, sb_error *error);

/* One for every combination of correlation and sizes, in the order of the cells. */
sb_status sb_simulation_truths_new(const sb_simulation *simulation, sb_simulation_truth **truths,
                                   size_t *count, sb_error *error);
void sb_simulation_truths_free(sb_simulation_truth *truths, size_t count); /* truths NULL allowed */

/* Draw, estimate, design and score. Depends on nothing but the plan, the cell and the number of the
 * repetition; any number of threads may work on the same truth. */
sb_status sb_simulation_repeat(const sb_simulation_plan *plan, const sb_simulation_cell *cell,
                               sb_simulation_truth *truth, size_t repetition,
                               const atomic_bool *cancel, sb_learned *learned, sb_error *error);

/* But for epsilon and seed, which cells and repetitions say. */
bool sb_simulation_estimates_equal(const sb_estimate_options *left,
                                   const sb_estimate_options *right);

/* A repetition of a cell has this outcome now (which may stand in its place already). */
void sb_simulation_put(sb_simulation_cell *cell, size_t repetition, const sb_learned *learned);

#endif
