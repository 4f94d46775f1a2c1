/* The parts of the results that are computed only where they are wanted.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sweeps and frontiers are published point by point as they grow: each publication holds a copy of
 * the points so far.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/solving.h"
#include "sidebet/checker.h"

/* ---- copies of what has grown so far ---- */

static bool copy_sweep(sb_sweep *to, const sb_sweep *from)
{
    to->points = sb_allocate(from->count, sizeof *to->points);
    if (to->points == NULL) {
        return false;
    }
    to->count = from->count;
    for (size_t index = 0; index < from->count; index++) {
        const sb_sweep_point *source = &from->points[index];
        sb_sweep_point *point = &to->points[index];
        *point = *source;
        const fmpq *numbers[] = {&source->lambda,         &source->revenue,
                                 &source->full_surplus,   &source->ex_post,
                                 &source->vertex_payment, &source->smallest_payment};
        fmpq *copies[] = {&point->lambda,  &point->revenue,        &point->full_surplus,
                          &point->ex_post, &point->vertex_payment, &point->smallest_payment};
        for (size_t k = 0; k < sizeof copies / sizeof copies[0]; k++) {
            fmpq_init(copies[k]);
            fmpq_set(copies[k], numbers[k]);
        }
    }
    return true;
}

static bool copy_cap(sb_cap *to, const sb_cap *from)
{
    to->points = sb_allocate(from->count, sizeof *to->points);
    if (to->points == NULL) {
        return false;
    }
    to->count = from->count;
    to->proof = from->proof;
    to->programs = from->programs;
    to->feasible_at_zero = from->feasible_at_zero;
    for (size_t index = 0; index < from->count; index++) {
        fmpq_init(&to->points[index].bound);
        fmpq_init(&to->points[index].objective);
        fmpq_set(&to->points[index].bound, &from->points[index].bound);
        fmpq_set(&to->points[index].objective, &from->points[index].objective);
    }
    return true;
}

/* Points that are on the screen already stay there while a curve is begun anew. */
static bool fewer_than_known(const sb_results *results, const sb_wants *wants, sb_part_kind kind,
                             size_t count)
{
    if (!sb_results_is_about(results, kind, wants)) {
        return false;
    }
    return count <= (kind == SB_PART_SWEEP ? sb_results_sweep(results)->count
                                           : sb_results_cap(results)->count);
}

typedef struct growth {
    const sb_solving *work;
    sb_results **results;
} growth;

/* A part in the making becomes the newest results; what fails for want of memory is not shown. */
static void publish_partial(const growth *growing, sb_part *part)
{
    sb_part_set_partial(part);
    sb_part_set_key(part, growing->work->wants->curve);
    (void)sb_solving_advance(growing->work, growing->results, part, false, NULL);
}

static bool sweep_grows(void *context, const sb_sweep *so_far, size_t planned)
{
    (void)planned;
    const growth *growing = context;
    if (fewer_than_known(*growing->results, growing->work->wants, SB_PART_SWEEP, so_far->count)) {
        return true;
    }
    sb_part *part = sb_part_new(SB_PART_SWEEP);
    if (part != NULL && copy_sweep(sb_part_sweep(part), so_far)) {
        publish_partial(context, part);
    } else {
        sb_part_release(part);
    }
    return true;
}

static bool cap_grows(void *context, const sb_cap *so_far)
{
    const growth *growing = context;
    if (fewer_than_known(*growing->results, growing->work->wants, SB_PART_CAP, so_far->count)) {
        return true;
    }
    sb_part *part = sb_part_new(SB_PART_CAP);
    if (part != NULL && copy_cap(sb_part_cap(part), so_far)) {
        publish_partial(context, part);
    } else {
        sb_part_release(part);
    }
    return true;
}

/* ---- the parts ---- */

static bool has_proved_optimum(const sb_results *results)
{
    const sb_solution *solution = sb_results_solution(results);
    return solution != NULL && solution->status == SB_LP_OPTIMAL &&
           solution->proof == SB_PROOF_EXACT;
}

/* What each brings of the objective, and the rule in force that it breaks, if any. */
static sb_status find_auctions(const sb_solving *work, sb_known_auctions *known, sb_error *error)
{
    const sb_environment *environment = sb_snapshot_environment(work->snapshot);
    sb_status status = sb_auctions_find(environment, &known->auctions, error);
    fmpq_t zero;
    fmpq_init(zero);
    for (size_t kind = 0; kind < SB_AUCTION_COUNT && status == SB_OK; kind++) {
        const sb_auction *auction = &known->auctions.auctions[kind];
        if (!auction->applies) {
            continue;
        }
        sb_check check;
        sb_check_init(&check);
        status = sb_check_mechanism(environment, auction->mechanism, zero, &check, error);
        if (status == SB_OK) {
            fmpq_set(&known->objective[kind], &check.objective);
            (void)snprintf(known->complaint[kind], sizeof known->complaint[kind], "%s",
                           check.complaint);
        }
        sb_check_clear(&check);
    }
    fmpq_clear(zero);
    return status;
}

