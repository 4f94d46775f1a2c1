/* The safe radius of a mechanism, exactly.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Let h(delta) be the smallest q . c over the box of radius delta. Mass goes where c is smallest:
 * all q start at their lower ends max(0, p - delta), and what is left of the sum 1 fills them up to
 * p + delta, smallest c first. Each of these quantities is linear in delta just above a given one,
 * so they are carried as pairs (value, slope), compared by value and then by slope; h comes out
 * with its right-hand slope.
 *
 * h is convex and falls, so Newton's method from a delta with h >= 0 never passes the root, and, h
 * being made of finitely many straight pieces, arrives at it.
 */
#include "sidebet/safe_radius.h"

#include <stdlib.h>

#include "base/memory.h"

/* value + slope * epsilon, for a small epsilon > 0 */
typedef struct moving {
    fmpq_t value, slope;
} moving;

typedef struct radius_search {
    const sb_environment *environment;
    const sb_mechanism *mechanism;
    sb_safe_radius *radius;
    size_t count;         /* others of the agent at hand */
    fmpq *belief;         /* of the type at hand */
    fmpq *gains;          /* c, of the row at hand */
    fmpq *worst;          /* the q of the last look at h */
    size_t *order;        /* others by c */
    moving left, room, h; /* scratch and result of look_at */
    fmpq_t delta;
    sb_error *error;
} radius_search;

