/* Results: what is known about one snapshot, in parts shared by reference.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/parts.h"

struct sb_part {
    atomic_size_t references;
    sb_part_kind kind;
    union {
        sb_solution solution;
        sb_extraction extraction;
        sb_baseline baseline;
    } is;
};

struct sb_results {
    atomic_size_t references;
    sb_snapshot *snapshot;
    fmpq full_surplus;
    sb_part *parts[SB_PART_COUNT];
    double seconds;
    bool complete;
    char failure[512];
};

sb_part *sb_part_new(sb_part_kind kind)
{
    sb_part *part = sb_allocate(1, sizeof *part);
    if (part == NULL) {
        return NULL;
    }
    atomic_init(&part->references, 1);
    part->kind = kind;
    switch (kind) {
    case SB_PART_SOLUTION:
        sb_solution_init(&part->is.solution);
        break;
    case SB_PART_EXTRACTION:
        sb_extraction_init(&part->is.extraction);
        break;
    case SB_PART_EX_POST:
    case SB_PART_WITHOUT_CORRELATION:
    case SB_PART_COUNT:
        sb_baseline_init(&part->is.baseline);
        break;
    }
    return part;
}

static sb_part *part_keep(sb_part *part)
{
    if (part != NULL) {
        atomic_fetch_add_explicit(&part->references, 1, memory_order_relaxed);
    }
    return part;
}

void sb_part_release(sb_part *part)
{
    if (part == NULL ||
        atomic_fetch_sub_explicit(&part->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    switch (part->kind) {
    case SB_PART_SOLUTION:
        sb_solution_clear(&part->is.solution);
        break;
    case SB_PART_EXTRACTION:
        sb_extraction_clear(&part->is.extraction);
        break;
    case SB_PART_EX_POST:
    case SB_PART_WITHOUT_CORRELATION:
    case SB_PART_COUNT:
        sb_baseline_clear(&part->is.baseline);
        break;
    }
    free(part);
}

sb_solution *sb_part_solution(sb_part *part)
{
    return &part->is.solution;
}

sb_extraction *sb_part_extraction(sb_part *part)
{
    return &part->is.extraction;
}

sb_baseline *sb_part_baseline(sb_part *part)
{
    return &part->is.baseline;
}

static sb_results *results_allocate(sb_snapshot *snapshot)
{
    sb_results *results = sb_allocate(1, sizeof *results);
    if (results == NULL) {
        return NULL;
    }
    atomic_init(&results->references, 1);
    results->snapshot = sb_snapshot_keep(snapshot);
    fmpq_init(&results->full_surplus);
    return results;
}

sb_results *sb_results_new(sb_snapshot *snapshot)
{
    sb_results *results = results_allocate(snapshot);
    if (results != NULL) {
        fmpq_t surplus;
        fmpq_init(surplus);
        sb_full_surplus(surplus, sb_snapshot_environment(snapshot));
        fmpq_set(&results->full_surplus, surplus);
        fmpq_clear(surplus);
    }
    return results;
}

sb_results *sb_results_with(const sb_results *earlier, sb_part *part)
{
    sb_results *results = results_allocate(earlier->snapshot);
    if (results == NULL) {
        sb_part_release(part);
        return NULL;
    }
    fmpq_set(&results->full_surplus, &earlier->full_surplus);
    for (size_t kind = 0; kind < SB_PART_COUNT; kind++) {
        bool replaced = part != NULL && part->kind == (sb_part_kind)kind;
        results->parts[kind] = replaced ? part : part_keep(earlier->parts[kind]);
    }
    results->seconds = earlier->seconds;
    results->complete = earlier->complete;
    snprintf(results->failure, sizeof results->failure, "%s", earlier->failure);
    return results;
}

void sb_results_set_seconds(sb_results *results, double seconds)
{
    results->seconds = seconds;
}

void sb_results_set_complete(sb_results *results)
{
    results->complete = true;
}

void sb_results_set_failure(sb_results *results, const char *sentence)
{
    if (results->failure[0] == '\0') {
        snprintf(results->failure, sizeof results->failure, "%s", sentence);
    }
}

sb_results *sb_results_keep(sb_results *results)
{
    atomic_fetch_add_explicit(&results->references, 1, memory_order_relaxed);
    return results;
}

void sb_results_release(sb_results *results)
{
    if (results == NULL ||
        atomic_fetch_sub_explicit(&results->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (size_t kind = 0; kind < SB_PART_COUNT; kind++) {
        sb_part_release(results->parts[kind]);
    }
    fmpq_clear(&results->full_surplus);
    sb_snapshot_release(results->snapshot);
    free(results);
}

const sb_snapshot *sb_results_snapshot(const sb_results *results)
{
    return results->snapshot;
}

const sb_solution *sb_results_solution(const sb_results *results)
{
    sb_part *part = results->parts[SB_PART_SOLUTION];
    return part == NULL ? NULL : &part->is.solution;
}

const sb_extraction *sb_results_extraction(const sb_results *results)
{
    sb_part *part = results->parts[SB_PART_EXTRACTION];
    return part == NULL ? NULL : &part->is.extraction;
}

const sb_baseline *sb_results_ex_post(const sb_results *results)
{
    sb_part *part = results->parts[SB_PART_EX_POST];
    return part == NULL ? NULL : &part->is.baseline;
}

const sb_baseline *sb_results_without_correlation(const sb_results *results)
{
    sb_part *part = results->parts[SB_PART_WITHOUT_CORRELATION];
    return part == NULL ? NULL : &part->is.baseline;
}

const fmpq *sb_results_full_surplus(const sb_results *results)
{
    return &results->full_surplus;
}

double sb_results_seconds(const sb_results *results)
{
    return results->seconds;
}

bool sb_results_complete(const sb_results *results)
{
    return results->complete;
}

const char *sb_results_failure(const sb_results *results)
{
    return results->failure;
}
