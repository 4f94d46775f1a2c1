/* The optimum by cuts: a guess or floating rounds, then proved ones until the oracle is content.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A good guess (robust_guess.h) leaves nothing to do but its proof, or nothing at all where none is
 * asked for. Else: the floating rounds end when the oracle finds no new row. Then the last basis is
 * proved; where the oracle in rationals still finds a row, it is added and the relaxation proved
 * again. A proved relaxation obeys every row it has, so each such round adds rows that were not
 * there, of the finitely many that the sets' vertices give, and none is dropped: it ends. The time
 * limit is of all these rounds together; met, the floating answer from before them stands.
 *
 * Rows without a multiplier for several floating rounds are left out. Asking the oracle between the
 * relaxation's optimum and a robust mechanism (in-out separation) was tried: on discretised normals
 * it saved no pivots.
 */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/robust_floating.h"
#include "analysis/robust_guess.h"
#include "analysis/robust_relaxation.h"
#include "analysis/robust_solve.h"
#include "base/memory.h"
#include "lp/patience.h"

/* A cut without a multiplier in so many rounds running is left out. */
#define MOST_IDLE 5

typedef struct cutting {
    sb_robust_relaxation *relaxation;
    const sb_robust_options *options;
    sb_robust_solution *solution;
    sb_lp_result *result;
    sb_floating_oracle oracle;
    double tolerance;
    double *columns; /* the relaxation's optimum */
    double bound_at_drop;
    bool has_bound_at_drop;
    sb_lp_result
        unproved;    /* the floating answer, while it is being proved; without columns: none */
    double deadline; /* of the proof, on the clock of sb_seconds; 0: none */
    sb_error *error;
} cutting;

/* ---- rounds of either kind ---- */

static sb_status solve_relaxation(cutting *c, bool exact)
{
    if (c->options->most_rounds != 0 && c->solution->rounds >= c->options->most_rounds) {
        return sb_error_set(c->error, SB_ERROR_LIMIT, "the limit of %zu rounds is met",
                            c->options->most_rounds);
    }
    sb_lp_options options = c->options->lp;
    options.exact = exact;
    options.time_limit = c->deadline > 0 ? c->deadline - sb_seconds() : 0;
    if (exact && c->deadline > 0 && options.time_limit <= 0) {
        c->result->proof = SB_PROOF_NONE; /* the round before used up what there was */
        return SB_OK;
    }
    sb_status status = sb_robust_relaxation_solve(c->relaxation, &options, c->result, c->error);
    if (status == SB_OK) {
        sb_robust_solution_count(c->solution, c->result);
        c->solution->rounds++;
    }
    return status;
}

/* Add the found rows that are not there yet. */
static sb_status add_new(cutting *c, const sb_cut *found, size_t count, size_t *added)
{
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        if (!sb_robust_relaxation_has(c->relaxation, &found[k])) {
            status = sb_robust_relaxation_add(c->relaxation, &found[k], c->error);
            *added += status == SB_OK ? 1 : 0;
        }
    }
    return status;
}

/* ---- proved rounds ---- */

static sb_status separate_exactly(cutting *c, size_t *added)
{
    const sb_robust_program *program = &c->relaxation->program;
    bool ray = c->result->status == SB_LP_UNBOUNDED;
    sb_mechanism *mechanism = NULL;
    fmpq *worths = NULL;
    sb_cut *found = NULL;
    size_t count = 0;
    sb_status status =
        sb_robust_program_read(program, c->result->columns, ray, &mechanism, &worths, c->error);
    if (status == SB_OK) {
        sb_robust_question question = sb_robust_program_question(program);
        question.mechanism = mechanism;
        question.worths = worths;
        question.ray = ray;
        status = sb_robust_find(&question, &found, &count, c->error);
    }
    if (status == SB_OK) {
        status = add_new(c, found, count, added);
    }
    sb_cuts_free(found, count, program->signals);
    sb_mechanism_free(mechanism);
    sb_rationals_free(worths, program->types);
    return status;
}

