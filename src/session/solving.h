/* The stages of answering one environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_SOLVING_H
#define SB_SESSION_SOLVING_H

#include <stdatomic.h>
#include <stdbool.h>

#include "session/parts.h"

/* How long an exact proof may take before the floating answer is shown without it: a person sees no
 * delay in it, and the proof at 20 by 20 types, some 25 ms, need not be begun twice. */
#define SB_SOLVING_PATIENCE_SECONDS 0.04

/* The robust run of a thread. */
typedef struct sb_robust_memory sb_robust_memory;
sb_robust_memory *sb_robust_memory_new(void);
void sb_robust_memory_free(sb_robust_memory *memory); /* NULL allowed */

/* One solver a question, so that each starts where its own last answer ended: after an edit that is
 * ten to twenty times as fast as from nothing. */
typedef struct sb_solvers {
    sb_design_solver *main, *ex_post, *without_correlation;
    sb_lp_solver *smallest;
    sb_robust_memory *robust;
} sb_solvers;
bool sb_solvers_init(sb_solvers *solvers); /* false when memory runs out; clear in any case */
void sb_solvers_clear(sb_solvers *solvers);

typedef struct sb_solving {
    sb_snapshot *snapshot;
    const sb_solvers *solvers; /* of this thread */
    const sb_wants *wants;     /* never NULL */
    sb_results *known;         /* earlier results to go on from; NULL: none */
    const atomic_bool *cancel; /* NULL: never cancelled */
    atomic_bool *stop_search; /* ends a search alone; raised with `cancel`, after it. NULL: never */
    bool floating_first;      /* publish the floating answer where the proof takes too long */
    double requested;         /* on the clock of sb_seconds */
    void (*publish)(void *context, sb_results *results); /* takes over the reference */
    void *context;
} sb_solving;

/* A publication in between: results so far with one more part (taken over, also on failure). */
sb_status sb_solving_advance(const sb_solving *work, sb_results **results, sb_part *part, bool last,
                             sb_error *error);
/* One part of those only computed where wanted (wanted.c): sweeps and frontiers are published as
 * they grow. *part, made for the kind, is filled in. */
sb_status sb_solving_wanted(const sb_solving *work, sb_results **results, sb_part_kind kind,
                            sb_part *part, const sb_lp_options *options, sb_error *error);

/* A stage's end: the part (taken over), or the sentence of what failed. */
sb_status sb_solving_publish(const sb_solving *work, sb_results **results, sb_part *part,
                             sb_status status, const sb_error *cause, sb_error *error);

/* The search for a deterministic mechanism (searching.c): whether the rules ask for one; a round of
 * it, ended when it is proved or was stopped; and a status that is no failure where a search that
 * is not the main one was stopped. */
bool sb_solving_searches(const sb_solving *work);
typedef struct sb_search_rounds {
    double patience; /* seconds, of the next round */
    bool ended;
    size_t nodes; /* looked at in all rounds so far */
    double seconds;
} sb_search_rounds;
sb_status sb_solving_search(const sb_solving *work, sb_results **results, sb_search_rounds *rounds,
                            sb_error *error);
sb_status sb_solving_stop(const sb_solving *work, sb_status status);

/* The parts of the robust screen (robust_solving.c). */
sb_status sb_solving_robust_steps(const sb_solving *work, sb_results **results,
                                  sb_robust_steps *steps, const sb_lp_options *lp, sb_error *error);
sb_status sb_solving_robust_check(const sb_solving *work, sb_results **results,
                                  sb_robust_check *check, const sb_lp_options *lp, sb_error *error);
sb_status sb_solving_price(const sb_solving *work, sb_results **results, sb_price_curve *curve,
                           const sb_lp_options *lp, sb_error *error);

/* Solution, conditions, baselines, then what is wanted, each published when known. A stage that
 * fails leaves its sentence in the results and the others go on. SB_ERROR_CANCELLED: superseded;
 * SB_ERROR_MEMORY. */
sb_status sb_solving_run(const sb_solving *work, sb_error *error);

#endif
