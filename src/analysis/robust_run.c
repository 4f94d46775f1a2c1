/* The stepped run: a relaxation, the oracle's findings, the rows that the next relaxation adds.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rounds are kept for good, so a step back is a move of a marker, and a step forward over known
 * ground is one too; only a step from the last round computes. The relaxation is one linear program
 * that grows at its end and whose solver starts from its last basis. A cut whose dual was zero in
 * several rounds running is left out; then the optimum of the round stays what it was, so the
 * bounds still fall, and as each dropping follows a fall it cannot go on for ever.
 */
#include "analysis/robust_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lp/patience.h"

/* A cut without a multiplier in so many rounds running is left out: fewer where each round adds
 * more. Less patience was measured to cost rounds without end when cuts are added one by one. */
static const size_t most_idle[] = {[SB_CUTS_ONE] = 200, [SB_CUTS_PER_TYPE] = 30, [SB_CUTS_ALL] = 6};

/* ---- rounds ---- */

static void free_round(sb_robust_round *round, size_t signal_count)
{
    if (round == NULL) {
        return;
    }
    fmpq_clear(&round->objective);
    fmpq_clear(&round->violation);
    sb_mechanism_free(round->mechanism);
    sb_cuts_free(round->found, round->found_count, signal_count);
    free(round);
}

static sb_robust_round *new_round(size_t number)
{
    sb_robust_round *round = sb_allocate(1, sizeof *round);
    if (round != NULL) {
        round->round = number;
        fmpq_init(&round->objective);
        fmpq_init(&round->violation);
    }
    return round;
}

/* ---- one relaxation ---- */

/* A floating answer may break rows that it has, within the solver's own tolerance: adding them
 * again would help nobody. */
static void forget_present_rows(const sb_robust_run *run, sb_robust_round *round)
{
    size_t kept = 0;
    for (size_t k = 0; k < round->found_count; k++) {
        if (sb_robust_relaxation_has(&run->relaxation, &round->found[k])) {
            sb_cut_clear(&round->found[k], run->relaxation.program.signals);
        } else {
            round->found[kept++] = round->found[k];
        }
    }
    round->found_count = kept;
}

static sb_status ask_oracle(sb_robust_run *run, sb_robust_round *round, sb_error *error)
{
    sb_robust_question question = sb_robust_program_question(&run->relaxation.program);
    question.mechanism = round->mechanism;
    question.worths = run->worths;
    question.ray = round->status == SB_LP_UNBOUNDED;
    question.more_than = question.ray ? NULL : &run->tolerance;
    sb_status status = sb_robust_find(&question, &round->found, &round->found_count, error);
    if (status != SB_OK) {
        return status;
    }
    if (round->proof != SB_PROOF_EXACT) {
        forget_present_rows(run, round);
    }
    sb_robust_choose(round->found, round->found_count, run->options.choice);
    if (round->found_count > 0) {
        fmpq_set(&round->violation, &round->found[0].violation);
    }
    round->finished = round->found_count == 0;
    return SB_OK;
}

static sb_status read_round(sb_robust_run *run, const sb_lp_result *result, sb_robust_round *round,
                            sb_error *error)
{
    round->status = result->status;
    round->proof = result->proof;
    round->iterations = result->floating_iterations + result->exact_pivots;
    round->cut_count = run->relaxation.count;
    (void)snprintf(round->reason, sizeof round->reason, "%s", result->reason);
    round->finished = true;
    if (result->columns == NULL ||
        (result->status != SB_LP_OPTIMAL && result->status != SB_LP_UNBOUNDED)) {
        return SB_OK;
    }
    bool ray = result->status == SB_LP_UNBOUNDED;
    if (!ray) {
        fmpq_add(&round->objective, &result->objective, &run->relaxation.program.constant);
    }
    sb_rationals_free(run->worths, run->relaxation.program.types);
    run->worths = NULL;
    sb_status status = sb_robust_program_read(&run->relaxation.program, result->columns, ray,
                                              &round->mechanism, &run->worths, error);
    return status == SB_OK ? ask_oracle(run, round, error) : status;
}

static sb_status append_round(sb_robust_run *run, sb_error *error)
{
    if (!sb_grow(&run->rounds, &run->capacity, run->count + 1, sizeof(void *))) {
        return sb_out_of_memory(error);
    }
    sb_robust_round *round = new_round(run->count);
    if (round == NULL) {
        return sb_out_of_memory(error);
    }
    double began = sb_seconds();
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status =
        sb_robust_relaxation_solve(&run->relaxation, &run->options.lp, &result, error);
    if (status == SB_OK) {
        status = read_round(run, &result, round, error);
    }
    if (status != SB_OK) {
        sb_lp_result_clear(&result);
        free_round(round, run->relaxation.program.signals);
        return status;
    }
    sb_lp_result_clear(&result);
    round->dropped = run->dropped;
    round->seconds = sb_seconds() - began;
    run->rounds[run->count++] = round;
    run->has_dropped = false;
    run->dropped = run->pending = 0;
    return SB_OK;
}

/* ---- the rows between two rounds ---- */

/* Leave out what has long been slack, where the bound has fallen since rows last went: a row that
 * went at one bound can come back at a lower one only, so this ends. */
