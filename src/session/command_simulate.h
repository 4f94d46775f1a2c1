/* What the files of the command simulate share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_COMMAND_SIMULATE_H
#define SB_SESSION_COMMAND_SIMULATE_H

#include "session/command.h"

/* command_simulate_plan.c: each changes a plan as the arguments behind the word say. */
sb_status sb_simulate_set_samples(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_types(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_signals(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_epsilon(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_correlation(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_repetitions(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_seed(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_mechanisms(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_level(sb_call *call, sb_simulation_plan *plan);
sb_status sb_simulate_set_truth(sb_call *call, sb_simulation_plan *plan);
extern const char *const sb_simulate_level_words[];
extern const char *const sb_simulate_truth_words[];

#endif
