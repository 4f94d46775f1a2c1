/* The robust run as a part of the results: rounds as they come, the check, the price.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run itself stays with the thread that steps it, so that a further round starts where the last
 * one ended. In the explorer a run is exact as long as no round takes longer than a person notices;
 * where one does, the rounds after it are floating and say so, and those before stay. The check
 * then proves the end in rationals.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "session/solving.h"

/* A round that takes longer, of the processor's time, is one a person waits for: what else runs on
 * the machine does not make a run floating. */
#define PATIENCE_SECONDS 0.3
/* Where a proof stops by the clock. */
#define PROOF_SECONDS 1.5
/* How long the proof of a floating run's end may take. */
#define END_PROOF_SECONDS 30
/* The explorer compares with the compact program only up to so many types squared times signals:
 * beyond, it takes much longer than the cuts that it is to check. */
#define COMPACT_LIMIT 1400
/* And finds the price of robustness exactly up to so many types times signals. */
#define EXACT_PRICE_LIMIT 64

enum { price_points = 17 };

struct sb_robust_memory {
    sb_snapshot *snapshot; /* of the run; NULL: none */
    sb_robust_plan plan;
    bool exact;
    bool slow; /* its newest round took more than a person's patience */
    sb_robust_run *run;
};

sb_robust_memory *sb_robust_memory_new(void)
{
    return sb_allocate(1, sizeof(sb_robust_memory));
}

static void forget(sb_robust_memory *memory)
{
    sb_robust_run_free(memory->run);
    sb_snapshot_release(memory->snapshot);
    *memory = (sb_robust_memory){0};
}

void sb_robust_memory_free(sb_robust_memory *memory)
{
    if (memory != NULL) {
        forget(memory);
        free(memory);
    }
}

static sb_robust_options options_of(const sb_robust_plan *plan, bool exact, const sb_lp_options *lp)
{
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.objective = plan->objective;
    options.choice = plan->choice;
    options.beginning = plan->beginning;
    options.lp = *lp;
    options.lp.exact = exact;
    return options;
}

static sb_status set_of(const sb_environment *environment, sb_consistent_set *set, sb_error *error)
{
    return sb_consistent_set_described(set, environment, &environment->robust, error);
}

static double thread_seconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- the rounds ---- */

/* The part so far becomes the newest results. */
static void publish_part(const sb_solving *work, sb_results **results, const sb_robust_steps *steps)
{
    sb_part *part = sb_part_new(SB_PART_ROBUST);
    sb_error ignored;
    sb_error_clear(&ignored);
    if (part == NULL || sb_robust_steps_copy(sb_part_robust(part), steps, &ignored) != SB_OK) {
        sb_part_release(part);
        return;
    }
    sb_part_set_partial(part);
    (void)sb_solving_advance(work, results, part, false, NULL);
}

/* A run of this mode from its beginning, where it is not the one in memory. */
static sb_status ensure_run(const sb_solving *work, bool exact, const sb_lp_options *lp,
                            sb_error *error)
{
    sb_robust_memory *memory = work->solvers->robust;
    const sb_robust_plan *plan = &work->wants->plan;
    if (memory->run != NULL && sb_snapshot_same(memory->snapshot, work->snapshot) &&
        sb_robust_plan_same_run(&memory->plan, plan) && memory->exact == exact) {
        return SB_OK;
    }
    forget(memory);
    const sb_environment *environment = sb_snapshot_environment(work->snapshot);
    sb_robust_options options = options_of(plan, exact, lp);
    options.lp.time_limit = work->floating_first && exact ? PROOF_SECONDS : 0;
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_status status = set_of(environment, &set, error);
    if (status == SB_OK) {
        double began = thread_seconds();
        status = sb_robust_run_new(environment, &set, &options, &memory->run, error);
        memory->slow = thread_seconds() - began > PATIENCE_SECONDS;
    }
    sb_consistent_set_clear(&set);
    if (status != SB_OK) {
        forget(memory);
        return status;
    }
    memory->snapshot = sb_snapshot_keep(work->snapshot);
    memory->plan = *plan;
    memory->exact = exact;
    return SB_OK;
}

/* Whether the newest round ended without its proof: the round is left for a floating one. */
static bool unproved(const sb_solving *work, const sb_robust_steps *steps)
{
    const sb_robust_run *run = work->solvers->robust->run;
    const sb_robust_round *round = sb_robust_run_round(run, sb_robust_run_count(run) - 1);
    return work->floating_first && steps->exact && round->proof != SB_PROOF_EXACT;
}

