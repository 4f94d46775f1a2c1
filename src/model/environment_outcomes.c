/* The outcomes of the short forms: how many there are, and what they are worth.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An outcome says who gets one of the units, or who holds each good. Outcomes are gone through in
 * their order, by an odometer of holders or by the next set of bidders of the same size.
 */
#include <string.h>

#include "model/environment_outcomes.h"

void sb_form_shape_of(sb_form_shape *shape, const sb_environment *environment)
{
    *shape = (sb_form_shape){.form = environment->form,
                             .agent_count = environment->agent_count,
                             .unit_count = environment->unit_count,
                             .good_count = environment->good_count,
                             .goods = environment->goods};
    for (size_t i = 0; i < environment->agent_count; i++) {
        shape->names[i] = environment->agents[i].name;
    }
}

/* ---- going through the outcomes ---- */

static size_t holder_count(const sb_form_shape *shape, size_t good)
{
    return shape->agent_count +
           (shape->form == SB_FORM_DIVISION ? shape->goods[good].use_count : 1);
}

static void begin_set(sb_allocation *at, size_t size)
{
    at->set_size = size;
    for (size_t k = 0; k < size; k++) {
        at->set[k] = k;
    }
}

static size_t largest_set(const sb_form_shape *shape)
{
    return shape->unit_count < shape->agent_count ? shape->unit_count : shape->agent_count;
}

void sb_allocation_begin(sb_allocation *at, const sb_form_shape *shape)
{
    memset(at, 0, sizeof *at);
    begin_set(at, largest_set(shape));
}

static void next_set(sb_allocation *at, size_t agents)
{
    size_t k = at->set_size;
    while (k > 0 && at->set[k - 1] == agents - at->set_size + k - 1) {
        k--;
    }
    if (k == 0) {
        begin_set(at, at->set_size == 0 ? 0 : at->set_size - 1);
        return;
    }
    at->set[k - 1]++;
    for (; k < at->set_size; k++) {
        at->set[k] = at->set[k - 1] + 1;
    }
}

void sb_allocation_advance(sb_allocation *at, const sb_form_shape *shape)
{
    if (shape->form == SB_FORM_UNITS) {
        next_set(at, shape->agent_count);
        return;
    }
    for (size_t good = shape->good_count; good > 0; good--) {
        if (++at->holders[good - 1] < holder_count(shape, good - 1)) {
            return;
        }
        at->holders[good - 1] = 0;
    }
}

static bool is_in_set(const sb_allocation *at, size_t agent)
{
    bool found = false;
    for (size_t k = 0; k < at->set_size && !found; k++) {
        found = at->set[k] == agent;
    }
    return found;
}

static size_t count_sets(const sb_form_shape *shape)
{
    size_t total = 0;
    size_t sets = 1; /* of the present size */
    for (size_t size = 0; size <= largest_set(shape); size++) {
        total += sets;
        sets = sets * (shape->agent_count - size) / (size + 1);
    }
    return total;
}

size_t sb_form_outcome_count(const sb_form_shape *shape)
{
    size_t count = 1;
    switch (shape->form) {
    case SB_FORM_ITEM:
        return shape->agent_count + 1;
    case SB_FORM_UNITS:
        return count_sets(shape);
    case SB_FORM_ITEMS:
    case SB_FORM_DIVISION:
        for (size_t good = 0; good < shape->good_count && count <= SB_MAX_OUTCOMES; good++) {
            count *= holder_count(shape, good);
        }
        return count;
    default:
        return 2;
    }
}

/* ---- outcomes when agents stay away ---- */

static bool same_set(const sb_allocation *left, const sb_allocation *right)
{
    bool same = left->set_size == right->set_size;
    for (size_t k = 0; k < left->set_size && same; k++) {
        same = left->set[k] == right->set[k];
    }
    return same;
}

static size_t set_without(const sb_form_shape *shape, size_t outcome, const bool *away)
{
    sb_allocation at;
    sb_allocation_begin(&at, shape);
    for (size_t k = 0; k < outcome; k++) {
        next_set(&at, shape->agent_count);
    }
    sb_allocation left = {.set_size = 0};
    for (size_t k = 0; k < at.set_size; k++) {
        if (!away[at.set[k]]) {
            left.set[left.set_size++] = at.set[k];
        }
    }
    /* Smaller sets come later. */
    for (; !same_set(&at, &left); outcome++) {
        next_set(&at, shape->agent_count);
    }
    return outcome;
}