/* Until the oracle in rationals is content, or a proof meets its limit: *proved says which. */
static sb_status run_exactly(cutting *c, bool *proved)
{
    sb_status status = SB_OK;
    *proved = true;
    double limit = c->options->lp.time_limit;
    c->deadline = limit > 0 ? sb_seconds() + limit : 0;
    for (size_t added = 1; status == SB_OK && *proved && added > 0;) {
        added = 0;
        status = solve_relaxation(c, true);
        *proved = status == SB_OK && c->result->proof == SB_PROOF_EXACT;
        if (*proved && c->result->columns != NULL) {
            status = separate_exactly(c, &added);
        }
    }
    return status;
}

/* ---- floating rounds ---- */

static sb_status separate(cutting *c, size_t *added)
{
    for (size_t column = 0; column < c->result->column_count; column++) {
        c->columns[column] = sb_rational_to_double(c->result->columns + column);
    }
    sb_cut *found = NULL;
    size_t count = 0;
    sb_status status =
        sb_floating_oracle_find(&c->oracle, c->columns, c->tolerance, &found, &count, c->error);
    if (status == SB_OK) {
        status = add_new(c, found, count, added);
        sb_cuts_free(found, count, c->relaxation->program.signals);
    }
    return status;
}

/* Leave out rows that have long been slack, where the bound has fallen since some last went. */
static sb_status drop_slack(cutting *c)
{
    double bound = sb_rational_to_double(&c->result->objective);
    if (c->has_bound_at_drop && bound > c->bound_at_drop - c->tolerance) {
        return SB_OK;
    }
    size_t dropped = 0;
    sb_status status = sb_robust_relaxation_drop(c->relaxation, MOST_IDLE, &dropped, c->error);
    if (dropped > 0) {
        c->bound_at_drop = bound;
        c->has_bound_at_drop = true;
    }
    return status;
}

static sb_status run_floating(cutting *c)
{
    sb_status status = SB_OK;
    for (size_t added = 1; status == SB_OK && added > 0;) {
        added = 0;
        status = solve_relaxation(c, false);
        if (status != SB_OK || c->result->columns == NULL) {
            return status;
        }
        if (c->result->status == SB_LP_UNBOUNDED) {
            status = separate_exactly(c, &added);
            continue;
        }
        status = drop_slack(c);
        if (status == SB_OK) {
            status = separate(c, &added);
        }
    }
    return status;
}

/* ---- the whole ---- */

static sb_status begin(cutting *c)
{
    const sb_robust_program *program = &c->relaxation->program;
    fmpq_t tolerance;
    fmpq_init(tolerance);
    sb_robust_options options = *c->options;
    options.lp.exact = false;
    sb_robust_tolerance(tolerance, program->environment, &options);
    c->tolerance = sb_rational_to_double(tolerance);
    fmpq_clear(tolerance);
    c->columns = sb_allocate(sb_lp_column_count(program->lp), sizeof *c->columns);
    if (c->columns == NULL) {
        return sb_out_of_memory(c->error);
    }
    return sb_floating_oracle_init(&c->oracle, program, c->error);
}

/* The guess as an answer, if the oracle finds it good enough. */
static sb_status take_answer(cutting *c, const sb_robust_guess *guess, sb_lp_result *answer,
                             bool *good)
{
    sb_status status = sb_robust_guess_result(guess, &c->relaxation->program, answer, c->error);
    for (size_t column = 0; status == SB_OK && column < answer->column_count; column++) {
        c->columns[column] = sb_rational_to_double(answer->columns + column);
    }
    *good = status == SB_OK && sb_floating_oracle_violation(&c->oracle, c->columns) <= c->tolerance;
    return status;
}

