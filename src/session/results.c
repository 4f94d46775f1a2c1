/* Results: what is known about one snapshot, in parts shared by reference.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/parts.h"

struct sb_results {
    atomic_size_t references;
    sb_snapshot *snapshot;
    fmpq full_surplus;
    sb_part *parts[SB_PART_COUNT];
    double seconds;
    bool complete;
    char failure[512];
};

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
        sb_objective_limit(surplus, sb_snapshot_environment(snapshot));
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
        results->parts[kind] = replaced ? part : sb_part_keep(earlier->parts[kind]);
    }
    results->seconds = earlier->seconds;
    results->complete = earlier->complete;
    snprintf(results->failure, sizeof results->failure, "%s", earlier->failure);
    return results;
}

/* Whether a part is about another curve or belief than the wanted one. */
static bool about_another(const sb_part *part, const sb_wants *wants)
{
    switch (part->kind) {
    case SB_PART_SWEEP:
    case SB_PART_CAP:
        return wants->curve != NULL && part->key != wants->curve;
    case SB_PART_MISBELIEF:
    case SB_PART_BELIEF:
        return wants->belief != NULL && part->key != wants->belief;
    case SB_PART_ROBUST:
        return wants->robust && !sb_robust_plan_same_run(&part->is.robust.plan, &wants->plan);
    case SB_PART_ROBUST_CHECK:
        return wants->robust && !sb_robust_plan_same_run(&part->is.robust_check.plan, &wants->plan);
    case SB_PART_GEOMETRY:
        return wants->geometry &&
               !sb_geometry_choice_equal(&part->is.geometry.choice, &wants->picture);
    case SB_PART_PRICE:
        return wants->price && part->is.price.objective != wants->plan.objective;
    default:
        return false;
    }
}

static bool depends_on_snapshot(sb_part_kind kind)
{
    return kind != SB_PART_SWEEP && kind != SB_PART_CAP && kind != SB_PART_BELIEF;
}

/* Whether earlier results are as good as new ones of the same snapshot. */
static bool go_on_as_they_are(const sb_results *results, const sb_wants *wants)
{
    bool good = results->failure[0] == '\0'; /* what failed is tried again */
    for (int kind = 0; kind < SB_PART_COUNT; kind++) {
        const sb_part *part = results->parts[kind];
        good = good && (part == NULL || !about_another(part, wants));
    }
    return good;
}

/* The same environment but for the description of its consistent set. */
static bool same_table(const sb_snapshot *left, const sb_snapshot *right)
{
    const sb_environment *environment = sb_snapshot_environment(right);
    sb_environment borrowed = *sb_snapshot_environment(left);
    borrowed.robust = environment->robust;
    return sb_environment_equal(&borrowed, environment);
}

/* Whether a part of earlier results is true of a snapshot too. */
static bool holds_of(const sb_part *part, const sb_results *earlier, const sb_snapshot *snapshot,
                     bool table)
{
    if (part->kind == SB_PART_ROBUST || part->kind == SB_PART_ROBUST_CHECK) {
        return sb_snapshot_same(earlier->snapshot, snapshot);
    }
    if (part->kind == SB_PART_PRICE && table) { /* boxes of its own, but the same constraints */
        return sb_snapshot_environment(snapshot)->robust.constraint_count == 0 &&
               sb_snapshot_environment(earlier->snapshot)->robust.constraint_count == 0;
    }
    return table || !depends_on_snapshot(part->kind);
}

sb_results *sb_results_going_on(sb_snapshot *snapshot, sb_results *earlier, const sb_wants *wants)
{
    bool same = earlier != NULL && sb_snapshot_same(earlier->snapshot, snapshot);
    if (same && go_on_as_they_are(earlier, wants)) {
        return sb_results_keep(earlier);
    }
    bool table = same || (earlier != NULL && same_table(earlier->snapshot, snapshot));
    sb_results *results = sb_results_new(snapshot);
    for (int kind = 0; results != NULL && earlier != NULL && kind < SB_PART_COUNT; kind++) {
        sb_part *part = earlier->parts[kind];
        bool holds = part != NULL && (same || holds_of(part, earlier, snapshot, table));
        results->parts[kind] = holds && !about_another(part, wants) ? sb_part_keep(part) : NULL;
    }
    return results;
}

sb_results *sb_results_without_belief(const sb_results *earlier)
{
    sb_results *results = sb_results_with(earlier, NULL);
    if (results != NULL) {
        sb_part_release(results->parts[SB_PART_MISBELIEF]);
        sb_part_release(results->parts[SB_PART_BELIEF]);
        results->parts[SB_PART_MISBELIEF] = NULL;
        results->parts[SB_PART_BELIEF] = NULL;
    }
    return results;
}

void sb_results_set_seconds(sb_results *results, double seconds)
{
    results->seconds = seconds;
}

void sb_results_set_complete(sb_results *results, bool complete)
{
    results->complete = complete;
}

bool sb_results_is_about(const sb_results *results, sb_part_kind kind, const sb_wants *wants)
{
    const sb_part *part = results->parts[kind];
    return part != NULL && !about_another(part, wants);
}