static sb_status step_once(sb_robust_memory *memory, sb_error *error)
{
    double began = thread_seconds();
    sb_status status = sb_robust_run_step(memory->run, error);
    memory->slow = thread_seconds() - began > PATIENCE_SECONDS;
    return status;
}

/* Step the run until it is where the plan wants it. *slow: it was given up as too slow. */
static sb_status step_on(const sb_solving *work, sb_results **results, sb_robust_steps *steps,
                         const sb_lp_options *lp, bool *slow, sb_error *error)
{
    sb_status status = ensure_run(work, steps->exact, lp, error);
    sb_robust_memory *memory = work->solvers->robust;
    while (status == SB_OK) {
        *slow = unproved(work, steps);
        if (*slow) {
            return SB_OK;
        }
        status = sb_robust_steps_follow(steps, memory->run, error);
        if (status != SB_OK || sb_robust_steps_reach(steps, &work->wants->plan)) {
            break;
        }
        if (work->floating_first) {
            publish_part(work, results, steps);
        }
        *slow = work->floating_first && steps->exact && memory->slow;
        if (*slow) {
            return SB_OK;
        }
        status = step_once(memory, error);
    }
    return status;
}

/* Go on in floating point behind the exact rounds, which a floating run goes through as well. Where
 * it ends before, its rounds are all there is. */
static sb_status go_on_floating(const sb_solving *work, sb_results **results,
                                sb_robust_steps *steps, const sb_lp_options *lp, sb_error *error)
{
    steps->exact = false;
    sb_status status = ensure_run(work, false, lp, error);
    sb_robust_run *run = work->solvers->robust->run;
    bool ended = false;
    while (status == SB_OK && !ended && sb_robust_run_count(run) <= steps->count) {
        size_t before = sb_robust_run_count(run);
        status = sb_robust_run_step(run, error);
        ended = sb_robust_run_count(run) == before;
    }
    if (status == SB_OK && ended) {
        sb_robust_steps_clear(steps);
        sb_robust_steps_init(steps);
        steps->plan = work->wants->plan;
    }
    bool slow = false;
    return status == SB_OK ? step_on(work, results, steps, lp, &slow, error) : status;
}

sb_status sb_solving_robust_steps(const sb_solving *work, sb_results **results,
                                  sb_robust_steps *steps, const sb_lp_options *lp, sb_error *error)
{
    const sb_robust_steps *known = sb_results_robust(*results);
    steps->plan = work->wants->plan;
    steps->exact = true;
    sb_status status = SB_OK;
    if (known != NULL && sb_robust_plan_same_run(&known->plan, &work->wants->plan) &&
        known->problem[0] == '\0') {
        status = sb_robust_steps_copy(steps, known, error);
    }
    bool slow = false;
    if (status == SB_OK) {
        status = step_on(work, results, steps, lp, &slow, error);
    }
    if (status == SB_OK && slow) {
        status = go_on_floating(work, results, steps, lp, error);
    }
    if (status == SB_ERROR_USAGE || status == SB_ERROR_INPUT || status == SB_ERROR_LIMIT) {
        sb_error_format(error, steps->problem, sizeof steps->problem);
        sb_error_clear(error);
        return SB_OK;
    }
    return status;
}

/* ---- the check ---- */

static sb_status solve_compact(const sb_solving *work, const sb_robust_steps *steps,
                               sb_robust_check *check, const sb_lp_options *lp, sb_error *error)
{
    const sb_environment *environment = sb_snapshot_environment(work->snapshot);
    size_t size = steps->set.type_count * steps->set.type_count * steps->set.signal_count;
    if (work->floating_first && size > COMPACT_LIMIT) {
        snprintf(check->reason, sizeof check->reason,
                 "the compact program of %zu types and %zu signals takes too long here: sidebet "
                 "robust --method compact",
                 steps->set.type_count, steps->set.signal_count);
        return SB_OK;
    }
    sb_robust_options options = options_of(&work->wants->plan, steps->exact, lp);
    options.method = SB_ROBUST_COMPACT;
    sb_status status = sb_robust_solve(environment, &steps->set, &options, &check->compact, error);
    check->compared = status == SB_OK && check->compact.status != SB_LP_FAILED;
    if (status == SB_OK && !check->compared) {
        snprintf(check->reason, sizeof check->reason, "%s", check->compact.reason);
    }
    return status;
}