static sb_status find_smallest(const sb_solving *work, const sb_results *results,
                               sb_smallest_payments *smallest, const sb_lp_options *options,
                               sb_error *error)
{
    if (!has_proved_optimum(results)) {
        return SB_OK; /* there is none: the part stays empty */
    }
    return sb_smallest_payments_find(sb_snapshot_environment(work->snapshot),
                                     sb_results_solution(results), work->solvers->smallest, options,
                                     smallest, error);
}

static sb_status find_sensitivity(const sb_solving *work, const sb_results *results,
                                  sb_sensitivity *sensitivity, const sb_lp_options *options,
                                  sb_error *error)
{
    if (!has_proved_optimum(results)) {
        sensitivity->mode = work->wants->mode;
        return SB_OK;
    }
    return sb_sensitivity_run(sb_snapshot_environment(work->snapshot), work->wants->mode, options,
                              sensitivity, error);
}

/* The frontier that cannot be is an empty one: the free program has no optimum. */
static sb_status find_cap(const sb_solving *work, growth *growing, sb_cap *cap,
                          const sb_lp_options *options, sb_error *error)
{
    sb_cap_options how = SB_CAP_OPTIONS_DEFAULT;
    how.most_points = 400;
    how.lp = *options;
    how.progress = work->floating_first ? cap_grows : NULL;
    how.context = growing;
    sb_error cause;
    sb_error_clear(&cause);
    sb_status status = sb_cap_run(sb_snapshot_environment(work->wants->curve), &how, cap, &cause);
    if (status == SB_ERROR_USAGE || status == SB_ERROR_LIMIT) {
        return SB_OK;
    }
    if (status != SB_OK && error != NULL) {
        *error = cause;
    }
    return status;
}

