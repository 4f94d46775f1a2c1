/* The rounds of a robust run: copied from the run, shared by reference.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/robust_steps.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* A step, and how many lists hold it. */
typedef struct shared_step {
    sb_robust_step step; /* first, so that the one is found from the other */
    atomic_size_t references;
} shared_step;

bool sb_robust_plan_same_run(const sb_robust_plan *left, const sb_robust_plan *right)
{
    return left->objective == right->objective && left->choice == right->choice &&
           left->beginning == right->beginning;
}

bool sb_robust_plan_equal(const sb_robust_plan *left, const sb_robust_plan *right)
{
    return sb_robust_plan_same_run(left, right) && left->round == right->round &&
           !(left->enough < right->enough) && !(left->enough > right->enough);
}

/* ---- one step ---- */

static void step_clear(sb_robust_step *step)
{
    for (size_t type = 0; step->rows != NULL && type < step->type_count; type++) {
        sb_rationals_free(step->rows[type].belief, step->signal_count);
        fmpq_clear(&step->rows[type].slack);
    }
    free(step->rows);
    sb_mechanism_free(step->mechanism);
    fmpq_clear(&step->objective);
    fmpq_clear(&step->violation);
    free(step->sentence);
}

static void release(const sb_robust_step *step)
{
    shared_step *shared = (shared_step *)step;
    if (shared != NULL &&
        atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) == 1) {
        step_clear(&shared->step);
        free(shared);
    }
}

static const sb_robust_step *keep(const sb_robust_step *step)
{
    atomic_fetch_add_explicit(&((shared_step *)step)->references, 1, memory_order_relaxed);
    return step;
}

static shared_step *step_new(size_t type_count, size_t signal_count)
{
    shared_step *shared = sb_allocate(1, sizeof *shared);
    if (shared == NULL) {
        return NULL;
    }
    atomic_init(&shared->references, 1);
    sb_robust_step *step = &shared->step;
    fmpq_init(&step->objective);
    fmpq_init(&step->violation);
    step->worst = SB_NOWHERE;
    step->type_count = type_count;
    step->signal_count = signal_count;
    step->rows = sb_allocate(type_count, sizeof *step->rows);
    bool enough = step->rows != NULL;
    for (size_t type = 0; step->rows != NULL && type < type_count; type++) {
        fmpq_init(&step->rows[type].slack);
        step->rows[type].report = SB_NOWHERE;
        step->rows[type].belief = sb_rationals_new(signal_count);
        enough = enough && step->rows[type].belief != NULL;
    }
    if (!enough) {
        release(step);
        return NULL;
    }
    return shared;
}

static void set_row(sb_robust_row *row, const sb_cut *cut, size_t signal_count)
{
    row->known = true;
    row->added = cut->added;
    row->kind = cut->kind;
    row->report = cut->kind == SB_CUT_INCENTIVE ? cut->report : SB_NOWHERE;
    fmpq_neg(&row->slack, &cut->violation);
    for (size_t signal = 0; signal < signal_count; signal++) {
        fmpq_set(&row->belief[signal], &cut->belief[signal]);
    }
}

/* The most broken row of each type. */
static void take_broken(sb_robust_step *step, const sb_robust_round *round)
{
    for (size_t index = 0; index < round->found_count; index++) {
        const sb_cut *cut = &round->found[index];
        step->added_count += cut->added ? 1 : 0;
        sb_robust_row *row = &step->rows[cut->type];
        fmpq_t slack;
        fmpq_init(slack);
        fmpq_neg(slack, &cut->violation);
        if (!row->known || fmpq_cmp(slack, &row->slack) < 0) {
            set_row(row, cut, step->signal_count);
        }
        fmpq_clear(slack);
        bool first = step->worst == SB_NOWHERE;
        if (first || fmpq_cmp(&row->slack, &step->rows[step->worst].slack) < 0) {
            step->worst = cut->type;
        }
    }
}

/* What a type gains by the truth over a report, or over staying away, at each signal. */
static void gains(fmpq *coefficients, const sb_environment *environment,
                  const sb_mechanism *mechanism, size_t type, size_t report)
{
    fmpq_t utility;
    fmpq_init(utility);
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        sb_mechanism_utility(utility, environment, mechanism, 0, type, type, signal);
        fmpq_set(&coefficients[signal], utility);
        if (report == SB_NOWHERE) {
            fmpq_set(utility, &environment->agents[0].outside[type]);
        } else {
            sb_mechanism_utility(utility, environment, mechanism, 0, type, report, signal);
        }
        fmpq_sub(&coefficients[signal], &coefficients[signal], utility);
    }
    fmpq_clear(utility);
}