/* The end of a floating run in rationals, where that does not take too long. */
static sb_status prove_end(const sb_solving *work, const sb_robust_steps *steps,
                           sb_robust_check *check, const sb_lp_options *lp, sb_error *error)
{
    const sb_robust_step *last = steps->items[steps->count - 1];
    if (!work->floating_first || last->status != SB_LP_OPTIMAL || last->proof == SB_PROOF_EXACT) {
        return SB_OK;
    }
    sb_robust_options options = options_of(&work->wants->plan, true, lp);
    options.lp.time_limit = END_PROOF_SECONDS;
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_status status = sb_robust_solve(sb_snapshot_environment(work->snapshot), &steps->set,
                                       &options, &solution, error);
    check->proved = status == SB_OK && solution.status == SB_LP_OPTIMAL &&
                    solution.proof == SB_PROOF_EXACT && solution.certified;
    if (check->proved) {
        fmpq_set(&check->optimum, &solution.objective);
    }
    sb_robust_solution_clear(&solution);
    return status;
}

sb_status sb_solving_robust_check(const sb_solving *work, sb_results **results,
                                  sb_robust_check *check, const sb_lp_options *lp, sb_error *error)
{
    const sb_robust_steps *steps = sb_results_robust(*results);
    check->plan = work->wants->plan;
    if (steps == NULL || !sb_robust_steps_finished(steps)) {
        return SB_OK; /* nothing to check yet: the part stays empty */
    }
    check->known = true;
    const sb_robust_step *last = steps->items[steps->count - 1];
    sb_status status = SB_OK;
    if (last->status == SB_LP_OPTIMAL && last->mechanism != NULL) {
        status = sb_robust_certify(sb_snapshot_environment(work->snapshot), &steps->set,
                                   last->mechanism, &check->certified, NULL, error);
    }
    if (status == SB_OK) {
        status = solve_compact(work, steps, check, lp, error);
    }
    return status == SB_OK ? prove_end(work, steps, check, lp, error) : status;
}

/* ---- the price ---- */

static void copy_point(sb_price_point *to, const sb_price_point *from)
{
    *to = *from;
    fmpq *const copies[] = {&to->radius, &to->objective, &to->worst_case, &to->max_payment};
    const fmpq *const numbers[] = {&from->radius, &from->objective, &from->worst_case,
                                   &from->max_payment};
    for (size_t k = 0; k < sizeof copies / sizeof copies[0]; k++) {
        fmpq_init(copies[k]);
        fmpq_set(copies[k], numbers[k]);
    }
}

static void copy_baseline(sb_baseline *to, const sb_baseline *from)
{
    to->status = from->status;
    to->proof = from->proof;
    fmpq_set(&to->objective, &from->objective);
}

/* Points of both, by radius: those of `more` where both have one. to holds nothing yet. */
static bool merge(sb_robust_price *to, const sb_robust_price *known, const sb_robust_price *more)
{
    size_t most = more->count + (known == NULL ? 0 : known->count);
    to->points = sb_allocate(most, sizeof *to->points);
    if (to->points == NULL) {
        return false;
    }
    copy_baseline(&to->bayesian, &more->bayesian);
    copy_baseline(&to->ex_post, &more->ex_post);
    fmpq_set(&to->full_surplus, &more->full_surplus);
    size_t left = 0;
    for (size_t right = 0; right <= more->count; right++) {
        const sb_price_point *point = right < more->count ? &more->points[right] : NULL;
        while (known != NULL && left < known->count &&
               (point == NULL || fmpq_cmp(&known->points[left].radius, &point->radius) <= 0)) {
            bool same = point != NULL && fmpq_equal(&known->points[left].radius, &point->radius);
            if (!same) {
                copy_point(&to->points[to->count++], &known->points[left]);
            }
            left++;
        }
        if (point != NULL) {
            copy_point(&to->points[to->count++], point);
        }
    }
    return true;
}

typedef struct price_growth {
    const sb_solving *work;
    sb_results **results;
    const sb_robust_price *known;
    size_t planned;
} price_growth;