static bool robust_finished(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_ROBUST];
    return part != NULL && sb_robust_steps_finished(&part->is.robust);
}

/* Whether the price of the box in hand is among the points. */
static bool has_box(const sb_results *results)
{
    const sb_set_description *set = &sb_snapshot_environment(results->snapshot)->robust;
    const sb_price_curve *curve = &results->parts[SB_PART_PRICE]->is.price;
    bool found = set->kind != SB_SET_BOX || curve->problem[0] != '\0';
    for (size_t point = 0; point < curve->price.count && !found; point++) {
        found = fmpq_equal(&curve->price.points[point].radius, &set->radius) != 0;
    }
    return found;
}

static bool stopped_search(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_SEARCH];
    return part != NULL && part->is.search.stopped;
}

bool sb_results_satisfy(const sb_results *results, sb_part_kind kind, const sb_wants *wants)
{
    const sb_part *part = results->parts[kind];
    if (part == NULL || part->partial) {
        return false;
    }
    switch (kind) {
    case SB_PART_SOLUTION:
        return part->is.solution.proof == SB_PROOF_EXACT ||
               (wants->stopped && stopped_search(results));
    case SB_PART_SENSITIVITY:
        return part->is.sensitivity.mode == wants->mode;
    case SB_PART_SWEEP:
    case SB_PART_CAP:
        return part->key == wants->curve;
    case SB_PART_MISBELIEF:
    case SB_PART_BELIEF:
        return part->key == wants->belief;
    case SB_PART_ROBUST:
        return sb_robust_plan_same_run(&part->is.robust.plan, &wants->plan) &&
               sb_robust_steps_reach(&part->is.robust, &wants->plan);
    case SB_PART_ROBUST_CHECK:
        return sb_robust_plan_same_run(&part->is.robust_check.plan, &wants->plan) &&
               (part->is.robust_check.known ||
                (sb_results_satisfy(results, SB_PART_ROBUST, wants) && !robust_finished(results)));
    case SB_PART_GEOMETRY:
        return sb_geometry_choice_equal(&part->is.geometry.choice, &wants->picture);
    case SB_PART_PRICE:
        return part->is.price.objective == wants->plan.objective && has_box(results);
    default:
        return true;
    }
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

const sb_geometry *sb_results_geometry(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_GEOMETRY];
    return part == NULL || part->is.geometry.types == NULL ? NULL : &part->is.geometry;
}

const sb_search *sb_results_search(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_SEARCH];
    return part == NULL ? NULL : &part->is.search;
}

const sb_known_auctions *sb_results_auctions(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_AUCTIONS];
    return part == NULL ? NULL : &part->is.auctions;
}

const sb_smallest_payments *sb_results_smallest(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_SMALLEST];
    return part == NULL ? NULL : &part->is.smallest;
}

const sb_sensitivity *sb_results_sensitivity(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_SENSITIVITY];
    return part == NULL || part->is.sensitivity.profile_count == 0 ? NULL : &part->is.sensitivity;
}

const sb_sweep *sb_results_sweep(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_SWEEP];
    return part == NULL ? NULL : &part->is.sweep;
}

bool sb_results_sweep_complete(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_SWEEP];
    return part != NULL && !part->partial;
}

const sb_cap *sb_results_cap(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_CAP];
    return part == NULL ? NULL : &part->is.cap;
}

bool sb_results_cap_complete(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_CAP];
    return part != NULL && !part->partial;
}

static const sb_misbelief_part *misbelief_of(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_MISBELIEF];
    return part == NULL ? NULL : &part->is.misbelief;
}

const sb_misbelief *sb_results_misbelief(const sb_results *results)
{
    const sb_misbelief_part *part = misbelief_of(results);
    return part == NULL ? NULL : &part->misbelief;
}

const sb_belief_curve *sb_results_belief_curve(const sb_results *results)
{
    const sb_misbelief_part *part = misbelief_of(results);
    return part == NULL || part->curve.count == 0 ? NULL : &part->curve;
}

const sb_safe_radius *sb_results_safe_radius(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_BELIEF];
    return part == NULL ? NULL : &part->is.belief.radius;
}

const sb_slack_point *sb_results_slack_points(const sb_results *results, size_t *count)
{
    const sb_part *part = results->parts[SB_PART_BELIEF];
    *count = part == NULL ? 0 : part->is.belief.slack_count;
    return *count == 0 ? NULL : part->is.belief.slack;
}

const sb_robust_steps *sb_results_robust(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_ROBUST];
    return part == NULL ? NULL : &part->is.robust;
}

const sb_robust_check *sb_results_robust_check(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_ROBUST_CHECK];
    return part == NULL || !part->is.robust_check.known ? NULL : &part->is.robust_check;
}

const sb_price_curve *sb_results_price(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_PRICE];
    return part == NULL ? NULL : &part->is.price;
}

bool sb_results_price_complete(const sb_results *results)
{
    const sb_part *part = results->parts[SB_PART_PRICE];
    return part != NULL && !part->partial;
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