/* How the revenue moves as the truth goes from the belief through the table to twice as far. */
static sb_status find_curve(const sb_solving *work, sb_belief_curve *curve,
                            const sb_lp_options *options, sb_error *error)
{
    enum { steps = 20 };
    const sb_environment *belief = sb_snapshot_environment(work->wants->belief);
    const sb_environment *table = sb_snapshot_environment(work->snapshot);
    curve->s = sb_allocate(steps + 1, sizeof *curve->s);
    curve->frozen_revenue = sb_allocate(steps + 1, sizeof *curve->frozen_revenue);
    curve->truth_optimum = sb_allocate(steps + 1, sizeof *curve->truth_optimum);
    if (curve->s == NULL || curve->frozen_revenue == NULL || curve->truth_optimum == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    fmpq_t s;
    fmpq_init(s);
    for (slong step = 0; step <= steps && status == SB_OK; step++) {
        sb_environment *truth = NULL;
        fmpq_set_si(s, step, steps / 2);
        if (sb_misbelief_truth_along(belief, table, s, &truth, NULL) != SB_OK) {
            break; /* a probability would be negative from here on */
        }
        sb_misbelief misbelief;
        sb_misbelief_init(&misbelief);
        sb_baseline optimum;
        sb_baseline_init(&optimum);
        status = sb_misbelief_evaluate(belief, work->wants->mechanism, truth, &misbelief, error);
        if (status == SB_OK) {
            status =
                sb_design_value(truth, &table->rules, work->solvers->without_correlation, options,
                                &optimum.status, &optimum.proof, &optimum.objective, error);
        }
        if (status == SB_OK && optimum.status == SB_LP_OPTIMAL) {
            curve->s[curve->count] = sb_rational_to_double(s);
            curve->frozen_revenue[curve->count] = sb_rational_to_double(&misbelief.revenue);
            curve->truth_optimum[curve->count] = sb_rational_to_double(&optimum.objective);
            curve->count++;
        }
        sb_misbelief_clear(&misbelief);
        sb_baseline_clear(&optimum);
        sb_environment_free(truth);
    }
    fmpq_clear(s);
    return status;
}

/* What giving up a hundredth, a twentieth and a fifth of the designed revenue in slack would buy.
 */
static sb_status find_slack(const sb_solving *work, const fmpq_t designed, sb_belief_part *part,
                            const sb_lp_options *options, sb_error *error)
{
    static const ulong shares[SB_SLACK_POINTS] = {100, 20, 5};
    sb_status status = SB_OK;
    fmpq_t slack;
    fmpq_init(slack);
    for (size_t point = 0; point < SB_SLACK_POINTS && status == SB_OK; point++) {
        fmpq_set_si(slack, 1, shares[point]);
        fmpq_mul(slack, slack, designed);
        status = sb_safe_radius_with_slack(sb_snapshot_environment(work->wants->belief), slack,
                                           options, &part->slack[point], error);
        part->slack_count += status == SB_OK ? 1 : 0;
    }
    fmpq_clear(slack);
    return status;
}

static sb_status find_misbelief(const sb_solving *work, sb_misbelief_part *part,
                                const sb_lp_options *options, sb_error *error)
{
    const sb_environment *belief = sb_snapshot_environment(work->wants->belief);
    const sb_environment *truth = sb_snapshot_environment(work->snapshot);
    sb_status status =
        sb_misbelief_evaluate(belief, work->wants->mechanism, truth, &part->misbelief, error);
    return status == SB_OK ? find_curve(work, &part->curve, options, error) : status;
}

static sb_status find_belief(const sb_solving *work, sb_belief_part *part,
                             const sb_lp_options *options, sb_error *error)
{
    const sb_environment *belief = sb_snapshot_environment(work->wants->belief);
    sb_status status = sb_safe_radius_of(belief, work->wants->mechanism, &part->radius, error);
    fmpq_t designed;
    fmpq_init(designed);
    sb_mechanism_revenue(designed, belief, work->wants->mechanism);
    if (status == SB_OK && fmpq_sgn(designed) > 0) {
        status = find_slack(work, designed, part, options, error);
    }
    fmpq_clear(designed);
    return status;
}

/* From the conditions, which come first; without them there is no picture. */
static sb_status find_geometry(const sb_solving *work, const sb_results *results,
                               sb_geometry *geometry, const sb_lp_options *options, sb_error *error)
{
    const sb_extraction *extraction = sb_results_extraction(results);
    sb_status status = SB_OK;
    if (extraction != NULL) {
        status = sb_geometry_find(sb_snapshot_environment(work->snapshot), extraction,
                                  &work->wants->picture, options, geometry, error);
    }
    geometry->choice = work->wants->picture;
    return status;
}

sb_status sb_solving_wanted(const sb_solving *work, sb_results **results, sb_part_kind kind,
                            sb_part *part, const sb_lp_options *options, sb_error *error)
{
    growth growing = {work, results};
    sb_sweep_options sweep = SB_SWEEP_OPTIONS_DEFAULT;
    switch (kind) {
    case SB_PART_GEOMETRY:
        return find_geometry(work, *results, sb_part_geometry(part), options, error);
    case SB_PART_AUCTIONS:
        return find_auctions(work, sb_part_auctions(part), error);
    case SB_PART_SMALLEST:
        return find_smallest(work, *results, sb_part_smallest(part), options, error);
    case SB_PART_SENSITIVITY:
        return find_sensitivity(work, *results, sb_part_sensitivity(part), options, error);
    case SB_PART_SWEEP:
        sweep.lp = *options;
        sweep.progress = work->floating_first ? sweep_grows : NULL;
        sweep.context = &growing;
        sb_part_set_key(part, work->wants->curve);
        return sb_sweep_run(sb_snapshot_environment(work->wants->curve), &sweep,
                            sb_part_sweep(part), error);
    case SB_PART_CAP:
        sb_part_set_key(part, work->wants->curve);
        return find_cap(work, &growing, sb_part_cap(part), options, error);
    case SB_PART_MISBELIEF:
        sb_part_set_key(part, work->wants->belief);
        return find_misbelief(work, sb_part_misbelief(part), options, error);
    case SB_PART_BELIEF:
        sb_part_set_key(part, work->wants->belief);
        return find_belief(work, sb_part_belief(part), options, error);
    case SB_PART_ROBUST:
        return sb_solving_robust_steps(work, results, sb_part_robust(part), options, error);
    case SB_PART_ROBUST_CHECK:
        return sb_solving_robust_check(work, results, sb_part_robust_check(part), options, error);
    case SB_PART_PRICE:
        return sb_solving_price(work, results, sb_part_price(part), options, error);
    default:
        return sb_error_set(error, SB_ERROR_INTERNAL, "part %d is unknown", (int)kind);
    }
}
