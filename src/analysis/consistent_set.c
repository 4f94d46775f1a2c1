/* Consistent sets: their storage, and the ways to make one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each maker fills a fresh set from the environment, sets the bounds, checks, and only then hands
 * it over, so that a set that was refused leaves the caller's as it was.
 */
#include "sidebet/consistent_set.h"

#include <stdlib.h>

#include "base/memory.h"

/* ---- storage ---- */

void sb_consistent_set_init(sb_consistent_set *set)
{
    *set = (sb_consistent_set){0};
}

static void clear_constraint(sb_belief_constraint *constraint, size_t signal_count)
{
    sb_rationals_free(constraint->coefficients, signal_count);
    fmpq_clear(&constraint->lower);
    fmpq_clear(&constraint->upper);
}

void sb_consistent_set_clear(sb_consistent_set *set)
{
    size_t cells = set->type_count * set->signal_count;
    free(set->has_set);
    free(set->has_estimate);
    sb_rationals_free(set->estimate, cells);
    sb_rationals_free(set->marginal, set->type_count);
    sb_rationals_free(set->lower, cells);
    sb_rationals_free(set->upper, cells);
    for (size_t k = 0; k < set->constraint_count; k++) {
        clear_constraint(&set->constraints[k], set->signal_count);
    }
    free(set->constraints);
    sb_consistent_set_init(set);
}

static sb_status copy_constraint(sb_belief_constraint *to, const sb_belief_constraint *from,
                                 size_t signal_count, sb_error *error)
{
    to->coefficients = sb_rationals_copy(from->coefficients, signal_count);
    if (to->coefficients == NULL) {
        return sb_out_of_memory(error);
    }
    to->type = from->type;
    to->has_lower = from->has_lower;
    to->has_upper = from->has_upper;
    fmpq_init(&to->lower);
    fmpq_init(&to->upper);
    fmpq_set(&to->lower, &from->lower);
    fmpq_set(&to->upper, &from->upper);
    return SB_OK;
}

/* Append copies; those appended before a failure stay and are cleared with the set. */
static sb_status append_constraints(sb_consistent_set *set, size_t count,
                                    const sb_belief_constraint *constraints, sb_error *error)
{
    size_t capacity = set->constraint_count;
    if (!sb_grow(&set->constraints, &capacity, set->constraint_count + count,
                 sizeof *set->constraints)) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < count; k++) {
        if (constraints[k].type != SB_EVERY_TYPE && constraints[k].type >= set->type_count) {
            return sb_error_set(error, SB_ERROR_INPUT,
                                "constraint %zu on beliefs is about type number %zu, but there "
                                "are %zu types",
                                set->constraint_count + 1, constraints[k].type + 1,
                                set->type_count);
        }
        sb_status status = copy_constraint(&set->constraints[set->constraint_count],
                                           &constraints[k], set->signal_count, error);
        if (status != SB_OK) {
            return status;
        }
        set->constraint_count++;
    }
    return SB_OK;
}

/* Arrays of the set's shape: nothing has a set yet. */
static sb_status allocate(sb_consistent_set *set, size_t type_count, size_t signal_count,
                          sb_error *error)
{
    size_t cells = type_count * signal_count;
    set->type_count = type_count;
    set->signal_count = signal_count;
    set->has_set = sb_allocate(type_count, sizeof *set->has_set);
    set->has_estimate = sb_allocate(type_count, sizeof *set->has_estimate);
    set->estimate = sb_rationals_new(cells);
    set->marginal = sb_rationals_new(type_count);
    set->lower = sb_rationals_new(cells);
    set->upper = sb_rationals_new(cells);
    bool complete = set->has_set != NULL && set->has_estimate != NULL && set->estimate != NULL &&
                    set->marginal != NULL && set->lower != NULL && set->upper != NULL;
    return complete ? SB_OK : sb_out_of_memory(error);
}

