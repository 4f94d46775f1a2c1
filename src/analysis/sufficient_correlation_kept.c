/* The largest ball on which a mechanism keeps its rules and its revenue, exactly.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The smallest q . c over the q within delta of p in the 1-norm takes delta / 2 of mass from the
 * signals where c is largest to one where it is smallest:
 *
 *     h(delta) = p . c - integral over mass m from 0 to delta / 2 of (c of the m-th unit - min c),
 *
 * convex, falling, and straight between the breakpoints where a signal's mass is used up. A row
 * breaks at the root of its h; revenue is the mean of such functions, one a type, so that Newton's
 * method from 0 never passes the root and, pieces being finite in number, arrives at it.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/sufficient_correlation.h"

typedef struct kept_search {
    const sb_environment *environment;
    const sb_mechanism *mechanism;
    sb_kept_ball *ball;
    size_t count;  /* signals */
    fmpq *belief;  /* of the type at hand */
    fmpq *numbers; /* c */
    size_t *order; /* signals by c, the largest first */
    fmpq_t value, slope;
    sb_error *error;
} kept_search;

void sb_kept_ball_init(sb_kept_ball *ball)
{
    *ball = (sb_kept_ball){.unlimited = true};
    fmpq_init(&ball->radius);
    ball->constraint = (sb_constraint){
        SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
}

void sb_kept_ball_clear(sb_kept_ball *ball)
{
    fmpq_clear(&ball->radius);
    sb_rationals_free(ball->belief, ball->signal_count);
    sb_kept_ball_init(ball);
}

/* ---- h ---- */

static void sort_by_number(kept_search *search)
{
    for (size_t k = 0; k < search->count; k++) {
        size_t at = k;
        for (; at > 0 && fmpq_cmp(search->numbers + k, search->numbers + search->order[at - 1]) > 0;
             at--) {
            search->order[at] = search->order[at - 1];
        }
        search->order[at] = k;
    }
}

static size_t smallest_of(const kept_search *search)
{
    return search->order[search->count - 1];
}

/* h at delta and its slope to the right; numbers sorted. */
static void look_at(kept_search *search, const fmpq_t delta)
{
    const fmpq *least = search->numbers + smallest_of(search);
    fmpq_t left, gap;
    fmpq_init(left);
    fmpq_init(gap);
    sb_rationals_dot(search->value, search->belief, search->numbers, search->count);
    fmpq_zero(search->slope);
    fmpq_div_2exp(left, delta, 1);
    for (size_t k = 0; k < search->count; k++) {
        const fmpq *mass = search->belief + search->order[k];
        fmpq_sub(gap, search->numbers + search->order[k], least);
        if (fmpq_cmp(left, mass) < 0) {
            fmpq_submul(search->value, left, gap);
            fmpq_div_2exp(search->slope, gap, 1);
            fmpq_neg(search->slope, search->slope);
            break;
        }
        fmpq_submul(search->value, mass, gap);
        fmpq_sub(left, left, mass);
    }
    fmpq_clear(left);
    fmpq_clear(gap);
}

/* The belief at which h is attained. */
static sb_status keep_belief(kept_search *search, const fmpq_t delta)
{
    fmpq *belief = sb_rationals_copy(search->belief, search->count);
    if (belief == NULL) {
        return sb_out_of_memory(search->error);
    }
    fmpq_t left, moved;
    fmpq_init(left);
    fmpq_init(moved);
    fmpq_div_2exp(left, delta, 1);
    for (size_t k = 0; k < search->count; k++) {
        fmpq *mass = belief + search->order[k];
        fmpq_set(moved, fmpq_cmp(left, mass) < 0 ? left : mass);
        fmpq_sub(mass, mass, moved);
        fmpq_add(belief + smallest_of(search), belief + smallest_of(search), moved);
        fmpq_sub(left, left, moved);
        if (k + 1 == search->count || fmpq_is_zero(left)) {
            break;
        }
    }
    fmpq_clear(left);
    fmpq_clear(moved);
    sb_rationals_free(search->ball->belief, search->ball->signal_count);
    search->ball->belief = belief;
    search->ball->signal_count = search->count;
    return SB_OK;
}

/* ---- rules ---- */

static sb_status say_broken(kept_search *search, const sb_constraint *constraint)
{
    char *rule = sb_constraint_describe(search->environment, constraint);
    if (rule == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_status status =
        sb_error_set(search->error, SB_ERROR_INPUT,
                     "there is no ball: at the prior itself it is not so that %s", rule);
    free(rule);
    return status;
}

/* The row whose coefficients are in numbers. */
static sb_status look_at_row(kept_search *search, const sb_constraint *constraint)
{
    sb_kept_ball *ball = search->ball;
    sort_by_number(search);
    if (fmpq_sgn(search->numbers + smallest_of(search)) >= 0) {
        return SB_OK; /* holds for every belief */
    }
    fmpq_t delta;
    fmpq_init(delta);
    look_at(search, delta);
    sb_status status = SB_OK;
    if (fmpq_sgn(search->value) < 0) {
        status = say_broken(search, constraint);
    } else {
        while (fmpq_sgn(search->value) > 0) {
            fmpq_div(search->value, search->value, search->slope);
            fmpq_sub(delta, delta, search->value);
            look_at(search, delta);
        }
        if (ball->unlimited || fmpq_cmp(delta, &ball->radius) < 0) {
            ball->unlimited = false;
            ball->constraint = *constraint;
            fmpq_set(&ball->radius, delta);
            status = keep_belief(search, delta);
        }
    }
    fmpq_clear(delta);
    return status;
}

/* Truth less lie, or less the outside option where report is SB_NOWHERE. */
static void find_gains(kept_search *search, size_t type, size_t report)
{
    fmpq_t other;
    fmpq_init(other);
    fmpq_set(other, search->environment->agents[0].outside + type);
    for (size_t k = 0; k < search->count; k++) {
        sb_mechanism_utility(search->numbers + k, search->environment, search->mechanism, 0, type,
                             type, k);
        if (report != SB_NOWHERE) {
            sb_mechanism_utility(other, search->environment, search->mechanism, 0, type, report, k);
        }
        fmpq_sub(search->numbers + k, search->numbers + k, other);
    }
    fmpq_clear(other);
}

static sb_status look_at_type(kept_search *search, size_t type)
{
    const sb_environment *environment = search->environment;
    if (!sb_environment_conditional(search->belief, environment, 0, type)) {
        return SB_OK;
    }
    sb_constraint rule = {SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, 0, type, SB_NOWHERE, SB_NOWHERE};
    bool interim = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, 0) == SB_IC_BAYES_NASH;
    sb_status status = SB_OK;
    for (size_t report = 0;
         interim && status == SB_OK && report < environment->agents[0].type_count; report++) {
        if (report != type && sb_environment_may_report(environment, 0, type, report)) {
            rule.report = report;
            find_gains(search, type, report);
            status = look_at_row(search, &rule);
        }
    }
    if (status == SB_OK &&
        sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0) == SB_IR_EX_INTERIM) {
        rule.kind = SB_CONSTRAINT_PARTICIPATION;
        rule.report = SB_NOWHERE;
        find_gains(search, type, SB_NOWHERE);
        status = look_at_row(search, &rule);
    }
    return status;
}

