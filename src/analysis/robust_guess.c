/* The guess as a whole: from the environment to cuts and a basis.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_guess.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/robust_guess_parts.h"
#include "base/memory.h"
#include "lp/patience.h"

/* What the vertex may break, and its multipliers fall short of zero, in units of the values. */
#define GOOD_ENOUGH 1e-7

void sb_robust_guess_init(sb_robust_guess *guess)
{
    *guess = (sb_robust_guess){.reason = ""};
}

void sb_robust_guess_clear(sb_robust_guess *guess)
{
    sb_cuts_free(guess->cuts, guess->cut_count, guess->signal_count);
    free(guess->allocation);
    free(guess->payments);
    free(guess->worths);
    free(guess->multipliers);
    free(guess->allocation_stand);
    free(guess->payment_stand);
    free(guess->worth_stand);
    free(guess->post_rows);
    sb_robust_guess_init(guess);
}

/* ---- cuts ---- */

/* What the sum of a belief misses of 1, made up within the bounds: signal by signal as far as each
 * goes, so that at most one ends between its bounds. */
static void make_up(fmpq *belief, const fmpq *lower, const fmpq *upper, size_t signals,
                    fmpq_t missing)
{
    fmpq_t room;
    fmpq_init(room);
    for (size_t signal = 0; signal < signals && !fmpq_is_zero(missing); signal++) {
        bool raise = fmpq_sgn(missing) > 0;
        fmpq_sub(room, (raise ? upper : lower) + signal, belief + signal);
        bool enough = raise ? fmpq_cmp(room, missing) >= 0 : fmpq_cmp(room, missing) <= 0;
        const fmpq *step = enough ? missing : room;
        fmpq_add(belief + signal, belief + signal, step);
        fmpq_sub(missing, missing, step);
    }
    fmpq_clear(room);
}

/* A vertex in exact numbers; the estimate where the set is one belief as far as doubles see. Places
 * were chosen in doubles, so that what remains for one signal may lie outside its bounds: then it
 * goes to the bound, and others make up for it. */
static void exact_belief(fmpq *belief, const sb_consistent_set *set, size_t type,
                         const unsigned char *places)
{
    size_t last = SB_NOWHERE;
    fmpq_t rest;
    fmpq_init(rest);
    fmpq_one(rest);
    for (size_t signal = 0; signal < set->signal_count; signal++) {
        size_t at = type * set->signal_count + signal;
        if (places[signal] == SB_GUESS_REMAINDER) {
            last = signal;
            continue;
        }
        fmpq_set(belief + signal,
                 places[signal] == SB_GUESS_UPPER ? set->upper + at : set->lower + at);
        fmpq_sub(rest, rest, belief + signal);
    }
    for (size_t signal = 0; last == SB_NOWHERE && signal < set->signal_count; signal++) {
        fmpq_set(belief + signal, set->estimate + type * set->signal_count + signal);
    }
    if (last != SB_NOWHERE) {
        const fmpq *lower = set->lower + type * set->signal_count;
        const fmpq *upper = set->upper + type * set->signal_count;
        bool below = fmpq_cmp(rest, lower + last) < 0;
        bool above = fmpq_cmp(rest, upper + last) > 0;
        fmpq_set(belief + last, below ? lower + last : above ? upper + last : rest);
        fmpq_sub(rest, rest, belief + last);
        make_up(belief, lower, upper, set->signal_count, rest);
    }
    fmpq_clear(rest);
}

/* How many other reports a type may make before this one in their order. */
static size_t reports_before(const sb_environment *environment, size_t type, size_t report)
{
    size_t count = 0;
    for (size_t r = 0; r < environment->agents[0].type_count && r < report; r++) {
        count += r != type && sb_environment_may_report(environment, 0, type, r);
    }
    return count;
}

/* The number of an ex-post rule's row at one signal among the fixed rows: type by type, its
 * incentives report by report, then its participation. */
static size_t post_row(const sb_environment *environment, const sb_guess_group *group,
                       size_t signal)
{
    bool incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, 0) == SB_IC_EX_POST;
    bool participation =
        sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0) == SB_IR_EX_POST;
    size_t before = 0;
    for (size_t type = 0; type < group->type; type++) {
        before += (incentives ? reports_before(environment, type, SB_NOWHERE) : 0) + participation;
    }
    if (group->kind == SB_CUT_INCENTIVE || incentives) {
        before += reports_before(environment, group->type, group->report);
    }
    return before * environment->signal_count + signal;
}

static size_t remainder_of(const unsigned char *places, size_t signals)
{
    for (size_t signal = 0; signal < signals; signal++) {
        if (places[signal] == SB_GUESS_REMAINDER) {
            return signal;
        }
    }
    return 0;
}

