/* Everything that is known about one environment: the answers a screen shows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Snapshots (environments) and results are immutable once published and counted by reference, so
 * that undo, the screens and the solving thread share them without copying or locking. Parts of the
 * results arrive one after another (first the mechanism, then the conditions, then the baselines):
 * each publication is a new sb_results that shares the parts already there.
 */
#ifndef SB_SESSION_RESULTS_H
#define SB_SESSION_RESULTS_H

#include "session/robust_steps.h"
#include "sidebet/auctions.h"
#include "sidebet/environment.h"
#include "sidebet/full_extraction.h"
#include "sidebet/geometry.h"
#include "sidebet/misbelief.h"
#include "sidebet/payment_cap.h"
#include "sidebet/safe_radius.h"
#include "sidebet/sensitivity.h"
#include "sidebet/smallest_payments.h"
#include "sidebet/surplus.h"
#include "sidebet/sweep.h"

typedef struct sb_snapshot sb_snapshot;
/* Takes over the environment (freed with the last reference). NULL when memory runs out. Its plan
 * of the robust run is the default one. */
sb_snapshot *sb_snapshot_new(sb_environment *environment);
/* The same environment, shared, under another plan. NULL when memory runs out. */
sb_snapshot *sb_snapshot_replanned(const sb_snapshot *snapshot, const sb_robust_plan *plan);
const sb_robust_plan *sb_snapshot_plan(const sb_snapshot *snapshot);
/* Before it is shared only. */
void sb_snapshot_set_plan(sb_snapshot *snapshot, const sb_robust_plan *plan);
/* The very same environment, not only an equal one; NULL is the same as nothing. */
bool sb_snapshot_same(const sb_snapshot *left, const sb_snapshot *right);
sb_snapshot *sb_snapshot_keep(sb_snapshot *snapshot); /* one more reference; returns snapshot */
void sb_snapshot_release(sb_snapshot *snapshot);      /* NULL allowed; any thread */
const sb_environment *sb_snapshot_environment(const sb_snapshot *snapshot);

typedef struct sb_results sb_results;
sb_results *sb_results_keep(sb_results *results);
void sb_results_release(sb_results *results); /* NULL allowed; any thread */
const sb_snapshot *sb_results_snapshot(const sb_results *results);
/* NULL while not known yet. */
const sb_solution *sb_results_solution(const sb_results *results);
const sb_extraction *sb_results_extraction(const sb_results *results);
const sb_baseline *sb_results_ex_post(const sb_results *results);
const sb_baseline *sb_results_without_correlation(const sb_results *results);
/* How far the search for a deterministic mechanism is, or was when it was stopped. NULL: there was
 * none, or it ended before anything was to be said. */
typedef struct sb_search {
    sb_integer_progress progress;
    bool stopped;
} sb_search;
const sb_search *sb_results_search(const sb_results *results);
/* The well-known mechanisms, where they are wanted: with what each brings of the objective, and
 * whether it obeys the rules in force. NULL while not known. */
typedef struct sb_known_auctions {
    sb_auctions auctions;
    fmpq objective[SB_AUCTION_COUNT];      /* where it applies */
    char complaint[SB_AUCTION_COUNT][256]; /* which rule it breaks; "": none */
} sb_known_auctions;
const sb_known_auctions *sb_results_auctions(const sb_results *results);
/* What the objective is compared with: the full surplus where it is revenue, else the largest
 * welfare; always known. */
const fmpq *sb_results_full_surplus(const sb_results *results);
/* Parts computed after those above, and only while they are wanted (sb_wants). A sweep or frontier
 * may be there in part (points so far): _complete tells. */
const sb_geometry *sb_results_geometry(const sb_results *results); /* of one agent */
const sb_smallest_payments *sb_results_smallest(const sb_results *results);
const sb_sensitivity *sb_results_sensitivity(const sb_results *results);
const sb_sweep *sb_results_sweep(const sb_results *results);
bool sb_results_sweep_complete(const sb_results *results);
const sb_cap *sb_results_cap(const sb_results *results);
bool sb_results_cap_complete(const sb_results *results);
/* The frozen mechanism (sb_wants.mechanism) where this environment is the truth. */
const sb_misbelief *sb_results_misbelief(const sb_results *results);
/* The seller's revenue as the truth moves from the belief (s = 0) through the environment at hand
 * (s = 1) and beyond. */