/* ---- revenue ---- */

/* What a truthful type brings at each signal: its payment and the designer's value. */
static void find_receipts(kept_search *search, size_t type)
{
    const sb_mechanism *mechanism = search->mechanism;
    for (size_t k = 0; k < search->count; k++) {
        size_t profile = sb_environment_profile_of(search->environment, 0, type, k);
        sb_rationals_dot(search->numbers + k,
                         mechanism->allocation + profile * mechanism->outcome_count,
                         search->environment->designer, mechanism->outcome_count);
        fmpq_add(search->numbers + k, search->numbers + k, mechanism->payments + profile);
    }
}

/* Worst revenue at delta, and its slope to the right. */
static void find_revenue(kept_search *search, const fmpq_t delta, fmpq_t revenue, fmpq_t slope)
{
    fmpq_t share;
    fmpq_init(share);
    fmpq_zero(revenue);
    fmpq_zero(slope);
    for (size_t type = 0; type < search->environment->agents[0].type_count; type++) {
        if (sb_environment_conditional(search->belief, search->environment, 0, type)) {
            sb_environment_marginal(share, search->environment, 0, type);
            find_receipts(search, type);
            sort_by_number(search);
            look_at(search, delta);
            fmpq_addmul(revenue, share, search->value);
            fmpq_addmul(slope, share, search->slope);
        }
    }
    fmpq_clear(share);
}