sb_status sb_consistent_set_copy(sb_consistent_set *to, const sb_consistent_set *from,
                                 sb_error *error)
{
    sb_consistent_set copy;
    sb_consistent_set_init(&copy);
    sb_status status = allocate(&copy, from->type_count, from->signal_count, error);
    for (size_t type = 0; status == SB_OK && type < from->type_count; type++) {
        copy.has_set[type] = from->has_set[type];
        copy.has_estimate[type] = from->has_estimate[type];
        fmpq_set(copy.marginal + type, from->marginal + type);
    }
    for (size_t k = 0; status == SB_OK && k < from->type_count * from->signal_count; k++) {
        fmpq_set(copy.estimate + k, from->estimate + k);
        fmpq_set(copy.lower + k, from->lower + k);
        fmpq_set(copy.upper + k, from->upper + k);
    }
    if (status == SB_OK) {
        status = append_constraints(&copy, from->constraint_count, from->constraints, error);
    }
    if (status != SB_OK) {
        sb_consistent_set_clear(&copy);
        return status;
    }
    sb_consistent_set_clear(to);
    *to = copy;
    return SB_OK;
}

/* ---- making ---- */

/* An empty set of the environment's shape with its estimates and marginals. */
static sb_status begin(sb_consistent_set *set, const sb_environment *environment, sb_error *error)
{
    sb_consistent_set_init(set);
    if (environment->agent_count != 1 || !environment->has_signal) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "a consistent set needs one agent and a signal, and this environment has %zu "
                     "agent%s and %s",
                     environment->agent_count, environment->agent_count == 1 ? "" : "s",
                     environment->has_signal ? "a signal" : "no signal");
        sb_error_set_hint(error, "%s",
                          environment->agent_count == 1
                              ? "add a signal: a `signal:` key and a table with one row a type"
                              : "take one of them as the bidder and let the other be the signal");
        return SB_ERROR_USAGE;
    }
    sb_status status =
        allocate(set, environment->agents[0].type_count, environment->signal_count, error);
    for (size_t type = 0; status == SB_OK && type < set->type_count; type++) {
        set->has_estimate[type] = sb_environment_conditional(
            set->estimate + type * set->signal_count, environment, 0, type);
        sb_environment_marginal(set->marginal + type, environment, 0, type);
    }
    return status;
}

/* Check a filled set and hand it over, or clear it. */
static sb_status finish(sb_consistent_set *to, sb_consistent_set *made, sb_status status,
                        const sb_environment *environment, sb_error *error)
{
    if (status == SB_OK) {
        status = sb_consistent_set_check(made, environment, error);
    }
    if (status != SB_OK) {
        sb_consistent_set_clear(made);
        return status;
    }
    sb_consistent_set_clear(to);
    *to = *made;
    return SB_OK;
}

static void clip(fmpq_t value)
{
    if (fmpq_sgn(value) < 0) {
        fmpq_zero(value);
    } else if (fmpq_cmp_ui(value, 1) > 0) {
        fmpq_one(value);
    }
}

static void fill_box(sb_consistent_set *set, const fmpq_t radius)
{
    for (size_t type = 0; type < set->type_count; type++) {
        set->has_set[type] = set->has_estimate[type];
        for (size_t k = type * set->signal_count;
             set->has_set[type] && k < (type + 1) * set->signal_count; k++) {
            fmpq_sub(set->lower + k, set->estimate + k, radius);
            fmpq_add(set->upper + k, set->estimate + k, radius);
            clip(set->lower + k);
            clip(set->upper + k);
        }
    }
}

static void fill_tables(sb_consistent_set *set, const fmpq *lower, const fmpq *upper)
{
    for (size_t type = 0; type < set->type_count; type++) {
        set->has_set[type] = true;
    }
    for (size_t k = 0; k < set->type_count * set->signal_count; k++) {
        fmpq_set(set->lower + k, lower + k);
        fmpq_set(set->upper + k, upper + k);
        clip(set->lower + k);
        clip(set->upper + k);
    }
}