typedef struct sb_belief_curve {
    size_t count;
    double *s, *frozen_revenue, *truth_optimum;
} sb_belief_curve;
const sb_belief_curve *sb_results_belief_curve(const sb_results *results);
/* Of the frozen mechanism at its belief, and what giving up slack would buy. */
const sb_safe_radius *sb_results_safe_radius(const sb_results *results);
const sb_slack_point *sb_results_slack_points(const sb_results *results, size_t *count);
/* The robust run: rounds so far, the check of its end (NULL before), and the price of robustness,
 * which may be there in part. */
const sb_robust_steps *sb_results_robust(const sb_results *results);
const sb_robust_check *sb_results_robust_check(const sb_results *results);
const sb_price_curve *sb_results_price(const sb_results *results);
bool sb_results_price_complete(const sb_results *results);
double sb_results_seconds(const sb_results *results); /* from request to this publication */
bool sb_results_complete(const sb_results *results);  /* nothing more to come */
/* A failure of the machinery (not of the model): "" when none. */
const char *sb_results_failure(const sb_results *results);

/* ---- computing ---- */

/* An engine solves in a thread of its own. A new request supersedes the running one, which is
 * cancelled. The solution is first published in floating point if the exact proof takes longer than
 * a person notices (40 ms), then again when it is proved. */
typedef struct sb_engine sb_engine;
sb_engine *sb_engine_new(void);         /* NULL when memory or threads run out */
void sb_engine_free(sb_engine *engine); /* cancels and joins; NULL allowed */
/* What is wanted beside the mechanism, the conditions and the baselines. */
typedef struct sb_wants {
    bool smallest;    /* the smallest payments */
    bool sensitivity; /* derivatives, in `mode` */
    sb_mass_mode mode;
    sb_snapshot *curve; /* the sweep and the frontier of this environment, which may be another than
                           the one solved; NULL: none */
    sb_snapshot *belief; /* misbelief: the frozen environment; NULL: none */
    const sb_mechanism
        *mechanism; /* frozen with it; lives as long as the session holds the belief */
    bool robust;    /* the robust run up to the round of the plan, and the check at its end */
    bool price;     /* the price of robustness */
    bool geometry;  /* the picture of this choice */
    sb_geometry_choice picture;
    bool auctions; /* the well-known mechanisms */
    bool stopped;  /* a search that was stopped is not gone on with */
    sb_robust_plan plan;
} sb_wants;
/* Start work on a snapshot (keeps references of its own; the mechanism is copied). wants NULL:
 * nothing more. known: results at hand (NULL: none); what they hold of this snapshot, of the wanted
 * curve and of the wanted belief is not computed again, and every publication holds it too. */
void sb_engine_request(sb_engine *engine, sb_snapshot *snapshot, const sb_wants *wants,
                       sb_results *known);
/* The newest publication since the last call, or NULL; the caller owns a reference. Stale
 * publications (of superseded requests) are never returned. */
sb_results *sb_engine_take(sb_engine *engine);
/* End a search for a deterministic mechanism; what else was asked for goes on. */
void sb_engine_stop_search(sb_engine *engine);
/* Readable (for poll/pselect) whenever sb_engine_take would return something. */
int sb_engine_descriptor(const sb_engine *engine);
bool sb_engine_busy(const sb_engine *engine);
/* Work in the caller's thread until everything is known; NULL with an error when memory runs out.
 */
sb_results *sb_engine_solve_now(sb_engine *engine, sb_snapshot *snapshot, const sb_wants *wants,
                                sb_results *known, sb_error *error);
/* What calls sb_engine_solve_now off (SB_ERROR_CANCELLED); NULL: nothing, as at first. */
void sb_engine_let_cancel(sb_engine *engine, const sb_cancel_flag *cancel);
/* The next call of sb_engine_solve_now comes from another thread: forget what belongs to this one.
 * False when memory runs out; the engine can only be freed then. */
bool sb_engine_forget_caller(sb_engine *engine);

#endif