static bool price_grows(void *context, const sb_robust_price *so_far, size_t planned)
{
    (void)planned;
    const price_growth *growing = context;
    sb_part *part = sb_part_new(SB_PART_PRICE);
    if (part == NULL || !merge(&sb_part_price(part)->price, growing->known, so_far)) {
        sb_part_release(part);
        return true;
    }
    sb_part_price(part)->objective = growing->work->wants->plan.objective;
    sb_part_price(part)->planned = growing->planned;
    sb_part_set_partial(part);
    (void)sb_solving_advance(growing->work, growing->results, part, false, NULL);
    return true;
}

/* Drop the radii whose points are known; returns how many are left. */
static size_t drop_known(fmpq *radii, size_t count, const sb_robust_price *known)
{
    size_t left = 0;
    for (size_t index = 0; index < count; index++) {
        bool found = false;
        for (size_t point = 0; known != NULL && point < known->count; point++) {
            found = found || fmpq_equal(&known->points[point].radius, &radii[index]);
        }
        if (!found) {
            fmpq_set(&radii[left++], &radii[index]);
        }
    }
    return left;
}

static sb_status find_price(const sb_solving *work, sb_results **results, fmpq *radii, size_t found,
                            sb_price_curve *curve, const sb_lp_options *lp, sb_error *error)
{
    const sb_environment *environment = sb_snapshot_environment(work->snapshot);
    size_t size = environment->agents[0].type_count * environment->signal_count;
    bool exact = !work->floating_first || size <= EXACT_PRICE_LIMIT;
    const sb_price_curve *earlier = sb_results_price(*results);
    sb_robust_price known; /* a copy: the results it comes from are left behind while it grows */
    sb_robust_price_init(&known);
    bool usable = earlier != NULL && earlier->objective == curve->objective;
    bool copied = !usable || merge(&known, NULL, &earlier->price);
    sb_robust_price more;
    sb_robust_price_init(&more);
    price_growth growing = {work, results, &known, found};
    sb_robust_price_options options = {.robust = options_of(&work->wants->plan, exact, lp)};
    options.progress = work->floating_first ? price_grows : NULL;
    options.context = &growing;
    sb_status status = copied ? SB_OK : sb_out_of_memory(error);
    if (status == SB_OK) {
        size_t left = drop_known(radii, found, &known);
        status = sb_robust_price_run(environment, &environment->robust, radii, left, &options,
                                     &more, error);
    }
    if (status == SB_OK && !merge(&curve->price, &known, &more)) {
        status = sb_out_of_memory(error);
    }
    sb_robust_price_clear(&more);
    sb_robust_price_clear(&known);
    return status;
}

/* The radii and the one of the box in hand, the first so that its point comes first; takes over the
 * radii. */
static fmpq *with_box(const sb_set_description *set, fmpq *radii, size_t *count)
{
    bool known = set->kind != SB_SET_BOX;
    for (size_t index = 0; index < *count; index++) {
        known = known || fmpq_equal(&radii[index], &set->radius);
    }
    fmpq *all = known ? radii : sb_rationals_new(*count + 1);
    for (size_t index = 0; all != NULL && all != radii && index < *count; index++) {
        fmpq_set(&all[index + 1], &radii[index]);
    }
    if (all != radii) {
        sb_rationals_free(radii, *count);
    }
    if (all != NULL && !known) {
        fmpq_set(&all[0], &set->radius);
        (*count)++;
    }
    return all;
}

sb_status sb_solving_price(const sb_solving *work, sb_results **results, sb_price_curve *curve,
                           const sb_lp_options *lp, sb_error *error)
{
    const sb_environment *environment = sb_snapshot_environment(work->snapshot);
    fmpq *radii = NULL;
    size_t found = 0;
    sb_error cause;
    sb_error_clear(&cause);
    curve->objective = work->wants->plan.objective;
    sb_status status = sb_robust_price_radii(environment, price_points, &radii, &found, &cause);
    fmpq *own = status == SB_OK ? with_box(&environment->robust, radii, &found) : NULL;
    if (status == SB_OK && own == NULL) {
        status = sb_out_of_memory(&cause);
    }
    if (status == SB_OK) {
        curve->planned = found;
        status = find_price(work, results, own, found, curve, lp, &cause);
    }
    sb_rationals_free(own, found);
    if (status == SB_ERROR_USAGE || status == SB_ERROR_INPUT || status == SB_ERROR_LIMIT) {
        sb_error_format(&cause, curve->problem, sizeof curve->problem);
        return SB_OK;
    }
    if (status != SB_OK && error != NULL) {
        *error = cause;
    }
    return status;
}