static size_t assignment_without(const sb_form_shape *shape, size_t outcome, const bool *away)
{
    size_t without = 0;
    size_t stride = 1;
    size_t holders = shape->agent_count + 1;
    for (size_t good = shape->good_count; good > 0; good--) {
        size_t holder = outcome / stride % holders;
        bool kept = holder == shape->agent_count || away[holder];
        without += (kept ? shape->agent_count : holder) * stride;
        stride *= holders;
    }
    return without;
}

size_t sb_environment_outcome_without(const sb_environment *environment, size_t outcome,
                                      const bool *away)
{
    sb_form_shape shape;
    bool taken = false;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        taken = taken || away[agent];
    }
    if (!taken) {
        return outcome;
    }
    sb_form_shape_of(&shape, environment);
    switch (environment->form) {
    case SB_FORM_ITEM:
        return outcome < environment->agent_count && away[outcome] ? environment->agent_count
                                                                   : outcome;
    case SB_FORM_UNITS:
        return set_without(&shape, outcome, away);
    case SB_FORM_ITEMS:
        return assignment_without(&shape, outcome, away);
    case SB_FORM_TRADE:
        return 1;
    default:
        return outcome;
    }
}

/* ---- what outcomes are worth ---- */

/* The item bidder wants all of `wants`; or adds up what the agent holds. */
static void add_held(fmpq_t utility, const sb_form_shape *shape, const sb_allocation *at,
                     size_t agent, unsigned wants, const fmpq *values)
{
    size_t thing = 0; /* the value of the present good */
    bool all = true;
    for (size_t good = 0; good < shape->good_count; good++) {
        bool held = at->holders[good] == agent;
        all = all && (held || (wants >> good & 1) == 0);
        if (wants == 0 && held) {
            fmpq_add(utility, utility, values + thing);
        } else if (shape->form == SB_FORM_DIVISION && at->holders[good] >= shape->agent_count) {
            fmpq_add(utility, utility, values + thing + 1 + at->holders[good] - shape->agent_count);
        }
        thing += 1 + shape->goods[good].use_count;
    }
    if (wants != 0 && all) {
        fmpq_set(utility, values);
    }
}

void sb_form_utilities(const sb_form_shape *shape, size_t agent, unsigned wants, const fmpq *values,
                       fmpq *utilities)
{
    size_t count = sb_form_outcome_count(shape);
    sb_allocation at;
    sb_allocation_begin(&at, shape);
    for (size_t outcome = 0; outcome < count; outcome++) {
        fmpq *utility = utilities + outcome;
        fmpq_zero(utility);
        bool paid = outcome == 0;
        switch (shape->form) {
        case SB_FORM_ITEM:
            paid = outcome == agent;
            break;
        case SB_FORM_UNITS:
            paid = is_in_set(&at, agent);
            break;
        case SB_FORM_ITEMS:
        case SB_FORM_DIVISION:
            paid = false;
            add_held(utility, shape, &at, agent, wants, values);
            break;
        default:
            break;
        }
        if (paid) {
            fmpq_set(utility, values);
        }
        if (paid && shape->form == SB_FORM_TRADE && agent == 1) {
            fmpq_neg(utility, utility);
        }
        sb_allocation_advance(&at, shape);
    }
}

void sb_form_designer(sb_environment *environment)
{
    sb_form_shape shape;
    sb_form_shape_of(&shape, environment);
    fmpq_t units;
    fmpq_init(units);
    sb_allocation at;
    sb_allocation_begin(&at, &shape);
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        fmpq *value = environment->designer + outcome;
        fmpq_zero(value);
        if (shape.form == SB_FORM_ITEM && outcome == shape.agent_count) {
            fmpq_set(value, &environment->reserve);
        } else if (shape.form == SB_FORM_UNITS) {
            fmpq_set_ui(units, shape.unit_count - at.set_size, 1);
            fmpq_mul(value, units, &environment->reserve);
        } else if (shape.form == SB_FORM_PUBLIC_GOOD && outcome == 0) {
            fmpq_neg(value, &environment->cost);
        }
        for (size_t good = 0; shape.form == SB_FORM_ITEMS && good < shape.good_count; good++) {
            if (at.holders[good] == shape.agent_count) {
                fmpq_add(value, value, &shape.goods[good].reserve);
            }
        }
        sb_allocation_advance(&at, &shape);
    }
    fmpq_clear(units);
}
