/* The stages of answering one environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_SOLVING_H
#define SB_SESSION_SOLVING_H

#include <stdatomic.h>
#include <time.h>

#include "session/results.h"

/* How long an exact proof may take before the floating answer is shown without it. */
#define SB_SOLVING_PATIENCE_SECONDS 0.015

typedef struct sb_solving {
    sb_snapshot *snapshot;
    sb_design_solver *solver;  /* of this thread */
    const atomic_bool *cancel; /* NULL: never cancelled */
    bool floating_first;       /* publish the floating answer where the proof takes too long */
    struct timespec requested;
    void (*publish)(void *context, sb_results *results); /* takes over the reference */
    void *context;
} sb_solving;

/* Solution, conditions, baselines, each published when known. A stage that fails leaves its
 * sentence in the results and the others go on. SB_ERROR_CANCELLED: superseded; SB_ERROR_MEMORY. */
sb_status sb_solving_run(const sb_solving *work, sb_error *error);

#endif