void sb_safe_radius_init(sb_safe_radius *radius)
{
    *radius = (sb_safe_radius){.unlimited = true};
    fmpq_init(&radius->radius);
    radius->constraint = (sb_constraint){
        SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
}

void sb_safe_radius_clear(sb_safe_radius *radius)
{
    fmpq_clear(&radius->radius);
    sb_rationals_free(radius->belief, radius->others_count);
    sb_safe_radius_init(radius);
}

/* ---- h ---- */

static void moving_init(moving *number)
{
    fmpq_init(number->value);
    fmpq_init(number->slope);
}

static void moving_clear(moving *number)
{
    fmpq_clear(number->value);
    fmpq_clear(number->slope);
}

static int moving_compare(const moving *left, const moving *right)
{
    int order = fmpq_cmp(left->value, right->value);
    return order != 0 ? order : fmpq_cmp(left->slope, right->slope);
}

/* The lower end of a probability in the box: p - delta, or 0. */
static bool lower_end_moves(const radius_search *search, size_t k)
{
    return fmpq_cmp(search->belief + k, search->delta) > 0;
}

static void start_at_lower_ends(radius_search *search)
{
    fmpq_one(search->left.value);
    fmpq_zero(search->left.slope);
    for (size_t k = 0; k < search->count; k++) {
        fmpq_zero(search->worst + k);
        if (lower_end_moves(search, k)) {
            fmpq_sub(search->worst + k, search->belief + k, search->delta);
            fmpq_sub(search->left.value, search->left.value, search->worst + k);
            fmpq_add_si(search->left.slope, search->left.slope, 1);
            fmpq_sub(search->h.slope, search->h.slope, search->gains + k);
        }
        fmpq_addmul(search->h.value, search->gains + k, search->worst + k);
    }
}

/* Fill one probability up; the rest of the mass stays in search->left. */
static void fill(radius_search *search, size_t k)
{
    moving *room = &search->room, *left = &search->left;
    fmpq_add(room->value, search->belief + k, search->delta);
    fmpq_sub(room->value, room->value, search->worst + k);
    fmpq_set_si(room->slope, lower_end_moves(search, k) ? 2 : 1, 1);
    if (moving_compare(left, room) < 0) {
        fmpq_set(room->value, left->value);
        fmpq_set(room->slope, left->slope);
    }
    fmpq_add(search->worst + k, search->worst + k, room->value);
    fmpq_addmul(search->h.value, search->gains + k, room->value);
    fmpq_addmul(search->h.slope, search->gains + k, room->slope);
    fmpq_sub(left->value, left->value, room->value);
    fmpq_sub(left->slope, left->slope, room->slope);
}

/* h at search->delta, its slope to the right, and a q that attains it. */
static void look_at_delta(radius_search *search)
{
    fmpq_zero(search->h.value);
    fmpq_zero(search->h.slope);
    start_at_lower_ends(search);
    for (size_t k = 0; k < search->count; k++) {
        fill(search, search->order[k]);
    }
}

/* ---- one row ---- */

/* Few others and nearly sorted lists: insertion. */
static void sort_by_gain(radius_search *search)
{
    for (size_t k = 0; k < search->count; k++) {
        size_t at = k;
        for (; at > 0 && fmpq_cmp(search->gains + k, search->gains + search->order[at - 1]) < 0;
             at--) {
            search->order[at] = search->order[at - 1];
        }
        search->order[at] = k;
    }
}

static sb_status say_broken(radius_search *search, const sb_constraint *constraint)
{
    char *rule = sb_constraint_describe(search->environment, constraint);
    if (rule == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_status status = sb_error_set(search->error, SB_ERROR_INPUT,
                                    "there is no safe radius: at the prior itself it is not so "
                                    "that %s",
                                    rule);
    free(rule);
    return status;
}

static sb_status keep_radius(radius_search *search, const sb_constraint *constraint)
{
    sb_safe_radius *radius = search->radius;
    fmpq *belief = sb_rationals_copy(search->worst, search->count);
    if (belief == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_rationals_free(radius->belief, radius->others_count);
    radius->belief = belief;
    radius->others_count = search->count;
    radius->constraint = *constraint;
    radius->unlimited = false;
    fmpq_set(&radius->radius, search->delta);
    return SB_OK;
}

/* The row whose gains are in search->gains. */
static sb_status look_at_row(radius_search *search, const sb_constraint *constraint)
{
    sort_by_gain(search);
    fmpq_t step;
    fmpq_init(step);
    sb_rationals_dot(step, search->gains, search->belief, search->count);
    bool broken = fmpq_sgn(step) < 0;
    bool can_break = fmpq_sgn(search->gains + search->order[0]) < 0;
    if (!broken && can_break && !search->radius->unlimited) {
        /* Not before a row that was looked at? */
        fmpq_set(search->delta, &search->radius->radius);
        look_at_delta(search);
        can_break = fmpq_sgn(search->h.value) < 0;
    }
    if (!broken && can_break) {
        fmpq_zero(search->delta);
        look_at_delta(search);
        while (fmpq_sgn(search->h.value) > 0) {
            fmpq_div(step, search->h.value, search->h.slope);
            fmpq_sub(search->delta, search->delta, step);
            look_at_delta(search);
        }
    }
    fmpq_clear(step);
    if (broken) {
        return say_broken(search, constraint);
    }
    return can_break ? keep_radius(search, constraint) : SB_OK;
}

/* ---- all rows ---- */

/* Truth less lie, or less the outside option where report is SB_NOWHERE. */
static void find_gains(radius_search *search, size_t agent, size_t type, size_t report)
{
    fmpq_t other;
    fmpq_init(other);
    fmpq_set(other, search->environment->agents[agent].outside + type);
    for (size_t k = 0; k < search->count; k++) {
        sb_mechanism_utility(search->gains + k, search->environment, search->mechanism, agent, type,
                             type, k);
        if (report != SB_NOWHERE) {
            sb_mechanism_utility(other, search->environment, search->mechanism, agent, type, report,
                                 k);
        }
        fmpq_sub(search->gains + k, search->gains + k, other);
    }
    fmpq_clear(other);
}

static sb_status look_at_type(radius_search *search, size_t agent, size_t type)
{
    const sb_environment *environment = search->environment;
    if (!sb_environment_conditional(search->belief, environment, agent, type)) {
        return SB_OK;
    }
    sb_constraint rule = {SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, agent, type, SB_NOWHERE, SB_NOWHERE};
    sb_status status = SB_OK;
    bool interim = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent) == SB_IC_BAYES_NASH;
    size_t type_count = environment->agents[agent].type_count;
    for (size_t report = 0; interim && status == SB_OK && report < type_count; report++) {
        if (report != type && sb_environment_may_report(environment, agent, type, report)) {
            rule.report = report;
            find_gains(search, agent, type, report);
            status = look_at_row(search, &rule);
        }
    }
    if (status == SB_OK &&
        sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent) == SB_IR_EX_INTERIM) {
        rule.kind = SB_CONSTRAINT_PARTICIPATION;
        rule.report = SB_NOWHERE;
        find_gains(search, agent, type, SB_NOWHERE);
        status = look_at_row(search, &rule);
    }
    return status;
}

static sb_status look_at_agent(radius_search *search, size_t agent)
{
    search->count = sb_environment_others_count(search->environment, agent);
    search->belief = sb_rationals_new(search->count);
    search->gains = sb_rationals_new(search->count);
    search->worst = sb_rationals_new(search->count);
    search->order = sb_allocate(search->count, sizeof *search->order);
    sb_status status = SB_OK;
    if (search->belief == NULL || search->gains == NULL || search->worst == NULL ||
        search->order == NULL) {
        status = sb_out_of_memory(search->error);
    }
    size_t type_count = search->environment->agents[agent].type_count;
    for (size_t type = 0; status == SB_OK && type < type_count; type++) {
        status = look_at_type(search, agent, type);
    }
    sb_rationals_free(search->belief, search->count);
    sb_rationals_free(search->gains, search->count);
    sb_rationals_free(search->worst, search->count);
    free(search->order);
    return status;
}

sb_status sb_safe_radius_of(const sb_environment *environment, const sb_mechanism *mechanism,
                            sb_safe_radius *radius, sb_error *error)
{
    sb_safe_radius_clear(radius);
    if (mechanism->agent_count != environment->agent_count ||
        mechanism->outcome_count != environment->outcome_count ||
        mechanism->profile_count != sb_environment_profile_count(environment)) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "the mechanism was made for an environment of another shape");
    }
    radius_search search = {
        .environment = environment, .mechanism = mechanism, .radius = radius, .error = error};
    moving_init(&search.left);
    moving_init(&search.room);
    moving_init(&search.h);
    fmpq_init(search.delta);
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        status = look_at_agent(&search, agent);
    }
    moving_clear(&search.left);
    moving_clear(&search.room);
    moving_clear(&search.h);
    fmpq_clear(search.delta);
    if (status != SB_OK) {
        sb_safe_radius_clear(radius);
    }
    return status;
}
