/* The compact program: each inner minimum replaced by its linear programming dual.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Write a belief as q = lower + s. What is left to minimise over is
 *
 *     min c s   subject to  sum s = m,  0 <= s <= d,  l <= A s <= u
 *
 * with m = 1 - sum lower and d = upper - lower, and its dual is
 *
 *     max m lambda - d beta + l gamma - u delta
 *     subject to  lambda - beta(omega) + A(., omega) (gamma - delta) <= c(omega)  for each omega,
 *
 * beta, gamma, delta >= 0. So "the minimum is at least so much" becomes: some lambda, beta, gamma,
 * delta make c lower + (the dual's value) at least so much. Signals with d = 0 need no row. Where
 * the set is one point, so is the row.
 */
#include "analysis/robust_solve.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct compacting {
    sb_robust_program *program;
    sb_cut_kind kind;
    size_t type, report;
    size_t lambda;
    size_t *beta;          /* by signal; SB_NOWHERE where d = 0 */
    size_t *gamma, *delta; /* by constraint; SB_NOWHERE where it does not apply */
    fmpq *width;           /* d */
    fmpq *ones;
    sb_error *error;
} compacting;

static const fmpq *lower_of(const compacting *c)
{
    return c->program->set->lower + c->type * c->program->signals;
}

/* m */
static void set_rest(fmpq_t rest, const compacting *c)
{
    fmpq_t sum;
    fmpq_init(sum);
    sb_rationals_sum(sum, lower_of(c), c->program->signals);
    fmpq_one(rest);
    fmpq_sub(rest, rest, sum);
    fmpq_clear(sum);
}

static sb_status add_multiplier(const compacting *c, size_t *column)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_status status = sb_lp_add_column(c->program->lp, NULL, zero, NULL, NULL, column, c->error);
    fmpq_clear(zero);
    return status;
}

static sb_status add_columns(compacting *c)
{
    const sb_consistent_set *set = c->program->set;
    sb_status status =
        sb_lp_add_column(c->program->lp, NULL, NULL, NULL, NULL, &c->lambda, c->error);
    for (size_t signal = 0; status == SB_OK && signal < c->program->signals; signal++) {
        c->beta[signal] = SB_NOWHERE;
        if (!fmpq_is_zero(c->width + signal)) {
            status = add_multiplier(c, &c->beta[signal]);
        }
    }
    for (size_t k = 0; status == SB_OK && k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        bool applies = constraint->type == c->type || constraint->type == SB_EVERY_TYPE;
        c->gamma[k] = c->delta[k] = SB_NOWHERE;
        if (applies && constraint->has_lower) {
            status = add_multiplier(c, &c->gamma[k]);
        }
        if (status == SB_OK && applies && constraint->has_upper) {
            status = add_multiplier(c, &c->delta[k]);
        }
    }
    return status;
}

/* l gamma - u delta, the bounds counted from what `lower` gives already. */
static void add_constraint_terms(const compacting *c)
{
    const sb_consistent_set *set = c->program->set;
    fmpq_t given, bound;
    fmpq_init(given);
    fmpq_init(bound);
    for (size_t k = 0; k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        sb_rationals_dot(given, constraint->coefficients, lower_of(c), c->program->signals);
        if (c->gamma[k] != SB_NOWHERE) {
            fmpq_sub(bound, &constraint->lower, given);
            sb_robust_program_add_term(c->program, c->gamma[k], bound, false);
        }
        if (c->delta[k] != SB_NOWHERE) {
            fmpq_sub(bound, &constraint->upper, given);
            sb_robust_program_add_term(c->program, c->delta[k], bound, true);
        }
    }
    fmpq_clear(given);
    fmpq_clear(bound);
}

static sb_status finish_main_row(const compacting *c)
{
    fmpq_t least;
    fmpq_init(least);
    sb_robust_program_add_worth(c->program, c->kind, c->type);
    sb_robust_program_least(least, c->program, c->kind, c->type);
    sb_status status = sb_robust_program_end_row(c->program, least, c->error);
    fmpq_clear(least);
    return status;
}

/* Begin the row of the minimum: c lower. */
static void begin_main_row(const compacting *c)
{
    sb_robust_program_begin_row(c->program);
    for (size_t signal = 0; signal < c->program->signals; signal++) {
        if (!fmpq_is_zero(lower_of(c) + signal)) {
            sb_robust_program_add_rule(c->program, c->kind, c->type, c->report, signal,
                                       lower_of(c) + signal);
        }
    }
}