static sb_status drop_cuts(sb_robust_run *run, sb_error *error)
{
    const sb_robust_round *last = run->rounds[run->count - 1];
    if (run->has_dropped || last->status != SB_LP_OPTIMAL) {
        return SB_OK;
    }
    fmpq_t fall;
    fmpq_init(fall);
    fmpq_sub(fall, &run->bound_at_drop, &last->objective);
    bool fell = !run->has_bound_at_drop || fmpq_cmp(fall, &run->tolerance) > 0;
    fmpq_clear(fall);
    sb_status status = SB_OK;
    if (fell) {
        status = sb_robust_relaxation_drop(&run->relaxation, most_idle[run->options.choice],
                                           &run->dropped, error);
    }
    if (status == SB_OK && run->dropped > 0) {
        fmpq_set(&run->bound_at_drop, &last->objective);
        run->has_bound_at_drop = true;
    }
    run->has_dropped = status == SB_OK;
    return status;
}

static sb_status add_cuts(sb_robust_run *run, sb_error *error)
{
    const sb_robust_round *last = run->rounds[run->count - 1];
    sb_status status = SB_OK;
    while (status == SB_OK && run->pending < last->found_count) {
        const sb_cut *cut = &last->found[run->pending];
        status = cut->added ? sb_robust_relaxation_add(&run->relaxation, cut, error) : SB_OK;
        run->pending += status == SB_OK ? 1 : 0;
    }
    return status;
}

/* ---- the run ---- */

static sb_status begin(sb_robust_run *run, const sb_environment *environment,
                       const sb_consistent_set *set, sb_error *error)
{
    run->environment = sb_environment_copy(environment);
    if (run->environment == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = sb_consistent_set_copy(&run->set, set, error);
    if (status == SB_OK) {
        status = sb_robust_relaxation_init(&run->relaxation, run->environment, &run->set,
                                           run->options.objective, error);
    }
    if (status == SB_OK) {
        status = sb_robust_relaxation_begin(&run->relaxation,
                                            run->options.beginning == SB_CUTS_FROM_NOTHING, error);
    }
    if (status == SB_OK) {
        sb_robust_tolerance(&run->tolerance, run->environment, &run->options);
        status = append_round(run, error);
    }
    return status;
}

sb_status sb_robust_run_new(const sb_environment *environment, const sb_consistent_set *set,
                            const sb_robust_options *options, sb_robust_run **run, sb_error *error)
{
    *run = NULL;
    sb_status status = sb_robust_check_form(environment, set, error);
    if (status != SB_OK) {
        return status;
    }
    sb_robust_run *made = sb_allocate(1, sizeof *made);
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    made->options = options != NULL ? *options : SB_ROBUST_OPTIONS_DEFAULT;
    sb_consistent_set_init(&made->set);
    fmpq_init(&made->tolerance);
    fmpq_init(&made->bound_at_drop);
    status = begin(made, environment, set, error);
    if (status != SB_OK) {
        sb_robust_run_free(made);
        return status;
    }
    *run = made;
    return SB_OK;
}

void sb_robust_run_free(sb_robust_run *run)
{
    if (run == NULL) {
        return;
    }
    for (size_t k = 0; k < run->count; k++) {
        free_round(run->rounds[k], run->set.signal_count);
    }
    free(run->rounds);
    sb_rationals_free(run->worths, run->set.type_count);
    sb_robust_relaxation_clear(&run->relaxation);
    fmpq_clear(&run->tolerance);
    fmpq_clear(&run->bound_at_drop);
    sb_consistent_set_clear(&run->set);
    sb_environment_free(run->environment);
    free(run);
}

sb_status sb_robust_run_step(sb_robust_run *run, sb_error *error)
{
    if (run->current + 1 < run->count) {
        run->current++;
        return SB_OK;
    }
    if (run->rounds[run->current]->finished) {
        return SB_OK;
    }
    if (run->options.most_rounds != 0 && run->count > run->options.most_rounds) {
        return sb_error_set(error, SB_ERROR_LIMIT, "the limit of %zu rounds is met",
                            run->options.most_rounds);
    }
    sb_status status = drop_cuts(run, error);
    if (status == SB_OK) {
        status = add_cuts(run, error);
    }
    if (status == SB_OK) {
        status = append_round(run, error);
    }
    if (status == SB_OK) {
        run->current++;
    }
    return status;
}

bool sb_robust_run_back(sb_robust_run *run)
{
    if (run->current == 0) {
        return false;
    }
    run->current--;
    return true;
}

static bool is_enough(const sb_robust_round *round, const fmpq *violation)
{
    return round->finished || (violation != NULL && round->status == SB_LP_OPTIMAL &&
                               fmpq_cmp(&round->violation, violation) <= 0);
}

sb_status sb_robust_run_on(sb_robust_run *run, const fmpq *violation,
                           bool (*progress)(void *context, const sb_robust_round *round),
                           void *context, sb_error *error)
{
    sb_status status = SB_OK;
    while (status == SB_OK && !is_enough(run->rounds[run->current], violation)) {
        status = sb_robust_run_step(run, error);
        if (status == SB_OK && progress != NULL && !progress(context, run->rounds[run->current])) {
            status = sb_error_set(error, SB_ERROR_CANCELLED, "stopped after round %zu",
                                  run->rounds[run->current]->round);
        }
    }
    return status;
}

size_t sb_robust_run_current(const sb_robust_run *run)
{
    return run->current;
}

size_t sb_robust_run_count(const sb_robust_run *run)
{
    return run->count;
}

const sb_robust_round *sb_robust_run_round(const sb_robust_run *run, size_t round)
{
    return round < run->count ? run->rounds[round] : NULL;
}

const sb_environment *sb_robust_run_environment(const sb_robust_run *run)
{
    return run->environment;
}

const sb_consistent_set *sb_robust_run_set(const sb_robust_run *run)
{
    return &run->set;
}
