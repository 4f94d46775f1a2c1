/* Snapshots: environments shared by reference.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An environment never changes once it is inside a snapshot; that is what lets the solving thread
 * read it without a lock.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/results.h"

/* An environment that several snapshots share. */
typedef struct sb_shared {
    atomic_size_t references;
    sb_environment *environment;
} sb_shared;

struct sb_snapshot {
    atomic_size_t references;
    sb_shared *shared;
    sb_robust_plan plan;
};

static sb_snapshot *around(sb_shared *shared, const sb_robust_plan *plan)
{
    sb_snapshot *snapshot = sb_allocate(1, sizeof *snapshot);
    if (snapshot != NULL) {
        atomic_init(&snapshot->references, 1);
        snapshot->shared = shared;
        snapshot->plan = *plan;
    }
    return snapshot;
}

sb_snapshot *sb_snapshot_new(sb_environment *environment)
{
    const sb_robust_plan plan = SB_ROBUST_PLAN_DEFAULT;
    sb_shared *shared = sb_allocate(1, sizeof *shared);
    if (shared == NULL) {
        return NULL;
    }
    atomic_init(&shared->references, 1);
    shared->environment = environment;
    sb_snapshot *snapshot = around(shared, &plan);
    if (snapshot == NULL) {
        free(shared);
    }
    return snapshot;
}

sb_snapshot *sb_snapshot_replanned(const sb_snapshot *snapshot, const sb_robust_plan *plan)
{
    sb_snapshot *other = around(snapshot->shared, plan);
    if (other != NULL) {
        atomic_fetch_add_explicit(&snapshot->shared->references, 1, memory_order_relaxed);
    }
    return other;
}

sb_snapshot *sb_snapshot_keep(sb_snapshot *snapshot)
{
    atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
    return snapshot;
}

void sb_snapshot_release(sb_snapshot *snapshot)
{
    if (snapshot == NULL ||
        atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    sb_shared *shared = snapshot->shared;
    if (atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) == 1) {
        sb_environment_free(shared->environment);
        free(shared);
    }
    free(snapshot);
}

const sb_environment *sb_snapshot_environment(const sb_snapshot *snapshot)
{
    return snapshot->shared->environment;
}

const sb_robust_plan *sb_snapshot_plan(const sb_snapshot *snapshot)
{
    return &snapshot->plan;
}

void sb_snapshot_set_plan(sb_snapshot *snapshot, const sb_robust_plan *plan)
{
    snapshot->plan = *plan;
}

bool sb_snapshot_same(const sb_snapshot *left, const sb_snapshot *right)
{
    return left != NULL && right != NULL && left->shared == right->shared;
}