/* Keep a row if it is nearer to being broken than the one before. */
static sb_status try_row(sb_robust_step *step, const sb_robust_run *run, size_t type, size_t report,
                         fmpq *coefficients, fmpq *belief, sb_error *error)
{
    const sb_environment *environment = sb_robust_run_environment(run);
    fmpq_t slack;
    fmpq_init(slack);
    gains(coefficients, environment, step->mechanism, type, report);
    sb_status status =
        sb_consistent_set_worst(sb_robust_run_set(run), type, coefficients, belief, slack, error);
    sb_robust_row *row = &step->rows[type];
    if (status == SB_OK && (!row->known || fmpq_cmp(slack, &row->slack) < 0)) {
        row->known = true;
        row->kind = report == SB_NOWHERE ? SB_CUT_PARTICIPATION : SB_CUT_INCENTIVE;
        row->report = report;
        fmpq_set(&row->slack, slack);
        for (size_t signal = 0; signal < step->signal_count; signal++) {
            fmpq_set(&row->belief[signal], &belief[signal]);
        }
    }
    fmpq_clear(slack);
    return status;
}

/* Whether the oracle can be asked about all rows of a type in no time: boxes are quick, other sets
 * take a linear program a row. */
static bool is_quick(const sb_consistent_set *set, size_t type)
{
    return sb_consistent_set_is_box(set, type) || set->type_count * set->type_count <= 64;
}

/* Types none of whose rows is broken: the row, of those that the rules have, that comes nearest. */
static sb_status find_nearest(sb_robust_step *step, const sb_robust_run *run, sb_error *error)
{
    const sb_environment *environment = sb_robust_run_environment(run);
    const sb_consistent_set *set = sb_robust_run_set(run);
    bool incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, 0) == SB_IC_BAYES_NASH;
    bool participation =
        sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0) == SB_IR_EX_INTERIM;
    fmpq *coefficients = sb_rationals_new(step->signal_count);
    fmpq *belief = sb_rationals_new(step->signal_count);
    sb_status status = coefficients == NULL || belief == NULL ? sb_out_of_memory(error) : SB_OK;
    for (size_t type = 0; type < step->type_count && status == SB_OK; type++) {
        if (step->rows[type].known || !set->has_set[type] || !is_quick(set, type)) {
            continue;
        }
        for (size_t report = 0; incentives && report < step->type_count && status == SB_OK;
             report++) {
            if (report != type && sb_environment_may_report(environment, 0, type, report)) {
                status = try_row(step, run, type, report, coefficients, belief, error);
            }
        }
        if (participation && status == SB_OK) {
            status = try_row(step, run, type, SB_NOWHERE, coefficients, belief, error);
        }
    }
    sb_rationals_free(coefficients, step->signal_count);
    sb_rationals_free(belief, step->signal_count);
    return status;
}