/* What the guess is good for without a proof: the answer, or one to fall back on. */
static sb_status use_numbers(cutting *c, const sb_robust_guess *guess, bool *guessed)
{
    bool good = false;
    if (c->options->lp.exact) {
        sb_status status = take_answer(c, guess, &c->unproved, &good);
        if (!good) {
            sb_lp_result_clear(&c->unproved);
        }
        return status;
    }
    sb_status status = take_answer(c, guess, c->result, &good);
    c->solution->rounds += good ? 1 : 0;
    *guessed = good;
    return status;
}

/* A guess: its rows, and the basis to prove or, where no proof is wanted, its numbers. */
static sb_status guess_first(cutting *c, bool *guessed)
{
    const sb_robust_program *program = &c->relaxation->program;
    sb_robust_guess guess;
    sb_robust_guess_init(&guess);
    sb_status status = sb_robust_guess_find(&guess, program->environment, program->set,
                                            program->objective, c->options->lp.cancel, c->error);
    *guessed = status == SB_OK && guess.found;
    if (*guessed) {
        status = use_numbers(c, &guess, guessed);
    }
    for (size_t k = 0; *guessed && status == SB_OK && k < guess.cut_count; k++) {
        status = sb_robust_relaxation_add(c->relaxation, &guess.cuts[k], c->error);
    }
    if (*guessed && status == SB_OK) {
        status = sb_robust_guess_start(&guess, program, c->relaxation->solver, c->error);
    }
    sb_robust_guess_clear(&guess);
    return status;
}

static void exchange(sb_lp_result *one, sb_lp_result *other)
{
    sb_lp_result first = *one;
    *one = *other;
    *other = first;
}

/* What is left where the proof met its limit: the floating optimum, found before or now. */
static sb_status fall_back(cutting *c)
{
    bool late = c->deadline > 0 && sb_seconds() >= c->deadline;
    char reason[sizeof c->result->reason];
    (void)snprintf(reason, sizeof reason, "%s", c->result->reason);
    if (late) {
        (void)snprintf(reason, sizeof reason, "the exact part met its time limit of %g s",
                       c->options->lp.time_limit);
    }
    sb_status status = SB_OK;
    if (c->unproved.columns != NULL) {
        exchange(c->result, &c->unproved);
    } else {
        c->deadline = 0;
        status = run_floating(c);
    }
    if (status == SB_OK && c->result->reason[0] == '\0') {
        (void)snprintf(c->result->reason, sizeof c->result->reason, "%s", reason);
    }
    return status;
}

static sb_status prove(cutting *c)
{
    if (c->result->status == SB_LP_OPTIMAL && c->result->columns != NULL) {
        exchange(c->result, &c->unproved);
    }
    bool proved = false;
    sb_status status = run_exactly(c, &proved);
    if (status == SB_ERROR_LIMIT && c->unproved.columns != NULL) {
        exchange(c->result, &c->unproved); /* what there is at the limit of rounds */
    }
    return status == SB_OK && !proved ? fall_back(c) : status;
}

sb_status sb_robust_cut(sb_robust_relaxation *relaxation, const sb_robust_options *options,
                        sb_robust_solution *solution, sb_lp_result *result, sb_error *error)
{
    cutting c = {.relaxation = relaxation,
                 .options = options,
                 .solution = solution,
                 .result = result,
                 .error = error};
    sb_lp_result_init(&c.unproved);
    bool guessed = false;
    sb_status status = begin(&c);
    if (status == SB_OK) {
        status = guess_first(&c, &guessed);
    }
    if (status == SB_OK && !guessed) {
        status = sb_robust_relaxation_begin(relaxation, false, error);
    }
    if (status == SB_OK && !guessed) {
        status = run_floating(&c);
    }
    if (status == SB_OK && options->lp.exact && result->proof != SB_PROOF_EXACT) {
        status = prove(&c);
    }
    solution->cuts = relaxation->count;
    sb_lp_result_clear(&c.unproved);
    sb_floating_oracle_clear(&c.oracle);
    free(c.columns);
    return status;
}
