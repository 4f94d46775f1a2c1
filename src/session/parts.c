/* The parts of results: made, shared and freed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/parts.h"

#include <stdlib.h>

#include "base/memory.h"

static void auctions_init(sb_known_auctions *known)
{
    sb_auctions_init(&known->auctions);
    for (size_t kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        fmpq_init(&known->objective[kind]);
    }
}

static void auctions_clear(sb_known_auctions *known)
{
    sb_auctions_clear(&known->auctions);
    for (size_t kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        fmpq_clear(&known->objective[kind]);
    }
}

static void belief_init(sb_belief_part *part)
{
    sb_safe_radius_init(&part->radius);
    for (size_t point = 0; point < SB_SLACK_POINTS; point++) {
        sb_slack_point_init(&part->slack[point]);
    }
}

static void misbelief_clear(sb_misbelief_part *part)
{
    sb_misbelief_clear(&part->misbelief);
    free(part->curve.s);
    free(part->curve.frozen_revenue);
    free(part->curve.truth_optimum);
}

static void belief_clear(sb_belief_part *part)
{
    sb_safe_radius_clear(&part->radius);
    for (size_t point = 0; point < SB_SLACK_POINTS; point++) {
        sb_slack_point_clear(&part->slack[point]);
    }
}

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
    case SB_PART_GEOMETRY:
        sb_geometry_init(&part->is.geometry);
        break;
    case SB_PART_AUCTIONS:
        auctions_init(&part->is.auctions);
        break;
    case SB_PART_SEARCH:
        break;
    case SB_PART_SMALLEST:
        sb_smallest_payments_init(&part->is.smallest);
        break;
    case SB_PART_SENSITIVITY:
        sb_sensitivity_init(&part->is.sensitivity);
        break;
    case SB_PART_SWEEP:
        sb_sweep_init(&part->is.sweep);
        break;
    case SB_PART_CAP:
        sb_cap_init(&part->is.cap);
        break;
    case SB_PART_MISBELIEF:
        sb_misbelief_init(&part->is.misbelief.misbelief);
        break;
    case SB_PART_BELIEF:
        belief_init(&part->is.belief);
        break;
    case SB_PART_ROBUST:
        sb_robust_steps_init(&part->is.robust);
        break;
    case SB_PART_ROBUST_CHECK:
        sb_robust_solution_init(&part->is.robust_check.compact);
        fmpq_init(&part->is.robust_check.optimum);
        break;
    case SB_PART_PRICE:
        sb_robust_price_init(&part->is.price.price);
        break;
    }
    return part;
}

sb_part *sb_part_keep(sb_part *part)
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
    case SB_PART_GEOMETRY:
        sb_geometry_clear(&part->is.geometry);
        break;
    case SB_PART_AUCTIONS:
        auctions_clear(&part->is.auctions);
        break;
    case SB_PART_SEARCH:
        break;
    case SB_PART_SMALLEST:
        sb_smallest_payments_clear(&part->is.smallest);
        break;
    case SB_PART_SENSITIVITY:
        sb_sensitivity_clear(&part->is.sensitivity);
        break;
    case SB_PART_SWEEP:
        sb_sweep_clear(&part->is.sweep);
        break;
    case SB_PART_CAP:
        sb_cap_clear(&part->is.cap);
        break;
    case SB_PART_MISBELIEF:
        misbelief_clear(&part->is.misbelief);
        break;
    case SB_PART_BELIEF:
        belief_clear(&part->is.belief);
        break;
    case SB_PART_ROBUST:
        sb_robust_steps_clear(&part->is.robust);
        break;
    case SB_PART_ROBUST_CHECK:
        sb_robust_solution_clear(&part->is.robust_check.compact);
        fmpq_clear(&part->is.robust_check.optimum);
        break;
    case SB_PART_PRICE:
        sb_robust_price_clear(&part->is.price.price);
        break;
    }
    sb_snapshot_release(part->key);
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

sb_geometry *sb_part_geometry(sb_part *part)
{
    return &part->is.geometry;
}

sb_known_auctions *sb_part_auctions(sb_part *part)
{
    return &part->is.auctions;
}

sb_search *sb_part_search(sb_part *part)
{
    return &part->is.search;
}

sb_smallest_payments *sb_part_smallest(sb_part *part)
{
    return &part->is.smallest;
}

sb_sensitivity *sb_part_sensitivity(sb_part *part)
{
    return &part->is.sensitivity;
}

sb_sweep *sb_part_sweep(sb_part *part)
{
    return &part->is.sweep;
}

sb_cap *sb_part_cap(sb_part *part)
{
    return &part->is.cap;
}

sb_misbelief_part *sb_part_misbelief(sb_part *part)
{
    return &part->is.misbelief;
}

sb_belief_part *sb_part_belief(sb_part *part)
{
    return &part->is.belief;
}

sb_robust_steps *sb_part_robust(sb_part *part)
{
    return &part->is.robust;
}

sb_robust_check *sb_part_robust_check(sb_part *part)
{
    return &part->is.robust_check;
}

sb_price_curve *sb_part_price(sb_part *part)
{
    return &part->is.price;
}

void sb_part_set_key(sb_part *part, sb_snapshot *key)
{
    part->key = sb_snapshot_keep(key);
}

void sb_part_set_partial(sb_part *part)
{
    part->partial = true;
}
