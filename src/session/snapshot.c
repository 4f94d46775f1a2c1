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

struct sb_snapshot {
    atomic_size_t references;
    sb_environment *environment;
};

sb_snapshot *sb_snapshot_new(sb_environment *environment)
{
    sb_snapshot *snapshot = sb_allocate(1, sizeof *snapshot);
    if (snapshot == NULL) {
        return NULL;
    }
    atomic_init(&snapshot->references, 1);
    snapshot->environment = environment;
    return snapshot;
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
    sb_environment_free(snapshot->environment);
    free(snapshot);
}

const sb_environment *sb_snapshot_environment(const sb_snapshot *snapshot)
{
    return snapshot->environment;
}