/* c(omega) - lambda + beta(omega) - A(., omega) (gamma - delta) >= 0 */
static sb_status add_dual_row(const compacting *c, size_t signal)
{
    const sb_consistent_set *set = c->program->set;
    fmpq_t zero;
    fmpq_init(zero);
    sb_robust_program_begin_row(c->program);
    sb_robust_program_add_rule(c->program, c->kind, c->type, c->report, signal, c->ones);
    sb_robust_program_add_term(c->program, c->lambda, c->ones, true);
    sb_robust_program_add_term(c->program, c->beta[signal], c->ones, false);
    for (size_t k = 0; k < set->constraint_count; k++) {
        const fmpq *coefficient = set->constraints[k].coefficients + signal;
        if (c->gamma[k] != SB_NOWHERE) {
            sb_robust_program_add_term(c->program, c->gamma[k], coefficient, true);
        }
        if (c->delta[k] != SB_NOWHERE) {
            sb_robust_program_add_term(c->program, c->delta[k], coefficient, false);
        }
    }
    sb_status status = sb_robust_program_end_row(c->program, zero, c->error);
    fmpq_clear(zero);
    return status;
}

static sb_status add_rule(compacting *c)
{
    fmpq_t rest;
    fmpq_init(rest);
    set_rest(rest, c);
    bool point = fmpq_is_zero(rest) != 0;
    sb_status status = point ? SB_OK : add_columns(c);
    if (status == SB_OK) {
        begin_main_row(c);
        if (!point) {
            sb_robust_program_add_term(c->program, c->lambda, rest, false);
            add_constraint_terms(c);
        }
        for (size_t signal = 0; !point && signal < c->program->signals; signal++) {
            if (c->beta[signal] != SB_NOWHERE) {
                sb_robust_program_add_term(c->program, c->beta[signal], c->width + signal, true);
            }
        }
        status = finish_main_row(c);
    }
    for (size_t signal = 0; status == SB_OK && !point && signal < c->program->signals; signal++) {
        if (c->beta[signal] != SB_NOWHERE) {
            status = add_dual_row(c, signal);
        }
    }
    fmpq_clear(rest);
    return status;
}

static sb_status add_asked_rule(compacting *c, sb_cut_kind kind, size_t report)
{
    if (!sb_robust_program_asks(c->program, kind, c->type, report)) {
        return SB_OK;
    }
    c->kind = kind;
    c->report = report;
    return add_rule(c);
}

static sb_status add_type(compacting *c)
{
    const sb_robust_program *program = c->program;
    for (size_t signal = 0; signal < program->signals; signal++) {
        size_t k = c->type * program->signals + signal;
        fmpq_sub(c->width + signal, program->set->upper + k, program->set->lower + k);
    }
    sb_status status = SB_OK;
    for (size_t report = 0; status == SB_OK && report < program->types; report++) {
        status = add_asked_rule(c, SB_CUT_INCENTIVE, report);
    }
    if (status == SB_OK) {
        status = add_asked_rule(c, SB_CUT_PARTICIPATION, SB_NOWHERE);
    }
    return status == SB_OK ? add_asked_rule(c, SB_CUT_OBJECTIVE, SB_NOWHERE) : status;
}

sb_status sb_robust_program_add_compact(sb_robust_program *program, sb_error *error)
{
    compacting c = {.program = program, .error = error};
    size_t constraints = program->set->constraint_count;
    c.beta = sb_allocate(program->signals, sizeof *c.beta);
    c.gamma = sb_allocate(constraints, sizeof *c.gamma);
    c.delta = sb_allocate(constraints, sizeof *c.delta);
    c.width = sb_rationals_new(program->signals);
    c.ones = sb_rationals_new(1);
    sb_status status = SB_OK;
    if (c.beta == NULL || c.gamma == NULL || c.delta == NULL || c.width == NULL || c.ones == NULL) {
        status = sb_out_of_memory(error);
    } else {
        fmpq_one(c.ones);
    }
    for (c.type = 0; status == SB_OK && c.type < program->types; c.type++) {
        status = add_type(&c);
    }
    free(c.beta);
    free(c.gamma);
    free(c.delta);
    sb_rationals_free(c.width, program->signals);
    sb_rationals_free(c.ones, 1);
    return status;
}