static sb_status look_at_revenue(kept_search *search, const fmpq_t least)
{
    sb_kept_ball *ball = search->ball;
    fmpq_t delta, revenue, slope;
    fmpq_init(delta);
    fmpq_init(revenue);
    fmpq_init(slope);
    sb_status status = SB_OK;
    find_revenue(search, delta, revenue, slope);
    if (fmpq_cmp(revenue, least) < 0) {
        status = sb_error_set(search->error, SB_ERROR_INPUT,
                              "there is no ball: at the prior itself the mechanism earns less than "
                              "is asked for");
    }
    /* flat: the smallest receipts of all types are certain, it never falls again */
    while (status == SB_OK && fmpq_cmp(revenue, least) > 0 && fmpq_sgn(slope) < 0) {
        fmpq_sub(revenue, revenue, least);
        fmpq_div(revenue, revenue, slope);
        fmpq_sub(delta, delta, revenue);
        find_revenue(search, delta, revenue, slope);
    }
    bool limited = fmpq_sgn(slope) < 0;
    if (status == SB_OK && limited && (ball->unlimited || fmpq_cmp(delta, &ball->radius) < 0)) {
        ball->unlimited = false;
        ball->by_revenue = true;
        fmpq_set(&ball->radius, delta);
        sb_rationals_free(ball->belief, ball->signal_count);
        ball->belief = NULL;
    }
    fmpq_clear(delta);
    fmpq_clear(revenue);
    fmpq_clear(slope);
    return status;
}

/* ---- all ---- */

static sb_status check_shape(const sb_environment *environment, const sb_mechanism *mechanism,
                             sb_error *error)
{
    if (environment->agent_count != 1) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "balls of beliefs are measured for one agent and a signal");
    }
    if (mechanism->agent_count != 1 || mechanism->outcome_count != environment->outcome_count ||
        mechanism->profile_count != sb_environment_profile_count(environment)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the mechanism was made for an environment of another shape");
    }
    return SB_OK;
}

static sb_status search_all(kept_search *search, const fmpq_t least)
{
    sb_status status = SB_OK;
    if (search->belief == NULL || search->numbers == NULL || search->order == NULL) {
        status = sb_out_of_memory(search->error);
    }
    for (size_t type = 0; status == SB_OK && type < search->environment->agents[0].type_count;
         type++) {
        status = look_at_type(search, type);
    }
    return status == SB_OK ? look_at_revenue(search, least) : status;
}

sb_status sb_keeps_optimum(const sb_environment *environment, const sb_mechanism *mechanism,
                           const fmpq_t least, sb_kept_ball *ball, sb_error *error)
{
    sb_kept_ball_clear(ball);
    sb_status status = check_shape(environment, mechanism, error);
    if (status != SB_OK) {
        return status;
    }
    kept_search search = {.environment = environment,
                          .mechanism = mechanism,
                          .ball = ball,
                          .count = sb_environment_others_count(environment, 0),
                          .error = error};
    search.belief = sb_rationals_new(search.count);
    search.numbers = sb_rationals_new(search.count);
    search.order = sb_allocate(search.count, sizeof *search.order);
    fmpq_init(search.value);
    fmpq_init(search.slope);
    status = search_all(&search, least);
    sb_rationals_free(search.belief, search.count);
    sb_rationals_free(search.numbers, search.count);
    free(search.order);
    fmpq_clear(search.value);
    fmpq_clear(search.slope);
    if (status != SB_OK) {
        sb_kept_ball_clear(ball);
    }
    return status;
}
