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

#include "sidebet/environment.h"
#include "sidebet/full_extraction.h"
#include "sidebet/surplus.h"

typedef struct sb_snapshot sb_snapshot;
/* Takes over the environment (freed with the last reference). NULL when memory runs out. */
sb_snapshot *sb_snapshot_new(sb_environment *environment);
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
const fmpq *sb_results_full_surplus(const sb_results *results); /* always known */
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
/* Start work on a snapshot (keeps its own reference). */
void sb_engine_request(sb_engine *engine, sb_snapshot *snapshot);
/* The newest publication since the last call, or NULL; the caller owns a reference. Stale
 * publications (of superseded requests) are never returned. */
sb_results *sb_engine_take(sb_engine *engine);
/* Readable (for poll/pselect) whenever sb_engine_take would return something. */
int sb_engine_descriptor(const sb_engine *engine);
bool sb_engine_busy(const sb_engine *engine);
/* Work in the caller's thread until everything is known; NULL with an error when memory runs out.
 */
sb_results *sb_engine_solve_now(sb_engine *engine, sb_snapshot *snapshot, sb_error *error);

#endif