static sb_status copy_round(const sb_robust_run *run, size_t index, const sb_robust_step **copy,
                            sb_error *error)
{
    const sb_robust_round *round = sb_robust_run_round(run, index);
    const sb_consistent_set *set = sb_robust_run_set(run);
    shared_step *shared = step_new(set->type_count, set->signal_count);
    if (shared == NULL) {
        return sb_out_of_memory(error);
    }
    sb_robust_step *step = &shared->step;
    step->round = round->round;
    step->status = round->status;
    step->proof = round->proof;
    fmpq_set(&step->objective, &round->objective);
    fmpq_set(&step->violation, &round->violation);
    step->cut_count = round->cut_count;
    step->dropped = round->dropped;
    step->found_count = round->found_count;
    step->finished = round->finished;
    step->iterations = round->iterations;
    step->seconds = round->seconds;
    snprintf(step->reason, sizeof step->reason, "%s", round->reason);
    step->sentence = sb_robust_round_describe(run, index);
    sb_status status = step->sentence == NULL ? sb_out_of_memory(error) : SB_OK;
    if (status == SB_OK && round->mechanism != NULL) {
        step->mechanism = sb_mechanism_copy(round->mechanism);
        status = step->mechanism == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    take_broken(step, round);
    if (status == SB_OK && round->status == SB_LP_OPTIMAL) {
        status = find_nearest(step, run, error);
    }
    if (status != SB_OK) {
        release(step);
        return status;
    }
    *copy = step;
    return SB_OK;
}

/* ---- lists ---- */

void sb_robust_steps_init(sb_robust_steps *steps)
{
    *steps = (sb_robust_steps){.plan = SB_ROBUST_PLAN_DEFAULT};
    sb_consistent_set_init(&steps->set);
}

void sb_robust_steps_clear(sb_robust_steps *steps)
{
    for (size_t index = 0; index < steps->count; index++) {
        release(steps->items[index]);
    }
    free(steps->items);
    sb_consistent_set_clear(&steps->set);
}

static sb_status append(sb_robust_steps *steps, const sb_robust_step *step, sb_error *error)
{
    if (!sb_grow(&steps->items, &steps->capacity, steps->count + 1, sizeof(void *))) {
        release(step);
        return sb_out_of_memory(error);
    }
    steps->items[steps->count++] = step;
    return SB_OK;
}

sb_status sb_robust_steps_copy(sb_robust_steps *to, const sb_robust_steps *from, sb_error *error)
{
    to->plan = from->plan;
    to->exact = from->exact;
    memcpy(to->problem, from->problem, sizeof to->problem);
    sb_status status = SB_OK;
    if (from->has_set) {
        status = sb_consistent_set_copy(&to->set, &from->set, error);
        to->has_set = status == SB_OK;
    }
    for (size_t index = 0; index < from->count && status == SB_OK; index++) {
        status = append(to, keep(from->items[index]), error);
    }
    return status;
}

sb_status sb_robust_steps_follow(sb_robust_steps *steps, const sb_robust_run *run, sb_error *error)
{
    sb_status status = SB_OK;
    if (!steps->has_set) {
        status = sb_consistent_set_copy(&steps->set, sb_robust_run_set(run), error);
        steps->has_set = status == SB_OK;
    }
    while (status == SB_OK && steps->count < sb_robust_run_count(run)) {
        const sb_robust_step *step = NULL;
        status = copy_round(run, steps->count, &step, error);
        if (status == SB_OK) {
            status = append(steps, step, error);
        }
    }
    return status;
}

bool sb_robust_steps_finished(const sb_robust_steps *steps)
{
    return steps->count > 0 && steps->items[steps->count - 1]->finished;
}

/* The first round whose largest violation is small enough; SB_NOWHERE: none known. */
static size_t first_good(const sb_robust_steps *steps, double enough)
{
    for (size_t index = 0; index < steps->count; index++) {
        const sb_robust_step *step = steps->items[index];
        bool small =
            step->status == SB_LP_OPTIMAL && sb_rational_to_double(&step->violation) <= enough;
        if (step->finished || small) {
            return index;
        }
    }
    return SB_NOWHERE;
}

size_t sb_robust_steps_at(const sb_robust_steps *steps, const sb_robust_plan *plan)
{
    size_t last = steps->count == 0 ? 0 : steps->count - 1;
    size_t round = plan->round;
    if (round == SB_ROBUST_LAST) {
        round = first_good(steps, plan->enough);
    }
    return round < last ? round : last;
}

bool sb_robust_steps_reach(const sb_robust_steps *steps, const sb_robust_plan *plan)
{
    if (steps->problem[0] != '\0' || sb_robust_steps_finished(steps)) {
        return true;
    }
    return plan->round == SB_ROBUST_LAST ? first_good(steps, plan->enough) != SB_NOWHERE
                                         : plan->round < steps->count;
}

sb_status sb_robust_steps_save(const sb_robust_steps *steps, const sb_environment *environment,
                               size_t last, const char *path, sb_error *error)
{
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.objective = steps->plan.objective;
    options.choice = steps->plan.choice;
    options.beginning = steps->plan.beginning;
    options.lp.exact = steps->exact;
    sb_robust_run *run = NULL;
    sb_status status = sb_robust_run_new(environment, &steps->set, &options, &run, error);
    while (status == SB_OK && sb_robust_run_current(run) < last) {
        status = sb_robust_run_step(run, error);
    }
    char *text = NULL;
    if (status == SB_OK) {
        status = sb_robust_history_format(run, &text, error);
    }
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), error);
    }
    free(text);
    sb_robust_run_free(run);
    return status;
}