static sb_status read_rows(sb_robust_guess *guess, const sb_guess_program *program,
                           const sb_guess_vertex *vertex, const sb_environment *environment,
                           const sb_consistent_set *set, sb_error *error)
{
    size_t signals = set->signal_count;
    guess->cuts = sb_allocate(vertex->row_count, sizeof *guess->cuts);
    guess->multipliers = sb_allocate(vertex->row_count, sizeof *guess->multipliers);
    guess->post_rows = sb_allocate(vertex->row_count, sizeof *guess->post_rows);
    if (guess->cuts == NULL || guess->multipliers == NULL || guess->post_rows == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < vertex->row_count; k++) {
        const sb_guess_row *row = &vertex->rows[k];
        const sb_guess_group *group = &program->groups[row->group];
        if (group->ex_post) {
            guess->post_rows[guess->post_count++] =
                post_row(environment, group, remainder_of(row->places, signals));
            continue;
        }
        fmpq *belief = sb_rationals_new(signals);
        if (belief == NULL) {
            return sb_out_of_memory(error);
        }
        sb_cut *cut = &guess->cuts[guess->cut_count];
        sb_cut_init(cut);
        cut->kind = group->kind;
        cut->type = group->type;
        cut->report = group->report;
        cut->belief = belief;
        cut->added = true;
        exact_belief(belief, set, group->type, row->places);
        guess->multipliers[guess->cut_count++] = row->multiplier;
    }
    return SB_OK;
}

/* ---- columns ---- */

static sb_guess_stand stand_of(const sb_guess_program *program, const sb_guess_vertex *vertex,
                               size_t variable)
{
    if (!vertex->fixed[variable]) {
        return SB_GUESS_BASIC;
    }
    double middle = (program->least[variable] + program->most[variable]) / 2;
    return vertex->point[variable] > middle ? SB_GUESS_AT_MOST : SB_GUESS_AT_LEAST;
}

static sb_status read_columns(sb_robust_guess *guess, const sb_guess_program *program,
                              const sb_guess_vertex *vertex, sb_error *error)
{
    size_t cells = program->types * program->signals;
    guess->allocation = sb_allocate(cells, sizeof *guess->allocation);
    guess->payments = sb_allocate(cells, sizeof *guess->payments);
    guess->worths = sb_allocate(program->types, sizeof *guess->worths);
    guess->allocation_stand = sb_allocate(cells, sizeof *guess->allocation_stand);
    guess->payment_stand = sb_allocate(cells, sizeof *guess->payment_stand);
    guess->worth_stand = sb_allocate(program->types, sizeof *guess->worth_stand);
    if (guess->allocation == NULL || guess->payments == NULL || guess->worths == NULL ||
        guess->allocation_stand == NULL || guess->payment_stand == NULL ||
        guess->worth_stand == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; cell < cells; cell++) {
        size_t type = cell / program->signals;
        size_t signal = cell % program->signals;
        size_t allocation = sb_guess_allocation(program, type) + signal;
        size_t payment = sb_guess_payment(program, type) + signal;
        guess->allocation[cell] = vertex->point[allocation];
        guess->payments[cell] = vertex->point[payment] * program->unit;
        guess->allocation_stand[cell] = stand_of(program, vertex, allocation);
        guess->payment_stand[cell] = stand_of(program, vertex, payment);
    }
    for (size_t type = 0; type < program->types && program->worst_case; type++) {
        guess->worths[type] = vertex->point[sb_guess_expected(program, type)] * program->unit;
        guess->worth_stand[type] = stand_of(program, vertex, sb_guess_expected(program, type));
    }
    return SB_OK;
}

/* ---- finding ---- */

static sb_status find(sb_robust_guess *guess, const sb_guess_program *program,
                      const sb_environment *environment, const sb_consistent_set *set,
                      const atomic_bool *cancel, sb_error *error)
{
    sb_guess_interior interior;
    bool converged = false;
    sb_status status = sb_guess_interior_solve(program, cancel, &interior, &converged, error);
    if (status != SB_OK) {
        return status;
    }
    guess->iterations = interior.iterations;
    if (!converged) {
        guess->reason = "the interior point method did not converge";
        sb_guess_interior_clear(&interior);
        return SB_OK;
    }
    sb_guess_vertex vertex;
    status = sb_guess_vertex_find(program, &interior, cancel, &vertex, error);
    sb_guess_interior_clear(&interior);
    if (status != SB_OK) {
        return status;
    }
    guess->objective = vertex.objective;
    guess->violation = vertex.violation;
    guess->smallest_multiplier = vertex.smallest_multiplier;
    guess->pushes = vertex.pushes;
    bool holds = vertex.violation <= GOOD_ENOUGH * program->unit &&
                 vertex.smallest_multiplier >= -GOOD_ENOUGH;
    guess->found = vertex.reached && holds;
    guess->reason = !vertex.reached ? "the objective grows without end"
                    : !holds        ? "the vertex is no optimum"
                                    : "";
    status = read_rows(guess, program, &vertex, environment, set, error);
    if (status == SB_OK) {
        status = read_columns(guess, program, &vertex, error);
    }
    sb_guess_vertex_clear(&vertex);
    return status;
}