static sb_status fill_described(sb_consistent_set *set, const sb_set_description *description,
                                sb_error *error)
{
    fmpq_t zero;
    bool shaped = description->kind != SB_SET_NONE || description->constraint_count > 0;
    if (shaped && (description->type_count != set->type_count ||
                   description->signal_count != set->signal_count)) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "the consistent set is described for %zu types and %zu signals, but "
                            "there are %zu types and %zu signals",
                            description->type_count, description->signal_count, set->type_count,
                            set->signal_count);
    }
    switch (description->kind) {
    case SB_SET_BOX:
        fill_box(set, &description->radius);
        break;
    case SB_SET_TABLES:
        fill_tables(set, description->lower, description->upper);
        break;
    case SB_SET_NONE:
        fmpq_init(zero);
        fill_box(set, zero);
        fmpq_clear(zero);
        break;
    }
    return append_constraints(set, description->constraint_count, description->constraints, error);
}

sb_status sb_consistent_set_point(sb_consistent_set *set, const sb_environment *environment,
                                  sb_error *error)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_status status = sb_consistent_set_box(set, environment, zero, error);
    fmpq_clear(zero);
    return status;
}

sb_status sb_consistent_set_simplex(sb_consistent_set *set, const sb_environment *environment,
                                    sb_error *error)
{
    sb_consistent_set made;
    sb_status status = begin(&made, environment, error);
    for (size_t type = 0; status == SB_OK && type < made.type_count; type++) {
        made.has_set[type] = true;
    }
    for (size_t k = 0; status == SB_OK && k < made.type_count * made.signal_count; k++) {
        fmpq_one(made.upper + k);
    }
    return finish(set, &made, status, environment, error);
}

sb_status sb_consistent_set_box(sb_consistent_set *set, const sb_environment *environment,
                                const fmpq_t radius, sb_error *error)
{
    if (fmpq_sgn(radius) < 0) {
        return sb_error_set(error, SB_ERROR_INPUT, "the radius of a box of beliefs is negative");
    }
    sb_consistent_set made;
    sb_status status = begin(&made, environment, error);
    if (status == SB_OK) {
        fill_box(&made, radius);
    }
    return finish(set, &made, status, environment, error);
}

sb_status sb_consistent_set_tables(sb_consistent_set *set, const sb_environment *environment,
                                   const fmpq *lower, const fmpq *upper, sb_error *error)
{
    sb_consistent_set made;
    sb_status status = begin(&made, environment, error);
    if (status == SB_OK) {
        fill_tables(&made, lower, upper);
    }
    return finish(set, &made, status, environment, error);
}

sb_status sb_consistent_set_described(sb_consistent_set *set, const sb_environment *environment,
                                      const sb_set_description *description, sb_error *error)
{
    sb_consistent_set made;
    sb_status status = begin(&made, environment, error);
    if (status == SB_OK) {
        status = fill_described(&made, description, error);
    }
    return finish(set, &made, status, environment, error);
}

sb_status sb_consistent_set_constrain(sb_consistent_set *set, const sb_environment *environment,
                                      size_t count, const sb_belief_constraint *constraints,
                                      sb_error *error)
{
    sb_consistent_set made;
    sb_consistent_set_init(&made);
    sb_status status = sb_consistent_set_copy(&made, set, error);
    if (status == SB_OK) {
        status = append_constraints(&made, count, constraints, error);
    }
    return finish(set, &made, status, environment, error);
}

/* ---- questions ---- */

bool sb_consistent_set_is_box(const sb_consistent_set *set, size_t type)
{
    for (size_t k = 0; k < set->constraint_count; k++) {
        if (set->constraints[k].type == type || set->constraints[k].type == SB_EVERY_TYPE) {
            return false;
        }
    }
    return true;
}