sb_status sb_robust_guess_find(sb_robust_guess *guess, const sb_environment *environment,
                               const sb_consistent_set *set, sb_robust_objective objective,
                               const atomic_bool *cancel, sb_error *error)
{
    double began = sb_seconds();
    sb_robust_guess_clear(guess);
    guess->type_count = set->type_count;
    guess->signal_count = set->signal_count;
    sb_guess_program program;
    sb_status status =
        sb_guess_program_build(&program, environment, set, objective, &guess->reason, error);
    if (status == SB_OK && guess->reason == NULL) {
        guess->reason = "";
        status = find(guess, &program, environment, set, cancel, error);
        sb_guess_program_clear(&program);
    }
    if (status != SB_OK) {
        sb_robust_guess_clear(guess);
    }
    guess->seconds = sb_seconds() - began;
    return status;
}

/* ---- starting ---- */

static void set_column(bool *basic, bool *upper, size_t column, sb_guess_stand stand)
{
    basic[column] = stand == SB_GUESS_BASIC;
    upper[column] = stand == SB_GUESS_AT_MOST;
}

sb_status sb_robust_guess_start(const sb_robust_guess *guess, const sb_robust_program *program,
                                sb_lp_solver *solver, sb_error *error)
{
    size_t columns = sb_lp_column_count(program->lp);
    size_t rows = sb_lp_row_count(program->lp);
    size_t cells = program->types * program->signals;
    bool *basic = sb_allocate(columns + rows, sizeof *basic);
    bool *upper = sb_allocate(columns, sizeof *upper);
    if (basic == NULL || upper == NULL) {
        free(basic);
        free(upper);
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; cell < cells; cell++) {
        set_column(basic, upper, cell, guess->allocation_stand[cell]);
        set_column(basic, upper, program->first_payment + cell, guess->payment_stand[cell]);
    }
    for (size_t type = 0; type < program->types; type++) {
        if (program->worths[type] != SB_NOWHERE) {
            set_column(basic, upper, program->worths[type], guess->worth_stand[type]);
        }
    }
    for (size_t row = 0; row < program->fixed_rows; row++) {
        basic[columns + row] = true;
    }
    for (size_t k = 0; k < guess->post_count; k++) {
        basic[columns + guess->post_rows[k]] = false;
    }
    sb_status status =
        sb_lp_solver_trust(solver, program->lp, basic, basic + columns, upper, error);
    free(basic);
    free(upper);
    return status;
}

/* ---- as an answer ---- */

/* What the objective counts of a type if the last outcome is chosen; a program's worths leave it
 * out. */
static double base_of(const sb_robust_program *program, size_t type)
{
    const sb_environment *environment = program->environment;
    return sb_rational_to_double(&program->weights.designer) *
               sb_rational_to_double(&environment->designer[1]) +
           sb_rational_to_double(&program->weights.agents) *
               sb_rational_to_double(&environment->agents[0].utilities[2 * type + 1]);
}

sb_status sb_robust_guess_result(const sb_robust_guess *guess, const sb_robust_program *program,
                                 sb_lp_result *result, sb_error *error)
{
    size_t cells = program->types * program->signals;
    sb_lp_result_clear(result);
    result->column_count = sb_lp_column_count(program->lp);
    result->row_count = sb_lp_row_count(program->lp);
    result->columns = sb_rationals_new(result->column_count);
    if (result->columns == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; cell < cells; cell++) {
        double probability = fmax(0, fmin(1, guess->allocation[cell]));
        sb_rational_from_double(result->columns + cell, probability);
        sb_rational_from_double(result->columns + program->first_payment + cell,
                                guess->payments[cell]);
    }
    for (size_t type = 0; type < program->types; type++) {
        if (program->worths[type] != SB_NOWHERE) {
            sb_rational_from_double(result->columns + program->worths[type],
                                    guess->worths[type] - base_of(program, type));
        }
    }
    for (size_t column = 0; column < result->column_count; column++) {
        fmpq_addmul(&result->objective, sb_lp_column(program->lp, column).cost,
                    result->columns + column);
    }
    result->status = SB_LP_OPTIMAL;
    result->proof = SB_PROOF_FLOATING;
    result->largest_violation = guess->violation;
    return SB_OK;
}
